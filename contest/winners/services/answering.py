"""What a winner answers to the line that will be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.errors import NotFound
from contest.regulations.models import Contest
from contest.winners import queries, refusals
from contest.winners.answers import Asked, Status
from contest.winners.lines import AWARD, Line
from contest.winners.models import LineAnswer
from contest.winners.services.following import carry_through
from contest.winners.services.wishing import Wish, changes_of


def confirm(
    contest: Contest, key: str, *, fingerprint: str, for_others: bool = False, by: User, now: datetime
) -> LineAnswer:
    """Record that somebody finds a line right, exactly as they read it.

    :param fingerprint: of the line that they read
    :param for_others: that they also answer for the authors who have no account
    :raise NotNow: for a line about which nobody is asked now
    :raise LineChanged: if it has been corrected meanwhile
    :raise ForOthersUnsaid: if they answer for others and do not say so
    """
    status, person = _asked(contest, key, by)
    if status.line.fingerprint != fingerprint:
        raise refusals.LineChanged
    if status.answers_for_others(person) and not for_others:
        raise refusals.ForOthersUnsaid
    if key not in queries.confirmable(contest):
        raise refusals.NotNow
    others = for_others and status.answers_for_others(person)
    answer = _answer(contest, status.line, by, now, for_others=others)
    _record("line.confirmed", answer, by, now, {"for_others": others})
    carry_through(contest, by=by, now=now)
    return answer


def ask_correction(
    contest: Contest,
    key: str,
    *,
    title: str,
    unit: str,
    names: Sequence[tuple[str, str]],
    order: Sequence[int],
    reason: str,
    by: User,
    now: datetime,
) -> LineAnswer:
    """Record that somebody wants a line printed otherwise. Nothing is changed before the staff has answered.

    :param names: name and pen names of each author, in the order in which they stand now
    :param order: the place of each of these authors, counted from 1, as they are to stand
    :raise NotNow: while certificates are prepared and not public
    :raise NameMissing, NotAnOrder, NothingAsked: if it is no line, or the same
    """
    status, _person = _asked(contest, key, by)
    if not queries.takes_corrections(contest):
        raise refusals.NotNow
    line = status.line
    asked = changes_of(line, Wish(title, unit, names, order))
    answer = _answer(contest, line, by, now, changes=[asdict(change) for change in asked], reason=reason)
    _record("line.correction_asked", answer, by, now, {"fields": [change.field for change in asked]})
    return answer


def _asked(contest: Contest, key: str, by: User) -> tuple[Status, Asked]:
    """The line with who answers it, read anew.

    :raise NotFound: for whoever is not asked about it
    """
    lock(contest)
    status = queries.own_status(contest, by, key)
    if status is None:
        raise NotFound
    return status, next(person for person in status.asked if person.user_id == by.id)


def _answer(contest: Contest, line: Line, by: User, now: datetime, **columns: Any) -> LineAnswer:
    answer = LineAnswer(
        contest_id=contest.id,
        award_id=line.number if line.kind == AWARD else None,
        collective_award_id=line.number if line.kind != AWARD else None,
        user_id=by.id,
        fingerprint=line.fingerprint,
        at=now,
        **({"changes": []} | columns),
    )
    db.session.add(answer)
    db.session.flush()
    return answer


def _record(action: str, answer: LineAnswer, by: User, now: datetime, details: dict[str, Any]) -> None:
    """Write the line of the log: the words themselves are names, so only their fingerprint stands there."""
    audit.record(
        action,
        contest_id=answer.contest_id,
        by=by,
        about=f"line:{answer.key}",
        now=now,
        details={"answer": answer.id, "line": answer.fingerprint, **details},
    )
