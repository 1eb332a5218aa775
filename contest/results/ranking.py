"""Places, best first, and every comparison that led to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from math import lcm
from operator import itemgetter
from typing import Protocol, TypeAlias

from contest.regulations.scoring import RECORDED
from contest.results.tally import CHAIR_SHEET, CRITERION, HIGHEST_SHEET, MEAN, Exact

ACT = "act"
EARLIER_RECEIPT = "earlier_receipt"
CARRIED = "carried"
"""In a voted round: for how high a prize the work was carried, 1 for the lowest."""
BALLOT = "ballot"
"""In a voted round: minus the ballot in which it was."""
VOTES = "votes"
"""In a voted round: the share of the votes; in a ranking, minus the mean of the places."""
BY_VOTE = (CARRIED, BALLOT, VOTES)
MEASURED = frozenset({MEAN, CHAIR_SHEET, HIGHEST_SHEET, *BY_VOTE})


@dataclass(frozen=True, slots=True)
class Order:
    """An order of equal works that people or a lot have chosen, best first."""

    entries: tuple[str, ...]
    method: str = ACT
    """``act``, ``vote`` or ``lot``."""
    act: int = 0
    """Number of the act that recorded it."""


Orders: TypeAlias = Mapping[frozenset[str], Order]
"""Recorded orders by the exact set of equal works they settle."""


class Compared(StrEnum):
    """What a comparison did among works that were equal before it."""

    SEPARATED = "separated"
    EQUAL = "equal"
    SKIPPED = "skipped"


class Contender(Protocol):
    """What can be ranked."""

    @property
    def entry(self) -> str: ...
    @property
    def is_ranked(self) -> bool: ...
    def measure(self, rule: str) -> Exact | None: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison on the way to a place: the rule, this work's value, and how many stood equal before it."""

    rule: str
    value: Exact | str | None
    among: int
    outcome: Compared


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one work among those it competes with, counted from 1."""

    place: int
    standing: Contender
    steps: tuple[Step, ...]
    tied_with: tuple[str, ...]
    settled: int | None = None
    """Number of the act whose order decided the last step."""

    @property
    def entry(self) -> str:
        """Code of the work."""
        return self.standing.entry

    @property
    def mean(self) -> Exact | None:
        """The exact mean the place rests on; None in a voted round."""
        return self.standing.measure(MEAN)


@dataclass(frozen=True, slots=True)
class _Values:
    """What a rule says of equal works: keys to compare, higher is better, and what is shown."""

    keys: Sequence[int]
    shown: Sequence[Exact | str]
    act: int | None = None


@dataclass(frozen=True, slots=True)
class _Ranking:
    """What a ranking looks things up in."""

    orders: Orders
    receipts: Mapping[str, str]


_Path: TypeAlias = tuple[Contender, tuple[Step, ...], int | None]


def rank(
    standings: Iterable[Contender],
    tie_breaks: Sequence[str] = (),
    orders: Orders | None = None,
    receipts: Mapping[str, str] | None = None,
    *,
    by: Sequence[str] = (MEAN,),
) -> list[Place]:
    """Place works best first; equal works share a place and the next is skipped (1, 2, 2, 4).

    What ``by`` names is compared first, then each tie-break in the order of the regulation, last of all a recorded
    act. A rule separates equal works only when every one of them has a value for it: that the chair happened not to
    score one of them is no merit and no fault. Whatever is equal after the last rule stays equal, and an act settles
    exactly the set of works it names, no other, and only where the regulation lets its method decide.

    :param standings: those that nobody has scored or voted on are passed over
    :param tie_breaks: as in `contest.regulations.scoring.TieBreak`
    :param orders: what recorded acts have chosen
    :param receipts: moments of receipt by work, for ``earlier_receipt``
    :raise ValueError: for a tie-break that does not exist
    """
    rules = (*by, *tie_breaks, *(() if ACT in tie_breaks else (ACT,)))
    found = _Ranking(orders or {}, receipts or {})
    scored: list[_Path] = [(standing, (), None) for standing in standings if standing.is_ranked]
    scored.sort(key=lambda path: path[0].entry)

    places: list[Place] = []
    for group in _separate(scored, rules, found) if scored else ():
        entries = tuple(standing.entry for standing, _, _ in group)
        place = len(places) + 1
        places += [
            Place(place, standing, steps, tuple(entry for entry in entries if entry != standing.entry), act)
            for standing, steps, act in group
        ]
    return places


def _separate(group: list[_Path], rules: Sequence[str], found: _Ranking, depth: int = 0) -> Iterator[list[_Path]]:
    """Yield the works in groups that no rule tells apart, best group first; a lone work is compared no further."""
    if depth == len(rules) or (len(group) == 1 and depth):
        yield group
        return

    rule, among = rules[depth], len(group)
    values = _values(rule, [path[0] for path in group], found)
    if values is None:
        skipped = Step(rule, None, among, Compared.SKIPPED)
        yield from _separate([(one, (*steps, skipped), act) for one, steps, act in group], rules, found, depth + 1)
        return

    outcome = Compared.SEPARATED if len(set(values.keys)) > 1 else Compared.EQUAL
    ordered = sorted(zip(values.keys, values.shown, group, strict=True), key=itemgetter(0), reverse=True)
    for _, equals in groupby(ordered, key=itemgetter(0)):
        yield from _separate(
            [(one, (*steps, Step(rule, shown, among, outcome)), values.act) for _, shown, (one, steps, _) in equals],
            rules,
            found,
            depth + 1,
        )


def _values(rule: str, group: Sequence[Contender], found: _Ranking) -> _Values | None:
    """Values of the works under a rule; None when it cannot tell all of them apart fairly."""
    if rule in RECORDED:
        return _ordered(rule, group, found.orders)
    if rule == EARLIER_RECEIPT:
        return _received(group, found.receipts)
    if rule not in MEASURED and not rule.startswith(CRITERION):
        raise ValueError(f"no such tie-break: {rule}")
    values = [standing.measure(rule) for standing in group]
    known = [value for value in values if value is not None]
    return _Values(whole(known), known) if len(known) == len(values) else None


def whole(values: Sequence[Exact]) -> list[int]:
    """Bring exact values over one denominator, so that integers are compared in their stead."""
    denominator = lcm(*{value.denominator for value in values})
    return [value.numerator * (denominator // value.denominator) for value in values]


def _ordered(method: str, group: Sequence[Contender], orders: Orders) -> _Values | None:
    order = orders.get(frozenset(standing.entry for standing in group))
    if order is None or order.method != method:
        return None
    keys = [len(order.entries) - order.entries.index(standing.entry) for standing in group]
    return _Values(keys, keys, order.act)


def _received(group: Sequence[Contender], receipts: Mapping[str, str]) -> _Values | None:
    shown = [receipts.get(standing.entry, "") for standing in group]
    moments = list(map(_moment, shown))
    known = [-moment for moment in moments if moment is not None]
    return _Values(known, shown) if len(known) == len(moments) else None


def _moment(text: str) -> int | None:
    """Read a moment as microseconds; None when it is none, or bears no zone."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment - datetime.fromisoformat("2000-01-01T00:00:00+00:00")) // timedelta(microseconds=1)
    except (ValueError, TypeError, OverflowError):
        return None
