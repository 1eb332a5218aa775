"""What an amendment may change: nothing in use disappears, and no deadline moves back behind what has happened.

A code in use is a word of some entry, sheet or award; dropping it would leave that row without a meaning (settled:
an amendment may not drop a code in use, and the calendar moves only forward).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from contest.clock import ZONE
from contest.errors import N_
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

CODE_DROPPED = N_("“%(code)s” is in use and cannot be dropped.")
MOVED_BACK = N_("This date was %(before)s and lies in the past or would move into it; it can no longer be %(after)s.")
MOVED_EARLIER = N_("People have been promised the time until %(before)s; it can only be moved later, not to %(after)s.")
SLUG_CHANGED = N_("The address of the contest is “%(slug)s” and stays.")


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
    today = now.astimezone(ZONE).date()
    for path in sorted(old.keys() & new.keys()):
        was, will = old[path], new[path]
        present: date = now if isinstance(was, datetime) else today
        if will == was:
            continue
        if was <= present or will <= present:
            yield Problem(path, MOVED_BACK, {"before": _shown(was), "after": _shown(will)})
        elif will < was and path.endswith((".closes", "posting.last")):
            yield Problem(path, MOVED_EARLIER, {"before": _shown(was), "after": _shown(will)})


def _dates(regulation: Regulation) -> Iterator[tuple[str, date]]:
    calendar = regulation.calendar
    yield "calendar.receipt.opens", calendar.receipt.opens
    yield "calendar.receipt.closes", calendar.receipt.closes
    yield "calendar.screening.first", calendar.screening.first
    yield "calendar.screening.last", calendar.screening.last
    yield "calendar.posting.first", calendar.posting.first
    yield "calendar.posting.last", calendar.posting.last
    yield "calendar.decision_on", calendar.decision_on
    yield "calendar.ceremony_on", calendar.ceremony_on
    for rule in regulation.rounds:
        yield f"rounds[{rule.code}].opens", rule.opens
        yield f"rounds[{rule.code}].closes", rule.closes


def _shown(value: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else f"{value}"
