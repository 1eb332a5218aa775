"""Rows written once: which tables hold them, and the triggers by which the database itself refuses to change them.

A model says so where it stands, ``@written_once()``, and names what may change after all. From that follow the
triggers, on both engines, and what `contest.audit.binding` binds into the log. Somebody with the rights of the database
can drop a trigger; the log then tells what was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, event, inspect, text

Model = TypeVar("Model", bound=type)


@dataclass(frozen=True)
class Protected:
    """One table of rows written once.

    :ivar columns: those that are never changed; they are what the log binds
    :ivar may_go: whether an act may remove a row; the log then says so
    :ivar is_bound: whether the log binds its rows; the log itself is bound by its chain
    :ivar grows_by: the column that must grow whenever the row changes; empty where rows never change
    """

    table: Table
    columns: tuple[str, ...]
    may_go: bool = False
    is_bound: bool = True
    grows_by: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns by which a row is named."""
        return tuple(column.name for column in self.table.primary_key)


PROTECTED: dict[str, Protected] = {}
"""Every table of rows written once, by its name."""


def written_once(
    *,
    but: tuple[str, ...] = (),
    may_go: bool = False,
    is_bound: bool = True,
    grows_by: str = "",
) -> Callable[[Model], Model]:
    """Have the database refuse whoever changes or removes a row of this model.

    A column that is added later must take nothing for a value: what is bound leaves out what is empty, so that rows
    from before it stay what they were.

    :param but: columns that an act may change: a state, a mark of revocation, a name that is erased
    """

    def protect_model(model: Model) -> Model:
        table: Table = model.__table__  # type: ignore[attr-defined]  # of every model
        columns = tuple(column.name for column in table.columns if column.name not in but)
        found = Protected(table, columns, may_go, is_bound, grows_by)
        PROTECTED[table.name] = found
        event.listen(table, "after_create", lambda target, connection, **options: _install(found, connection))
        return model

    return protect_model


def protect(connection: Connection) -> None:
    """Put every trigger in its place; not where rows have a shape from before there were any."""
    there = set(inspect(connection).get_table_names())
    if {table for table, found in PROTECTED.items() if not found.is_bound} <= there:
        for table, found in PROTECTED.items():
            if table in there:
                _install(found, connection)


def lift(connection: Connection) -> None:
    """Take every trigger away, to give tables another shape or to empty a demo; `protect` puts them back."""
    there = set(inspect(connection).get_table_names())
    for table, found in PROTECTED.items():
        for name in _names(found, connection) if table in there else ():
            _drop(found, name, connection)


def unprotected(connection: Connection) -> list[str]:
    """Name the tables that somebody has robbed of a trigger."""
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    there = set(connection.scalars(text(asked)))
    return [name for name, found in PROTECTED.items() if not there.issuperset(_names(found, connection))]


class _Trigger(NamedTuple):
    name: str
    moment: str
    unless: str = ""  # a condition under which nothing is refused


def _names(found: Protected, connection: Connection) -> list[str]:
    return [trigger.name for trigger in _triggers(found, connection)]


def _triggers(found: Protected, connection: Connection) -> Iterator[_Trigger]:
    """Give each trigger of a table, with the moment at which it refuses."""
    table, quote = found.table.name, connection.dialect.identifier_preparer.quote
    if found.grows_by:
        yield _Trigger(f"{table}_grows", "UPDATE", f"NEW.{found.grows_by} > OLD.{found.grows_by}")
    else:
        fixed = ", ".join(quote(name) for name in found.columns)
        yield _Trigger(f"{table}_is_never_changed", f"UPDATE OF {fixed}")
    if not found.may_go:
        yield _Trigger(f"{table}_is_never_removed", "DELETE")
    if connection.dialect.name != "sqlite":
        yield _Trigger(f"{table}_is_never_emptied", "TRUNCATE")


def _install(found: Protected, connection: Connection) -> None:
    table = connection.dialect.identifier_preparer.format_table(found.table)
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.exec_driver_sql(REFUSE_ON_POSTGRESQL)
    for trigger in _triggers(found, connection):
        _drop(found, trigger.name, connection)
        connection.exec_driver_sql(
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.moment} ON {table} "
            + (_on_sqlite(found, trigger) if on_sqlite else _on_postgresql(found, trigger))
        )


REFUSE_ON_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_what_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of %% are written once', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def _on_sqlite(found: Protected, trigger: _Trigger) -> str:
    when = f"WHEN NOT ({trigger.unless}) " if trigger.unless else ""
    return f"FOR EACH ROW {when}BEGIN SELECT RAISE(ABORT, 'rows of {found.table.name} are written once'); END"


def _on_postgresql(found: Protected, trigger: _Trigger) -> str:
    each = "STATEMENT" if trigger.moment == "TRUNCATE" else "ROW"
    when = f"WHEN (NOT ({trigger.unless})) " if trigger.unless else ""
    return f"FOR EACH {each} {when}EXECUTE FUNCTION refuse_what_is_written_once()"


def _drop(found: Protected, name: str, connection: Connection) -> None:
    table = connection.dialect.identifier_preparer.format_table(found.table)
    of_table = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{of_table}")


def key_of(found: Protected, values: Any) -> str:
    """Name a row of a table in one word."""
    return ":".join(str(values[name]) for name in found.key)
