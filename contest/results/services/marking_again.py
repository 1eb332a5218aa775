"""A complaint may have a work of the sealed last round marked again; then the round is concluded again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.models import Assignment, Round
from contest.regulations.models import Stage
from contest.results import differing, freezing, queries, record, refusals
from contest.results.differing import Change
from contest.results.gates import Act, is_done
from contest.results.material import REMARK_ORDERED
from contest.results.models import ActKind, RecordedAct, RoundResult
from contest.results.prizes_reached import collective_prizes_reached, prizes_reached
from contest.results.services.proposing import write_list
from contest.results.services.recording import record_act
from contest.results.services.sealing import commit_to_sheets


def order_remark(
    round_: Round,
    entry: Entry,
    jurors: Collection[User],
    *,
    until: datetime,
    reason: str,
    complaint: str,
    by: User,
    now: datetime,
) -> RecordedAct:
    """Have a work of the sealed last round marked by other jurors, as the regulation says how their sheets count.

    The same order again changes who is asked, as long as nobody who is left out has sent a sheet.

    :param complaint: its number, as it is shown
    :raise ReasonNeeded: without a reason
    :raise JurorsNeeded, RemarkNeeds: if too few are named
    :raise RemarkTooEarly, RemarkTooLate: before the sealing, and once the decision is recorded
    :raise RemarkOnlyLast: in an earlier round, from which works have gone on
    :raise RemarkedOut: if the work is withdrawn or rejected
    :raise AlreadyRemarked: if the work was marked again before
    :raise AssignmentRefused, ReopeningRefused: as judging refuses the jurors or the moment
    """
    contest = round_.contest
    lock(contest)
    if not reason:
        raise refusals.ReasonNeeded
    gates = contest.regulation.gates
    if len(jurors) < gates.remark_jurors:
        raise refusals.RemarkNeeds(count=gates.remark_jurors)
    if is_done(Act.DECIDE, str(contest.stage)):
        raise refusals.RemarkTooLate
    if contest.regulation.rounds[-1].code != round_.code:
        raise refusals.RemarkOnlyLast(round=contest.regulation.rounds[-1].name)
    if round_.sealed_at is None:
        raise refusals.RemarkTooEarly(round=round_.name)
    lock(entry)
    if entry.state in judging.OUT:
        raise refusals.RemarkedOut(code=entry.code)
    sealed = queries.newest_result(round_)
    subject = f"entry:{entry.code}"
    if sealed is not None and any(
        act["kind"] == ActKind.REMARK_ORDERED and act["subject"] == subject for act in sealed.material["acts"]
    ):
        raise refusals.AlreadyRemarked
    judging_services.mark_again(round_, entry, jurors, until=until, reason=reason, by=by, now=now)
    return record_act(
        ActKind.REMARK_ORDERED,
        contest,
        round_=round_,
        subject=subject,
        choice={
            "entry": entry.code,
            "jurors": sorted(juror.subject for juror in jurors),
            "counts": gates.remark,
            "until": until.isoformat(),
            "complaint": complaint,
        },
        reason=reason,
        by=by,
        now=now,
    )


def conclude_again(round_: Round, *, by: User, now: datetime) -> list[Change]:
    """Conclude a sealed round again with the sheets of those who marked works again, as its next version.

    Where other works or prizes come of it, the next version of the proposed list is written and the way is walked from
    there: it is approved and posted as the regulation says.

    :return: what changed, work by work; empty if nothing did
    :raise NothingRemarked: if no work is marked again
    :raise RemarkAwaited: while a juror has not sent their sheet of a work that is still in the contest
    :raise RemarkBlocked: while anything is open that people must settle; the page of the round lists each
    """
    contest = round_.contest
    lock(contest)
    lock(round_)
    before = queries.newest_result(round_)
    asked = _asked(round_)
    if before is None or not asked:
        raise refusals.NothingRemarked
    awaited = [one for one in asked if one.entry.state not in judging.OUT]
    missing = [one.juror.name for one in awaited if one.sent_at is None or one.recused_at is not None]
    if missing:
        raise refusals.RemarkAwaited(jurors=", ".join(missing))
    version = before.version + 1
    record_act(
        ActKind.CONCLUDED_AGAIN,
        contest,
        round_=round_,
        subject=f"round:{round_.code}",
        choice={"version": version, "before": before.sha256},
        by=by,
        now=now,
    )
    assessment = queries.assess(round_, contest, now)
    if assessment.blockers:
        raise refusals.RemarkBlocked(count=len(assessment.blockers))
    result = _next_version(round_, assessment, before, now)
    commitment = commit_to_sheets(round_, result.version, now)
    judging_services.end_marking_again(round_)
    found = differing.changes(before.result, result.result)
    listed = _is_listed_otherwise(before, result) and is_done(Act.PROPOSE, str(contest.stage))
    audit.record(
        "round.concluded_again",
        contest_id=contest.id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={
            "sha256": result.sha256,
            "commitment": commitment.root,
            "version": version,
            "changes": [change.document() for change in found],
            "list": listed,
        },
    )
    if listed:
        write_list(contest, by=by, now=now)
        contest.stage = Stage.PROPOSED
    return found


def _asked(round_: Round) -> list[Assignment]:
    """Who is to mark a work again by the newest order about it; whoever gave it back and was replaced is not."""
    orders = {
        act.choice["entry"]: act.choice["jurors"] for act in queries.acts_in(round_) if act.kind == REMARK_ORDERED
    }
    return [one for one in judging.remarking(round_) if one.juror.subject in orders.get(one.entry.code, ())]


def _next_version(round_: Round, assessment: queries.Assessment, before: RoundResult, now: datetime) -> RoundResult:
    document = record.document(
        assessment.outcome, contest=before.result["contest"], regulation=before.result["regulation"], sealed_at=now
    )
    result = RoundResult(
        round_id=round_.id,
        version=before.version + 1,
        result=document,
        sha256=record.fingerprint(document),
        material=freezing.frozen(assessment.material),
        sealed_at=now,
    )
    db.session.add(result)
    db.session.flush()
    return result


def _is_listed_otherwise(before: RoundResult, after: RoundResult) -> bool:
    """Whether works or newsrooms, their prizes, places or money are others than on the list that was proposed."""
    old, new = ([*prizes_reached(each.result), *collective_prizes_reached(each.result)] for each in (before, after))
    return old != new


def reopened_to_acts(round_: Round) -> bool:
    """Say whether acts of people may change a round: until it is sealed, and while works of it are marked again."""
    return round_.sealed_at is None or bool(_asked(round_))
