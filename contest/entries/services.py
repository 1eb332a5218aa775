"""What a person can do with a work: start it, save it, add files, send it, change it, withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contest import audit, clock, storage
from contest.accounts.models import Outlet, Person
from contest.database import db, lock
from contest.entries import codes, deadline, eligibility, emails, queries, revision
from contest.entries.draft import blank, gaps, part_of, with_part
from contest.entries.findings import Finding, Severity, blocking
from contest.entries.matching import same_address, same_title
from contest.entries.models import (
    Attachment,
    Byline,
    Entry,
    EntryRevision,
    EntryState,
    Instalment,
    RevisionExemplar,
)
from contest.entries.parts import ALL, Part
from contest.entries.refusals import (
    CategoryFixed,
    CategoryHasFiles,
    DraftConflict,
    FindingsBlock,
    NotEditable,
    NothingToSubmit,
    NotYetOpen,
    ReasonNeeded,
    ReceiptClosed,
    ReturnExpired,
    TooManyFiles,
    WrongKind,
)
from contest.exemplars.services import remember
from contest.web.formats import as_datetime
from contest.web.text import fold

if TYPE_CHECKING:
    from contest.accounts.models import User
    from contest.regulations.models import Contest

OVER = (EntryState.REJECTED, EntryState.WITHDRAWN)


def start_entry(contest: Contest, *, category: str, title: str, start_key: str, by: User, now: datetime) -> Entry:
    """Start a draft. The same form sent twice gives the same draft.

    :param start_key: drawn when the form was shown
    :raise ReceiptClosed: after the deadline
    """
    started = queries.started_with(by.id, start_key)
    if started is not None:
        return started
    receipt = deadline.Receipt.of(contest.regulation.calendar)
    if receipt.is_over(now):
        raise _closed(contest)
    entry = Entry(
        contest=contest,
        owner_id=by.id,
        start_key=start_key,
        category=category,
        title=title,
        title_key=same_title(title),
        draft=blank(category, title),
        saved_at=now,
        created_at=now,
        updated_at=now,
    )
    db.session.add(entry)
    db.session.flush()
    audit.record("entry.started", contest_id=contest.id, by=by, about=about(entry), now=now)
    return entry


def save_draft(entry: Entry, part: Part, values: Mapping[str, Any], *, version: int, by: User, now: datetime) -> Entry:
    """Keep what was typed in one part of the form; anything may be missing.

    :param version: the version of the draft that the form was opened with
    :raise DraftConflict: if the part was saved by somebody else since then
    :raise NotEditable, ReceiptClosed, ReturnExpired: if this part cannot be changed now
    """
    lock(entry)
    check_open(entry, part, now)
    changed = with_part(entry.draft, part, values)
    if changed == entry.draft:
        return entry
    if entry.part_versions.get(part, 0) > version:
        raise DraftConflict(at=clock.local(entry.saved_at).strftime("%H:%M:%S"))
    if entry.code is not None and changed["category"] != entry.category:
        raise CategoryFixed(code=entry.shown_code)
    if changed["category"] != entry.category and entry.files:
        raise CategoryHasFiles
    entry.draft = changed
    _touch(entry, part, now)
    if not entry.code:
        entry.title, entry.category = changed["title"], changed["category"]
        entry.title_key = same_title(entry.title)
    return entry


def attach(
    entry: Entry, slot: str, blob: storage.Blob, name: str, *, begun_at: datetime, by: User, now: datetime
) -> Attachment:
    """Put a stored file into a slot of the dossier. The same bytes in the same slot are one file.

    :param begun_at: when the first byte arrived; before the deadline it gives the grace of the regulation
    :raise TooManyFiles: if the slot is full
    :raise WrongKind: if the slot does not take such files
    """
    lock(entry)
    rule = entry.contest.regulation.category(entry.category).slot(slot)
    if not deadline.takes_upload(receipt_of(entry), deadline.Upload(begun_at, now)):
        check_slot_open(entry, slot, now)
    elif entry.state in OVER:
        raise NotEditable
    if blob.kind not in rule.kinds:
        raise WrongKind(name=storage.clean_name(name), kinds=", ".join(kind.upper() for kind in rule.kinds))
    there = [file for file in entry.files if file.slot == slot]
    for file in there:
        if file.sha256 == blob.sha256:
            return file
    if len(there) >= rule.max_count:
        raise TooManyFiles(slot=rule.name, count=rule.max_count)
    attachment = Attachment(
        entry=entry,
        slot=slot,
        name=storage.clean_name(name),
        sha256=blob.sha256,
        size=blob.size,
        media_type=blob.media_type,
        begun_at=begun_at,
        stored_at=now,
    )
    db.session.add(attachment)
    _touch(entry, Part.DOSSIER, now)
    db.session.flush()
    storage.derive_later(blob, contest_id=entry.contest_id, by=by, now=now)
    return attachment


def remove_attachment(attachment: Attachment, *, by: User, now: datetime) -> None:
    """Take a file out of the draft's dossier. A revision that names it keeps it; otherwise its bytes are let go."""
    entry = lock(attachment.entry)
    check_slot_open(entry, attachment.slot, now)
    if attachment.removed_at is not None:
        return
    _touch(entry, Part.DOSSIER, now)
    if any(kept["id"] == attachment.id for sent in entry.revisions for kept in sent.content["attachments"]):
        attachment.removed_at = now
        return
    entry.attachments.remove(attachment)
    db.session.delete(attachment)
    db.session.flush()
    storage.release(attachment.sha256)


def findings_of(entry: Entry, draft: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """Hold a draft against the regulation in force: what is missing and what the rules say, what stops it first.

    :param draft: another state of the draft than the one saved
    """
    draft = entry.draft if draft is None else draft
    files = [file.described() for file in entry.files]
    return _findings(entry, draft, files)


def _findings(entry: Entry, draft: Mapping[str, Any], files: list[dict[str, Any]]) -> tuple[Finding, ...]:
    regulation = entry.contest.regulation
    return gaps(draft, regulation) + eligibility.check(queries.facts(entry, draft, files), regulation)


def submit(entry: Entry, *, by: User, now: datetime) -> EntryRevision:
    """Send a work for the first time: it gets its code and its first revision. Sent twice it is sent once.

    :raise NotYetOpen, ReceiptClosed: outside the hours of receipt
    :raise FindingsBlock: if the regulation does not let it in
    """
    lock(entry.contest)  # one submission at a time: limits and codes are counted under this lock
    lock(entry)
    if entry.revision is not None and entry.is_sent:
        return entry.revision
    if entry.state is not EntryState.DRAFT:
        raise NotEditable
    _check_submission_open(entry, now)
    sent = _write_revision(entry, entry.draft, by=by, now=now)
    audit.record(
        "entry.submitted", contest_id=entry.contest_id, by=by, about=about(entry), now=now, details=_seal(sent)
    )
    emails.receipt(entry, sent, now=now)
    return sent


def amend(entry: Entry, *, by: User, now: datetime) -> EntryRevision:
    """Send a changed work again, as its next revision; an accepted one is to be checked anew.

    After the deadline only the parts that a return named are taken from the draft; the others stay as they were sent.

    :raise NothingToSubmit: if a returned work comes back as it was
    """
    lock(entry.contest)
    lock(entry)
    if entry.revision is None or entry.state in OVER:
        raise NotEditable
    if not entry.has_unsent_changes:
        if entry.state is EntryState.RETURNED:
            raise NothingToSubmit(at=as_datetime(entry.submitted_at))
        return entry.revision
    opened = deadline.open_parts(receipt_of(entry), now, return_of(entry))
    if not opened:
        _check_submission_open(entry, now)
        opened = ALL
    if opened != ALL:
        _keep_as_sent(entry, entry.revision, ALL - opened, now)
    before = entry.state
    sent = _write_revision(entry, entry.draft, by=by, now=now)
    details = _seal(sent) | {"was": before.value}
    audit.record("entry.amended", contest_id=entry.contest_id, by=by, about=about(entry), now=now, details=details)
    emails.receipt(entry, sent, now=now)
    return sent


def withdraw(entry: Entry, reason: str, *, by: User, now: datetime) -> None:
    """Take a work out of the contest, for good; a draft is thrown away without a reason.

    :raise ReceiptClosed: after the deadline, when only the secretariat can take it out
    """
    lock(entry)
    if entry.state is EntryState.WITHDRAWN:
        return
    if entry.state is EntryState.REJECTED:
        raise NotEditable
    if entry.code is not None and not reason:
        raise ReasonNeeded
    if entry.code is not None and receipt_of(entry).is_over(now):
        raise _closed(entry.contest)
    entry.state, entry.withdrawal_reason, entry.updated_at = EntryState.WITHDRAWN, reason, now
    audit.record("entry.withdrawn", contest_id=entry.contest_id, by=by, about=about(entry), now=now)
    if entry.revision is not None:
        emails.withdrawal(entry, entry.revision, now=now)


def about(entry: Entry) -> str:
    """Name a work in the audit log: by its code, before that by its number."""
    return f"entry:{entry.code or entry.id}"


def receipt_of(entry: Entry) -> deadline.Receipt:
    """Give the hours of receipt that hold for a work: those of the newest regulation."""
    return deadline.Receipt.of(entry.contest.regulation.calendar)


def return_of(entry: Entry) -> deadline.Return | None:
    """Give what a work was returned for, if it is."""
    if entry.state is not EntryState.RETURNED or entry.returned_until is None:
        return None
    return deadline.Return(entry.returned_until, tuple(entry.returned_items))


def open_parts(entry: Entry, now: datetime) -> frozenset[Part]:
    """Tell which parts of a work its author may change now."""
    if entry.state in OVER:
        return frozenset()
    return deadline.open_parts(receipt_of(entry), now, return_of(entry))


def check_open(entry: Entry, part: Part, now: datetime) -> None:
    """Refuse a change to a part that is not open, and say why."""
    if entry.state in OVER:
        raise NotEditable
    returned = return_of(entry)
    opened = open_parts(entry, now)
    if part in opened:
        return
    if opened:
        raise NotEditable
    if returned is not None:
        raise ReturnExpired(until=as_datetime(returned.until))
    raise _closed(entry.contest)


def check_slot_open(entry: Entry, slot: str, now: datetime) -> None:
    """Refuse a change to a slot that is not open, and say why."""
    check_open(entry, Part.DOSSIER, now)
    if not deadline.slot_is_open(receipt_of(entry), now, slot, return_of(entry)):
        raise NotEditable


def _closed(contest: Contest) -> ReceiptClosed:
    regulation = contest.regulation
    closes = deadline.closing_hour(regulation.calendar.receipt)
    return ReceiptClosed(closes=closes, article=regulation.cite("receipt"))


def _check_submission_open(entry: Entry, now: datetime) -> None:
    receipt = receipt_of(entry)
    if now < receipt.opens:
        raise NotYetOpen(opens=as_datetime(receipt.opens))
    uploads = [deadline.Upload(file.begun_at, file.stored_at) for file in entry.files]
    if not deadline.takes_submission(receipt, now, uploads):
        raise _closed(entry.contest)


def _touch(entry: Entry, part: Part, now: datetime) -> None:
    entry.draft_version += 1
    entry.part_versions = entry.part_versions | {part.value: entry.draft_version}
    entry.saved_at = entry.updated_at = now


def draft_as_sent(sent: EntryRevision) -> dict[str, Any]:
    """Give a revision the shape of a draft again, with the names from its bylines."""
    draft = {key: sent.content[key] for key in revision.KEPT}
    draft["bylines"] = [{key: getattr(byline, key) for key in (*revision.PRINTED, "lead")} for byline in sent.bylines]
    return draft


def _keep_as_sent(entry: Entry, sent: EntryRevision, parts: frozenset[Part], now: datetime) -> None:
    """Undo what the draft has changed, since it was sent, in parts that are closed now."""
    before = draft_as_sent(sent)
    draft = entry.draft
    for part in parts:
        draft = with_part(draft, part, part_of(before, part))
    entry.draft = draft
    kept = {file["id"] for file in sent.content["attachments"]}
    for file in entry.attachments:
        if not deadline.slot_is_open(receipt_of(entry), now, file.slot, return_of(entry)):
            file.removed_at = None if file.id in kept else file.removed_at or now


def _write_revision(entry: Entry, draft: Mapping[str, Any], *, by: User, now: datetime) -> EntryRevision:
    """Check once more, and write the next revision with its rows; the work is received."""
    files = [file.described() for file in entry.files]
    found = _findings(entry, draft, files)
    stopping = blocking(found)
    if stopping:
        raise FindingsBlock(count=len(stopping))
    contest = entry.contest
    bylines = _bylines(draft["bylines"], now)
    content = revision.content(draft, [(line.person.subject, line.digest) for line in bylines], files)
    sent = EntryRevision(
        entry=entry,
        number=len(entry.revisions) + 1,
        draft_version=entry.draft_version,
        content=content,
        sha256=revision.fingerprint(content),
        findings=[finding.to_store() for finding in found if finding.severity is not Severity.FINE],
        regulation_version_id=contest.version_id,
        created_at=now,
        created_by_id=by.id,
        bylines=bylines,
        instalments=_instalments(draft["instalments"]),
        exemplars=[
            RevisionExemplar(exemplar=exemplar, position=position)
            for position, exemplar in enumerate(remember(contest.id, draft["exemplars"]), start=1)
        ],
    )
    db.session.add(sent)
    db.session.flush()
    if entry.code is None:
        prefix = contest.regulation.category(entry.category).prefix
        entry.code = codes.following(prefix, queries.last_code(contest.id, prefix))
        entry.alias = codes.alias()
    entry.revision = sent
    entry.state, entry.submitted_at, entry.updated_at = EntryState.RECEIVED, now, now
    entry.returned_until, entry.returned_items, entry.returned_reason = None, [], ""
    entry.title, entry.title_key = draft["title"], same_title(draft["title"])
    entry.outlet_id, entry.outlet_name = sent.instalments[0].outlet_id, sent.instalments[0].outlet
    entry.genre, entry.author_count = draft["genre"], len(bylines)
    entry.lead_author = _printed_name(next((line for line in bylines if line.lead), bylines[0]))
    entry.count_findings((finding.severity for finding in found), declared=len(draft["prior_awards"]))
    entry.folded = _searched(entry, sent)
    db.session.flush()
    return sent


def _bylines(rows: list[dict[str, Any]], now: datetime) -> list[Byline]:
    people = queries.people_of(rows)
    bylines = []
    for place, row in enumerate(rows):
        person = people.get(place)
        if person is None:
            known = {key: row[key] for key in ("name", "pen_names", "phone", "email", "unit")}
            person = Person(**known, created_at=now)
            db.session.add(person)
            db.session.flush()
        salt = revision.salt()
        printed = {key: row[key] for key in revision.PRINTED}
        bylines.append(
            Byline(
                position=place + 1,
                person=person,
                lead=row["lead"],
                salt=salt,
                digest=revision.digest(row, salt),
                **printed,
            )
        )
    return bylines


def _instalments(rows: list[dict[str, Any]]) -> list[Instalment]:
    named = [row["outlet_id"] for row in rows if row["outlet_id"]]
    names = {outlet.id: outlet.name for outlet in db.session.query(Outlet).where(Outlet.id.in_(named))}
    instalments = []
    for position, row in enumerate(rows, start=1):
        kept = {key: row[key] for key in ("title", "url", "issue", "page", "channel", "hour", "minutes", "words")}
        instalments.append(
            Instalment(
                position=position,
                published_on=date.fromisoformat(row["published_on"]),
                outlet_id=row["outlet_id"],
                outlet=names.get(row["outlet_id"], row["outlet"]),
                address=same_address(row["url"]),
                **kept,
            )
        )
    return instalments


def _printed_name(line: Byline) -> str:
    return f"{line.name} ({line.pen_names})" if line.pen_names else line.name


def _searched(entry: Entry, sent: EntryRevision) -> str:
    words = [entry.code or "", entry.shown_code, entry.title]
    words += [f"{line.name} {line.pen_names}" for line in sent.bylines]
    words += [f"{part.title} {part.outlet}" for part in sent.instalments]
    return fold(" ".join(words))


def _seal(sent: EntryRevision) -> dict[str, Any]:
    return {"revision": sent.number, "sha256": sent.sha256, "files": len(sent.content["attachments"])}
