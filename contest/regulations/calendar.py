"""What the calendar of a regulation says of a moment: which phase it is in, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.shape import midnight

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

BEFORE, RECEIVING, SCREENING, POSTING, CEREMONY = "before", "receiving", "screening", "posting", "ceremony"
LAUNCH, DECISION, AFTER, BETWEEN = "launch", "decision", "after", "between"

LABELS = {
    LAUNCH: N_("Launch"),
    RECEIVING: N_("Receiving works"),
    SCREENING: N_("Checking dossiers"),
    POSTING: N_("Posting"),
    DECISION: N_("Decision"),
    CEREMONY: N_("Award ceremony"),
}


@dataclass(frozen=True)
class Milestone:
    """One span of the calendar, in the order in which spans begin.

    :ivar code: ``launch``, ``receiving``, ``screening``, ``round:<code>``, ``posting``, ``decision``, ``ceremony``
    :ivar name: the name of a round in the regulation's own words; elsewhere None, see `label`
    :ivar closes: exclusive
    :ivar whole_days: whether it begins and ends at midnight
    """

    code: str
    name: str | None
    opens: datetime
    closes: datetime
    whole_days: bool = True

    @property
    def label(self) -> str | None:
        """Message id of what it is called, or None where the regulation names it."""
        return LABELS.get(self.code)

    @property
    def last_day(self) -> datetime:
        """A moment on its last day."""
        return self.closes - timedelta(microseconds=1)

    @property
    def one_day(self) -> bool:
        """Say whether it begins and ends on the same day."""
        return self.opens.date() == self.last_day.date()

    def state(self, now: datetime) -> str:
        """Say whether it is ``done``, ``now`` or ``ahead``."""
        if now >= self.closes:
            return "done"
        return "now" if now >= self.opens else "ahead"


def milestones(regulation: Regulation) -> tuple[Milestone, ...]:
    """List the calendar from the launch to the ceremony, for a timeline and for calendar files."""
    return tuple(_milestones(regulation))


def _milestones(regulation: Regulation) -> Iterator[Milestone]:
    calendar = regulation.calendar
    day = timedelta(days=1)
    launch, decision, ceremony = (
        midnight(date) for date in (calendar.launched_on, calendar.decision_on, calendar.ceremony_on)
    )
    receipt = calendar.receipt
    yield Milestone(LAUNCH, None, launch, launch + day)
    yield Milestone(RECEIVING, None, receipt.opens, receipt.closes, receipt.to_the_end_of_the_day)
    yield Milestone(SCREENING, None, calendar.screening.starts, calendar.screening.ends)
    for rule in regulation.rounds:
        yield Milestone(f"round:{rule.code}", rule.name, rule.opens, rule.closes, rule.to_the_end_of_the_day)
    if calendar.posting is not None:
        yield Milestone(POSTING, None, calendar.posting.starts, calendar.posting.ends)
    yield Milestone(DECISION, None, decision, decision + day)
    yield Milestone(CEREMONY, None, ceremony, ceremony + day)


def calendar_phase(regulation: Regulation, now: datetime) -> str:
    """Name the phase that the calendar is in.

    :return: ``before`` the receipt opens; ``receiving``, ``screening``, ``round:<code>``, ``posting``, ``decision``,
        ``ceremony``; ``between`` two of them; ``after`` the ceremony
    """
    spans = [milestone for milestone in milestones(regulation) if milestone.code != LAUNCH]
    if now < spans[0].opens:
        return BEFORE
    for milestone in spans:
        if milestone.state(now) == "now":
            return milestone.code
    return AFTER if now >= spans[-1].closes else BETWEEN
