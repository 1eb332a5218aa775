"""What a regulation says against itself: every contradiction, each at its path.

Each check compares places whose values have the right shape already, and names the sections it reads, so that what is
sound can be checked while another section is still broken. Checks yield; none stops another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from contest.regulations.consistency import (
    advancement,
    awards,
    dates,
    entering,
    extra_prizes,
    money,
    panels,
    rounds,
    rubrics,
    safeguards,
    text,
    ties,
    votes,
)
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

Check = Callable[["Regulation"], Iterator[Problem]]

CHECKS: tuple[tuple[Check, frozenset[str]], ...] = (
    (entering.terms, frozenset({"genres", "topics", "categories"})),
    (entering.categories, frozenset({"genres", "categories"})),
    (entering.limits, frozenset({"genres", "categories", "limits"})),
    (entering.prior_awards, frozenset({"prior_awards"})),
    (entering.entrants, frozenset({"entrants"})),
    (entering.statements, frozenset({"statements"})),
    (dates.spans, frozenset({"calendar"})),
    (dates.rounds, frozenset({"calendar", "rounds"})),
    (rubrics.contradictions, frozenset({"rubrics"})),
    (rounds.contradictions, frozenset({"rounds", "rubrics", "categories", "genres"})),
    (panels.contradictions, frozenset({"rounds", "categories", "genres", "topics"})),
    (votes.of_rounds, frozenset({"rounds"})),
    (votes.of_prizes, frozenset({"special_prizes", "thematic_prizes", "collective_prizes"})),
    (advancement.contradictions, frozenset({"rounds", "categories"})),
    (advancement.carry_on, frozenset({"carry_on", "prizes"})),
    (ties.contradictions, frozenset({"rounds", "rubrics"})),
    (awards.groups, frozenset({"awarding", "categories", "genres", "topics"})),
    (awards.tiers, frozenset({"awarding", "prizes", "rounds"})),
    (awards.quotas, frozenset({"awarding", "prizes", "categories", "short_name"})),
    (awards.method, frozenset({"awarding", "prizes", "rounds"})),
    (awards.gates, frozenset({"gates"})),
    (safeguards.second_person, frozenset({"safeguards"})),
    (extra_prizes.codes, frozenset({"prizes", "special_prizes", "thematic_prizes", "collective_prizes"})),
    (extra_prizes.special, frozenset({"prizes", "special_prizes", "rounds"})),
    (extra_prizes.thematic, frozenset({"thematic_prizes", "categories", "genres", "topics", "rounds"})),
    (extra_prizes.collective, frozenset({"prizes", "collective_prizes"})),
    (money.contradictions, frozenset({"prizes", *money.EXTRA, "base_salary"})),
    (money.base_salary, frozenset({"base_salary"})),
    (text.structure, frozenset({"chapters", "rounds", "limits", "entrants", "categories"})),
    (text.register, frozenset({"certificate"})),
)


def contradictions(regulation: Regulation, sound: Collection[str] | None = None) -> Iterator[Problem]:
    """Find everything that does not agree with something else in the document.

    :param sound: names of the sections that could be read; None for all of them
    """
    for check, sections in CHECKS:
        if sound is None or sections.issubset(sound):
            yield from check(regulation)
    if sound is None:
        yield from text.places_to_fill(regulation)
