"""Rows: the session, the one transaction, and the column types that forget nothing.

SQLite is opened through ``pysqlite3``, which brings its own library: the one of Debian 12 has the WAL-reset bug
(SQLite 3.7.0 to 3.51.2) that can corrupt a database with two connections.

PostgreSQL gives what the acts count on from SQLite: a request reads one moment, and acts come one after the other
(docs/decisions/0009-two-engines.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add
from typing import Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    cast,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, registry, scoped_session
from sqlalchemy.sql.functions import GenericFunction

from contest import clock
from contest.errors import N_, ContestError

OLDEST_SQLITE = (3, 51, 3)
POSTGRESQL = "-c timezone=UTC -c lock_timeout=30s -c jit=off"
"""How PostgreSQL treats a connection: it waits for locks as long as SQLite does, and compiles no short query."""
WRITING = {"immediate": True}
"""Options of a connection that writes: it has its turn from the beginning."""
READING = "REPEATABLE READ"
"""How PostgreSQL begins a transaction: all of a reading is of one moment."""
TAKE_TURN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(20250815)"
"""What acts ask of PostgreSQL, to come one after the other; the number is ours alone in our database.

Each statement that follows reads what was committed before it, so that nothing is seen as it was before the turn came.
"""


class SqliteTooOld(ContestError):
    """The library found is one with the WAL-reset bug."""

    message = N_(
        "SQLite %(found)s can corrupt a database that two processes write to; 3.51.3 or newer is needed. Install the "
        "Python packages of this system again."
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and always read back aware; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class local_day(GenericFunction[date]):
    """The day on which a moment falls in the contest's zone."""

    type = Date()
    inherit_cache = True


@compiles(local_day, "sqlite")
def _local_day_on_sqlite(element: local_day, compiler: Any, **options: Any) -> str:
    # The zone has kept one offset since 1975, and the moments are stored in UTC.
    hours = clock.local(datetime(2025, 1, 1, tzinfo=UTC)).utcoffset() or timedelta()
    return f"date({compiler.process(element.clauses, **options)}, '{hours.total_seconds() / 3600:+.0f} hours')"


@compiles(local_day, "postgresql")
def _local_day_on_postgresql(element: local_day, compiler: Any, **options: Any) -> str:
    return f"date(timezone('{clock.ZONE.key}', {compiler.process(element.clauses, **options)}))"


class numbers_of(GenericFunction[int]):
    """The numbers of a JSON list as rows, to be asked ``IN``: one value to send, however long the list is."""

    type = Integer()
    inherit_cache = True


@compiles(numbers_of, "sqlite")
def _numbers_of_on_sqlite(element: numbers_of, compiler: Any, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"  # noqa: S608 - of one bound value


@compiles(numbers_of, "postgresql")
def _numbers_of_on_postgresql(element: numbers_of, compiler: Any, **options: Any) -> str:
    given = compiler.process(element.clauses, **options)
    return f"(SELECT CAST(value AS INTEGER) FROM json_array_elements_text(CAST({given} AS JSON)))"  # noqa: S608 - the same


Json = JSON(none_as_null=True)

AT_THE_END = "at_the_end"
BYTES_AT_ONCE = 1 << 20
CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models: Python types say the columns."""

    registry = registry(
        metadata=MetaData(naming_convention=CONVENTION),
        type_annotation_map={
            datetime: UtcDateTime(),
            date: Date(),
            str: Text(),
            int: Integer(),
            dict[str, Any]: Json,
            list[Any]: Json,
        },
    )


db = SQLAlchemy(model_class=Base)

Row = TypeVar("Row")

Short = String(255)


def dumps(value: Any) -> str:
    """Write JSON as it is kept in rows: Vietnamese letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def engine_options(url: str) -> dict[str, Any]:
    """Choose how to open a database, by its address.

    :raise SqliteTooOld: if the SQLite library found is one with the WAL-reset bug
    """
    options: dict[str, Any] = {"json_serializer": dumps, "hide_parameters": True}  # errors quote nobody's data
    if make_url(url).get_backend_name() == "sqlite":
        from pysqlite3 import dbapi2

        if dbapi2.sqlite_version_info < OLDEST_SQLITE:
            raise SqliteTooOld(found=dbapi2.sqlite_version)
        options["module"] = dbapi2
        options["connect_args"] = {"timeout": 30, "isolation_level": None}
        options["max_overflow"] = 128  # a connection to a file is cheap; one per thread that waits for the write lock
        options["pool_recycle"] = 600  # a new connection knows what `look_at_tables` found
    else:
        options["pool_pre_ping"] = True  # with what it begins, see `_prepare_postgresql`
        options["isolation_level"] = READING
        options["connect_args"] = {"application_name": "contest", "connect_timeout": 10, "options": POSTGRESQL}
    return options


def init_app(app: Flask) -> None:
    """Bind the session to the application's database."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        (_prepare_sqlite if engine.dialect.name == "sqlite" else _prepare_postgresql)(engine)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        cursor.execute("PRAGMA cache_size=-16384")  # KiB: a page reads hundreds of works; 2 MB hold not half of them
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        if connection.get_execution_options().get("immediate", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.connection.dbapi_connection.execute("BEGIN")  # it waits for nobody and is never refused


def _prepare_postgresql(engine: Engine) -> None:
    """Ask PostgreSQL as little as can be beside the questions: each is a way there and back, some while others wait."""
    from psycopg.pq import ExecStatus, TransactionStatus

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        if connection.get_execution_options().get("immediate", False):
            connection.exec_driver_sql(TAKE_TURN, execution_options={"no_parameters": True})  # which is two statements

    def begin(dbapi_connection: Any) -> bool:
        """Begin a reading, and learn by that whether a connection that has rested is still one."""
        answer = dbapi_connection.pgconn.exec_(f"BEGIN ISOLATION LEVEL {READING}".encode())
        return bool(answer.status == ExecStatus.COMMAND_OK)

    def take_back(dbapi_connection: Any) -> None:
        """Take back what was begun; a connection that is gone has taken it back by that.

        It would be told wherever a connection is let go of, at the end of a request too, when its page is made. Whoever
        takes such a connection next is given a living one.

        The driver's own way would also forget which statements were prepared: every request ends like this, and each of
        its questions would be parsed and planned anew.
        """
        server = dbapi_connection.pgconn
        if server.transaction_status == TransactionStatus.IDLE:
            return
        try:
            is_done = server.exec_(b"ROLLBACK").status == ExecStatus.COMMAND_OK
        except engine.dialect.loaded_dbapi.Error:
            is_done = False
        if not is_done:
            dbapi_connection.close()

    engine.dialect.do_ping = begin  # type: ignore[method-assign]
    engine.dialect.do_rollback = take_back  # type: ignore[method-assign]


def look_at_tables() -> None:
    """Let SQLite count what its tables hold, so that it finds the shortest way to rows; PostgreSQL does so by itself.

    Without it an index by contest seems as good as any, although every row is of the same contest. It costs nothing
    where nothing has grown. Source: https://sqlite.org/lang_analyze.html#recommended_usage_patterns
    """
    if db.engine.dialect.name != "sqlite":
        return
    connection = db.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA optimize=0x10002")
    finally:
        connection.close()


@contextmanager
def transaction() -> Iterator[None]:
    """Do everything inside or nothing: the only place that commits.

    What the request read before is let go and read again inside, because a decision taken on an old reading is a
    race. SQLite takes its write lock at the start, and PostgreSQL a lock of our own that leaves readers alone.

    :raise RuntimeError: inside another transaction
    """
    if db.session.info.get("in_transaction"):
        raise RuntimeError("a transaction inside a transaction")
    db.session.rollback()
    db.session.expire_all()  # after `let_go` there is nothing to roll back, and what was read would stay
    db.session.info["in_transaction"] = True
    try:
        db.session.connection(execution_options=WRITING)
        yield
        for do in db.session.info.get(AT_THE_END, ()):
            do()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        db.session.info.pop("in_transaction", None)


@contextmanager
def at_the_end(do: Callable[[], None]) -> Iterator[None]:
    """Have the transactions inside do one thing more before they commit: all of it or nothing."""
    db.session.info[AT_THE_END] = (*db.session.info.get(AT_THE_END, ()), do)
    try:
        yield
    finally:
        db.session.info[AT_THE_END] = tuple(each for each in db.session.info[AT_THE_END] if each is not do)


class Rehearsed(Exception):
    """The transaction came to its end and is taken back."""


@contextmanager
def rehearsal() -> Iterator[None]:
    """Do what a transaction inside does up to its end, and keep nothing of it.

    :raise Rehearsed: where it would have committed; whatever refuses it is raised as ever
    """

    def stop() -> None:
        db.session.flush()
        raise Rehearsed

    with at_the_end(stop):
        yield


def at_once(rows: Connection | scoped_session[Any], columns: Iterable[Column[Any]], *, most: int = 500) -> int:
    """Say how many rows of a table may be held at once: a sealed result is a document of megabytes."""
    sizes = [func.coalesce(func.length(cast(each, Text)), 0) for each in columns if isinstance(each.type, JSON)]
    largest = rows.scalar(select(func.max(reduce(add, sizes)))) if sizes else None
    return max(1, min(most, BYTES_AT_ONCE // (largest or 1)))


def let_go() -> None:
    """Give the connection back while something slow happens that is no business of the database, such as an upload.

    What was read stays as it was read; whatever is decided on it is read again, because a `transaction` begins anew.

    :raise RuntimeError: if something was changed and not written, or inside a transaction
    """
    session = db.session()
    if session.info.get("in_transaction") or session.new or session.dirty or session.deleted:
        raise RuntimeError("nothing is let go in the middle of a change")
    session.expire_on_commit = False
    try:
        session.commit()  # of a reading: nothing is written
    finally:
        session.expire_on_commit = True


def lock(row: Row) -> Row:
    """Read a row again and keep others from changing it until the transaction ends; own changes are written first."""
    db.session.flush()  # refreshing forgets what is not written yet
    db.session.refresh(row, with_for_update={"of": row.__class__})  # the row may stand behind a proxy
    return row
