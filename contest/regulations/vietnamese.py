"""The words that the text of a regulation takes from its data, in the language of the regulation.

They do not pass the catalogues: a regulation has one language, whatever the reader's pages are in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from contest.clock import ZONE

if TYPE_CHECKING:
    from contest.regulations.entering import Category
    from contest.regulations.schedule import DateSpan, Moments
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import RoundRule

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def in_words(number: int) -> str:
    """Write a small number in words, a larger one in figures."""
    return DIGITS[number] if 0 <= number <= 10 else grouped(number)


def grouped(number: int) -> str:
    """Write a whole number with points between the thousands: 15.000.000."""
    return f"{number:,}".replace(",", ".")


def points(hundredths: int) -> str:
    """Write hundredths of a point with a comma: 1750 is 17,5."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)


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


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: "a, b và c"."""
    items = list(words)
    return " và ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def lowered(name: str) -> str:
    """Begin a name with a small letter, for the middle of a sentence; capitals in a row stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def places(regulation: Regulation) -> dict[str, str]:
    """Everything a text may name in braces, with what is filled in."""
    calendar, limits = regulation.calendar, regulation.limits
    return {
        "name": regulation.name,
        "short_name": regulation.short_name,
        "organisers": ", ".join(regulation.organiser),
        "standing_office": regulation.standing_office,
        "contact": regulation.contact,
        "launched_on": long_date(calendar.launched_on),
        "publication_first": long_date(calendar.publication.first),
        "publication_last": long_date(calendar.publication.last),
        "receipt_opens": opening(calendar.receipt.opens),
        "receipt_closes": closing(calendar.receipt),
        "grace_minutes": str(calendar.grace_minutes),
        "screening_first": long_date(calendar.screening.first),
        "screening_last": long_date(calendar.screening.last),
        **_of_posting(calendar.posting, calendar.posting_days),
        "decision_on": long_date(calendar.decision_on),
        "ceremony_on": long_date(calendar.ceremony_on),
        "works_per_author": f"{limits.works_per_author:02d}",
        "max_instalments": f"{limits.max_instalments:02d}",
        "window_share": share(limits.window_share),
        "max_words": grouped(limits.max_words_per_instalment or 0),
        "max_minutes": grouped(limits.max_minutes_per_instalment or 0),
        "max_authors": _max_authors(regulation.categories),
        "category_count": f"{len(regulation.categories):02d}",
        "categories": listed(lowered(category.name) for category in regulation.categories),
        "genres": listed(lowered(term.name) for term in regulation.genres),
        "topics": "; ".join(lowered(term.name) for term in regulation.topics),
        "refused_levels": "; ".join(
            lowered(level.name)
            for level in regulation.prior_awards.levels
            if regulation.prior_awards.refuses(level.code)
        ),
        "round_count": in_words(len(regulation.rounds)),
        "display_decimals": f"{regulation.display_decimals:02d}",
        "prizes_per_category": str(sum(tier.quota or 0 for tier in regulation.prizes)),
        "prizes_total": str(sum(tier.quota or 0 for tier in regulation.prizes) * len(regulation.categories)),
        "money_total": grouped(
            sum((tier.quota or 0) * (tier.money.amount or 0) for tier in regulation.prizes) * len(regulation.categories)
        ),
        **{name: value for rule in regulation.rounds for name, value in _of_round(rule).items()},
    }


def _of_posting(posting: DateSpan | None, days: int | None) -> dict[str, str]:
    if posting is None:
        return {}
    return {
        "posting_days": str(days),
        "posting_first": long_date(posting.first),
        "posting_last": long_date(posting.last),
    }


def _max_authors(categories: tuple[Category, ...]) -> str:
    limits = list(dict.fromkeys(category.max_authors for category in categories))
    parts = [
        f"{listed(lowered(category.name) for category in categories if category.max_authors == limit)}"
        f" không quá {limit:02d} tác giả"
        for limit in limits
    ]
    return "; ".join(parts)


def _of_round(rule: RoundRule) -> dict[str, str]:
    code = rule.code
    return {
        f"{code}_name": lowered(rule.name),
        f"{code}_opens": opening(rule.opens),
        f"{code}_closes": moment(rule.closes),
        f"{code}_jurors": f"{rule.jurors_per_entry:02d}",
        f"{code}_panel": f"{rule.panel_size:02d}",
        f"{code}_minimum": f"{rule.minimum_sheets:02d}",
        f"{code}_scale": points(rule.scale),
        f"{code}_discrepancy": points(rule.discrepancy.limit if rule.discrepancy else 0),
        f"{code}_advancing": share(rule.advancement.share) if rule.advancement and rule.advancement.share else "",
        f"{code}_ties": "; ".join(_tie_break(tie, rule) for tie in rule.tie_breaks),
    }


def _tie_break(tie_break: str, rule: RoundRule) -> str:
    if tie_break == "chair_sheet":
        return "điểm trên phiếu của Trưởng tiểu ban giám khảo"
    if tie_break == "act":
        return "Hội đồng giám khảo thảo luận, biểu quyết và ghi biên bản"
    code = tie_break.removeprefix("criterion:")
    names = {criterion.name for criteria in rule.rubrics.values() for criterion in criteria if criterion.code == code}
    return f"điểm trung bình của tiêu chí “{min(names, default=code)}”"


def fill(text: str, values: dict[str, str]) -> str:
    """Put the values at their places."""
    return re.sub(r"\{([A-Za-z0-9_]+)\}", lambda place: values.get(place.group(1), place.group()), text)
