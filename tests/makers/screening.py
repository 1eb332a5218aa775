"""Dossiers for tests, decided through the real services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from contest.database import transaction
from contest.entries.models import Entry
from contest.screening import queries, services
from contest.screening.acts import Shown
from contest.screening.models import ScreeningAct
from tests.makers.entries import receipt_hour


def screening_hour(contest: Any) -> datetime:
    """Give a moment at which the secretariat checks the dossiers."""
    opens: datetime = contest.regulation.calendar.screening.starts
    return opens + timedelta(hours=10)


def shown(entry: Entry) -> Shown:
    """Give what is on the page of a work at this moment."""
    decision = queries.latest_decision(entry)
    return Shown(entry.revision_id or 0, decision.id if decision else 0)


def accept(entry: Entry, by: Any, *, reason: str = "", now: datetime | None = None) -> ScreeningAct:
    """Accept a work as it is now."""
    with transaction():
        return services.accept(entry, shown(entry), reason=reason, by=by, now=now or screening_hour(entry.contest))


def return_entry(
    entry: Entry,
    by: Any,
    *,
    items: tuple[str, ...] = ("instalments",),
    reason: str = "Kỳ 2 thiếu ngày đăng.",
    until: datetime | None = None,
    now: datetime | None = None,
) -> ScreeningAct:
    """Return a work, for two days unless told otherwise."""
    moment = now or screening_hour(entry.contest)
    with transaction():
        return services.return_entry(
            entry,
            shown(entry),
            items=list(items),
            reason=reason,
            until=until or moment + timedelta(days=2),
            by=by,
            now=moment,
        )


def reject(
    entry: Entry,
    by: Any,
    *,
    rule: str = "prior_awards",
    reason: str = "Tác phẩm đã đạt giải B cấp tỉnh năm 2023.",
    now: datetime | None = None,
) -> ScreeningAct:
    """Reject a work as it is now."""
    moment = now or receipt_hour(entry.contest)
    with transaction():
        return services.reject(entry, shown(entry), rule=rule, reason=reason, by=by, now=moment)
