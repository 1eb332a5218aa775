"""What an erasure took out of rows that are hashed: what the hash was, and what it is since.

A name that somebody typed into the text of a work, a comment or a posted list goes when that person is erased. The hash
that receipts and results name stays as it was; beside it stands the hash of what is left, in a row that is written once
and in the line of the log that tells of the erasure. So everybody can tell a text that was erased from one that was
altered, and nobody can read out of it what was there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Index, String, event, select
from sqlalchemy.orm import Mapped, mapped_column, object_mapper

from contest.audit.binding import WAITING
from contest.audit.chain import canonical
from contest.audit.models import AuditLine
from contest.audit.protection import PROTECTED, lift, protect, written_once
from contest.audit.services import record
from contest.database import db


@written_once()
class ErasedContent(db.Model):
    """One hashed part of one row, as it was and as it is since an erasure. Written once."""

    __tablename__ = "erased_content"
    __table_args__ = (Index(None, "place", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(80))  # table and column: "entry_revision.content"
    row: Mapped[str] = mapped_column(String(80))  # its key
    was: Mapped[str] = mapped_column(String(64))
    now: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class Erased(NamedTuple):
    """Hashes of one part of one row: before the first erasure and after the last."""

    was: str
    now: str


def hash_of(value: Any) -> str:
    """Hash a column as `ErasedContent` does: a text by its bytes, anything else by its canonical JSON."""
    content = value.encode() if isinstance(value, str) else canonical(value)
    return sha256(content).hexdigest()


def expected(place: str) -> dict[str, Erased]:
    """Find what erasures changed in one column, by the key of the row."""
    found: dict[str, Erased] = {}
    rows = select(ErasedContent.row, ErasedContent.was, ErasedContent.now).filter_by(place=place)
    for row, was, now in db.session.execute(rows.order_by(ErasedContent.id)):
        first = found.get(row)
        found[row] = Erased(first.was if first else was, now)
    return found


def as_promised(found: str, promised: str, erased: Erased | None) -> bool:
    """Say whether a row is as it was promised, or as an erasure left it.

    :param found: the hash of what stands there
    :param promised: the hash that receipts and the log name
    """
    return found == promised if erased is None else erased.was == promised and erased.now == found


def note_rewritten(table: str, key: tuple[Any, ...], *, gone: bool = False) -> None:
    """Have the next line of the log bind a row anew that an erasure has changed or removed."""
    found = PROTECTED.get(table)
    if found is not None and found.is_bound:
        db.session().info.setdefault(WAITING, {}).setdefault(table, {})[key] = gone


def promised(text: str, erased: Erased | None) -> str:
    """Give the hash of a text as it was promised; an altered one gives none that fits.

    :param erased: what an erasure did to it
    """
    found = hash_of(text)
    return erased.was if erased is not None and erased.now == found else found


@contextmanager
def rewriting() -> Iterator[None]:
    """Let an erasure change rows that are written once, inside its transaction, and note each for the log.

    The triggers are lifted in the same transaction, so that nobody else ever sees them gone, and a rollback puts them
    back as well.
    """
    connection = db.session.connection()
    lift(connection)
    event.listen(db.session, "after_flush", _note_dirty)
    try:
        yield
        db.session.flush()
    finally:
        event.remove(db.session, "after_flush", _note_dirty)
    protect(connection)


def _note_dirty(session: Any, context: Any) -> None:
    for row in session.dirty:
        mapper = object_mapper(row)
        note_rewritten(mapper.local_table.name, tuple(mapper.primary_key_from_instance(row)))  # type: ignore[attr-defined]  # a table, of every model


def record_erasure(
    action: str, *, about: str, by: Any, now: datetime, details: dict[str, Any], contest_id: int
) -> None:
    """Write the line of an erasure, in every chain that binds one of the rows it changed.

    :param contest_id: in whose chain the line stands in any case
    """
    db.session.flush()
    waiting = db.session().info.pop(WAITING, {})
    parts: dict[int, dict[str, dict[tuple[Any, ...], bool]]] = {contest_id: {}}
    chains = _chains()
    for table, keys in waiting.items():
        for key, gone in keys.items():
            chain = chains.get((table, ":".join(map(str, key))), contest_id)
            parts.setdefault(chain, {}).setdefault(table, {})[key] = gone
    for chain, part in parts.items():
        if part:
            db.session().info[WAITING] = part
        record(action, contest_id=chain or None, about=about, by=by, now=now, details=details)


def _chains() -> dict[tuple[str, str], int]:
    """Find which chain binds each row; of several lines the last."""
    found: dict[tuple[str, str], int] = {}
    lines = select(AuditLine.chain, AuditLine.bound).where(AuditLine.bound.is_not(None)).order_by(AuditLine.id)
    for chain, bound in db.session.execute(lines):
        found.update(((table, key), chain) for table, keys in (bound or {}).items() for key in keys)
    return found
