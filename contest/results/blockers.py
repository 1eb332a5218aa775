"""Everything that keeps a round from being sealed, each as a code with its values; words are made where it is shown.

No blocker carries a mark: they are read before the round is sealed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from contest.results.outcome import Outcome
from contest.results.tally import Standing


class Blocks(StrEnum):
    """What can block."""

    NOT_OPENED = "not_opened"
    NOT_CLOSED = "not_closed"
    EARLIER_ROUND = "earlier_round"
    NO_ENTRIES = "no_entries"
    REOPENED = "reopened"
    SHEETS_MISSING = "sheets_missing"
    DISCREPANCY = "discrepancy"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that must be dealt with first."""

    code: Blocks
    category: str | None = None
    entries: tuple[str, ...] = ()
    prizes: tuple[str | None, ...] = ()
    has: int = 0
    needs: int = 0
    until: datetime | None = None
    juror: str | None = None
    round: str | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A juror who may still write on an entry."""

    entry: str
    juror: str
    until: datetime


Sheets: TypeAlias = frozenset[tuple[str, int]]
"""The very sheets a standing rests on: juror and revision."""


def sheets_of(standing: Standing) -> Sheets:
    """Name the very sheets a standing rests on, so that an act about them is not carried over to others."""
    return frozenset((sheet.juror, sheet.revision) for sheet in standing.used)


def is_open_discrepancy(standing: Standing, accepted: Mapping[str, Sheets]) -> bool:
    """Say whether the jurors differ too much and nobody has accepted exactly these sheets."""
    return standing.is_discrepant and accepted.get(standing.entry) != sheets_of(standing)


def blockers(
    outcomes: Iterable[Outcome],
    *,
    closes: datetime,
    now: datetime,
    reopened: Iterable[Reopened] = (),
    accepted: Mapping[str, Sheets] | None = None,
    unsealed: Iterable[str] = (),
) -> list[Blocker]:
    """List what keeps the round from being sealed at ``now``; empty when nothing does.

    A discrepancy is named only once the round has closed: the chair judges too, and with a sheet still to correct
    could feel out the marks of the others by watching the flag. A tie is asked only when nothing else is open in its
    category: until then the marks may still move.

    :param closes: the instant the round stops accepting sheets
    :param reopened: jurors whose correction is awaited
    :param accepted: sheets whose range the chair or the organizer has accepted, by entry
    :param unsealed: codes of earlier rounds that are not sealed
    """
    outcomes = list(outcomes)
    found = [Blocker(Blocks.EARLIER_ROUND, round=code) for code in unsealed]
    if now < closes:
        found.append(Blocker(Blocks.NOT_CLOSED, until=closes))
    if not any(outcome.standings for outcome in outcomes):
        found.append(Blocker(Blocks.NO_ENTRIES))

    waiting: dict[str, list[Reopened]] = {}
    for each in reopened:
        if now < each.until:
            waiting.setdefault(each.entry, []).append(each)

    for outcome in outcomes:
        category = outcome.category
        unsettled = len(found)
        for standing in outcome.standings:
            entries = (standing.entry,)
            found += [
                Blocker(Blocks.REOPENED, category, entries, juror=each.juror, until=each.until)
                for each in waiting.get(standing.entry, ())
            ]
            if standing.missing:
                has = len(standing.used)
                found.append(Blocker(Blocks.SHEETS_MISSING, category, entries, has=has, needs=standing.minimum))
            elif now >= closes and is_open_discrepancy(standing, accepted or {}):
                found.append(Blocker(Blocks.DISCREPANCY, category, entries))
        if len(found) == unsettled and now >= closes and outcome.prizes is not None:
            found += [
                Blocker(Blocks.TIE, category, question.entries, prizes=question.prizes)
                for question in outcome.prizes.questions
            ]
    return found
