"""Where lines of a certificate may end, and the refusal of what stands on none."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from contest.certificates.balance import balance, cut
from contest.errors import N_, ContestError
from contest.printing.fonts import Face

NOT_LAST = ("Loạt", "–", "-", "xã", "huyện", "tỉnh", "phường", "thôn", "số", "kỳ")  # kept with the word after it

WRAPPED = 512  # texts kept: those that stand on every certificate are broken once


class LineTooLong(ContestError):
    """Words that stand on one line, or a single word, wider than their place."""

    message = N_("“%(text)s” is too long for its line on the certificate. Write it shorter.")


@lru_cache(WRAPPED)
def wrap(text: str, letters: Face, points: float, measure: float) -> tuple[str, ...]:
    """Break a text into balanced lines.

    :raise LineTooLong: if one of its words is wider than the measure
    """
    pieces = together(text)
    widths = [letters.width(piece, points) for piece in pieces]
    if max(widths) > measure:
        raise LineTooLong(text=text)
    counts = balance(widths, letters.width(" ", points), measure)
    return tuple(" ".join(line) for line in cut(pieces, counts))


def together(text: str) -> list[str]:
    """Split a text into the pieces between which a line may end.

    "Loạt 5 kỳ:", a number with its noun, the name of a place with what it is, and the last two words stay together.
    """
    words = normalize("NFC", text).split()
    pieces: list[str] = []
    held = False
    for word in words:
        if held:
            pieces[-1] += f" {word}"
        else:
            pieces.append(word)
        held = word.strip("“”").isdigit() or word.strip("“”") in NOT_LAST
    if len(pieces) > 3:
        pieces[-2:] = [" ".join(pieces[-2:])]
    return pieces
