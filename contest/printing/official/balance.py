"""Lines of a title, broken so that none is left with a word or two."""

from __future__ import annotations

from functools import cache

from contest.printing.fonts import face


@cache
def balanced(text: str, room: float, points: float = 14, weight: int = 700) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, as even as they can be.

    :param room: in millimetres
    """
    words = _together(text.split())
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


QUOTED = 4
"""Words between quotation marks that stay on one line, at most."""


def _together(words: list[str]) -> list[str]:
    """Join the words of a short quotation, so that no line ends inside it."""
    found: list[str] = []
    for word in words:
        if found and "“" in found[-1] and "”" not in found[-1] and found[-1].count(" ") < QUOTED - 1:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


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
