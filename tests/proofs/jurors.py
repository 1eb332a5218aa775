"""Jurors without a browser: each signs in for real, saves drafts, sends sheets, and notes every confirmation."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from itertools import count
from random import Random
from urllib.parse import urlencode

from bs4 import BeautifulSoup

PATIENCE = 60  # seconds within which a server that was killed must answer again
SENT_IN = 4  # one of so many savings sends the sheet
FORM = "application/x-www-form-urlencoded"

Fields = dict[str, str]


@dataclass(frozen=True)
class Saving:
    """Something the server has confirmed: what was typed, and under which number it was kept."""

    assignment: int
    number: int
    marks: dict[str, str]
    comment: str


class JurorAtWork(threading.Thread):
    """A juror who saves and sends without pause until told to stop, whatever happens to the server.

    :param repeats: send now and then as a device does that was without a network, and ask again although there was an
        answer
    """

    def __init__(
        self,
        port: int,
        slug: str,
        email: str,
        password: str,
        work: Sequence[int],
        maxima: Mapping[str, int],
        *,
        repeats: bool = False,
    ) -> None:
        super().__init__(name=email, daemon=True)
        self.drafts: list[Saving] = []
        self.sheets: list[Saving] = []
        self.interruptions = 0
        self.problem: str | None = None
        self._port, self._desk = port, f"/{slug}/ban-cham"
        self._email, self._password = email, password
        self._work, self._maxima, self._repeats = work, maxima, repeats
        self._random, self._savings = Random(email), count(1)
        self._cookies: dict[str, str] = {}
        self._connection: HTTPConnection | None = None
        self._stopping = threading.Event()

    def finish(self) -> None:
        """Finish the saving that was begun, and stop."""
        self._stopping.set()

    def run(self) -> None:
        """Work."""
        try:
            self._sign_in()
            while not self._stopping.is_set():
                assignment = self._random.choice(self._work)
                self._open(assignment)
                for _saving in range(self._random.randint(1, SENT_IN)):
                    self._save_draft(assignment)
                if self._repeats and self._random.random() < 0.5:
                    self._send_from_device(assignment)
                else:
                    self._send_sheet(assignment)
        except Exception as error:
            self.problem = f"{self._email}: {error!r}"
        finally:
            self._hang_up()

    # What a juror does

    def _sign_in(self) -> None:
        page = self._ask("GET", "/dang-nhap")
        typed = self._form(page) | {"email": self._email, "password": self._password}
        answer = self._ask("POST", "/dang-nhap", urlencode(typed), FORM)
        assert answer.status == 303, f"signing in was answered with {answer.status}"

    def _open(self, assignment: int) -> None:
        """Open the sheet, and take over the numbers that it was opened with."""
        page = self._ask("GET", f"{self._desk}/{assignment}")
        assert page.status == 200, f"the sheet was answered with {page.status}"
        self._opened = self._form(page)

    def _save_draft(self, assignment: int) -> None:
        marks, comment = self._typed()
        fields = {**_named(marks), "comment": comment, "version": self._opened["version"]}
        headers = {"Accept": "application/json", "X-CSRFToken": self._opened["csrf_token"]}
        answer = self._ask("POST", f"{self._desk}/{assignment}/nhap", json.dumps(fields), "application/json", headers)
        assert answer.status == 200, f"a draft was answered with {answer.status}: {answer.text[:200]}"
        version = json.loads(answer.text)["version"]
        self.drafts.append(Saving(assignment, version, marks, comment))
        self._opened["version"] = str(version)

    def _send_sheet(self, assignment: int) -> None:
        marks, comment = self._typed()
        fields = {**self._opened, **_named(marks), "comment": comment, "reason": "Đọc lại tác phẩm.", "send": "1"}
        fields.pop("keep", None)
        answer = self._ask("POST", f"{self._desk}/{assignment}", urlencode(fields), FORM)
        assert answer.status == 303, f"a sheet was answered with {answer.status}"
        self.sheets.append(Saving(assignment, int(self._opened["seen"]) + 1, marks, comment))

    def _send_from_device(self, assignment: int) -> None:
        marks, comment = self._typed()
        fields = {**_named(marks), "comment": comment, "reason": "Đọc lại tác phẩm."}
        body = json.dumps({**fields, "version": self._opened["version"], "seen": self._opened["seen"]})
        headers = {"Accept": "application/json", "X-CSRFToken": self._opened["csrf_token"]}
        number = int(self._opened["seen"]) + 1
        for _time in range(self._random.randint(1, 2)):
            answer = self._ask("POST", f"{self._desk}/{assignment}/gui", body, "application/json", headers)
            assert answer.status == 200, f"a sheet was answered with {answer.status}: {answer.text[:200]}"
            assert json.loads(answer.text)["revision"] == number
        self.sheets.append(Saving(assignment, number, marks, comment))

    def _typed(self) -> tuple[dict[str, str], str]:
        """Type marks, and a comment that was never typed before."""
        marks = {code: str(self._random.randint(0, maximum)) for code, maximum in self._maxima.items()}
        return marks, f"{self._email}, lần {next(self._savings)}"

    # What a browser does

    def _ask(
        self, method: str, path: str, body: str | None = None, kind: str = "", headers: Fields | None = None
    ) -> Answer:
        """Ask until there is an answer: whoever got none does not know what became of the question, and asks again."""
        end = time.monotonic() + PATIENCE
        sent = {**(headers or {}), "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if kind:
            sent["Content-Type"] = kind
        while True:
            try:
                return self._ask_once(method, path, body, sent)
            except (OSError, HTTPException):
                self.interruptions += 1
                self._hang_up()
                assert time.monotonic() < end, f"no answer from {path} for {PATIENCE} seconds"
                time.sleep(0.05)

    def _ask_once(self, method: str, path: str, body: str | None, headers: Fields) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("localhost", self._port, timeout=PATIENCE)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection.request(method, path, body.encode() if body is not None else None, headers)
        response = self._connection.getresponse()
        text = response.read().decode()
        self._take_cookies(response)
        return Answer(response.status, text)

    def _take_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _form(self, page: Answer) -> Fields:
        """Read the hidden fields of the one form of the content."""
        form = BeautifulSoup(page.text, "html.parser").select_one("main form[method=post]")
        assert form is not None, f"there is no form in an answer {page.status}"
        return {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden][name]")}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str


def _named(marks: dict[str, str]) -> Fields:
    return {f"mark_{code}": mark for code, mark in marks.items()}


def newest_by_assignment(savings: Sequence[Saving]) -> Iterator[Saving]:
    """Give the last saving of each assignment."""
    yield from {saving.assignment: saving for saving in savings}.values()
