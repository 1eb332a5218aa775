"""Numbers, dates and sizes as a Vietnamese reader writes them; in English for English pages."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from babel.numbers import format_decimal
from flask import Flask
from flask_babel import format_date as babel_date
from flask_babel import get_locale, gettext
from markupsafe import Markup, escape

from contest import clock
from contest.web.quoting import quoted, within_quotes

CODE = re.compile(r"\b[A-ZĐ]{1,8}-\d{3,}\b")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật")


def _locale() -> str:
    found = get_locale()
    return found.language if found else "vi"


def as_date(value: date | datetime | str | None) -> str:
    """Write a day as dd/mm/yyyy; a moment is the day it falls on in the contest's zone; an ISO text is read first."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return value.strftime("%d/%m/%Y")


def as_datetime(value: datetime | None) -> str:
    """Write a moment as HH:MM, dd/mm/yyyy in the contest's zone."""
    return clock.local(value).strftime("%H:%M, %d/%m/%Y") if value else ""


def as_hour(value: datetime | None) -> str:
    """Write a moment as HH:MM in the contest's zone."""
    return clock.local(value).strftime("%H:%M") if value else ""


def as_day(value: date | datetime | None) -> str:
    """Write a day with its weekday: "thứ Sáu, 15/08/2025"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    if _locale() != "vi":
        return str(babel_date(value, "EEEE, dd/MM/y", rebase=False))
    return f"{WEEKDAYS[value.weekday()]}, {value:%d/%m/%Y}"


def as_number(value: int | float | Fraction | None, decimals: int = 0) -> str:
    """Write a number with the separators of the language: 1.234,5."""
    return "" if value is None else _written(value, decimals, _locale())


@lru_cache(maxsize=8192)
def _written(value: int | float | Fraction, decimals: int, locale: str) -> str:
    """Write a number; remembered, because a table of marks writes the same few numbers a thousand times."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded(Fraction(value), decimals), format=pattern, locale=locale, decimal_quantization=False)


def rounded(value: Fraction, decimals: int) -> float:
    """Round half up for display. Only display rounds; what decides is compared exactly."""
    scale = 10**decimals
    scaled = value * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return whole / scale


def as_points(value: int | Fraction | None, decimals: int | None = None) -> str:
    """Write hundredths of a point as points: 1750 → "17,5".

    :param decimals: places after the comma; None for as many as the value needs, at most two
    """
    if value is None:
        return ""
    return _points(value, decimals, _locale())


@lru_cache(maxsize=8192)
def _points(value: int | Fraction, decimals: int | None, locale: str) -> str:
    points = Fraction(value) / 100
    if decimals is None:
        decimals = 0 if points.denominator == 1 else 1 if (points * 10).denominator == 1 else 2
    return _written(points, decimals, locale)


def as_money(value: int | None) -> str:
    """Write an amount in đồng, 15.000.000 ₫, that no line ends in."""
    return "" if value is None else f"{as_number(value)}\N{NO-BREAK SPACE}₫"


def as_bytes(value: int | None) -> str:
    """Write a size: 4,2 MB."""
    if value is None:
        return ""
    size = Fraction(value)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{as_number(size, 0 if unit in ('B', 'kB') or size >= 100 else 1)} {unit}"
        size /= 1000
    raise AssertionError("unreachable")


def as_duration(seconds: int | float | None) -> str:
    """Write a duration as minutes and seconds: 18:44, or 1:02:03."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def with_whole_codes(text: str) -> Markup:
    """Keep the codes of works in a heading on one line: large letters are broken at the hyphen of BĐT-0042."""
    return Markup(CODE.sub(r'<span class="nowrap">\g<0></span>', str(escape(text))))  # noqa: S704 - escaped here


def init_app(app: Flask) -> None:
    """Give the filters to the templates."""
    app.jinja_env.filters.update(
        date=as_date,
        datetime=as_datetime,
        hour=as_hour,
        day=as_day,
        number=as_number,
        points=as_points,
        money=as_money,
        bytes=as_bytes,
        duration=as_duration,
        whole_codes=with_whole_codes,
        quoted=quoted,
        within_quotes=within_quotes,
        translated=lambda text: gettext(text) if text else "",
    )
