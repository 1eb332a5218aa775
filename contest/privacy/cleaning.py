"""Getting rid of what a database keeps of rows that are no more: free pages, dead rows, the log of writes."""

from __future__ import annotations

from collections.abc import Iterable

from contest.database import db
from contest.storage.files import place


def clean_rows() -> None:
    """Build the file of the rows anew, so that no page of it holds what was erased; outside a transaction.

    On PostgreSQL the tables are written anew as well; what its write-ahead log and its backups hold goes with them in
    their own time, which `docs/deployment.md` says.
    """
    db.session.rollback()
    connection = db.engine.raw_connection()
    try:
        if db.engine.dialect.name == "sqlite":
            cursor = connection.cursor()
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()
        else:
            connection.rollback()  # of what the pool has begun
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]  # of psycopg
            connection.cursor().execute("VACUUM FULL")
            connection.driver_connection.autocommit = False  # type: ignore[union-attr]  # as the pool expects it
    finally:
        connection.close()


def remove_bytes(hashes: Iterable[str]) -> None:
    """Remove files that no row knows any more, after the commit that let them go."""
    for sha256 in hashes:
        place().remove(sha256)
