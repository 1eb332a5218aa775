"""The wall: what somebody may not hear of is not there for them, on any page of staff and jurors.

While the wall stands, every row that belongs to a hidden work (the work itself, its files, sheets, assignments, prizes,
whatever refers to it) is left out of everything that is read: lists, counts, searches, exports and addresses alike, so
that the address of such a work answers as one that never existed. No query has to remember to ask.

It stands in every contest for whoever has a role there, but for the rooms that open to everybody or to authors, which
say so with `outside`. It is down inside a `transaction`: an act decides on all works, whoever does it; and for what is
true of all works only, which then is for people to whom nothing is hidden (`require_whole`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from flask import Blueprint, Flask, current_app, g, has_app_context, request
from flask_login import current_user
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    ForeignKey,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    event,
    or_,
    select,
)
from sqlalchemy.orm import Mapper, ORMExecuteState
from sqlalchemy.orm.util import LoaderCriteriaOption

from contest.database import Base, db, dumps, numbers_of
from contest.errors import N_, ContestError
from contest.web.access import roles
from contest.web.text import fold

WORKS = "entry"
"""The table of the works; rows that refer to it, directly or not, belong to one."""

ALONE = "wall_asks_only"
"""Option of a statement: the one model that the wall asks (`asked_of`)."""
CODE = "entry_code"
CALLED = {"work_id": "round_entry", "sheet_id": "score_sheet"}
"""Arguments of addresses that name a work: by its code, or by the number of a row that has another name."""

Barred = Callable[[Any, Any], frozenset[int]]
Statement = TypeVar("Statement", bound=Executable)
Others = Callable[[Any, frozenset[str]], list[str]]


class NotWhole(ContestError):
    """What was asked for is about all works, and some are hidden from whoever asks."""

    message = N_(
        "This covers every work of the contest, and there are works that you may not hear of because of an interest. "
        "It can be done or read by: %(people)s."
    )
    status = 409


class NobodyElse(NotWhole):
    """Nobody is left who may hear of all works."""

    message = N_(
        "This covers every work of the contest, and there are works that you may not hear of because of an interest. "
        "Nobody else here may do it either: the organizers can invite somebody who has no interest in any work."
    )


def bind(app: Flask, barred: Barred, others: Others) -> None:
    """Build the wall.

    :param barred: gives the works of a contest that somebody may not hear of
    :param others: names the people with one of these roles in a contest from whom nothing is hidden
    """
    app.extensions["wall"] = barred, others
    app.before_request(raise_wall)


def outside(bp: Blueprint) -> Blueprint:
    """Open a blueprint to whom its own rules say: its pages are public, or of authors about their own works."""
    _outside.add(bp.name)
    return bp


_outside: set[str] = set()


def outside_of() -> frozenset[str]:
    """The names of the blueprints that are outside."""
    return frozenset(_outside)


def raise_wall() -> None:
    """Let the wall stand for the request, where whoever asks has a role in the contest of the page."""
    if g.get("contest") is not None and request.blueprint not in _outside:
        g.wall = bool(roles())


def hidden() -> frozenset[int]:
    """The works that are hidden from whoever is reading; none where no wall stands."""
    if not has_app_context() or not g.get("wall"):
        return frozenset()
    with lowered():
        found: frozenset[int] = current_app.extensions["wall"][0](g.contest, current_user)
    return found


@contextmanager
def lowered() -> Iterator[None]:
    """Read everything: for what is true of all works only. Nothing of it may be shown unless `require_whole` passed."""
    stood = g.get("wall", False) if has_app_context() else False
    if not stood:
        yield
        return
    g.wall = False
    try:
        yield
    finally:
        g.wall = stood


@contextmanager
def raised() -> Iterator[None]:
    """Let the wall stand for a part of a public page, such as what waits for somebody who works here."""
    stood = g.get("wall", False)
    g.wall = g.get("contest") is not None and bool(roles())
    try:
        yield
    finally:
        g.wall = stood


def require_whole(*names: str) -> None:
    """Pass only those from whom nothing is hidden.

    It asks for all works of the contest and not for those of the page: whether a hidden work came as far as this page
    is nothing to be learnt from a refusal.

    :param names: roles that may do instead what is refused
    :raise NotWhole: with who may do it
    """
    if not hidden():
        return
    with lowered():
        people = current_app.extensions["wall"][1](g.contest, frozenset(names))
    raise NotWhole(people=", ".join(people)) if people else NobodyElse


def guard_addresses(app: Flask) -> None:
    """Let every page that is asked for a hidden work look for none, also where it looks inside a transaction.

    The page then goes the very way it goes for a number that was never given: same words, same time.
    """
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in _outside and any(
            _named_by(name) is not None for name in rule.arguments
        ):
            view = app.view_functions[rule.endpoint]
            if not hasattr(view, "asks_for_none"):
                app.view_functions[rule.endpoint] = _asked_for_none(view)


def _asked_for_none(view: Callable[..., Any]) -> Callable[..., Any]:
    """Give a view the same number in place of a row that is hidden and of one that was never there."""

    @wraps(view)
    def guarded_view(**values: Any) -> Any:
        if hidden():
            values = {name: value if _may_ask(name, value) else type(value)() for name, value in values.items()}
        return view(**values)

    guarded_view.asks_for_none = True  # type: ignore[attr-defined]  # several rules may lead to one view
    return guarded_view


def _named_by(argument: str) -> FromClause | None:
    """The table whose rows an argument of an address names, where these belong to works."""
    if argument == CODE:
        return db.metadata.tables[WORKS]
    table = db.metadata.tables.get(CALLED.get(argument, argument.removesuffix("_id")))
    return table if table is not None and argument.endswith("_id") and table in ways() else None


def _may_ask(argument: str, value: Any) -> bool:
    table = _named_by(argument)
    if table is None:
        return True
    if argument == CODE:
        return value not in names()
    found = db.session.connection().execute(_row_asked_for(table), {"asked": value}).first()
    if found is None:
        return False
    number, *works = found
    return bool(hidden().isdisjoint(works) and number == value)


@cache
def _row_asked_for(table: FromClause) -> Select[Any]:
    """Read the number of a row and those of its works; where no such row is, of the last one before it.

    So as much is read for a number that was never given as for a hidden row, and compared: what takes its time here
    could be measured.
    """
    works = _works_of(table, ways()[table]) if ways()[table] else [table.c.id]
    asked = bindparam("asked", type_=Integer())
    return select(table.c.id, *works).where(table.c.id <= asked).order_by(table.c.id.desc()).limit(1)


def _works_of(row: FromClause, keys: tuple[ForeignKey, ...]) -> Iterator[ColumnElement[int]]:
    """The works that a row names, or the rows that it names, by these keys."""
    for key in keys:
        named = row.c[key.parent.key]
        if key.column.table.name == WORKS:
            yield named
            continue
        table = key.column.table.alias()
        for work in _works_of(table, ways()[key.column.table]):
            found = select(work).where(table.c[key.column.key] == named)
            yield found.correlate_except(table).scalar_subquery()


def names() -> frozenset[str]:
    """The codes of the hidden works, for documents that name works by their code."""
    return frozenset(code for code, _title in _called() if code)


def mentions(text: str) -> bool:
    """Say whether a text tells of a hidden work, by its code or its title."""
    told = fold(text)
    return any(name and fold(name) in told for called in _called() for name in called)


def _called() -> tuple[tuple[str | None, str], ...]:
    """Code and title of every hidden work; found once a request."""
    works = hidden()
    if not works:
        return ()
    if "hidden_names" not in g or g.hidden_names[0] != works:
        table = db.metadata.tables[WORKS]
        rows = db.session.execute(select(table.c.code, table.c.title).where(table.c.id.in_(works)))
        g.hidden_names = works, tuple((code, title) for code, title in rows)
    called: tuple[tuple[str | None, str], ...] = g.hidden_names[1]
    return called


@event.listens_for(db.session, "do_orm_execute")
def leave_out(state: ORMExecuteState) -> None:
    """Leave what is hidden out of a reading."""
    if not state.is_select or state.is_column_load or state.session.info.get("in_transaction"):
        return
    if hidden():
        state.statement = _conditioned(state.statement)


_kept: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def _conditioned(statement: Any) -> Any:
    """Add the conditions to a statement: once to one that is built once, whose copy then keeps its cache key too."""
    found = _kept.get(statement)
    if found is None:
        alone = statement.get_execution_options().get(ALONE)
        _kept[statement] = found = statement.options(*conditions() if alone is None else (_left_out(alone),))
    return found


def asked_of(model: type[Base], statement: Statement) -> Statement:
    """Let the wall ask a statement's rows of one model only, whose work every other row of the statement is about.

    A page reads hundreds of works with what is joined to them by key; to ask each of these rows as well took longer
    than the reading.
    """
    return statement.execution_options(**{ALONE: model})


class LeftOut(LoaderCriteriaOption):
    """Leaves rows of a model out of a reading, under whatever alias it reads them.

    SQLAlchemy takes a condition as it stands for every alias too, and a function only if it is a plain expression.
    """

    inherit_cache = True

    def _gen_cache_key(self, anon_map: Any, bindparams: Any) -> tuple[Any, ...]:
        """The model says all: the condition follows from it, and which works are meant is asked as it is sent."""
        return LeftOut, self.entity

    def _resolve_where_criteria(self, ext_info: Any) -> ColumnElement[bool]:
        meant = LoaderCriteriaOption(ext_info.mapper.class_, allowed(ext_info.entity))
        return meant._resolve_where_criteria(ext_info)


@cache
def conditions() -> tuple[LeftOut, ...]:
    """What is added to every reading while something is hidden; which works are meant is asked as it is sent."""
    return tuple(_left_out(mapper.class_) for mapper in guarded())


def _left_out(model: type[Base]) -> LeftOut:
    return LeftOut(model, allowed(model), include_aliases=True, propagate_to_loaders=False)


@cache
def guarded() -> tuple[Mapper[Any], ...]:
    """Every model whose rows belong to works."""
    return tuple(mapper for mapper in Base.registry.mappers if mapper.local_table in ways())


@cache
def ways() -> dict[FromClause, tuple[ForeignKey, ...]]:
    """The tables whose rows belong to works, and the columns that say to which.

    A row belongs to the work that it names; where it names none, to that of the rows that it names.
    """
    works = db.metadata.tables[WORKS]
    tables = sorted(db.metadata.tables.values(), key=lambda table: table.name)
    found: dict[FromClause, tuple[ForeignKey, ...]] = {works: ()}
    reached = {works}
    while reached:
        keys = {table: tuple(key for key in table.foreign_keys if key.column.table in reached) for table in tables}
        reached = {table for table in tables if keys[table] and table not in found}
        found |= {table: keys[table] for table in reached}
    return found


def allowed(model: Any) -> ColumnElement[bool]:
    """The condition that leaves out the rows of a model, or of an alias of one, that belong to hidden works."""
    mapper: Mapper[Any] = model.__mapper__
    if mapper.local_table is db.metadata.tables[WORKS]:
        return ~_is_hidden(model.id)
    conditions = []
    for key in ways()[mapper.local_table]:
        named = getattr(model, mapper.get_property_by_column(key.parent).key)
        kept = ~_names_hidden(named, key)
        conditions.append(or_(named.is_(None), kept) if key.parent.nullable else kept)
    return and_(*conditions)


def _is_hidden(work_id: Any) -> ColumnElement[bool]:
    """Whether a number is that of a hidden work."""
    asked: ColumnElement[bool] = work_id.op("IN", is_comparison=True, return_type=Boolean())(numbers_of(_LISTED))
    return asked


@lru_cache(maxsize=64)
def _listed(works: frozenset[int]) -> str:
    """Works as a statement is sent them: a page sends the same list some twenty times."""
    return dumps(sorted(works))


_LISTED = bindparam("hidden_works", callable_=lambda: _listed(hidden()), type_=String())


def _names_hidden(named: Any, key: ForeignKey) -> ColumnElement[bool]:
    """Whether what a column holds names a row that belongs to a hidden work."""
    if key.column.table.name == WORKS:
        return _is_hidden(named)
    table = key.column.table.alias()
    belongs = or_(*(_names_hidden(table.c[each.parent.key], each) for each in ways()[key.column.table]))
    rows = select(table.c[key.column.key]).where(table.c[key.column.key] == named, belongs)
    return rows.correlate_except(table).exists()
