"""Rows of a form that is sent whole: adding, removing and moving one by a button, without a script.

Fields are named ``rows-<number>-<field>``; numbers need not be dense when they arrive and always are when they leave.
"""

from __future__ import annotations

import re
from typing import Any

from werkzeug.datastructures import MultiDict

MOST = 30
_NAME = re.compile(r"rows-([0-9]{1,4})-(\w+)", re.ASCII)
_ACT = re.compile(r"(remove|up|down)-([0-9]{1,4})", re.ASCII)


def changed(typed: MultiDict[str, Any], act: str, *, chosen: str = "") -> MultiDict[str, Any]:
    """Number the rows anew, after the act of the button pressed.

    :param act: ``add``, ``remove-2``, ``up-2``, ``down-2``; anything else changes nothing
    :param chosen: name of a field outside the rows whose value is the number of one of them, and follows it
    :return: all fields; rows beyond twice the most a form may have are dropped
    """
    rows = _rows(typed)
    choice = typed.get(chosen) if chosen else None
    order = [number for number, _ in rows]
    match = _ACT.fullmatch(act)
    if match:
        place = int(match[2])
        if place < len(rows):
            _move(rows, match[1], place)
    elif act == "add":
        rows.append((-1, {"blank": [""]}))
    kept: MultiDict[str, Any] = MultiDict(
        [(key, value) for key, value in typed.items(multi=True) if not key.startswith("rows-") and key != chosen]
    )
    for number, (_, row) in enumerate(rows[: 2 * MOST]):
        for field, values in row.items():
            kept.setlist(f"rows-{number}-{field}", values)
    if chosen and choice is not None:
        now = [number for number, _ in rows]
        was = int(choice) if choice.isascii() and choice.isdigit() and len(choice) < 5 else -1
        if was in order and was in now:
            kept[chosen] = str(now.index(was))
    return kept


def _rows(typed: MultiDict[str, Any]) -> list[tuple[int, dict[str, list[Any]]]]:
    found: dict[int, dict[str, list[Any]]] = {}
    for key in typed:
        match = _NAME.fullmatch(key)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = typed.getlist(key)
    return sorted(found.items())


def _move(rows: list[Any], act: str, place: int) -> None:
    if act == "remove":
        del rows[place]
        return
    other = place - 1 if act == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
