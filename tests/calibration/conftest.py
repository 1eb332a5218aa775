"""A round that is open: five jurors on the panel of print works, three of them on every work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import pytest

from contest import clock
from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging.models import Assignment, Round
from contest.regulations.models import Contest
from tests.makers.accounts import LONG_AGO, make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest

PANEL = "BAO_IN"
SHARES = (90, 86, 82, 78, 74, 70, 66)
"""What the works are worth, in hundredths of every maximum."""


@dataclass
class Court:
    """The jury of a test."""

    contest: Contest
    round: Round
    jurors: list[User]
    works: list[Entry]
    chair: User
    organizer: User
    opens: datetime
    closes: datetime

    @property
    def during(self) -> datetime:
        """A moment in the middle of the round."""
        return self.opens + timedelta(days=3)

    def path(self, end: str = "") -> str:
        """Where chair and organizers look at the round."""
        return f"/{self.contest.slug}/ban-thu-ky/do-tin-cay/{self.round.code}{end}"

    def held(self, work: Entry) -> dict[int, Assignment]:
        """Who has a work, by id of the juror."""
        found = db.session.scalars(db.select(Assignment).filter_by(round_id=self.round.id, entry_id=work.id))
        return {one.juror_id: one for one in found}

    def mark_everything(self) -> None:
        """Send every sheet; the first juror is stricter, the last milder, and chance moves every mark."""
        for number, work in enumerate(self.works):
            for juror_id, assignment in self.held(work).items():
                if not assignment.sheets:
                    seat = [juror.id for juror in self.jurors].index(juror_id)
                    chance = 2 * ((number * 7 + seat * 5) % 11 - 5)
                    make_sheet(assignment, SHARES[number] + seat * 3 - 6 + chance)

    def seal(self) -> None:
        """Seal the round, as a row alone."""
        self.round.sealed_at = self.closes + timedelta(days=1)
        db.session.commit()


@pytest.fixture
def court(app: Any) -> Court:
    """Seven print works, each with three of the five jurors."""
    contest = make_contest()
    jurors = [
        make_member(contest, "juror", name=name)
        for name in ("Tạ Quỳnh Lam", "Lương Khánh Vỹ", "Ngô Bảo Trân", "Đinh Tuệ An", "Hà Mộc Miên")
    ]
    author = make_user(name="Võ Thị Sáu Nhiên")
    works = [make_entry(contest, author, title=f"Cầu mới số {number}") for number in range(len(SHARES))]
    round_ = make_round(contest, entries=works)
    make_panel(round_, jurors)
    db.session.add_all(
        Assignment(round_id=round_.id, entry_id=work.id, juror_id=juror.id, assigned_at=LONG_AGO)
        for work, trio in zip(works, combinations(jurors, 3), strict=False)
        for juror in trio
    )
    db.session.commit()
    rule = contest.regulation.round("so_khao")
    court = Court(
        contest,
        round_,
        jurors,
        works,
        make_member(contest, "chair", name="Bùi Gia Miên"),
        make_member(contest, "organizer", name="Hồ Thục Quế"),
        rule.opens,
        rule.closes,
    )
    clock.set_to(court.during)
    return court
