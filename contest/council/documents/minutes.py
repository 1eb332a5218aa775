"""The minutes on paper, to be signed by whoever presided and by the secretary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from contest import clock, printing
from contest.council import queries
from contest.council.documents.naming import Named
from contest.council.documents.telling import tell
from contest.council.models import Meeting
from contest.council.queries import Seat
from contest.council.stages import Step


def minutes(meeting: Meeting) -> bytes:
    """Draw the minutes of a meeting as a PDF, as they are at this moment; the same minutes give the same bytes."""
    lines = queries.lines_of(meeting)
    named = Named(meeting, lines)
    seats = queries.seats_of(meeting)
    told = {line.number: one for line, one in zip(lines, tell(lines, named), strict=True)}
    framing = (Step.OPENED, Step.ROLL, Step.CLOSED, Step.SIGNED)
    regulation = meeting.round.regulation
    return printing.pdf(
        "documents/minutes.html",
        css=("official.css", "minutes.css"),
        title=_("Minutes of meeting %(number)s, %(round)s", number=meeting.number, round=meeting.round.name),
        meeting=meeting,
        contest_name=regulation.name,
        letterhead=regulation.letterhead,
        round_name=meeting.round.name,
        opened=_local(meeting.opened_at),
        closed=_local(meeting.closed_at),
        present=present_of(meeting, seats),
        seats=seats,
        quorum=queries.house_of(meeting, seats=seats).quorum,
        steps=[told[line.number] for line in lines if line.step not in framing],
        later=any(one.is_later for one in told.values()),
        last=max(lines, key=lambda line: line.number, default=None),
        local=clock.local,
    )


def present_of(meeting: Meeting, seats: Sequence[Seat]) -> list[Seat]:
    """Who took part in a meeting, also those who left before its end."""
    return [seat for seat in seats if seat.arrived_at is not None]


def _local(moment: datetime | None) -> datetime | None:
    return clock.local(moment) if moment is not None else None
