"""What an amendment may change: nothing in use disappears, and no deadline moves back behind what has happened.

A code in use is a word of some entry, sheet or award; dropping it would leave that row without a meaning (settled:
an amendment may not drop a code in use, and the calendar moves only forward).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from contest.errors import N_
from contest.regulations.problems import Problem
from contest.regulations.shape import midnight

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

CODE_DROPPED = N_("“%(code)s” is in use and cannot be dropped.")
HAS_BEGUN = N_("This has begun (%(before)s); it can no longer be moved to %(after)s.")
INTO_THE_PAST = N_(
    "%(after)s lies in the past; a date that has been promised can only be moved to one that is to come."
)
MOVED_EARLIER = N_("Until %(before)s has been promised; it can only be moved later, not to %(after)s.")
POSTING_HAS_BEGUN = N_("The list has been posted since %(first)s; the posting can no longer be left out.")
ROUND_MOVED = N_("Round “%(round)s” has been opened; no round can be put before it or taken from before it any more.")
ROUND_IS_SCORED = N_("This round has been opened to score works; the council can no longer vote in it instead.")
ROUND_IS_VOTED = N_("This round has been opened to vote on works; they can no longer be scored in it instead.")
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
    named |= {f"tier:{prize.code}" for prize in regulation.special_prizes}
    named |= {f"tier:{prize.code}" for prize in regulation.thematic_prizes}
    named |= {f"tier:{prize.code}" for prize in regulation.collective_prizes}
    named |= {f"round:{rule.code}" for rule in regulation.rounds}
    for category in regulation.categories:
        named.add(f"category:{category.code}")
        named |= {f"slot:{category.code}/{slot.code}" for slot in category.slots}
    for rule in regulation.rounds:
        named |= {f"panel:{rule.code}/{panel.code}" for panel in regulation.panels_of(rule)}
        named |= {f"bonus:{rule.code}/{bonus.code}" for bonus in rule.bonus}
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
    used = frozenset(in_use)
    for code in sorted(used - codes(after)):
        yield Problem(_place(code), CODE_DROPPED, {"code": code.partition(":")[2]})
    if before is not None:
        yield from _opened_rounds(before, after, used)
        yield from _calendar(before, after, now)


def _opened_rounds(before: Regulation, after: Regulation, in_use: frozenset[str]) -> Iterator[Problem]:
    """Find opened rounds that would come at another place, or be judged in another way."""
    old, new = [rule.code for rule in before.rounds], [rule.code for rule in after.rounds]
    for number, rule in enumerate(before.rounds, 1):
        if f"round:{rule.code}" not in in_use or rule.code not in new:
            continue
        if old[:number] != new[:number]:
            yield Problem("rounds", ROUND_MOVED, {"round": rule.name})
        if after.round(rule.code).is_voted and not rule.is_voted:
            yield Problem(f"rounds[{rule.code}].vote", ROUND_IS_SCORED)
        if rule.is_voted and not after.round(rule.code).is_voted:
            yield Problem(f"rounds[{rule.code}].vote", ROUND_IS_VOTED)


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
        "panel": "rounds",
        "bonus": "rounds",
    }.get(kind, "")


class Promise(NamedTuple):
    """A moment that people rely on, and how it is shown."""

    kind: str
    at: datetime
    shown: date


def _calendar(before: Regulation, after: Regulation, now: datetime) -> Iterator[Problem]:
    old, new = dict(_promises(before)), dict(_promises(after))
    posting = before.calendar.posting
    if posting is not None and posting.starts <= now and after.calendar.posting is None:
        yield Problem("calendar.posting", POSTING_HAS_BEGUN, {"first": posting.first})
    for path in sorted(new.keys() - old.keys()):
        if new[path].kind == ENDS and new[path].at <= now:
            yield Problem(path, INTO_THE_PAST, {"after": new[path].shown})
    for path in sorted(old.keys() & new.keys()):
        was, will = old[path], new[path]
        shown = {"before": was.shown, "after": will.shown}
        if will.at == was.at:
            continue
        if was.kind == BEGINS and was.at <= now:
            yield Problem(path, HAS_BEGUN, shown)
        elif will.at <= now:
            yield Problem(path, INTO_THE_PAST, shown)
        elif was.kind == ENDS and will.at < was.at:
            yield Problem(path, MOVED_EARLIER, shown)


def _promises(regulation: Regulation) -> Iterator[tuple[str, Promise]]:
    calendar = regulation.calendar
    spans = {"calendar.receipt": calendar.receipt, **{f"rounds[{rule.code}]": rule for rule in regulation.rounds}}
    for path, moments in spans.items():
        last = moments.last_day if moments.to_the_end_of_the_day else moments.closes
        yield f"{path}.opens", Promise(BEGINS, moments.opens, moments.opens)
        yield f"{path}.closes", Promise(ENDS, moments.closes, last)
    for name, span in (("screening", calendar.screening), ("posting", calendar.posting)):
        if span is not None:
            yield f"calendar.{name}.first", Promise(BEGINS, span.starts, span.first)
            yield f"calendar.{name}.last", Promise(ENDS, span.ends, span.last)
    for name, day in (("decision_on", calendar.decision_on), ("ceremony_on", calendar.ceremony_on)):
        yield f"calendar.{name}", Promise(HAPPENS, midnight(day + ONE_DAY), day)
