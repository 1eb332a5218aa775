"""Line ends: as few lines as a measure allows, and among those the most even ones.

Widths are numbers; what they measure is the caller's affair.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

Piece = TypeVar("Piece")


def fill(widths: Sequence[float], gap: float, measure: float) -> list[int]:
    """Fill lines from the first piece on: how many pieces each line takes.

    A piece wider than the measure stands alone and sticks out.

    :param gap: width of what stands between two pieces of a line
    """
    counts: list[int] = []
    used = 0.0
    for width in widths:
        if counts and used + gap + width <= measure:
            counts[-1] += 1
            used += gap + width
        else:
            counts.append(1)
            used = width
    return counts


def balance(widths: Sequence[float], gap: float, measure: float) -> list[int]:
    """Break pieces into the fewest lines, and among those breaks take the one whose longest line is shortest.

    The longest line of any break is a run of neighbours, so the runs' widths are all the measures worth trying.
    Evenness also removes the single word that greedy filling leaves on a last line.
    """
    fewest = len(fill(widths, gap, measure))
    ends = [0.0, *accumulate(width + gap for width in widths)]
    runs = {ends[stop] - ends[start] - gap for start in range(len(widths)) for stop in range(start + 1, len(ends))}
    widest = max(widths)  # named for itself: as a difference of sums it may come out a little less
    measures = sorted(run + 1e-9 for run in {*runs, widest} if widest <= run < measure)
    first = bisect_left(measures, True, key=lambda run: len(fill(widths, gap, run)) <= fewest)
    return fill(widths, gap, measures[first] if first < len(measures) else measure)


def cut(pieces: Sequence[Piece], counts: Sequence[int]) -> list[list[Piece]]:
    """Cut a sequence into lines of so many pieces each."""
    stops = list(accumulate(counts))
    return [list(pieces[stop - count : stop]) for count, stop in zip(counts, stops, strict=True)]
