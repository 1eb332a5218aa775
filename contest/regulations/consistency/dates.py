"""Dates that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.problems import Problem
from contest.regulations.shape import midnight

if TYPE_CHECKING:
    from contest.regulations.schedule import Calendar, Moments
    from contest.regulations.schema import Regulation

SPAN_REVERSED = N_("The last day (%(last)s) lies before the first (%(first)s).")
CLOSES_BEFORE_OPENING = N_("It closes (%(closes)s) before it opens (%(opens)s), or at the same moment.")
LAUNCHED_AFTER_RECEIPT = N_("The launch (%(launched)s) must not be later than the first day of receipt (%(opens)s).")
PUBLICATION_AFTER_RECEIPT = N_(
    "The last day of publication (%(last)s) must not be later than the last day of receipt (%(closes)s)."
)
SCREENING_BEFORE_RECEIPT = N_("Screening cannot begin (%(first)s) before works are received (%(opens)s).")
SCREENING_ENDS_EARLY = N_("Screening ends (%(last)s) before the last work is received (%(closes)s).")
ROUND_BEFORE_RECEIPT_ENDS = N_("The round opens (%(opens)s) while works are still received (to %(closes)s).")
ROUND_BEFORE_PREVIOUS = N_("The round opens (%(opens)s) before round “%(previous)s” has closed (%(closes)s).")
POSTING_BEFORE_ROUNDS_END = N_("The list is posted (%(first)s) before the last round has closed (%(closes)s).")
POSTING_TOO_SHORT = N_("The list is posted for %(days)s days, but the regulation promises %(posting_days)s.")
DECISION_DURING_POSTING = N_("The decision (%(decision)s) must be later than the last day of posting (%(last)s).")
DECISION_BEFORE_ROUNDS_END = N_(
    "The decision (%(decision)s) must not be earlier than the end of the last round (%(closes)s)."
)
POSTING_WITHOUT_DATES = N_(
    "The list is to be posted for some days, but no dates are given; give posting its first and last day, or leave "
    "posting_days out."
)
POSTING_WITHOUT_DAYS = N_(
    "The list is posted, so posting_days must say for how many days at least; or leave posting out."
)
CEREMONY_BEFORE_DECISION = N_("The ceremony (%(ceremony)s) must not be earlier than the decision (%(decision)s).")


ONE_DAY = timedelta(days=1)


def spans(regulation: Regulation) -> Iterator[Problem]:
    """Find dates of the calendar that cannot all be kept."""
    calendar = regulation.calendar
    for name, span in (
        ("publication", calendar.publication),
        ("screening", calendar.screening),
        ("posting", calendar.posting),
    ):
        if span is not None and span.last < span.first:
            yield Problem(f"calendar.{name}", SPAN_REVERSED, {"first": span.first, "last": span.last})
    yield from _moments("calendar.receipt", calendar.receipt)
    yield from _before_the_rounds(regulation)
    yield from _posting(calendar)
    if calendar.ceremony_on < calendar.decision_on:
        yield Problem(
            "calendar.ceremony_on",
            CEREMONY_BEFORE_DECISION,
            {"ceremony": calendar.ceremony_on, "decision": calendar.decision_on},
        )


def rounds(regulation: Regulation) -> Iterator[Problem]:
    """Find rounds that do not fit into the calendar, or one behind the other."""
    for rule in regulation.rounds:
        yield from _moments(f"rounds[{rule.code}]", rule)
    yield from _one_after_the_other(regulation)
    calendar = regulation.calendar
    closes = regulation.rounds[-1].closes
    if calendar.posting is not None and calendar.posting.starts < closes:
        values = {"first": calendar.posting.first, "closes": closes}
        yield Problem("calendar.posting.first", POSTING_BEFORE_ROUNDS_END, values)
    if calendar.posting is None and midnight(calendar.decision_on + ONE_DAY) <= closes:
        values = {"decision": calendar.decision_on, "closes": closes}
        yield Problem("calendar.decision_on", DECISION_BEFORE_ROUNDS_END, values)


def _moments(path: str, span: Moments) -> Iterator[Problem]:
    if span.closes <= span.opens:
        yield Problem(path, CLOSES_BEFORE_OPENING, {"opens": span.opens, "closes": span.closes})


def _before_the_rounds(regulation: Regulation) -> Iterator[Problem]:
    calendar = regulation.calendar
    opens, closes = calendar.receipt.first_day, calendar.receipt.last_day
    if calendar.launched_on > opens:
        yield Problem(
            "calendar.launched_on",
            LAUNCHED_AFTER_RECEIPT,
            {"launched": calendar.launched_on, "opens": opens},
        )
    if calendar.publication.last > closes:
        yield Problem(
            "calendar.publication.last",
            PUBLICATION_AFTER_RECEIPT,
            {"last": calendar.publication.last, "closes": closes},
        )
    screening = calendar.screening
    if screening.first < opens:
        yield Problem(
            "calendar.screening.first",
            SCREENING_BEFORE_RECEIPT,
            {"first": screening.first, "opens": opens},
        )
    if screening.last < closes:
        yield Problem("calendar.screening.last", SCREENING_ENDS_EARLY, {"last": screening.last, "closes": closes})


def _one_after_the_other(regulation: Regulation) -> Iterator[Problem]:
    closes = regulation.calendar.receipt.closes
    if regulation.rounds[0].opens < closes:
        yield Problem(
            f"rounds[{regulation.rounds[0].code}].opens",
            ROUND_BEFORE_RECEIPT_ENDS,
            {"opens": regulation.rounds[0].opens, "closes": closes},
        )
    for previous, rule in zip(regulation.rounds, regulation.rounds[1:], strict=False):
        if rule.opens < previous.closes:
            yield Problem(
                f"rounds[{rule.code}].opens",
                ROUND_BEFORE_PREVIOUS,
                {
                    "opens": rule.opens,
                    "previous": previous.name,
                    "closes": previous.closes,
                },
            )


def _posting(calendar: Calendar) -> Iterator[Problem]:
    posting, promised = calendar.posting, calendar.posting_days
    if posting is None:
        if promised is not None:
            yield Problem("calendar.posting_days", POSTING_WITHOUT_DATES)
        return
    if promised is None:
        yield Problem("calendar.posting", POSTING_WITHOUT_DAYS)
    elif 0 < posting.days < promised:
        yield Problem("calendar.posting", POSTING_TOO_SHORT, {"days": posting.days, "posting_days": promised})
    if calendar.decision_on <= posting.last:
        values = {"decision": calendar.decision_on, "last": posting.last}
        yield Problem("calendar.decision_on", DECISION_DURING_POSTING, values)
