"""Sealing a round, and sending its best works on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest import audit
from contest.accounts.models import User
from contest.audit.commitment import root
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.models import Round, RoundEntry
from contest.results import freezing, queries, record, refusals
from contest.results.models import ActKind, RoundCommitment, RoundResult
from contest.results.services.recording import record_act


def seal_round(round_: Round, *, by: User, now: datetime) -> RoundResult:
    """Freeze what a round came to. From now on others' marks show, and nothing in the round changes any more.

    :raise AlreadySealed: once the round is sealed
    :raise RoundNotInContest: if it was never opened
    :raise RoundBlocked: while anything is open; the page lists each
    """
    lock(round_)
    contest = round_.contest
    name = contest.regulation.round(round_.code).name
    if round_.sealed_at is not None:
        raise refusals.AlreadySealed(round=name, at=round_.sealed_at)
    if round_.opened_at is None:
        raise refusals.RoundNotInContest(round=name)
    assessment = queries.assess(round_, contest, now)
    if assessment.blockers:
        raise refusals.RoundBlocked(count=len(assessment.blockers))

    document = record.document(
        assessment.outcome, contest=contest.slug, regulation=queries.regulation_hash(contest), sealed_at=now
    )
    result = RoundResult(
        round_id=round_.id,
        result=document,
        sha256=record.fingerprint(document),
        material=freezing.frozen(assessment.material),
        sealed_at=now,
    )
    round_.sealed_at, round_.sealed_by_id = now, by.id
    db.session.add(result)
    commitment = commit_to_sheets(round_, result.version or 1, now)
    audit.record(
        "round.sealed",
        contest_id=contest.id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={"sha256": result.sha256, "works": assessment.works, "commitment": commitment.root},
    )
    return result


def commit_to_sheets(round_: Round, version: int, now: datetime) -> RoundCommitment:
    """Bind the round to its sheets and ballots: none can be exchanged, added or left out without another root."""
    leaves = queries.leaves_of(round_)
    commitment = RoundCommitment(round_id=round_.id, version=version, root=root(leaves), leaves=leaves, at=now)
    db.session.add(commitment)
    db.session.flush()
    return commitment


def advance(round_: Round, *, by: User, now: datetime) -> list[RoundEntry]:
    """Send the best works of a sealed round on to the next one.

    :raise NotSealed: before sealing
    :raise NoNextRound: from the last round
    :raise AlreadyAdvanced: the second time
    """
    lock(round_)
    contest = round_.contest
    rounds = contest.regulation.rounds
    codes = [rule.code for rule in rounds]
    rule = contest.regulation.round(round_.code)
    following = codes[codes.index(round_.code) + 1 :]
    if not following:
        raise refusals.NoNextRound(round=rule.name)
    result = queries.result_of(round_)
    if result is None:
        raise refusals.NotSealed(round=rule.name)
    done = queries.acts_of(contest, ActKind.ADVANCED, round_=round_)
    if done:
        raise refusals.AlreadyAdvanced(round=rule.name, at=done[0].at)

    going = [line["entry"] for group in result["groups"] for line in group["lines"] if line.get("advanced")]
    entries = db.session.scalars(
        select(Entry).where(Entry.contest_id == contest.id, Entry.code.in_(going), judging.IN_CONTEST)
    ).all()
    present = {entry.code for entry in entries}
    next_round = judging_services.begin_round(contest, following[0])
    admitted = judging_services.admit_entries(
        next_round, sorted(entries, key=lambda entry: going.index(entry.code or "")), by=by, now=now
    )
    record_act(
        ActKind.ADVANCED,
        contest,
        round_=round_,
        subject=f"round:{next_round.code}",
        choice={"entries": [code for code in going if code in present]},
        by=by,
        now=now,
    )
    return admitted
