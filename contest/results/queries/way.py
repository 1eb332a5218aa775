"""Where a contest stands on the way from sealing to the wall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from contest.database import db
from contest.errors import ContestError
from contest.regulations.models import Contest
from contest.results import gates
from contest.results.gates import Act, Situation
from contest.results.models import ActKind, Decision, Posting, Publication, RecordedAct
from contest.results.queries.acts import acts_of
from contest.results.queries.by_hash import frozen
from contest.results.queries.sealed import unsealed_before
from contest.results.visibility import Moment

Keeper: TypeAlias = Callable[[Contest], ContestError | None]

_keepers: dict[Act, Keeper] = {}


def keeps(act: Act) -> Callable[[Keeper], Keeper]:
    """Name the function of a room above that says what else an act waits for; None when it waits for nothing."""

    def register(keeper: Keeper) -> Keeper:
        _keepers[act] = keeper
        return keeper

    return register


def situation_of(contest: Contest) -> Situation:
    """What the gates look at: the calendar and the gates are those of the newest regulation."""
    regulation = contest.regulation
    return Situation(
        stage=str(contest.stage),
        way=gates.way(regulation),
        unsealed=tuple(regulation.round(code).name for code in unsealed_before(contest)),
        bodies=regulation.gates.approvals,
        approved=len(approvals_of(contest)),
        posted_until=_posted_until(contest),
        complaint_days=regulation.gates.complaint_days,
        unanswered=unanswered(contest),
        kept={act: why for act, keeper in _keepers.items() if (why := keeper(contest)) is not None},
    )


def _posted_until(contest: Contest) -> date | None:
    """The last day of the newest posting."""
    newest = select(Posting.until).where(Posting.contest_id == contest.id).order_by(Posting.version.desc()).limit(1)
    return db.session.scalar(newest)


def unanswered(contest: Contest) -> tuple[str, ...]:
    """Numbers of the complaints that were received and not answered, in the order in which they came."""
    acts = db.session.execute(
        select(RecordedAct.kind, RecordedAct.subject)
        .where(
            RecordedAct.contest_id == contest.id,
            RecordedAct.kind.in_((ActKind.COMPLAINT_RECEIVED, ActKind.COMPLAINT_ANSWERED)),
        )
        .order_by(RecordedAct.id)
    ).all()
    answered = {subject for kind, subject in acts if kind is ActKind.COMPLAINT_ANSWERED}
    return tuple(
        subject.partition(":")[2]
        for kind, subject in acts
        if kind is ActKind.COMPLAINT_RECEIVED and subject not in answered
    )


def approvals_of(contest: Contest) -> list[RecordedAct]:
    """The approvals of the list as it is proposed now, in the order in which they were recorded."""
    acts = acts_of(contest, ActKind.PROPOSED, ActKind.APPROVED)
    proposed = max((number for number, act in enumerate(acts) if act.kind is ActKind.PROPOSED), default=-1)
    return acts[proposed + 1 :]


def moment_of(contest: Contest) -> Moment:
    """Where the contest stands between the first sheet and the wall."""
    reached = {str(moment): moment for moment in Moment}.get(str(contest.stage))
    if reached is not None:
        return reached
    return Moment.JUDGING if contest.version is None or unsealed_before(contest) else Moment.SEALED


def newest_posting(contest: Contest) -> Posting | None:
    """The posting that hangs or hung last."""
    return db.session.scalar(
        select(Posting)
        .where(Posting.contest_id == contest.id)
        .options(joinedload(Posting.by), defer(Posting.copy))
        .order_by(Posting.version.desc())
        .limit(1)
    )


def newest_decision(contest: Contest) -> Decision | None:
    """The decision in force; its copy is read only when asked for."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.contest_id == contest.id)
        .options(joinedload(Decision.by), defer(Decision.copy))
        .order_by(Decision.version.desc())
        .limit(1)
    )


def publication_of(contest: Contest) -> Publication | None:
    """The publication in force, with its decision; None before the contest is published."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.contest_id == contest.id)
        .options(joinedload(Publication.decision).defer(Decision.copy), joinedload(Publication.by))
        .order_by(Publication.version.desc())
        .limit(1)
    )


def copy_of(row: Decision | Posting) -> dict[str, Any]:
    """The frozen copy of a decision or a posting; not to be changed by whoever reads it."""
    return frozen(row.sha256, lambda: row.copy)
