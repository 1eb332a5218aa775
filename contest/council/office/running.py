"""What whoever runs a meeting sends: the opening, the roll, what is taken up, said, proposed and decided, the end."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.council import queries, services
from contest.council.documents import Named
from contest.council.forms import (
    WITHDRAWN,
    CloseForm,
    HandsForm,
    NoteForm,
    OpenForm,
    ProposalForm,
    TakeUpForm,
    roll_form,
)
from contest.council.models import AgendaItem, Meeting
from contest.council.office.blueprint import both, find_run, kept_from, to_meeting
from contest.council.refusals import NoProposal, NothingTakenUp, NotThisWork
from contest.council.sight import is_withheld, seen
from contest.database import transaction
from contest.web.pages import answer
from contest.web.refusals import refused_at

WORK, GROUP = "work", "group"


@both("/<int:meeting_id>/khai-mac", methods=["GET", "POST"])
def open_(meeting_id: int) -> Response:
    """Open a meeting."""
    meeting = find_run(meeting_id)
    form = OpenForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.open_meeting(find_run(meeting_id), at=form.moment, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The meeting is open. Call the roll first: the quorum is counted from it."))
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
    return answer("council/open.html", form=form, meeting=meeting)


@both("/<int:meeting_id>/diem-danh", methods=["GET", "POST"])
def roll(meeting_id: int) -> Response:
    """Write down who is there."""
    meeting = find_run(meeting_id)
    seats = queries.seats_of(meeting)
    form = roll_form(seats)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.call_the_roll(find_run(meeting_id), form.roll, at=form.moment, by=current_user, now=clock.now())
        if not form.errors:
            flash(_("Who is present is recorded."))
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
        seats = queries.seats_of(meeting)
    elif not form.is_submitted():
        form.fill(seats)
    return answer("council/roll.html", form=form, meeting=meeting, seats=seats, house=queries.house_of(meeting))


@both("/<int:meeting_id>/noi-dung", methods=["GET", "POST"])
def take_up(meeting_id: int) -> Response:
    """Choose what the council takes up."""
    meeting = find_run(meeting_id)
    form = TakeUpForm()
    _offer(form, meeting)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            _take_up(find_run(meeting_id), form.subject.data or "", form.title.data or "")
        if not form.errors:
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
    return answer("council/take_up.html", form=form, meeting=meeting)


def _offer(form: TakeUpForm, meeting: Meeting) -> None:
    barred = kept_from()
    named = Named(meeting, ())
    works = queries.works_to_take_up(meeting, barred)
    form.offer(
        [(f"{WORK}:{work.entry_id}", named.subject(str(work.entry.code))) for work in works],
        [(f"{GROUP}:{group.code}", named.group(group.code)) for group in queries.groups_to_take_up(meeting, barred)],
    )


def _take_up(meeting: Meeting, subject: str, title: str) -> None:
    kind, _colon, code = subject.partition(":")
    now = clock.now()
    if not subject:
        services.take_up(meeting, title, by=current_user, now=now)
    elif title:
        raise NothingTakenUp
    elif kind == WORK and code.isascii() and code.isdecimal() and len(code) < 10:
        services.take_up_work(meeting, int(code), by=current_user, now=now)
    elif kind == GROUP:
        services.take_up_standings(meeting, code, by=current_user, now=now)
    else:
        raise NotThisWork


@both("/<int:meeting_id>/ghi-chep", methods=["GET", "POST"])
def note(meeting_id: int) -> Response:
    """Write down what was said; also afterwards, with its hour."""
    meeting = find_run(meeting_id)
    form = NoteForm()
    items = _offer_items(form, meeting)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            item = items.get(form.item.data)
            if form.item.data and item is None:
                raise NotThisWork(field="item")
            services.write_note(
                find_run(meeting_id),
                form.text.data or "",
                item=item,
                at=form.moment,
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
    elif not form.is_submitted() and meeting.item_id in items:
        form.item.data = meeting.item_id
    return answer("council/note.html", form=form, meeting=meeting)


def _offer_items(form: NoteForm, meeting: Meeting) -> dict[int, AgendaItem]:
    named = Named(meeting, ())
    items = {item.id: item for item in seen(queries.items_of(meeting), kept_from())}
    form.item.choices = [(0, _("nothing in particular")), *((number, named.item(one)) for number, one in items.items())]
    return items


@both("/<int:meeting_id>/de-nghi", methods=["GET", "POST"])
def propose(meeting_id: int) -> Response:
    """Put a proposal before the council."""
    meeting = find_run(meeting_id)
    form = ProposalForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.propose(find_run(meeting_id), form.text.data or "", by=current_user, now=clock.now())
        if not form.errors:
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
    return answer("council/propose.html", form=form, meeting=meeting, named=Named(meeting, ()), about=_item(meeting))


def _item(meeting: Meeting) -> AgendaItem | None:
    """What is taken up, unless the reader does not learn of it."""
    return None if meeting.item is None or is_withheld(meeting.item, kept_from()) else meeting.item


@both("/<int:meeting_id>/bieu-quyet-gio-tay", methods=["GET", "POST"])
def decide(meeting_id: int) -> Response:
    """Record the show of hands on the open proposal, or that it was withdrawn."""
    meeting = find_run(meeting_id)
    form = HandsForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            if form.outcome.data == WITHDRAWN:
                services.withdraw_proposal(find_run(meeting_id), by=current_user, now=clock.now())
            else:
                services.decide_proposal(find_run(meeting_id), form.hands, by=current_user, now=clock.now())
        if not form.errors:
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
    proposal = queries.open_proposal(meeting)
    if proposal is None:
        raise NoProposal
    return answer(
        "council/decide.html",
        form=form,
        meeting=meeting,
        proposal=None if is_withheld(proposal, kept_from()) else proposal,
        house=queries.house_of(meeting, proposal.about),
    )


@both("/<int:meeting_id>/be-mac", methods=["GET", "POST"])
def close(meeting_id: int) -> Response:
    """Close a meeting with what it concludes."""
    meeting = find_run(meeting_id)
    form = CloseForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.close_meeting(
                find_run(meeting_id),
                conclusion=form.conclusion.data or "",
                reference=form.reference.data or "",
                at=form.moment,
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            flash(_("The meeting is closed. Its minutes can be printed and signed."))
            return to_meeting(meeting_id)
        meeting = find_run(meeting_id)
    return answer("council/close.html", form=form, meeting=meeting)
