"""Points in words, as a score sheet repeats its total beside the figure."""

from __future__ import annotations

from contest.printing.official.spoken import DIGITS
from contest.printing.official.spoken import in_words as whole_in_words


def in_words(hundredths: int) -> str:
    """Write points in Vietnamese words: ``8950`` → "tám mươi chín phẩy năm"."""
    whole, rest = divmod(hundredths, 100)
    said = whole_in_words(whole)
    if not rest:
        return said
    if rest % 10 == 0:
        return f"{said} phẩy {DIGITS[rest // 10]}"
    return f"{said} phẩy {'không ' + DIGITS[rest] if rest < 10 else whole_in_words(rest)}"
