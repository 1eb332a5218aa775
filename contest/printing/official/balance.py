"""Lines of a title, broken so that none is left with a word or two."""

from __future__ import annotations

from functools import cache

from contest.printing.fonts import face


@cache
def balanced(text: str, room: float, points: float = 14, weight: int = 700) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, as even as they can be.

    :param room: in millimetres
    """
    words = text.split()
    letters = face("Liberation Serif", weight)
    widths = [letters.width(word, points) for word in words]
    space = letters.width(" ", points)
    fewest = len(_filled(widths, space, room))
    low, high = max(widths, default=0.0), room
    while high - low > 0.5:
        middle = (low + high) / 2
        if len(_filled(widths, space, middle)) <= fewest:
            high = middle
        else:
            low = middle
    lines, at = [], 0
    for count in _filled(widths, space, high):
        lines.append(" ".join(words[at : at + count]))
        at += count
    return tuple(lines)


def _filled(widths: list[float], space: float, room: float) -> list[int]:
    """Fill lines one after the other: how many words each takes."""
    counts, used = [0], 0.0
    for width in widths:
        wider = used + (space if counts[-1] else 0) + width
        if counts[-1] and wider > room:
            counts.append(1)
            used = width
        else:
            counts[-1] += 1
            used = wider
    return counts
