"""When the sheets will be in, if everybody goes on as in the last days; silent where there is too little to go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt

LAST_DAYS = timedelta(days=7)
ENOUGH_SHEETS = 3
ENOUGH_TIME = timedelta(days=1)
FARTHEST = timedelta(days=730)  # beyond this an hour is no forecast


class View(StrEnum):
    """What can be said of the hour at which the sheets will be in."""

    done = "done"
    foretold = "foretold"
    too_early = "too_early"  # too little time or too few sheets to go by
    resting = "resting"  # no sheet in the last days


@dataclass(frozen=True)
class Outlook:
    """The hour at which all sheets are in at the present pace, and the hours between which it lies.

    :ivar latest: None where the sheets are so few that there is no latest hour
    """

    view: View
    at: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None

    def misses(self, closes: datetime) -> bool:
        """Whether the sheets come after the round has closed."""
        return self.at is not None and self.at > closes


def looked_back_to(opens: datetime, now: datetime) -> datetime:
    """From when on sheets are counted for the pace: the last seven days, or since the round opened."""
    return max(opens, now - LAST_DAYS)


def outlook(left: int, recent: int, *, since: datetime, now: datetime) -> Outlook:
    """Foretell when the sheets left are in, from those of the last days.

    Sheets are taken to come by chance at an even rate. The square root of such a count varies by about one half
    whatever the rate (Bartlett 1936), so the rates that two square roots allow, one more and one less, hold the true
    one in about nineteen cases of twenty.

    :param left: sheets still to come
    :param recent: sheets sent between ``since`` and ``now``
    """
    if not left:
        return Outlook(View.done)
    span = now - since
    if not recent and span >= LAST_DAYS:
        return Outlook(View.resting)
    if recent < ENOUGH_SHEETS or span < ENOUGH_TIME:
        return Outlook(View.too_early)

    def reached(sheets: float) -> datetime | None:
        needed = span.total_seconds() * left / sheets
        return now + timedelta(seconds=needed) if needed <= FARTHEST.total_seconds() else None

    at = reached(recent)
    if at is None:
        return Outlook(View.resting)
    root = sqrt(recent)
    return Outlook(View.foretold, at, reached((root + 1) ** 2), reached((root - 1) ** 2))


@dataclass(frozen=True)
class RoundOutlook:
    """When the last juror is done at the present pace.

    :ivar last: of those who can be foretold; None when nobody can
    :ivar late: jurors whose last sheet comes after the round has closed
    :ivar unknown: jurors with sheets left of whom nothing can be said
    """

    last: Outlook | None
    late: int
    unknown: int


def of_round(jurors: Iterable[Outlook], closes: datetime) -> RoundOutlook:
    """Put the jurors of a round together: it is done when the slowest is."""
    jurors = list(jurors)
    foretold = [one for one in jurors if one.at is not None]
    return RoundOutlook(
        last=max(foretold, key=lambda one: one.at or closes, default=None),
        late=sum(one.misses(closes) for one in foretold),
        unknown=sum(one.view in (View.too_early, View.resting) for one in jurors),
    )
