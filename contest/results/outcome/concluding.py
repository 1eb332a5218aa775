"""From the material of a round to its outcome."""

from __future__ import annotations

from collections.abc import Mapping

from contest.results import acts
from contest.results.ballots import Box, council_votes
from contest.results.material import RoundMaterial
from contest.results.outcome.groups import concluded_group, missing_votes
from contest.results.outcome.over_groups import with_extra_prizes
from contest.results.outcome.round import AnyStanding, RoundOutcome
from contest.results.outcome.standings import group_codes, grouped, tallied


def conclude(material: RoundMaterial) -> RoundOutcome:
    """Conclude a round from its material.

    Rubric, panels and ballots are those of the version at the opening; how sheets are taken together, prizes and money
    those of the version at the sealing.
    """
    decided = acts.decided(material.acts)
    works = {work.entry: work for work in sorted(material.works, key=lambda work: work.entry) if not work.out}
    by_group = grouped(material, works.values())
    box = Box.of(material, decided)
    council = None
    if material.rule.vote is not None:
        council = council_votes(material, box, material.rule.vote, by_group.items())
        standings: Mapping[str, AnyStanding] = council.standings
    else:
        standings = tallied(material, works, decided)
    receipts = {work.entry: work.received_at for work in works.values()}
    groups = tuple(
        concluded_group(material, decided, code, [standings[work.entry] for work in by_group[code]], receipts, council)
        for code in group_codes(material)
    )
    outcome = RoundOutcome(
        material,
        decided,
        groups,
        ungrouped=tuple(standings[work.entry] for work in by_group[None]),
        votes=council.votes if council is not None else (),
        missing_votes=tuple(missing_votes(groups, council, material.ruling)) if council is not None else (),
        works=works,
    )
    return with_extra_prizes(outcome, box) if material.is_last else outcome
