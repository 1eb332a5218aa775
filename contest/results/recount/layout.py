"""What lies in a bundle: its files, the columns of its tables, the order of their rows (``docs/recount.md``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contest.results.recount.cells import (
    CODE,
    CODE_OR_NOTHING,
    CODES,
    FLAG,
    HASH,
    HASH_OR_NOTHING,
    JSON,
    MOMENT,
    MOMENT_OR_NOTHING,
    NUMBER,
    NUMBERS,
    TEXT,
    Kind,
)

FORMAT = 1
REGULATION = "regulation.toml"
OTHER_REGULATION = re.compile(r"regulations/([0-9a-f]{64})\.toml")
RESULT = "result.json"
HASHES = "hashes.txt"
COMMITMENTS = "commitments.json"
LOG = "log.jsonl"
README = "README"
WHOLE_CONTEST = ""
"""Stands for the round in the rows of works that are in no round's list but count for the prizes of newsrooms."""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file.

    :ivar key: columns by which the rows stand in order, each key once
    """

    file: str
    columns: dict[str, Kind]
    key: tuple[str, ...]


ROUNDS = Table(
    "rounds.csv",
    {
        "format": NUMBER,
        "contest": CODE,
        "position": NUMBER,
        "round": CODE,
        "regulation": HASH,
        "ruling": HASH,
        "opened_at": MOMENT_OR_NOTHING,
        "sealed_at": MOMENT,
    },
    ("position",),
)
ENTRIES = Table(
    "entries.csv",
    {
        "round": CODE_OR_NOTHING,
        "entry": CODE,
        "category": CODE,
        "genre": CODE,
        "topic": CODE,
        "group": CODE_OR_NOTHING,
        "outlet": TEXT,
        "received_at": MOMENT_OR_NOTHING,
        "slots": CODES,
        "out": CODE_OR_NOTHING,
    },
    ("round", "entry"),
)
SHEETS = Table(
    "sheets.csv",
    {
        "round": CODE,
        "entry": CODE,
        "juror": CODE,
        "revision": NUMBER,
        "in_force": FLAG,
        "chair": FLAG,
        "third": FLAG,
        "left_out": CODE_OR_NOTHING,
        "sha256": HASH_OR_NOTHING,
        "received_at": MOMENT_OR_NOTHING,
        "comment": HASH_OR_NOTHING,
        "typed_by": CODE_OR_NOTHING,
        "criterion": CODE,
        "mark": NUMBER,
    },
    ("round", "entry", "juror", "revision", "criterion"),
)
JURORS = Table(
    "jurors.csv",
    {"round": CODE, "panel": CODE, "juror": CODE, "chair": FLAG, "present": NUMBERS},
    ("round", "panel", "juror"),
)
ASSIGNMENTS = Table(
    "assignments.csv",
    {
        "round": CODE,
        "entry": CODE,
        "juror": CODE,
        "panel": CODE,
        "chair": FLAG,
        "third": FLAG,
        "assigned_at": MOMENT_OR_NOTHING,
        "recused_at": MOMENT_OR_NOTHING,
        "first_sheet_at": MOMENT_OR_NOTHING,
        "last_sheet_at": MOMENT_OR_NOTHING,
    },
    ("round", "entry", "juror"),
)
VOTES = Table(
    "votes.csv",
    {
        "round": CODE,
        "ballot": NUMBER,
        "question": CODE_OR_NOTHING,
        "panel": CODE_OR_NOTHING,
        "voter": CODE,
        "subject": TEXT,
        "choice": CODE_OR_NOTHING,
    },
    ("round", "ballot", "question", "panel", "voter", "subject"),
)
ACTS = Table(
    "acts.csv",
    {
        "round": CODE,
        "number": NUMBER,
        "kind": CODE,
        "subject": TEXT,
        "choice": JSON,
        "by": CODE_OR_NOTHING,
        "at": MOMENT_OR_NOTHING,
    },
    ("round", "number"),
)
TABLES = (ROUNDS, ENTRIES, SHEETS, JURORS, ASSIGNMENTS, VOTES, ACTS)

LARGEST = {table.file: 128 * 2**20 for table in TABLES} | {
    RESULT: 64 * 2**20,
    COMMITMENTS: 64 * 2**20,
    LOG: 128 * 2**20,
    HASHES: 2**20,
    README: 2**20,
}
"""Bytes that a file may have; a regulation has its own bound."""
LARGEST_REGULATION = 256 * 1024
LARGEST_BUNDLE = 384 * 2**20
LARGEST_CELL = 4 * 2**20
MOST_REGULATIONS = 6


def largest(name: str) -> int | None:
    """How many bytes a file of this name may have; None if a bundle has no such file."""
    if name == REGULATION or OTHER_REGULATION.fullmatch(name):
        return LARGEST_REGULATION
    return LARGEST.get(name)
