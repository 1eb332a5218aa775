"""What an official document is made of: frozen values, which know neither paper nor word processor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of a line; a line feed in it ends the line.

    :ivar kept: whether no line may break inside it, as inside a person's name
    """

    text: str
    bold: bool = False
    italic: bool = False
    kept: bool = False


Words: TypeAlias = str | Bit | tuple[str | Bit, ...]
"""A text, or its pieces one after the other."""


def bits(words: Words) -> tuple[Bit, ...]:
    """List the pieces of a text."""
    pieces = words if isinstance(words, tuple) else (words,)
    return tuple(Bit(piece) if isinstance(piece, str) else piece for piece in pieces)


def plain(words: Words) -> str:
    """Give a text without its manners."""
    return "".join(bit.text for bit in bits(words))


def bold(text: str) -> Bit:
    """Write a text bold."""
    return Bit(text, bold=True)


def italic(text: str) -> Bit:
    """Write a text in italics."""
    return Bit(text, italic=True)


def keep(text: str) -> Bit:
    """Write a text that no line may break, such as a person's name."""
    return Bit(text, kept=True)


class Manner(StrEnum):
    """How a paragraph stands."""

    BODY = "body"
    GROUND = "ground"
    FLAT = "flat"
    CENTRED = "centred"
    ORDER = "order"
    NOTE = "note"
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    words: Words
    manner: Manner = Manner.BODY


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article: "Điều 1." and what it says, with its clauses below."""

    number: int
    words: Words
    clauses: tuple[Words, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The article as it is written out."""
        first = Paragraph((bold(f"Điều {self.number}."), " ", *bits(self.words)))
        rest = (Paragraph((f"{number}. ", *bits(clause))) for number, clause in enumerate(self.clauses, 1))
        return (first, *rest)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part; it never stands alone at the foot of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, one fact a line."""

    lines: tuple[tuple[str, Words], ...]


class Holds(StrEnum):
    """What a column holds, by which its cells are written and set."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    :ivar width: millimetres; None for what the others leave, shared among all such columns
    """

    head: str
    holds: Holds = Holds.TEXT
    width: float | None = None


class RowKind(StrEnum):
    """What a row is: a line of the table, the name of a group or of a tier over the next lines, or a sum."""

    LINE = "line"
    GROUP = "group"
    TIER = "tier"
    TOTAL = "total"


Cell: TypeAlias = Words | int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row; the cells of a group or a tier are one cell over the whole width.

    :ivar spans: columns that each cell takes, where not every cell takes one
    """

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.LINE
    spans: tuple[int, ...] = ()

    @property
    def is_over_lines(self) -> bool:
        """Whether it stands over the lines that follow and stays with them."""
        return self.kind in (RowKind.GROUP, RowKind.TIER)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in its place: what it says, how many columns it takes, and how it is set."""

    words: tuple[Bit, ...]
    span: int
    holds: Holds


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head repeats on every page and no row is ever parted.

    :ivar empty: what stands in place of the lines where there are none
    :ivar is_form: whether its rows are high enough to be filled in by hand
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = "Không có."
    is_form: bool = False

    def placed(self) -> Iterator[tuple[Row, tuple[Placed, ...]]]:
        """Give every row with its cells in their places."""
        rows = self.rows or (Row((italic(self.empty),), spans=(len(self.columns),)),)
        for row in rows:
            yield row, tuple(self._cells(row))

    def _cells(self, row: Row) -> Iterator[Placed]:
        spans = (len(self.columns),) if row.is_over_lines else row.spans or (1,) * len(row.cells)
        at = 0
        for cell, span in zip(row.cells, spans, strict=True):
            column = self.columns[at]
            holds = Holds.TEXT if span > 1 else column.holds
            yield Placed(bits(written(cell)), span, holds)
            at += span
        if at != len(self.columns):
            raise ValueError(f"a row of {at} columns in a table of {len(self.columns)}")

    def widths(self, room: float) -> tuple[float, ...]:
        """Share the room among the columns, in millimetres."""
        free = room - sum(column.width or 0 for column in self.columns)
        open_columns = sum(column.width is None for column in self.columns)
        return tuple(free / open_columns if column.width is None else column.width for column in self.columns)


def written(cell: Cell) -> Words:
    """Write a cell: a number with points between its thousands."""
    if cell is None:
        return ""
    return dotted(cell) if isinstance(cell, int) else cell


def dotted(number: int) -> str:
    """Write a whole number as it is written in Vietnamese: 15.000.000."""
    return f"{number:,}".replace(",", ".")


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, one under the other; the same figures stand in a table as well, for whoever cannot see them.

    :ivar says: what the picture shows, in one sentence
    """

    says: str
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Ruled lines to write on by hand."""

    lines: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Where somebody signs.

    :ivar power: lines above the name: the power by which one signs, and the title
    :ivar hint: what is to be done, under the title
    """

    power: tuple[str, ...]
    name: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """The foot of a document: who receives it, and who signs; it never stands alone on a page."""

    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    aside: Words = ""
    """What stands at the left where nobody is named as a recipient."""


@dataclass(frozen=True, slots=True)
class SmallPrint:
    """What is printed small: by what the paper can be checked."""

    words: Words


Block: TypeAlias = Paragraph | Article | Heading | Facts | Table | Chart | Blank | Closing | SmallPrint


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead of a sheet, its number, and its place and date.

    :ivar profile: ``party`` or ``state``; never both on one sheet
    """

    profile: str
    superior: str
    issuer: str
    number: str = ""
    dated: str = ""

    @classmethod
    def of(cls, letterhead: Any, *, number: str = "", dated: str = "") -> Head:
        """Take the letterhead of a regulation, or the copy of one that a decision froze."""
        kept = letterhead if isinstance(letterhead, Mapping) else vars(letterhead)
        return cls(kept["profile"], kept["superior"], kept["issuer"], number, dated)

    def under(self, issuer: str) -> Head:
        """The same head for a body under the issuing one, such as a council."""
        return replace(self, superior=self.issuer, issuer=issuer)

    @property
    def is_party(self) -> bool:
        """Whether it is the head of a Party organ."""
        return self.profile == "party"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part of a document that begins on a new page and counts its own pages: the document itself, or an annex.

    :ivar about: lines under the title: what it is about
    :ivar beside: the line in brackets under the title of an annex
    :ivar lies: whether the paper lies across
    """

    title: str
    about: tuple[str, ...] = ()
    head: Head | None = None
    beside: str = ""
    blocks: tuple[Block, ...] = ()
    lies: bool = False
    ruled: bool = False
    """Whether a rule stands under what it is about."""

    @property
    def written_out(self) -> Iterator[Block]:
        """Its blocks, articles as their paragraphs."""
        for block in self.blocks:
            if isinstance(block, Article):
                yield from block.paragraphs
            else:
                yield block


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its sheets, one after the other in one file.

    :ivar title: kept in the file and shown by readers
    :ivar dated: kept as the date of the file, so that the same words give the same bytes
    """

    title: str
    sheets: tuple[Sheet, ...]
    dated: date | None = None


def articles(*texts: Words) -> tuple[Article, ...]:
    """Number articles from 1."""
    return tuple(Article(number, words) for number, words in enumerate(texts, 1))


def joined(parts: Iterable[Words], by: str) -> tuple[Bit, ...]:
    """Join texts, with something between them."""
    found: list[Bit] = []
    for number, part in enumerate(parts):
        if number:
            found.append(Bit(by))
        found += bits(part)
    return tuple(found)
