"""The erasures of an instance, in a file beside the rows, so that a restored backup does not bring anybody back.

One line for each: when, and random ids; nothing else. It is written before the rows are, durably: an erasure that did
not come about is done again after a restore, which is what was decided.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

FILE = "erasures.jsonl"


class Line(NamedTuple):
    """One erasure."""

    at: datetime
    subjects: tuple[str, ...]


def add(folder: Path, subjects: tuple[str, ...], at: datetime) -> None:
    """Write down that somebody is erased."""
    line = json.dumps({"at": at.astimezone(UTC).isoformat(), "subjects": sorted(subjects)}) + "\n"
    (folder / FILE).touch(mode=0o600)
    with (folder / FILE).open("a", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def lines(folder: Path) -> Iterator[Line]:
    """Read the erasures, oldest first; a last line that was cut off by a power failure is no line."""
    file = folder / FILE
    for text in file.read_text("ascii").splitlines() if file.exists() else ():
        try:
            said = json.loads(text)
            yield Line(datetime.fromisoformat(said["at"]), tuple(map(str, said["subjects"])))
        except (ValueError, KeyError, TypeError):
            continue


def take_in(folder: Path, other: Path) -> int:
    """Add the erasures of another journal that are not here yet: each machine that erases writes one of its own.

    Beside backups lies one of them all, so nothing of it is ever written over.

    :param other: the file of the other journal
    :return: how many were added
    """
    known = {line.subjects for line in lines(folder)}
    new = [line for line in lines(other.parent) if line.subjects not in known] if other.name == FILE else []
    for line in new:
        add(folder, line.subjects, line.at)
    return len(new)
