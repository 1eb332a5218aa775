"""Beginning and opening rounds, forming panels, taking works in."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from random import SystemRandom
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import func, select

from contest import audit
from contest.accounts.models import User
from contest.database import db, lock
from contest.entries import codes
from contest.entries.models import Entry
from contest.judging import emails, queries
from contest.judging.models import Assignment, Panel, PanelMember, Round, RoundEntry
from contest.judging.refusals import (
    AlreadyOpened,
    MemberHasVoted,
    MemberHasWork,
    NoPanelTakes,
    NotAJuror,
    NothingToJudge,
    PanelEmpty,
    PanelsMissing,
    PanelWithoutChair,
    RoundSealed,
    StrangersHaveWork,
    UnknownPanel,
    UnknownRound,
)
from contest.regulations.models import Contest
from contest.regulations.scoring import RoundRule

Row = TypeVar("Row")


def begin_round(contest: Contest, code: str) -> Round:
    """Give the round of this code its row, or find the row it has.

    :raise UnknownRound: if the regulation has no such round
    """
    if code not in {rule.code for rule in contest.regulation.rounds}:
        raise UnknownRound
    found = queries.round_of(contest, code)
    if found is None:
        found = Round(contest=contest, code=code)
        db.session.add(found)
        db.session.flush()
    return found


def check_not_sealed(round_: Round) -> None:
    """Pass while the round may be changed.

    Unlike its window this needs no calendar, so typing stays quick.
    """
    if round_.sealed_at is not None:
        raise RoundSealed(round=round_.name)


def check_sheet_open(assignment: Assignment) -> None:
    """Pass while the sheet of an assignment may be changed: until the sealing, and after it where it is marked again.

    :raise RoundSealed: otherwise
    """
    if not assignment.remarking:
        check_not_sealed(assignment.round)


class SeatTerms(NamedTuple):
    """How much a member takes at most, and on which days they are away; without an end, until the end of the round."""

    quota: int | None = None
    absent_from: date | None = None
    absent_until: date | None = None


NO_TERMS = SeatTerms()


def form_panel(
    round_: Round,
    code: str,
    *,
    members: Sequence[User],
    chair: User | None,
    terms: Mapping[int, SeatTerms] | None = None,
    by: User,
    now: datetime,
) -> Panel:
    """Form a panel that the regulation names, or change who sits on it.

    :param terms: of members, by user id; None leaves those that were agreed on
    :raise RoundSealed: once the round is sealed
    :raise PanelRefused: if somebody is no juror, nobody chairs, or a juror would leave assigned works behind
    """
    check_not_sealed(round_)
    if code not in {panel.code for panel in round_.panel_rules}:
        raise UnknownPanel
    if not members:
        raise PanelEmpty
    if chair is None or chair.id not in {member.id for member in members}:
        raise PanelWithoutChair
    jurors = {juror.id for juror in queries.jurors_of(round_.contest)}
    if any(member.id not in jurors for member in members):
        raise NotAJuror

    panel = db.session.scalar(select(Panel).filter_by(round_id=round_.id, code=code))
    if panel is None:
        panel = Panel(round_id=round_.id, code=code)
        db.session.add(panel)
    _check_leaving(round_, panel, {member.id for member in members})
    _seat(panel, members, chair, terms)
    audit.record(
        "panel.formed",
        contest_id=round_.contest_id,
        by=by,
        about=f"panel:{round_.code}:{code}",
        now=now,
        details={"members": sorted(member.subject for member in members), "chair": chair.subject}
        | _agreed(panel, {member.id: member.subject for member in members}),
    )
    return panel


def _seat(panel: Panel, members: Sequence[User], chair: User, terms: Mapping[int, SeatTerms] | None) -> None:
    seated = {member.user_id: member for member in panel.members}
    for member in seated.values():
        member.chair = False
    panel.members[:] = [seated.get(member.id) or PanelMember(user_id=member.id) for member in members]
    db.session.flush()  # the chair that was leaves before the next one comes: only one may be
    for member in panel.members:
        member.chair = member.user_id == chair.id
        if terms is not None:
            member.quota, member.absent_from, member.absent_until = terms.get(member.user_id, NO_TERMS)
    db.session.flush()


def _agreed(panel: Panel, subjects: Mapping[int, str]) -> dict[str, Any]:
    """What was agreed on with members, for the record."""
    quotas = {subjects[one.user_id]: one.quota for one in panel.members if one.quota is not None}
    away = {
        subjects[one.user_id]: [str(one.absent_from), str(one.absent_until) if one.absent_until else None]
        for one in panel.members
        if one.absent_from is not None
    }
    return ({"quotas": quotas} if quotas else {}) | ({"away": away} if away else {})


def _check_leaving(round_: Round, panel: Panel, staying: Collection[int]) -> None:
    leaving = [member.user_id for member in panel.members if member.user_id not in staying]
    if not leaving:
        return
    left_behind = db.session.scalar(
        select(func.count())
        .select_from(Assignment)
        .join(
            RoundEntry,
            (RoundEntry.round_id == Assignment.round_id) & (RoundEntry.entry_id == Assignment.entry_id),
        )
        .where(
            Assignment.round_id == round_.id,
            Assignment.juror_id.in_(leaving),
            Assignment.recused_at.is_(None),
            ~Assignment.advisory,
            RoundEntry.panel == panel.code,
        )
    )
    if left_behind:
        raise MemberHasWork(count=left_behind)
    if queries.has_voted_in(round_, leaving):
        raise MemberHasVoted


def admit_entries(round_: Round, entries: Iterable[Entry], *, by: User | None, now: datetime) -> list[RoundEntry]:
    """Take works into a round, each with the revision in force; those already in it are left as they are.

    Which works may come in is for the caller: the accepted ones into the first round, the advancing ones into a later.

    :raise RoundSealed: once the round is sealed
    """
    check_not_sealed(round_)
    present, aliases = set(), set()
    for entry_id, alias in db.session.execute(
        select(RoundEntry.entry_id, RoundEntry.alias).where(RoundEntry.round_id == round_.id)
    ):
        present.add(entry_id)
        aliases.add(alias)
    admitted = []
    coming = [entry for entry in entries if entry.id not in present and entry.revision_id is not None]
    genres = queries.genres_of(round_, [entry.revision_id for entry in coming if entry.revision_id is not None])
    for entry in coming:
        alias = new_alias(aliases)
        aliases.add(alias)
        admitted.append(
            RoundEntry(
                round_id=round_.id,
                entry_id=entry.id,
                revision_id=entry.revision_id,
                category=entry.category,
                panel=_panel_for(round_, entry.category, genres.get(entry.revision_id or 0, "")),
                alias=alias,
                admitted_at=now,
            )
        )
    if admitted:
        db.session.add_all(in_no_order(round_, admitted))
        db.session.flush()
        audit.record(
            "round.entries_admitted",
            contest_id=round_.contest_id,
            by=by,
            about=f"round:{round_.code}",
            now=now,
            details={"entries": len(admitted), "revisions": sorted(work.revision_id for work in admitted)},
        )
    return admitted


def in_no_order(round_: Round, rows: Iterable[Row]) -> list[Row]:
    """Rows as they are written: where names are hidden in a drawn order, so that no number tells what came in when."""
    rows = list(rows)
    return SystemRandom().sample(rows, len(rows)) if round_.rule.blind else rows


def _panel_for(round_: Round, category: str, genre: str) -> str:
    try:
        return round_.rule.panel_for(category=category, genre=genre)
    except KeyError as none:
        raise NoPanelTakes(category=round_.regulation.category(category).name) from none


def place_works(round_: Round) -> None:
    """Give every work of a round to the panel that the regulation names for it now.

    :raise NoPanelTakes: if no panel takes a work
    """
    works = queries.round_entries(round_)
    genres = queries.genres_of(round_, [work.revision_id for work in works])
    for work in works:
        work.panel = _panel_for(round_, work.category, genres.get(work.revision_id, ""))
    db.session.flush()


def admit_accepted(round_: Round, *, by: User, now: datetime) -> list[RoundEntry]:
    """Take every accepted work into the first round."""
    return admit_entries(round_, queries.waiting_entries(round_), by=by, now=now)


def new_alias(taken: Collection[str]) -> str:
    """Draw a name for a work that says nothing about it and that no other work of the round has."""
    while (alias := codes.alias()) in taken:
        pass
    return alias


def open_round(round_: Round, *, by: User, now: datetime) -> Round:
    """Open a round to its jurors and bind it to the regulation as it stands now (rubric and panel follow it).

    Sheets are taken in from the hour in the calendar on; until then jurors can read.

    :raise OpeningRefused: if it was opened before, has no works, or a panel with works lacks its jurors
    """
    lock(round_)
    if round_.opened_at is not None:
        raise AlreadyOpened(round=round_.name, at=round_.opened_at)
    works = queries.counts_of_rounds(round_.contest).get(round_.id, {})
    if not works:
        raise NothingToJudge
    place_works(round_)
    panels, seats = queries.panels_of(round_), seats_needed(round_.rule)
    missing = [
        round_.panel_name(code)
        for code in queries.works_by_panel(round_)
        if code not in panels or len(panels[code].members) < seats
    ]
    if missing:
        raise PanelsMissing(panels=", ".join(missing))
    if strangers := queries.works_with_strangers(round_):
        raise StrangersHaveWork(count=strangers)
    round_.version_id = round_.contest.version_id
    round_.opened_at, round_.opened_by_id = now, by.id
    db.session.flush()
    db.session.refresh(round_, ["version"])
    audit.record(
        "round.opened",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={"works": works, "regulation": round_.version.sha256 if round_.version else None},
    )
    tell_jurors(round_, {line.juror_id for line in queries.members_of(round_)}, now=now)
    return round_


def seats_needed(rule: RoundRule) -> int:
    """How many members a panel needs before its round can open: enough sheets for a result, or enough for a quorum."""
    if rule.vote is not None:
        return math.ceil(rule.panel_size * rule.vote.quorum)
    return rule.minimum_sheets


def tell_jurors(round_: Round, juror_ids: Collection[int], *, now: datetime) -> None:
    """Write to jurors before whom works lie now; before the round is opened nobody is told anything."""
    if round_.opened_at is None:
        return
    lying = queries.on_desks(round_, juror_ids)
    for juror in queries.people(lying).values():
        emails.works_assigned(round_, juror, lying[juror.id], now=now)
