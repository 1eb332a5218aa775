"""Writing the log, and reading it with suspicion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import bindparam, select

from contest.audit.chain import GENESIS, line_hash
from contest.audit.models import AuditLine
from contest.database import db


class Actor(Protocol):
    """Whoever acts is known to the log by a random id alone."""

    subject: Any


_HEAD = (
    select(AuditLine.number, AuditLine.hash)
    .where(AuditLine.chain == bindparam("chain"))
    .order_by(AuditLine.number.desc())
    .limit(1)
)
_END = _HEAD.with_for_update()
"""Number and hash of the last line, asked with every act: built once."""


def record(
    action: str,
    *,
    contest_id: int | None = None,
    by: Actor | None = None,
    about: str = "",
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> AuditLine:
    """Add a line to a contest's chain, in the transaction of the act it tells of.

    :param action: what was done, as ``thing.done``: ``score_sheet.submitted``
    :param about: what it was done to, as ``kind:id``: ``entry:BDT-0042``
    :param details: facts for a later reader; JSON values, no names, no contact data, no marks
    """
    chain = contest_id or 0
    last = db.session.execute(_END, {"chain": chain}).first()
    facts: dict[str, Any] = {
        "chain": chain,
        "number": last.number + 1 if last else 1,
        "at": now,
        "action": action,
        "actor": by.subject if by is not None else None,
        "about": about,
        "details": dict(details or {}),
        "previous": last.hash if last else GENESIS,
    }
    line = AuditLine(**facts, hash=line_hash(**facts))
    db.session.add(line)
    db.session.flush()
    return line


class Head(NamedTuple):
    """The newest line of a chain: another one after every act, the same while nothing was done."""

    number: int
    hash: str


def head(contest_id: int | None = None) -> Head:
    """Give the head of a contest's chain; number 0 and the hash before all others while it is empty."""
    newest = db.session.execute(_HEAD, {"chain": contest_id or 0}).first()
    return Head(newest.number, newest.hash) if newest else Head(0, GENESIS)


def verify(contest_id: int | None = None) -> AuditLine | None:
    """Find the first line of a chain that does not fit: altered, missing, moved or invented.

    :return: that line, or None when the whole chain fits
    """
    chain = contest_id or 0
    previous = GENESIS
    lines = select(AuditLine).filter_by(chain=chain).order_by(AuditLine.number).execution_options(yield_per=1000)
    for number, line in enumerate(db.session.scalars(lines), 1):
        expected = line_hash(
            chain=chain,
            number=number,
            at=line.at,
            action=line.action,
            actor=line.actor,
            about=line.about,
            details=line.details,
            previous=previous,
        )
        if line.hash != expected or line.previous != previous or line.number != number:
            return line
        previous = line.hash
    return None
