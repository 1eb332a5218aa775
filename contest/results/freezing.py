"""What a round was concluded from, kept with its result: later changes in other rows never reach a recount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from contest.regulations.schema import Regulation
from contest.results.material import Act, Ballot, Member, RoundMaterial, Work
from contest.results.tally import LeftOut, Sheet


def frozen(material: RoundMaterial) -> dict[str, Any]:
    """Write the material of a round as plain JSON values; the regulations are kept by their versions."""
    return {
        "works": [_work(work) for work in material.works],
        "accepted_works": [_work(work) for work in material.accepted_works],
        "sheets": {entry: [_sheet(sheet) for sheet in sheets] for entry, sheets in material.sheets.items()},
        "members": [asdict(member) for member in material.members],
        "ballots": [{**asdict(ballot), "choice": dict(ballot.choice)} for ballot in material.ballots],
        "acts": [{**asdict(act), "choice": dict(act.choice)} for act in material.acts],
    }


def thawed(kept: Mapping[str, Any], *, code: str, regulation: Regulation, ruling: Regulation) -> RoundMaterial:
    """Read what `frozen` wrote.

    :param regulation: the version under which the round was opened
    :param ruling: the version under which it was sealed
    """
    return RoundMaterial(
        code=code,
        regulation=regulation,
        ruling=ruling,
        works=tuple(_read_work(work) for work in kept["works"]),
        sheets={entry: tuple(_read_sheet(sheet) for sheet in sheets) for entry, sheets in kept["sheets"].items()},
        members=tuple(Member(**member) for member in kept["members"]),
        ballots=tuple(Ballot(**ballot) for ballot in kept["ballots"]),
        acts=tuple(Act(**act) for act in kept["acts"]),
        accepted_works=tuple(_read_work(work) for work in kept["accepted_works"]),
    )


def _work(work: Work) -> dict[str, Any]:
    return {**asdict(work), "slots": sorted(work.slots)}


def _read_work(kept: Mapping[str, Any]) -> Work:
    return Work(**{**kept, "slots": frozenset(kept["slots"])})


def _sheet(sheet: Sheet) -> dict[str, Any]:
    left_out = None if sheet.left_out is None else str(sheet.left_out)
    return {**asdict(sheet), "marks": dict(sheet.marks), "left_out": left_out}


def _read_sheet(kept: Mapping[str, Any]) -> Sheet:
    left_out = None if kept["left_out"] is None else LeftOut(kept["left_out"])
    return Sheet(**{**kept, "left_out": left_out})
