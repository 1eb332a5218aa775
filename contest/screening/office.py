"""The secretariat's doors: the list of works, the dossier, the acts on it, its files."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Response, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import audit, clock
from contest.database import db, transaction
from contest.entries.findings import Finding, Severity
from contest.entries.models import LABELS, Entry, EntryRevision, EntryState
from contest.entries.services import draft_as_sent
from contest.errors import N_, NotFound
from contest.regulations.entering import Category
from contest.screening import acts, lines, queries, services
from contest.screening.acts import ActKind
from contest.screening.differences import changes
from contest.screening.documents import spreadsheet
from contest.screening.forms import AcceptForm, NoteForm, PressForm, RejectForm, ReturnForm, reject_form, return_form
from contest.screening.listing import STATES, Filters, Order, Trouble
from contest.screening.models import ScreeningAct
from contest.storage.derivatives import derivatives_of
from contest.storage.serving import serve_derivative, serve_original
from contest.storage.viewing import ViewedFile, viewed
from contest.web.access import guard_office, has_role
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at

STAFF = {"secretary", "organizer", "observer"}
DECIDERS = {"secretary", "organizer"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS = {Severity.BLOCKS: "block", Severity.WARNS: "warn"}

log = logging.getLogger(__name__)

bp = contest_blueprint("screening_office", __name__, url_prefix="/ban-thu-ky/ho-so")
guard_office(bp, read=STAFF, write=DECIDERS)
add_item("office", "screening_office.works", label=N_("Works"), order=10, roles=STAFF)


# The list ----------------------------------------------------------------------------------------------------------


class Count(NamedTuple):
    """One state with its number, as a filter."""

    label: str
    number: int
    url: str
    current: bool


@bp.get("")
def works() -> Response:
    """List the works that were sent, searched, filtered and sorted as the address says."""
    filters, now = Filters.read(request.args), clock.now()
    counted = queries.counts(current_contest.id)
    total = counted.get(filters.state, 0) if filters.state else sum(counted.values())
    page = paginate(
        queries.works(current_contest.id, filters, now=now),
        total=None if filters.narrows else total,
        scalars=False,
    )
    regulation = current_contest.regulation
    return answer(
        "screening/works.html",
        page=page,
        lines=lines.lines(page.items, regulation, now=now),
        counts=_counts(counted, filters),
        filters=filters,
        suffix=_suffix(filters),
        columns={name: _sorting(filters, name) for name in ("ma", "ten", "nhan")},
        categories=regulation.categories,
        outlets=queries.outlets(),
        troubles=list(Trouble),
        press=PressForm(),
    )


@bp.post("/xuat")
def export() -> Response:
    """Give the list, as it is filtered, as a spreadsheet; who took one is in the log."""
    filters, now = Filters.read(request.args), clock.now()
    listed = queries.exported(current_contest.id, filters, now=now)
    people = queries.people_behind(current_contest.id)
    content = spreadsheet(listed, people, current_contest.regulation, title=current_contest.short_name)
    with transaction():
        audit.record(
            "entries.exported",
            contest_id=current_contest.id,
            by=current_user,
            about="entries",
            now=now,
            details={"lines": len(listed), "filters": filters.address() | {"q": bool(filters.q)}},
        )
    name = f"tac-pham-{clock.local(now):%Y%m%d-%H%M}.xlsx"
    return make_response(content, {"Content-Type": XLSX, "Content-Disposition": f'attachment; filename="{name}"'})


def _counts(counted: dict[EntryState, int], filters: Filters) -> list[Count]:
    address = url_for(".works")
    states = [("", _("All"), sum(counted.values()))]
    states += [(name, _(LABELS[state]), counted.get(state, 0)) for name, state in STATES.items()]
    return [
        Count(label, number, address + _suffix(filters.in_state(name)), filters.trang_thai == name)
        for name, label, number in states
    ]


def _sorting(filters: Filters, column: str) -> tuple[str, str | None]:
    """Address of the list sorted by a column, and how it is sorted by it now."""
    now = None if filters.xep.column != column else "descending" if filters.xep.descends else "ascending"
    return url_for(".works") + _suffix(filters.sorted_by(Order(column))), now


def _suffix(filters: Filters) -> str:
    asked = filters.address()
    return f"?{urlencode(asked)}" if asked else ""


# The dossier -------------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """One thing the machine found, in words."""

    kind: str
    article: str
    text: str


class Event(NamedTuple):
    """One line of the history of a work."""

    at: datetime
    mark: str
    label: str
    who: str
    act: ScreeningAct | None = None
    number: int | None = None


def sent_entry(entry_id: int) -> Entry:
    """Find a work of this contest that was sent."""
    entry: Entry = db.one_or_404(queries.sent_entry(current_contest.id, entry_id))
    return entry


@bp.get("/<int:entry_id>")
def dossier(entry_id: int) -> Response:
    """Show everything about a work: what was sent, its files, what the machine says, what was done."""
    return dossier_page(entry_id)


def dossier_page(entry_id: int, form: AcceptForm | NoteForm | None = None) -> Response:
    """Show the dossier, with a form that came back if there is one.

    An earlier revision, asked for as ``?ban=1``, is only to be read.
    """
    entry, filters, now = sent_entry(entry_id), Filters.read(request.args), clock.now()
    revision = _revision_asked(entry)
    history = queries.acts_on(entry)
    decision = next((act for act in reversed(history) if act.kind in acts.DECISIONS), None)
    in_force = revision.id == entry.revision_id
    shown = {"revision": entry.revision_id, "act": decision.id if decision else 0}
    regulation = current_contest.regulation
    category = regulation.category(entry.category)
    deciding = in_force and has_role(*DECIDERS)
    return answer(
        "screening/dossier.html",
        form=form,
        accept_form=form if isinstance(form, AcceptForm) else deciding and AcceptForm(formdata=None, data=shown),
        note_form=form if isinstance(form, NoteForm) else deciding and NoteForm(formdata=None),
        press=deciding and PressForm(formdata=None),
        entry=entry,
        code=lines.shown_code(entry.code, category),
        revision=revision,
        in_force=in_force,
        content=revision.content,
        regulation=regulation,
        category=category,
        levels={level.code: level.name for level in regulation.prior_awards.levels},
        bylines=queries.bylines_of(revision),
        instalments=queries.instalments_of(revision),
        files=_files(entry, revision, category),
        empty_slots=_empty_slots(revision, category),
        findings=[_told(finding) for finding in services.findings_in_force(revision, history)]
        + _awards(revision.content["prior_awards"]),
        checked=next((act for act in reversed(history) if act.kind is ActKind.CHECK), None),
        decision=decision,
        named=_named(decision, category),
        history=_history(queries.sendings_of(entry), history),
        possible=acts.possible(entry.state) if deciding else frozenset(),
        may_write=deciding,
        beside=queries.beside(entry, filters, now=now),
        suffix=_suffix(filters),
    )


@bp.get("/<int:entry_id>/ban/<int:number>")
def differences(entry_id: int, number: int) -> Response:
    """Show what the author changed from one revision to the next."""
    entry = sent_entry(entry_id)
    after, before = (queries.revision_numbered(entry, wanted) for wanted in (number, number - 1))
    if after is None or before is None:
        raise NotFound
    category = current_contest.regulation.category(entry.category)
    return answer(
        "screening/differences.html",
        entry=entry,
        code=lines.shown_code(entry.code, category),
        before=before,
        after=after,
        changes=changes(_as_read(before), _as_read(after)),
        suffix=_suffix(Filters.read(request.args)),
    )


def _revision_asked(entry: Entry) -> EntryRevision:
    asked = request.args.get("ban", "")
    if entry.revision is None:
        raise NotFound
    if not asked:
        return entry.revision
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    found = queries.revision_numbered(entry, number)
    if found is None:
        raise NotFound
    return found


def _as_read(revision: EntryRevision) -> dict[str, Any]:
    """A revision with codes as words and names as printed, for comparing what a reader sees."""
    regulation = current_contest.regulation
    draft = draft_as_sent(revision) | {"attachments": revision.content["attachments"]}
    draft["genre"] = regulation.genre(draft["genre"]).name
    draft["topic"] = regulation.topic(draft["topic"]).name
    return draft


def _told(finding: Finding) -> Told:
    return Told(KINDS[finding.severity], finding.article, _(finding.message) % finding.params)


def _awards(declared: Sequence[Mapping[str, Any]]) -> list[Told]:
    """What the author declares to have won, for the secretariat to weigh."""
    rule = current_contest.regulation.prior_awards
    levels = {level.code: level.name for level in rule.levels}
    cited = current_contest.regulation.cite("prior_awards")
    return [
        Told(
            "declare",
            cited,
            _(
                "Declared: the work has won %(award)s (%(level)s).",
                award=award["name"],
                level=levels.get(award["level"], award["level"]),
            ),
        )
        for award in declared
    ]


def _files(entry: Entry, revision: EntryRevision, category: Category) -> list[ViewedFile]:
    kept = queries.files_of(revision)
    made = derivatives_of([blob.sha256 for _attachment, blob in kept])
    slots = {slot.code: (order, slot.name) for order, slot in enumerate(category.slots)}
    here = url_for(".dossier", entry_id=entry.id)
    shown = []
    for attachment, blob in sorted(kept, key=lambda row: slots.get(row.Attachment.slot, (len(slots), ""))[0]):
        address = f"{here}/tep/{attachment.id}"
        shown.append(
            viewed(
                attachment.name,
                blob,
                made.get(blob.sha256, ()),
                slot_name=slots.get(attachment.slot, (0, attachment.slot))[1],
                address=partial("{}/{}/{}".format, address),
                download_url=address,
            )
        )
    return shown


def _empty_slots(revision: EntryRevision, category: Category) -> list[str]:
    filled = {file["slot"] for file in revision.content["attachments"]}
    return [slot.name for slot in category.slots if slot.required and slot.code not in filled]


def _named(decision: ScreeningAct | None, category: Category) -> list[str]:
    """What a work was returned for, in words."""
    if decision is None or decision.kind is not ActKind.RETURN:
        return []
    items = acts.items_of(category)
    return [item.label if item.is_slot else _(item.label) for item in items if item.code in decision.items]


def _history(sendings: Sequence[queries.Sending], done: Sequence[ScreeningAct]) -> list[Event]:
    events = [
        Event(one.at, "wait", _("Revision %(number)s received", number=one.number), "", None, one.number)
        for one in sendings
    ]
    events += [Event(act.at, act.kind.mark, _(act.kind.label), act.by.name, act) for act in done]
    return sorted(events, key=lambda event: event.at, reverse=True)


# Acts --------------------------------------------------------------------------------------------------------------


@bp.post("/<int:entry_id>/hop-le")
def accept(entry_id: int) -> AnyResponse:
    """Let a work go to the jury."""
    form = AcceptForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entry = sent_entry(entry_id)
                reason = form.reason.data or ""
                services.accept(entry, form.shown, reason=reason, by=current_user, now=clock.now())
                done = _("Work %(code)s is valid. A letter to the author is on its way.", code=entry.shown_code)
            return _back(entry_id, done)
    return dossier_page(entry_id, form)


@bp.route("/<int:entry_id>/tra-lai", methods=["GET", "POST"])
def return_entry(entry_id: int) -> AnyResponse:
    """Ask what is to be completed, why and until when; then send the work back."""
    entry = sent_entry(entry_id)
    form = return_form(entry, **_shown(entry), **_returned_before(entry))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entry = sent_entry(entry_id)
                _return(entry, form)
                done = _("Work %(code)s went back to its author.", code=entry.shown_code)
            return _back(entry_id, done)
        entry = sent_entry(entry_id)
    return _act_page("screening/return.html", entry, form)


@bp.route("/<int:entry_id>/loai", methods=["GET", "POST"])
def reject(entry_id: int) -> AnyResponse:
    """Ask for the article and the reason; then reject the work."""
    entry = sent_entry(entry_id)
    form = reject_form(entry, **_shown(entry))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                entry = sent_entry(entry_id)
                _reject(entry, form)
                done = _("Work %(code)s is rejected. A letter to the author is on its way.", code=entry.shown_code)
            return _back(entry_id, done)
        entry = sent_entry(entry_id)
    return _act_page("screening/reject.html", entry, form)


@bp.post("/<int:entry_id>/ghi-chu")
def note(entry_id: int) -> AnyResponse:
    """Leave a word for colleagues."""
    form = NoteForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.note(sent_entry(entry_id), form.text.data or "", by=current_user, now=clock.now())
            return _back(entry_id, _("The note is kept in the history. The author does not see it."))
    return dossier_page(entry_id, form)


@bp.post("/<int:entry_id>/doi-chieu")
def check_again(entry_id: int) -> AnyResponse:
    """Hold the work against the regulation as it is now."""
    with transaction():
        services.check_again(sent_entry(entry_id), by=current_user, now=clock.now())
    return _back(entry_id, _("The work was checked against the regulation in force."))


def _return(entry: Entry, form: ReturnForm) -> None:
    services.return_entry(
        entry,
        form.shown,
        items=form.items.data or [],
        reason=form.reason.data or "",
        until=form.ends,
        by=current_user,
        now=clock.now(),
    )


def _reject(entry: Entry, form: RejectForm) -> None:
    services.reject(
        entry, form.shown, rule=form.rule.data, reason=form.reason.data or "", by=current_user, now=clock.now()
    )


def _shown(entry: Entry) -> dict[str, int | None]:
    decision = queries.latest_decision(entry)
    return {"revision": entry.revision_id, "act": decision.id if decision else 0}


def _returned_before(entry: Entry) -> dict[str, Any]:
    """What a work is out for already, so that a return can be changed."""
    decision = queries.latest_decision(entry)
    if entry.state is not EntryState.RETURNED or decision is None:
        return {}
    return {"items": decision.items, "reason": decision.reason, "until": decision.last_day}


def _act_page(template: str, entry: Entry, form: ReturnForm | RejectForm) -> AnyResponse:
    category = current_contest.regulation.category(entry.category)
    return answer(
        template,
        form=form,
        entry=entry,
        code=lines.shown_code(entry.code, category),
        regulation=current_contest.regulation,
        suffix=_suffix(Filters.read(request.args)),
    )


def _back(entry_id: int, done: str) -> AnyResponse:
    flash(done)
    return redirect(url_for(".dossier", entry_id=entry_id) + _suffix(Filters.read(request.args)), code=303)


# Files -------------------------------------------------------------------------------------------------------------


@bp.get("/<int:entry_id>/tep/<int:attachment_id>")
def original(entry_id: int, attachment_id: int) -> Response:
    """Give a file as its author sent it, to be saved; who took it is in the server's log."""
    found = db.session.execute(queries.attachment_in(current_contest.id, entry_id, attachment_id)).one_or_none()
    if found is None:
        raise NotFound
    attachment, blob = found
    log.info("original of attachment %s given to %s", attachment.id, current_user.subject)
    return serve_original(blob, attachment.name)


@bp.get("/<int:entry_id>/tep/<int:attachment_id>/<any(page,image,media,pdf):part>/<int:position>")
def derivative(entry_id: int, attachment_id: int, part: str, position: int) -> Response:
    """Give a page, a picture or a recording, to be looked at."""
    wanted = queries.derivative_in(current_contest.id, entry_id, attachment_id, part, position)
    return serve_derivative(db.one_or_404(wanted))
