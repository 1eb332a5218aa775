"""Finding works and their files, each for a named viewer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from contest.accounts.models import Membership, Outlet, User
from contest.accounts.roles import Role
from contest.database import db
from contest.entries.models import SENT, Attachment, Entry, EntryRevision, EntryState, Instalment
from contest.storage import Blob, Scan
from contest.web.text import fold


def entries_of(user: User, contest_id: int) -> Select[Entry]:
    """Select the works that somebody enters, newest first; drafts thrown away are gone."""
    return (
        select(Entry)
        .where(Entry.owner_id == user.id, Entry.contest_id == contest_id)
        .where(or_(Entry.code.is_not(None), Entry.state != EntryState.WITHDRAWN))
        .options(joinedload(Entry.revision))
        .order_by(Entry.created_at.desc(), Entry.id.desc())
    )


def entry_for(user: User, contest_id: int, entry_id: int) -> Select[Entry]:
    """Select one work of somebody's own; a stranger's finds nothing."""
    return (
        select(Entry)
        .where(Entry.id == entry_id, Entry.owner_id == user.id, Entry.contest_id == contest_id)
        .options(joinedload(Entry.revision), joinedload(Entry.contest))
    )


def _of_outlets(user: User, contest_id: int) -> ColumnElement[bool]:
    outlets = select(Membership.outlet_id).where(
        Membership.user_id == user.id, Membership.contest_id == contest_id, Membership.role == Role.OUTLET
    )
    printed = (
        select(Instalment.position)
        .where(Instalment.revision_id == Entry.revision_id, Instalment.outlet_id.in_(outlets))
        .exists()
    )
    return or_(printed, Entry.sender_id.in_(outlets))


def units_represented(user: User, contest_id: int) -> list[Outlet]:
    """List the newsrooms and branches for which somebody may act in a contest, by name."""
    found = (
        select(Outlet)
        .join(Membership, Membership.outlet_id == Outlet.id)
        .where(Membership.user_id == user.id, Membership.contest_id == contest_id, Membership.role == Role.OUTLET)
    )
    return sorted(db.session.scalars(found), key=lambda unit: (fold(unit.name), unit.id))


def works_sent_by_unit(contest_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Count the works that stand in a contest for newsrooms and branches.

    :param keys: folded names of the units
    """
    counted = (
        select(Entry.unit_key, func.count())
        .where(Entry.contest_id == contest_id, Entry.state.in_(SENT), Entry.unit_key.in_(keys))
        .group_by(Entry.unit_key)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def entries_of_outlets(user: User, contest_id: int) -> Select[Entry]:
    """Select the works that name an outlet this person represents, as sent; nobody's drafts are among them."""
    return (
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.state.in_(SENT), _of_outlets(user, contest_id))
        .options(joinedload(Entry.revision).selectinload(EntryRevision.bylines))
        .order_by(Entry.code)
    )


def readable_entry(user: User, contest_id: int, entry_id: int) -> Select[Entry]:
    """Select one work that somebody may read: their own, or one that names an outlet they represent."""
    seen_by_outlet = and_(Entry.state.in_(SENT), _of_outlets(user, contest_id))
    return (
        select(Entry)
        .where(Entry.id == entry_id, Entry.contest_id == contest_id, or_(Entry.owner_id == user.id, seen_by_outlet))
        .options(
            joinedload(Entry.contest),
            joinedload(Entry.revision).selectinload(EntryRevision.bylines),
            joinedload(Entry.revision).selectinload(EntryRevision.instalments),
        )
    )


def accepted(contest_id: int) -> Select[Entry]:
    """Select the works that go to the jury, by code, each with the revision in force."""
    return (
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.state == EntryState.ACCEPTED)
        .options(joinedload(Entry.revision))
        .order_by(Entry.code)
    )


def attachment_of(user: User, contest_id: int, entry_id: int, attachment_id: int) -> Select[Attachment]:
    """Select a file of somebody's own work."""
    return (
        select(Attachment)
        .join(Attachment.entry)
        .where(Attachment.id == attachment_id, Entry.id == entry_id)
        .where(Entry.owner_id == user.id, Entry.contest_id == contest_id)
    )


def started_with(owner_id: int, start_key: str) -> Entry | None:
    """Find the draft that was started by this very form."""
    return db.session.scalar(select(Entry).filter_by(owner_id=owner_id, start_key=start_key))


def bytes_not_sent(owner_id: int) -> int:
    """Add up the files in the works of somebody that were never sent, or were withdrawn."""
    kept = select(func.coalesce(func.sum(Attachment.size), 0)).join(Attachment.entry)
    not_sent = or_(Entry.code.is_(None), Entry.state == EntryState.WITHDRAWN)
    found = db.session.scalar(kept.where(Entry.owner_id == owner_id, not_sent, Attachment.removed_at.is_(None)))
    return int(found or 0)


def last_code(contest_id: int, prefix: str) -> str | None:
    """Find the highest code given so far with a prefix; more digits are a higher number."""
    return db.session.scalar(
        select(Entry.code)
        .where(Entry.contest_id == contest_id, Entry.code.startswith(f"{prefix}-", autoescape=True))
        .order_by(func.length(Entry.code).desc(), Entry.code.desc())
        .limit(1)
    )


def revisions_of(entry: Entry) -> Sequence[EntryRevision]:
    """List the revisions of a work with who sent each, first to last."""
    return db.session.scalars(
        select(EntryRevision)
        .where(EntryRevision.entry_id == entry.id)
        .options(selectinload(EntryRevision.created_by))
        .order_by(EntryRevision.number)
    ).all()


def infected_files() -> list[tuple[int, int]]:
    """List the files of works in which the virus scanner has found something, each with its contest."""
    found = (
        select(Attachment.id, Entry.contest_id)
        .join(Attachment.entry)
        .join(Blob, Blob.sha256 == Attachment.sha256)
        .where(Blob.scan == Scan.INFECTED)
    )
    return [(attachment_id, contest_id) for attachment_id, contest_id in db.session.execute(found)]
