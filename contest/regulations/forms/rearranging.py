"""Adding, leaving out and moving rows of a form that is still being typed: names of fields change, nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

ACT = re.compile(r"(add|remove|up|down):([A-Za-z0-9_-]{1,120})")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
NUMBER = re.compile(r"0|[1-9][0-9]{0,3}")

Typed = MultiDict[str, str]


def tidied(form: Mapping[str, str]) -> Typed:
    """Keep what was sent under names that a form of ours can have."""
    sent = form if isinstance(form, MultiDict) else MultiDict(form)
    return MultiDict((name, value) for name, value in sent.items(multi=True) if _is_ours(name))


def _is_ours(name: str) -> bool:
    parts = name.split("-")
    return (
        len(name) <= 200
        and bool(NAME.fullmatch(name))
        and all(NUMBER.fullmatch(part) for part in parts if part.isdigit())
    )


def rearranged(form: Typed, act: str, fresh: Mapping[str, Mapping[str, str]]) -> tuple[Typed, str | None]:
    """Give what was typed after one change to its rows, and the row that the person looks at next.

    :param act: ``add:criteria-0-guidance``, ``remove:criteria-2``, ``up:…`` or ``down:…``
    :param fresh: what a new row has from the start, by the name of its list without numbers
    """
    found = ACT.fullmatch(act)
    if found is None:
        return form, None
    verb, name = found.groups()
    if verb == "add":
        rows = _rows(form, name)
        begun = fresh.get("-".join(part for part in name.split("-") if not part.isdigit()), {})
        rows.append([("at", ""), *begun.items()])
        return _with(form, name, rows), f"{name}-{len(rows) - 1}"
    name, _, last = name.rpartition("-")
    rows = _rows(form, name)
    if not name or not last.isdigit() or int(last) >= len(rows):
        return form, None
    at = int(last)
    if verb == "remove":
        del rows[at]
        return _with(form, name, rows), f"{name}-{min(at, len(rows) - 1)}" if rows else name
    to = max(at - 1, 0) if verb == "up" else min(at + 1, len(rows) - 1)
    rows[at], rows[to] = rows[to], rows[at]
    return _with(form, name, rows), f"{name}-{to}"


def _rows(form: Typed, name: str) -> list[list[tuple[str, str]]]:
    rows: dict[int, list[tuple[str, str]]] = {}
    for key, value in form.items(multi=True):
        if key.startswith(f"{name}-"):
            number, _, rest = key[len(name) + 1 :].partition("-")
            if number.isdigit() and rest:
                rows.setdefault(int(number), []).append((rest, value))
    return [rows[number] for number in sorted(rows)]


def _with(form: Typed, name: str, rows: list[list[tuple[str, str]]]) -> Typed:
    def in_list(key: str) -> bool:
        return key.startswith(f"{name}-") and key[len(name) + 1 :].partition("-")[0].isdigit()

    kept = [(key, value) for key, value in form.items(multi=True) if not in_list(key)]
    moved = [(f"{name}-{number}-{key}", value) for number, row in enumerate(rows) for key, value in row]
    return MultiDict([*kept, *moved])
