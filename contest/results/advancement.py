"""Who goes on to the next round."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contest.regulations.scoring import AdvancementTerms
from contest.results.ranking import Place

SHARE, TOP, FLOOR, FLAGGED, CARRIED = "share", "top", "floor", "flagged", "carried"


@dataclass(frozen=True, slots=True)
class Passed:
    """One term, and who meets it.

    :ivar limit: the share, the number, or the floor in hundredths
    :ivar seats: how many the term alone would send on; everyone at the edge comes with them
    :ivar edge: the last place that goes on by this term
    """

    term: str
    limit: Fraction | int | None
    entries: frozenset[str]
    seats: int | None = None
    edge: int | None = None

    @property
    def beyond(self) -> int:
        """How many meet it only because they stand equal with the last seat."""
        return len(self.entries) - self.seats if self.seats is not None else 0


@dataclass(frozen=True, slots=True)
class Advancement:
    """Those of one category who go on, best first, and what each term said."""

    join: str
    terms: tuple[Passed, ...]
    entries: tuple[str, ...]

    def passed(self, entry: str) -> tuple[str, ...]:
        """Name the terms that a work meets."""
        return tuple(term.term for term in self.terms if entry in term.entries)


def advance(
    places: Sequence[Place],
    terms: AdvancementTerms,
    *,
    flagged: Collection[str] = (),
    carried: Collection[str] | None = None,
) -> Advancement:
    """Send on the works of a category that meet the terms: all that are given, or one of them.

    A share is rounded up, and whoever stands equal at an edge goes on with it. What is voted on must be carried first,
    whatever else is asked. When no term is given nothing is asked.

    :param places: of one category, best first
    :param flagged: works that a recorded act names
    :param carried: in a voted round: works that the vote carried; None where nothing is carried
    """
    found = tuple(_terms(places, terms, flagged))
    sets = [term.entries for term in found]
    join: Mapping[str, frozenset[str]] = {
        "all": frozenset(place.entry for place in places).intersection(*sets),
        "any": frozenset().union(*sets) if sets else frozenset(place.entry for place in places),
    }
    going = join[terms.join]
    if carried is not None:
        found = (Passed(CARRIED, None, frozenset(carried)), *found)
        going &= frozenset(carried)
    return Advancement(terms.join, found, tuple(place.entry for place in places if place.entry in going))


def _terms(places: Sequence[Place], terms: AdvancementTerms, flagged: Collection[str]) -> Iterator[Passed]:
    if terms.share is not None:
        seats = -(-len(places) * terms.share.numerator // terms.share.denominator)
        yield _best(SHARE, terms.share, places, seats)
    if terms.top is not None:
        yield _best(TOP, terms.top, places, min(terms.top, len(places)))
    if terms.floor is not None:
        reached = frozenset(place.entry for place in places if place.mean is not None and place.mean >= terms.floor)
        yield Passed(FLOOR, terms.floor, reached)
    if terms.flagged:
        yield Passed(FLAGGED, None, frozenset(place.entry for place in places if place.entry in flagged))


def _best(term: str, limit: Fraction | int, places: Sequence[Place], seats: int) -> Passed:
    """Take so many best works and everyone who stands equal with the last of them."""
    if not seats:
        return Passed(term, limit, frozenset(), 0, 0)
    edge = places[seats - 1].place
    return Passed(term, limit, frozenset(place.entry for place in places if place.place <= edge), seats, edge)
