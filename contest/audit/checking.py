"""Reading the log, and the rows it binds, with suspicion."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.exc import DBAPIError

from contest.audit.binding import columns_of, hashes, is_one_of
from contest.audit.chain import GENESIS, line_hash
from contest.audit.models import AuditHead, AuditLine
from contest.audit.protection import PROTECTED, Protected, key_of
from contest.audit.spelling import is_strange
from contest.database import at_once, db

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, DBAPIError)
"""What comes of a row in which something stands that no program of ours writes."""
A_BATCH = 200
"""Lines that are held at once: one may bind thousands of rows."""


class Misfit(NamedTuple):
    """The first line of a chain that does not fit; without an action where it is missing."""

    number: int
    action: str


def verify(contest_id: int | None = None) -> Misfit | None:
    """Find the first line of a chain that does not fit: altered, missing, moved or invented, also at its end.

    :return: that line, or None when the whole chain fits
    """
    chain = contest_id or 0
    try:
        return _first_misfit(chain)
    except UNREADABLE:
        return _first_unreadable(chain)


def _first_misfit(chain: int) -> Misfit | None:
    previous, number, last_id = GENESIS, 0, 0
    strange = frozenset(
        db.session.scalars(select(AuditLine.id).filter_by(chain=chain).where(is_strange(AuditLine.__table__.columns)))
    )
    lines = select(AuditLine.__table__).filter_by(chain=chain).order_by(AuditLine.number, AuditLine.id)
    with db.session.execute(lines.execution_options(yield_per=A_BATCH)) as found:
        for number, line in enumerate(found, 1):
            expected = _expected(line, chain, number, previous)
            fits = (line.hash, line.previous, line.number) == (expected, previous, number) and line.id > last_id
            if not fits or line.id in strange:
                return Misfit(line.number, line.action)
            previous, last_id = line.hash, line.id
    head = db.session.execute(select(AuditHead.number, AuditHead.hash).filter_by(chain=chain)).first()
    if head is None:
        return Misfit(number, "") if number else None
    if isinstance(head.number, int) and head.number > number:
        return Misfit(number + 1, "")
    return None if (head.number, head.hash) == (number, previous) else Misfit(number, "")


def _expected(line: Row[Any], chain: int, number: int, previous: str) -> str:
    """Hash a line as it stands there; nothing where it says what no line can say."""
    try:
        return line_hash(
            chain=chain,
            number=number,
            at=line.at,
            action=line.action,
            actor=line.actor,
            about=line.about,
            details=line.details,
            bound=line.bound,
            origin=line.origin,
            previous=previous,
        )
    except UNREADABLE:
        return ""


def _first_unreadable(chain: int) -> Misfit | None:
    for number in db.session.scalars(select(AuditLine.number).filter_by(chain=chain).order_by(AuditLine.number)).all():
        try:
            db.session.execute(select(AuditLine.__table__).filter_by(chain=chain, number=number)).one()
        except UNREADABLE:
            return Misfit(number, "")
    return Misfit(0, "")


class Wrong(StrEnum):
    """What is wrong with a row that was written once."""

    ALTERED = "altered"
    REMOVED = "removed"
    INVENTED = "invented"


class Flaw(NamedTuple):
    """A row that is not what the log says of it."""

    wrong: Wrong
    table: str
    key: str
    chain: int
    number: int  # of the line that binds it; 0 where none does


class _Said(NamedTuple):
    hash: str | None
    chain: int
    number: int


def flaws(contest_id: int | None = None) -> Iterator[Flaw]:
    """Name every row written once that was altered, removed, or put in past the log.

    :param contest_id: only rows that the log of this contest binds; then none that no line binds is looked for
    """
    said = _said(contest_id)
    for name, found in PROTECTED.items():
        if not found.is_bound:
            continue
        expected = said.pop(name, {})
        for key, value in _rows(found):
            line = expected.pop(key, None)
            if line is None or line.hash is None:
                if contest_id is None:
                    yield Flaw(Wrong.INVENTED, name, key, *(line[1:] if line else (0, 0)))
            elif line.hash != value:
                yield Flaw(Wrong.ALTERED, name, key, line.chain, line.number)
        for key, line in expected.items():
            if line.hash is not None:
                yield Flaw(Wrong.REMOVED, name, key, line.chain, line.number)


def _said(contest_id: int | None) -> dict[str, dict[str, _Said]]:
    """Read what the log says of each row; of several lines the last holds."""
    said: dict[str, dict[str, _Said]] = {}
    lines = select(AuditLine.chain, AuditLine.number, AuditLine.bound).where(AuditLine.bound.is_not(None))
    if contest_id is not None:
        lines = lines.where(AuditLine.chain == contest_id)
    try:
        for line in db.session.execute(lines.order_by(AuditLine.id).execution_options(yield_per=A_BATCH)):
            for table, keys in (line.bound or {}).items():
                of_table = said.setdefault(table, {})
                for key, value in keys.items():
                    of_table[key] = _Said(value, line.chain, line.number)
    except UNREADABLE:
        return said  # the chain does not fit, which `verify` tells; the rows of later lines are told as invented
    return said


def _rows(found: Protected) -> Iterator[tuple[str, str]]:
    """Give key and hash of every row; of a row that cannot be read, or is kept strangely, a hash that no row has."""
    strange = _strange(found)
    yield from ((key, "" if key in strange else value) for key, value in _hashed(found))


def _strange(found: Protected) -> frozenset[str]:
    keys = [found.table.c[name] for name in found.key]
    rows = db.session.execute(select(*keys).where(is_strange(columns_of(found))))
    return frozenset(key_of(found, row._mapping) for row in rows)


def _hashed(found: Protected) -> Iterator[tuple[str, str]]:
    asked = select(*columns_of(found)).order_by(*found.table.primary_key)
    keys: list[Row[Any]] = []
    try:
        yield from list(
            hashes(found, db.session.execute(asked.execution_options(yield_per=at_once(db.session, columns_of(found)))))
        )
    except UNREADABLE:
        keys = list(db.session.execute(select(*(found.table.c[name] for name in found.key))))
    for key in keys:
        of_key = select(*columns_of(found)).where(is_one_of(found, [tuple(key)]))
        try:
            yield from list(hashes(found, db.session.execute(of_key)))
        except UNREADABLE:
            yield ":".join(map(str, key)), ""
