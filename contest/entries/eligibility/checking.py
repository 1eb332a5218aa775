"""All the rules, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from contest.entries.eligibility import authors, dossier, entrants, instalments, likeness
from contest.entries.eligibility.case import Case
from contest.entries.eligibility.facts import Facts
from contest.entries.findings import Finding, Severity

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

Judge = Callable[[Case], Iterable[Finding]]

JUDGES: tuple[Judge, ...] = (
    entrants.through,
    entrants.places_of_unit,
    instalments.window,
    instalments.number,
    authors.number,
    authors.works,
    entrants.excluded,
    likeness.same_work,
    likeness.same_topic,
    dossier.awards,
    instalments.outlets,
    instalments.length,
    dossier.files,
    dossier.statements,
)


def check(facts: Facts, regulation: Regulation) -> tuple[Finding, ...]:
    """List what the regulation says of a work, what stops it first.

    :return: at least one finding for every rule that could be judged on these facts
    """
    case = Case(facts, regulation)
    order = list(Severity)
    found = [finding for judge in JUDGES for finding in judge(case)]
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))
