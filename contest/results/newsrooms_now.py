"""Whether the prizes for newsrooms that count points would still go to the same ones after prizes were taken back.

No regulation says what becomes of them then, so nothing follows by itself: it is a question to the organizers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from contest.results.acts import decided
from contest.results.extra_prizes import Deciding, collective, points_of
from contest.results.material import RoundMaterial

Given = tuple[str, str]
"""Code of a work, and of a prize that it has."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """One newsroom that has the prize, or would have it now.

    :ivar then: its points when the prizes were given
    :ivar now: its points by the prizes that are still given
    """

    name: str
    then: Fraction
    now: Fraction
    has: bool
    would: bool


@dataclass(frozen=True, slots=True)
class InQuestion:
    """One prize whose points have changed.

    :ivar newsrooms: the best first
    :ivar equal: newsrooms with equal points for the last of it, whom only people could order
    """

    name: str
    newsrooms: tuple[Newsroom, ...]
    equal: tuple[str, ...]

    @property
    def is_another(self) -> bool:
        """Whether it would not go to those who have it."""
        return bool(self.equal) or any(each.has != each.would for each in self.newsrooms)


def in_question(
    material: RoundMaterial, then: Iterable[Given], now: Iterable[Given], holders: Mapping[str, frozenset[str]]
) -> list[InQuestion]:
    """List the prizes by formula of which the points of a newsroom that matters have changed.

    :param material: of the last round, as it was sealed
    :param then: the prizes that the points were counted from
    :param now: those that are given by the decision in force
    :param holders: the newsrooms that have each prize, by its code
    """
    outlets = {work.entry: work.outlet for work in material.works}
    works = Counter(work.outlet for work in material.accepted_works if work.outlet and not work.out)
    before, after = _won(then, outlets), _won(now, outlets)
    acts = decided(material.acts)
    deciding = Deciding(acts.chosen, acts.prize_orders, lambda _prize, _subjects: None)
    found = []
    for prize in material.ruling.collective_prizes:
        if prize.by != "formula":
            continue
        drawn = collective(prize, works, after, deciding)
        would = {winner.subject for winner in drawn.winners}
        equal = tuple(drawn.question.entries) if drawn.question is not None else ()
        has = holders.get(prize.code, frozenset())
        newsrooms = [
            Newsroom(
                name,
                points_of(prize, works[name], before.get(name, Counter())),
                points_of(prize, works[name], after.get(name, Counter())),
                name in has,
                name in would,
            )
            for name in sorted({*has, *would, *equal})
        ]
        if any(each.then != each.now for each in newsrooms):
            newsrooms.sort(key=lambda each: -each.now)
            found.append(InQuestion(prize.name, tuple(newsrooms), equal))
    return found


def _won(given: Iterable[Given], outlets: Mapping[str, str]) -> dict[str, Counter[str]]:
    """The prizes of each newsroom, by code."""
    found: dict[str, Counter[str]] = {}
    for entry, prize in given:
        found.setdefault(outlets.get(entry, ""), Counter())[prize] += 1
    return found
