"""Choosing works that a panel marks first, opening their spread, and having works marked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select

from contest import audit, clock
from contest.accounts.models import User
from contest.calibration import drawing, emails, queries
from contest.calibration.models import Remark, Remarking, SharedMarking, Why
from contest.calibration.refusals import (
    AlreadyDiscussed,
    NotAllIn,
    NothingToDiscuss,
    NothingToMarkAgain,
    TimeNeeded,
    TooManyFirst,
)
from contest.database import db, lock
from contest.interests.queries import barred
from contest.judging import queries as judging
from contest.judging import services as jury
from contest.judging.models import Assignment, PanelMember, Round, RoundEntry
from contest.judging.refusals import NotInRound, RoundSealed, UnknownPanel
from contest.results.tally import Standing

MOST = 5
"""Works of one category that a panel marks first, at most."""


def choose_first(round_: Round, panel: str, entry_ids: Collection[int], *, by: User, now: datetime) -> SharedMarking:
    """Let all jurors of a panel mark exactly these works first.

    Whoever does not have one of them gets it to be compared with the others; whoever is in conflict, or stepped back
    from it, does not. A work that is no longer chosen is taken back where it only lay to be compared and no sheet was
    sent. Choosing the same again gives the works to members who joined since. Of works that whoever chooses may not
    hear of, those that were chosen stay so.

    :raise RoundSealed: once the round is sealed
    :raise UnknownPanel: without members there is nobody to mark
    :raise CalibrationRefused: if these are too many, or the spread was opened to the panel
    """
    lock(round_)
    _check_not_sealed(round_)
    formed = judging.panels_of(round_).get(panel)
    if formed is None:
        raise UnknownPanel
    shared = db.session.scalar(select(SharedMarking).filter_by(round_id=round_.id, panel=panel))
    if shared is not None and shared.opened_at is not None:
        raise AlreadyDiscussed(at=shared.opened_at)
    works = {work.entry_id: work for work in judging.round_entries(round_) if work.panel == panel}
    if not works.keys() >= set(entry_ids):
        raise NotInRound
    if any(number > MOST for number in Counter(works[one].category for one in entry_ids).values()):
        raise TooManyFirst(most=MOST)
    unseen = barred(round_.contest, by)
    for work in works.values():
        if work.entry_id not in unseen:
            work.first = work.entry_id in entry_ids
    db.session.flush()
    chosen = [work for work in works.values() if work.first]
    _take_back(round_, [work.entry_id for work in works.values() if not work.first], by=by, now=now)
    _give_to_all(round_, chosen, formed.members, by=by, now=now)
    if shared is None:
        shared = SharedMarking(round_id=round_.id, panel=panel, chosen_at=now, chosen_by_id=by.id)
        db.session.add(shared)
    else:
        shared.chosen_at, shared.chosen_by_id = now, by.id
    db.session.flush()
    audit.record(
        "calibration.chosen",
        contest_id=round_.contest_id,
        by=by,
        about=f"panel:{round_.code}:{panel}",
        now=now,
        details={"entries": sorted(str(work.entry.code) for work in chosen)},
    )
    return shared


def _check_not_sealed(round_: Round) -> None:
    if round_.sealed_at is not None:
        raise RoundSealed(round=round_.name)


def _take_back(round_: Round, entry_ids: Collection[int], *, by: User, now: datetime) -> None:
    """Take works back that lay on desks only to be marked first; those to be marked again stay."""
    again = select(Remark.assignment_id).where(Remark.assignment_id.is_not(None))
    sent = select(judging.first_sheet.assignment_id)
    for assignment in db.session.scalars(
        select(Assignment).where(
            Assignment.round_id == round_.id,
            Assignment.entry_id.in_(entry_ids),
            Assignment.advisory,
            Assignment.recused_at.is_(None),
            Assignment.id.not_in(again),
            Assignment.id.not_in(sent),
        )
    ).all():
        jury.unassign(assignment, by=by, now=now)


def _give_to_all(
    round_: Round, works: Collection[RoundEntry], members: Iterable[PanelMember], *, by: User, now: datetime
) -> None:
    entry_ids, jurors = [work.entry_id for work in works], [member.user_id for member in members]
    held = {(line.entry_id, line.juror_id) for line in judging.assignment_lines(round_, entry_ids)}
    barred = _barred(round_, jurors, entry_ids)
    pairs = [(work, juror) for work in entry_ids for juror in jurors]
    jury.give_to_compare(round_, [pair for pair in pairs if pair not in held and pair not in barred], by=by, now=now)


def _barred(round_: Round, jurors: Collection[int], entry_ids: Collection[int]) -> set[tuple[int, int]]:
    found = judging.conflicts_in(round_, jurors, entry_ids)
    return {(entry, juror) for (juror, entry), kinds in found.items() if any(kind.blocks for kind in kinds)}


def open_spread(round_: Round, panel: str, *, by: User, now: datetime) -> SharedMarking:
    """Show a panel how its marks of the first works lie, without names, so that it can talk about them.

    It is the one exception from "others' marks show after sealing"; so it is an act, and it waits until nobody's mark
    can be led by those of others any more. A letter tells everybody on the panel.

    :raise RoundSealed: once the round is sealed
    :raise CalibrationRefused: if nothing was chosen, a sheet is not in, or it was opened before
    """
    lock(round_)
    _check_not_sealed(round_)
    shared = db.session.scalar(select(SharedMarking).filter_by(round_id=round_.id, panel=panel))
    works = {work.entry_id for work in queries.first_works(round_, panel)}
    if shared is None or not works:
        raise NothingToDiscuss
    if shared.opened_at is not None:
        raise AlreadyDiscussed(at=shared.opened_at)
    sheets = [sheet for sheet in queries.first_sheets(round_) if sheet.entry_id in works]
    if left := sum(sheet.marks is None for sheet in sheets):
        raise NotAllIn(left=left)
    if not sheets:
        raise NothingToDiscuss
    shared.opened_at, shared.opened_by_id = now, by.id
    audit.record(
        "calibration.spread_opened",
        contest_id=round_.contest_id,
        by=by,
        about=f"panel:{round_.code}:{panel}",
        now=now,
        details={"works": len(works), "sheets": len(sheets)},
    )
    for member in judging.panels_of(round_)[panel].members:
        emails.spread_opened(shared, round_, member.user, now=now)
    return shared


def mark_again(
    round_: Round,
    *,
    share: int,
    tolerance: int,
    seed: int,
    until: datetime | None = None,
    reason: str = "",
    by: User,
    now: datetime,
) -> Remarking:
    """Give works to one more juror each, who is not told why: some by lot, and all that are near an edge or astray.

    Only works that have all their sheets, and once. The marks count nowhere; what follows from them people decide by
    the means of the regulation.

    :param share: works by lot, of a hundred
    :param tolerance: hundredths of a point by which a mark may differ from the mean of the others
    :param until: end of the time for the sheets, where the round is closed
    :param reason: of that extra time, as the jurors read it
    :raise RoundSealed: once the round is sealed
    :raise CalibrationRefused: if there is nothing to mark again, or the round is closed and no time is given
    """
    lock(round_)
    _check_not_sealed(round_)
    window = round_.window()
    is_open = window.takes_sheets(now)
    if not is_open and until is None:
        raise TimeNeeded(closes=window.closes)
    whys = _to_mark_again(round_, share=share, seed=seed)
    if not whys:
        raise NothingToMarkAgain
    works = {work.entry_id: work for work in judging.round_entries(round_) if str(work.entry.code) in whys}
    asked = _asked(round_, works, seed=seed, now=now)
    given = jury.give_to_compare(
        round_, [(entry, juror) for entry, juror in asked.items() if juror is not None], by=by, now=now
    )
    if not is_open and until is not None:
        for assignment in given.values():
            jury.reopen(assignment, until=until, reason=reason, by=by, now=now)
    remarking = _begun(round_, share=share, tolerance=tolerance, seed=seed, by=by, now=now)
    remarking.works = [
        Remark(
            entry_id=entry,
            assignment_id=given[entry, juror].id if juror is not None else None,
            why=whys[str(works[entry].entry.code)],
        )
        for entry, juror in sorted(asked.items())
    ]
    db.session.add(remarking)
    db.session.flush()
    _record_drawn(remarking, sorted(whys), nobody=sum(juror is None for juror in asked.values()), by=by, now=now)
    return remarking


def _begun(round_: Round, *, share: int, tolerance: int, seed: int, by: User, now: datetime) -> Remarking:
    """The next of the times that works of a round are marked again, still without works."""
    earlier = db.session.scalars(select(Remarking.id).filter_by(round_id=round_.id)).all()
    return Remarking(
        round_id=round_.id,
        number=len(earlier) + 1,
        share=share,
        tolerance=tolerance,
        seed=seed,
        at=now,
        by_id=by.id,
    )


def _record_drawn(remarking: Remarking, entries: list[str], *, nobody: int, by: User, now: datetime) -> None:
    """Write the line of the log from which the draw can be made once more.

    :param nobody: works that no juror could take
    """
    round_ = db.session.get_one(Round, remarking.round_id)
    audit.record(
        "calibration.works_drawn",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={
            "number": remarking.number,
            "seed": remarking.seed,
            "share": remarking.share,
            "tolerance": remarking.tolerance,
            "entries": entries,
            "nobody": nobody,
        },
    )


def _to_mark_again(round_: Round, *, share: int, seed: int) -> dict[str, Why]:
    """Name the works to mark again, each with its reason; those that have been given to somebody are left out."""
    studied = queries.studied(round_)
    done = queries.marked_again(round_)
    ids = {str(work.entry.code): work.entry_id for work in judging.round_entries(round_)}
    complete = {
        standing.entry
        for standing in studied.outcome.standings
        if isinstance(standing, Standing) and not standing.missing and ids.get(standing.entry) not in done
    }
    estimates = studied.estimates
    return {
        **dict.fromkeys(sorted(drawing.by_lot(complete, share, seed)), Why.DRAWN),
        **dict.fromkeys(sorted(complete & estimates.marked_astray), Why.ASTRAY),
        **dict.fromkeys(sorted(complete & estimates.near_an_edge), Why.EDGE),
    }


def _asked(round_: Round, works: Mapping[int, RoundEntry], *, seed: int, now: datetime) -> dict[int, int | None]:
    """Choose who marks each work again: of its panel, else any juror of the contest; never one who has or had it."""
    today = clock.local(now).date()
    panels = judging.panels_of(round_)
    away = {each.user_id for panel in panels.values() for each in panel.members if _is_away(each, today)}
    members = {code: {each.user_id for each in panel.members} - away for code, panel in panels.items()}
    everybody = {juror.id for juror in judging.jurors_of(round_.contest)} - away
    out = _barred(round_, everybody, list(works))
    out |= {(line.entry_id, line.juror_id) for line in judging.assignment_lines(round_, list(works))}
    askable = {
        str(entry): [
            {juror for juror in circle if (entry, juror) not in out}
            for circle in (members.get(work.panel, set()), everybody)
        ]
        for entry, work in works.items()
    }
    found = drawing.chosen(askable, judging.loads_of(round_, advisory=True), seed)
    return {int(entry): juror for entry, juror in found.items()}


def _is_away(member: PanelMember, today: date) -> bool:
    first, last = member.absent_from, member.absent_until
    return first is not None and first <= today and (last is None or today <= last)
