"""The next version of a decision: one line of it corrected, suspended, revoked or restored."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from contest import audit
from contest.accounts.models import User
from contest.clock import ZONE
from contest.database import db, lock
from contest.regulations.models import Contest, Stage
from contest.results import queries, record, refusals
from contest.results.gates import Act, is_done
from contest.results.models import AmendmentKind, Decision
from contest.results.services.recording import make_public

Copy = dict[str, Any]


def amend_decision(
    contest: Contest,
    changed: Callable[[Copy], Copy] | Copy,
    *,
    kind: AmendmentKind | str,
    number: str,
    decided_on: date,
    reason: str,
    signer: str = "",
    by: User,
    now: datetime,
) -> Decision:
    """Write the next version of the decision; where the contest is published, it is public with this very act.

    The number, the date and the signer on the certificates stay those of the decision that gave the prizes; the copy
    names every amendment in its ``amendments``. Certificates that are prepared but not public have to be brought in
    line with the new version before the results can be published.

    :param changed: the copy as it is to be, or what makes it of the one in force
    :param number: of the amending decision; a correction may do without one
    :param signer: who signed it; left out, who signed the decision
    :raise NotDecided: before the decision
    :raise ReasonNeeded, NumberNeeded, NothingChanged: if it does not say why, by what, or changes nothing
    :raise ContestError: at the date, if it cannot be the day of the amendment
    """
    lock(contest)
    kind, before = AmendmentKind(kind), queries.newest_decision(contest)
    if before is None or not is_done(Act.DECIDE, str(contest.stage)):
        raise refusals.NotDecided
    _check(before, kind, number=number, decided_on=decided_on, reason=reason, now=now)
    copy = _changed(before, changed)
    signed_by = signer or before.signer_name
    copy["amendments"] = [
        *before.copy.get("amendments", ()),
        {
            "version": before.version + 1,
            "kind": str(kind),
            "number": number,
            "decided_on": decided_on.isoformat(),
            "signer_name": signed_by,
        },
    ]
    decision = _next_version(before, copy, at=now, by=by)
    decision.amended_as, decision.amended_by, decision.amended_on = kind, number, decided_on
    decision.amending_signer, decision.reason = signed_by, reason
    db.session.add(decision)
    db.session.flush()
    _record(decision, before, now=now, by=by)
    _carry_through(contest, decision, by=by, now=now)
    return decision


def _changed(before: Decision, changed: Callable[[Copy], Copy] | Copy) -> Copy:
    """The copy as it is to be.

    :raise NothingChanged: if it is the one in force
    """
    copy = changed(deepcopy(before.copy)) if callable(changed) else deepcopy(changed)
    if copy == before.copy:
        raise refusals.NothingChanged
    return copy


def _next_version(before: Decision, copy: Copy, *, by: User, at: datetime) -> Decision:
    """The same decision with another copy: its number, day and signer stay."""
    return Decision(
        contest_id=before.contest_id,
        version=before.version + 1,
        number=before.number,
        decided_on=before.decided_on,
        issuer=before.issuer,
        signer_power=before.signer_power,
        signer_title=before.signer_title,
        signer_name=before.signer_name,
        copy=copy,
        sha256=record.fingerprint(copy),
        by_id=by.id,
        at=at,
    )


def _record(decision: Decision, before: Decision, *, by: User, now: datetime) -> None:
    """Write the line of the log: by what, and which copy took the place of which."""
    audit.record(
        "decision.amended",
        contest_id=decision.contest_id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={
            "kind": str(decision.amended_as),
            "number": decision.amended_by,
            "decided_on": decision.amended_on.isoformat() if decision.amended_on is not None else None,
            "before": before.sha256,
            "sha256": decision.sha256,
        },
    )


def _check(before: Decision, kind: AmendmentKind, *, number: str, decided_on: date, reason: str, now: datetime) -> None:
    if not reason:
        raise refusals.ReasonNeeded
    if not number and kind is not AmendmentKind.CORRECTION:
        raise refusals.NumberNeeded
    earliest = before.amended_on or before.decided_on
    if decided_on < earliest:
        raise refusals.AmendedTooEarly(on=f"{earliest:%d/%m/%Y}")
    if decided_on > now.astimezone(ZONE).date():
        raise refusals.DecidedInFuture


def _carry_through(contest: Contest, decision: Decision, *, by: User, now: datetime) -> None:
    """Make the version public where the one before is; before that, certificates are prepared for it again."""
    if contest.stage == Stage.PUBLISHED:
        make_public(decision, by=by, now=now)
    elif contest.stage == Stage.PREPARED:
        contest.stage = Stage.DECIDED
