"""The tables inside the text of a regulation, set from its data, so that text and data cannot disagree.

Headings are in the language of the regulation (see `vietnamese`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from contest.regulations.tables import awarding, entering, judging
from contest.regulations.tables.shapes import Row, Table
from contest.regulations.tables.timing import calendar

if TYPE_CHECKING:
    from contest.regulations.articles import TableKind
    from contest.regulations.schema import Regulation

__all__ = ["Row", "Table", "tables"]

MAKERS: dict[str, Callable[[Regulation], Iterator[Table]]] = {
    "categories": entering.categories,
    "limits": entering.limits,
    "dossier": entering.dossier,
    "statements": entering.statements,
    "calendar": calendar,
    "rounds": judging.rounds,
    "criteria": judging.criteria,
    "judging": judging.rules,
    "prizes": awarding.prizes,
    "gates": awarding.gates,
}


def tables(kind: TableKind, regulation: Regulation) -> tuple[Table, ...]:
    """Set the tables of one kind; there are several where one could not hold what there is to say."""
    return tuple(MAKERS[kind](regulation))
