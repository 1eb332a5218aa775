"""Authors without a browser: each begins works, saves, adds files, sends, and notes every confirmation."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import count
from random import Random
from urllib.parse import urlencode

from flask import Flask
from PIL import Image

from tests.makers.accounts import make_outlet, make_user
from tests.makers.entries import make_draft
from tests.makers.regulations import make_contest
from tests.proofs.clients import BETWEEN, FORM, ClientAtWork, Fields

SLOT = "trang_bao"
BOUNDARY = "-----ban-chup-trang-bao"
RECEIPT = "receipt = {opens = 2025-08-01, closes = 2025-08-15}"
SCREENING = "screening = {first = 2025-08-16, last = 2025-08-20}"
ROUND = "opens = 2025-08-21\n"
LATER = (
    (RECEIPT, RECEIPT.replace("08-15", "08-30")),
    (SCREENING, "screening = {first = 2025-08-31, last = 2025-09-02}"),
    (ROUND, "opens = 2025-09-03\n"),
)
"""A calendar under which works are still received while the jurors of another contest sit."""


@dataclass
class Sent:
    """What an author was told: the works begun, the text and the files of the draft, and each text that was sent."""

    begun: list[int] = field(default_factory=list)
    text: str = ""
    files: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    letting_go: str = ""  # the file that is being taken out: it may be there or not


class AuthorAtWork(ClientAtWork):
    """An author who changes and sends a work, again and again."""

    def __init__(
        self, port: int, slug: str, email: str, password: str, work: int, *, busy: tuple[int, ...] = BETWEEN
    ) -> None:
        super().__init__(port, email, password, busy=busy)
        self.sent = Sent()
        self.work = work
        self._place = f"/{slug}/tac-pham"
        self._numbers = count(1)
        self._told = 0

    @property
    def confirmed(self) -> int:
        """How many acts were confirmed."""
        return self._told

    def _work_on(self) -> None:
        number = next(self._numbers)
        self._save(number)
        page = self._upload(number)
        self._send()
        self._remove(page)
        if number % 3 == 1:
            self._begin(number)

    def _save(self, number: int) -> None:
        page = self._ask("GET", f"{self._place}/{self.work}/tac-pham")
        opened = self._form(page)
        text = f"{self._email}, lần {number}"
        typed = {"title": f"Giữ nước đầu nguồn {self.work}", "category": "BAO_IN", "summary": text}
        headers = {"Accept": "application/json", "X-CSRFToken": opened["csrf_token"]}
        body = urlencode(opened | typed)
        answer = self._ask("POST", f"{self._place}/{self.work}/tac-pham", body, FORM, headers)
        assert answer.status == 200, f"a draft was answered with {answer.status}: {answer.text[:300]}"
        self.sent.text = text
        self._token = opened["csrf_token"]
        self._told += 1

    def _upload(self, number: int) -> str:
        """Add a file of bytes that nobody else has; give what the slot looks like then."""
        content = photograph(f"{self._email} {number}")
        name = f"Trang {number}.jpg"
        body = b"".join(
            [
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._token}\r\n'.encode(),
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'.encode(),
                b"Content-Type: image/jpeg\r\n\r\n",
                content,
                f"\r\n--{BOUNDARY}--\r\n".encode(),
            ]
        )
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        path = f"{self._place}/{self.work}/ho-so/{SLOT}"
        answer = self._ask("POST", path, body, kind, {"Accept": "application/json"})
        if answer.status == 422:  # what looked at the file was ended in the middle: the sentence asks to choose again
            answer = self._ask("POST", path, body, kind, {"Accept": "application/json"})
        assert answer.status == 200, f"a file was answered with {answer.status}: {answer.text[:300]}"
        self.sent.files.add(sha256(content).hexdigest())
        self._file = sha256(content).hexdigest()
        self._told += 1
        return str(json.loads(answer.text)["files"])

    def _send(self) -> None:
        page = self._ask("GET", f"{self._place}/{self.work}/xem-lai")
        answer = self._ask("POST", f"{self._place}/{self.work}/xem-lai", urlencode(self._form(page)), FORM)
        assert answer.status == 303, f"a work was answered with {answer.status}"
        self.sent.texts.append(self.sent.text)
        self._told += 1

    def _remove(self, files: str) -> None:
        """Take the newest file out again; the revision that names it keeps it."""
        action = re.findall(r'action="([^"]+/go)"', files)[-1]
        self.sent.letting_go = self._file
        fields: Fields = {"csrf_token": self._token}
        answer = self._ask("POST", action, urlencode(fields), FORM)
        assert answer.status in (303, 404), f"taking a file out was answered with {answer.status}"  # 404: done before
        self.sent.files.discard(self._file)
        self.sent.letting_go = ""
        self._told += 1

    def _begin(self, number: int) -> None:
        opened = self._form(self._ask("GET", f"{self._place}/moi"))
        typed = {"title": f"Bản nháp {number}", "category": "BAO_IN"}
        answer = self._ask("POST", f"{self._place}/moi", urlencode(opened | typed), FORM)
        assert answer.status == 303, f"beginning a work was answered with {answer.status}: {answer.text[:300]}"
        found = re.search(r"/tac-pham/(\d+)/", answer.location)
        assert found is not None, answer.location
        self.sent.begun.append(int(found[1]))
        self._told += 1


def photograph(seed: str) -> bytes:
    """Draw a small picture that no other seed gives."""
    out = io.BytesIO()
    Image.frombytes("RGB", (64, 64), Random(seed).randbytes(64 * 64 * 3)).save(out, "JPEG", quality=40)
    return out.getvalue()


def open_receipt(app: Flask, *, authors: int, now: datetime) -> tuple[str, dict[str, int]]:
    """Make a contest that receives works while the jurors of another sit.

    :return: its address, and the work of each author, by the author's address
    """
    with app.app_context():
        make_outlet()
        contest = make_contest(slug="dang-nhan-bai", replacements=LATER)
        people = [make_user() for _ in range(authors)]
        return contest.slug, {person.email: make_draft(contest, person, now=now).id for person in people}
