"""Finding what is left of a name, an address or a number in all tables alike, and putting something else there.

Columns of their own are emptied by the rooms. What people typed into text stands anywhere: a comment, the minutes, the
name of a file, a letter to somebody else. So every column of text or JSON of every table is read, also of tables that
are born later; what stays by law is named, with its reason, by the room that keeps it.

An address or a number is one person's. A name may be another's too: it is replaced everywhere only if nobody else bears
it, and otherwise only where it stands beside the person's own works and acts; the other places are told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Enum, RowMapping, String, Table, Text, cast, false, func, or_, select

from contest.audit.erased import ErasedContent, hash_of, note_rewritten
from contest.database import db
from contest.subjects import GONE, NO_ADDRESS, Subject
from contest.web.text import fold

HASHED = frozenset(
    {
        "entry_revision.content",
        "score_sheet.comment",
        "posting.copy",
        "round_result.result",
    }
)
"""Columns of which a hash stands elsewhere: what it was is kept beside."""

UNTOUCHED = frozenset({"audit_line", "audit_head", "erased_content", "regulation_version", "seal_key", "kept_design"})
"""Tables that name nobody, or that are public law: the log, the regulation in force, keys and designs."""

OF_OTHERS = frozenset({"person", "byline", "exemplar", "complainant", "tie", "invitation", "entry"})
"""Tables in which a name stands for whom it is; a namesake's there is theirs, and nobody is told to look at it."""

SHORTEST_NAME = 5
"""Letters; a shorter name is also a word, and replacing it would damage texts."""


@dataclass
class Swept:
    """What was found.

    :ivar changed: number of places that were rewritten, by column
    :ivar left: places where somebody of the same name is named, who may be another person
    """

    changed: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    contents: list[list[Any]] = field(default_factory=list)


class Words:
    """What is looked for, and what is put there."""

    def __init__(self, names: Iterable[str], addresses: Iterable[str], pseudonym: str) -> None:
        spoken = [name for name in names if len(name) >= SHORTEST_NAME]
        self.folded = {fold(name): fold(pseudonym) for name in spoken}
        self.put = {name.casefold(): pseudonym for name in [*spoken, *self.folded]}
        self.put |= {address.casefold(): NO_ADDRESS if "@" in address else GONE for address in addresses}
        self.sought = {*spoken, *self.folded, *addresses}
        longest_first = sorted(self.sought, key=len, reverse=True)
        alternatives = "|".join(re.escape(found) for found in longest_first)
        self.pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if self.sought else None

    @property
    def needles(self) -> set[str]:
        """Every form in which the database is asked for them."""
        forms = {form for found in self.sought for form in (found, found.upper(), found.lower())}
        return forms | {json.dumps(form, ensure_ascii=False)[1:-1] for form in forms}

    def replace(self, text: str) -> str:
        """Replace them in one text; where it is kept as it is searched, by what is searched."""
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: self.folded.get(found[0]) or self.put[found[0].casefold()], text)

    def rewritten(self, value: Any) -> Any:
        """Give a value with everything replaced, however deep it stands."""
        if isinstance(value, str):
            return self.replace(value)
        if isinstance(value, Mapping):
            return {key: self.rewritten(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.rewritten(one) for one in value]
        return value


def own_rows(entry_ids: Collection[int], user_ids: Collection[int]) -> dict[str, ColumnElement[bool]]:
    """Say for each table which rows belong to somebody's works, or name their account."""
    of_works: dict[str, ColumnElement[bool]] = {}
    own: dict[str, ColumnElement[bool]] = {}
    for table in db.metadata.sorted_tables:
        found: list[ColumnElement[bool]] = []
        if table.name == "entry":
            of_works["entry"] = table.c.id.in_(entry_ids)
            own["entry"] = or_(of_works["entry"], table.c.owner_id.in_(user_ids))
            continue
        for key in table.foreign_keys:
            target = key.column.table.name
            if target in of_works and target != table.name:
                found.append(key.parent.in_(select(key.column).where(of_works[target])))
        if found:
            of_works[table.name] = or_(*found)
        found += [key.parent.in_(user_ids) for key in table.foreign_keys if key.column.table.name == "user"]
        own[table.name] = or_(*found) if found else false()
    return own


def sweep(
    subject: Subject,
    *,
    own: Mapping[str, ColumnElement[bool]],
    kept: Collection[str],
    shared_names: Collection[str],
    now: datetime,
) -> Swept:
    """Replace what is left of somebody in every table.

    :param own: rows in which the name means this person, by table
    :param kept: columns, or whole tables, that stay as they are
    :param shared_names: names that somebody else bears too
    """
    swept = Swept()
    everywhere = Words(
        [name for name in subject.names if name not in shared_names], subject.addresses, subject.pseudonym
    )
    beside = Words([*subject.names, *subject.pen_names], subject.addresses, subject.pseudonym)
    for table in db.metadata.sorted_tables:
        columns = [column for column in _columns(table) if not {table.name, _place(column)} & {*kept, *UNTOUCHED}]
        if columns:
            _sweep_table(table, columns, everywhere, beside, own.get(table.name, false()), swept, now)
    return swept


def _columns(table: Table) -> list[Any]:
    """Name the columns that hold text, but for keys and words of our own."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | Text | JSON)
        and not isinstance(column.type, Enum)
        and not column.foreign_keys
        and not column.primary_key
    ]


def _place(column: Any) -> str:
    return f"{column.table.name}.{column.name}"


def _sweep_table(
    table: Table,
    columns: list[Any],
    everywhere: Words,
    beside: Words,
    own: ColumnElement[bool],
    swept: Swept,
    now: datetime,
) -> None:
    holds = _holds(columns, beside.needles)
    key = list(table.primary_key)
    asked = select(*key, *columns, own.label("is_own")).where(holds)
    for row in db.session.execute(asked).mappings().all():
        words = beside if row["is_own"] else everywhere
        changed = {}
        for column in columns:
            value = row[column.name]
            said = words.rewritten(value)
            if said != value:
                changed[column.name] = said
                swept.changed[_place(column)] = swept.changed.get(_place(column), 0) + 1
                _keep_hash(column, row, key, value, said, swept, now)
            elif not row["is_own"] and table.name not in OF_OTHERS and beside.rewritten(value) != value:
                swept.left.append(f"{_place(column)}:{':'.join(str(row[one.name]) for one in key)}")
        if changed:
            this = [column == row[column.name] for column in key]
            db.session.execute(table.update().where(*this).values(changed))
            note_rewritten(table.name, tuple(row[one.name] for one in key))


def _keep_hash(
    column: Any, row: RowMapping, key: list[Any], before: Any, after: Any, swept: Swept, now: datetime
) -> None:
    place = _place(column)
    if place in HASHED:
        name = ":".join(str(row[one.name]) for one in key)
        kept = ErasedContent(place=place, row=name, was=hash_of(before), now=hash_of(after), at=now)
        db.session.add(kept)
        swept.contents.append([place, name, kept.was, kept.now])


def _holds(columns: list[Any], needles: Collection[str]) -> ColumnElement[bool]:
    texts = [func.coalesce(cast(column, Text), "") for column in columns]
    whole: Any = texts[0]
    for text in texts[1:]:
        whole = whole.concat("\n").concat(text)
    return or_(*(whole.contains(needle, autoescape=True) for needle in sorted(needles)))


def places_with(subject: Subject) -> list[str]:
    """Name every column in which something of somebody still stands, whatever keeps it there."""
    needles = Words([*subject.names, *subject.pen_names], subject.addresses, "x").needles
    found = []
    for table in db.metadata.sorted_tables:
        for column in _columns(table):
            if needles and db.session.scalar(select(column).where(_holds([column], needles)).limit(1)) is not None:
                found.append(_place(column))
    return found
