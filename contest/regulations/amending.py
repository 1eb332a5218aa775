"""What an amendment may change: nothing in use disappears, and no deadline moves back behind what has happened.

A code in use is a word of some entry, sheet or award; dropping it would leave that row without a meaning (settled:
an amendment may not drop a code in use, and the calendar moves only forward).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.problems import Problem
from contest.regulations.shape import midnight

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

CODE_DROPPED = N_("“%(code)s” is in use and cannot be dropped.")
HAS_BEGUN = N_("This began at %(before)s; it can no longer be moved to %(after)s.")
INTO_THE_PAST = N_(
    "%(after)s lies in the past; a date that has been promised can only be moved to one that is to come."
)
MOVED_EARLIER = N_("Until %(before)s has been promised; it can only be moved later, not to %(after)s.")
SLUG_CHANGED = N_("The address of the contest is “%(slug)s” and stays.")

BEGINS, ENDS, HAPPENS = "begins", "ends", "happens"
ONE_DAY = timedelta(days=1)


def codes(regulation: Regulation) -> frozenset[str]:
    """Name every code by which rows refer to a regulation, each with its kind: ``category:BAO_IN``."""
    named = {f"genre:{term.code}" for term in regulation.genres}
    named |= {f"topic:{term.code}" for term in regulation.topics}
    named |= {f"level:{level.code}" for level in regulation.prior_awards.levels}
    named |= {f"statement:{statement.code}" for statement in regulation.statements}
    named |= {f"tier:{tier.code}" for tier in regulation.prizes}
    named |= {f"round:{rule.code}" for rule in regulation.rounds}
    for category in regulation.categories:
        named.add(f"category:{category.code}")
        named |= {f"slot:{category.code}/{slot.code}" for slot in category.slots}
    for rule in regulation.rounds:
        for category_code, criteria in rule.rubrics.items():
            named |= {f"criterion:{rule.code}/{category_code}/{criterion.code}" for criterion in criteria}
    return frozenset(named)


def obstacles(
    before: Regulation | None, after: Regulation, *, slug: str, in_use: Iterable[str], now: datetime
) -> Iterator[Problem]:
    """Find what keeps a regulation from being adopted after another.

    :param before: the version in force, or None
    :param slug: the address of the contest
    :param in_use: codes that rows refer to, each with its kind, as `codes` names them
    """
    if after.slug != slug:
        yield Problem("slug", SLUG_CHANGED, {"slug": slug})
    for code in sorted(frozenset(in_use) - codes(after)):
        yield Problem(_place(code), CODE_DROPPED, {"code": code.partition(":")[2]})
    if before is not None:
        yield from _calendar(before, after, now)


def _place(code: str) -> str:
    kind = code.partition(":")[0]
    return {
        "genre": "genres",
        "topic": "topics",
        "level": "prior_awards.levels",
        "statement": "statements",
        "tier": "prizes",
        "round": "rounds",
        "category": "categories",
        "slot": "categories",
        "criterion": "rubrics",
    }.get(kind, "")


def _calendar(before: Regulation, after: Regulation, now: datetime) -> Iterator[Problem]:
    old, new = dict(_dates(before)), dict(_dates(after))
    for path in sorted(old.keys() & new.keys()):
        (kind, was), (_, will) = old[path], new[path]
        shown = {"before": f"{was:%Y-%m-%d %H:%M}", "after": f"{will:%Y-%m-%d %H:%M}"}
        if will == was:
            continue
        if kind == BEGINS and was <= now:
            yield Problem(path, HAS_BEGUN, shown)
        elif will <= now:
            yield Problem(path, INTO_THE_PAST, shown)
        elif kind == ENDS and will < was:
            yield Problem(path, MOVED_EARLIER, shown)


def _dates(regulation: Regulation) -> Iterator[tuple[str, tuple[str, datetime]]]:
    calendar = regulation.calendar
    yield "calendar.receipt.opens", (BEGINS, calendar.receipt.opens)
    yield "calendar.receipt.closes", (ENDS, calendar.receipt.closes)
    for rule in regulation.rounds:
        yield f"rounds[{rule.code}].opens", (BEGINS, rule.opens)
        yield f"rounds[{rule.code}].closes", (ENDS, rule.closes)
    for name, span in (("screening", calendar.screening), ("posting", calendar.posting)):
        yield f"calendar.{name}.first", (BEGINS, span.starts)
        yield f"calendar.{name}.last", (ENDS, span.ends)
    yield "calendar.decision_on", (HAPPENS, midnight(calendar.decision_on + ONE_DAY))
    yield "calendar.ceremony_on", (HAPPENS, midnight(calendar.ceremony_on + ONE_DAY))
