"""A contest whose first round is open: three jurors on the panel of print works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from contest import clock
from contest.accounts.models import User
from contest.entries.models import Entry
from contest.judging.models import Assignment, Round
from contest.regulations.models import Contest
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_panel, make_round
from tests.makers.regulations import make_contest


@dataclass
class Room:
    """The jury room of a test."""

    contest: Contest
    round: Round
    jurors: list[User]
    entry: Entry
    assignment: Assignment
    secretary: User
    opens: datetime
    closes: datetime

    @property
    def juror(self) -> User:
        """The juror to whom the work is assigned."""
        return self.jurors[0]

    @property
    def during(self) -> datetime:
        """A moment in the middle of the round."""
        return self.opens + timedelta(days=3)

    def path(self, end: str = "") -> str:
        """Where the juror's sheet is."""
        return f"/{self.contest.slug}/ban-cham/{self.assignment.id}{end}"

    def set_clock(self, moment: datetime | None = None) -> None:
        """Make it this moment in the instance; the middle of the round unless told otherwise."""
        clock.set_to(moment or self.during)


@pytest.fixture
def replacements() -> tuple[tuple[str, str], ...]:
    """Words of the default regulation to replace in the contest of the test."""
    return ()


@pytest.fixture
def room(app: Any, replacements: tuple[tuple[str, str], ...]) -> Room:
    """One print work, accepted and assigned to the first of three jurors."""
    contest = make_contest(replacements=replacements)
    jurors = [
        make_member(contest, role, name=name)
        for role, name in (("juror", "Tạ Quỳnh Lam"), ("juror", "Lương Khánh Vỹ"), ("chair", "Bùi Gia Miên"))
    ]
    secretary = make_member(contest, "secretary", name="Hồ Thục Quế")
    entry = make_entry(contest, make_user(name="Võ Thị Sáu Nhiên"))
    round_ = make_round(contest, entries=[entry])
    make_panel(round_, jurors, chair=jurors[2])
    assignment = make_assignment(round_, entry, jurors[0])
    rule = contest.regulation.round("so_khao")
    room = Room(contest, round_, jurors, entry, assignment, secretary, rule.opens, rule.closes)
    room.set_clock()
    return room
