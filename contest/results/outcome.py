"""The outcome of one category of one round: standings, places, who advances or which prizes are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contest.results.advancement import Advancement, advance
from contest.results.awards import Outcome as Prizes
from contest.results.awards import TierRule, award
from contest.results.ranking import Orders, Place, rank
from contest.results.tally import Sheet, Standing, tally


@dataclass(frozen=True, slots=True)
class Terms:
    """What the regulation says of one category in one round.

    :ivar share: of the entries that go on, None in the last round
    :ivar tiers: prizes from the highest down, empty unless the round gives prizes
    """

    category: str
    criteria: tuple[str, ...]
    minimum: int
    discrepancy: int | None = None
    tie_breaks: tuple[str, ...] = ()
    share: Fraction | None = None
    tiers: tuple[TierRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one category."""

    category: str
    standings: tuple[Standing, ...]
    places: tuple[Place, ...]
    advancement: Advancement | None
    prizes: Prizes | None


def conclude(terms: Terms, sheets: Mapping[str, Sequence[Sheet]], orders: Orders | None = None) -> Outcome:
    """Conclude a category from its sheets and the orders chosen by recorded acts.

    :param sheets: by entry code, an empty sequence for an entry that nobody has scored
    """
    standings = tuple(
        tally(entry, sheets[entry], terms.criteria, minimum=terms.minimum, limit=terms.discrepancy)
        for entry in sorted(sheets)
    )
    places = rank(standings, terms.tie_breaks, orders)
    return Outcome(
        category=terms.category,
        standings=standings,
        places=tuple(places),
        advancement=advance(places, terms.share) if terms.share is not None else None,
        prizes=award(places, terms.tiers) if terms.tiers else None,
    )
