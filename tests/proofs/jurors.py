"""Jurors without a browser: each signs in for real, saves drafts, sends sheets, and notes every confirmation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from tests.proofs.clients import BETWEEN, FORM, ClientAtWork, Fields

SENT_IN = 4  # one of so many savings sends the sheet


@dataclass(frozen=True)
class Saving:
    """Something the server has confirmed: what was typed, and under which number it was kept."""

    assignment: int
    number: int
    marks: dict[str, str]
    comment: str


class JurorAtWork(ClientAtWork):
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
        busy: tuple[int, ...] = BETWEEN,
    ) -> None:
        super().__init__(port, email, password, busy=busy)
        self.drafts: list[Saving] = []
        self.sheets: list[Saving] = []
        self._desk = f"/{slug}/ban-cham"
        self._work, self._maxima, self._repeats = work, maxima, repeats
        self._savings = count(1)

    @property
    def confirmed(self) -> int:
        """How many drafts and sheets were confirmed."""
        return len(self.drafts) + len(self.sheets)

    def _work_on(self) -> None:
        assignment = self._random.choice(self._work)
        self._open(assignment)
        for _saving in range(self._random.randint(1, SENT_IN)):
            self._save_draft(assignment)
        if self._repeats and self._random.random() < 0.5:
            self._send_from_device(assignment)
        else:
            self._send_sheet(assignment)

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


def _named(marks: dict[str, str]) -> Fields:
    return {f"mark_{code}": mark for code, mark in marks.items()}


def newest_by_assignment(savings: Sequence[Saving]) -> Iterator[Saving]:
    """Give the last saving of each assignment."""
    yield from {saving.assignment: saving for saving in savings}.values()
