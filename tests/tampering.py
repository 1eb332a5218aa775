"""What somebody with the rights of the database can do: take the triggers away, and change whatever they like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect

from contest.audit import protection
from contest.audit.binding import WAITING
from contest.audit.protection import PROTECTED
from contest.database import db, transaction


@contextmanager
def tampering() -> Iterator[None]:
    """Change rows past the system, in a transaction of its own that leaves no line in the log."""
    with transaction(), unprotected():
        yield


@contextmanager
def unprotected() -> Iterator[None]:
    """Lift the triggers for a while, inside a transaction that is there."""
    db.session.flush()
    protection.lift(db.session.connection())
    yield
    db.session.flush()
    protection.protect(db.session.connection())


@contextmanager
def written_so() -> Iterator[None]:
    """Change rows as if they had been written that way: the log binds what they say afterwards."""
    with unprotected():
        yield
        for row in db.session.dirty:
            found = PROTECTED.get(row.__tablename__)
            if found is not None and found.is_bound:
                waiting = db.session().info.setdefault(WAITING, {}).setdefault(found.table.name, {})
                waiting[tuple(inspect(row).identity)] = False
