"""Whole numbers in Vietnamese words, as sums of money repeat them beside the figures.

Ours, because num2words 0.5 says 1.010 as "một nghìn lẻ mười": it leaves out empty hundreds and always says *lẻ*. What
differs between offices (*linh* or *lẻ*, *nghìn* or *ngàn*) is left to the caller.
"""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Usage:
    """How an office says numbers.

    :ivar zero_tens: the word for empty tens: "một trăm linh năm" or "một trăm lẻ năm"
    :ivar thousand: the word for 1.000
    """

    zero_tens: str = "linh"
    thousand: str = "nghìn"


def in_words(number: int, usage: Usage = Usage()) -> str:
    """Say a whole number: ``1005`` → "một nghìn không trăm linh năm".

    :raise ValueError: for a number below 0 or from 10¹⁵ on
    """
    if not 0 <= number < LARGEST:
        raise ValueError(f"{number} is not said in words")
    if not number:
        return DIGITS[0]
    said: list[str] = []
    whole_milliards = number // 1000**3 % 1000 == 0
    thousands = f"{usage.thousand} tỷ" if whole_milliards else usage.thousand
    for power, name in ((4, thousands), (3, "tỷ"), (2, "triệu"), (1, usage.thousand), (0, "")):
        three = number // 1000**power % 1000
        if three:
            said.append(_three(three, is_first=not said, usage=usage))
            said += [name] if name else []
    return " ".join(said)


def _three(number: int, *, is_first: bool, usage: Usage) -> str:
    """Say up to three digits; after larger ones their empty hundreds are said as well."""
    hundreds, rest = divmod(number, 100)
    said = [] if is_first and not hundreds else [DIGITS[hundreds], "trăm"]
    if rest >= 10 or (rest and not said):
        said.append(_two(rest))
    elif rest:
        said += [usage.zero_tens, DIGITS[rest]]
    return " ".join(said)


def _two(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return DIGITS[unit]
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not unit:
        return said
    if unit == 5:
        return f"{said} lăm"
    return f"{said} mốt" if unit == 1 and tens > 1 else f"{said} {DIGITS[unit]}"


def sum_in_words(amount: int, usage: Usage = Usage()) -> str:
    """Say a sum of money as a document does, beginning with a capital: "Mười lăm triệu đồng"."""
    said = f"{in_words(amount, usage)} đồng"
    return said[0].upper() + said[1:]
