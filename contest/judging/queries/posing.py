"""What there is to assign in a round, as the solver is asked for it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from contest import clock
from contest.accounts.models import Outlet
from contest.database import db
from contest.entries.models import Instalment
from contest.interests.kinds import Kind
from contest.interests.newsrooms import newsroom
from contest.judging.assignment import Problem, Seat, Work, share_of
from contest.judging.models import AssignmentPlan, Panel, Round, RoundEntry
from contest.judging.queries.assigning import AssignmentLine, assignment_lines
from contest.judging.queries.conflicts import conflicts_in
from contest.judging.queries.panels import panels_of
from contest.judging.queries.rounds import round_entries


class Posed(NamedTuple):
    """What there is to assign, and the rows behind it."""

    problem: Problem
    works: dict[int, RoundEntry]
    conflicts: dict[tuple[int, int], tuple[Kind, ...]]


def posed(round_: Round, *, panel: str | None, now: datetime) -> Posed:
    """Read what there is to assign in a round: works with those who have them, seats with quota and absence.

    An extra juror and one who marks only to be compared are no jurors of the work, and do not get it besides; a work
    that the whole panel marks first is the exception: it may become anybody's own.

    :param panel: the works of this panel alone; those of others count to the loads and stay
    """
    panels = panels_of(round_)
    entries = round_entries(round_)
    asked = {work.entry_id: work for work in entries if panel in (None, work.panel)}
    jurors = {member.user_id for code, one in panels.items() if panel in (None, code) for member in one.members}
    conflicts = conflicts_in(round_, jurors, asked.keys())
    barred: dict[int, set[int]] = {}
    for (juror_id, entry_id), kinds in conflicts.items():
        if any(kind.blocks for kind in kinds):
            barred.setdefault(entry_id, set()).add(juror_id)
    settled: dict[int, set[int]] = {}
    held: dict[int, set[int]] = {}
    elsewhere: Counter[int] = Counter()
    in_round = {work.entry_id: work for work in entries}
    for line in assignment_lines(round_):
        if line.entry_id not in in_round or _may_come_to_count(line, in_round[line.entry_id]):
            continue
        is_own = line.recused_at is None and not line.third and not line.advisory
        if not is_own:
            barred.setdefault(line.entry_id, set()).add(line.juror_id)
        elif line.entry_id in asked:
            (settled if line.settled else held).setdefault(line.entry_id, set()).add(line.juror_id)
        if line.recused_at is None and (line.third or (is_own and line.entry_id not in asked)):
            elsewhere[line.juror_id] += 1
    newsrooms = _newsrooms(round_)
    works = tuple(
        Work(
            entry_id,
            work.panel,
            barred=frozenset(barred.get(entry_id, ())),
            settled=frozenset(settled.get(entry_id, ())),
            held=frozenset(held.get(entry_id, ())),
            newsroom=newsrooms.get(entry_id),
        )
        for entry_id, work in asked.items()
    )
    seats = tuple(
        seat for code, one in panels.items() if panel in (None, code) for seat in _seats(round_, one, now=now)
    )
    return Posed(Problem(works, seats, round_.rule.jurors_per_entry, elsewhere), asked, conflicts)


def _may_come_to_count(line: AssignmentLine, work: RoundEntry) -> bool:
    return line.advisory and line.recused_at is None and work.first


def _seats(round_: Round, panel: Panel, *, now: datetime) -> list[Seat]:
    hours = round_.contest.regulation.round(round_.code)
    opens, closes, moment = (clock.local(one) for one in (hours.opens, hours.closes, now))
    found = []
    for member in panel.members:
        share, is_away = share_of(opens, closes, moment, member.absent_from, member.absent_until)
        found.append(Seat(member.user_id, panel.code, member.quota, share, is_away))
    return found


def _newsrooms(round_: Round) -> dict[int, int]:
    """The newsroom of each work, as it stands today; of the one with the smallest number where several printed it."""
    successors = dict(db.session.execute(select(Outlet.id, Outlet.successor_id)).all())
    rows = db.session.execute(
        select(RoundEntry.entry_id, func.min(Instalment.outlet_id))
        .join(Instalment, Instalment.revision_id == RoundEntry.revision_id)
        .where(RoundEntry.round_id == round_.id, Instalment.outlet_id.is_not(None))
        .group_by(RoundEntry.entry_id)
    )
    return {entry_id: newsroom(outlet_id, successors) for entry_id, outlet_id in rows if outlet_id is not None}


def spread_plan(round_: Round, panel: str | None) -> AssignmentPlan | None:
    """The proposal that somebody changed by hand or brought in as a file and that waits to be confirmed."""
    return db.session.scalar(select(AssignmentPlan).filter_by(round_id=round_.id, panel=panel or ""))
