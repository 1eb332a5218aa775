"""Which works of a phase go on into the closing contest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contest.regulations.prizes import CarryOn


def going_up(result: Mapping[str, Any], rule: CarryOn) -> list[str]:
    """Name the works that go on, group by group, best first: winners of the named tiers, and the best of each group.

    Whoever stands equal with the last of the best goes on too. A work that gave its prize back for a special one has
    won its tier all the same.

    :param result: the sealed result of the last round
    """
    codes: list[str] = []
    for group in result["groups"]:
        lines = group["lines"]
        best = min(rule.top or 0, len(lines))
        edge = lines[best - 1]["place"] if best else 0
        codes += [line["entry"] for line in lines if line["tier"] in rule.tiers or line["place"] <= edge]
    return codes
