"""The shape of the rows, step by step. Migrations run on the application's own connection, in one transaction.

Alembic is imported where a step is taken: it takes long to load, and whoever serves pages takes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from contest.audit import protection
from contest.database import WRITING, db
from contest.errors import N_, ContestError

if TYPE_CHECKING:
    from alembic.config import Config

VERSIONS = Path(__file__).parent / "versions"


class UnknownShape(ContestError):
    """Rows of a newer system, or of one from before the first release, are not touched."""

    message = N_(
        "The rows were last shaped by another version of the system (step %(step)s), which this one does not know. "
        "Run the version they belong to, or use another instance folder."
    )


class SortedOtherwise(ContestError):
    """The same list would come in another order, and a name could be kept in letters of another alphabet."""

    message = N_(
        "This PostgreSQL database keeps text as %(encoding)s and does not sort it by its codes. Make one that does: "
        "CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'."
    )


def configuration(connection: Connection | None = None) -> Config:
    """Give Alembic what it needs to know."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def _run(step: Any, *arguments: Any, **options: Any) -> None:
    with (
        db.engine.connect().execution_options(**WRITING) as connection,
        _rebuilding(connection),
        connection.begin(),
    ):
        protection.lift(connection)
        step(configuration(connection), *arguments, **options)
        protection.protect(connection)
        _check_references(connection)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let tables be built anew: to SQLite, dropping the old one would take away what every other row refers to.

    Source: https://sqlite.org/lang_altertable.html#otheralter, which also asks for `_check_references`.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """Undo the step if a row refers to one that is no longer there."""
    if connection.dialect.name != "sqlite":
        return
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        raise RuntimeError(f"{len(lost)} rows refer to nothing after this step, the first of them: {lost[0]}")


def upgrade(to: str = "head") -> None:
    """Bring the rows to the newest shape; all of it or nothing.

    :raise UnknownShape: if they have a shape that this version never gave them
    :raise SortedOtherwise: if PostgreSQL would keep them another way than SQLite does
    """
    from alembic import command

    _check_database()
    with db.engine.connect() as connection:
        step = step_of(connection)
    if step is not None and step not in steps():
        raise UnknownShape(step=step)
    _run(command.upgrade, to)


def _check_database() -> None:
    if db.engine.dialect.name == "sqlite":
        return
    with db.engine.connect() as connection:
        encoding, in_order = connection.execute(
            text("SELECT current_setting('server_encoding'), 'B' < 'a' AND 'z' < 'Đ'")
        ).one()
    if encoding != "UTF8" or not in_order:
        raise SortedOtherwise(encoding=encoding)


def downgrade(to: str) -> None:
    """Bring the rows back to an older shape."""
    from alembic import command

    _run(command.downgrade, to)


@cache
def steps() -> tuple[str, ...]:
    """Give all steps that this version knows, oldest first: what the names of their files begin with."""
    return tuple(sorted(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*.py")))


def step_of(connection: Connection) -> str | None:
    """Say at which step the rows are; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    step: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return step


def is_current() -> bool:
    """Say whether the rows have the newest shape."""
    with db.engine.connect() as connection:
        return step_of(connection) == steps()[-1]


def write(message: str) -> None:
    """Write the migration that leads from the rows as they are to the models as they are, to be read before use."""
    from alembic import command

    number = int(steps()[-1] if steps() else 0) + 1
    _run(command.revision, message, autogenerate=True, rev_id=f"{number:04}")
