"""Writing the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.orm import Session

from contest import clock
from contest.audit import binding
from contest.audit.chain import GENESIS, line_hash
from contest.audit.models import AuditHead, AuditLine
from contest.audit.origin import asked_by, origin
from contest.audit.protection import PROTECTED
from contest.database import db

ROWS_BOUND = "rows.bound"
"""What is said of rows that no other line of their transaction binds."""
TABLES_PROTECTED = "rows.protected"
"""What is said once of tables that hold rows from before they were bound."""
ROWS_A_LINE = 2000
LAST_CHAIN = "last_chain"


class Actor(Protocol):
    """Whoever acts is known to the log by a random id alone."""

    subject: Any


_HEAD = select(AuditHead.number, AuditHead.hash).where(AuditHead.chain == bindparam("of_chain"))
_HELD = _HEAD.with_for_update()
_BEGUN = insert(AuditHead)
_MOVED = update(AuditHead).where(AuditHead.chain == bindparam("of_chain")).execution_options(synchronize_session=False)
"""Number and hash of the last line, asked and written with every act: built once."""


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

    The line binds every row that was written once since the line before it in this transaction.

    :param action: what was done, as ``thing.done``: ``score_sheet.submitted``
    :param about: what it was done to, as ``kind:id``: ``entry:BDT-0042``
    :param details: facts for a later reader; JSON values, no names, no contact data, no marks
    """
    db.session.flush()
    return _add(action, contest_id or 0, by.subject if by is not None else None, about, now, details, binding.take())


def _add(
    action: str,
    chain: int,
    actor: str | None,
    about: str,
    now: datetime,
    details: Mapping[str, Any] | None,
    bound: binding.Bound | None,
) -> AuditLine:
    last = db.session.execute(_HELD, {"of_chain": chain}).first()
    facts: dict[str, Any] = {
        "chain": chain,
        "number": last.number + 1 if last else 1,
        "at": now,
        "action": action,
        "actor": actor,
        "about": about,
        "details": {**(details or {}), **(asked_by() if actor else {})},
        "bound": bound,
        "origin": origin(),
        "previous": last.hash if last else GENESIS,
    }
    line = AuditLine(**facts, hash=line_hash(**facts))
    db.session.add(line)
    db.session.flush()
    if last is None:
        db.session.execute(_BEGUN, {"chain": chain, "number": line.number, "hash": line.hash})
    else:
        db.session.execute(_MOVED, {"of_chain": chain, "number": line.number, "hash": line.hash})
    db.session().info[LAST_CHAIN] = chain
    return line


@event.listens_for(db.session, "before_commit")
def _bind_the_rest(session: Session) -> None:
    """Bind what was written after the last line of a transaction; nothing written once is left out of the log."""
    session.flush()
    chain = session.info.pop(LAST_CHAIN, 0)
    if binding.is_waiting() and (bound := binding.take()):
        _add(ROWS_BOUND, chain, None, "", clock.now(), None, bound)
        session.info.pop(LAST_CHAIN)


def bind_older_rows(now: datetime) -> int:
    """Bind the rows of tables that were not protected before, once; whatever comes later past the log is found.

    :return: how many rows there were
    """
    known = {
        name
        for details in db.session.scalars(select(AuditLine.details).filter_by(chain=0, action=TABLES_PROTECTED))
        for name in details["tables"]
    }
    found = [each for each in PROTECTED.values() if each.is_bound and each.table.name not in known]
    if not found:
        return 0
    named = {
        (table, key)
        for bound in db.session.scalars(select(AuditLine.bound).where(AuditLine.bound.is_not(None)))
        for table, keys in (bound or {}).items()
        for key in keys
    }
    count = 0
    for each in found:
        rows = db.session.execute(select(*binding.columns_of(each)).order_by(*each.table.primary_key))
        older = [(key, value) for key, value in binding.hashes(each, rows) if (each.table.name, key) not in named]
        for start in range(0, len(older), ROWS_A_LINE):
            bound: binding.Bound = {each.table.name: dict(older[start : start + ROWS_A_LINE])}
            _add(ROWS_BOUND, 0, None, "", now, None, bound)
        count += len(older)
    names = sorted(each.table.name for each in found)
    _add(TABLES_PROTECTED, 0, None, "", now, {"tables": names, "rows": count}, None)
    return count


class Head(NamedTuple):
    """The newest line of a chain: another one after every act, the same while nothing was done."""

    number: int
    hash: str


def head(contest_id: int | None = None) -> Head:
    """Give the head of a contest's chain; number 0 and the hash before all others while it is empty."""
    newest = db.session.execute(_HEAD, {"of_chain": contest_id or 0}).first()
    return Head(newest.number, newest.hash) if newest else Head(0, GENESIS)
