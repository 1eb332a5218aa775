"""The prizes over the groups, and the money of all prizes, once the tiers are given."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from contest.regulations.prizes import PrizeMoney, ThematicPrize
from contest.regulations.voting import VoteRule
from contest.results.ballots import Box
from contest.results.extra_prizes import Deciding, ExtraPrize, collective, special, thematic
from contest.results.material import Work
from contest.results.money import Totals, totals
from contest.results.outcome.round import RoundOutcome, tiers_of
from contest.results.ranking import MEAN
from contest.results.tally import Exact
from contest.results.voting import Vote


def with_extra_prizes(outcome: RoundOutcome, box: Box) -> RoundOutcome:
    """Give special, then thematic, then collective prizes, and add up the money."""
    outcome = replace(outcome, special=_special(outcome, box))
    outcome = replace(outcome, thematic=_thematic(outcome, box))
    outcome = replace(outcome, collective=_collective(outcome, box))
    return replace(outcome, money=_money(outcome))


def _deciding(outcome: RoundOutcome, box: Box, rule: VoteRule | None) -> Deciding:
    def votes(prize: str, subjects: frozenset[str]) -> Vote | None:
        return box.on_prize(rule, prize, subjects) if rule is not None else None

    return Deciding(outcome.decided.chosen, outcome.decided.prize_orders, votes)


def _special(outcome: RoundOutcome, box: Box) -> tuple[ExtraPrize, ...]:
    """Draw the special prizes; a work that has one takes no other while a work takes one prize at most."""
    ruling, found = outcome.material.ruling, []
    tiers, means = tiers_of(outcome.groups), _means(outcome)
    for prize in ruling.special_prizes:
        one = special(prize, tiers, means, _deciding(outcome, box, prize.vote))
        found.append(one)
        if ruling.awarding.one_prize:
            taken = {winner.subject for winner in one.winners}
            tiers = {entry: tier for entry, tier in tiers.items() if entry not in taken}
    return tuple(found)


def _thematic(outcome: RoundOutcome, box: Box) -> tuple[ExtraPrize, ...]:
    """Give the thematic prizes; to works without a prize only, while a work takes one prize at most."""
    ruling, found = outcome.material.ruling, []
    means, taken = _means(outcome), set(outcome.prizes)
    for prize in ruling.thematic_prizes:
        candidates = {
            entry: mean
            for entry, mean in means.items()
            if not (ruling.awarding.one_prize and entry in taken) and _takes(prize, outcome.works[entry])
        }
        one = thematic(prize, candidates, _deciding(outcome, box, prize.vote))
        found.append(one)
        taken |= {winner.subject for winner in one.winners}
    return tuple(found)


def _takes(prize: ThematicPrize, work: Work) -> bool:
    return prize.takes(category=work.category, genre=work.genre, topic=work.topic)


def _means(outcome: RoundOutcome) -> dict[str, Exact | None]:
    """Exact mean of every work that has been scored or voted on; None in a voted round."""
    return {standing.entry: standing.measure(MEAN) for standing in outcome.standings if standing.is_ranked}


def _collective(outcome: RoundOutcome, box: Box) -> tuple[ExtraPrize, ...]:
    works = Counter(work.outlet for work in outcome.material.accepted_works if work.outlet and not work.out)
    won: dict[str, Counter[str]] = {}
    for entry, codes in outcome.prizes.items():
        won.setdefault(outcome.works[entry].outlet, Counter()).update(codes)
    return tuple(
        collective(prize, works, won, _deciding(outcome, box, prize.vote))
        for prize in outcome.material.ruling.collective_prizes
    )


def _money(outcome: RoundOutcome) -> Totals:
    """Add up every prize that is given; the prize of a tier that was given back is not."""
    ruling = outcome.material.ruling
    given = Counter(code for codes in outcome.prizes.values() for code in codes)
    given.update({prize.code: len(prize.winners) for prize in outcome.collective})
    prizes: dict[str, PrizeMoney] = {tier.code: tier.money for tier in ruling.prizes}
    prizes |= {prize.code: prize.money for prize in ruling.special_prizes}
    prizes |= {prize.code: prize.money for prize in ruling.thematic_prizes}
    prizes |= {prize.code: prize.money for prize in ruling.collective_prizes}
    return totals(prizes, given, ruling.base_salary)
