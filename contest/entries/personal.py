"""What works keep about the people behind them, and how it goes while the works and their fingerprints stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from contest import storage
from contest.accounts.identity import spoken_phone
from contest.accounts.models import Person
from contest.audit.erased import ErasedContent, note_rewritten
from contest.database import db
from contest.entries.draft import BYLINE
from contest.entries.models import Attachment, Byline, Entry, EntryRevision, EntryState
from contest.errors import N_
from contest.subjects import Section, Subject, section

NO_HASH = "0" * 64


def works_of(subject: Subject) -> list[Entry]:
    """Find the works that somebody sent or began, or is an author of."""
    signed = select(EntryRevision.entry_id).join(EntryRevision.bylines).where(Byline.person_id.in_(subject.person_ids))
    mine = or_(Entry.owner_id.in_(subject.user_ids), Entry.id.in_(signed))
    return list(db.session.scalars(select(Entry).where(mine).order_by(Entry.id)))


def written_as(person_ids: frozenset[int]) -> Iterator[tuple[str, str, str, str, str]]:
    """Tell how a person stands in print: name, pen names, telephone, e-mail and unit of each byline."""
    rows = select(Byline.name, Byline.pen_names, Byline.phone, Byline.email, Byline.unit).distinct()
    for line in db.session.execute(rows.where(Byline.person_id.in_(person_ids))):
        yield line.name, line.pen_names, line.phone, line.email, line.unit


def export(subject: Subject) -> list[Section]:
    """Works, bylines and files."""
    works = works_of(subject)
    return [
        *section("works", N_("Works"), N_("To receive, check and judge works"), _works(works, subject)),
        *section("bylines", N_("Your name under works"), N_("To print it if the work wins"), _bylines(subject)),
        *section("files", N_("Files of your dossiers"), N_("To check and judge works"), _files(works, subject)),
    ]


def _works(works: list[Entry], subject: Subject) -> Iterator[dict[str, object]]:
    for work in works:
        yield {
            N_("Contest"): work.contest.name,
            N_("Code"): work.shown_code,
            N_("Title of the work"): work.title,
            N_("State"): work.state.label,
            N_("Sent at"): work.submitted_at,
            N_("Begun"): work.created_at,
        }


def _bylines(subject: Subject) -> Iterator[dict[str, object]]:
    rows = select(Byline, EntryRevision.number, Entry).join(Byline.revision).join(EntryRevision.entry)
    mine = rows.where(Byline.person_id.in_(subject.person_ids)).order_by(Entry.id, EntryRevision.number)
    for line, number, work in db.session.execute(mine):
        yield {
            N_("Code"): work.shown_code,
            N_("Version"): number,
            N_("Name"): line.name,
            N_("Pen names"): line.pen_names,
            N_("Role"): line.role,
            N_("Unit"): line.unit,
            N_("Telephone"): spoken_phone(line.phone),
            N_("E-mail"): line.email,
        }


def _files(works: list[Entry], subject: Subject) -> Iterator[dict[str, object]]:
    for work in works:
        if work.owner_id in subject.user_ids:
            for file in work.attachments:
                yield {
                    N_("Code"): work.shown_code,
                    N_("File"): file.name,
                    N_("Stored"): file.stored_at,
                    N_("Removed"): file.removed_at,
                }


def erase(subject: Subject, now: datetime) -> None:
    """Put the pseudonym under the works; throw drafts away that were never sent."""
    for line in db.session.scalars(select(Byline).where(Byline.person_id.in_(subject.person_ids))):
        line.name, line.pen_names, line.unit, line.phone, line.email = subject.pseudonym, "", "", "", ""
        line.salt = ""  # with it, a name that somebody guesses could be held against the digest
    for work in works_of(subject):
        draft = dict(work.draft)
        draft["bylines"] = [_without(row, subject) for row in draft.get("bylines", ())]
        work.draft = draft
        lead = next((line for line in work.revision.bylines if line.lead), None) if work.revision else None
        if lead is not None and lead.person_id in subject.person_ids:
            work.lead_author = subject.pseudonym
        if work.revision is None and work.owner_id in subject.user_ids:
            work.state, work.title, work.title_key, work.folded = EntryState.WITHDRAWN, "", "", ""
            work.draft = draft | {
                "title": "", "summary": "", "instalments": [], "bylines": [dict(BYLINE, lead=True)],
                "exemplars": [], "prior_awards": [], "statements": {},
            }  # fmt: skip
    db.session.flush()


def _without(row: dict[str, Any], subject: Subject) -> dict[str, Any]:
    """Give a line of a draft with the pseudonym, if it is of this person; the address says so before the name."""
    addressed = {row.get("email"), row.get("phone")} - {"", None}
    known = {*subject.emails, *subject.addresses}
    if addressed & known or (not addressed and row.get("name") in subject.names):
        return row | {"name": subject.pseudonym, "pen_names": "", "unit": "", "phone": "", "email": ""}
    return row


def files_that_go(work: Entry, subject: Subject) -> list[Attachment]:
    """Name the files that go with the only author of a work; those of a work with others stay theirs."""
    if work.owner_id not in subject.user_ids and work.revision is None:
        return []
    people = {line.person_id for revision in work.revisions for line in revision.bylines}
    erased = select(Person.id).where(Person.id.in_(people), Person.erased_at.is_not(None))
    others = people - subject.person_ids - set(db.session.scalars(erased))
    return [] if others else list(work.attachments)


def remove_file(file: Attachment, now: datetime) -> set[str]:
    """Forget a file of a dossier for good, with what was made of it; revisions go on naming its hash.

    :return: hashes of the bytes that nobody refers to any more
    """
    db.session.add(ErasedContent(place="attachment", row=str(file.id), was=file.sha256, now=NO_HASH, at=now))
    hashes = {file.sha256}
    for table in db.metadata.sorted_tables:  # what rooms above keep about the file, and copies that they made of it
        for key in table.foreign_keys:
            if key.column is Attachment.__table__.c.id:
                for row in db.session.execute(table.select().where(key.parent == file.id)).mappings():
                    hashes |= {row["sha256"]} if "sha256" in row else set()
                    note_rewritten(table.name, tuple(row[column.name] for column in table.primary_key), gone=True)
                db.session.execute(table.delete().where(key.parent == file.id))
    db.session.delete(file)
    db.session.flush()
    gone = set()
    for sha256 in hashes:
        made = set(db.session.scalars(select(storage.Derivative.sha256).filter_by(original_sha256=sha256)))
        if storage.release(sha256):
            gone |= {sha256} | made
    return gone
