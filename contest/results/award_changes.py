"""What suspending, revoking and restoring an award does to the copy of the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

Copy = dict[str, Any]
Line = Mapping[str, Any]


class AwardRef(NamedTuple):
    """One award of a decision: the prize of a work, or of a newsroom."""

    kind: Literal["award", "collective"]
    id: int

    @property
    def part(self) -> str:
        """The part of a copy in which it stands."""
        return "awards" if self.kind == "award" else "collective"

    def is_of(self, line: Line) -> bool:
        """Whether a line is of this award."""
        return bool(line.get(f"{self.kind}_id") == self.id)


@dataclass(frozen=True, slots=True)
class Paper:
    """The amending decision, as far as the list names it."""

    number: str
    decided_on: date

    @property
    def written(self) -> dict[str, str]:
        """As a copy keeps it."""
        return {"number": self.number, "decided_on": self.decided_on.isoformat()}


def line_of(copy: Mapping[str, Any], ref: AwardRef) -> Line | None:
    """Find the line of an award that is given, suspended or not."""
    return next((line for line in copy[ref.part] if ref.is_of(line)), None)


def withdrawn_of(copy: Mapping[str, Any], ref: AwardRef) -> Mapping[str, Any] | None:
    """Find what a copy says of an award that was revoked: its line, by what decision, and the awards moved up by it."""
    return next((each for each in copy.get("withdrawn", ()) if ref.is_of(each["line"])), None)


def has_room(copy: Mapping[str, Any], line: Line) -> bool:
    """Say whether the prize of a line that was revoked is still to be had: works may have moved into its place since.

    Where nobody could move up at once, a later revocation may have let somebody.
    """
    quotas = [
        prize.get("quota")
        for section in copy["sections"]
        for prize in section["prizes"]
        if (section["code"], prize["code"]) == (line["section"], line["tier"])
    ]
    given = sum((each["section"], each["tier"]) == (line["section"], line["tier"]) for each in copy["awards"])
    return all(quota is None or given < quota for quota in quotas)


def suspended(copy: Copy, ref: AwardRef, paper: Paper) -> Copy:
    """Hold an award back: it stays on the list and says so."""
    for line in copy[ref.part]:
        if ref.is_of(line):
            line["suspended"] = paper.written
    return copy


def revoked(copy: Copy, ref: AwardRef, paper: Paper, moved: Iterable[Line] = ()) -> Copy:
    """Take an award off the list, and put in what the works that move up receive instead of what they had.

    :param moved: lines of the works that move up; each takes the place of the line of its work in the same part
    """
    taken = next(line for line in copy[ref.part] if ref.is_of(line))
    lines = [line for line in copy[ref.part] if not ref.is_of(line)]
    added = list(moved)
    leaving = {(line["entry_id"], line["section"]) for line in added}
    if added:
        lines = [line for line in lines if (line["entry_id"], line["section"]) not in leaving]
    copy[ref.part] = _ordered([*lines, *added], copy["sections"])
    copy["withdrawn"] = [
        *copy.get("withdrawn", ()),
        {
            "line": {key: value for key, value in taken.items() if key != "suspended"},
            **paper.written,
            "moved": [line["award_id"] for line in added],
        },
    ]
    return copy


def restored(copy: Copy, ref: AwardRef) -> Copy:
    """Give an award back as it was: a suspended one is lifted, a revoked one returns to its place."""
    for line in copy[ref.part]:
        if ref.is_of(line):
            line.pop("suspended", None)
    back = withdrawn_of(copy, ref)
    if back is not None:
        copy[ref.part] = _ordered([*copy[ref.part], back["line"]], copy["sections"])
        copy["withdrawn"] = [each for each in copy["withdrawn"] if each is not back]
    return copy


def _ordered(lines: Sequence[Any], sections: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Put lines into the order of the list: by part, by prize, by place."""
    parts = [section["code"] for section in sections]
    prizes = {section["code"]: [prize["code"] for prize in section["prizes"]] for section in sections}
    return sorted(
        lines,
        key=lambda line: (
            parts.index(line["section"]),
            prizes[line["section"]].index(line["tier"]),
            line.get("place") or 0,
        ),
    )
