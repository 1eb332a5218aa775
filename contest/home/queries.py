"""Finding what the public may read, and the numbers that tell somebody what waits for them."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from contest import clock
from contest.accounts.roles import Role
from contest.database import db
from contest.entries.models import SENT, Entry, EntryState, RevisionExemplar
from contest.entries.queries import names_exemplar
from contest.errors import N_
from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.models import Exemplar
from contest.exemplars.queries import alive
from contest.home.models import Announcement, AnnouncementFile, ExemplarStory
from contest.home.tasks import JURY, STAFF, Numbers
from contest.judging.models import Assignment, Round, RoundEntry, ScoreSheet
from contest.judging.queries import IN_CONTEST
from contest.privacy.models import DataRequest
from contest.privacy.terms import OPEN
from contest.regulations.models import Contest
from contest.results.models import Decision, Publication
from contest.seconding import queries as seconding
from contest.web import wall

# Announcements -----------------------------------------------------------------------------------------------------

IS_ANNOUNCED = Announcement.published_at.is_not(None) & Announcement.withdrawn_at.is_(None)
IS_TOLD = ExemplarStory.published_at.is_not(None) & ExemplarStory.withdrawn_at.is_(None)


def announcements(contest_id: int) -> Select[Announcement]:
    """Select what the public may read, newest first."""
    return (
        select(Announcement)
        .where(Announcement.contest_id == contest_id, IS_ANNOUNCED)
        .order_by(Announcement.published_at.desc(), Announcement.id.desc())
    )


def announcement(contest_id: int, announcement_id: int) -> Select[Announcement]:
    """Select one announcement that the public may read, with its files."""
    return (
        select(Announcement)
        .where(Announcement.contest_id == contest_id, Announcement.id == announcement_id, IS_ANNOUNCED)
        .options(selectinload(Announcement.files))
    )


def all_announcements(contest_id: int) -> Select[Announcement]:
    """Select every announcement of a contest, drafts and withdrawn ones too, for those who write them."""
    return (
        select(Announcement)
        .where(Announcement.contest_id == contest_id)
        .options(joinedload(Announcement.created_by))
        .order_by(Announcement.created_at.desc(), Announcement.id.desc())
    )


def written_announcement(contest_id: int, announcement_id: int) -> Select[Announcement]:
    """Select one announcement for those who write them."""
    return (
        select(Announcement)
        .where(Announcement.contest_id == contest_id, Announcement.id == announcement_id)
        .options(selectinload(Announcement.files))
    )


def announcement_file(contest_id: int, announcement_id: int, file_id: int, *, staff: bool) -> Select[AnnouncementFile]:
    """Select a file of an announcement: of a public one for everybody, of any for the staff."""
    found = (
        select(AnnouncementFile)
        .join(AnnouncementFile.announcement)
        .where(AnnouncementFile.id == file_id, Announcement.id == announcement_id)
        .where(Announcement.contest_id == contest_id)
        .options(joinedload(AnnouncementFile.blob))
    )
    return found if staff else found.where(IS_ANNOUNCED)


# Exemplars ---------------------------------------------------------------------------------------------------------


def published_copy(contest_id: int) -> dict[str, Any] | None:
    """Give the copy that was frozen at the newest decision made public, or None before publication."""
    return db.session.scalar(
        select(Decision.copy)
        .join(Publication, Publication.decision_id == Decision.id)
        .where(Publication.contest_id == contest_id)
        .order_by(Publication.version.desc())
        .limit(1)
    )


def count_winners(copy: dict[str, Any] | None) -> int:
    """Count the works that a published copy gives a prize; one may have several."""
    return len({line["entry_id"] for line in copy["awards"]}) if copy else 0


class Told(NamedTuple):
    """An exemplar with what the organizers tell of it, if they do."""

    exemplar: Exemplar
    story: ExemplarStory | None


def public_exemplars(contest_id: int, *, published: bool) -> Select[Exemplar, ExemplarStory]:
    """Select the exemplars that the public may read of; those with a story first, the newest at the top.

    Told by the organizers, or the subject of an accepted work once results are published. One that another stands for
    is nowhere by itself.

    :param published: whether the results are public
    """
    return (
        select(Exemplar, ExemplarStory)
        .outerjoin(ExemplarStory, (ExemplarStory.exemplar_id == Exemplar.id) & IS_TOLD)
        .where(Exemplar.contest_id == contest_id, Exemplar.merged_into_id.is_(None))
        .where(or_(IS_TOLD, names_exemplar(contest_id)) if published else IS_TOLD)
        .order_by(ExemplarStory.published_at.is_(None), ExemplarStory.published_at.desc(), Exemplar.folded, Exemplar.id)
    )


class Standing(StrEnum):
    """By what the staff looks for exemplars."""

    PUBLIC = "public"
    UNTOLD = "untold"
    REPLICATED = "replicated"

    @property
    def label(self) -> str:
        """Message id of the choice."""
        return STANDINGS[self]


STANDINGS = {
    Standing.PUBLIC: N_("Story published"),
    Standing.UNTOLD: N_("No story published"),
    Standing.REPLICATED: N_("For others to follow"),
}


def exemplars_to_tell(
    contest_id: int,
    search: str = "",
    *,
    kind: ExemplarKind | None = None,
    topic: str = "",
    standing: Standing | None = None,
) -> Select[Any]:
    """Select every exemplar of a contest with its story, told or not, for those who write them."""
    found = (
        alive(contest_id, search, kind=kind, topic=topic, replicated=standing is Standing.REPLICATED)
        .add_columns(ExemplarStory)
        .outerjoin(ExemplarStory, ExemplarStory.exemplar_id == Exemplar.id)
        .where(may_be_told())
    )
    if standing in (Standing.PUBLIC, Standing.UNTOLD):
        told = func.coalesce(IS_TOLD, false())
        found = found.where(told if standing is Standing.PUBLIC else ~told)
    return found


def may_be_told() -> ColumnElement[bool]:
    """Whether the reader may hear of an exemplar: from a work of which they may hear, or from everybody's story."""
    told = select(ExemplarStory.exemplar_id).where(IS_TOLD)
    named = select(RevisionExemplar.exemplar_id)
    return or_(Exemplar.id.in_(told), Exemplar.id.in_(named)) if wall.hidden() else true()


def told(contest_id: int, exemplar_id: int) -> Told | None:
    """Find one exemplar with its story, for those who write them."""
    found = db.session.execute(told_among(contest_id, [exemplar_id])).first()
    return Told(*found) if found else None


def told_among(contest_id: int, exemplar_ids: Collection[int]) -> Select[Exemplar, ExemplarStory]:
    """Select some exemplars with their stories, for those who write them."""
    return (
        select(Exemplar, ExemplarStory)
        .outerjoin(ExemplarStory, ExemplarStory.exemplar_id == Exemplar.id)
        .where(Exemplar.contest_id == contest_id, Exemplar.id.in_(exemplar_ids), may_be_told())
    )


# Numbers -----------------------------------------------------------------------------------------------------------


def received_by_category(contest_id: int) -> dict[str, int]:
    """Count the works that stand in a contest, by category."""
    found = db.session.execute(
        select(Entry.category, func.count())
        .where(Entry.contest_id == contest_id, Entry.state.in_(SENT))
        .group_by(Entry.category)
    )
    return dict(found.all())


def judged_in(contest_id: int, code: str) -> int:
    """Count the works that jurors read in a round."""
    found = db.session.scalar(
        select(func.count())
        .select_from(RoundEntry)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Entry, Entry.id == RoundEntry.entry_id)
        .where(Round.contest_id == contest_id, Round.code == code, Entry.state == EntryState.ACCEPTED)
    )
    return found or 0


def works_by_state(contest_id: int) -> dict[EntryState, int]:
    """Count the works of a contest that were ever sent, by state."""
    found = db.session.execute(
        select(Entry.state, func.count())
        .where(Entry.contest_id == contest_id, Entry.code.is_not(None))
        .group_by(Entry.state)
    )
    return dict(found.all())


def numbers_for(user: Any, contest: Contest, roles: frozenset[str]) -> Numbers:
    """Count what waits for a signed-in person in a contest; each part only for those whom it concerns."""
    with wall.lowered():
        own = _own_works(user.id, contest.id)
    with wall.raised():
        left, given = _sheets(user.id, contest.id) if roles & JURY else (0, 0)
        to_check = _to_check(contest.id) if roles & STAFF else 0
    decides = Role.ORGANIZER in roles and not wall.hidden()
    return Numbers(
        drafts=own.get(EntryState.DRAFT, 0),
        returned=own.get(EntryState.RETURNED, 0),
        sent=sum(own.get(state, 0) for state in SENT),
        to_check=to_check,
        to_second=_to_second(user.id, contest) if decides else 0,
        to_answer=_to_answer(contest.id) if decides else 0,
        sheets_left=left,
        sheets_given=given,
        confirms=contest.version is not None and contest.regulation.gates.winners_confirm,
    )


def _own_works(user_id: int, contest_id: int) -> dict[EntryState, int]:
    found = db.session.execute(
        select(Entry.state, func.count())
        .where(Entry.owner_id == user_id, Entry.contest_id == contest_id)
        .group_by(Entry.state)
    )
    return dict(found.all())


def _to_check(contest_id: int) -> int:
    waiting = select(func.count()).where(Entry.contest_id == contest_id, Entry.state == EntryState.RECEIVED)
    return db.session.scalar(waiting) or 0


def _to_second(user_id: int, contest: Contest) -> int:
    return sum(act.asked_by_id != user_id for act in seconding.waiting(contest, clock.now()))


def _to_answer(contest_id: int) -> int:
    waiting = select(func.count()).where(DataRequest.contest_id == contest_id, DataRequest.standing.in_(OPEN))
    return db.session.scalar(waiting) or 0


def _sheets(user_id: int, contest_id: int) -> tuple[int, int]:
    """Count the sheets a juror still owes and has given, in rounds that are opened and not sealed."""
    assigned, given = db.session.execute(
        select(func.count(Assignment.id.distinct()), func.count(ScoreSheet.assignment_id.distinct()))
        .join(Assignment.round)
        .join(Entry, Entry.id == Assignment.entry_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.juror_id == user_id, Assignment.recused_at.is_(None))
        .where(Round.contest_id == contest_id, Round.opened_at.is_not(None), Round.sealed_at.is_(None))
        .where(IN_CONTEST)
    ).one()
    return assigned - given, given
