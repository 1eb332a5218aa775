"""Which works would newly fail or newly pass under a draft of the regulation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.entries import eligibility, queries
from contest.entries.draft import gaps
from contest.entries.findings import Finding, Severity
from contest.regulations import consequences
from contest.regulations.consequences import Consequence, Point

if TYPE_CHECKING:
    from contest.entries.eligibility import Facts
    from contest.entries.queries import Held
    from contest.regulations.models import Contest
    from contest.regulations.schema import Regulation


@consequences.source
def works_that_change(contest: Contest, before: Regulation, after: Regulation) -> Iterator[Consequence]:
    """Hold every work that stands in the contest against both regulations, as it was sent.

    The same queries are sent whatever the number of works. A work of a category that the draft drops is left out:
    dropping it is refused on other grounds.
    """
    kept = {category.code for category in after.categories}
    then = {
        held.entry.id: facts for held, facts in queries.facts_of_all(contest, after) if held.draft["category"] in kept
    }
    for held, facts in queries.facts_of_all(contest, before):
        if held.entry.id not in then:
            continue
        now, later = _failed(held, facts, before), _failed(held, then[held.entry.id], after)
        failing = tuple(_point(finding) for rule, finding in later.items() if rule not in now)
        passing = tuple(_point(finding) for rule, finding in now.items() if rule not in later)
        if failing or passing:
            yield Consequence(held.entry.id, held.entry.shown_code, held.entry.title, failing, passing)


def _failed(held: Held, facts: Facts, regulation: Regulation) -> dict[str, Finding]:
    """Find the rules that stop a work, each with its first finding; what must be filled in belongs to the dossier."""
    found = (*gaps(held.draft, regulation), *eligibility.check(facts, regulation))
    failed: dict[str, Finding] = {}
    for finding in found:
        if finding.severity is Severity.BLOCKS:
            failed.setdefault("dossier" if finding.is_gap else finding.rule, finding)
    return failed


def _point(finding: Finding) -> Point:
    return Point(finding.rule, finding.article, finding.message, dict(finding.params))
