"""Which exemplar stands for which, from the merges in force alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Merged = tuple[int, int]
"""An exemplar, and the one that it was merged into."""


def standing(merges: Iterable[Merged]) -> dict[int, int]:
    """Say for every merged exemplar which one stands for it: the end of its chain, never one that is merged itself.

    :param merges: those in force; each exemplar is merged into one at most, and no chain closes
    """
    into = dict(merges)
    return {merged: _end(merged, into) for merged in into}


def _end(exemplar: int, into: Mapping[int, int]) -> int:
    while exemplar in into:
        exemplar = into[exemplar]
    return exemplar
