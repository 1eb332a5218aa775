"""Places, best first, and every comparison that led to them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from typing import TypeAlias

from contest.results.tally import Standing

MEAN = "mean"
CHAIR_SHEET = "chair_sheet"
ACT = "act"
CRITERION = "criterion:"

Orders: TypeAlias = Mapping[frozenset[str], Sequence[str]]
"""Orders chosen by recorded acts, best first, by the exact set of equal entries they settle."""


class Compared(StrEnum):
    """What a comparison did among entries that were equal before it."""

    SEPARATED = "separated"
    EQUAL = "equal"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison on the way to a place: the rule, this entry's value, and how many stood equal before it."""

    rule: str
    value: Fraction | None
    among: int
    outcome: Compared


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one entry among those of its category, counted from 1."""

    place: int
    standing: Standing
    steps: tuple[Step, ...]
    tied_with: tuple[str, ...]

    @property
    def entry(self) -> str:
        """Code of the entry."""
        return self.standing.entry

    @property
    def mean(self) -> Fraction:
        """The exact mean the place rests on."""
        return self.standing.mean


_Path: TypeAlias = tuple[Standing, tuple[Step, ...]]


def rank(standings: Iterable[Standing], tie_breaks: Sequence[str] = (), orders: Orders | None = None) -> list[Place]:
    """Place entries best first; equal entries share a place and the next is skipped (1, 2, 2, 4).

    The exact mean is compared first, then each tie-break in the order of the regulation, last of all a
    recorded act. A rule separates equal entries only when every one of them has a value for it: that
    the chair happened not to score one of them is no merit and no fault. Whatever is equal after
    the last rule stays equal, and an act settles exactly the set of entries it names, no other.

    :param standings: those that nobody has scored are passed over
    :param tie_breaks: "criterion:<code>", "chair_sheet", "act"
    :param orders: what recorded acts have chosen
    """
    rules = (MEAN, *(rule for rule in tie_breaks if rule != ACT), ACT)
    scored: list[_Path] = [(standing, ()) for standing in standings if standing.used]
    scored.sort(key=lambda path: path[0].entry)

    places: list[Place] = []
    for group in _separate(scored, rules, orders or {}) if scored else ():
        entries = tuple(standing.entry for standing, _ in group)
        place = len(places) + 1
        places += [
            Place(place, standing, steps, tuple(entry for entry in entries if entry != standing.entry))
            for standing, steps in group
        ]
    return places


def _separate(group: list[_Path], rules: Sequence[str], orders: Orders) -> Iterator[list[_Path]]:
    """Yield the entries in groups that no rule tells apart, best group first; a lone entry is compared no further."""
    if not rules or (len(group) == 1 and rules[0] != MEAN):
        yield group
        return

    rule, rest = rules[0], rules[1:]
    values = _values(rule, [standing for standing, _ in group], orders)
    if values is None:
        skipped = Step(rule, None, len(group), Compared.SKIPPED)
        yield from _separate([(standing, (*steps, skipped)) for standing, steps in group], rest, orders)
        return

    outcome = Compared.SEPARATED if len(set(values)) > 1 else Compared.EQUAL
    valued = sorted(zip(values, group, strict=True), key=lambda pair: pair[0], reverse=True)
    for _, equals in groupby(valued, key=lambda pair: pair[0]):
        yield from _separate(
            [(standing, (*steps, Step(rule, value, len(group), outcome))) for value, (standing, steps) in equals],
            rest,
            orders,
        )


def _values(rule: str, group: Sequence[Standing], orders: Orders) -> list[Fraction] | None:
    """Values of the entries under a rule, higher is better; None when it cannot tell all of them apart fairly."""
    if rule == ACT:
        order = orders.get(frozenset(standing.entry for standing in group))
        if order is None:
            return None
        return [Fraction(len(order) - order.index(standing.entry)) for standing in group]
    values = list(map(_measure(rule), group))
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None


def _measure(rule: str) -> Callable[[Standing], Fraction | None]:
    if rule == MEAN:
        return lambda standing: standing.mean
    if rule == CHAIR_SHEET:
        return lambda standing: standing.chair
    if rule.startswith(CRITERION):
        code = rule.removeprefix(CRITERION)
        return lambda standing: standing.criteria.get(code)
    raise ValueError(f"no such tie-break: {rule}")
