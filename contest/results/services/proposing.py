"""The proposed list, and who approves it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import RoundEntry
from contest.regulations.models import Contest, Stage
from contest.results import queries, refusals
from contest.results.gates import Act
from contest.results.models import ActKind, Award, CollectiveAward, RecordedAct
from contest.results.prizes_reached import Reached, collective_prizes_reached, prizes_reached
from contest.results.services.recording import record_act, take_step


def propose(contest: Contest, *, by: User, now: datetime) -> list[Award]:
    """Take the prizes from the sealed result of the last round as the proposed list.

    A work that was rejected or withdrawn after the sealing is left out and named; nobody moves up into its place.

    :raise NotNow: if it is not its turn
    :raise NothingToAward: if no work reached a prize
    """
    take_step(Act.PROPOSE, contest, now)
    awards = write_list(contest, by=by, now=now)
    if not awards:
        raise refusals.NothingToAward
    contest.stage = Stage.PROPOSED
    return awards


def write_list(contest: Contest, *, by: User, now: datetime) -> list[Award]:
    """Write the next version of the proposed list from what the last round came to; it waits for its approvals.

    Where works were marked again because of a complaint, nobody may reach a prize any more: the list says so.

    :raise RoundsUnsealed: before the last sealing
    """
    regulation = contest.regulation
    round_ = judging.round_of(contest, regulation.rounds[-1].code)
    result = queries.result_of(round_) if round_ is not None else None
    if round_ is None or result is None:
        raise refusals.RoundsUnsealed(rounds=regulation.rounds[-1].name)
    judged = {
        code: (entry_id, revision_id, category)
        for code, entry_id, revision_id, category in db.session.execute(
            select(Entry.code, Entry.id, RoundEntry.revision_id, RoundEntry.category)
            .join(RoundEntry, RoundEntry.entry_id == Entry.id)
            .where(RoundEntry.round_id == round_.id, judging.IN_CONTEST)
        )
    }
    reached = prizes_reached(result)
    given = [prize for prize in reached if prize.subject in judged]
    version = queries.list_version(contest) + 1
    awards = [_award(contest, version, prize, *judged[prize.subject]) for prize in given]
    newsrooms = [_collective_award(contest, version, prize) for prize in collective_prizes_reached(result)]
    db.session.add_all([*awards, *newsrooms])
    db.session.flush()
    record_act(
        ActKind.PROPOSED,
        contest,
        round_=round_,
        subject="list",
        choice={
            "version": version,
            "awards": [[prize.subject, prize.prize] for prize in given],
            "newsrooms": [[award.outlet, award.prize] for award in newsrooms],
            "left_out": [prize.subject for prize in reached if prize.subject not in judged],
        },
        by=by,
        now=now,
    )
    return awards


def _award(contest: Contest, version: int, prize: Reached, entry_id: int, revision_id: int, category: str) -> Award:
    return Award(
        contest_id=contest.id,
        version=version,
        entry_id=entry_id,
        revision_id=revision_id,
        category=category,
        group=prize.group,
        tier=prize.prize,
        place=prize.place,
        money=prize.money,
        in_kind=prize.in_kind,
        worth=prize.worth,
    )


def _collective_award(contest: Contest, version: int, prize: Reached) -> CollectiveAward:
    return CollectiveAward(
        contest_id=contest.id,
        version=version,
        outlet=prize.subject,
        prize=prize.prize,
        works=prize.works,
        points=prize.points,
        money=prize.money,
        in_kind=prize.in_kind,
        worth=prize.worth,
    )


def approve(
    contest: Contest, *, body: str, held_on: date, number: str = "", note: str = "", by: User, now: datetime
) -> RecordedAct:
    """Record that a body approved the proposed list; once all have, in the order of the regulation, it is approved.

    :param body: who approved, as named on paper; where the regulation names the bodies, the one whose turn it is
    :param number: of the minutes or the letter, when there is one
    :raise NotNow: if it is not its turn
    """
    take_step(Act.APPROVE, contest, now)
    situation = queries.situation_of(contest)
    act = record_act(
        ActKind.APPROVED,
        contest,
        subject="list",
        choice={"body": situation.next_body or body, "held_on": held_on.isoformat(), "number": number},
        reason=note,
        by=by,
        now=now,
    )
    if situation.is_last_approval:
        contest.stage = Stage.APPROVED
    return act
