"""Panels that do not take every work, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.coverage import dealt, leads_nowhere
from contest.regulations.consistency.named import chosen, repeated
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

NO_PANEL = N_(
    "No panel of this round takes works of category “%(category)s” in these genres: %(genres)s; let one of "
    "them take them."
)
IDLE_PANEL = N_("No work falls to this panel: those before it take them all, or no category takes its genres.")


def contradictions(regulation: Regulation) -> Iterator[Problem]:
    """Find works without a panel, and panels without works."""
    names = {
        **{genre.code: genre.name for genre in regulation.genres},
        **{category.code: category.name for category in regulation.categories},
    }
    for rule in regulation.rounds:
        if isinstance(rule.panels, str):
            continue
        path = f"rounds[{rule.code}].panels"
        yield from repeated([panel.code for panel in rule.panels], path)
        for panel in rule.panels:
            yield from chosen(panel, f"{path}[{panel.code}]", regulation)
        idle, left = dealt(rule.panels, regulation)
        for panel in rule.panels:
            if panel.code in idle and not leads_nowhere(panel, regulation):
                yield Problem(f"{path}[{panel.code}]", IDLE_PANEL)
        for category, genres in left.items():
            values = {"category": names[category], "genres": ", ".join(names.get(genre, genre) for genre in genres)}
            yield Problem(path, NO_PANEL, values)
