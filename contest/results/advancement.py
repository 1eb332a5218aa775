"""Who goes on to the next round."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from contest.results.ranking import Place


@dataclass(frozen=True, slots=True)
class Advancement:
    """Those of one category who go on, and how many seats the share alone would have given."""

    seats: int
    edge: int
    entries: tuple[str, ...]

    @property
    def beyond(self) -> int:
        """How many go on only because they stand equal with the last seat."""
        return len(self.entries) - self.seats


def advance(places: Sequence[Place], share: Fraction) -> Advancement:
    """Send on the best share of a category, rounded up, and everyone who stands equal at the edge.

    :param places: of one category, best first
    :param share: between 0 and 1, exact
    """
    seats = -(-len(places) * share.numerator // share.denominator)
    if not seats:
        return Advancement(0, 0, ())
    edge = places[seats - 1].place
    return Advancement(seats, edge, tuple(place.entry for place in places if place.place <= edge))
