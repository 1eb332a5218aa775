"""Which backups are kept: the last of each of the newest days, and the last of each of the newest weeks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from contest.clock import ZONE

NAME = re.compile(r"contest-(\d{8}T\d{6})Z\.backup")
WRITTEN = "%Y%m%dT%H%M%S"
NIGHT = timedelta(hours=5)
"""Periods are counted from 19:00 UTC, so that a daily backup is made at two in the morning of the contest's zone."""


def name_of(moment: datetime) -> str:
    """Name the backup that is made at a moment."""
    return f"contest-{moment.astimezone(UTC).strftime(WRITTEN)}Z.backup"


def moment_of(name: str) -> datetime | None:
    """Read from its name when a backup was made; None for a file of somebody else."""
    found = NAME.fullmatch(name)
    return datetime.strptime(found[1], WRITTEN).replace(tzinfo=UTC) if found else None


def period_of(moment: datetime, hours: int) -> int:
    """Number the period in which one backup is due."""
    return int((moment + NIGHT).timestamp() // (hours * 3600))


def kept(moments: Iterable[datetime], *, daily: int, weekly: int) -> set[datetime]:
    """Choose which backups stay; the newest always does.

    :param daily, weekly: for how many days and weeks, counted over those that have a backup
    """
    newest_first = sorted(moments, reverse=True)
    days = _last_of_each(newest_first, lambda moment: moment.astimezone(ZONE).date())
    weeks = _last_of_each(newest_first, lambda moment: moment.astimezone(ZONE).isocalendar()[:2])
    return {*newest_first[:1], *days[:daily], *weeks[:weekly]}


def _last_of_each(newest_first: list[datetime], of: Callable[[datetime], Any]) -> list[datetime]:
    found: dict[Any, datetime] = {}
    for moment in newest_first:
        found.setdefault(of(moment), moment)
    return list(found.values())
