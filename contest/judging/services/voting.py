"""Opening and closing ballots, and casting votes, from a page or from paper."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.judging import ballots, queries
from contest.judging.ballots import Topic
from contest.judging.models import Ballot, Round, RoundEntry, Sitting
from contest.judging.refusals import (
    BallotCast,
    NobodyPresent,
    NothingToVoteOn,
    NotPresent,
    RecusalNeedsReason,
    RoundNotBegun,
    RoundNotOpened,
    SittingClosed,
    SittingOpen,
    SubjectNotYours,
)
from contest.judging.services.rounds import check_not_sealed
from contest.judging.services.stepping_back import declare_conflict
from contest.judging.window import Phase


def open_ballot(
    round_: Round, *, questions: Collection[str], present: Collection[User], by: User, now: datetime
) -> Sitting:
    """Put questions to the vote of the members who are present. Only one ballot is open at a time.

    The hours of the calendar say when a council begins to vote; a meeting may run on after them, until the round is
    sealed.

    :param questions: codes among those that `queries.agenda_of` gives
    :raise WindowRefused: before the round has begun, and once it is sealed
    :raise SittingRefused: if a ballot is open, nothing of this can be voted on, or no member is present
    """
    lock(round_)
    _check_votes(round_, now)
    if queries.open_sitting(round_) is not None:
        raise SittingOpen
    agenda = [topic for topic in queries.agenda_of(round_) if topic.question in questions and topic.subjects]
    if not agenda or len(agenda) < len(set(questions)):
        raise NothingToVoteOn
    sitting = Sitting(
        round_id=round_.id,
        number=len(queries.sittings_of(round_)) + 1,
        agenda=[topic.written() for topic in agenda],
        present=_members(round_, present),
        opened_at=now,
        opened_by_id=by.id,
    )
    db.session.add(sitting)
    try:
        db.session.flush()
    except IntegrityError as twin:
        raise SittingOpen from twin
    _log("ballot.opened", sitting, round_, by=by, now=now, agenda=sitting.agenda, present=sitting.present)
    return sitting


def record_presence(sitting: Sitting, present: Collection[User], *, by: User, now: datetime) -> None:
    """Change who is present while a ballot is open; whoever has voted stays present.

    :raise SittingRefused: if the ballot is closed, or no member is present
    """
    lock(sitting)
    _check_open(sitting)
    voted = queries.voters_at(sitting)
    subjects = {line.subject for line in queries.members_of(sitting.round) if line.juror_id in voted}
    sitting.present = sorted({*_members(sitting.round, present), *subjects})
    db.session.flush()
    _log("ballot.presence", sitting, sitting.round, by=by, now=now, present=sitting.present)


def close_ballot(sitting: Sitting, *, by: User, now: datetime) -> None:
    """Close a ballot: from now on nothing is cast or changed, and it is counted.

    :raise SittingClosed: if it is closed
    """
    lock(sitting)
    _check_open(sitting)
    sitting.closed_at, sitting.closed_by_id = now, by.id
    db.session.flush()
    _log("ballot.closed", sitting, sitting.round, by=by, now=now, voters=len(queries.voters_at(sitting)))


def cast_ballot(sitting: Sitting, choices: Mapping[str, Mapping[str, str]], *, by: User, now: datetime) -> list[Ballot]:
    """Record what a member votes, question by question; a change of mind is the next revision, until it is closed.

    The same again is answered with what is there.

    :param choices: by question, then by work or newsroom; what is left out is an abstention
    :raise SittingClosed: once the ballot is closed
    :raise NotPresent: if the member is not recorded as present
    :raise BallotRefused: if something else is written on it than can be, or nothing of it is for this member
    """
    _check_open(sitting)
    check_not_sealed(sitting.round)
    if by.subject not in sitting.present:
        raise NotPresent
    recorded = _record(sitting, choices, voter=by, by=by, now=now)
    if not recorded:
        raise SubjectNotYours
    return recorded


def record_paper_ballot(
    round_: Round, *, ballot: int, question: str, voter: User, choice: Mapping[str, str], by: User, now: datetime
) -> Ballot:
    """Record a ballot that a member filled in on paper, marked with who typed it; until the round is sealed.

    Whoever voted on paper was there, so they are recorded as present. The same again is answered with what is there.

    :param ballot: how many times the question is voted on with this one
    :raise NothingToVoteOn: if the question was not put to the vote for that time
    :raise BallotCast: if the member has cast a different ballot on their own
    :raise BallotRefused: if something else is written on it than can be
    """
    check_not_sealed(round_)
    sitting = next(
        (
            sitting
            for sitting in queries.sittings_of(round_)
            for topic in queries.topics_of(sitting)
            if (topic.question, topic.ballot) == (question, ballot)
        ),
        None,
    )
    if sitting is None:
        raise NothingToVoteOn
    if voter.subject not in _members(round_, [voter]):
        raise NotPresent
    if voter.subject not in sitting.present:
        sitting.present = sorted([*sitting.present, voter.subject])
        _log("ballot.presence", sitting, round_, by=by, now=now, present=sitting.present)
    return _record(sitting, {question: choice}, voter=voter, by=by, now=now, typed=True)[0]


def step_back_from_vote(work: RoundEntry, *, reason: str, by: User, now: datetime) -> None:
    """Let a member of a council step back from a work: they vote on it no more, and what they voted does not count.

    :raise RoundSealed: once the round is sealed
    :raise RecusalNeedsReason: without a reason
    """
    check_not_sealed(work.round)
    if not reason:
        raise RecusalNeedsReason
    declare_conflict(by, work.entry, note=reason, by=by, now=now)


def _record(
    sitting: Sitting,
    choices: Mapping[str, Mapping[str, str]],
    *,
    voter: User,
    by: User,
    now: datetime,
    typed: bool = False,
) -> list[Ballot]:
    topics = [topic for topic in queries.topics_of(sitting) if topic.question in choices]
    offered = queries.candidates(voter, sitting.round, topics)
    cast, receipt = queries.own_ballots(voter, sitting), secrets.token_hex(10)
    recorded, added = [], []
    for topic in topics:
        question = queries.question_of(sitting.round, topic.question)
        allowed = {candidate.key for candidate in offered[topic.question] if not candidate.is_barred}
        choice = ballots.clean(question, choices[topic.question], allowed)
        newest = cast.get(topic.question)
        if newest is not None and newest.choice == choice:
            recorded.append(newest)
            continue
        if typed and newest is not None and newest.typed_by_id is None:
            raise BallotCast
        added.append(_next(sitting, topic, newest, choice, receipt, voter=voter, by=by if typed else None, now=now))
    db.session.add_all(added)
    db.session.flush()
    for ballot in added:
        _log(
            "ballot.typed_in" if typed else "ballot.cast",
            sitting,
            sitting.round,
            by=by,
            now=now,
            question=ballot.question,
            revision=ballot.revision,
            sha256=ballot.sha256,
            **({"voter": voter.subject} if typed else {}),
        )
    return [*recorded, *added]


def _next(
    sitting: Sitting,
    topic: Topic,
    newest: Ballot | None,
    choice: dict[str, str],
    receipt: str,
    *,
    voter: User,
    by: User | None,
    now: datetime,
) -> Ballot:
    revision = newest.revision + 1 if newest else 1
    return Ballot(
        sitting_id=sitting.id,
        question=topic.question,
        number=topic.ballot,
        voter_id=voter.id,
        revision=revision,
        choice=choice,
        receipt=receipt,
        cast_at=now,
        typed_by_id=by.id if by else None,
        sha256=ballots.fingerprint(
            choice,
            round_code=sitting.round.code,
            sitting=sitting.number,
            question=topic.question,
            voter=voter.subject,
            revision=revision,
            receipt=receipt,
            cast_at=now,
            typed_by=by.subject if by else None,
        ),
    )


def _members(round_: Round, people: Iterable[User]) -> list[str]:
    members = {line.juror_id: line.subject for line in queries.members_of(round_)}
    present = sorted({members[person.id] for person in people if person.id in members})
    if not present:
        raise NobodyPresent
    return present


def _check_votes(round_: Round, now: datetime) -> None:
    window = round_.window()
    window.check_not_sealed()
    match window.phase(now):
        case Phase.waiting:
            raise RoundNotOpened(round=window.name)
        case Phase.announced:
            raise RoundNotBegun(round=window.name, at=window.opens)


def _check_open(sitting: Sitting) -> None:
    if sitting.closed_at is not None:
        raise SittingClosed(at=sitting.closed_at)


def _log(action: str, sitting: Sitting, round_: Round, *, by: User, now: datetime, **details: object) -> None:
    audit.record(
        action,
        contest_id=round_.contest_id,
        by=by,
        about=f"sitting:{round_.code}/{sitting.number}",
        now=now,
        details={"round": round_.code, "sitting": sitting.number, **details},
    )
