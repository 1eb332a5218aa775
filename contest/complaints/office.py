"""Where staff look into complaints, answer them, and have a work marked again."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.models import User
from contest.complaints import forms, queries, refusals, rules, services
from contest.complaints.models import Complaint, ComplaintRemark
from contest.complaints.rules import Verdict
from contest.database import db, transaction
from contest.errors import N_
from contest.judging import queries as judging
from contest.judging.models import Assignment
from contest.results import documents, gates
from contest.results import queries as results
from contest.results.differing import Change, changes
from contest.results.prize_rules import prizes_by_code
from contest.storage.serving import serve_original
from contest.web import tables, wall
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import second_person
from contest.web.tables import Table, offered

READERS = {"secretary", "organizer", "observer", "chair"}
HANDLES = {"secretary", "organizer"}

bp = contest_blueprint("complaints_office", __name__, url_prefix="/ban-thu-ky/khieu-nai")
guard_office(bp, read=READERS, write=HANDLES)

add_item(
    "office",
    "complaints_office.index",
    label=N_("Complaints"),
    order=51,
    roles=READERS,
    under="results_office.overview",
)


@bp.context_processor
def words_of_complaints() -> dict[str, object]:
    """Give templates what states, answers and subjects are called."""
    return {"states": rules.STATE_NAMES, "verdicts": rules.VERDICT_NAMES, "abouts": rules.ABOUT_NAMES}


def _listed() -> list[Complaint]:
    return [each for each in queries.complaints_of(current_contest) if not _tells_of_hidden(each)]


def complaints_table() -> Table:
    """Every complaint without who sent it."""
    columns = [
        tables.text("number", _("Number"), attrgetter("shown_number"), width=14),
        tables.text("about", _("About"), lambda one: _(rules.ABOUT_NAMES[one.about])),
        tables.text("code", _("Code"), lambda one: one.entry and one.entry.shown_code, width=12),
        tables.text("subject", _("Work"), lambda one: one.entry.title if one.entry else one.subject, width=48),
        tables.moment("received_at", _("Received at")),
        tables.date("due_on", _("Answer by")),
        tables.text("assigned_to", _("In the hands of"), lambda one: one.assigned_to and one.assigned_to.name),
        tables.text("state", _("State"), lambda one: _(rules.STATE_NAMES[one.state])),
    ]
    return Table("khieu-nai", _("Complaints"), columns, _listed())


@bp.get("")
@offered(complaints_table)
def index() -> str:
    """Show every complaint with its state and the day by which it is answered, the most urgent first."""
    found = _listed()
    return render_template(
        "complaints/office/index.html",
        complaints=found,
        waiting=[each for each in found if each.answer is None],
        late=[each for each in found if each.answer is None and each.is_late(clock.now())],
        window=queries.window_of(current_contest),
    )


def _tells_of_hidden(complaint: Complaint) -> bool:
    """Whether what somebody wrote names a work of which the reader may not hear, whatever it is filed under."""
    return wall.mentions(f"{complaint.subject} {complaint.text}")


def complaint_of(number: int) -> Complaint:
    """The complaint of an address; one about a work of which the reader may not hear is not there."""
    found = queries.complaint_at(current_contest, number)
    return found if found is not None and not _tells_of_hidden(found) else abort(404)


@bp.get("/<int:number>")
def show(number: int) -> Response:
    """Show one complaint with its evidence, what was done, and what can be done next."""
    return _page(complaint_of(number))


def _page(complaint: Complaint, form: forms.Form | None = None, *, contact: bool = False) -> Response:
    """Show a complaint with all its forms, one of them perhaps sent back."""

    def this(kind: type[forms.Form]) -> forms.Form:
        return form if isinstance(form, kind) else kind(formdata=None)

    assigning, merging = this(forms.AssignForm), this(forms.MergeForm)
    assigning.offer(queries.who_may_look_into(complaint), complaint.assigned_to_id)
    merging.offer(_mergeable_with(complaint))
    return answer(
        "complaints/office/show.html",
        form=form,
        complaint=complaint,
        contact=contact,
        followers=[each for each in queries.merged_into(complaint) if not _tells_of_hidden(each)],
        assigning=assigning,
        merging=merging,
        noting=this(forms.NoteForm),
        naming=this(forms.WorkForm),
        answering=this(forms.AnswerForm),
        plain=forms.ConfirmForm(formdata=None),
        remarks=[_remark(remark) for remark in complaint.remarks],
        may_remark=_may_remark(complaint),
        prizes=prizes_by_code(results.ruling(current_contest)),
        points=documents.points,
    )


def _mergeable_with(complaint: Complaint) -> list[Complaint]:
    """The complaints with which one can be handled, as far as the reader may hear of them."""
    return [each for each in queries.mergeable_with(complaint) if not _tells_of_hidden(each)]


@dataclass(frozen=True)
class ShownRemark:
    """A work that is or was marked again: by whom, and what came of it.

    :ivar changes: None while it is not concluded, and for whoever may not hear of all works
    """

    row: ComplaintRemark
    jurors: tuple[Assignment, ...]
    changes: list[Change] | None
    titles: dict[str, str]


def _remark(remark: ComplaintRemark) -> ShownRemark:
    jurors = tuple(one for one in judging.remarking(remark.round) if one.entry_id == remark.entry_id)
    found = None if wall.hidden() else _changes(remark)
    titles = queries.titles_of(current_contest, [change.entry for change in found or ()])
    return ShownRemark(remark, jurors, found, titles)


def _changes(remark: ComplaintRemark) -> list[Change] | None:
    """What the version with the new sheets came to differently from the one before it."""
    versions = {each.version: each.result for each in results.versions_of(remark.round)}
    if remark.version is None or remark.version not in versions:
        return None
    return changes(versions[remark.version - 1], versions[remark.version])


def _may_remark(complaint: Complaint) -> bool:
    """Whether a work may be marked again because of a complaint now."""
    round_ = queries.last_round(current_contest)
    return (
        complaint.answer is None
        and complaint.entry is not None
        and round_ is not None
        and round_.sealed_at is not None
        and not round_.rule.is_voted
        and not gates.is_done(gates.Act.DECIDE, str(current_contest.stage))
        and not any(remark.concluded_at is not None for remark in complaint.remarks)
    )


@bp.post("/<int:number>/nguoi-gui")
def contact(number: int) -> Response:
    """Show who complained and how they are reached; that somebody looked is recorded."""
    if not forms.ConfirmForm().validate_on_submit():
        abort(400)
    complaint = complaint_of(number)
    with transaction():
        services.open_contact(complaint, by=current_user, now=clock.now())
    return _page(complaint_of(number), contact=True)


@bp.post("/<int:number>/tep/<int:file_id>")
def file(number: int, file_id: int) -> Response:
    """Give a file of a complaint as it came, to be saved; who took it is recorded."""
    complaint = complaint_of(number)
    row, blob = queries.file_of(complaint, file_id) or abort(404)
    if not forms.ConfirmForm().validate_on_submit():
        abort(400)
    with transaction():
        services.take_file(complaint, row, by=current_user, now=clock.now())
    return serve_original(blob, row.name)


@bp.post("/<int:number>/phan-cong")
def assign(number: int) -> Response:
    """Let somebody look into a complaint."""
    complaint, form = complaint_of(number), forms.AssignForm()
    form.offer(queries.who_may_look_into(complaint), None)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                person = db.session.get(User, form.person.data or 0)
                if person is None:
                    raise refusals.NobodyToAssign
                services.assign(complaint, person, by=current_user, now=clock.now())
            return _back(number, _("The complaint is in their hands."))
    return _page(complaint_of(number), form)


@bp.post("/<int:number>/ghi-chu")
def note(number: int) -> Response:
    """Write a note for the others."""
    complaint, form = complaint_of(number), forms.NoteForm()
    if form.validate_on_submit():
        with transaction():
            services.note(complaint, form.text.data or "", by=current_user, now=clock.now())
        return _back(number, _("The note is kept."))
    return _page(complaint_of(number), form)


@bp.post("/<int:number>/tac-pham")
def name_work(number: int) -> Response:
    """Say which work a complaint is about."""
    complaint, form = complaint_of(number), forms.WorkForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.name_work(complaint, form.work.data or "", by=current_user, now=clock.now())
            return _back(number, _("The complaint is filed under this work."))
    return _page(complaint_of(number), form)


@bp.post("/<int:number>/gop")
def merge(number: int) -> Response:
    """Handle a complaint together with another."""
    complaint, form = complaint_of(number), forms.MergeForm()
    form.offer(_mergeable_with(complaint))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                into = queries.complaint_at(current_contest, form.into.data or 0)
                if into is None:
                    raise refusals.NotMergeable
                services.merge(complaint, into, by=current_user, now=clock.now())
            return _back(number, _("Both complaints are handled together now."))
    return _page(complaint_of(number), form)


@bp.post("/<int:number>/tra-loi")
def reply(number: int) -> Response:
    """Answer a complaint; the complainant is written to."""
    complaint, form = complaint_of(number), forms.AnswerForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.answer(
                    complaint,
                    Verdict(form.verdict.data),
                    form.reasons.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            return _back(number, _("The complaint is answered, and the answer is on its way to the complainant."))
    return _page(complaint_of(number), form)


def _of_complaint(number: int) -> str:
    complaint = complaint_of(number)
    work = complaint.entry.shown_code if complaint.entry is not None else complaint.subject
    return f"{_('Complaint %(number)s', number=complaint.shown_number)} · {work}"


def _to_mark_again(number: int) -> str:
    return _("Mark again: %(work)s", work=_of_complaint(number))


@bp.route("/<int:number>/cham-lai", methods=["GET", "POST"])
@second_person("reopen_round", about=_to_mark_again)
def remark(number: int) -> Response:
    """Have other jurors mark the work of a complaint."""
    complaint = complaint_of(number)
    round_ = queries.last_round(current_contest)
    if not _may_remark(complaint) or complaint.entry is None or round_ is None:
        abort(404)
    held = [one for one in judging.remarking(round_) if one.entry_id == complaint.entry_id and one.recused_at is None]
    candidates = judging.jurors_to_remark(round_, complaint.entry)
    free = {one.juror.id: one.juror for one in candidates if not one.is_barred} | {
        one.juror_id: one.juror for one in held
    }
    form = forms.RemarkForm(data={"jurors": [one.juror_id for one in held]})
    form.offer(free.values())
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.order_remark(
                    complaint,
                    [free[juror] for juror in forms.chosen(form.jurors) if juror in free],
                    until=form.moment,
                    reason=form.reason.data or "",
                    by=current_user,
                    now=clock.now(),
                )
            return _back(number, _("The jurors are asked to mark the work."))
    return answer(
        "complaints/office/remark.html",
        form=form,
        complaint=complaint,
        round=round_,
        gates=current_contest.regulation.gates,
        barred=[one for one in candidates if one.is_barred],
        held=held,
    )


@bp.route("/<int:number>/ket-luan-lai", methods=["GET", "POST"])
@second_person("conclude_again", about=_of_complaint)
def conclude(number: int) -> Response:
    """Conclude the round again with the new sheets, and lead to what changed."""
    complaint = complaint_of(number)
    if not any(each.concluded_at is None for each in complaint.remarks):
        abort(404)
    wall.require_whole("secretary", "organizer")
    form = forms.ConfirmForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                found = len(services.conclude_again(current_contest, by=current_user, now=clock.now()))
            return _back(number, _concluded(found))
    round_ = complaint.remarks[0].round
    return answer(
        "complaints/office/conclude.html",
        form=form,
        complaint=complaint,
        round=round_,
        jurors=judging.remarking(round_),
    )


def _concluded(changed: int) -> str:
    """Say what came of the new sheets, and plainly where nobody has a prize any more."""
    if not changed:
        return _("The new sheets change nothing.")
    said = ngettext("%(num)s work stands otherwise now.", "%(num)s works stand otherwise now.", changed)
    if not results.list_version(current_contest) or results.awards_of(current_contest):
        return said
    return f"{said} " + _(
        "No work reaches a prize any more. The next version of the list says so; it is approved and posted as usual."
    )


def _back(number: int, said: str) -> Response:
    flash(said)
    return redirect(url_for(".show", number=number), code=303)
