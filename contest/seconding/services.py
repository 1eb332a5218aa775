"""Asking for an act that needs a second person, and answering."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from contest import audit
from contest.accounts import queries as accounts
from contest.accounts.models import User
from contest.accounts.roles import Role
from contest.accounts.services import check_names_nobody
from contest.database import db, lock
from contest.regulations.models import Contest
from contest.seconding import emails, queries
from contest.seconding.models import Outcome, SecondedAct
from contest.seconding.refusals import AnsweredAlready, AskedAlready, OrganizersConfirm, OtherValues, OwnAct

Values = Sequence[tuple[str, str]]


def ask_for(
    contest: Contest, act: str, about: str, address: str, values: Values, shown: Values, *, by: User, now: datetime
) -> SecondedAct:
    """Keep an act until somebody else confirms it, and write to those who can.

    :param values: what the form sent, to be sent again word for word
    :param shown: what of it the second person reads
    :raise AskedAlready: while the very same waits
    """
    pairs = [list(pair) for pair in values]
    if any(each.address == address and each.values == pairs for each in queries.waiting(contest, now)):
        raise AskedAlready
    days = contest.regulation.safeguards.second_person_days
    asked = SecondedAct(
        contest=contest,
        act=act,
        about=about,
        address=address,
        values=pairs,
        shown=[list(pair) for pair in shown],
        asked_by=by,
        asked_at=now,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(asked)
    db.session.flush()
    _record("asked_for", asked, by, now)
    emails.act_asked_for(asked, now=now)
    return asked


def check_confirmable(asked: SecondedAct, address: str, values: Values, *, by: User, now: datetime) -> None:
    """Say whether somebody may be the second person, for exactly this.

    :raise OwnAct: whoever asked
    :raise OrganizersConfirm: whoever is no organizer of the contest
    :raise AnsweredAlready: once it was answered or its time is over
    :raise OtherValues: if it is not what was asked for
    """
    if asked.asked_by_id == by.id:
        raise OwnAct
    if Role.ORGANIZER not in accounts.roles_of(by, asked.contest_id):
        raise OrganizersConfirm
    if not asked.is_open(now):
        raise AnsweredAlready
    if asked.address != address or sorted(asked.values) != sorted(map(list, values)):
        raise OtherValues


def confirm(asked: SecondedAct, *, by: User, now: datetime) -> None:
    """Record that the second person confirmed, at the end of the transaction in which the act was carried out.

    :raise AnsweredAlready: if somebody else was quicker
    """
    _answer(asked, Outcome.CONFIRMED, None, by, now)
    emails.act_answered(asked, now=now)


def decline(asked: SecondedAct, reason: str, *, by: User, now: datetime) -> None:
    """Let what was asked for be; whoever asked may take it back themselves.

    :raise AnsweredAlready: once it was answered or its time is over
    :raise NamesSomebody: if the reason does
    """
    check_names_nobody(reason)
    if asked.asked_by_id == by.id:
        _answer(asked, Outcome.WITHDRAWN, reason, by, now)
        return
    _answer(asked, Outcome.DECLINED, reason, by, now)
    emails.act_answered(asked, now=now)


def _answer(asked: SecondedAct, outcome: Outcome, reason: str | None, by: User, now: datetime) -> None:
    if not lock(asked).is_open(now):
        raise AnsweredAlready
    asked.outcome, asked.answer = outcome, reason
    asked.answered_by, asked.answered_at = by, now
    _record(str(outcome), asked, by, now)


def _record(what: str, asked: SecondedAct, by: User, now: datetime) -> None:
    """Write who asked for or answered what; the values by their hash, because they may name people."""
    details = {"act": asked.act, "values": values_hash(asked.values)}
    if asked.answer:
        details["reason"] = asked.answer
    about = f"seconded_act:{asked.id}"
    audit.record(f"seconded_act.{what}", contest_id=asked.contest_id, by=by, about=about, now=now, details=details)


def values_hash(values: Sequence[Sequence[str]]) -> str:
    """Give the hash of what was sent."""
    return sha256(json.dumps([list(pair) for pair in values], ensure_ascii=False).encode()).hexdigest()
