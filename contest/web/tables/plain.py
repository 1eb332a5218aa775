"""A table for programs: CSV after RFC 4180, and JSON. Days and moments in ISO form, a point in decimals."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import IO, Any

from contest import clock
from contest.web.tables.description import Cell, Table

CSV = "text/csv; charset=utf-8"
JSON = "application/json"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(table: Table, target: IO[bytes], *, now: datetime) -> int:
    """Write a table as CSV in UTF-8, with the mark by which Excel knows it.

    What would be a formula gets an apostrophe before it: a program that opens the file computes nothing.

    :return: number of rows
    """
    written = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=True)
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow([column.label for column in table.columns])
    count = 0
    for row in table.rows:
        lines.writerow([_cell(column.of(row)) for column in table.columns])
        count += 1
    written.detach()
    return count


def _cell(value: Cell) -> str | int | float:
    if isinstance(value, str):
        return "'" + value if value.startswith(STARTS_A_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return "" if value is None else _iso(value)


def write_json(table: Table, target: IO[bytes], *, now: datetime) -> int:
    """Write a table as JSON: what its columns are, then its rows, each an object by the keys of the columns.

    :return: number of rows
    """
    head = {
        "title": table.title,
        "note": table.note,
        "exported_at": _iso(clock.local(now)),
        "columns": [{"key": column.key, "label": column.label, "type": column.kind} for column in table.columns],
    }
    target.write(_line(head)[:-1] + b', "rows": [')
    count = 0
    for count, row in enumerate(table.rows, start=1):
        between = b"\n" if count == 1 else b",\n"
        target.write(between + _line({column.key: column.of(row) for column in table.columns}))
    target.write(b"\n]}\n")
    return count


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_iso).encode()


def _iso(value: date | datetime) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
