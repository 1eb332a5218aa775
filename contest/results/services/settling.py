"""What people settle before a round is sealed, where the rules leave it to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from contest.accounts.models import User
from contest.database import lock
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.models import Assignment, Round
from contest.regulations.scoring import RECORDED, Bonus
from contest.results import choosing, lots, queries, refusals
from contest.results.blockers import Blocker, Blocks, sheets_of
from contest.results.models import ActKind, RecordedAct
from contest.results.services.marking_again import reopened_to_acts
from contest.results.services.recording import record_act
from contest.results.tally import Standing

ACT, LOT = "act", "lot"


def settle_discrepancy(round_: Round, entry: Entry, *, reason: str, by: User, now: datetime) -> RecordedAct:
    """Accept that the jurors of a work differ by more than the regulation allows; it holds for these very sheets.

    :raise RoundSealed: once the round is sealed
    :raise ReasonNeeded: without a reason
    :raise NotDiscrepant: if they do not differ that much
    """
    _begin(round_, reason)
    outcome = queries.assess(round_, round_.contest, now).outcome
    for standing in outcome.standings:
        if isinstance(standing, Standing) and standing.entry == entry.code and standing.is_held:
            return record_act(
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
    _begin(round_, reason)
    if not assignments:
        raise refusals.JurorsNeeded
    for assignment in assignments:
        judging_services.reopen(assignment, until=until, reason=reason, by=by, now=now)
    return record_act(
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


def ask_third(
    round_: Round, entry: Entry, juror: User, *, until: datetime, reason: str, by: User, now: datetime
) -> RecordedAct:
    """Ask one more juror to mark a work whose jurors differ too much, where the regulation has that follow.

    Whoever was asked before and has sent no sheet gives the work back, or gets more time if it is them again.

    :raise RoundSealed: once the round is sealed
    :raise ReasonNeeded: without a reason
    :raise NotDiscrepant: if no extra juror is missing
    :raise AssignmentRefused: if the juror is in conflict, or has or had the work
    :raise ReopeningRefused: if the time is too short
    """
    _begin(round_, reason)
    if not any(
        blocker.code is Blocks.THIRD_MISSING and entry.code in blocker.entries
        for blocker in queries.assess(round_, round_.contest, now).blockers
    ):
        raise refusals.NotDiscrepant
    awaited = (third.assignment for third in judging.awaited_thirds(round_))
    asked = next((assignment for assignment in awaited if assignment.entry_id == entry.id), None)
    if asked is not None and asked.juror_id == juror.id:
        judging_services.reopen(asked, until=until, reason=reason, by=by, now=now)
    else:
        if asked is not None:
            judging_services.unassign(asked, by=by, now=now)
        judging_services.assign_third(round_, entry, juror, until=until, reason=reason, by=by, now=now)
    return record_act(
        ActKind.THIRD_ASKED,
        round_.contest,
        round_=round_,
        subject=f"entry:{entry.code}",
        choice={"entry": entry.code, "juror": juror.subject, "until": until.isoformat()},
        reason=reason,
        by=by,
        now=now,
    )


def settle_tie(round_: Round, order: Sequence[str], *, reason: str, by: User, now: datetime) -> RecordedAct:
    """Choose the order of works or newsrooms that are equal under every rule and reach for unequal prizes.

    The regulation says how: by a vote of the council or by a decision that it leaves to people. A lot is drawn by
    `draw_lot`.

    :param order: all the tied, best first
    :raise RoundSealed: once the round is sealed
    :raise NoSuchTie: if these are not an open tie
    :raise LotNeeded: if the regulation leaves it to a lot
    :raise ReasonNeeded: without a reason
    """
    _begin(round_, reason)
    tie = _tie(round_, order, now)
    method = method_of_ties(round_)
    if method == LOT:
        raise refusals.LotNeeded
    return _record_order(round_, tie, {"order": list(order), "method": method}, reason=reason, by=by, now=now)


def draw_lot(round_: Round, tied: Collection[str], *, by: User, now: datetime) -> RecordedAct:
    """Let a lot put equals in order. The seed is drawn now and recorded, so that everybody can draw it again.

    :raise RoundSealed: once the round is sealed
    :raise NoSuchTie: if these are not an open tie
    :raise NotForeseen: if the regulation does not leave it to a lot
    """
    _check_open(round_)
    tie = _tie(round_, tied, now)
    if method_of_ties(round_) != LOT:
        raise refusals.NotForeseen
    seed = lots.new_seed()
    choice = {"order": lots.draw(tie.entries, seed), "method": LOT, "seed": seed, "drawing": lots.METHOD}
    return _record_order(round_, tie, choice, reason="", by=by, now=now)


def method_of_ties(round_: Round) -> str:
    """How the regulation has an order of equals found when no rule is left: by ``act``, ``vote`` or ``lot``."""
    last = round_.contest.regulation.round(round_.code).tie_breaks[-1]
    return last if last in RECORDED else ACT


def flag_works(
    round_: Round, panel: str, entries: Collection[str], *, reason: str, by: User, now: datetime
) -> RecordedAct:
    """Name the works of a panel that go on to the next round; a later act takes the place of the earlier one.

    :raise RoundSealed: once the round is sealed
    :raise NotForeseen: if nobody is named for the next round by the regulation
    :raise NotAChoice: if a work is not one of this panel
    """
    _begin(round_, reason)
    if not flags_works(round_):
        raise refusals.NotForeseen
    if not set(entries) <= {work.code for work in queries.works_in(round_) if work.panel == panel}:
        raise refusals.NotAChoice
    return record_act(
        ActKind.FLAGGED,
        round_.contest,
        round_=round_,
        subject=f"panel:{panel}",
        choice={"entries": sorted(entries)},
        reason=reason,
        by=by,
        now=now,
    )


def flags_works(round_: Round) -> bool:
    """Say whether works can be named for the next round."""
    rule = round_.contest.regulation.round(round_.code).advancement
    return rule is not None and (rule.flagged or any(terms.flagged for terms in rule.categories.values()))


def give_bonus(
    round_: Round, code: str, entries: Collection[str], *, reason: str, by: User, now: datetime
) -> RecordedAct:
    """Name all the works that have what a bonus is for; a later act takes the place of the earlier one.

    :raise RoundSealed: once the round is sealed
    :raise NotForeseen: if the regulation gives no such bonus to works named in an act
    :raise NotAChoice: if a work is not in the round
    """
    _begin(round_, reason)
    if code not in {bonus.code for bonus in bonuses_by_act(round_)}:
        raise refusals.NotForeseen
    if not set(entries) <= {work.code for work in queries.works_in(round_)}:
        raise refusals.NotAChoice
    return record_act(
        ActKind.BONUS_GIVEN,
        round_.contest,
        round_=round_,
        subject=f"bonus:{code}",
        choice={"bonus": code, "entries": sorted(entries)},
        reason=reason,
        by=by,
        now=now,
    )


def bonuses_by_act(round_: Round) -> tuple[Bonus, ...]:
    """The bonuses of a round that are given to works named in an act."""
    return tuple(bonus for bonus in round_.contest.regulation.round(round_.code).bonus if bonus.by_act)


def accept_short(round_: Round, group: str, tier: str, *, reason: str, by: User, now: datetime) -> RecordedAct:
    """Accept that fewer prizes are given than the exact number of the regulation; it holds for this very number.

    :raise RoundSealed: once the round is sealed
    :raise NoSuchQuestion: if there is nothing to accept
    """
    _begin(round_, reason)
    for blocker in queries.assess(round_, round_.contest, now).blockers:
        if blocker.code is Blocks.SHORT and (blocker.group, blocker.prize) == (group, tier):
            return record_act(
                ActKind.ACCEPTED_SHORT,
                round_.contest,
                round_=round_,
                subject=f"group:{group}:{tier}",
                choice={"group": group, "tier": tier, "given": blocker.has},
                reason=reason,
                by=by,
                now=now,
            )
    raise refusals.NoSuchQuestion


def choose_prize(
    round_: Round, prize: str, subjects: Sequence[str], *, reason: str, by: User, now: datetime
) -> RecordedAct:
    """Choose who takes a prize over the groups that the regulation leaves to people; it may be nobody.

    :param subjects: works, or newsrooms, at most as many as there are prizes
    :raise RoundSealed: once the round is sealed
    :raise NoSuchQuestion: if the prize is not waiting for a choice
    :raise NotAChoice, TooManyChosen: if those chosen cannot have it
    """
    _begin(round_, reason)
    question = choosing.open_choice(queries.assess(round_, round_.contest, now).outcome)
    if question is None or question.prize != prize:
        raise refusals.NoSuchQuestion
    if not set(subjects) <= set(question.candidates):
        raise refusals.NotAChoice
    if len(set(subjects)) > question.quota:
        raise refusals.TooManyChosen(count=question.quota)
    return record_act(
        ActKind.PRIZE_CHOSEN,
        round_.contest,
        round_=round_,
        subject=f"prize:{prize}",
        choice={"prize": prize, "subjects": list(dict.fromkeys(subjects))},
        reason=reason,
        by=by,
        now=now,
    )


def _begin(round_: Round, reason: str) -> None:
    _check_open(round_)
    if not reason:
        raise refusals.ReasonNeeded


def _check_open(round_: Round) -> None:
    """Let acts of people change a round until it is sealed, and while works of it are marked again.

    :raise RoundSealed: otherwise
    """
    lock(round_)
    if not reopened_to_acts(round_):
        round_.window().check_not_sealed()


def _tie(round_: Round, tied: Collection[str], now: datetime) -> Blocker:
    """Find the open tie of exactly these."""
    for blocker in queries.assess(round_, round_.contest, now).blockers:
        if blocker.code is Blocks.TIE and len(tied) == len(set(tied)) and set(blocker.entries) == set(tied):
            return blocker
    raise refusals.NoSuchTie


def _record_order(
    round_: Round, tie: Blocker, choice: dict[str, Any], *, reason: str, by: User, now: datetime
) -> RecordedAct:
    return record_act(
        ActKind.TIE_SETTLED,
        round_.contest,
        round_=round_,
        subject=f"prize:{tie.prize}" if tie.prize is not None else f"group:{tie.group}",
        choice={**choice, "prizes": list(tie.prizes)},
        reason=reason,
        by=by,
        now=now,
    )
