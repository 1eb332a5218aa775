"""What became of a line: who was asked, what they answered, and whether it may be printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest.winners import lines
from contest.winners.lines import Change, Line


class Said(StrEnum):
    """What somebody answered, as far as it holds for the line as it stands now."""

    SILENT = "silent"
    CONFIRMED = "confirmed"
    ASKED = "asked"
    DECLINED = "declined"


class State(StrEnum):
    """Where a line stands."""

    SILENT = "silent"
    ASKED = "asked"
    CONFLICT = "conflict"
    CONFIRMED = "confirmed"
    PASSED = "passed"

    @property
    def is_open(self) -> bool:
        """Whether certificates wait for it."""
        return self not in (State.CONFIRMED, State.PASSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked about a line.

    :ivar subjects: of the authors whose account it is; none for somebody who only sent the work
    :ivar sent: whether they sent the work, or stand for the newsroom
    """

    user_id: int
    name: str
    email: str
    subjects: frozenset[str]
    sent: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer of somebody to a line.

    :ivar fingerprint: of the line that was confirmed, or that was declined to be changed
    :ivar changes: what was asked for, empty for a confirmation
    :ivar open: whether a correction waits for the staff
    """

    id: int
    user_id: int
    at: datetime
    fingerprint: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    open: bool = False
    declined: bool = False

    def said(self, line: Line) -> Said:
        """What it says of the line as it stands now: words about other words say nothing any more."""
        if self.open:
            return Said.ASKED if lines.still_asks(line, self.changes) else Said.SILENT
        if self.fingerprint != line.fingerprint:
            return Said.SILENT
        return Said.DECLINED if self.declined else Said.CONFIRMED


@dataclass(frozen=True, slots=True)
class Status:
    """A line with everything that is known of it."""

    line: Line
    asked: tuple[Asked, ...]
    answers: Mapping[int, Answer]
    passed: bool = False

    def said(self, person: Asked) -> Said:
        """What somebody who was asked says of the line."""
        answer = self.answers.get(person.user_id)
        return answer.said(self.line) if answer is not None else Said.SILENT

    @property
    def without_account(self) -> tuple[str, ...]:
        """Names of authors for whom whoever sent the work answers."""
        if self.line.is_of_newsroom:
            return ()
        known = {subject for person in self.asked for subject in person.subjects}
        return tuple(author.name for author in self.line.authors if author.subject not in known)

    def answers_for_others(self, person: Asked) -> bool:
        """Whether somebody confirms for authors who have no account."""
        return person.sent and bool(self.without_account)

    @property
    def needed(self) -> tuple[Asked, ...]:
        """Whose confirmation the line waits for: every author with an account, and whoever sent it for the others."""
        return tuple(person for person in self.asked if person.subjects or self.answers_for_others(person))

    @property
    def open_corrections(self) -> tuple[Answer, ...]:
        """Corrections that wait for the staff, in the order in which they were asked for."""
        waiting = [answer for answer in self.answers.values() if answer.said(self.line) is Said.ASKED]
        return tuple(sorted(waiting, key=lambda answer: answer.id))

    @property
    def silent(self) -> tuple[Asked, ...]:
        """Who still has to answer."""
        if self.line.is_of_newsroom:
            answered = any(self.said(person) is not Said.SILENT for person in self.asked)
            return () if answered else self.asked
        return tuple(person for person in self.needed if self.said(person) is Said.SILENT)

    @property
    def is_contradicted(self) -> bool:
        """Whether two answers cannot both be followed."""
        waiting = self.open_corrections
        if waiting and any(self.said(person) is Said.CONFIRMED for person in self.asked):
            return True
        pairs = ((one, other) for one in waiting for other in waiting if one.id < other.id)
        return any(lines.contradict(one.changes, other.changes) for one, other in pairs)

    @property
    def state(self) -> State:
        """Where the line stands; a correction is answered before anything else."""
        if self.open_corrections:
            return State.CONFLICT if self.is_contradicted else State.ASKED
        if self.passed:
            return State.PASSED
        nobody = not self.asked if self.line.is_of_newsroom else not self.needed
        return State.SILENT if self.silent or nobody else State.CONFIRMED


def unconfirmed(statuses: Iterable[Status]) -> list[Status]:
    """List the lines for which certificates wait."""
    return [status for status in statuses if status.state.is_open]
