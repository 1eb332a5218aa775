"""How well exemplars written differently are found to be the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.likeness import pairs
from contest.exemplars.localities import provinces
from contest.exemplars.reading import Written
from tests.exemplars.mentions import Mention


class Measured(NamedTuple):
    """What was proposed of the pairs that are the same, and what of the proposed is true."""

    recall: float
    precision: float
    missed: Counter[tuple[Mention, Mention]]
    wrong: Counter[tuple[Mention, Mention]]


def as_written(mention: Mention) -> Written:
    """A mention as the rules are given it."""
    return Written(mention.name, ExemplarKind(mention.kind), mention.locality, mention.unit)


def measure(mentions: list[Mention]) -> Measured:
    """Propose pairs among all mentions, and count."""
    written = {number: as_written(mention) for number, mention in enumerate(mentions)}
    proposed = {(pair.one, pair.other) for pair in pairs(written, provinces()[0])}
    true = {(a, b) for a, b in combinations(range(len(mentions)), 2) if mentions[a].who == mentions[b].who}
    right = len(proposed & true)
    return Measured(
        recall=right / len(true),
        precision=right / len(proposed),
        missed=_named(true - proposed, mentions),
        wrong=_named(proposed - true, mentions),
    )


def _named(numbers: Iterable[tuple[int, int]], mentions: list[Mention]) -> Counter[tuple[Mention, Mention]]:
    return Counter((mentions[a], mentions[b]) for a, b in sorted(numbers))
