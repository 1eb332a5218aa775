"""Rows in a PostgreSQL of this process: begun when first asked for, on a socket in a folder that goes with it."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from weakref import WeakSet

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import Engine, Pool, event, make_url

from contest.database import db

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "track_commit_timestamp": "on",  # for `changed`
    "recovery_init_sync_method": "syncfs",  # where it was killed: one call for its thousand files
}
HASTY = {
    "shared_buffers": "64MB",
    "fsync": "off",  # no power is cut here
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
}
MADE_WITH = ("-A", "trust", "-U", "contest", "-E", "UTF8", "--locale=C", "--no-sync")
PREFIX = "contest-rows-"
SWEEPS = 200  # times that rows are put back before the room of those that were there is used again
END_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Postgresql:
    """A server of its own, which does not outlive the process that asked for it."""

    name = "postgresql"

    def __init__(self, *, durable: bool = False) -> None:
        self._durable = durable
        self._known: set[str] = set()
        self._opened: WeakSet[psycopg.Connection[Any]] = WeakSet()
        event.listen(Pool, "connect", lambda connection, record: self._note(connection))
        self._observed: list[PostgresqlRows] = []

    def _note(self, connection: Any) -> None:
        if isinstance(connection, psycopg.Connection):  # not of an instance that keeps its rows in a file
            self._opened.add(connection)

    @cached_property
    def _socket(self) -> Path:
        memory = Path("/dev/shm")  # noqa: S108 - memory, where there is such a place: nothing in it is kept
        hasty = not self._durable and os.access(memory, os.W_OK)
        place = memory if hasty else Path(tempfile.gettempdir())
        for left in place.glob(f"{PREFIX}*"):  # by whoever was killed
            if not Path("/proc", left.name.removeprefix(PREFIX).partition("-")[0]).exists():
                shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
        owner = self._owner()
        if owner:
            shutil.chown(folder, **owner)
        self._make(folder, owner)
        self._server = self._start(folder, owner)
        return folder

    @staticmethod
    def _owner() -> dict[str, str]:
        """PostgreSQL runs as nobody special: where the tests run as root, it is given to a user that has nothing."""
        if os.getuid() != 0:
            return {}
        names = {entry.pw_name for entry in pwd.getpwall()}
        return {"user": "postgres", "group": "postgres"} if "postgres" in names else {"user": "nobody"}

    @staticmethod
    def _make(folder: Path, owner: dict[str, str]) -> None:
        user: dict[str, Any] = {**owner, **({"extra_groups": []} if owner else {})}
        subprocess.run(
            [PROGRAMS / "initdb", "-D", folder / "rows", *MADE_WITH],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            **user,
        )

    def _start(self, folder: Path, owner: dict[str, str]) -> subprocess.Popen[bytes]:
        user: dict[str, Any] = {**owner, **({"extra_groups": []} if owner else {})}
        chosen = SETTINGS if self._durable else SETTINGS | HASTY
        options = [f"-c{name}={value}" for name, value in chosen.items()]
        program = ctypes.CDLL(None)

        def end_with_parent() -> None:
            program.prctl(END_WITH_PARENT, signal.SIGQUIT)

        log = folder / "log"
        log.touch()
        with log.open("ab") as out:
            server = subprocess.Popen(
                [PROGRAMS / "postgres", "-D", folder / "rows", f"-cunix_socket_directories={folder}", *options],
                stdout=out,
                stderr=out,
                cwd=folder,
                preexec_fn=end_with_parent,
                start_new_session=True,
                **user,
            )
        for _ in range(600):
            try:
                psycopg.connect(f"host={folder} user=contest dbname=postgres").close()
                return server
            except psycopg.OperationalError:
                if server.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")

    def processes(self) -> list[int]:
        """List the processes of the server, the first one first."""
        return [self._server.pid, *children(self._server.pid)]

    def end(self, how: signal.Signals) -> None:
        """Shut the server down: SIGINT breaks off what is under way, SIGQUIT leaves everything as it lies."""
        self._server.send_signal(how)
        self._server.wait(30)

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._server.wait(30)

    def kill_one(self, random: Random) -> None:
        """End one process that the first has started; the first then ends the others, and begins anew with them."""
        os.kill(random.choice(self.processes()[1:]), signal.SIGKILL)

    def start_again(self) -> None:
        """Start what was ended; it first finds out by itself what was committed."""
        self._server = self._start(self._socket, self._owner())

    def address(self, folder: Path) -> str:
        """The database of an instance folder, made when it is first asked for."""
        name = f"instance_{sha256(str(folder.absolute()).encode()).hexdigest()[:16]}"
        if name not in self._known:
            with psycopg.connect(f"host={self._socket} user=contest dbname=postgres", autocommit=True) as connection:
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
            self._known.add(name)
        return f"postgresql+psycopg://contest@/{name}?host={self._socket}"

    def rows(self, app: Flask) -> PostgresqlRows:
        """The rows of an application whose tables are made."""
        rows = PostgresqlRows(app)
        self._observed.append(rows)
        return rows

    def spare(self, app: Flask) -> None:
        """No commit waits for the disk on this server."""

    def stop(self) -> None:
        """End the server and remove what it kept."""
        for connection in list(self._opened):  # of applications that nobody let go of
            connection.close()
        for rows in self._observed:
            rows.close()
        if "_socket" in self.__dict__:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(30)
            shutil.rmtree(self._socket, ignore_errors=True)


def children(parent: int) -> list[int]:
    """List the processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return sorted(found)


class PostgresqlRows:
    """The tables of one application. Copies lie in a schema of their own; one call puts back what is not as it was.

    What was written is known by its transaction: a table has been touched if the number of its rows, or the newest
    transaction that wrote one of them, is another one than was noted.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            engine: Engine = db.engine
        url = make_url(engine.url)
        self._address = f"host={url.query['host']} user={url.username} dbname={url.database}"
        self._swept = 0

    @cached_property
    def _own(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self._address, autocommit=True, options="-c lock_timeout=20s -c jit=off")
        connection.execute("CREATE SCHEMA IF NOT EXISTS keeping")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS keeping.noted (copy text, name text, rows bigint, newest bigint,"
            " PRIMARY KEY (copy, name))"
        )
        connection.execute("SET session_replication_role = replica")  # no trigger fires, no reference is asked for
        return connection

    def close(self) -> None:
        """Let go of the connection."""
        if "_own" in self.__dict__:
            self._own.close()

    def _tables(self) -> Iterator[tuple[str, str | None]]:
        """Every table, with what counts its rows."""
        yield from self._own.execute(
            "SELECT relname, (SELECT pg_get_serial_sequence(quote_ident(relname), attname) FROM pg_attribute"
            " WHERE attrelid = pg_class.oid AND attnum > 0 AND pg_get_serial_sequence(quote_ident(relname), attname)"
            " IS NOT NULL LIMIT 1) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY relname"
        ).fetchall()

    def keep(self, copy: str) -> None:
        """Remember the rows as they are now, under a name."""
        self._own.execute("DELETE FROM keeping.noted WHERE copy = %s", [copy])
        body = []
        for name, sequence in self._tables():
            table, kept = sql.Identifier(name), sql.Identifier("keeping", f"{copy}.{name}")
            places = {"table": table, "kept": kept, "copy": sql.Literal(copy), "name": sql.Literal(name)}
            count = self._own.execute(sql.SQL("SELECT count(*) FROM {table}").format(**places)).fetchone()
            if count != (0,):
                self._own.execute(sql.SQL("DROP TABLE IF EXISTS {kept}").format(**places))
                self._own.execute(sql.SQL("CREATE TABLE {kept} AS TABLE {table}").format(**places))
                self._own.execute(
                    sql.SQL(
                        "INSERT INTO keeping.noted"
                        " SELECT {copy}, {name}, count(*), max(xmin::text::bigint) FROM {table}"
                    ).format(**places)
                )
            body.append(sql.SQL(REFILL if count != (0,) else EMPTY).format(**places))
            if sequence is not None:
                last = self._own.execute(
                    sql.SQL("SELECT last_value, is_called FROM {counter}").format(counter=sql.SQL(sequence))
                ).fetchone()
                assert last is not None
                counted = {
                    "counter": sql.SQL(sequence),
                    "quoted": sql.Literal(sequence),
                    "last": sql.Literal(last[0]),
                    "called": sql.Literal(last[1]),
                }
                body.append(sql.SQL(COUNT_ON).format(**counted))
        function = {"function": sql.Identifier("keeping", f"put_back_{copy}"), "body": sql.SQL("").join(body)}
        self._own.execute(sql.SQL(FUNCTION).format(**function))

    def put_back(self, copy: str) -> None:
        """Make the rows what they were, where anybody has changed them; who is in the middle of an act is stopped."""
        self._own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
        )
        self._own.execute(sql.SQL("SELECT {function}()").format(function=sql.Identifier("keeping", f"put_back_{copy}")))
        self._swept += 1
        if self._swept % SWEEPS == 0:
            self._own.execute("VACUUM")

    def begin_with(self, copy: str) -> None:
        """Make the rows what they were."""
        with self.app.app_context():
            db.session.remove()
        self.put_back(copy)

    def changed(self) -> int:
        """Give a number that is another one as soon as anybody has committed a change."""
        last = self._own.execute("SELECT xid::text::bigint FROM pg_last_committed_xact()").fetchone()
        return last[0] if last and last[0] is not None else 0

    def content(self) -> dict[str, str]:
        """Give the content of every table, as a hash."""
        hashes = sql.SQL(" UNION ALL ").join(
            sql.SQL(
                "SELECT {name}, coalesce(md5(string_agg(each::text, chr(10) ORDER BY each::text)), '')"
                " FROM {table} AS each"
            ).format(name=sql.Literal(name), table=sql.Identifier(name))
            for name in sorted(db.metadata.tables)
        )
        return dict(self._own.execute(hashes).fetchall())


FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS void LANGUAGE plpgsql AS $$
DECLARE number bigint; written bigint;
BEGIN
{body}
END $$
"""

EMPTY = """
IF EXISTS (SELECT FROM {table}) THEN DELETE FROM {table}; END IF;
"""

REFILL = """
SELECT count(*), max(xmin::text::bigint) INTO number, written FROM {table};
IF NOT EXISTS (
    SELECT FROM keeping.noted WHERE copy = {copy} AND name = {name} AND rows = number AND newest = written
) THEN
    DELETE FROM {table};
    INSERT INTO {table} SELECT * FROM {kept};
    UPDATE keeping.noted SET newest = (SELECT max(xmin::text::bigint) FROM {table})
        WHERE copy = {copy} AND name = {name};
END IF;
"""

COUNT_ON = """
IF (SELECT (last_value, is_called) <> ({last}, {called}) FROM {counter}) THEN
    PERFORM setval({quoted}, {last}, {called});
END IF;
"""
