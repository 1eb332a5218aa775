"""The words that the text of a regulation takes from its data, in the language of the regulation.

They do not pass the catalogues: a regulation has one language, whatever the reader's pages are in.
"""

from __future__ import annotations

from contest.regulations.vietnamese.places import fill, places
from contest.regulations.vietnamese.words import (
    closing,
    exactly,
    grouped,
    in_words,
    listed,
    long_date,
    lowered,
    moment,
    opening,
    padded,
    points,
    raised,
    share,
    short_date,
    size,
)

__all__ = [
    "closing",
    "exactly",
    "fill",
    "grouped",
    "in_words",
    "listed",
    "long_date",
    "lowered",
    "moment",
    "opening",
    "padded",
    "places",
    "points",
    "raised",
    "share",
    "short_date",
    "size",
]
