"""What people do in the jury room: form panels, admit and assign works, open rounds, mark, step back, reopen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.entries import codes
from contest.entries.models import Entry
from contest.judging import conflicts, emails, progress, queries, sheets, spreading
from contest.judging.conflicts import Kind
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
from contest.judging.refusals import (
    AlreadyAssigned,
    AlreadyOpened,
    CorrectionNeedsReason,
    DraftChanged,
    InConflict,
    MemberHasWork,
    NotAJuror,
    NothingToJudge,
    NotInRound,
    NotOnPanel,
    NotYourAssignment,
    PanelEmpty,
    PanelsMissing,
    PanelWithoutChair,
    ProposalChanged,
    RecusalNeedsReason,
    Recused,
    ReopeningNeedsReason,
    ReopeningTooShort,
    RoundSealed,
    SheetChanged,
    SheetExists,
    UnknownCategory,
    UnknownRound,
)
from contest.regulations.models import Contest

# Rounds and panels -------------------------------------------------------------------------------------------------


def begin_round(contest: Contest, code: str) -> Round:
    """Give the round of this code its row, or find the row it has.

    :raise UnknownRound: if the regulation has no such round
    """
    if code not in {rule.code for rule in contest.regulation.rounds}:
        raise UnknownRound
    found = queries.round_of(contest, code)
    if found is None:
        found = Round(contest=contest, code=code)
        db.session.add(found)
        db.session.flush()
    return found


def _check_not_sealed(round_: Round) -> None:
    """Pass while the round may be changed; unlike its window this needs no calendar, so typing stays quick."""
    if round_.sealed_at is not None:
        raise RoundSealed(round=round_.name)


def form_panel(
    round_: Round, category: str, *, members: Sequence[User], chair: User | None, by: User, now: datetime
) -> Panel:
    """Form the panel of a category, or change who sits on it.

    :raise RoundSealed: once the round is sealed
    :raise PanelRefused: if somebody is no juror, nobody chairs, or a juror would leave assigned works behind
    """
    _check_not_sealed(round_)
    if category not in round_.rule.rubrics:
        raise UnknownCategory
    if not members:
        raise PanelEmpty
    if chair is None or chair.id not in {member.id for member in members}:
        raise PanelWithoutChair
    jurors = {juror.id for juror in queries.jurors_of(round_.contest)}
    if any(member.id not in jurors for member in members):
        raise NotAJuror

    panel = db.session.scalar(select(Panel).filter_by(round_id=round_.id, category=category))
    if panel is None:
        panel = Panel(round_id=round_.id, category=category)
        db.session.add(panel)
    _check_leaving(round_, panel, {member.id for member in members})
    panel.members.clear()
    db.session.flush()
    panel.members.extend(PanelMember(user_id=member.id, chair=member.id == chair.id) for member in members)
    db.session.flush()
    audit.record(
        "panel.formed",
        contest_id=round_.contest_id,
        by=by,
        about=f"panel:{round_.code}:{category}",
        now=now,
        details={"members": sorted(member.subject for member in members), "chair": chair.subject},
    )
    return panel


def _check_leaving(round_: Round, panel: Panel, staying: Collection[int]) -> None:
    leaving = [member.user_id for member in panel.members if member.user_id not in staying]
    if not leaving:
        return
    left_behind = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .join(
            RoundEntry,
            (RoundEntry.round_id == Assignment.round_id) & (RoundEntry.entry_id == Assignment.entry_id),
        )
        .where(
            Assignment.round_id == round_.id,
            Assignment.juror_id.in_(leaving),
            Assignment.recused_at.is_(None),
            RoundEntry.category == panel.category,
        )
    )
    if left_behind:
        raise MemberHasWork(count=left_behind)


def admit_entries(round_: Round, entries: Iterable[Entry], *, by: User | None, now: datetime) -> list[RoundEntry]:
    """Take works into a round, each with the revision in force; those already in it are left as they are.

    Which works may come in is for the caller: the accepted ones into the first round, the advancing ones into a later.

    :raise RoundSealed: once the round is sealed
    """
    _check_not_sealed(round_)
    present, aliases = set(), set()
    for entry_id, alias in db.session.execute(
        select(RoundEntry.entry_id, RoundEntry.alias).where(RoundEntry.round_id == round_.id)
    ):
        present.add(entry_id)
        aliases.add(alias)
    admitted = []
    for entry in entries:
        if entry.id in present or entry.revision_id is None:
            continue
        alias = new_alias(aliases)
        aliases.add(alias)
        admitted.append(
            RoundEntry(
                round_id=round_.id,
                entry_id=entry.id,
                revision_id=entry.revision_id,
                category=entry.category,
                alias=alias,
                admitted_at=now,
            )
        )
    if admitted:
        db.session.add_all(admitted)
        db.session.flush()
        audit.record(
            "round.entries_admitted",
            contest_id=round_.contest_id,
            by=by,
            about=f"round:{round_.code}",
            now=now,
            details={"entries": len(admitted), "revisions": sorted(work.revision_id for work in admitted)},
        )
    return admitted


def admit_accepted(round_: Round, *, by: User, now: datetime) -> list[RoundEntry]:
    """Take every accepted work into the first round."""
    return admit_entries(round_, queries.waiting_entries(round_), by=by, now=now)


def new_alias(taken: Collection[str]) -> str:
    """Draw a name for a work that says nothing about it and that no other work of the round has."""
    while (alias := codes.alias()) in taken:
        pass
    return alias


def open_round(round_: Round, *, by: User, now: datetime) -> Round:
    """Open a round to its jurors and bind it to the regulation as it stands now (rubric and panel follow it).

    Sheets are taken in from the hour in the calendar on; until then jurors can read.

    :raise OpeningRefused: if it was opened before, has no works, or a category lacks its panel
    """
    lock(round_)
    if round_.opened_at is not None:
        raise AlreadyOpened(round=round_.name, at=round_.opened_at)
    works = queries.counts_of_rounds(round_.contest).get(round_.id, {})
    if not works:
        raise NothingToJudge
    rule = round_.contest.regulation.round(round_.code)
    panels = queries.panels_of(round_)
    missing = [
        round_.contest.regulation.category(category).name
        for category in works
        if category not in panels or len(panels[category].members) < rule.minimum_sheets
    ]
    if missing:
        raise PanelsMissing(categories=", ".join(missing))
    round_.version_id = round_.contest.version_id
    round_.opened_at, round_.opened_by_id = now, by.id
    db.session.flush()
    db.session.refresh(round_, ["version"])
    audit.record(
        "round.opened",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={"works": works, "regulation": round_.version.sha256 if round_.version else None},
    )
    _tell_jurors(round_, queries.loads_of(round_), now=now)
    return round_


def _tell_jurors(round_: Round, juror_ids: Collection[int], *, now: datetime) -> None:
    """Write to jurors who got works; before the round is opened nobody is told anything."""
    if round_.opened_at is None:
        return
    loads = queries.loads_of(round_)
    for juror in queries.people(juror_ids).values():
        emails.works_assigned(round_, juror, loads[juror.id], now=now)


# Assigning ---------------------------------------------------------------------------------------------------------


def conflicts_in(
    round_: Round, juror_ids: Collection[int], entry_ids: Collection[int] | None = None
) -> dict[tuple[int, int], tuple[Kind, ...]]:
    """Every conflict between these jurors and the works of a round, by (juror id, entry id)."""
    jurors = queries.juror_facts(round_.contest, juror_ids)
    works = queries.work_facts(round_, entry_ids)
    successors, declared = queries.successors(), queries.declared(juror_ids)
    found = {}
    for juror_id, juror in jurors.items():
        for entry_id, work in works.items():
            kinds = conflicts.find(juror, work, successors=successors, declared=declared, entry_id=entry_id)
            if kinds:
                found[juror_id, entry_id] = kinds
    return found


def assign(round_: Round, entry: Entry, juror: User, *, by: User, now: datetime) -> Assignment:
    """Give a work to a juror of its panel.

    :raise RoundSealed: once the round is sealed
    :raise AssignmentRefused: if the juror is not on the panel, is in conflict, or has or had the work
    """
    _check_not_sealed(round_)
    work = queries.work_in(round_, entry.id)
    if work is None:
        raise NotInRound
    panel = queries.panels_of(round_).get(work.category)
    if panel is None or juror.id not in {member.user_id for member in panel.members}:
        raise NotOnPanel
    for kind in conflicts_in(round_, [juror.id], [entry.id]).get((juror.id, entry.id), ()):
        if kind.blocks:
            raise InConflict(kind)
    if db.session.scalar(select(Assignment.id).filter_by(round_id=round_.id, entry_id=entry.id, juror_id=juror.id)):
        raise AlreadyAssigned
    assignment = Assignment(round_id=round_.id, entry_id=entry.id, juror_id=juror.id, assigned_at=now)
    db.session.add(assignment)
    try:
        db.session.flush()
    except IntegrityError as twin:
        raise AlreadyAssigned from twin
    audit.record(
        "assignment.made",
        contest_id=round_.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": round_.code, "entry": entry.code, "juror": juror.subject},
    )
    _tell_jurors(round_, [juror.id], now=now)
    return assignment


def unassign(assignment: Assignment, *, by: User, now: datetime) -> None:
    """Take a work back from a juror who has sent no sheet for it.

    :raise RoundSealed: once the round is sealed
    :raise SheetExists: if a sheet was sent
    """
    _check_not_sealed(assignment.round)
    lock(assignment)
    if queries.newest_sheet(assignment) is not None:
        raise SheetExists
    audit.record(
        "assignment.taken_back",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={
            "round": assignment.round.code,
            "entry": assignment.entry.code,
            "juror": assignment.juror.subject,
            "had_draft": assignment.draft is not None,
        },
    )
    for extra in db.session.scalars(select(Reopening).filter_by(assignment_id=assignment.id)):
        db.session.delete(extra)
    db.session.delete(assignment)
    db.session.flush()


def choose_jurors(round_: Round, entry: Entry, jurors: Collection[User], *, by: User, now: datetime) -> None:
    """Let exactly these jurors have a work, besides those who stepped back from it.

    :raise AssignmentRefused: as giving and taking back do
    """
    wanted = {juror.id: juror for juror in jurors}
    current = {line.juror_id: line for line in queries.assignment_lines(round_, [entry.id])}
    for juror_id, line in current.items():
        if line.recused_at is None and juror_id not in wanted:
            unassign(db.session.get_one(Assignment, line.id), by=by, now=now)
    for juror_id, juror in wanted.items():
        if juror_id not in current:
            assign(round_, entry, juror, by=by, now=now)


@dataclass(frozen=True)
class Proposal:
    """How the works of a round would be spread: shown first, confirmed as one act."""

    spread: spreading.Spread
    seed: int
    conflicts: Mapping[tuple[int, int], tuple[Kind, ...]]

    @property
    def digest(self) -> str:
        """What a confirmation names, so that nothing else is confirmed."""
        return sha256(json.dumps([self.seed, self.spread.lines]).encode()).hexdigest()[:16]


def propose_spread(round_: Round, *, seed: int, category: str | None = None) -> Proposal:
    """Work out who would judge what, evenly and without conflicts; assignments already made stay.

    :param category: this category alone; loads in the others still count
    """
    panels = queries.panels_of(round_)
    members = {name: frozenset(member.user_id for member in panel.members) for name, panel in panels.items()}
    juror_ids = frozenset().union(*members.values())
    found = conflicts_in(round_, juror_ids)
    barred: dict[int, set[int]] = {}
    for (juror_id, entry_id), kinds in found.items():
        if any(kind.blocks for kind in kinds):
            barred.setdefault(entry_id, set()).add(juror_id)
    kept: dict[int, set[int]] = {}
    for line in queries.assignment_lines(round_):
        (kept if line.recused_at is None else barred).setdefault(line.entry_id, set()).add(line.juror_id)

    entries = queries.round_entries(round_)
    asked = {work.entry_id for work in entries if category in (None, work.category)}
    proposed = spreading.spread(
        (
            spreading.Work(
                entry_id=work.entry_id,
                panel=members.get(work.category, frozenset()) if work.entry_id in asked else frozenset(),
                barred=frozenset(barred.get(work.entry_id, ())),
                kept=frozenset(kept.get(work.entry_id, ())),
            )
            for work in entries
        ),
        round_.rule.jurors_per_entry,
        seed=seed,
    )
    unserved = tuple(work for work in proposed.unserved if work.entry_id in asked)
    proposed = replace(proposed, unserved=unserved)
    return Proposal(proposed, seed, found)


def spread(
    round_: Round, *, seed: int, digest: str | None = None, category: str | None = None, by: User, now: datetime
) -> Proposal:
    """Assign works as proposed, as one act.

    :param digest: of the proposal that was looked at; None takes whatever comes out
    :raise RoundSealed: once the round is sealed
    :raise ProposalChanged: if the same seed no longer gives the same proposal
    """
    _check_not_sealed(round_)
    proposal = propose_spread(round_, seed=seed, category=category)
    if digest is not None and proposal.digest != digest:
        raise ProposalChanged
    db.session.add_all(
        Assignment(round_id=round_.id, entry_id=entry_id, juror_id=juror_id, assigned_at=now)
        for entry_id, juror_id in proposal.spread.lines
    )
    db.session.flush()
    audit.record(
        "assignments.spread",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={
            "seed": seed,
            "category": category,
            "assignments": len(proposal.spread.lines),
            "unserved": len(proposal.spread.unserved),
            "proposal": proposal.digest,
        },
    )
    _tell_jurors(round_, {juror_id for _, juror_id in proposal.spread.lines}, now=now)
    return proposal


# Marking -----------------------------------------------------------------------------------------------------------


def save_sheet_draft(
    assignment: Assignment, marks: Mapping[str, str], comment: str, *, version: int, by: User, now: datetime
) -> SheetDraft:
    """Keep what a juror has typed, finished or not. Saving the same again changes nothing.

    Drafts are kept after the round closed too: extra time may be granted, and no typed text is ever lost to the clock.

    :param marks: text by criterion code, as typed
    :param version: the version this text was typed over; 0 when there was none
    :raise DraftChanged: if another window saved something else in between
    :raise Recused: if the juror has stepped back
    :raise RoundSealed: once the round is sealed
    """
    _check_own(assignment, by)
    _check_not_sealed(assignment.round)
    stored, typed = assignment.draft, {code: text for code, text in marks.items() if text}
    if stored is None:
        if version:
            raise DraftChanged(at=now)
        assignment.draft = stored = SheetDraft(version=0)
    elif stored.marks == typed and stored.comment == comment:
        return stored
    elif stored.version != version:
        raise DraftChanged(at=stored.updated_at)
    stored.version += 1
    stored.marks, stored.comment, stored.updated_at = typed, comment, now
    try:
        db.session.flush()
    except (IntegrityError, StaleDataError) as twin:
        raise DraftChanged(at=now) from twin
    return stored


def submit_score_sheet(
    assignment: Assignment,
    marks: Mapping[str, int],
    comment: str = "",
    *,
    reason: str = "",
    seen: int | None = None,
    by: User,
    now: datetime,
) -> ScoreSheet:
    """Record a juror's marks as the next revision of their sheet.

    The same content again is answered with the sheet that is there, also after the round closed: a browser that
    lost the first answer asks a second time.

    :param marks: hundredths of a point by criterion code, every criterion
    :param reason: why a sheet already sent is corrected
    :param seen: number of the revision the juror was looking at, 0 for none; None to correct whatever is there
    :raise WindowRefused: if the round takes in no sheet at ``now``
    :raise Recused: if the juror has stepped back from this entry
    :raise SheetChanged: if another window sent a different sheet in between
    :raise CorrectionNeedsReason: if there is a sheet and no reason
    """
    _check_own(assignment, by)
    round_ = assignment.round
    lock(assignment)
    content = sheets.Content(marks, comment)
    newest = queries.newest_sheet(assignment)
    if newest is not None and content.same_as(newest.marks, newest.comment):
        return newest
    work = queries.judged_by(assignment)
    if work is None:
        raise NotInRound
    round_.window(work.reopened_until).check_takes_sheets(now)
    sheets.check_whole(marks, round_.rubric(work.category))
    if newest is not None:
        if seen is not None and newest.revision != seen:
            raise SheetChanged(at=newest.submitted_at)
        if not reason:
            raise CorrectionNeedsReason
    revision = newest.revision + 1 if newest else 1
    sheet = ScoreSheet(
        assignment_id=assignment.id,
        revision=revision,
        marks=dict(marks),
        comment=comment,
        reason=reason if newest else "",
        submitted_at=now,
        sha256=sheets.fingerprint(
            content,
            round_code=round_.code,
            entry=work.code,
            juror=by.subject,
            revision=revision,
            submitted_at=now,
        ),
    )
    db.session.add(sheet)
    db.session.flush()
    audit.record(
        "score_sheet.submitted" if revision == 1 else "score_sheet.corrected",
        contest_id=round_.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": round_.code, "entry": work.code, "revision": revision, "sha256": sheet.sha256},
    )
    return sheet


def recuse(assignment: Assignment, *, reason: str, by: User, now: datetime) -> None:
    """Let a juror step back from a work. The assignment stays, marked; a sheet sent before no longer counts.

    :raise RoundSealed: once the round is sealed
    :raise RecusalNeedsReason: without a reason
    """
    _check_own(assignment, by)
    _check_not_sealed(assignment.round)
    if not reason:
        raise RecusalNeedsReason
    lock(assignment)
    assignment.recused_at, assignment.recusal_reason = now, reason
    declare_conflict(by, assignment.entry, note=reason, by=by, now=now)
    audit.record(
        "assignment.recused",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={"round": assignment.round.code, "entry": assignment.entry.code},
    )


def declare_conflict(juror: User, entry: Entry, *, note: str = "", by: User, now: datetime) -> Conflict:
    """Remember that a juror has an interest in a work: it is never given to them, and where they have it they lose it.

    Sealed rounds are left as they were.
    """
    found = db.session.scalar(select(Conflict).filter_by(juror_id=juror.id, entry_id=entry.id, kind=Kind.declared))
    if found is not None:
        return found
    conflict = Conflict(juror_id=juror.id, entry_id=entry.id, kind=Kind.declared, note=note[:255], by_id=by.id, at=now)
    db.session.add(conflict)
    db.session.flush()
    audit.record(
        "conflict.declared",
        contest_id=entry.contest_id,
        by=by,
        about=f"entry:{entry.code}",
        now=now,
        details={"juror": juror.subject},
    )
    held = db.session.scalars(
        select(Assignment)
        .join(Assignment.round)
        .where(
            Assignment.juror_id == juror.id,
            Assignment.entry_id == entry.id,
            Assignment.recused_at.is_(None),
            Round.sealed_at.is_(None),
        )
    )
    for assignment in held:
        assignment.recused_at, assignment.recusal_reason = now, note
    return conflict


def _check_own(assignment: Assignment, juror: User) -> None:
    if assignment.juror_id != juror.id:
        raise NotYourAssignment
    if assignment.recused_at is not None:
        raise Recused


def reopen(assignment: Assignment, *, until: datetime, reason: str, by: User, now: datetime) -> Reopening:
    """Give one juror extra time for one work, for a late sheet or to mark again.

    :raise RoundSealed: once the round is sealed
    :raise ReopeningRefused: without a reason, or if the time ends before now or before the round does
    """
    window = assignment.round.window()
    _check_not_sealed(assignment.round)
    if assignment.recused_at is not None:
        raise Recused
    if not reason:
        raise ReopeningNeedsReason
    if until <= now or until <= window.closes:
        raise ReopeningTooShort(closes=window.closes)
    extra = Reopening(
        round_id=assignment.round_id, assignment_id=assignment.id, until=until, reason=reason, by_id=by.id, at=now
    )
    db.session.add(extra)
    db.session.flush()
    audit.record(
        "assignment.reopened",
        contest_id=assignment.round.contest_id,
        by=by,
        about=f"assignment:{assignment.id}",
        now=now,
        details={
            "round": assignment.round.code,
            "entry": assignment.entry.code,
            "juror": assignment.juror.subject,
            "until": until.isoformat(),
        },
    )
    work = queries.work_in(assignment.round, assignment.entry_id)
    if work is None:
        raise NotInRound
    name = queries.name_for_juror(assignment.round, work.category, work.entry.code, work.alias)
    emails.sheet_reopened(extra, name, now=now)
    return extra


def remind(round_: Round, *, jurors: Collection[int] | None = None, by: User, now: datetime) -> int:
    """Write to jurors who have sheets left, never to those who are done; to each once a day.

    :param jurors: these alone; None for all
    :return: number of jurors written to
    :raise WindowRefused: if the round takes in no sheets now
    """
    window = round_.window()
    window.check_takes_sheets(now)
    board = progress.board(queries.progress(round_), opens=window.opens, closes=window.closes, now=now)
    behind = {line.juror_id: line.tally.left for line in board.unfinished if jurors is None or line.juror_id in jurors}
    for juror in queries.people(behind).values():
        emails.reminder(round_, juror, behind[juror.id], now=now)
    if behind:
        audit.record(
            "jurors.reminded",
            contest_id=round_.contest_id,
            by=by,
            about=f"round:{round_.code}",
            now=now,
            details={"jurors": len(behind)},
        )
    return len(behind)
