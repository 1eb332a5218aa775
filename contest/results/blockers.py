"""Everything that keeps a round from being sealed, each as a code with its values; words are made where it is shown.

No blocker carries a mark: they are read before the round is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from contest.results.acts import Decided, Sheets, sheets_of
from contest.results.outcome import AnyStanding, GroupOutcome, RoundOutcome
from contest.results.tally import Standing

__all__ = ["Blocker", "Blocks", "Reopened", "Sheets", "blockers", "is_open_discrepancy", "sheets_of"]


class Blocks(StrEnum):
    """What can block."""

    NOT_OPENED = "not_opened"
    NOT_CLOSED = "not_closed"
    EARLIER_ROUND = "earlier_round"
    NO_ENTRIES = "no_entries"
    REOPENED = "reopened"
    SHEETS_MISSING = "sheets_missing"
    DISCREPANCY = "discrepancy"
    THIRD_MISSING = "third_missing"
    VOTE_OPEN = "vote_open"
    VOTE_MISSING = "vote_missing"
    TIE = "tie"
    SHORT = "short"
    PRIZE_OPEN = "prize_open"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that must be dealt with first.

    :ivar group: code of the award group in the last round, of the category before
    :ivar entries: works; newsrooms in a tie for a collective prize
    :ivar prizes: what tied works will receive once ordered, best first
    :ivar has: sheets that are there, prizes that are given
    :ivar needs: sheets, or prizes, that there must be
    :ivar juror: whose sheet is awaited, and ``until`` when
    :ivar prize: code of the tier that is short, or of the prize over the groups
    :ivar question: that was not voted on; empty for that of the round
    """

    code: Blocks
    group: str | None = None
    entries: tuple[str, ...] = ()
    prizes: tuple[str | None, ...] = ()
    has: int = 0
    needs: int = 0
    until: datetime | None = None
    juror: str | None = None
    round: str | None = None
    prize: str | None = None
    question: str | None = None
    panel: str | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """A juror who may still write on a work.

    :ivar third: asked as one more than the regulation names at first; named also once their time is over
    """

    entry: str
    juror: str
    until: datetime
    third: bool = False


def is_open_discrepancy(standing: Standing, decided: Decided) -> bool:
    """Say whether the jurors differ so much that it holds the round, and nobody has accepted exactly these sheets."""
    return standing.is_held and decided.accepts(standing) is None


def blockers(
    outcome: RoundOutcome,
    *,
    closes: datetime,
    now: datetime,
    reopened: Iterable[Reopened] = (),
    unsealed: Iterable[str] = (),
    voting: bool = False,
) -> list[Blocker]:
    """List what keeps the round from being sealed at ``now``; empty when nothing does.

    A discrepancy is named only once the round has closed: the chair judges too, and with a sheet still to correct
    could feel out the marks of the others by watching the flag. A tie, or a number of prizes that falls short, is
    asked about only when nothing else is open in its group, and a prize over the groups only when nothing else is open
    at all: until then the marks may still move.

    :param closes: the instant the round stops accepting sheets
    :param reopened: jurors whose correction is awaited
    :param unsealed: codes of earlier rounds that are not sealed
    :param voting: whether ballots are taken in at this moment
    """
    found = [Blocker(Blocks.EARLIER_ROUND, round=code) for code in unsealed]
    if now < closes:
        found.append(Blocker(Blocks.NOT_CLOSED, until=closes))
    if voting:
        found.append(Blocker(Blocks.VOTE_OPEN))
    if not any(True for _ in outcome.standings):
        found.append(Blocker(Blocks.NO_ENTRIES))

    waiting: dict[str, list[Reopened]] = {}
    for each in reopened:
        if now < each.until or each.third:
            waiting.setdefault(each.entry, []).append(each)

    is_closed = now >= closes
    if is_closed:
        found += [
            Blocker(Blocks.VOTE_MISSING, entries=vote.entries, question=vote.question, panel=vote.panel)
            for vote in outcome.missing_votes
        ]
    unvoted = {entry for vote in outcome.missing_votes for entry in vote.entries}
    for group in outcome.groups:
        of_sheets = list(_of_sheets(group.group, group.standings, waiting, outcome.decided, is_closed))
        found += of_sheets
        if is_closed and not of_sheets and not any(standing.entry in unvoted for standing in group.standings):
            found += _of_prizes(group, outcome.decided)
    found += _of_sheets(None, outcome.ungrouped, waiting, outcome.decided, is_closed)
    return found or list(_of_extra_prizes(outcome))


def _of_sheets(
    group: str | None,
    standings: Iterable[AnyStanding],
    waiting: dict[str, list[Reopened]],
    decided: Decided,
    is_closed: bool,
) -> Iterator[Blocker]:
    for standing in standings:
        entries = (standing.entry,)
        third = None
        for each in waiting.get(standing.entry, ()):
            if each.third:
                third = each
                continue
            yield Blocker(Blocks.REOPENED, group, entries, juror=each.juror, until=each.until)
        if not isinstance(standing, Standing):
            continue
        if standing.missing:
            yield Blocker(Blocks.SHEETS_MISSING, group, entries, has=standing.regular, needs=standing.minimum)
        elif is_closed and is_open_discrepancy(standing, decided):
            yield Blocker(Blocks.DISCREPANCY, group, entries)
        elif is_closed and standing.needs_third:
            juror, until = (third.juror, third.until) if third is not None else (None, None)
            yield Blocker(Blocks.THIRD_MISSING, group, entries, juror=juror, until=until)


def _of_prizes(group: GroupOutcome, decided: Decided) -> list[Blocker]:
    """Name the ties for unequal prizes; when there is none, the exact numbers of prizes that fall short."""
    if group.prizes is None:
        return []
    ties = [
        Blocker(Blocks.TIE, group.group, question.entries, prizes=question.prizes)
        for question in group.prizes.questions
    ]
    return ties or [
        Blocker(Blocks.SHORT, group.group, has=tier.given, needs=tier.quota or 0, prize=tier.tier)
        for tier in group.prizes.tiers
        if tier.is_short and (group.group, tier.tier, tier.given) not in decided.short
    ]


def _of_extra_prizes(outcome: RoundOutcome) -> Iterator[Blocker]:
    """Name the first prize over the groups that people must still decide; later ones may hang on it."""
    for prize in outcome.extra_prizes:
        if prize.is_open:
            yield Blocker(Blocks.PRIZE_OPEN, prize=prize.code)
            return
        if prize.question is not None:
            yield Blocker(Blocks.TIE, entries=prize.question.entries, prizes=prize.question.prizes, prize=prize.code)
            return
