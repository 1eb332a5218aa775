"""The juror's doors: the desk, the sheet beside the work, the files of the work, stepping back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from flask import Response, abort, flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import let_go, transaction
from contest.entries.models import Byline, Instalment
from contest.errors import N_, ContestError
from contest.judging import queries, services
from contest.judging.forms import PREFIX, ReasonForm, SheetForm, score_sheet_form
from contest.judging.marks import read_sheet
from contest.judging.models import Round, SheetDraft
from contest.judging.queries import DeskLine, Done, Sheet, Typing
from contest.judging.refusals import DraftChanged
from contest.judging.window import Phase
from contest.storage.serving import serve_derivative
from contest.storage.viewing import ViewedFile, viewed
from contest.web.access import guard_signed_in, has_role
from contest.web.addresses import contest_blueprint
from contest.web.formats import as_datetime, as_hour, as_points
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at, words

JURORS = ("juror", "chair")
LARGEST_DRAFT = 64 * 1024  # bytes

bp = contest_blueprint("judging", __name__, url_prefix="/ban-cham")
add_item("desk", "judging.desk", label=N_("Judging desk"), order=20, roles=JURORS)


@bp.before_request
def answer_scripts_plainly() -> Response | None:
    """A script whose session has ended gets a word it can tell the juror, not the sign-in page."""
    if not current_user.is_authenticated and request.accept_mimetypes.best == "application/json":
        return make_response({"error": _("You are no longer signed in. What you typed is kept on this device.")}, 401)
    return None


guard_signed_in(bp)


@bp.before_request
def require_juror() -> None:
    """Whoever judges nothing here finds nothing here."""
    if not has_role(*JURORS):
        abort(404)


@dataclass(frozen=True)
class Desk:
    """A juror's works in one round, counted by how far they have come."""

    round: Round
    lines: list[DeskLine]

    def of(self, done: Done | None) -> list[DeskLine]:
        """The works in one state, or all."""
        return self.lines if done is None else self._by_state[done]

    @cached_property
    def _by_state(self) -> dict[Done, list[DeskLine]]:
        found: dict[Done, list[DeskLine]] = {done: [] for done in Done}
        for line in self.lines:
            found[line.done].append(line)
        return found

    @property
    def counts(self) -> dict[Done | None, int]:
        """Number of works in each state, and of all."""
        return {done: len(self.of(done)) for done in (None, *Done)}

    @property
    def following(self) -> DeskLine | None:
        """The work to go on with: one that was begun, else the first untouched."""
        return next(iter([*self.of(Done.begun), *self.of(Done.todo)]), None)


@bp.get("")
def desk() -> AnyResponse:
    """Show a juror what is assigned to them, what is done, what is left and until when."""
    rounds = queries.rounds_on_desk(current_user, g.contest)
    if not rounds:
        return answer("judging/empty_desk.html", waiting=_next_rounds())
    asked = request.args.get("vong")
    round_ = next((row for row in rounds if row.code == asked), rounds[0])
    own = Desk(round_, queries.desk(current_user, round_))
    shown = request.args.get("loc")
    done = Done(shown) if shown in set(Done) else None
    return answer(
        "judging/desk.html",
        desk=own,
        rounds=rounds,
        round=round_,
        rule=round_.rule,
        window=round_.window(),
        phase=round_.window().phase(clock.now()),
        done=done,
        page=_paged(own.of(done)),
    )


def _paged(lines: list[DeskLine]) -> Page:
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = page_number(pages)
    return Page(lines[(number - 1) * PER_PAGE : number * PER_PAGE], len(lines), number, PER_PAGE)


def _next_rounds() -> list[Any]:
    now = clock.now()
    return [rule for rule in g.contest.regulation.rounds if rule.closes > now]


def find_sheet(assignment_id: int) -> Sheet:
    """The juror's own assignment, or 404: another's, a recused one and none at all look the same."""
    return queries.sheet_of(current_user, g.contest, assignment_id) or abort(404)


@bp.get("/<int:assignment_id>")
def sheet(assignment_id: int) -> AnyResponse:
    """Show the work beside the rubric, with what was typed or sent last."""
    found = find_sheet(assignment_id)
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
    return _send(assignment_id, form, typing) if "send" in request.form else _keep(assignment_id, form, typing.name)


def find_typing(assignment_id: int) -> Typing:
    """The juror's own sheet as far as saving needs it, or 404."""
    return queries.typing_of(*_viewer(), assignment_id) or abort(404)


def _viewer() -> tuple[int, int]:
    """Ids of juror and contest, read once: a transaction lets go of what was read before it."""
    if "viewer" not in g:
        g.viewer = current_user.id, g.contest.id
    viewer: tuple[int, int] = g.viewer
    return viewer


def _send(number: int, form: SheetForm, typing: Typing) -> AnyResponse:
    reading, name = form.read(typing.rubric), typing.name
    following = url_for(".sheet", assignment_id=form.onward.data) if form.onward.data else url_for(".desk")
    if not reading.is_whole:
        return _keep_refused(number, form, 422)
    try:
        with transaction():
            assignment = find_typing(number).assignment
            sent = services.submit_score_sheet(
                assignment,
                reading.marks,
                form.comment.data or "",
                reason=form.reason.data or "",
                seen=form.seen.data or 0,
                by=assignment.juror,
                now=clock.now(),
            )
            received = as_datetime(sent.submitted_at)
    except ContestError as refusal:
        return _keep_refused(number, form, _show(refusal, form))
    total = as_points(reading.total)
    flash(
        _(
            "Your sheet for %(work)s was received at %(at)s: %(total)s points in all.",
            work=name,
            at=received,
            total=total,
        )
    )
    return redirect(following, code=303)


def _keep(number: int, form: SheetForm, name: str) -> AnyResponse:
    try:
        _save(number, form)
    except ContestError as refusal:
        return _refused(number, form, refusal)
    flash(_("Your draft for %(work)s is saved.", work=name))
    return redirect(url_for(".sheet", assignment_id=number), code=303)


def _keep_refused(number: int, form: SheetForm, status: int) -> AnyResponse:
    """Keep what could not be sent as the draft it still is, and show the page with the sentence."""
    try:
        _save(number, form)
    except ContestError as refusal:
        return _refused(number, form, refusal)
    found = find_sheet(number)
    form.typed_over(found.draft)
    return _sheet_page(found, form, status=status)


def _refused(number: int, form: SheetForm, refusal: ContestError) -> AnyResponse:
    """Show the page of a draft that was not saved; where another window was first, with the text of that window."""
    status = _show(refusal, form)
    found = find_sheet(number)
    stored = found.draft if isinstance(refusal, DraftChanged) else None
    form.typed_over(found.draft)
    return _sheet_page(found, form, stored=stored, status=status)


def _save(number: int, form: SheetForm) -> int:
    with transaction():
        assignment = find_typing(number).assignment
        return services.save_sheet_draft(
            assignment,
            form.typed,
            form.comment.data or "",
            version=form.version.data or 0,
            by=assignment.juror,
            now=clock.now(),
        ).version


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


@bp.post("/<int:assignment_id>/nhap")
def autosave(assignment_id: int) -> AnyResponse:
    """Keep what is being typed. Answers in JSON: the new version, or the draft that another window stored."""
    request.max_content_length = LARGEST_DRAFT
    typing = find_typing(assignment_id)
    let_go()  # while the draft arrives
    sent = _sent_json()
    if not isinstance(sent, dict) or not all(isinstance(value, str | int) for value in sent.values()):
        return make_response({"error": _("The draft could not be read. Reload the page.")}, 400)
    form = score_sheet_form(typing.rubric, formdata=MultiDict({name: str(value) for name, value in sent.items()}))
    if not form.validate():
        return make_response({"error": " ".join(text for _field, text in form.problems)}, 422)
    try:
        version = _save(assignment_id, form)
    except DraftChanged as refusal:
        return make_response({"error": words(refusal), "stored": _stored(assignment_id)}, 409)
    return make_response({"version": version, "saved_at": as_hour(clock.now())})


def _sent_json() -> Any:
    """Read what a script sent; None for what is no JSON, or is nested deeper than anything can be read."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _stored(assignment_id: int) -> dict[str, Any]:
    draft = find_sheet(assignment_id).draft
    if draft is None:
        return {"version": 0, "fields": {}, "saved_at": ""}
    fields = {PREFIX + code: text for code, text in draft.marks.items()}
    return {
        "version": draft.version,
        "fields": {**fields, "comment": draft.comment},
        "saved_at": as_datetime(draft.updated_at),
    }


@bp.route("/<int:assignment_id>/tu-choi", methods=["GET", "POST"])
def recuse(assignment_id: int) -> AnyResponse:
    """Let a juror step back from a work, with the reason."""
    found = find_sheet(assignment_id)
    name = _name(found)
    form = ReasonForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.recuse(found.assignment, reason=form.reason.data or "", by=current_user, now=clock.now())
        if not form.errors:
            flash(_("You have stepped back from %(work)s. The secretariat will give it to somebody else.", work=name))
            return redirect(url_for(".desk"), code=303)
    return answer("judging/recuse.html", form=form, sheet=found, name=name)


@bp.get("/<int:assignment_id>/tep/<int:attachment_id>/<part>/<int:position>")
def file(assignment_id: int, attachment_id: int, part: str, position: int) -> AnyResponse:
    """Serve something made from a file of the work, to look at or listen to; never an original."""
    found = find_sheet(assignment_id)
    if attachment_id not in queries.files_kept(found.work, _shown_slots(found)):
        abort(404)
    derivative = queries.derivative_of(attachment_id, part, position) or abort(404)
    return serve_derivative(derivative)


@dataclass(frozen=True)
class ShownInstalment:
    """One instalment; where names are hidden only its title, day and length are known."""

    title: str
    published_on: date
    minutes: int | None
    url: str = ""
    outlet: str = ""
    issue: str = ""
    page: str = ""
    channel: str = ""


def _shown_instalment(row: Instalment, blind: bool) -> ShownInstalment:
    shown = ShownInstalment(row.title, row.published_on, row.minutes)
    if blind:
        return shown
    return replace(shown, url=row.url, outlet=row.outlet, issue=row.issue, page=row.page, channel=row.channel)


@dataclass(frozen=True)
class ShownWork:
    """A work as its juror may see it: in a blind round without people, outlets and anything that leads to them."""

    name: str
    title: str
    category: str
    genre: str
    topic: str
    summary: str
    instalments: list[ShownInstalment]
    bylines: list[Byline]
    exemplars: list[dict[str, Any]]
    files: list[ViewedFile]
    blind: bool


def _shown_work(found: Sheet) -> ShownWork:
    regulation, content = found.assignment.round.regulation, found.work.revision.content
    blind = found.assignment.round.rule.blind
    return ShownWork(
        name=_name(found),
        title=content["title"],
        category=regulation.category(found.work.category).name,
        genre=regulation.genre(content["genre"]).name,
        topic=regulation.topic(content["topic"]).name,
        summary=content["summary"],
        instalments=[_shown_instalment(row, blind) for row in queries.instalments_of(found.work)],
        bylines=[] if blind else list(queries.bylines_of(found.work)),
        exemplars=content["exemplars"],
        files=_shown_files(found, blind),
        blind=blind,
    )


def _shown_slots(found: Sheet) -> dict[str, str]:
    category = found.assignment.round.regulation.category(found.work.category)
    return {slot.code: slot.name for slot in category.slots if slot.juror_may_see}


def _shown_files(found: Sheet, blind: bool) -> list[ViewedFile]:
    slots = _shown_slots(found)

    def shown(number: int, file: queries.WorkFile) -> ViewedFile:
        def address(part: str, position: int) -> str:
            return url_for(
                ".file",
                assignment_id=found.assignment.id,
                attachment_id=file.attachment.id,
                part=part,
                position=position,
            )

        slot = slots[file.attachment.slot]
        name = _("File %(number)s", number=number) if blind else file.attachment.name
        return viewed(name, file.blob, file.made, slot_name=slot, address=address)

    return [shown(number, file) for number, file in enumerate(queries.files_of(found.work, slots), start=1)]


def _same_day(one: datetime, other: datetime) -> bool:
    return clock.local(one).date() == clock.local(other).date()


def _sheet_page(found: Sheet, form: SheetForm, *, stored: SheetDraft | None = None, status: int = 200) -> Response:
    round_, rubric, now = found.assignment.round, _rubric(found), clock.now()
    window = round_.window(found.reopened_until)
    order = queries.own_order(current_user, found.assignment)
    form.lead_to(order.onward)
    reading = read_sheet(form.typed, rubric)
    page = render_template(
        "judging/sheet.html",
        form=form,
        sheet=found,
        work=_shown_work(found),
        rubric=rubric,
        reading=reading,
        maximum=sum(criterion.maximum for criterion in rubric),
        round=round_,
        window=window,
        phase=window.phase(now),
        takes_sheets=window.takes_sheets(now),
        sealed=window.phase(now) is Phase.sealed,
        saved_today=_same_day(found.draft.updated_at, now) if found.draft else False,
        history=queries.history_of(found.newest),
        stored=stored,
        order=order,
    )
    return make_response(page, status)


def _rubric(found: Sheet) -> Any:
    return found.assignment.round.rubric(found.work.category)


def _name(found: Sheet) -> str:
    """What the juror calls the work: its code, or its alias where names are hidden."""
    work = found.work
    return queries.name_for_juror(found.assignment.round, work.category, work.entry.code, work.alias)
