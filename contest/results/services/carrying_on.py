"""Taking the best works of a phase (đợt) on into the closing contest above it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db, lock
from contest.entries.models import Entry, EntryRevision
from contest.entries.services import carry_over
from contest.judging import queries as judging
from contest.judging.models import RoundEntry
from contest.regulations.models import Contest
from contest.results import queries, refusals
from contest.results.carrying import going_up
from contest.results.gates import Act, is_done
from contest.results.models import ActKind
from contest.results.services.recording import record_act


def carry_on(contest: Contest, *, by: User, now: datetime) -> list[Entry]:
    """Enter the chosen works of a decided phase into the contest above it; those that are there already stay.

    :return: the works that were entered by this act
    :raise NoParent: if the contest is no phase, or carries nothing on
    :raise NotDecided: before the decision
    :raise ParentNotReady, ParentWithoutCategory: if the contest above cannot take them
    """
    lock(contest)
    parent = parent_of(contest)
    if parent is None:
        raise refusals.NoParent
    if not is_done(Act.DECIDE, str(contest.stage)):
        raise refusals.NotDecided
    if parent.version is None:
        raise refusals.ParentNotReady(contest=parent.short_name)
    lock(parent)
    works = works_to_carry_on(contest)
    known = {category.code: set(category.genres) for category in parent.regulation.categories}
    topics = {topic.code for topic in parent.regulation.topics}
    there = carried_already(contest, parent)
    entered = []
    for origin, sent in works:
        if sent.content["genre"] not in known.get(origin.category, ()) or sent.content["topic"] not in topics:
            raise refusals.ParentWithoutCategory(contest=parent.short_name, work=origin.shown_code)
        if origin.id not in there:
            entered.append(carry_over(origin, sent, parent, by=by, now=now))
    if entered:
        record_act(
            ActKind.CARRIED_ON,
            contest,
            subject=f"contest:{parent.slug}",
            choice={"entries": [[origin.code, entry.code] for entry in entered if (origin := _origin(entry, works))]},
            by=by,
            now=now,
        )
    return entered


def _origin(entry: Entry, works: list[tuple[Entry, EntryRevision]]) -> Entry:
    return next(origin for origin, _ in works if origin.id == entry.origin_id)


def parent_of(contest: Contest) -> Contest | None:
    """The closing contest into which this one carries works on; None where it carries none."""
    if contest.parent_id is None or contest.version is None or contest.regulation.carry_on is None:
        return None
    return db.session.get(Contest, contest.parent_id)


def works_to_carry_on(contest: Contest) -> list[tuple[Entry, EntryRevision]]:
    """The works that go on by the sealed result, each in the revision that was judged, best first."""
    rule = contest.regulation.carry_on
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code)
    result = queries.result_of(round_) if round_ is not None else None
    if rule is None or round_ is None or result is None:
        return []
    codes = going_up(result, rule)
    rows = db.session.execute(
        select(Entry, EntryRevision)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .join(EntryRevision, EntryRevision.id == RoundEntry.revision_id)
        .where(RoundEntry.round_id == round_.id, Entry.code.in_(codes), judging.IN_CONTEST)
    )
    return sorted(((origin, sent) for origin, sent in rows), key=lambda row: codes.index(str(row[0].code)))


def carried_already(contest: Contest, parent: Contest) -> set[int]:
    """Works of a contest that were entered into the one above before, by id."""
    origins = select(Entry.id).where(Entry.contest_id == contest.id)
    return {
        int(origin_id)
        for origin_id in db.session.scalars(
            select(Entry.origin_id).where(Entry.contest_id == parent.id, Entry.origin_id.in_(origins))
        )
        if origin_id is not None
    }
