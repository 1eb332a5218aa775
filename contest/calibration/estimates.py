"""What the draws say, in figures that can be shown: of each juror, each work and its place, and each edge.

Everything here is an estimate, with floating point numbers, and advises only. What a round comes to is computed in
`contest.results` with exact numbers, and nothing of this enters it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from contest.calibration.linking import Mark

SURE = 0.95
"""From this probability on an order is said to be separated, and a juror outside the tolerance."""
TOLERANCE = 5.0
"""How much more severe or lenient than the others a juror may be, in hundredths of the scale."""
FAR = 3.0
"""How many standard deviations a mark lies from what is expected, to be worth a second look."""
ENDS = (2.5, 97.5)


@dataclass(frozen=True)
class Scored:
    """How the figure that a work is ranked by follows from its worth.

    :ivar top: hundredths of a point that a sheet can reach
    :ivar times: how many sheets are added up; 1 where a mean, a trimmed mean or a median is taken
    :ivar bonus: hundredths of a point added for something else
    """

    entry: str
    category: str
    group: str
    top: float
    times: int = 1
    bonus: float = 0.0

    @property
    def most(self) -> float:
        """The highest figure that can be reached."""
        return self.top * self.times + self.bonus


@dataclass(frozen=True)
class Edge:
    """Where works on one side get something, and those on the other do not.

    :ivar what: code of the tier, or the term by which works go on
    :ivar inside: works that reach it, best first
    :ivar outside: works that do not, best first
    :ivar floor: hundredths of a point that must be reached; None where places decide
    """

    group: str
    what: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    floor: float | None = None


@dataclass(frozen=True)
class OfJuror:
    """One juror beside the others, in hundredths of the scale, each figure with the ends of its 95 % interval.

    :ivar severity: how much higher (or lower, negative) than the panel they mark
    :ivar unsteadiness: standard deviation of chance in their marks
    :ivar outside: how probable it is that their severity lies outside the tolerance
    """

    juror: str
    sheets: int
    severity: float
    severity_low: float
    severity_high: float
    unsteadiness: float
    unsteadiness_low: float
    unsteadiness_high: float
    outside: float

    @property
    def is_outside(self) -> bool:
        """Whether they surely mark more severely or leniently than is tolerated."""
        return self.outside >= SURE


@dataclass(frozen=True)
class OfWork:
    """What one work would have with every juror of the panel and without chance, in hundredths of a point."""

    entry: str
    group: str
    figure: float
    low: float
    high: float
    place_low: int
    place_high: int


@dataclass(frozen=True)
class Cut:
    """An edge, and how surely the works beside it lie where they do.

    :ivar separation: probability that the last inside and the first outside lie in this order, or that both lie on
        their side of the floor
    :ivar doubtful: works that lie on their side with less than `SURE`, each with the probability to be inside
    """

    edge: Edge
    separation: float
    doubtful: tuple[tuple[str, float], ...]

    @property
    def is_separable(self) -> bool:
        """Whether the marks tell the works on both sides apart."""
        return self.separation >= SURE


@dataclass(frozen=True)
class Astray:
    """A mark that lies far from what its juror and its work let expect.

    :ivar distance: hundredths of the scale above (or below, negative) what is expected
    """

    entry: str
    juror: str
    distance: float


@dataclass(frozen=True)
class Estimates:
    """All that can be said of the marks of a round."""

    jurors: tuple[OfJuror, ...]
    """The most severe first."""
    works: Mapping[str, OfWork]
    cuts: tuple[Cut, ...]
    astray: tuple[Astray, ...]
    unknown: frozenset[str]
    """Works of which too few marks are there to say anything."""

    @property
    def near_an_edge(self) -> frozenset[str]:
        """Works of which it is not sure on which side of an edge they lie."""
        return frozenset(entry for cut in self.cuts if not cut.is_separable for entry, _ in cut.doubtful)

    @property
    def marked_astray(self) -> frozenset[str]:
        """Works that have a mark far from what is expected."""
        return frozenset(each.entry for each in self.astray)


@lru_cache(maxsize=8)
def estimate(marks: tuple[Mark, ...], works: tuple[Scored, ...], edges: tuple[Edge, ...]) -> Estimates:
    """Say what marks tell of jurors, works and edges. Equal marks give equal figures, which are kept for a while."""
    from contest.calibration import figures  # NumPy takes a twentieth of the start, and few pages need it

    return figures.figured(marks, works, edges)
