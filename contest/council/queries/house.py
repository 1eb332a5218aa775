"""Who belongs to a council, who of them is there, and how many can decide."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from contest.accounts.models import User
from contest.council import counting
from contest.council.counting import House
from contest.council.models import Meeting, Presence
from contest.council.stages import How
from contest.database import db
from contest.interests.queries import conflicts_between
from contest.judging import ballots
from contest.judging import queries as judging
from contest.judging.models import Panel, PanelMember, Round
from contest.regulations.voting import VoteRule


@dataclass(frozen=True)
class Seat:
    """A member of a council at a meeting.

    :ivar how: None before the roll was called
    """

    user: User
    panels: tuple[str, ...]
    chairs: bool
    how: How | None = None
    reason: str = ""
    arrived_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def is_present(self) -> bool:
        """Whether the member is there now."""
        return self.how is not None and self.how.is_present


def members_of(round_: Round) -> list[Seat]:
    """Everybody on the panels of a round, chairs first, each once."""
    lines = judging.members_of(round_)
    people = judging.people(line.juror_id for line in lines)
    panels: dict[int, list[str]] = {}
    chairs = {line.juror_id for line in lines if line.chair}
    for line in lines:
        panels.setdefault(line.juror_id, []).append(round_.panel_name(line.panel))
    seats = [Seat(people[one], tuple(panels[one]), one in chairs) for one in panels]
    return sorted(seats, key=lambda seat: not seat.chairs)


def seats_of(meeting: Meeting) -> list[Seat]:
    """Everybody who belongs to a meeting, and whether they are there; whoever presides comes first."""
    known = {row.user_id: row for row in db.session.scalars(select(Presence).filter_by(meeting_id=meeting.id))}
    found = []
    for seat in members_of(meeting.round):
        row = known.get(seat.user.id)
        there = (row.how, row.reason, row.arrived_at, row.left_at) if row is not None else ()
        found.append(Seat(seat.user, seat.panels, seat.chairs, *there))
    return sorted(found, key=lambda seat: seat.user.id != meeting.chair_id)


def is_member(user: User, round_: Round) -> bool:
    """Say whether somebody sits on the council of a round."""
    return judging.may_vote(user, round_)


def chairs_in(user: User, round_: Round) -> bool:
    """Say whether somebody chairs a panel of a round."""
    asked = select(PanelMember.id).join(PanelMember.panel)
    mine = asked.where(Panel.round_id == round_.id, PanelMember.user_id == user.id, PanelMember.chair)
    return db.session.scalar(mine.limit(1)) is not None


def house_of(
    meeting: Meeting,
    entries: Collection[int] = (),
    seats: Collection[Seat] | None = None,
    *,
    questions: Collection[str] = (),
) -> House:
    """Count who could decide now.

    :param entries: works that it is about; whoever stays away from one of them has no vote
    :param questions: of the regulation, by code, where it is about these: a prize may ask for more members
    """
    seats = seats_of(meeting) if seats is None else seats
    present = {seat.user.id for seat in seats if seat.is_present}
    entitled = present - staying_away(meeting.round, present, entries)
    rules = _rules_of(meeting.round, questions) or [counting.rule_of(meeting.round.rule)]
    quorum = max(ballots.members_needed(rule, len(seats)) for rule in rules)
    return House(len(seats), len(present), len(entitled), quorum, chair_votes=meeting.chair_id in entitled)


def _rules_of(round_: Round, questions: Collection[str]) -> list[VoteRule]:
    """The rules by which questions are voted on; what the round does not ask has none."""
    found = []
    for code in questions:
        with suppress(KeyError):
            found.append(judging.question_of(round_, code).rule)
    return found


def staying_away(round_: Round, members: Collection[int], entries: Collection[int]) -> set[int]:
    """Which of these members take no part in one of these works."""
    if not members or not entries:
        return set()
    found = conflicts_between(round_.contest, members, entries)
    return {user for (user, _entry), kinds in found.items() if any(kind.blocks for kind in kinds)}
