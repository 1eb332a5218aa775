"""Writing down what people decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.judging.models import Round
from contest.regulations.models import Contest
from contest.results import gates, queries
from contest.results.gates import Act
from contest.results.models import ActKind, Decision, Publication, RecordedAct


def record_act(
    kind: ActKind,
    contest: Contest,
    *,
    subject: str,
    choice: dict[str, Any],
    reason: str = "",
    by: User | None,
    now: datetime,
    round_: Round | None = None,
) -> RecordedAct:
    """Write down what somebody decided, and its line in the log."""
    act = RecordedAct(
        contest_id=contest.id,
        round_id=round_.id if round_ is not None else None,
        kind=kind,
        subject=subject,
        choice=choice,
        reason=reason,
        by_id=by.id if by is not None else None,
        at=now,
    )
    db.session.add(act)
    db.session.flush()
    audit.record(
        f"result.{kind}",
        contest_id=contest.id,
        by=by,
        about=subject,
        now=now,
        details={"act": act.id, "round": round_.code if round_ is not None else None, **choice},
    )
    return act


def take_step(act: Act, contest: Contest, now: datetime) -> None:
    """Pass when it is the turn of an act, and keep others from taking it meanwhile."""
    lock(contest)
    gates.check(act, queries.situation_of(contest), now)


def make_public(decision: Decision, *, by: User, now: datetime) -> Publication:
    """Let everybody see a version of the decision from now on."""
    publication = Publication(
        contest_id=decision.contest_id, version=decision.version, decision_id=decision.id, by_id=by.id, at=now
    )
    db.session.add(publication)
    db.session.flush()
    audit.record(
        "results.published",
        contest_id=decision.contest_id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={"sha256": decision.sha256},
    )
    return publication
