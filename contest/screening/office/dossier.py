"""Everything about one work on one page, and what changed between two revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext as _

from contest import clock
from contest.entries.asked import fields_of
from contest.entries.findings import Finding, Severity
from contest.entries.models import Entry, EntryRevision
from contest.entries.services import draft_as_sent
from contest.errors import NotFound
from contest.regulations.entering import Category
from contest.screening import acts, lines, queries, services
from contest.screening.acts import ActKind
from contest.screening.differences import changes
from contest.screening.forms import AcceptForm, NoteForm, PressForm
from contest.screening.listing import Filters
from contest.screening.models import ScreeningAct
from contest.screening.office.blueprint import DECIDERS, address_suffix, bp, sent_entry
from contest.storage.derivatives import derivatives_of
from contest.storage.viewing import ViewedFile, viewed
from contest.web import wall
from contest.web.access import has_role
from contest.web.addresses import current_contest
from contest.web.pages import answer

KINDS = {Severity.BLOCKS: "block", Severity.WARNS: "warn"}


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
        asked={field.name for field in fields_of(category)},
        levels={level.code: level.name for level in regulation.prior_awards.levels},
        bylines=queries.bylines_of(revision),
        instalments=queries.instalments_of(revision),
        files=_files(entry, revision, category),
        empty_slots=_empty_slots(revision, category),
        findings=[
            told for told in map(_told, services.findings_in_force(revision, history)) if not wall.mentions(told.text)
        ]
        + _awards(revision.content["prior_awards"]),
        checked=next((act for act in reversed(history) if act.kind is ActKind.CHECK), None),
        decision=decision,
        named=_named(decision, category),
        history=_history(queries.sendings_of(entry), history),
        possible=acts.possible(entry.state, entry.contest.stage) if deciding else frozenset(),
        may_write=deciding,
        beside=queries.beside(entry, filters, now=now),
        suffix=address_suffix(filters),
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
        suffix=address_suffix(Filters.read(request.args)),
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
