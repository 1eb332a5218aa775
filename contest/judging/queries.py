"""Finding rounds, work and sheets; a juror finds only their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload, selectinload

from contest.accounts.models import Membership, Outlet, Person, Role, User
from contest.database import db
from contest.entries import codes
from contest.entries.models import Attachment, Byline, Entry, EntryState, Instalment
from contest.judging.conflicts import JurorFacts, WorkFacts
from contest.judging.models import (
    Assignment,
    Conflict,
    Panel,
    PanelMember,
    Reopening,
    Round,
    RoundEntry,
    ScoreSheet,
    SheetDraft,
)
from contest.judging.progress import Line, Tally
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.scoring import Criterion
from contest.storage.derivatives import derivatives_of
from contest.storage.models import Blob, Derivative
from contest.web.text import fold

OUT = (EntryState.WITHDRAWN, EntryState.REJECTED)
IN_CONTEST = Entry.state.not_in(OUT)
"""A work withdrawn or rejected while it is judged leaves the round; its sheets stay and no longer count."""

first_sheet = aliased(ScoreSheet, name="first_sheet")
HAS_SHEET = first_sheet.id.is_not(None)


# Rounds ------------------------------------------------------------------------------------------------------------


def rounds_of(contest: Contest) -> list[Round]:
    """The rounds that exist as rows, in the order of the regulation."""
    order = {rule.code: number for number, rule in enumerate(contest.regulation.rounds)}
    found = db.session.scalars(
        select(Round)
        .where(Round.contest_id == contest.id)
        .options(joinedload(Round.version), selectinload(Round.panels))
    )
    return sorted(found, key=lambda row: order.get(row.code, len(order)))


def round_of(contest: Contest, code: str) -> Round | None:
    """One round of a contest, when somebody has done something with it."""
    return db.session.scalar(
        select(Round).where(Round.contest_id == contest.id, Round.code == code).options(joinedload(Round.version))
    )


def round_entries(round_: Round) -> list[RoundEntry]:
    """The works in a round that are still in the contest, each with its entry, by category and code."""
    return list(
        db.session.scalars(
            select(RoundEntry)
            .join(RoundEntry.entry)
            .where(RoundEntry.round_id == round_.id, IN_CONTEST)
            .options(contains_eager(RoundEntry.entry).options(defer(Entry.draft)))
            .order_by(RoundEntry.category, Entry.code)
        )
    )


def _waiting(contest: Contest, round_: Round | None) -> Select[tuple[Entry]]:
    taken = select(RoundEntry.entry_id).where(RoundEntry.round_id == (round_.id if round_ else None))
    return select(Entry).where(
        Entry.contest_id == contest.id, Entry.state == EntryState.ACCEPTED, Entry.id.not_in(taken)
    )


def waiting_entries(round_: Round) -> list[Entry]:
    """Accepted works that are not in the round yet."""
    return list(db.session.scalars(_waiting(round_.contest, round_).options(defer(Entry.draft)).order_by(Entry.code)))


def count_waiting(contest: Contest, round_: Round | None) -> int:
    """How many accepted works are not in the round yet, which may not even exist."""
    return db.session.scalar(_waiting(contest, round_).with_only_columns(func.count())) or 0


def counts_of_rounds(contest: Contest) -> dict[int, dict[str, int]]:
    """Works in each round of a contest, by round id and category."""
    counted = db.session.execute(
        select(RoundEntry.round_id, RoundEntry.category, func.count())
        .join(RoundEntry.round)
        .join(RoundEntry.entry)
        .where(Round.contest_id == contest.id, IN_CONTEST)
        .group_by(RoundEntry.round_id, RoundEntry.category)
    )
    found: dict[int, dict[str, int]] = {}
    for round_id, category, number in counted:
        found.setdefault(round_id, {})[category] = number
    return found


# Panels ------------------------------------------------------------------------------------------------------------


def panels_of(round_: Round) -> dict[str, Panel]:
    """The panels of a round with their members and the names of these, by category."""
    found = db.session.scalars(
        select(Panel)
        .where(Panel.round_id == round_.id)
        .options(selectinload(Panel.members).joinedload(PanelMember.user))
    )
    return {panel.category: panel for panel in found}


def jurors_of(contest: Contest) -> list[User]:
    """Everybody with a juror's role in a contest, by name."""
    jurors = db.session.scalars(
        select(User)
        .where(
            User.id.in_(
                select(Membership.user_id).where(
                    Membership.contest_id == contest.id, Membership.role.in_((Role.JUROR, Role.CHAIR))
                )
            )
        )
        .options(joinedload(User.person))
    )
    return sorted(jurors, key=lambda juror: (fold(juror.name).rsplit(" ", 1)[-1], fold(juror.name), juror.id))


# Sheets ------------------------------------------------------------------------------------------------------------


class SheetInForce(NamedTuple):
    """The newest sheet of one juror for one work."""

    entry_id: int
    category: str
    juror_id: int
    is_chair: bool
    marks: dict[str, int]
    revision: int
    assignment_id: int
    sheet_id: int
    comment: str
    submitted_at: datetime
    sha256: str


def _newest() -> ColumnElement[bool]:
    newer = aliased(ScoreSheet)
    return ~(
        select(newer.id)
        .where(newer.assignment_id == ScoreSheet.assignment_id, newer.revision > ScoreSheet.revision)
        .exists()
    )


def sheets_in_force(round_: Round) -> list[SheetInForce]:
    """The sheets that count in a round: the newest of each assignment that is not recused, of works in the contest.

    By category, work and juror. For those who may see marks: the council after sealing, and the tally.
    """
    rows = db.session.execute(
        select(
            Assignment.entry_id,
            RoundEntry.category,
            Assignment.juror_id,
            func.coalesce(PanelMember.chair, False),
            ScoreSheet.marks,
            ScoreSheet.revision,
            Assignment.id,
            ScoreSheet.id,
            ScoreSheet.comment,
            ScoreSheet.submitted_at,
            ScoreSheet.sha256,
        )
        .join(ScoreSheet.assignment)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .outerjoin(Panel, and_(Panel.round_id == RoundEntry.round_id, Panel.category == RoundEntry.category))
        .outerjoin(PanelMember, and_(PanelMember.panel_id == Panel.id, PanelMember.user_id == Assignment.juror_id))
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), IN_CONTEST, _newest())
        .order_by(RoundEntry.category, Assignment.entry_id, Assignment.juror_id)
    )
    return [SheetInForce(*row)._replace(is_chair=bool(row[3])) for row in rows]


def _same_work() -> ColumnElement[bool]:
    return and_(RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id)


def reopened(round_: Round, *, now: datetime | None = None) -> list[Reopening]:
    """The reopenings of a round, newest first; with ``now`` only those whose time is not over."""
    asked = (
        select(Reopening)
        .where(Reopening.round_id == round_.id)
        .options(
            joinedload(Reopening.assignment).options(
                joinedload(Assignment.juror), joinedload(Assignment.entry).defer(Entry.draft)
            ),
            joinedload(Reopening.by),
        )
        .order_by(Reopening.at.desc(), Reopening.id.desc())
    )
    return list(db.session.scalars(asked.where(Reopening.until > now) if now else asked))


def newest_sheet(assignment: Assignment) -> ScoreSheet | None:
    """The sheet of an assignment that counts."""
    return db.session.scalar(
        select(ScoreSheet)
        .where(ScoreSheet.assignment_id == assignment.id)
        .order_by(ScoreSheet.revision.desc())
        .limit(1)
    )


# Progress ----------------------------------------------------------------------------------------------------------


def progress(round_: Round) -> list[Line]:
    """Assigned, sent and begun sheets by juror and category, in one grouped query. Marks are not read."""
    counted = db.session.execute(
        select(
            Assignment.juror_id,
            RoundEntry.category,
            func.count(),
            func.count(first_sheet.id),
            func.count(case((first_sheet.id.is_(None), SheetDraft.assignment_id))),
            func.max(SheetDraft.updated_at),
            func.max(first_sheet.submitted_at),
        )
        .select_from(Assignment)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .outerjoin(SheetDraft, SheetDraft.assignment_id == Assignment.id)
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), IN_CONTEST)
        .group_by(Assignment.juror_id, RoundEntry.category)
        .order_by(Assignment.juror_id, RoundEntry.category)
    )
    return [
        Line(
            juror_id=juror_id,
            category=category,
            tally=Tally(assigned=assigned, done=done, begun=begun),
            last_at=max((moment for moment in (saved, sent) if moment), default=None),
        )
        for juror_id, category, assigned, done, begun, saved, sent in counted
    ]


class Coverage(NamedTuple):
    """How far the works of a round are served."""

    works: int
    complete: int  # works with every sheet the regulation asks for
    unassigned: int  # works with fewer jurors than the regulation asks for
    recused: int  # assignments given back


def coverage(round_: Round, jurors_per_entry: int) -> Coverage:
    """Count works by how many jurors and sheets they have."""
    active = case((Assignment.recused_at.is_(None), Assignment.id))
    sent = case((and_(Assignment.recused_at.is_(None), HAS_SHEET), Assignment.id))
    by_work = (
        select(
            RoundEntry.id,
            func.count(active).label("jurors"),
            func.count(sent).label("sheets"),
            (func.count(Assignment.id) - func.count(active)).label("recused"),
        )
        .select_from(RoundEntry)
        .join(RoundEntry.entry)
        .outerjoin(Assignment, _same_work())
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
        .where(RoundEntry.round_id == round_.id, IN_CONTEST)
        .group_by(RoundEntry.id)
        .subquery()
    )
    row = db.session.execute(
        select(
            func.count(),
            func.count(case((by_work.c.sheets >= jurors_per_entry, 1))),
            func.count(case((by_work.c.jurors < jurors_per_entry, 1))),
            func.coalesce(func.sum(by_work.c.recused), 0),
        ).select_from(by_work)
    ).one()
    return Coverage(*row)


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


# The juror's desk --------------------------------------------------------------------------------------------------


class Done(StrEnum):
    """How far a juror has come with one work."""

    todo = "todo"
    begun = "begun"
    sent = "sent"


class DeskLine(NamedTuple):
    """One work on a juror's desk."""

    id: int
    entry_id: int
    category: str
    code: str | None
    alias: str
    title: str
    saved_at: datetime | None
    draft: dict[str, str] | None
    sent_at: datetime | None
    marks: dict[str, int] | None
    reopened_until: datetime | None

    @property
    def done(self) -> Done:
        """How far the juror has come."""
        if self.marks is not None:
            return Done.sent
        return Done.begun if self.draft is not None else Done.todo

    def name(self, round_: Round) -> str:
        """What the juror calls the work."""
        return name_for_juror(round_, self.category, self.code, self.alias)

    @property
    def total(self) -> int | None:
        """Own total as sent, in hundredths of a point."""
        return None if self.marks is None else sum(self.marks.values())


def rounds_on_desk(juror: User, contest: Contest) -> list[Round]:
    """The rounds in which a juror has work and that the secretariat has opened, the latest first."""
    order = {rule.code: number for number, rule in enumerate(contest.regulation.rounds)}
    found = db.session.scalars(
        select(Round)
        .where(
            Round.contest_id == contest.id,
            Round.opened_at.is_not(None),
            Round.id.in_(
                select(Assignment.round_id).where(Assignment.juror_id == juror.id, Assignment.recused_at.is_(None))
            ),
        )
        .options(joinedload(Round.version))
    )
    return sorted(found, key=lambda row: order.get(row.code, -1), reverse=True)


@cache
def _own_work(blind: bool) -> Select[int]:
    """A juror's assignments in a round, in the order of the desk.

    By alias where names are hidden: the order of codes would tell when a work came in. Statements that jurors cause
    on every key they press are built once.
    """
    return (
        select(Assignment.id)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .where(
            Assignment.juror_id == bindparam("juror"),
            Assignment.round_id == bindparam("round"),
            Assignment.recused_at.is_(None),
            IN_CONTEST,
        )
        .order_by(RoundEntry.category, RoundEntry.alias if blind else Entry.code, Assignment.id)
    )


@cache
def _desk(blind: bool) -> Select[Any]:
    extra = (
        select(Reopening.assignment_id, func.max(Reopening.until).label("until"))
        .where(Reopening.round_id == bindparam("round"))
        .group_by(Reopening.assignment_id)
        .subquery()
    )
    return (
        _own_work(blind)
        .with_only_columns(
            Assignment.id,
            Assignment.entry_id,
            RoundEntry.category,
            Entry.code,
            RoundEntry.alias,
            Entry.title,
            SheetDraft.updated_at,
            SheetDraft.marks,
            ScoreSheet.submitted_at,
            ScoreSheet.marks,
            extra.c.until,
            maintain_column_froms=True,
        )
        .outerjoin(SheetDraft, SheetDraft.assignment_id == Assignment.id)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, _newest()))
        .outerjoin(extra, extra.c.assignment_id == Assignment.id)
    )


def desk(juror: User, round_: Round) -> list[DeskLine]:
    """Everything on a juror's desk in one round, in one query."""
    rows = db.session.execute(_desk(round_.rule.blind), {"juror": juror.id, "round": round_.id})
    return [DeskLine(*row) for row in rows]


@cache
def _own_order(blind: bool) -> Select[int, bool]:
    return (
        _own_work(blind)
        .with_only_columns(Assignment.id, HAS_SHEET, maintain_column_froms=True)
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
    )


class Order(NamedTuple):
    """Where a work lies on the juror's desk."""

    number: int
    total: int
    before: int | None
    after: int | None
    onward: int | None  # the next work without a sheet, from here round the desk


def own_order(juror: User, assignment: Assignment) -> Order:
    """The place of an assignment among the juror's own, and the ways on from it."""
    round_ = assignment.round
    rows = db.session.execute(_own_order(round_.rule.blind), {"juror": juror.id, "round": round_.id}).all()
    ids = [row[0] for row in rows]
    here = ids.index(assignment.id)
    return Order(
        number=here + 1,
        total=len(ids),
        before=ids[here - 1] if here else None,
        after=ids[here + 1] if here + 1 < len(ids) else None,
        onward=next((number for number, sent in [*rows[here + 1 :], *rows[:here]] if not sent), None),
    )


class Sheet(NamedTuple):
    """All that a juror's page for one work needs besides the work itself."""

    assignment: Assignment
    work: RoundEntry
    newest: ScoreSheet | None
    reopened_until: datetime | None

    @property
    def draft(self) -> SheetDraft | None:
        """What the juror typed so far."""
        return self.assignment.draft


def _reachable() -> tuple[ColumnElement[bool], ...]:
    """The juror's own, not given back, in a round of the contest that was opened."""
    return (
        Assignment.id == bindparam("assignment"),
        Assignment.juror_id == bindparam("juror"),
        Assignment.recused_at.is_(None),
        Round.contest_id == bindparam("contest"),
        Round.opened_at.is_not(None),
        IN_CONTEST,
    )


@cache
def _sheet() -> Select[Assignment, RoundEntry, ScoreSheet, datetime]:
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    return (
        select(Assignment, RoundEntry, ScoreSheet, until)
        .join(Assignment.round)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .join(RoundEntry.revision)
        .outerjoin(Round.version)
        .outerjoin(Assignment.draft)
        .outerjoin(ScoreSheet, and_(ScoreSheet.assignment_id == Assignment.id, _newest()))
        .where(*_reachable())
        .options(
            contains_eager(Assignment.round).contains_eager(Round.version),
            contains_eager(Assignment.entry).defer(Entry.draft),
            contains_eager(Assignment.draft),
            contains_eager(RoundEntry.revision),
        )
        .execution_options(populate_existing=True)
    )


def sheet_of(juror: User, contest: Contest, assignment_id: int) -> Sheet | None:
    """One assignment of this juror in this contest, unless they stepped back or the round is not open to them."""
    row = db.session.execute(_sheet(), {"assignment": assignment_id, "juror": juror.id, "contest": contest.id}).first()
    return Sheet(*row) if row else None


class Typing(NamedTuple):
    """A sheet that is being saved or sent: what deciding on it needs, without the work itself."""

    assignment: Assignment
    category: str
    code: str | None
    alias: str

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        """The criteria of the sheet."""
        return self.assignment.round.rubric(self.category)

    @property
    def name(self) -> str:
        """What the juror calls the work."""
        return name_for_juror(self.assignment.round, self.category, self.code, self.alias)


@cache
def _typing() -> Select[Assignment, str, str | None, str]:
    newest = aliased(RegulationVersion, name="newest_version")
    return (
        select(Assignment, RoundEntry.category, Entry.code, RoundEntry.alias)
        .join(Assignment.juror)
        .join(Assignment.round)
        .join(Round.contest)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .outerjoin(newest, newest.id == Contest.version_id)
        .outerjoin(Round.version)
        .outerjoin(Assignment.draft)
        .where(*_reachable())
        .options(
            contains_eager(Assignment.juror),
            contains_eager(Assignment.draft),
            contains_eager(Assignment.round).options(
                contains_eager(Round.version),
                contains_eager(Round.contest).contains_eager(Contest.version.of_type(newest)),
            ),
        )
        .execution_options(populate_existing=True)
    )


def typing_of(juror_id: int, contest_id: int, assignment_id: int) -> Typing | None:
    """The sheet that a juror types or sends, in one query together with all that was read before and may be old."""
    row = db.session.execute(_typing(), {"assignment": assignment_id, "juror": juror_id, "contest": contest_id}).first()
    return Typing(*row) if row else None


def name_for_juror(round_: Round, category: str, code: str | None, alias: str) -> str:
    """What jurors of a round call a work: its code, or its alias where names are hidden."""
    if round_.rule.blind:
        return alias
    rule = round_.regulation.category(category)
    return codes.shown(code or "", {rule.prefix: rule.shown_prefix})


class Judged(NamedTuple):
    """What a sheet is about, for deciding on it."""

    category: str
    code: str | None
    reopened_until: datetime | None


@cache
def _judged() -> Select[str, str | None, datetime | None]:
    until = select(func.max(Reopening.until)).where(Reopening.assignment_id == Assignment.id).scalar_subquery()
    return (
        select(RoundEntry.category, Entry.code, until)
        .select_from(Assignment)
        .join(RoundEntry, _same_work())
        .join(Assignment.entry)
        .where(Assignment.id == bindparam("assignment"), IN_CONTEST)
    )


def judged_by(assignment: Assignment) -> Judged | None:
    """The work of an assignment, if it is still in the contest, and the extra time there is for it."""
    row = db.session.execute(_judged(), {"assignment": assignment.id}).first()
    return Judged(*row) if row else None


def instalments_of(work: RoundEntry) -> Sequence[Instalment]:
    """The instalments of the revision that is judged."""
    return db.session.scalars(
        select(Instalment).where(Instalment.revision_id == work.revision_id).order_by(Instalment.position)
    ).all()


def bylines_of(work: RoundEntry) -> Sequence[Byline]:
    """The bylines of the revision that is judged."""
    return db.session.scalars(
        select(Byline).where(Byline.revision_id == work.revision_id).order_by(Byline.position)
    ).all()


class WorkFile(NamedTuple):
    """A file of a work, with what was made of it to look at."""

    attachment: Attachment
    blob: Blob
    made: Sequence[Derivative]


def files_kept(work: RoundEntry, slots: Collection[str]) -> list[int]:
    """The attachments that the revision names in these slots, in the order of the dossier."""
    return [file["id"] for file in work.revision.content["attachments"] if file["slot"] in slots]


def files_of(work: RoundEntry, slots: Collection[str]) -> list[WorkFile]:
    """The files of the revision that is judged, of these slots, in the order of the dossier."""
    kept = files_kept(work, slots)
    found = {
        attachment.id: (attachment, blob)
        for attachment, blob in db.session.execute(
            select(Attachment, Blob)
            .join(Blob, Blob.sha256 == Attachment.sha256)
            .where(Attachment.id.in_(kept), Attachment.entry_id == work.entry_id)
        )
    }
    made = derivatives_of({blob.sha256 for _, blob in found.values()})
    return [
        WorkFile(attachment, blob, made.get(blob.sha256, ()))
        for attachment, blob in (found[number] for number in kept if number in found)
    ]


def derivative_of(attachment_id: int, part: str, position: int) -> Derivative | None:
    """One thing made of an attached file."""
    return db.session.scalar(
        select(Derivative)
        .join(Attachment, Attachment.sha256 == Derivative.original_sha256)
        .where(Attachment.id == attachment_id, Derivative.part == part, Derivative.position == position)
    )


def history_of(newest: ScoreSheet | None) -> Sequence[ScoreSheet]:
    """All sheets of a sheet that was corrected, newest first; nothing for one that was not."""
    if newest is None or newest.revision == 1:
        return ()
    return db.session.scalars(
        select(ScoreSheet).where(ScoreSheet.assignment_id == newest.assignment_id).order_by(ScoreSheet.revision.desc())
    ).all()


# Assigning ---------------------------------------------------------------------------------------------------------


class AssignmentLine(NamedTuple):
    """One assignment as the secretariat sees it: no marks."""

    id: int
    entry_id: int
    juror_id: int
    recused_at: datetime | None
    recusal_reason: str
    sent: bool
    begun: bool


def assignment_lines(round_: Round, entry_ids: Collection[int] | None = None) -> list[AssignmentLine]:
    """The assignments of a round, or those of some works in it."""
    asked = (
        select(
            Assignment.id,
            Assignment.entry_id,
            Assignment.juror_id,
            Assignment.recused_at,
            Assignment.recusal_reason,
            HAS_SHEET,
            SheetDraft.assignment_id.is_not(None),
        )
        .outerjoin(SheetDraft, SheetDraft.assignment_id == Assignment.id)
        .outerjoin(first_sheet, and_(first_sheet.assignment_id == Assignment.id, first_sheet.revision == 1))
        .where(Assignment.round_id == round_.id)
        .order_by(Assignment.id)
    )
    if entry_ids is not None:
        asked = asked.where(Assignment.entry_id.in_(entry_ids))
    return [AssignmentLine(*row[:5], bool(row[5]), bool(row[6])) for row in db.session.execute(asked)]


def works_to_assign(round_: Round, category: str) -> Select[Any]:
    """The works of one category in a round, by code: a statement to be paged."""
    return (
        select(RoundEntry)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, RoundEntry.category == category, IN_CONTEST)
        .options(contains_eager(RoundEntry.entry).defer(Entry.draft))
        .order_by(Entry.code)
    )


def work_in(round_: Round, entry_id: int) -> RoundEntry | None:
    """One work of a round, if it is still in the contest."""
    return db.session.scalar(
        select(RoundEntry)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, RoundEntry.entry_id == entry_id, IN_CONTEST)
        .options(contains_eager(RoundEntry.entry).defer(Entry.draft))
    )


def loads_of(round_: Round) -> dict[int, int]:
    """How many works each juror of a round has."""
    counted = db.session.execute(
        select(Assignment.juror_id, func.count())
        .join(Assignment.entry)
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None), IN_CONTEST)
        .group_by(Assignment.juror_id)
    )
    return dict(counted.all())


# Conflicts ---------------------------------------------------------------------------------------------------------


def successors() -> dict[int, int | None]:
    """The outlet that took over from each outlet."""
    return dict(db.session.execute(select(Outlet.id, Outlet.successor_id)).all())


def declared(juror_ids: Collection[int]) -> set[tuple[int, int]]:
    """Declared interests of these jurors, as (juror id, entry id)."""
    rows = db.session.execute(select(Conflict.juror_id, Conflict.entry_id).where(Conflict.juror_id.in_(juror_ids)))
    return {(juror_id, entry_id) for juror_id, entry_id in rows}


def juror_facts(contest: Contest, juror_ids: Collection[int]) -> dict[int, JurorFacts]:
    """What ties jurors to works: person, contacts, newsrooms."""
    newsrooms: dict[int, set[int]] = {}
    for user_id, outlet_id in db.session.execute(
        select(Membership.user_id, Membership.outlet_id).where(
            Membership.contest_id == contest.id, Membership.user_id.in_(juror_ids)
        )
    ):
        if outlet_id is not None:
            newsrooms.setdefault(user_id, set()).add(outlet_id)
    rows = db.session.execute(
        select(User.id, User.person_id, User.email, Person.email, Person.phone, Person.name)
        .join(Person, Person.id == User.person_id)
        .where(User.id.in_(juror_ids))
    )
    return {
        user_id: JurorFacts(
            user_id=user_id,
            person_id=person_id,
            emails=_known(account.lower(), email.lower()),
            phones=_known(phone),
            outlets=frozenset(newsrooms.get(user_id, ())),
            name=fold(name),
        )
        for user_id, person_id, account, email, phone, name in rows
    }


def _known(*values: str) -> frozenset[str]:
    return frozenset(value for value in values if value)


def work_facts(round_: Round, entry_ids: Collection[int] | None = None) -> dict[int, WorkFacts]:
    """What ties the works of a round to jurors: owner, people behind the bylines, newsrooms."""
    wanted = and_(
        RoundEntry.round_id == round_.id,
        or_(entry_ids is None, RoundEntry.entry_id.in_(entry_ids or ())),  # type: ignore[arg-type]
    )
    facts: dict[int, dict[str, Any]] = {}
    for entry_id, owner_id, outlet_id in db.session.execute(
        select(RoundEntry.entry_id, Entry.owner_id, Entry.outlet_id).join(RoundEntry.entry).where(wanted)
    ):
        facts[entry_id] = {
            "owner_id": owner_id,
            "person_ids": set(),
            "emails": set(),
            "phones": set(),
            "outlets": {outlet_id} - {None},
            "names": set(),
        }
    for entry_id, person_id, name, printed, email, phone in db.session.execute(
        select(RoundEntry.entry_id, Byline.person_id, Byline.name, Byline.email, Person.email, Person.phone)
        .join(Byline, Byline.revision_id == RoundEntry.revision_id)
        .join(Byline.person)
        .where(wanted)
    ):
        known = facts[entry_id]
        known["person_ids"].add(person_id)
        known["names"].add(fold(name))
        known["emails"] |= _known(printed.lower(), email.lower())
        known["phones"] |= _known(phone)
    for entry_id, outlet_id in db.session.execute(
        select(RoundEntry.entry_id, Instalment.outlet_id)
        .join(Instalment, Instalment.revision_id == RoundEntry.revision_id)
        .where(wanted, Instalment.outlet_id.is_not(None))
    ):
        facts[entry_id]["outlets"].add(outlet_id)
    return {
        entry_id: WorkFacts(
            owner_id=known.pop("owner_id"), **{name: frozenset(values) for name, values in known.items()}
        )
        for entry_id, known in facts.items()
    }
