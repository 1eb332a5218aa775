"""Points in words, as a score sheet repeats its total beside the figure."""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(hundredths: int) -> str:
    """Write points in Vietnamese words: ``8950`` → "tám mươi chín phẩy năm", up to 9.999,99."""
    whole, rest = divmod(hundredths, 100)
    said = _whole(whole)
    if not rest:
        return said
    if rest % 10 == 0:
        return f"{said} phẩy {DIGITS[rest // 10]}"
    return f"{said} phẩy {'không ' + DIGITS[rest] if rest < 10 else _tens(rest)}"


def _whole(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _hundreds(rest)
    said = f"{DIGITS[thousands]} nghìn"
    return f"{said} {'không trăm ' + _after_hundreds(rest) if rest < 100 else _hundreds(rest)}" if rest else said


def _hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _tens(rest)
    said = f"{DIGITS[hundreds]} trăm"
    return f"{said} {_after_hundreds(rest)}" if rest else said


def _after_hundreds(rest: int) -> str:
    return f"linh {DIGITS[rest]}" if rest < 10 else _tens(rest)


def _tens(number: int) -> str:
    tens, unit = divmod(number, 10)
    if not tens:
        return DIGITS[unit]
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not unit:
        return said
    if unit == 5:
        return f"{said} lăm"
    return f"{said} mốt" if unit == 1 and tens > 1 else f"{said} {DIGITS[unit]}"
