"""Which works would newly fail or newly pass under a draft of the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.entries import eligibility, queries
from contest.entries.draft import gaps
from contest.entries.findings import Severity, stated
from contest.regulations import consequences
from contest.regulations.consequences import Consequence

if TYPE_CHECKING:
    from contest.entries.eligibility import Facts
    from contest.entries.queries import Held
    from contest.regulations.schema import Regulation


@consequences.source
def works_judged_otherwise(contest_id: int, before: Regulation, after: Regulation) -> Iterator[Consequence]:
    """Hold every work that stands in the contest against both regulations, as it was sent.

    The same queries are sent whatever the number of works. A work of a category that the draft drops is left out:
    dropping it is refused on other grounds.
    """
    kept = {category.code for category in after.categories}
    now = {held.entry.id: _failed(held, facts, before) for held, facts in queries.facts_of_all(contest_id, before)}
    for held, facts in queries.facts_of_all(contest_id, after):
        if held.draft["category"] not in kept:
            continue
        failed, fails = now[held.entry.id], _failed(held, facts, after)
        if failed != fails:
            yield Consequence(
                held.entry.shown_code,
                held.entry.title,
                failing=tuple(stated(rule, after) for rule in fails if rule not in failed),
                passing=tuple(stated(rule, before) for rule in failed if rule not in fails),
            )


def _failed(held: Held, facts: Facts, regulation: Regulation) -> tuple[str, ...]:
    """List the rules that stop a work; what is simply not filled in belongs to the dossier."""
    found = (*gaps(held.draft, regulation), *eligibility.check(facts, regulation))
    stopping = [finding for finding in found if finding.severity is Severity.BLOCKS]
    return tuple(dict.fromkeys("dossier" if finding.is_gap else finding.rule for finding in stopping))
