"""A council of five whose final is open: it votes on three works, and one member is kept from the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from contest import clock
from contest.accounts.models import User
from contest.council import services
from contest.council.models import Meeting
from contest.council.services import Answer
from contest.council.stages import How
from contest.database import transaction
from contest.entries.models import Entry
from contest.judging import services as judging
from contest.judging.models import Round
from contest.judging.services import declare_conflict
from contest.regulations.models import Contest
from tests.makers.accounts import make_member, make_user
from tests.makers.council import call_roll, make_meeting
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest
from tests.makers.results import make_works


@dataclass
class Council:
    """The room, its people and its papers.

    :ivar kept_away: the member who takes no part in the first work
    """

    contest: Contest
    round: Round
    members: list[User]
    works: list[Entry]
    secretary: User
    now: datetime

    @property
    def chair(self) -> User:
        """Who presides."""
        return self.members[0]

    @property
    def kept_away(self) -> User:
        """Who takes no part in the first work."""
        return self.members[4]

    def meeting(self, absent: Sequence[User] | None = ()) -> Meeting:
        """Call a meeting, open it and call the roll."""
        return make_meeting(self.round, self.chair, self.secretary, now=self.now, absent=absent)

    def does(self, act: Any, meeting: Meeting, *words: Any, by: User | None = None, **more: Any) -> Any:
        """Let the secretary, or somebody else, do something in a meeting."""
        with transaction():
            return act(meeting, *words, by=by or self.secretary, now=more.pop("now", self.now), **more)

    def roll(self, meeting: Meeting, **how: Any) -> None:
        """Call the roll again."""
        call_roll(meeting, self.secretary, now=how.pop("now", self.now), **how)

    def takes_up_a_work(self, meeting: Meeting, number: int = 0) -> Any:
        """Put a work on the table."""
        return self.does(services.take_up_work, meeting, self.works[number].id)

    def votes(self, meeting: Meeting, voters: Sequence[User], value: str = "yes", question: str = "A") -> None:
        """Cast ballots in the vote that is open: for or against every work that is the voter's to vote on."""
        for voter in voters:
            works = self.works[1:] if voter is self.kept_away else self.works
            choice = {str(work.code): value for work in works}
            with transaction():
                judging.cast_ballot(meeting.item.sitting, {question: choice}, by=voter, now=self.now)

    def path(self, meeting: Meeting, end: str = "", *, office: bool = False) -> str:
        """The address of a page of a meeting."""
        place = "ban-thu-ky" if office else "ban-cham"
        return f"/{self.contest.slug}/{place}/phien-hop/{meeting.id}{end}"


@pytest.fixture
def council(app: Any, request: Any) -> Council:
    """A council that can begin; words of the regulation to replace come as the fixture's parameter."""
    contest = make_contest("bo_phieu", replacements=getattr(request, "param", ()))
    members = [make_member(contest, "chair", name="Bùi Gia Miên")]
    members += [make_member(contest, "juror", name=f"Ủy viên {letter}") for letter in "BCDE"]
    secretary = make_member(contest, "secretary", name="Hồ Thục Quế")
    works = make_works(contest, make_user(), 3)
    round_ = make_round(contest, "chung_khao", entries=works)
    make_panel(round_, members, "hoi_dong")
    now = contest.regulation.round("chung_khao").opens + timedelta(days=1)
    clock.set_to(now)
    with transaction():
        declare_conflict(members[4], works[0], note="người thân", by=members[4], now=now)
    return Council(contest, round_, members, works, secretary, now)


def everybody(council: Council, how: How = How.ROOM) -> dict[int, Answer]:
    """A roll on which everybody stands."""
    return {member.id: Answer(how) for member in council.members}
