"""A proposal for all works of a round: worked out, changed by hand, confirmed as one act."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select

from contest import audit
from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.errors import ContestError
from contest.judging import queries
from contest.judging.assignment import Flaw, Line, Reason, Spread, flaws, solve, told
from contest.judging.models import Assignment, AssignmentPlan, Reopening, Round
from contest.judging.refusals import (
    AlreadyAssigned,
    InConflict,
    JurorAway,
    JurorFull,
    NotInRound,
    NotOnPanel,
    ProposalBroken,
    ProposalChanged,
    SheetBegun,
)
from contest.judging.services.rounds import check_not_sealed, in_no_order, tell_jurors


@dataclass(frozen=True)
class Proposal:
    """How the works of a round would be spread: shown first, confirmed as one act.

    :ivar level: whether untouched works move to make loads even
    :ivar flaws: what the lines of a kept plan break by now; nothing in one that was just worked out
    :ivar kept: the plan that somebody changed, where there is one
    """

    spread: Spread
    posed: queries.Posed
    seed: int
    level: bool
    flaws: Mapping[Line, Flaw]
    kept: AssignmentPlan | None = None

    @property
    def digest(self) -> str:
        """What a confirmation names, so that nothing else is confirmed."""
        written = [self.seed, self.spread.lines, sorted(self.spread.taken)]
        return sha256(json.dumps(written).encode()).hexdigest()[:16]

    @property
    def all_lines(self) -> set[Line]:
        """Everybody who has a work then, earlier or from now on."""
        return {*self.spread.lines, *self.spread.kept}


def propose_spread(
    round_: Round, *, seed: int, panel: str | None = None, level: bool = False, now: datetime
) -> Proposal:
    """Work out who would judge what, evenly and without conflicts. What is assigned stays where it can.

    :param panel: the works of this panel alone; loads of the others still count
    :param level: move works on which nobody has begun, to make the loads even
    """
    posed = queries.posed(round_, panel=panel, now=now)
    spread = solve(posed.problem, seed=seed, level=level)
    return Proposal(spread, posed, seed, level, {})


def proposal_at(round_: Round, *, seed: int, panel: str | None = None, level: bool = False, now: datetime) -> Proposal:
    """Give the plan that somebody changed and that waits to be confirmed; without one, work a proposal out."""
    plan = queries.spread_plan(round_, panel)
    if plan is None:
        return propose_spread(round_, seed=seed, panel=panel, level=level, now=now)
    posed = queries.posed(round_, panel=panel, now=now)
    given = {
        (entry_id, juror_id): Reason(reason) for entry_id, juror_id, reason in plan.lines if entry_id in posed.works
    }
    settled = {(work.entry_id, juror) for work in posed.problem.works for juror in work.settled}
    spread = told(posed.problem, [*given, *sorted(settled - given.keys())], given=given, by_hand=set(plan.touched))
    broken = flaws(posed.problem, given.keys() | settled)
    return Proposal(spread, posed, plan.seed, False, broken, plan)


def spread(
    round_: Round,
    *,
    seed: int,
    digest: str | None = None,
    panel: str | None = None,
    level: bool = False,
    by: User,
    now: datetime,
) -> Proposal:
    """Assign works as proposed, as one act; a plan that somebody changed goes before the draw.

    :param digest: of the proposal that was looked at; None takes whatever comes out
    :raise RoundSealed: once the round is sealed
    :raise ProposalChanged: if what comes out is not what was looked at
    :raise ProposalBroken: if a line of the plan breaks a rule by now
    """
    check_not_sealed(round_)
    proposal = proposal_at(round_, seed=seed, panel=panel, level=level, now=now)
    if digest is not None and proposal.digest != digest:
        raise ProposalChanged
    if proposal.flaws:
        raise ProposalBroken(count=len(proposal.flaws))
    lines, taken = proposal.spread.lines, proposal.spread.taken
    back = _take_back(round_, taken)
    _give(round_, lines, now=now)
    if proposal.kept is not None:
        db.session.delete(proposal.kept)
    audit.record(
        "assignments.spread",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={
            "seed": proposal.seed,
            "panel": panel,
            "assignments": len(lines),
            "taken_back": back,
            "by_hand": len(proposal.kept.touched) if proposal.kept is not None else 0,
            "unserved": len(proposal.spread.unserved),
            "proposal": proposal.digest,
        },
    )
    tell_jurors(round_, {juror_id for _, juror_id in lines}, now=now)
    return proposal


def _take_back(round_: Round, lines: Iterable[Line]) -> list[list[str]]:
    """Take untouched works back, and say which, by the code of the work and the random id of the juror."""
    wanted = set(lines)
    if not wanted:
        return []
    held = [
        assignment
        for assignment in db.session.scalars(
            select(Assignment)
            .where(Assignment.round_id == round_.id, Assignment.entry_id.in_({entry for entry, _ in wanted}))
            .with_for_update()
        )
        if (assignment.entry_id, assignment.juror_id) in wanted
    ]
    ids = [assignment.id for assignment in held]
    found = queries.assignment_lines(round_, {assignment.entry_id for assignment in held})
    if any(line.settled for line in found if (line.entry_id, line.juror_id) in wanted):
        raise ProposalChanged
    named = db.session.execute(
        select(Entry.code, User.subject)
        .select_from(Assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .where(Assignment.id.in_(ids))
        .order_by(Entry.code, User.subject)
    )
    told_back = [[code or "", subject] for code, subject in named]
    db.session.execute(delete(Reopening).where(Reopening.assignment_id.in_(ids)))
    db.session.execute(delete(Assignment).where(Assignment.id.in_(ids)))
    return told_back


def _give(round_: Round, lines: Iterable[Line], *, now: datetime) -> None:
    """Give works to jurors; what they have only to be compared counts from now on."""
    compared = {
        (held.entry_id, held.juror_id): held
        for held in db.session.scalars(select(Assignment).filter_by(round_id=round_.id, advisory=True))
    }
    for entry_id, juror_id in in_no_order(round_, lines):
        if (held := compared.get((entry_id, juror_id))) is not None:
            held.advisory = False
        else:
            db.session.add(Assignment(round_id=round_.id, entry_id=entry_id, juror_id=juror_id, assigned_at=now))
    db.session.flush()


def change_proposal(
    round_: Round,
    entry_id: int,
    juror_ids: Collection[int],
    *,
    seed: int,
    panel: str | None = None,
    level: bool = False,
    by: User,
    now: datetime,
) -> AssignmentPlan:
    """Choose the jurors of one work of a proposal; every other line stays as it is proposed.

    The proposal is kept from then on, until it is confirmed or laid aside.

    :raise RoundSealed: once the round is sealed
    :raise AssignmentRefused: if a juror is not on the panel, in conflict, away or full, or would lose a begun sheet
    """
    check_not_sealed(round_)
    proposal = proposal_at(round_, seed=seed, panel=panel, level=level, now=now)
    if entry_id not in proposal.posed.works:
        raise NotInRound
    chosen = {(entry_id, juror_id) for juror_id in juror_ids}
    others = {line for line in proposal.all_lines if line[0] != entry_id}
    for line, flaw in flaws(proposal.posed.problem, others | chosen).items():
        if line[0] == entry_id:
            raise refusal_of(flaw, proposal.posed, line)
    touched = {entry_id} | set(proposal.kept.touched if proposal.kept is not None else ())
    reasons = {line: proposal.spread.reasons[line] for line in others} | {
        line: proposal.spread.reasons.get(line, Reason.hand) for line in chosen
    }
    return keep_plan(round_, reasons, panel=panel, seed=seed, touched=touched, by=by, now=now)


def refusal_of(flaw: Flaw, posed: queries.Posed, line: Line) -> ContestError:
    """Make the refusal that says what a line breaks."""
    entry_id, juror_id = line
    match flaw:
        case Flaw.barred:
            kinds = [kind for kind in posed.conflicts.get((juror_id, entry_id), ()) if kind.blocks]
            return InConflict(kinds[0]) if kinds else AlreadyAssigned()
        case Flaw.away:
            return JurorAway()
        case Flaw.quota:
            return JurorFull(quota=posed.problem.seat[posed.works[entry_id].panel, juror_id].quota)
        case Flaw.begun:
            return SheetBegun()
    return NotOnPanel()


def plan_from_file(
    round_: Round, chosen: Mapping[int, Collection[int]], *, posed: queries.Posed, by: User, now: datetime
) -> AssignmentPlan:
    """Keep what a file says as a proposal to be confirmed; works that it does not name keep the jurors they have.

    :param chosen: the jurors of each work that the file names; it has been checked
    :raise RoundSealed: once the round is sealed
    """
    check_not_sealed(round_)
    reasons = {
        (work.entry_id, juror): Reason.file if work.entry_id in chosen else Reason.kept
        for work in posed.problem.works
        for juror in chosen.get(work.entry_id, work.settled | work.held)
    }
    return keep_plan(round_, reasons, panel=None, seed=0, touched=set(chosen), by=by, now=now)


def keep_plan(
    round_: Round,
    reasons: Mapping[Line, Reason],
    *,
    panel: str | None,
    seed: int,
    touched: Collection[int],
    by: User,
    now: datetime,
) -> AssignmentPlan:
    """Remember a proposal that somebody has changed, in place of the one that was remembered before."""
    lines: list[Any] = [[entry, juror, str(reason)] for (entry, juror), reason in sorted(reasons.items())]
    by_id, plan = by.id, queries.spread_plan(round_, panel)
    if plan is None:
        plan = AssignmentPlan(round_id=round_.id, panel=panel or "")
    plan.lines, plan.touched, plan.seed = lines, sorted(touched), seed
    plan.by_id, plan.at = by_id, now
    db.session.add(plan)
    db.session.flush()
    return plan


def lay_aside(round_: Round, *, panel: str | None) -> None:
    """Forget a proposal that was changed by hand; assignments are not touched."""
    plan = queries.spread_plan(round_, panel)
    if plan is not None:
        db.session.delete(plan)
        db.session.flush()
