"""What a table is made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One line of a table.

    :ivar kind: ``line``, ``group`` (one cell over all columns, naming what follows) or ``sum``
    """

    cells: tuple[str, ...]
    kind: str = "line"


@dataclass(frozen=True)
class Table:
    """A table ready to be set.

    :ivar figures: columns, counted from 0, that hold figures and stand on the right
    """

    kind: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    figures: frozenset[int] = field(default_factory=frozenset)
