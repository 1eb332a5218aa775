"""The minutes, to be read and to be signed."""

from __future__ import annotations

from flask import abort, make_response
from werkzeug.wrappers import Response

from contest.council import documents, queries
from contest.council.office.blueprint import both, find_meeting, kept_from, runs
from contest.council.office.screen import is_whole
from contest.council.refusals import MinutesWithheld
from contest.council.stages import Stage
from contest.web.pages import answer
from contest.web.wall import mentions


@both("/<int:meeting_id>/bien-ban")
def minutes(meeting_id: int) -> Response:
    """Show the minutes of a meeting as far as they are written."""
    meeting = find_meeting(meeting_id)
    if meeting.stage is Stage.CALLED:
        abort(404)
    lines, barred = queries.lines_of(meeting), kept_from()
    named = documents.Named(meeting, lines)
    seats, told = queries.seats_of(meeting), documents.tell(lines, named, barred, mentions)
    return answer(
        "council/minutes.html",
        meeting=meeting,
        seats=seats,
        present=documents.present_of(meeting, seats),
        told=told,
        whole=is_whole(lines, told, barred),
        last=max(lines, key=lambda line: line.number, default=None),
        runs=runs(meeting),
    )


@both("/<int:meeting_id>/bien-ban.pdf")
def minutes_pdf(meeting_id: int) -> Response:
    """Give the minutes as a document to sign; not to those who would read of a work that they take no part in."""
    meeting = find_meeting(meeting_id)
    if meeting.stage is Stage.CALLED:
        abort(404)
    lines, barred = queries.lines_of(meeting), kept_from()
    told = documents.tell(lines, documents.Named(meeting, lines), barred, mentions)
    if not is_whole(lines, told, barred):
        raise MinutesWithheld
    response = make_response(documents.minutes(meeting))
    response.mimetype = "application/pdf"
    name = f"bien-ban-{meeting.round.code}-{meeting.number}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
