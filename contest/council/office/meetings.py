"""Meetings held and to come, the page of one, and what its followers poll."""

from __future__ import annotations

from operator import attrgetter

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts import queries as accounts
from contest.accounts.models import User
from contest.accounts.roles import Role
from contest.council import queries, services
from contest.council.forms import CallForm, ConfirmForm, MoveForm
from contest.council.office.blueprint import (
    WRITERS,
    both,
    find_meeting,
    find_run,
    kept_from,
    on_desk,
    to_meeting,
)
from contest.council.office.screen import screen_of, slots_of, work_of
from contest.council.refusals import WrongMove
from contest.council.sight import is_withheld
from contest.council.stages import Stage
from contest.database import transaction
from contest.errors import N_
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.storage.serving import serve_derivative
from contest.web import tables
from contest.web.access import has_role
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered


def may_call(round_: Round) -> bool:
    """Say whether the reader may call the council of a round together."""
    return queries.chairs_in(current_user, round_) if on_desk() else has_role(*WRITERS)


STAGES = {
    Stage.CALLED: N_("Called"),
    Stage.OPEN: N_("In session"),
    Stage.ADJOURNED: N_("Adjourned"),
    Stage.CLOSED: N_("Closed, minutes to be signed"),
    Stage.SIGNED: N_("Minutes signed"),
}


def meetings_table() -> Table:
    """The meetings of the contest; on the desk those of the councils on which the reader sits."""
    columns = [
        tables.text("title", _("Meeting"), width=48),
        tables.text("round", _("Round"), attrgetter("round.name")),
        tables.number("number", _("Number")),
        tables.moment("begins", _("Begins"), lambda row: row.opened_at or row.convenes_at),
        tables.text("state", _("State"), lambda row: _(STAGES[row.stage])),
    ]
    found = queries.meetings_of(g.contest, current_user if on_desk() else None)
    return Table("phien-hop", _("Meetings of the council"), columns, found)


@both("")
@offered(meetings_table)
def meetings() -> Response:
    """List the meetings, those under way first."""
    rounds = [row for row in queries.rounds_that_meet(g.contest) if may_call(row)]
    found = queries.meetings_of(g.contest, current_user if on_desk() else None)
    return answer("council/meetings.html", meetings=found, rounds=rounds)


@both("/moi/<code>", methods=["GET", "POST"])
def call(code: str) -> Response:
    """Call the council of a round together."""
    round_ = judging.round_of(g.contest, code) or abort(404)
    if round_.opened_at is None or (on_desk() and not may_call(round_)):
        abort(404)
    seats, secretaries = queries.members_of(round_), _secretaries(round_)
    people = {user.id: user for user in [*secretaries, *(seat.user for seat in seats)]}
    form = CallForm()
    form.offer(seats, secretaries)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            meeting_id = services.call_meeting(
                round_,
                title=form.title.data or "",
                place=form.place.data or "",
                convenes_at=form.convenes_at.moment or clock.now(),
                chair=people[form.chair.data],
                secretary=people[form.secretary.data],
                by=current_user,
                now=clock.now(),
            ).id
        if not form.errors:
            return to_meeting(meeting_id)
    elif not form.is_submitted():
        form.convenes_at.data = clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)
        form.secretary.data = current_user.id
    return answer("council/call.html", form=form, round=round_)


def _secretaries(round_: Round) -> list[User]:
    """Who may keep the minutes: the secretaries of the contest, else any member."""
    staff = [membership.user for membership in accounts.members(round_.contest_id, Role.SECRETARY)]
    return [*staff, *(seat.user for seat in queries.members_of(round_) if seat.user not in staff)]


@both("/<int:meeting_id>")
def meeting(meeting_id: int) -> Response:
    """Show a meeting as it is now."""
    found = find_meeting(meeting_id)
    return answer("council/meeting.html", screen=screen_of(found), meeting=found, confirm=ConfirmForm())


@both("/<int:meeting_id>/tinh-trang")
def state(meeting_id: int) -> Response:
    """Tell a page that follows a meeting whether there is anything new, and what."""
    found = find_meeting(meeting_id)
    pulse = queries.pulse(found)
    if request.args.get("co") == pulse:
        return jsonify(pulse=pulse)
    html = render_template("council/_screen.html", screen=screen_of(found), meeting=found, confirm=ConfirmForm())
    return jsonify(pulse=pulse, html=html)


@both("/<int:meeting_id>/buoc", methods=["POST"])
def move(meeting_id: int) -> Response:
    """Adjourn a meeting, resume it, or note that its minutes are signed."""
    find_run(meeting_id)
    form = MoveForm()
    if form.validate_on_submit():
        asked = form.asked
        if asked is None:
            raise WrongMove
        with transaction():
            services.move(find_run(meeting_id), asked, by=current_user, now=clock.now())
        flash(_("It is recorded in the minutes."))
    return redirect(url_for(".meeting", meeting_id=meeting_id), code=303)


@both("/<int:meeting_id>/muc/<int:item_id>/tep/<int:number>/<part>/<int:position>")
def work_file(meeting_id: int, item_id: int, number: int, part: str, position: int) -> Response:
    """Serve something made from a file of a work that the meeting took up."""
    found = find_meeting(meeting_id)
    item = next((each for each in queries.items_of(found) if each.id == item_id), None) or abort(404)
    if is_withheld(item, kept_from()):
        abort(404)
    work = work_of(found, item)
    return serve_derivative(judging.file_part(work, slots_of(found, work), number, part, position) or abort(404))
