"""What people do with results: settle what the rules leave open, seal, and take the list to the wall step by step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from contest import audit
from contest.accounts.models import User
from contest.clock import ZONE
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.models import Assignment, Round, RoundEntry
from contest.regulations.models import Contest, Stage
from contest.results import emails, gates, lists, queries, record, refusals
from contest.results.blockers import Blocks, sheets_of
from contest.results.gates import Act
from contest.results.models import ActKind, Award, Decision, Posting, Publication, RecordedAct, RoundResult

# Before sealing ------------------------------------------------------------------------------------------------------


def settle_discrepancy(round_: Round, entry: Entry, *, reason: str, by: User, now: datetime) -> RecordedAct:
    """Accept that the jurors of a work differ by more than the regulation allows; it holds for these very sheets.

    :raise RoundSealed: once the round is sealed
    :raise ReasonNeeded: without a reason
    :raise NotDiscrepant: if they do not differ that much
    """
    lock(round_)
    round_.window().check_not_sealed()
    if not reason:
        raise refusals.ReasonNeeded
    for outcome in queries.assess(round_, round_.contest, now).outcomes:
        for standing in outcome.standings:
            if standing.entry == entry.code and standing.is_discrepant:
                return _record(
                    ActKind.DISCREPANCY_ACCEPTED,
                    round_.contest,
                    round_=round_,
                    subject=f"entry:{entry.code}",
                    choice={"entry": entry.code, "sheets": sorted(map(list, sheets_of(standing)))},
                    reason=reason,
                    by=by,
                    now=now,
                )
    raise refusals.NotDiscrepant


def ask_remark(
    round_: Round,
    entry: Entry,
    assignments: Collection[Assignment],
    *,
    until: datetime,
    reason: str,
    by: User,
    now: datetime,
) -> RecordedAct:
    """Ask jurors to mark a work again: their sheets are reopened until a moment.

    :raise RoundSealed: once the round is sealed
    :raise JurorsNeeded: if nobody is asked
    :raise ReasonNeeded: without a reason
    :raise ReopeningRefused: if the time is too short
    """
    lock(round_)
    round_.window().check_not_sealed()
    if not reason:
        raise refusals.ReasonNeeded
    if not assignments:
        raise refusals.JurorsNeeded
    for assignment in assignments:
        judging_services.reopen(assignment, until=until, reason=reason, by=by, now=now)
    return _record(
        ActKind.REMARK_ASKED,
        round_.contest,
        round_=round_,
        subject=f"entry:{entry.code}",
        choice={
            "entry": entry.code,
            "jurors": sorted(assignment.juror.subject for assignment in assignments),
            "until": until.isoformat(),
        },
        reason=reason,
        by=by,
        now=now,
    )


def settle_tie(round_: Round, order: Sequence[str], *, reason: str, by: User, now: datetime) -> RecordedAct:
    """Choose the order of works that are equal under every rule and reach for unequal prizes.

    :param order: codes of all the tied works, best first
    :raise RoundSealed: once the round is sealed
    :raise NoSuchTie: if these works are not an open tie
    :raise ReasonNeeded: without a reason
    """
    lock(round_)
    round_.window().check_not_sealed()
    if not reason:
        raise refusals.ReasonNeeded
    assessment = queries.assess(round_, round_.contest, now)
    for blocker in assessment.blockers:
        if blocker.code is Blocks.TIE and len(order) == len(set(order)) and set(blocker.entries) == set(order):
            return _record(
                ActKind.TIE_SETTLED,
                round_.contest,
                round_=round_,
                subject=f"category:{blocker.category}",
                choice={"category": blocker.category, "order": list(order), "prizes": list(blocker.prizes)},
                reason=reason,
                by=by,
                now=now,
            )
    raise refusals.NoSuchTie


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
        assessment.outcomes,
        contest=contest.slug,
        round_code=round_.code,
        regulation=queries.regulation_hash(contest),
        sealed_at=now,
        out=queries.out_of(round_),
        accepted=assessment.accepted,
        settled=assessment.settled,
    )
    result = RoundResult(round_id=round_.id, result=document, sha256=record.fingerprint(document), sealed_at=now)
    round_.sealed_at, round_.sealed_by_id = now, by.id
    db.session.add(result)
    db.session.flush()
    audit.record(
        "round.sealed",
        contest_id=contest.id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={"sha256": result.sha256, "works": assessment.works},
    )
    return result


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

    going = [line["entry"] for category in result["categories"] for line in category["lines"] if line["advanced"]]
    entries = db.session.scalars(
        select(Entry).where(Entry.contest_id == contest.id, Entry.code.in_(going), judging.IN_CONTEST)
    ).all()
    present = {entry.code for entry in entries}
    next_round = judging_services.begin_round(contest, following[0])
    admitted = judging_services.admit_entries(
        next_round, sorted(entries, key=lambda entry: going.index(entry.code or "")), by=by, now=now
    )
    _record(
        ActKind.ADVANCED,
        contest,
        round_=round_,
        subject=f"round:{next_round.code}",
        choice={"entries": [code for code in going if code in present]},
        by=by,
        now=now,
    )
    return admitted


# From sealing to the wall --------------------------------------------------------------------------------------------


def propose(contest: Contest, *, by: User, now: datetime) -> list[Award]:
    """Take the prizes from the sealed result of the last round as the proposed list.

    A work that was rejected or withdrawn after the sealing is left out and named; nobody moves up into its place.

    :raise NotNow: if it is not its turn
    :raise NothingToAward: if no work reached a prize
    """
    _step(Act.PROPOSE, contest, now)
    regulation = contest.regulation
    round_ = judging.round_of(contest, regulation.rounds[-1].code)
    result = queries.result_of(round_) if round_ is not None else None
    if round_ is None or result is None:
        raise refusals.RoundsUnsealed(rounds=regulation.rounds[-1].name)
    judged = {
        code: (entry_id, revision_id)
        for code, entry_id, revision_id in db.session.execute(
            select(Entry.code, Entry.id, RoundEntry.revision_id)
            .join(RoundEntry, RoundEntry.entry_id == Entry.id)
            .where(RoundEntry.round_id == round_.id, judging.IN_CONTEST)
        )
    }
    reached = queries.prizes_reached(result)
    given = [(category, line) for category, line in reached if line["entry"] in judged]
    if not given:
        raise refusals.NothingToAward
    prizes = queries.ruling(contest)
    version = 1 + (db.session.scalar(select(func.max(Award.version)).where(Award.contest_id == contest.id)) or 0)
    awards = [
        Award(
            contest_id=contest.id,
            version=version,
            entry_id=judged[line["entry"]][0],
            revision_id=judged[line["entry"]][1],
            category=category,
            tier=line["tier"],
            place=line["place"],
            money=prizes.tier(line["tier"]).money,
        )
        for category, line in given
    ]
    db.session.add_all(awards)
    db.session.flush()
    _record(
        ActKind.PROPOSED,
        contest,
        round_=round_,
        subject="list",
        choice={
            "version": version,
            "awards": {line["entry"]: line["tier"] for _, line in given},
            "left_out": [line["entry"] for _, line in reached if line["entry"] not in judged],
        },
        by=by,
        now=now,
    )
    contest.stage = Stage.PROPOSED
    return awards


def approve(
    contest: Contest, *, body: str, held_on: date, number: str = "", note: str = "", by: User, now: datetime
) -> RecordedAct:
    """Record that a body approved the proposed list.

    :param body: who approved, as named on paper
    :param number: of the minutes or the letter, when there is one
    :raise NotNow: if it is not its turn
    """
    _step(Act.APPROVE, contest, now)
    act = _record(
        ActKind.APPROVED,
        contest,
        subject="list",
        choice={"body": body, "held_on": held_on.isoformat(), "number": number},
        reason=note,
        by=by,
        now=now,
    )
    contest.stage = Stage.APPROVED
    return act


def post_list(contest: Contest, *, by: User, now: datetime) -> Posting:
    """Hang the proposed list on the public notice for as many days as the regulation says, today counted.

    :raise NotNow: if it is not its turn
    """
    _step(Act.POST, contest, now)
    awards = _awards(contest)
    opens_on = now.astimezone(ZONE).date()
    written = queries.lines_of(contest, awards)
    copy: dict[str, Any] = {
        "format": record.FORMAT,
        "contest": contest.slug,
        "categories": queries.categories_of(contest),
        "awards": lists.for_notice(written),
    }
    posting = Posting(
        contest_id=contest.id,
        version=awards[0].version,
        opens_on=opens_on,
        until=gates.last_day(opens_on, contest.regulation.calendar.posting_days),
        copy=copy,
        sha256=record.fingerprint(copy),
        by_id=by.id,
        at=now,
    )
    db.session.add(posting)
    contest.stage = Stage.POSTED
    db.session.flush()
    audit.record(
        "list.posted",
        contest_id=contest.id,
        by=by,
        about="list",
        now=now,
        details={"sha256": posting.sha256, "until": posting.until.isoformat()},
    )
    emails.tell_of_posting(contest, posting, awards, now=now)
    return posting


def decide(
    contest: Contest,
    *,
    number: str,
    decided_on: date,
    issuer: str,
    signer_power: str,
    signer_title: str,
    signer_name: str,
    by: User,
    now: datetime,
) -> Decision:
    """Record the decision that gives the prizes, and freeze the copy that certificates and the wall are made from.

    :raise NotNow: if it is not its turn, or the posting has not ended
    :raise ContestError: at the date, if it cannot be the day of the decision
    """
    _step(Act.DECIDE, contest, now)
    gates.check_decided_on(decided_on, queries.situation_of(contest), now)
    posting = queries.newest_posting(contest)
    awards = _awards(contest)
    copy: dict[str, Any] = {
        "format": record.FORMAT,
        "contest": {
            "slug": contest.slug,
            "name": contest.regulation.name,
            "short_name": contest.regulation.short_name,
        },
        "regulation": queries.regulation_hash(contest),
        "letterhead": contest.regulation.letterhead.model_dump(mode="json"),
        "decision": {
            "number": number,
            "decided_on": decided_on.isoformat(),
            "issuer": issuer,
            "signer_power": signer_power,
            "signer_title": signer_title,
            "signer_name": signer_name,
        },
        "posting": {"opens_on": posting.opens_on.isoformat(), "until": posting.until.isoformat()} if posting else None,
        "categories": queries.categories_of(contest),
        "awards": queries.lines_of(contest, awards),
    }
    decision = Decision(
        contest_id=contest.id,
        version=awards[0].version,
        number=number,
        decided_on=decided_on,
        issuer=issuer,
        signer_power=signer_power,
        signer_title=signer_title,
        signer_name=signer_name,
        copy=copy,
        sha256=record.fingerprint(copy),
        by_id=by.id,
        at=now,
    )
    db.session.add(decision)
    contest.stage = Stage.DECIDED
    db.session.flush()
    audit.record(
        "decision.recorded",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={"sha256": decision.sha256, "number": number, "decided_on": decided_on.isoformat()},
    )
    return decision


def mark_prepared(contest: Contest, *, certificates: int, by: User, now: datetime) -> None:
    """Record that every certificate of the decision is drawn; the room of certificates calls this when it is so.

    :raise NotNow: if it is not its turn
    """
    _step(Act.PREPARE, contest, now)
    _record(ActKind.PREPARED, contest, subject="certificates", choice={"certificates": certificates}, by=by, now=now)
    contest.stage = Stage.PREPARED


def publish(contest: Contest, *, by: User, now: datetime) -> Publication:
    """Make the decision public: results show, certificates answer, winners are written to.

    :raise NotNow: if it is not its turn
    """
    _step(Act.PUBLISH, contest, now)
    decision = queries.newest_decision(contest)
    if decision is None:
        raise refusals.NotDecided
    publication = Publication(
        contest_id=contest.id, version=decision.version, decision_id=decision.id, by_id=by.id, at=now
    )
    db.session.add(publication)
    contest.stage = Stage.PUBLISHED
    db.session.flush()
    audit.record(
        "results.published",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={"sha256": decision.sha256},
    )
    emails.tell_of_publication(contest, decision, queries.awards_of(contest), now=now)
    return publication


def _step(act: Act, contest: Contest, now: datetime) -> None:
    lock(contest)
    gates.check(act, queries.situation_of(contest), now)


def _awards(contest: Contest) -> list[Award]:
    awards = queries.awards_of(contest)
    if not awards:
        raise refusals.NothingToAward
    return awards


def _record(
    kind: ActKind,
    contest: Contest,
    *,
    subject: str,
    choice: dict[str, Any],
    reason: str = "",
    by: User,
    now: datetime,
    round_: Round | None = None,
) -> RecordedAct:
    act = RecordedAct(
        contest_id=contest.id,
        round_id=round_.id if round_ is not None else None,
        kind=kind,
        subject=subject,
        choice=choice,
        reason=reason,
        by_id=by.id,
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
