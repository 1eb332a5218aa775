"""Invariants of the works and of what was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import or_, select

from contest import storage
from contest.accounts.models import Person
from contest.audit import erased
from contest.database import db
from contest.entries import revision
from contest.entries.models import SENT, Byline, Entry, EntryRevision

A_BATCH = 1000
"""Rows that are held at once."""


def sent_works_have_their_code_and_revision() -> Iterator[str]:
    """A work that was sent has a code and a revision in force."""
    lacking = or_(Entry.code.is_(None), Entry.revision_id.is_(None))
    for number in db.session.scalars(select(Entry.id).where(Entry.state.in_(SENT), lacking)):
        yield _("Work number %(number)s was sent but has no code or no revision.", number=number)


def revisions_are_as_sent() -> Iterator[str]:
    """The content of every revision gives the hash that its receipt names."""
    erasures = erased.expected("entry_revision.content")
    sent = select(Entry.code, EntryRevision.id, EntryRevision.number, EntryRevision.content, EntryRevision.sha256)
    asked = sent.join(EntryRevision.entry).execution_options(yield_per=A_BATCH)
    for code, revision_id, number, content, sha256 in db.session.execute(asked):
        if not erased.as_promised(revision.fingerprint(content), sha256, erasures.get(str(revision_id))):
            yield _("Revision %(number)s of %(work)s is no longer what was sent.", number=number, work=code)


def revisions_have_their_files() -> Iterator[str]:
    """Every file that a revision names is known to the store, as long as it was, but for those that were erased."""
    gone = {one.was for one in erased.expected("attachment").values()}
    kept = dict(db.session.execute(select(storage.Blob.sha256, storage.Blob.size)).all())
    sent = select(Entry.code, EntryRevision.number, EntryRevision.content).join(EntryRevision.entry)
    sent = sent.execution_options(yield_per=A_BATCH)
    for code, number, content in db.session.execute(sent):
        for file in content["attachments"]:
            if kept.get(file["sha256"]) != file["size"] and file["sha256"] not in gone:
                yield _(
                    "Revision %(number)s of %(work)s names the file %(sha256)s, which the store does not have.",
                    number=number,
                    work=code,
                    sha256=file["sha256"],
                )


def names_are_as_printed() -> Iterator[str]:
    """The names beside a revision are those it was sent with, but for people who had theirs erased."""
    digests: dict[int, list[str]] = defaultdict(list)
    for line, erased_at in db.session.execute(
        select(Byline, Person.erased_at)
        .join(Byline.person)
        .order_by(Byline.revision_id, Byline.position)
        .execution_options(yield_per=A_BATCH)
    ):
        printed = {key: getattr(line, key) for key in revision.PRINTED}
        is_as_printed = erased_at is not None or revision.digest(printed, line.salt) == line.digest
        digests[line.revision_id].append(line.digest if is_as_printed else "")
    sent = select(Entry.code, EntryRevision.id, EntryRevision.number, EntryRevision.content)
    asked = sent.join(EntryRevision.entry).execution_options(yield_per=A_BATCH)
    for code, revision_id, number, content in db.session.execute(asked):
        if [line["digest"] for line in content["bylines"]] != digests[revision_id]:
            yield _("The names of revision %(number)s of %(work)s were changed.", number=number, work=code)
