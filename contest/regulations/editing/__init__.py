"""Changing a document without touching how the rest of it is written: comments, order and spacing stay.

Values are set at their names; lists of tables are given as they shall be, each row by which one it has been. The text
is cut where its parts begin and end and put together again, so that what is not changed is not even read into values.
At the end the document is read once more and must say exactly what was meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contest.regulations import document
from contest.regulations.editing.intent import Row, Rows, applied
from contest.regulations.editing.placing import placed

__all__ = ["Row", "Rows", "applied", "value_at", "written"]


def written(text: str, values: Mapping[str, Any]) -> str:
    """Write values at their paths into a document.

    :param values: by dotted path; an item of a list of tables is named by its code: ``rounds.so_khao.opens``. None
        leaves a name out; `Rows` gives a list of tables as it shall be.
    :raise KeyError: if a path leads through something that is not there, or a value cannot be written at its place
    :raise RegulationInvalid: if the text is not TOML at all
    """
    text = text.replace("\r\n", "\n")
    before = document.read(text)
    meant = _by_rows(before, values)
    after = placed(text, before, meant)
    if document.read(after) != applied(before, meant):
        raise KeyError(", ".join(values))
    return after


def value_at(values: Mapping[str, Any], path: str) -> Any:
    """Read what a document says at a path, or None."""
    try:
        return _at(values, path.split("."))
    except KeyError:
        return None


def _by_rows(values: Mapping[str, Any], paths: Mapping[str, Any]) -> dict[str, Any]:
    """Write paths that lead through a list of tables as that list with one row changed."""
    meant: dict[str, Any] = {}
    for path, value in paths.items():
        way = path.split(".")
        here: Any = values
        for number, step in enumerate(way[:-1]):
            here = here.get(step) if isinstance(here, dict) else None
            if isinstance(here, list):
                listed = ".".join(way[: number + 1])
                item = way[number + 1]
                rows = meant.get(listed) or Rows(tuple(map(Row, range(len(here)))))
                meant[listed] = _with(rows, _index(here, item), ".".join(way[number + 2 :]), value)
                break
            if here is None and number == 0 and step not in OPENED:
                raise KeyError(step)
        else:
            meant[path] = value
    return meant


OPENED = frozenset(
    {"awarding", "base_salary", "gates", "safeguards", "carry_on", "limits", "prior_awards", "entrants", "certificate"}
)
"""Tables that a form may begin where the document lacks them."""


def _with(rows: Rows, index: int, key: str, value: Any) -> Rows:
    changed = [Row(row.origin, {**row.values, key: value}) if row.origin == index else row for row in rows.rows]
    return Rows(tuple(changed), rows.in_sections)


def _index(items: Sequence[Any], code: str) -> int:
    for number, item in enumerate(items):
        if isinstance(item, dict) and item.get("code") == code:
            return number
    raise KeyError(code)


def _at(table: Any, way: Sequence[str]) -> Any:
    for step in way:
        if isinstance(table, list):
            table = {step: table[_index(table, step)]}
        if not isinstance(table, dict) or step not in table:
            raise KeyError(step)
        table = table[step]
    return table
