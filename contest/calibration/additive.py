"""How severe and how steady each juror is, and what each work is worth beside chance: draws from an additive model.

A mark is taken apart as ``mark = category + work + juror + chance``. Works and jurors are random effects, shrunk
towards zero by as much as the marks themselves say; how far chance moves a mark is each juror's own. The effects of
works are absorbed, so that one dense system of the size of the panel is solved, however many works there are. What is
not known, the variances included, is integrated over by drawing from the posterior with Gibbs' sampler: all effects in
one block, then all variances. The seed comes from the marks, so that equal marks give equal figures.

The scale ends, and a mark at its end says only "at least this much": how far beyond the end it would lie is drawn as
well, with everything else given, so that a work praised by all is not taken for one on which all agree.

A panel's mean severity and the worth of its works cannot be told apart. So severity is counted from the mean of the
jurors, each weighed by the sheets they gave, and a work is worth what that whole panel would have given it without
chance. Works that no chain of common jurors links are estimated apart: what lies between them nobody can know.

Sources: C. R. Henderson, "Best linear unbiased estimation and prediction under a selection model", Biometrics 31
(1975) 423-447 (mixed model equations, absorption); S. R. Searle, G. Casella, C. E. McCulloch, "Variance Components"
(1992), chapters 7 and 9; C. S. Wang, J. J. Rutledge, D. Gianola, "Marginal inferences about variance components in a
mixed linear model using Gibbs sampling", Genetics Selection Evolution 25 (1993) 41-62; A. Gelman, "Prior distributions
for variance parameters in hierarchical models", Bayesian Analysis 1 (2006) 515-534; S. Chib, "Bayes inference in the
Tobit censored regression model", Journal of Econometrics 51 (1992) 79-99 (marks at the ends); P. Damien, S. G. Walker,
"Sampling truncated normal, beta, and gamma densities", Journal of Computational and Graphical Statistics 10 (2001)
206-215. The idea that a mark has facets,
of which the judge is one: J. M. Linacre, "Many-Facet Rasch Measurement" (1989).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from contest.calibration.linking import HIGHEST, LOWEST, Mark

Floats: TypeAlias = NDArray[np.float64]

KEPT = 800
"""Draws that are kept."""
PASSED_OVER = 100
"""Draws before those: the chain forgets where it began within a few."""
LIKENESS = 8.0
"""How many marks of their own the steadiness of the others is worth to a juror."""
USUAL_SEVERITY, JURORS_BEFOREHAND = 5.0, 2.0
"""How severe jurors are expected to be, in hundredths of the scale, and how many jurors that is worth."""


@dataclass(frozen=True)
class Draws:
    """Draws from the posterior for linked works and jurors: one row a draw, in hundredths of the scale."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    worth: Floats
    severity: Floats
    unsteadiness: Floats
    """Standard deviation of chance in a juror's marks."""


def draw(marks: Sequence[Mark], kept: int = KEPT) -> Draws:
    """Draw worths, severities and unsteadinesses from what linked marks say of them.

    :param marks: that `suffices` takes, at most one of a juror for a work
    """
    design = _Design.of(sorted(marks))
    chance = np.random.default_rng(seed(marks))
    state = _Variances.at_first(design)
    worth, severity, unsteadiness = (np.empty((kept, size)) for size in (design.works, design.panel, design.panel))
    for number in range(-PASSED_OVER, kept):
        effects = _draw_effects(design, state, chance)
        state = _draw_variances(design, effects, state, chance)
        _draw_beyond(design, effects, state, chance)
        if number >= 0:
            level = float(design.share @ effects.juror)
            worth[number] = effects.category[design.category_of] + effects.work + level
            severity[number] = effects.juror - level
            unsteadiness[number] = np.sqrt(state.chance)
    return Draws(design.entries, design.jurors, worth, severity, unsteadiness)


def seed(marks: Iterable[Mark]) -> int:
    """Make a seed out of marks, whatever their order."""
    lines = sorted(f"{mark.entry}\t{mark.juror}\t{mark.value:.6f}" for mark in marks)
    return int.from_bytes(sha256("\n".join(lines).encode()).digest()[:8])


@dataclass(frozen=True)
class _Design:
    """Marks as arrays: who gave what to which work, and what does not change from draw to draw."""

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    category_of: NDArray[np.intp]  # of each work
    member: Floats  # categories x works, 1 where the work is of the category
    given: Floats  # works x jurors, 1 where there is a mark
    marks: Floats  # works x jurors, 0 where there is none
    work: NDArray[np.intp]  # of each mark
    juror: NDArray[np.intp]
    value: Floats  # of each mark; of those at an end what the last draw made of them
    at_end: NDArray[np.intp]  # marks that only say "at least" or "at most"
    end: Floats  # which they are: 1 at the highest, -1 at the lowest
    number: Floats  # marks by juror
    share: Floats

    @classmethod
    def of(cls, marks: Sequence[Mark]) -> _Design:
        entries = tuple(sorted({mark.entry for mark in marks}))
        jurors = tuple(sorted({mark.juror for mark in marks}))
        categories = sorted({mark.category for mark in marks})
        at_work = {entry: number for number, entry in enumerate(entries)}
        at_juror = {juror: number for number, juror in enumerate(jurors)}
        category_by = {mark.entry: categories.index(mark.category) for mark in marks}
        category_of = np.array([category_by[entry] for entry in entries])
        work = np.array([at_work[mark.entry] for mark in marks])
        juror = np.array([at_juror[mark.juror] for mark in marks])
        value = np.array([mark.value for mark in marks], dtype=np.float64)
        given, table = np.zeros((len(entries), len(jurors))), np.zeros((len(entries), len(jurors)))
        given[work, juror], table[work, juror] = 1.0, value
        number = given.sum(axis=0)
        at_end = np.flatnonzero((value >= HIGHEST) | (value <= LOWEST))
        return cls(
            entries,
            jurors,
            category_of,
            (category_of == np.arange(len(categories))[:, None]).astype(np.float64),
            given,
            table,
            work,
            juror,
            value,
            at_end,
            np.where(value[at_end] >= HIGHEST, 1.0, -1.0),
            number,
            number / number.sum(),
        )

    def put_at_ends(self, values: Floats) -> None:
        """Take other values for the marks at the ends."""
        self.value[self.at_end] = values
        self.marks[self.work[self.at_end], self.juror[self.at_end]] = values

    @property
    def works(self) -> int:
        return len(self.entries)

    @property
    def panel(self) -> int:
        return len(self.jurors)


@dataclass(frozen=True)
class _Variances:
    work: float
    juror: float
    chance: Floats  # by juror

    @classmethod
    def at_first(cls, design: _Design) -> _Variances:
        whole = float(design.value.var()) + 1e-6
        return cls(whole / 2, whole / 4, np.full(design.panel, whole / 4))


@dataclass(frozen=True)
class _Effects:
    category: Floats
    work: Floats
    juror: Floats


def _draw_effects(design: _Design, state: _Variances, chance: np.random.Generator) -> _Effects:
    """Draw all effects at once: categories and jurors with the works absorbed, then the works given those."""
    weight = 1.0 / state.chance
    weighed = design.given @ weight  # by work
    pulled = design.marks @ weight
    free = 1.0 / (weighed + 1.0 / state.work)  # what is left unknown of a work when everything else is known
    left = 1.0 - free * weighed
    categories = len(design.member)
    system = np.empty((categories + design.panel,) * 2)
    system[:categories, :categories] = np.diag(design.member @ (weighed * left))
    across = (design.member * left) @ design.given * weight
    system[:categories, categories:], system[categories:, :categories] = across, across.T
    together = design.given.T @ (design.given * free[:, None])
    system[categories:, categories:] = -weight[:, None] * together * weight
    system[categories:, categories:] += np.diag(design.number * weight + 1.0 / state.juror)
    right = np.concatenate(
        [design.member @ (pulled * left), weight * (design.marks.sum(axis=0) - design.given.T @ (free * pulled))]
    )
    root = np.linalg.cholesky(system)
    solution = np.linalg.solve(root.T, np.linalg.solve(root, right) + chance.standard_normal(len(right)))
    category, juror = solution[:categories], solution[categories:]
    expected = free * (pulled - weighed * category[design.category_of] - design.given @ (weight * juror))
    return _Effects(category, expected + np.sqrt(free) * chance.standard_normal(design.works), juror)


def _draw_variances(design: _Design, effects: _Effects, state: _Variances, chance: np.random.Generator) -> _Variances:
    """Draw the variances given the effects.

    Beforehand every standard deviation of works is as likely as any other, that of jurors is about `USUAL_SEVERITY`,
    and the unsteadiness of the jurors is alike, about a value that is drawn as well.
    """
    rest = design.value - (effects.category[design.category_of] + effects.work)[design.work]
    squares = np.bincount(design.juror, (rest - effects.juror[design.juror]) ** 2, minlength=design.panel)
    common = chance.gamma(design.panel * LIKENESS / 2) / (LIKENESS / 2 * float((1.0 / state.chance).sum()))
    beforehand = JURORS_BEFOREHAND * USUAL_SEVERITY**2
    return _Variances(
        work=float(effects.work @ effects.work) / chance.chisquare(design.works - 1) + 1e-9,
        juror=(beforehand + float(effects.juror @ effects.juror)) / chance.chisquare(JURORS_BEFOREHAND + design.panel),
        chance=(LIKENESS * common + squares) / chance.chisquare(LIKENESS + design.number) + 1e-9,
    )


def _draw_beyond(design: _Design, effects: _Effects, state: _Variances, chance: np.random.Generator) -> None:
    """Draw where marks at an end of the scale would lie without it: one step of a slice sampler each."""
    if not len(design.at_end):
        return
    work, juror = design.work[design.at_end], design.juror[design.at_end]
    expected = effects.category[design.category_of[work]] + effects.work[work] + effects.juror[juror]
    spread = np.sqrt(state.chance[juror])
    bound = np.where(design.end > 0, HIGHEST, -LOWEST)
    least = (bound - design.end * expected) / spread
    now = (design.end * (design.value[design.at_end] - expected)) / spread
    reach = np.sqrt(now**2 - 2 * np.log1p(-chance.random(len(now))))
    drawn = chance.uniform(np.maximum(least, -reach), reach)
    design.put_at_ends(design.end * np.maximum(design.end * expected + spread * drawn, bound))
