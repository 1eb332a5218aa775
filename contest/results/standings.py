"""Lines of a sealed result as a table shows them; codes stay codes, and every figure has its reasons elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a sealed result.

    :ivar gives_prizes: whether prizes are given in it, or works go on from it
    """

    code: str
    lines: tuple[Record, ...]
    gives_prizes: bool

    @property
    def is_voted(self) -> bool:
        """Whether its works were voted on and have no mean."""
        return any("mean" not in line for line in self.lines)


UNGROUPED = "khong-nhom"
"""Under this code stand the works that no group takes."""


def groups_of(result: Record) -> list[Group]:
    """The groups of a result in their order; works that no group takes stand in one of their own at the end."""
    groups = [
        Group(group["group"], (*group["lines"], *group["unplaced"]), "tiers" in group) for group in result["groups"]
    ]
    if result["ungrouped"]:
        groups.append(Group(UNGROUPED, tuple(result["ungrouped"]), gives_prizes=False))
    return groups


def find(result: Record, entry: str) -> tuple[Record, Record] | None:
    """Find the line of a work and the group in which it stands."""
    for group in result["groups"]:
        for line in (*group["lines"], *group["unplaced"]):
            if line["entry"] == entry:
                return group, line
    for line in result["ungrouped"]:
        if line["entry"] == entry:
            return {"group": UNGROUPED, "lines": (), "unplaced": ()}, line
    return None


def subjects_of(lines: Iterator[Record] | tuple[Record, ...]) -> set[str]:
    """The jurors whose sheets stand behind lines, by subject."""
    return {sheet["juror"] for line in lines for sheet in (*line.get("sheets", ()), *line.get("left_out", ()))}


def overall(result: Record) -> list[tuple[str, Record]]:
    """The prizes over all groups, each with its kind, in the order in which they are shown."""
    return [(kind, prize) for kind in ("special", "thematic", "collective") for prize in result.get(kind, ())]


def telling_count(line: Record) -> Record | None:
    """The count of votes that says most of a work: the one that carried what it received, else the last."""
    counts = line.get("counts", ())
    carried = [count for count in counts if count.get("carried")]
    of_its_tier = [count for count in carried if count["question"] == line.get("tier")]
    found = (of_its_tier or carried[:1] or list(counts[-1:]))[:1]
    return found[0] if found else None
