"""How far the jurors of a round are. Everything is counted from assignments and drafts; no sheet is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import joinedload

from contest.accounts.models import Person, User
from contest.database import db, local_day
from contest.entries.models import Entry
from contest.judging.models import Assignment, Panel, PanelMember, Reminder, ReminderPlan, Round, RoundEntry, SheetDraft
from contest.judging.progress import Group, Line, Tally
from contest.judging.queries.conditions import OUT, same_work

IS_SENT = Assignment.sent_at.is_not(None)


@dataclass(frozen=True)
class Works:
    """Which works of a round are counted."""

    panel: str | None = None
    category: str | None = None

    @property
    def narrows(self) -> bool:
        """Whether a panel or a category is chosen."""
        return bool(self.panel or self.category)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a work of the round must fulfil."""
        chosen = [RoundEntry.panel == self.panel] if self.panel else []
        return chosen + ([RoundEntry.category == self.category] if self.category else [])


ALL = Works()


def progress(round_: Round, works: Works = ALL, *, since: datetime | None = None) -> list[Line]:
    """Assigned, sent and begun sheets by juror; advisory ones are nobody's backlog.

    :param since: from when on first sheets count as recent
    """
    recent: Any = func.count(case((Assignment.sent_at >= since, 1))) if since is not None else literal(0)
    counted = (
        select(
            Assignment.juror_id,
            func.count(),
            func.count(Assignment.sent_at),
            func.count(SheetDraft.assignment_id),
            recent,
            func.max(SheetDraft.updated_at),
            func.max(Assignment.sent_at),
        )
        .select_from(Assignment)
        .outerjoin(SheetDraft, and_(~IS_SENT, SheetDraft.assignment_id == Assignment.id))
        .where(*_counts(round_))
        .group_by(Assignment.juror_id)
        .order_by(Assignment.juror_id)
    )
    if works.narrows:
        counted = counted.join(RoundEntry, same_work()).where(*works.conditions())
    return [
        Line(
            juror_id=juror_id,
            tally=Tally(assigned=assigned, done=done, begun=begun),
            recent=lately,
            last_at=max((moment for moment in (saved, sent) if moment), default=None),
        )
        for juror_id, assigned, done, begun, lately, saved, sent in db.session.execute(counted)
    ]


def _gone(round_: Round) -> Select[int]:
    """Works that have left the contest: asked for once, instead of the state of every work."""
    return select(Entry.id).where(Entry.contest_id == round_.contest_id, Entry.state.in_(OUT))


def _counts(round_: Round) -> list[ColumnElement[bool]]:
    """An assignment that somebody still has to do, of a work that is still in the contest."""
    return [
        Assignment.round_id == round_.id,
        Assignment.recused_at.is_(None),
        ~Assignment.advisory,
        Assignment.entry_id.not_in(_gone(round_)),
    ]


def groups(round_: Round, jurors_per_entry: int, works: Works = ALL) -> list[Group]:
    """The works of a round by panel and category: how far they are served, and how far their sheets are.

    An extra or an advisory juror does not stand in for a missing one.
    """
    regular = and_(Assignment.recused_at.is_(None), ~Assignment.third, ~Assignment.advisory)
    counted = and_(Assignment.recused_at.is_(None), ~Assignment.advisory)
    waits = and_(counted, ~IS_SENT)
    by_work = (
        select(
            Assignment.entry_id,
            func.count(case((regular, 1))).label("jurors"),
            func.count(case((and_(regular, IS_SENT), 1))).label("sheets"),
            func.count(case((and_(Assignment.recused_at.is_not(None), ~Assignment.advisory), 1))).label("recused"),
            func.count(case((counted, 1))).label("assigned"),
            func.count(case((and_(counted, IS_SENT), 1))).label("done"),
            func.count(SheetDraft.assignment_id).label("begun"),
        )
        .outerjoin(SheetDraft, and_(waits, SheetDraft.assignment_id == Assignment.id))
        .where(Assignment.round_id == round_.id)
        .group_by(Assignment.entry_id)
        .subquery()
    )

    def total(column: Any) -> Any:
        return func.coalesce(func.sum(column), 0)

    jurors, sheets = func.coalesce(by_work.c.jurors, 0), func.coalesce(by_work.c.sheets, 0)
    rows = db.session.execute(
        select(
            RoundEntry.panel,
            RoundEntry.category,
            func.count(),
            func.count(case((sheets >= jurors_per_entry, 1))),
            func.count(case((jurors < jurors_per_entry, 1))),
            total(by_work.c.recused),
            total(by_work.c.assigned),
            total(by_work.c.done),
            total(by_work.c.begun),
        )
        .select_from(RoundEntry)
        .outerjoin(by_work, by_work.c.entry_id == RoundEntry.entry_id)
        .where(RoundEntry.round_id == round_.id, RoundEntry.entry_id.not_in(_gone(round_)), *works.conditions())
        .group_by(RoundEntry.panel, RoundEntry.category)
        .order_by(RoundEntry.panel, RoundEntry.category)
    )
    return [
        Group(panel, category, count, complete, unassigned, recused, Tally(assigned, done, begun))
        for panel, category, count, complete, unassigned, recused, assigned, done, begun in rows
    ]


class Coverage(NamedTuple):
    """How far the works of a round are served."""

    works: int
    complete: int  # works with every sheet the regulation asks for
    unassigned: int  # works with fewer jurors than the regulation asks for
    recused: int  # assignments given back


def covered(by_group: Iterable[Group]) -> Coverage:
    """Add up how far the works of all groups are served."""
    rows = [(group.works, group.complete, group.unassigned, group.recused) for group in by_group]
    return Coverage(*(sum(column) for column in zip(*rows, strict=True))) if rows else Coverage(0, 0, 0, 0)


def coverage(round_: Round, jurors_per_entry: int, works: Works = ALL) -> Coverage:
    """Count works by how many jurors and sheets they have; extra and advisory jurors stand in for nobody."""
    return covered(groups(round_, jurors_per_entry, works))


def sent_by_day(round_: Round, works: Works = ALL) -> dict[date, int]:
    """How many works got their first sheet of a juror on which day of the contest's zone."""
    day = local_day(Assignment.sent_at)
    counted = select(day, func.count()).where(*_counts(round_), IS_SENT).group_by(day)
    if works.narrows:
        counted = counted.join(RoundEntry, same_work()).where(*works.conditions())
    return dict(db.session.execute(counted).all())


class JurorLine(NamedTuple):
    """Who a juror is on the board, when they were last here, and when they were last reminded."""

    name: str
    seen_on: date | None
    reminded_at: datetime | None


def juror_lines(round_: Round, juror_ids: Iterable[int]) -> dict[int, JurorLine]:
    """Names of jurors, with the day of their last use and the moment of their last reminder."""
    reminded = (
        select(Reminder.juror_id, func.max(Reminder.at).label("at"))
        .where(Reminder.round_id == round_.id)
        .group_by(Reminder.juror_id)
        .subquery()
    )
    rows = db.session.execute(
        select(User.id, Person.name, User.seen_on, reminded.c.at)
        .join(Person, Person.id == User.person_id)
        .outerjoin(reminded, reminded.c.juror_id == User.id)
        .where(User.id.in_(set(juror_ids)))
    )
    return {juror_id: JurorLine(name, seen_on, at) for juror_id, name, seen_on, at in rows}


def panels_of_jurors(round_: Round) -> dict[int, list[str]]:
    """The codes of the panels that each juror of a round sits on."""
    found: dict[int, list[str]] = {}
    for juror_id, code in db.session.execute(
        select(PanelMember.user_id, Panel.code)
        .join(PanelMember.panel)
        .where(Panel.round_id == round_.id)
        .order_by(Panel.id)
    ):
        found.setdefault(juror_id, []).append(code)
    return found


def reminded_on(round_: Round, day: date, juror_ids: Collection[int]) -> dict[int, datetime]:
    """Who of these jurors has been reminded on a day already, and when."""
    found = select(Reminder.juror_id, Reminder.at).where(Reminder.round_id == round_.id, Reminder.day == day)
    return dict(db.session.execute(found.where(Reminder.juror_id.in_(juror_ids))).all())


def people(user_ids: Iterable[int]) -> dict[int, User]:
    """Users by id."""
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(set(user_ids))))}


def assignment_in(round_: Round, assignment_id: int) -> Assignment | None:
    """One assignment of a round, with work and juror."""
    return db.session.scalar(
        select(Assignment)
        .where(Assignment.id == assignment_id, Assignment.round_id == round_.id)
        .options(joinedload(Assignment.juror), joinedload(Assignment.entry).defer(Entry.draft))
    )


def plan_of(round_: Round) -> ReminderPlan | None:
    """The days on which jurors of a round are reminded by themselves."""
    return db.session.get(ReminderPlan, round_.id)


def plans_in_force() -> Sequence[ReminderPlan]:
    """The plans of all rounds that are open and not sealed, in every contest."""
    return db.session.scalars(
        select(ReminderPlan)
        .join(ReminderPlan.round)
        .where(Round.opened_at.is_not(None), Round.sealed_at.is_(None))
        .order_by(ReminderPlan.round_id)
    ).all()


class RemindedDay(NamedTuple):
    """How many letters went out on one day, and how many of them by the plan."""

    day: date
    letters: int
    planned: int


def reminders_by_day(round_: Round) -> list[RemindedDay]:
    """The reminders of a round, the latest day first."""
    counted = (
        select(Reminder.day, func.count(), func.count(case((Reminder.by_id.is_(None), 1))))
        .where(Reminder.round_id == round_.id)
        .group_by(Reminder.day)
        .order_by(Reminder.day.desc())
    )
    return [RemindedDay(*row) for row in db.session.execute(counted)]
