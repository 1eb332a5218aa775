"""Numbers, days and lists in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from contest.clock import ZONE

if TYPE_CHECKING:
    from contest.regulations.schedule import Moments
    from contest.regulations.scoring import RoundRule

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def in_words(number: int) -> str:
    """Write a small number in words, a larger one in figures."""
    return DIGITS[number] if 0 <= number <= 10 else grouped(number)


def grouped(number: int) -> str:
    """Write a whole number with points between the thousands: 15.000.000."""
    return f"{number:,}".replace(",", ".")


def padded(number: int) -> str:
    """Write a count as official papers do: 05, 12, 1.200."""
    return f"{number:02d}" if number < 1000 else grouped(number)


def points(hundredths: int) -> str:
    """Write hundredths of a point with a comma: 1750 is 17,5."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)


def exactly(number: Fraction) -> str:
    """Write a fraction with a comma when two decimals hold it, else as a fraction: 1,5; 2/3."""
    hundredths = number * 100
    return points(int(hundredths)) if hundredths.denominator == 1 else f"{number.numerator}/{number.denominator}"


def size(megabytes: int) -> str:
    """Write a size: 300 MB, 2 GB."""
    return f"{megabytes // 1024} GB" if megabytes % 1024 == 0 else f"{grouped(megabytes)} MB"


def share(value: Fraction) -> str:
    """Write a share in words: "hai phần ba"."""
    if value == 1:
        return "toàn bộ"
    if value == Fraction(1, 2):
        return "một nửa"
    return f"{in_words(value.numerator)} phần {in_words(value.denominator)}"


def long_date(day: date) -> str:
    """Write a date as official papers do: "ngày 01 tháng 01 năm 2021", "ngày 31 tháng 7 năm 2025"."""
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def short_date(day: date) -> str:
    """Write a date for a table: 01/08/2025."""
    return f"{day:%d/%m/%Y}"


def moment(at: datetime) -> str:
    """Write a moment: "17 giờ 00 phút ngày 05 tháng 9 năm 2025"."""
    local = at.astimezone(ZONE)
    return f"{local.hour} giờ {local.minute:02d} phút {long_date(local.date())}"


def opening(at: datetime) -> str:
    """Write when something opens; midnight is left unsaid."""
    local = at.astimezone(ZONE)
    return long_date(local.date()) if (local.hour, local.minute) == (0, 0) else moment(at)


def closing(span: Moments | RoundRule) -> str:
    """Write when something closes; midnight reads "hết ngày"."""
    return f"hết {long_date(span.last_day)}" if span.to_the_end_of_the_day else moment(span.closes)


def listed(words: Iterable[str], last: str = "và") -> str:
    """Join words as a sentence does: "a, b và c"."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def lowered(name: str) -> str:
    """Begin a name with a small letter, for the middle of a sentence; capitals in a row stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def raised(sentence: str) -> str:
    """Begin with a capital, for the head of a sentence or of a cell."""
    return sentence[:1].upper() + sentence[1:]
