"""Finding works for the secretariat. Drafts are nobody's business but their author's: nothing here finds one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, defer, joinedload

from contest.accounts.models import Outlet
from contest.database import db
from contest.entries.models import Attachment, Byline, Entry, EntryRevision, EntryState, Instalment
from contest.screening.acts import DECISIONS
from contest.screening.listing import MOST_WORDS, Filters, Order, Trouble
from contest.screening.models import ScreeningAct
from contest.storage.models import Blob, Derivative
from contest.web.text import fold

COLUMNS = (
    Entry.id,
    Entry.code,
    Entry.title,
    Entry.category,
    Entry.genre,
    Entry.lead_author,
    Entry.author_count,
    Entry.outlet_name,
    Entry.state,
    Entry.blocks,
    Entry.warns,
    Entry.declares,
    Entry.submitted_at,
)

Lines = Select[*tuple[Any, ...]]
PART = 500
"""Works that are read at once where all are read."""

SORTED_BY: dict[str, InstrumentedAttribute[Any]] = {
    "nhan": Entry.submitted_at,
    "ma": Entry.code,
    "ten": Entry.title_key,
}


def works(contest_id: int, filters: Filters, *, now: datetime) -> Lines:
    """Select the lines of the list: the few columns it shows, in its order."""
    return _ordered(select(*COLUMNS).where(*_asked(contest_id, filters, now)), filters)


def counts(contest_id: int) -> dict[EntryState, int]:
    """Count the works in each state, whatever is searched for."""
    counted = (
        select(Entry.state, func.count())
        .where(Entry.contest_id == contest_id, Entry.code.is_not(None))
        .group_by(Entry.state)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def outlets() -> list[Row[int, str]]:
    """List the outlets one can filter by, in the order of the alphabet."""
    return sorted(db.session.execute(select(Outlet.id, Outlet.name)), key=lambda outlet: fold(outlet.name))


class Beside(NamedTuple):
    """The works before and after one in the list."""

    previous: int | None
    next: int | None


def beside(entry: Entry, filters: Filters, *, now: datetime) -> Beside:
    """Find the neighbours of a work in the list one came from; it need not be in that list any more."""
    column = SORTED_BY[filters.xep.column]
    here = getattr(entry, column.key)
    smaller = or_(column < here, and_(column == here, Entry.id < entry.id))
    larger = or_(column > here, and_(column == here, Entry.id > entry.id))
    asked = select(Entry.id).where(*_asked(entry.contest_id, filters, now)).limit(1)
    below = asked.where(smaller).order_by(column.desc(), Entry.id.desc()).scalar_subquery()
    above = asked.where(larger).order_by(column, Entry.id).scalar_subquery()
    before, after = db.session.execute(select(above, below) if filters.xep.descends else select(below, above)).one()
    return Beside(before, after)


def sent_entry(contest_id: int, entry_id: int) -> Select[Entry]:
    """Select a work that was sent, with its revision in force and whoever sent it, without the draft."""
    return (
        select(Entry)
        .where(Entry.id == entry_id, Entry.contest_id == contest_id, Entry.code.is_not(None))
        .options(
            defer(Entry.draft),
            defer(Entry.part_versions),
            defer(Entry.part_turns),
            joinedload(Entry.revision, innerjoin=True),
            joinedload(Entry.owner, innerjoin=True),
        )
    )


def revision_numbered(entry: Entry, number: int) -> EntryRevision | None:
    """Find a revision of a work by its number."""
    if entry.revision is not None and entry.revision.number == number:
        return entry.revision
    return db.session.scalar(select(EntryRevision).filter_by(entry_id=entry.id, number=number))


def bylines_of(revision: EntryRevision) -> Sequence[Byline]:
    """List the people behind a revision in the order in which they are printed."""
    return db.session.scalars(select(Byline).filter_by(revision_id=revision.id).order_by(Byline.position)).all()


def instalments_of(revision: EntryRevision) -> Sequence[Instalment]:
    """List the parts of a revision in order."""
    return db.session.scalars(select(Instalment).filter_by(revision_id=revision.id).order_by(Instalment.position)).all()


def files_of(revision: EntryRevision) -> Sequence[Row[Attachment, Blob]]:
    """List the files that a revision names, also those taken off the draft since."""
    named = [file["id"] for file in revision.content["attachments"]]
    if not named:
        return []
    found = select(Attachment, Blob).join(Blob, Blob.sha256 == Attachment.sha256).where(Attachment.id.in_(named))
    return db.session.execute(found.order_by(Attachment.id)).all()


class Sending(NamedTuple):
    """That a revision was sent."""

    id: int
    number: int
    at: datetime


def sendings_of(entry: Entry) -> list[Sending]:
    """List when the revisions of a work were sent, first to last, without their content."""
    found = select(EntryRevision.id, EntryRevision.number, EntryRevision.created_at).filter_by(entry_id=entry.id)
    return [Sending(*row) for row in db.session.execute(found.order_by(EntryRevision.number))]


def acts_on(entry: Entry) -> Sequence[ScreeningAct]:
    """List what was done to a work, first to last, with who did it."""
    return db.session.scalars(
        select(ScreeningAct)
        .filter_by(entry_id=entry.id)
        .join(ScreeningAct.by)
        .options(contains_eager(ScreeningAct.by))
        .order_by(ScreeningAct.id)
    ).all()


def latest_decision(entry: Entry) -> ScreeningAct | None:
    """Find the latest act that decided about a work."""
    return db.session.scalar(
        select(ScreeningAct)
        .where(ScreeningAct.entry_id == entry.id, ScreeningAct.kind.in_(DECISIONS))
        .order_by(ScreeningAct.id.desc())
        .limit(1)
    )


def attachment_in(contest_id: int, entry_id: int, attachment_id: int) -> Select[Attachment, Blob]:
    """Select a file of a work that was sent."""
    return (
        select(Attachment, Blob)
        .join(Blob, Blob.sha256 == Attachment.sha256)
        .join(Attachment.entry)
        .where(Attachment.id == attachment_id, Entry.id == entry_id)
        .where(Entry.contest_id == contest_id, Entry.code.is_not(None))
    )


def derivative_in(contest_id: int, entry_id: int, attachment_id: int, part: str, position: int) -> Select[Derivative]:
    """Select something made of a file of a work that was sent."""
    return (
        select(Derivative)
        .join(Attachment, Attachment.sha256 == Derivative.original_sha256)
        .join(Attachment.entry)
        .where(Attachment.id == attachment_id, Entry.id == entry_id)
        .where(Entry.contest_id == contest_id, Entry.code.is_not(None))
        .where(Derivative.part == part, Derivative.position == position)
    )


def exported(
    contest_id: int, filters: Filters, *, now: datetime
) -> Iterator[tuple[Row[*tuple[Any, ...]], list[Byline]]]:
    """Read the whole list with what only the table to take away shows, each work with its authors; part by part."""
    listed = works(contest_id, filters, now=now).add_columns(Entry.revision_id, Entry.returned_until)
    with db.session.execute(listed.execution_options(yield_per=PART)) as rows:
        for part in rows.partitions(PART):
            people = people_behind(row.revision_id for row in part)
            yield from ((row, people.get(row.revision_id, [])) for row in part)


def people_behind(revisions: Iterable[int]) -> dict[int, list[Byline]]:
    """Fetch the bylines of some revisions, by revision; one query for all of them."""
    found = select(Byline).where(Byline.revision_id.in_(set(revisions))).order_by(Byline.revision_id, Byline.position)
    people: dict[int, list[Byline]] = {}
    for byline in db.session.scalars(found):
        people.setdefault(byline.revision_id, []).append(byline)
    return people


class Dossier(NamedTuple):
    """One work with all that an archive holds of it."""

    line: Row[*tuple[Any, ...]]
    people: list[Byline]
    files: list[dict[str, Any]]  # as the revision in force names them


def dossiers(contest_id: int, category: str, *, now: datetime) -> Iterator[Dossier]:
    """Read all works of a category that were sent and not withdrawn, by code, each with its files; part by part."""
    listed = exported(contest_id, Filters(loai=category, xep=Order.CODE), now=now)
    while part := list(islice(listed, PART)):
        sent = [(line, people) for line, people in part if line.state is not EntryState.WITHDRAWN]
        revisions = select(EntryRevision.id, EntryRevision.content).where(
            EntryRevision.id.in_({line.revision_id for line, _people in sent})
        )
        files = {number: content["attachments"] for number, content in db.session.execute(revisions)}
        yield from (Dossier(line, people, files.get(line.revision_id, [])) for line, people in sent)


def _asked(contest_id: int, filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [Entry.contest_id == contest_id, Entry.code.is_not(None)]
    if filters.state is not None:
        asked.append(Entry.state == filters.state)
    if filters.loai:
        asked.append(Entry.category == filters.loai)
    if filters.co_quan is not None:
        asked.append(Entry.outlet_id == filters.co_quan)
    if filters.vuong_mac is not None:
        asked.append(_troubled(filters.vuong_mac, now))
    asked += [Entry.folded.contains(word, autoescape=True) for word in fold(filters.q).split()[:MOST_WORDS]]
    return asked


def _troubled(trouble: Trouble, now: datetime) -> ColumnElement[bool]:
    if trouble is Trouble.OVERDUE:
        return and_(Entry.state == EntryState.RETURNED, Entry.returned_until <= now)
    if trouble is Trouble.FINE:
        return and_(Entry.blocks == 0, Entry.warns == 0, Entry.declares == 0)
    column = {Trouble.BLOCKED: Entry.blocks, Trouble.WARNED: Entry.warns, Trouble.DECLARED: Entry.declares}[trouble]
    return column > 0


def _ordered(statement: Lines, filters: Filters) -> Lines:
    column = SORTED_BY[filters.xep.column]
    if filters.xep.descends:
        return statement.order_by(column.desc(), Entry.id.desc())
    return statement.order_by(column, Entry.id)
