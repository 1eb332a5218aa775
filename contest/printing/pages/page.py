"""What a page consists of, as values: where each line begins, what is read out, what is only ornament."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contest.printing.pages.backdrop import Backdrop
from contest.printing.pages.letters import Style, letters
from contest.printing.pages.stamps import Stamp

BLACK = "#000000"


@dataclass(frozen=True)
class Run:
    """A text in one style.

    :ivar size: in pixels
    :ivar spacing: between letters, in pixels
    :ivar margin: left free on both sides, in pixels
    """

    text: str
    style: Style
    size: float
    colour: str = BLACK
    spacing: float = 0.0
    margin: float = 0.0

    @property
    def width(self) -> float:
        """How long the text is, with its margins."""
        return letters(self.style).shape(self.text, self.size, self.spacing).width + 2 * self.margin


@dataclass(frozen=True)
class Line:
    """Runs one after the other on a baseline.

    :ivar x: where the first one begins
    :ivar y: of the baseline
    """

    x: float
    y: float
    runs: tuple[Run, ...]

    @property
    def width(self) -> float:
        """How long the line is."""
        return sum(run.width for run in self.runs)

    @property
    def text(self) -> str:
        """The line as it is read out."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together.

    :ivar tag: what a screen reader is told that they are: P, H1, H2
    """

    tag: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Figure:
    """A picture of black and white squares.

    :ivar alt: what a screen reader says instead
    :ivar rows: a byte for each square, 0 for black and 255 for white
    """

    alt: str
    x: float
    y: float
    width: float
    height: float
    rows: tuple[bytes, ...]


@dataclass(frozen=True)
class Rectangle:
    """A filled rectangle, silent for a screen reader."""

    x: float
    y: float
    width: float
    height: float
    colour: str = BLACK


@dataclass(frozen=True)
class Placed:
    """A stamp, silent for a screen reader, with its upper left corner at a place."""

    stamp: Stamp
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


@dataclass(frozen=True)
class Page:
    """A document of one page.

    :ivar title: kept in the metadata and shown by readers
    :ivar content: in the order in which it is read out
    :ivar ornaments: under the content, the lowest first
    :ivar enlargement: of everything, the paper included
    :ivar backdrop: under everything else
    """

    title: str
    width: float
    height: float
    content: Sequence[Paragraph | Figure]
    ornaments: Sequence[Placed | Rectangle] = ()
    enlargement: float = 1.0
    backdrop: Backdrop | None = None
