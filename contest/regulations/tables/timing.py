"""The calendar of a contest as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.regulations.tables.shapes import Row, Table
from contest.regulations.vietnamese import lowered, short_date

if TYPE_CHECKING:
    from contest.regulations.schedule import DateSpan, Moments
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import RoundRule


def calendar(regulation: Regulation) -> Iterator[Table]:
    """Set the days from the launch to the ceremony."""
    dates = regulation.calendar
    rows = [
        ("Phát động", short_date(dates.launched_on)),
        ("Tác phẩm được đăng, phát", days(dates.publication)),
        ("Nhận tác phẩm", moments(dates.receipt)),
        ("Kiểm tra hồ sơ", days(dates.screening)),
        *((_held(rule), moments(rule)) for rule in regulation.rounds),
        *([("Niêm yết kết quả dự kiến", days(dates.posting))] if dates.posting else []),
        ("Quyết định tặng giải", short_date(dates.decision_on)),
        ("Lễ tổng kết, trao giải", short_date(dates.ceremony_on)),
    ]
    yield Table("calendar", "Lịch Cuộc thi", ("Việc", "Thời gian"), tuple(Row(cells) for cells in rows))


def _held(rule: RoundRule) -> str:
    name = lowered(rule.name)
    if name.startswith(("chấm", "vòng", "bỏ phiếu", "biểu quyết")):
        return rule.name
    return f"{'Bỏ phiếu' if rule.is_voted else 'Chấm'} {name}"


def days(span: DateSpan) -> str:
    """Write whole days for a table."""
    return f"{short_date(span.first)} – {short_date(span.last)}"


def moments(span: Moments) -> str:
    """Write a span of time for a table; an end at midnight is a day."""
    end = (
        short_date(span.last_day) if span.to_the_end_of_the_day else f"{span.closes:%H:%M}, {short_date(span.last_day)}"
    )
    return f"{short_date(span.first_day)} – {end}"
