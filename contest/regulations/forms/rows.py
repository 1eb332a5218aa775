"""What a form table is made of, and how it reads a document and says what is to be written into it.

A page is described once: its cells with the names under which the document keeps them, and its tables of further
cells. From the description come the fields, what they show, and the smallest change to the document that says what was
typed. A cell that says what the document says is not written, whatever way the document has of saying it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from contest.clock import ZONE
from contest.regulations.editing import Row, Rows
from contest.web.text import fold, tidy


def canonical(value: Any) -> Any:
    """Give what two ways of writing the same thing have in common, to see whether something was changed."""
    if isinstance(value, str):
        lines = [tidy(line) for line in value.replace("\r\n", "\n").split("\n")]
        return "\n".join(lines).strip() or None
    if isinstance(value, bool) or value is None:
        return value or None
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value] or None
    if isinstance(value, datetime):
        return ("moment", (value.astimezone(ZONE) if value.tzinfo else value).replace(tzinfo=None))
    if isinstance(value, int | Decimal):
        return Fraction(value)
    return value


def plain(value: Any) -> Any:
    """Give a value as the document writes it: whole points as whole numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


@dataclass(frozen=True)
class Cell:
    """One value.

    :ivar key: the name in its table of the document, perhaps dotted
    :ivar make: makes the field, which a form then binds
    :ivar kinds: what the document may say for the form to show it
    :ivar absent: what it means when the document says nothing
    :ivar width: how much of the line it takes: ``s``, ``m``, ``l`` or ``full``
    """

    key: str
    make: Callable[[], Any]
    kinds: tuple[type, ...] = (str,)
    absent: Any = None
    width: str = "m"
    unordered: bool = False
    num: bool = False
    rows: int | None = None

    @property
    def name(self) -> str:
        """The name of the field; that of every form's own things is kept clear."""
        return self.key.replace(".", "-") if self.key not in ("prefix", "data", "meta", "errors") else f"{self.key}_"

    def read(self, table: Any) -> Any:
        """Give what the document says, or what it means when it says nothing, or None where that cannot be shown."""
        value = table
        for step in self.key.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value is None:
            return self.absent
        if isinstance(value, bool) and bool not in self.kinds:
            return None
        return value if isinstance(value, self.kinds) else None

    def same(self, one: Any, other: Any) -> bool:
        """Say whether two values mean the same."""
        if self.unordered:
            return sorted(one or ()) == sorted(other or ())
        return bool(canonical(one) == canonical(other))

    def write(self, value: Any) -> Any:
        """Give what the document shall say; None to leave the name out."""
        if isinstance(value, bool):
            return value
        return plain(value) if value not in (None, "", [], ()) else None


@dataclass(frozen=True)
class Group:
    """Several cells that the document keeps under one name, written together.

    :ivar unroll: turns what the document says into a table with the keys of the cells
    :ivar roll: turns that table, as typed, into what the document shall say; None to leave the name out
    """

    key: str
    cells: tuple[Cell, ...]
    unroll: Callable[[Any], Mapping[str, Any]]
    roll: Callable[[dict[str, Any]], Any]
    title: Any = None
    hint: Any = None
    folded: bool = False

    @property
    def named(self) -> tuple[tuple[str, Cell], ...]:
        """The cells by the names of their fields."""
        return tuple((f"{self.key}-{cell.name}", cell) for cell in self.cells)

    @property
    def more(self) -> bool:
        """Whether some cells are of single categories, and shown when asked for."""
        return any("." in cell.key for cell in self.cells)

    def read(self, table: Any) -> dict[str, Any]:
        """Give what each field shows."""
        value = table.get(self.key) if isinstance(table, dict) else None
        inside = dict(self.unroll(value))
        return {name: cell.read(inside) for name, cell in self.named}


@dataclass(frozen=True)
class Table:
    """A list in which rows are added, left out and put in order.

    :ivar single: for a list of plain values instead of tables: the one cell of each row
    :ivar code_of: makes the code of a new row from its name; the rows of a document keep theirs
    :ivar fresh: what a new row has ticked or chosen from the start
    :ivar link: the page on which the rest of a row is edited
    :ivar only_when: the field that must say a word for the list to count
    """

    key: str
    title: Any
    one: Any
    members: tuple[Any, ...]
    hint: Any = None
    single: bool = False
    compact: bool = False
    in_sections: bool = True
    code_of: Callable[[str], str] | None = None
    most: int = 60
    fresh: Mapping[str, str] = field(default_factory=dict)
    link: str | None = None
    only_when: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """The name of the list of fields."""
        return self.key.replace(".", "-")

    def items(self, table: Any) -> list[tuple[int, Any]]:
        """Give the rows that the form can show, each with its number in the document."""
        value = table
        for step in self.key.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        kind = str if self.single else dict
        return (
            [(number, item) for number, item in enumerate(value) if isinstance(item, kind)]
            if isinstance(value, list)
            else []
        )


Member = Cell | Group | Table


def shown(members: Sequence[Member], table: Any) -> dict[str, Any]:
    """Give what the fields of a form show of a table of the document."""
    data: dict[str, Any] = {}
    for member in members:
        if isinstance(member, Cell):
            data[member.name] = member.read(table)
        elif isinstance(member, Group):
            data |= member.read(table)
        else:
            data[member.name] = [_row_shown(member, number, item) for number, item in member.items(table)]
    return data


def _row_shown(member: Table, number: int, item: Any) -> dict[str, Any]:
    if member.single:
        return {"at": number, member.members[0].name: item}
    return {"at": number, **shown(member.members, item)}


def typed(members: Sequence[Member], form: Any, table: Any) -> dict[str, Any]:
    """Say what is to be written into a table of the document so that it says what was typed.

    :param form: the bound form of these members
    :param table: what the document says now; an empty table for a new row
    """
    values: dict[str, Any] = {}
    for member in members:
        if isinstance(member, Cell):
            if not member.same(form[member.name].data, member.read(table)):
                values[member.key] = member.write(form[member.name].data)
        elif isinstance(member, Group):
            values |= _group_typed(member, form, table)
        elif member.only_when and form[member.only_when[0]].data != member.only_when[1]:
            continue
        elif member.single:
            values |= _list_typed(member, form[member.name], table)
        else:
            values |= _rows_typed(member, form[member.name], table)
    return values


def _group_typed(member: Group, form: Any, table: Any) -> dict[str, Any]:
    before = member.read(table)
    if all(cell.same(form[name].data, before[name]) for name, cell in member.named):
        return {}
    inside = {cell.key: cell.write(form[name].data) for name, cell in member.named}
    return {member.key: member.roll({key: value for key, value in inside.items() if value is not None})}


def _list_typed(member: Table, field_list: Any, table: Any) -> dict[str, Any]:
    cell = member.members[0]
    wanted = [cell.write(entry.form[cell.name].data) for entry in field_list.entries]
    wanted = [value for value in wanted if value is not None]
    return {} if wanted == [item for _, item in member.items(table)] else {member.key: wanted or None}


def _rows_typed(member: Table, field_list: Any, table: Any) -> dict[str, Any]:
    known = dict(member.items(table))
    codes = {item.get("code") for item in known.values()}
    rows = []
    for entry in field_list.entries:
        origin = entry.form["at"].data
        item = known.get(origin, {})
        values = typed(member.members, entry.form, item)
        if origin not in known and member.code_of:
            code = _free(member.code_of(str(entry.form["name"].data or "")), codes)
            codes.add(code)
            values = {"code": code, **values}
        rows.append(Row(origin if origin in known else None, values))
    unchanged = [row.origin for row in rows] == list(known) and not any(row.values for row in rows)
    return {} if unchanged else {member.key: Rows(tuple(rows), member.in_sections)}


def _free(code: str, taken: set[Any]) -> str:
    numbered = (f"{code[:36]}_{number}" for number in range(2, 1000))
    return code if code not in taken else next(other for other in numbered if other not in taken)


def small_code(name: str) -> str:
    """Make a code of a name: "Tính phát hiện" gives ``tinh_phat_hien``."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(name)).split()
    code = "_".join(words)[:36].rstrip("_")
    return code if code[:1].isalpha() else f"muc_{code}".rstrip("_")


def large_code(name: str) -> str:
    """Make a code in capitals of a name: "Báo in" gives ``BAO_IN``."""
    return small_code(name).upper()


def prize_code(name: str) -> str:
    """Make the code of a prize of its name: "Giải Đặc biệt" gives ``DAC_BIET``."""
    return large_code(name.removeprefix("Giải ").removeprefix("giải "))[:8].rstrip("_")


def fields_of(members: Sequence[Member]) -> Iterator[tuple[str, Any]]:
    """List the plain fields of some members by their names, each made anew."""
    for member in members:
        if isinstance(member, Cell):
            yield member.name, member.make()
        elif isinstance(member, Group):
            for name, cell in member.named:
                yield name, cell.make()
