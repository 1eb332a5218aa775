"""Which prize over the groups waits for people to choose, and among whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from contest.regulations.prizes import SpecialPrize, ThematicPrize
from contest.results.outcome import RoundOutcome
from contest.results.tally import MEAN, Exact


@dataclass(frozen=True, slots=True)
class Choosing:
    """A prize that people choose for.

    :ivar candidates: codes of works, or newsrooms
    :ivar quota: how many may be chosen at most
    """

    prize: str
    quota: int
    candidates: tuple[str, ...]
    of_newsrooms: bool = False


def open_choice(outcome: RoundOutcome) -> Choosing | None:
    """Find the first prize that waits to be chosen for; later ones may hang on it."""
    for prize in outcome.extra_prizes:
        if prize.is_open:
            if prize.by != "act":
                return None
            newsrooms = any(prize is each for each in outcome.collective)
            return Choosing(prize.code, prize.quota, candidates_of(outcome, prize.code), newsrooms)
        if prize.question is not None:
            return None
    return None


def candidates_of(outcome: RoundOutcome, code: str) -> tuple[str, ...]:
    """Name the works, or newsrooms, that can take a prize over the groups."""
    ruling = outcome.material.ruling
    for special in ruling.special_prizes:
        if special.code == code:
            return _of_special(outcome, special)
    for thematic in ruling.thematic_prizes:
        if thematic.code == code:
            return _of_thematic(outcome, thematic)
    collective = next(prize for prize in ruling.collective_prizes if prize.code == code)
    works = Counter(work.outlet for work in outcome.material.accepted_works if work.outlet and not work.out)
    return tuple(sorted(outlet for outlet, number in works.items() if number >= collective.minimum_works))


def _of_special(outcome: RoundOutcome, special: SpecialPrize) -> tuple[str, ...]:
    means = _means(outcome)
    taken = {
        winner.subject
        for prize in outcome.special
        if outcome.material.ruling.awarding.one_prize and prize.code != special.code
        for winner in prize.winners
    }
    return tuple(
        each.entry
        for group in outcome.groups
        if group.prizes is not None
        for each in group.prizes.awards
        if each.tier in special.from_tiers
        and each.entry not in taken
        and _reaches(means.get(each.entry), special.floor)
    )


def _of_thematic(outcome: RoundOutcome, thematic: ThematicPrize) -> tuple[str, ...]:
    with_prize = outcome.prizes if outcome.material.ruling.awarding.one_prize else {}
    return tuple(
        entry
        for entry, mean in _means(outcome).items()
        if _reaches(mean, thematic.floor)
        and not set(with_prize.get(entry, ())) - {thematic.code}
        and thematic.takes(
            category=outcome.works[entry].category, genre=outcome.works[entry].genre, topic=outcome.works[entry].topic
        )
    )


def _means(outcome: RoundOutcome) -> dict[str, Exact | None]:
    return {standing.entry: standing.measure(MEAN) for standing in outcome.standings if standing.is_ranked}


def _reaches(mean: Exact | None, floor: int) -> bool:
    """Say whether a work reaches a floor; one that was voted on has no mean and is asked for none."""
    return mean is None or mean >= floor
