"""The juror's sheet beside the work: typing, sending, stepping back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from flask import Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.errors import ContestError
from contest.judging import queries, services
from contest.judging.forms import NoteForm, ReasonForm, SheetForm, score_sheet_form
from contest.judging.marks import Reading, read_sheet, rounded_total, total_of, written_weight
from contest.judging.models import ScoreSheet, SheetDraft
from contest.judging.own_totals import place
from contest.judging.queries import Sheet, Typing
from contest.judging.refusals import DraftChanged
from contest.judging.sheets import rubric_fingerprint, unexplained
from contest.judging.views.blueprint import bp, viewer
from contest.judging.views.desk import shown_total
from contest.judging.views.work import ShownWork, serve_file, shown_work
from contest.judging.window import Phase
from contest.regulations.scoring import Criterion
from contest.web.formats import as_datetime, as_points
from contest.web.pages import answer
from contest.web.refusals import refused_at, words
from contest.web.turns import sent_turn

LARGEST_DRAFT = 64 * 1024  # bytes
FILES = "tep"  # below the address of a sheet


def find_sheet(assignment_id: int) -> Sheet:
    """The juror's own assignment, or 404: another's, a recused one and none at all look the same."""
    return queries.sheet_of(current_user, g.contest, assignment_id) or abort(404)


@bp.get("/<int:assignment_id>")
def sheet(assignment_id: int) -> AnyResponse:
    """Show the work beside the rubric, with what was typed or sent last."""
    found = find_sheet(assignment_id)
    if not (found.draft or found.newest or queries.has_declared(current_user.id, found.assignment.round)):
        return redirect(url_for("interests.own", vong=found.assignment.round.code, phieu=assignment_id))
    form = score_sheet_form(_rubric(found))
    form.fill(found.draft, found.newest)
    return _sheet_page(found, form)


@bp.post("/<int:assignment_id>")
def save_sheet(assignment_id: int) -> AnyResponse:
    """Take the sheet in, or keep it as a draft: the button says which. Nothing typed is lost on the way."""
    typing = find_typing(assignment_id)
    form = score_sheet_form(typing.rubric)
    if not form.validate_on_submit():
        return _sheet_page(find_sheet(assignment_id), form, status=422)
    return _send(form, typing) if "send" in request.form else _keep(form, typing)


def find_typing(assignment_id: int) -> Typing:
    """The juror's own sheet as far as saving needs it, or 404."""
    return queries.typing_of(*viewer(), assignment_id) or abort(404)


def _send(form: SheetForm, typing: Typing) -> AnyResponse:
    reading = form.read(typing.rubric)
    following = url_for(".sheet", assignment_id=form.onward.data) if form.onward.data else url_for(".desk")
    if not reading.is_whole:
        return _keep_refused(form, typing, 422)
    try:
        sent = submit(form, typing, reading)
    except ContestError as refusal:
        return _keep_refused(form, typing, _show(refusal, form))
    flash(sent.sentence)
    return redirect(following, code=303)


@dataclass(frozen=True)
class Sent:
    """A sheet that was taken in, as its juror is told of it."""

    name: str
    revision: int
    received: str
    total: str

    @property
    def sentence(self) -> str:
        """What is said of it."""
        return _(
            "Your sheet for %(work)s was received at %(at)s: %(total)s points in all.",
            work=self.name,
            at=self.received,
            total=self.total,
        )


def submit(form: SheetForm, typing: Typing, reading: Reading) -> Sent:
    """Send a sheet in which every mark is given, by the moment at which it is here.

    :raise ContestError: if it is not taken in
    """
    name, regulation = typing.name, typing.regulation
    with transaction():
        sent = services.submit_score_sheet(
            typing.assignment,
            reading.marks,
            form.comment.data or "",
            reason=form.reason.data or "",
            seen=form.seen.data or 0,
            typed_over=form.version.data or 0,
            by=current_user,
            now=clock.now(),
        )
        revision, received = sent.revision, as_datetime(sent.submitted_at)
    total = rounded_total(reading.total, regulation.display_decimals, regulation.display_rounding)
    return Sent(name, revision, received, as_points(total))


def _keep(form: SheetForm, typing: Typing) -> AnyResponse:
    name, again = typing.name, url_for(".sheet", assignment_id=typing.number)
    try:
        keep_draft(form, typing)
    except ContestError as refusal:
        return _refused(form, typing, refusal)
    flash(_("Your draft for %(work)s is saved.", work=name))
    return redirect(again, code=303)


def _keep_refused(form: SheetForm, typing: Typing, status: int) -> AnyResponse:
    """Keep what could not be sent as the draft it still is, and show the page with the sentence."""
    try:
        keep_draft(form, typing)
    except ContestError as refusal:
        return _refused(form, typing, refusal)
    found = find_sheet(typing.number)
    form.typed_over(found.draft)
    return _sheet_page(found, form, status=status)


def _refused(form: SheetForm, typing: Typing, refusal: ContestError) -> AnyResponse:
    """Show the page of a draft that was not saved; where another window was first, with the text of that window."""
    status = _show(refusal, form)
    found = find_sheet(typing.number)
    stored = found.draft if isinstance(refusal, DraftChanged) else None
    form.typed_over(found.draft)
    return _sheet_page(found, form, stored=stored, status=status)


class KeptDraft(NamedTuple):
    """The draft as it is kept now."""

    version: int
    turn: int  # later than the one that was sent, where the same window has saved a later text already


def keep_draft(form: SheetForm, typing: Typing) -> KeptDraft:
    """Keep what stands in the form.

    :raise DraftChanged: if another window was first
    """
    with transaction():
        draft = services.save_sheet_draft(
            typing.assignment,
            form.typed,
            form.comment.data or "",
            version=form.version.data or 0,
            turn=sent_turn(),
            by=current_user,
            now=clock.now(),
        )
        return KeptDraft(draft.version, draft.turn)


def _show(refusal: ContestError, form: SheetForm) -> int:
    """Put a refusal where the juror reads it; those of strangers stay pages of their own."""
    if refusal.status in (403, 404):
        raise refusal
    sentence = words(refusal)
    field = form._fields.get(refusal.field) if refusal.field else None
    if field is not None:
        field.errors = [*field.errors, sentence]
    elif sentence not in form.form_errors:
        form.form_errors.append(sentence)
    return refusal.status


def sent_json() -> Any:
    """Read what a script sent; None for what is no JSON, or is nested deeper than anything can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


@bp.route("/<int:assignment_id>/tu-choi", methods=["GET", "POST"])
def recuse(assignment_id: int) -> AnyResponse:
    """Let a juror step back from a work, with the reason."""
    found = find_sheet(assignment_id)
    name = name_of(found)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.recuse(found.assignment, reason=form.reason.data or "", by=current_user, now=clock.now())
        if not form.errors:
            flash(_("You have stepped back from %(work)s. The secretariat will give it to somebody else.", work=name))
            return redirect(url_for(".desk"), code=303)
    return answer("judging/recuse.html", form=form, sheet=found, name=name)


@bp.route("/<int:assignment_id>/xin-them-gio", methods=["GET", "POST"])
def ask_for_time(assignment_id: int) -> AnyResponse:
    """Let a juror whose sheet came too late ask for more time."""
    found = find_sheet(assignment_id)
    name = name_of(found)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.ask_for_time(found.assignment, reason=form.reason.data or "", by=current_user, now=clock.now())
        if not form.errors:
            flash(_("The secretariat has your request for %(work)s. What you typed is kept as a draft.", work=name))
            return redirect(url_for(".sheet", assignment_id=assignment_id), code=303)
    return answer("judging/ask_for_time.html", form=form, sheet=found, name=name)


@bp.get(f"/<int:assignment_id>/{FILES}/<int:number>/<part>/<int:position>")
def file(assignment_id: int, number: int, part: str, position: int) -> AnyResponse:
    """Serve something made from a file of the work, to look at or listen to; never an original."""
    found = find_sheet(assignment_id)
    return serve_file(found.assignment.round, found.work, number, part, position)


def _same_day(one: datetime, other: datetime) -> bool:
    return clock.local(one).date() == clock.local(other).date()


def show_sheet(found: Sheet, *, note: NoteForm, status: int) -> Response:
    """Show a sheet as it is kept, with a note that was refused."""
    form = score_sheet_form(_rubric(found))
    form.fill(found.draft, found.newest)
    return _sheet_page(found, form, note=note, status=status)


def _sheet_page(
    found: Sheet,
    form: SheetForm,
    *,
    stored: SheetDraft | None = None,
    note: NoteForm | None = None,
    status: int = 200,
) -> Response:
    round_, rubric, now = found.assignment.round, tuple(_rubric(found)), clock.now()
    window = round_.window(found.reopened_until, remarking=found.assignment.remarking)
    order = queries.own_order(current_user, found.assignment, found.work.category)
    form.lead_to(order.onward)
    history = queries.history_of(found.newest)
    reading = read_sheet(form.typed, rubric)
    if note is None:
        note = NoteForm(formdata=None)
        note.show(found.note)
    page = render_template(
        "judging/sheet.html",
        form=form,
        sheet=found,
        work=_shown_work(found),
        rubric=rubric,
        reading=reading,
        explaining=any(criterion.comment_below for criterion in rubric),
        low={criterion.code for criterion in unexplained(reading.marks, rubric)},
        shown=_shown_totals(found, reading.total, history),
        regulation=round_.regulation,
        round=round_,
        window=window,
        phase=window.phase(now),
        takes_sheets=window.takes_sheets(now),
        sealed=window.phase(now) is Phase.sealed,
        saved_today=_same_day(found.draft.updated_at, now) if found.draft else False,
        history=history,
        stored=stored,
        order=order,
        note=note,
        fingerprint=rubric_fingerprint(rubric),
        place=place(reading.total, order.totals) if reading.is_whole else None,
    )
    return make_response(page, status)


def _rubric(found: Sheet) -> tuple[Criterion, ...]:
    return found.assignment.round.rubric(found.work.category)


bp.add_app_template_filter(written_weight, "weight")


@dataclass(frozen=True)
class ShownTotals:
    """Totals on a sheet as they are shown, in hundredths of a point."""

    typed: Fraction
    newest: Fraction
    highest: Fraction
    earlier: Mapping[int, Fraction]  # by revision


def _shown_totals(found: Sheet, typed: Fraction, history: Sequence[ScoreSheet]) -> ShownTotals:
    round_, rubric = found.assignment.round, _rubric(found)

    def of(marks: Mapping[str, int]) -> Fraction:
        return shown_total(round_, total_of(marks, rubric))

    return ShownTotals(
        typed=shown_total(round_, typed),
        newest=of(found.newest.marks) if found.newest else Fraction(0),
        highest=of({criterion.code: criterion.maximum for criterion in rubric}),
        earlier={sheet.revision: of(sheet.marks) for sheet in history},
    )


def _shown_work(found: Sheet) -> ShownWork:
    sheet_url = url_for(".sheet", assignment_id=found.assignment.id)

    def address(number: int, part: str, position: int) -> str:
        return f"{sheet_url}/{FILES}/{number}/{part}/{position}"  # a dossier has dozens of pages

    return shown_work(found.assignment.round, found.work, address)


def name_of(found: Sheet) -> str:
    """What the juror calls the work: its code, or its alias where names are hidden."""
    return queries.name_for_juror(found.assignment.round, found.work.category, found.work.entry.code, found.work.alias)
