"""What is said of one tie between somebody and a work: declared and taken back, confirmed and waived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.interests import queries
from contest.interests.kinds import Kind, State
from contest.interests.models import Interest, Tie
from contest.interests.queries import in_force
from contest.interests.refusals import CannotBeWaived, DecisionNeedsReason, NotDeclaredByYou, OwnInterest

Reaction = Callable[[User, Entry, str, User, datetime], None]

_reactions: list[Reaction] = []


def reaction(react: Reaction) -> Reaction:
    """Announce what a room above does when somebody is kept from a work: who, which work, the note, by whom, when."""
    if react not in _reactions:
        _reactions.append(react)
    return react


def declare(
    user: User,
    entry: Entry,
    kind: Kind = Kind.declared,
    note: str = "",
    *,
    tie: Tie | None = None,
    by: User,
    now: datetime,
) -> Interest:
    """Remember that somebody has an interest in a work: from now on they are kept from it.

    :param tie: what they told of themselves, if it follows from that
    :param by: they themselves, or who records it for them
    """
    found = in_force(user, entry, kind)
    if found is not None and found.state is not State.waived:
        return found
    said = say(user, entry, kind, State.declared, note=note, tie=tie, by=by, now=now)
    keep_away(user, entry, note, by, now)
    return said


def withdraw_declaration(user: User, entry: Entry, kind: Kind = Kind.declared, *, by: User, now: datetime) -> None:
    """Take back what one declared oneself, as long as nobody has decided on it.

    :raise NotDeclaredByYou: if it was declared by another, confirmed or waived
    """
    found = in_force(user, entry, kind)
    if found is None or found.state is not State.declared or by.id not in (found.by_id, user.id):
        raise NotDeclaredByYou
    found.ended_at = now
    db.session.flush()
    queries.forget()
    _record("interest.withdrawn", user, entry, kind, by=by, now=now)


def confirm(user: User, entry: Entry, kind: Kind, *, reason: str, by: User, now: datetime) -> Interest:
    """Decide that a tie is real: the person is kept from the work.

    :raise OwnInterest: if somebody decides about themselves
    :raise DecisionNeedsReason: without a reason
    """
    _check_decision(user, reason, by)
    said = say(user, entry, kind, State.confirmed, reason=reason, by=by, now=now)
    keep_away(user, entry, reason, by, now)
    return said


def waive(user: User, entry: Entry, kind: Kind, *, reason: str, by: User, now: datetime) -> Interest:
    """Decide that a tie is none, or does no harm.

    :raise OwnInterest: if somebody decides about themselves
    :raise DecisionNeedsReason: without a reason
    :raise CannotBeWaived: if it is the person's very own work
    """
    _check_decision(user, reason, by)
    if kind.is_certain:
        raise CannotBeWaived
    return say(user, entry, kind, State.waived, reason=reason, by=by, now=now)


def _check_decision(user: User, reason: str, by: User) -> None:
    if by.id == user.id:
        raise OwnInterest
    if not reason.strip():
        raise DecisionNeedsReason


def say(
    user: User,
    entry: Entry,
    kind: Kind,
    state: State,
    *,
    note: str = "",
    reason: str = "",
    tie: Tie | None = None,
    by: User,
    now: datetime,
) -> Interest:
    """Write down what was said of a tie; what was said before ends."""
    before = in_force(user, entry, kind)
    if before is not None:
        before.ended_at = now
        note = note or before.note
        db.session.flush()
    said = Interest(
        contest_id=entry.contest_id,
        user_id=user.id,
        entry_id=entry.id,
        kind=kind,
        state=state,
        note=note[:255],
        tie_id=tie.id if tie else None,
        reason=reason,
        by_id=by.id,
        at=now,
    )
    db.session.add(said)
    db.session.flush()
    queries.forget()
    _record(f"interest.{state}", user, entry, kind, by=by, now=now)
    return said


def keep_away(user: User, entry: Entry, note: str, by: User, now: datetime) -> None:
    """Let the rooms above take a work away from somebody."""
    for react in _reactions:
        react(user, entry, note, by, now)


def _record(action: str, user: User, entry: Entry, kind: Kind, *, by: User, now: datetime) -> None:
    audit.record(
        action,
        contest_id=entry.contest_id,
        by=by,
        about=f"entry:{entry.code}",
        now=now,
        details={"person": user.subject, "kind": str(kind)},
    )
