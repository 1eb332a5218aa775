"""Through whom a work is sent: whoever signs in must be allowed to act for them, and they to send works at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contest.entries import queries
from contest.entries.eligibility import CLOSED, channel_of
from contest.entries.refusals import ChannelClosed, NotRepresented

if TYPE_CHECKING:
    from contest.accounts.models import Outlet, User
    from contest.regulations.models import Contest


def senders_of(contest: Contest, user: User) -> list[Outlet | None]:
    """List through whom somebody may send works: themselves (None) first, then units that they represent."""
    allowed = contest.regulation.entrants.through
    units = [unit for unit in queries.units_represented(user, contest.id) if channel_of(unit.kind) in allowed]
    return [*([None] if channel_of(None) in allowed else []), *units]


def check_sender(contest: Contest, through: Outlet | None, by: User) -> None:
    """Refuse a sender whom the regulation does not take works from, or who is not theirs to act for.

    :param through: the newsroom or branch, or None for the author
    """
    if through is not None and through not in queries.units_represented(by, contest.id):
        raise NotRepresented(unit=through.name)
    channel = channel_of(through.kind if through else None)
    if channel not in contest.regulation.entrants.through:
        raise ChannelClosed(CLOSED[channel])
