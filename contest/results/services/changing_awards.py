"""Suspending, revoking and restoring one award, with what follows from it by the regulation."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import RoundEntry
from contest.regulations.models import Contest
from contest.results import award_changes, emails, queries, refusals
from contest.results.award_changes import AwardRef, Copy, Line, Paper
from contest.results.models import AmendmentKind, Award, Decision
from contest.results.moving_up import Move, moving_up
from contest.results.prizes_reached import costs_of
from contest.results.services.amending import amend_decision


@dataclass(frozen=True)
class AwardChange:
    """What an act on one award would change on the list.

    :ivar line: of the award
    :ivar moves: works that move up, best first
    :ivar lines: what the works that move up receive; an award that is not written down yet has a number below nought
    :ivar equal: codes of equals at whom the moving up ends
    :ivar copy: the list as it would be
    """

    kind: AmendmentKind
    line: Line
    moves: tuple[Move, ...]
    lines: tuple[Line, ...]
    equal: tuple[str, ...]
    copy: Copy
    before: int
    after: int


def possible_changes(copy: Copy, ref: AwardRef) -> tuple[AmendmentKind, ...]:
    """Say what can be done with an award as it stands on the list: nothing where there is none."""
    line = award_changes.line_of(copy, ref)
    if line is not None and line.get("suspended"):
        return (AmendmentKind.RESTORATION, AmendmentKind.REVOCATION)
    if line is not None:
        return (AmendmentKind.SUSPENSION, AmendmentKind.REVOCATION)
    return (AmendmentKind.RESTORATION,) if award_changes.withdrawn_of(copy, ref) is not None else ()


def award_change(contest: Contest, ref: AwardRef, kind: AmendmentKind, paper: Paper) -> AwardChange:
    """Work out what an act on one award would change; nothing is written.

    :param paper: number and day of the amending decision
    :raise NotDecided: before the decision
    :raise AwardStandsOtherwise: if it cannot be done with the award as it stands
    :raise MovedUpSince: if works have moved up into the place of the one to be restored
    """
    decision = queries.newest_decision(contest)
    if decision is None:
        raise refusals.NotDecided
    copy = deepcopy(queries.copy_of(decision))
    if kind not in possible_changes(copy, ref):
        raise refusals.AwardStandsOtherwise
    withdrawn = award_changes.withdrawn_of(copy, ref)
    line = award_changes.line_of(copy, ref) or (withdrawn["line"] if withdrawn is not None else {})
    before, line = _money(copy), deepcopy(line)
    moves: tuple[Move, ...] = ()
    lines: tuple[Line, ...] = ()
    equal: tuple[str, ...] = ()
    if kind is AmendmentKind.SUSPENSION:
        award_changes.suspended(copy, ref, paper)
    elif kind is AmendmentKind.RESTORATION:
        if withdrawn is not None and (withdrawn["moved"] or not award_changes.has_room(copy, line)):
            raise refusals.MovedUpSince
        award_changes.restored(copy, ref)
    else:
        if ref.kind == "award":
            moves, equal = _moves(contest, copy, line)
            lines = tuple(_lines(contest, copy, moves))
        award_changes.revoked(copy, ref, paper, lines)
    return AwardChange(kind, line, moves, lines, equal, copy, before, _money(copy))


def change_award(
    contest: Contest,
    ref: AwardRef,
    kind: AmendmentKind,
    *,
    number: str,
    decided_on: date,
    signer: str,
    reason: str,
    by: User,
    now: datetime,
) -> tuple[Decision, AwardChange]:
    """Suspend, revoke or restore one award: the next version of the decision, with everything that follows by rule.

    Whoever sent the work is written to where the list is public.

    :return: the version, and what it changed
    :raise ContestError: as `award_change` and `amend_decision`
    """
    lock(contest)
    change = award_change(contest, ref, kind, Paper(number, decided_on))
    before = queries.newest_decision(contest)
    version = before.version + 1 if before is not None else 1
    ids = {line["award_id"]: _write(contest, line, version) for line in change.lines}
    for line in change.copy["awards"]:
        line["award_id"] = ids.get(line["award_id"], line["award_id"])
    if ids:
        change.copy["withdrawn"][-1]["moved"] = list(ids.values())
    decision = amend_decision(
        contest,
        change.copy,
        kind=kind,
        number=number,
        decided_on=decided_on,
        reason=reason,
        signer=signer,
        by=by,
        now=now,
    )
    if queries.publication_of(contest) is not None:
        emails.tell_of_changed_award(contest, decision, change.line, now=now)
        emails.tell_of_publication(contest, decision, change.lines, now=now)
    return decision, change


def _money(copy: Copy) -> int:
    """What the list pays out now: a suspended award is not paid."""
    return sum(line["money"] for line in (*copy["awards"], *copy["collective"]) if not line.get("suspended"))


def _moves(contest: Contest, copy: Copy, line: Line) -> tuple[tuple[Move, ...], tuple[str, ...]]:
    """Who moves up into the place of an award of a tier, where the regulation wants it."""
    ruling = queries.ruling(contest)
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code)
    result = queries.result_of(round_) if round_ is not None else None
    tiers = {tier.code for tier in ruling.prizes}
    if ruling.awarding.on_revocation == "empty" or line["tier"] not in tiers or round_ is None or result is None:
        return (), ()

    def of_group(line: Line) -> bool:
        return bool(line["section"] == group and line["tier"] in tiers)

    group = line["section"]
    withdrawn = [each["line"] for each in copy.get("withdrawn", ()) if "entry_code" in each["line"]]
    found = moving_up(
        result,
        group,
        method="bands" if ruling.awarding.method == "bands" else "quota",
        held={each["entry_code"]: each["tier"] for each in copy["awards"] if of_group(each) and each != line},
        revoked={each["entry_code"] for each in (*withdrawn, line) if of_group(each)},
        gone=set(queries.out_of(round_)),
    )
    return found.moves, found.equal


def _lines(contest: Contest, copy: Copy, moves: Sequence[Move]) -> list[Line]:
    """Write what the works that move up receive; a work that has a line keeps the words of it, and stays suspended."""
    if not moves:
        return []
    ruling = queries.ruling(contest)
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code)
    costs = costs_of(queries.result_of(round_) or {}) if round_ is not None else {}
    judged = {
        entry.code: (entry, admitted)
        for entry, admitted in db.session.execute(
            select(Entry, RoundEntry)
            .join(RoundEntry, RoundEntry.entry_id == Entry.id)
            .where(RoundEntry.round == round_, Entry.code.in_([move.entry for move in moves]))
        )
    }
    known = {(line["entry_code"], line["section"]): line for line in copy["awards"]}
    written: list[Line] = []
    for move in moves:
        entry, admitted = judged[move.entry]
        line = known.get((move.entry, move.group))
        if line is None:
            award = Award(
                entry=entry,
                entry_id=entry.id,
                revision_id=admitted.revision_id,
                category=admitted.category,
                group=move.group,
                tier=move.tier,
                place=move.place,
                **costs[move.tier],
            )
            line = queries.lines_of(contest, [award])[0]
        written.append(
            {
                **line,
                "award_id": -entry.id,
                "tier": move.tier,
                "tier_name": ruling.tier(move.tier).name,
                "place": move.place,
                **costs[move.tier],
            }
        )
    return written


def _write(contest: Contest, line: Line, version: int) -> int:
    """Write the award of a work that moves up into its table, in the version that gives it."""
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code)
    admitted = db.session.scalars(select(RoundEntry).filter_by(round=round_, entry_id=line["entry_id"])).one()
    award = Award(
        contest_id=contest.id,
        version=version,
        entry_id=line["entry_id"],
        revision_id=admitted.revision_id,
        category=line["category"],
        group=line["section"],
        tier=line["tier"],
        place=line["place"],
        money=line["money"],
        in_kind=line["in_kind"],
        worth=line["worth"],
    )
    db.session.add(award)
    db.session.flush()
    return award.id
