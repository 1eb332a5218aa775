"""Finding complaints, what they may be about, and who may look into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer, joinedload, selectinload

from contest.accounts.models import Role, User
from contest.accounts.queries import members
from contest.complaints import rules
from contest.complaints.models import Complaint, ComplaintAnswer, ComplaintFile, ComplaintRemark
from contest.database import db
from contest.entries.models import Entry
from contest.interests.queries import bars, conflicts_between
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.models import Contest, Stage
from contest.results import lists
from contest.results import queries as results
from contest.results.models import Posting
from contest.storage.models import Blob
from contest.web.text import fold

HANDLES = (Role.SECRETARY, Role.ORGANIZER)


def window_of(contest: Contest) -> rules.Window | None:
    """The days on which complaints are taken in, by the newest posting; None while no list hangs."""
    posting = results.newest_posting(contest) if contest.stage == Stage.POSTED else None
    if posting is None:
        return None
    return rules.Window(posting.at, posting.until, contest.regulation.gates.complaint_days)


class PostedLine(NamedTuple):
    """One line of the posted list that a complaint may be about.

    :ivar key: as `results.lists.keyed` gives it; whoever opened the page of a list that was posted anew since is told
        so, and complains about no other line
    :ivar entry_id: none where it is of a newsroom
    """

    key: str
    words: str
    section: str
    entry_id: int | None


def posted_lines(posting: Posting) -> list[PostedLine]:
    """The lines of a posted list, in its order."""
    copy = results.copy_of(posting)
    names = {section["code"]: section["name"] for section in copy["sections"]}
    return [
        PostedLine(
            key,
            f"{line['title'] if 'title' in line else line['outlet']} ({line['tier_name']})",
            _section(names, line),
            line.get("entry_id"),
        )
        for key, line in lists.keyed(copy, posting.version)
    ]


def _section(names: Mapping[str, str], line: Mapping[str, Any]) -> str:
    return names.get(line["section"], "") or line.get("category_name", "")


def work_called(contest: Contest, name: str) -> int | None:
    """Find the work of a contest that is called by its code or its whole title; None if it is none or several."""
    wanted = fold(name)
    rows = db.session.execute(
        select(Entry.id, Entry.code, Entry.title).where(Entry.contest_id == contest.id, Entry.code.is_not(None))
    )
    found = [number for number, code, title in rows if wanted in (fold(str(code)), fold(title))]
    return found[0] if len(found) == 1 else None


def next_number(contest: Contest) -> int:
    """The number of the next complaint; the contest is held meanwhile."""
    return 1 + (db.session.scalar(select(func.max(Complaint.number)).where(Complaint.contest_id == contest.id)) or 0)


def _whole() -> Select[Complaint]:
    return select(Complaint).options(
        joinedload(Complaint.answer).joinedload(ComplaintAnswer.by),
        joinedload(Complaint.entry).options(defer(Entry.draft)),
        joinedload(Complaint.assigned_to),
        joinedload(Complaint.merged_into),
        selectinload(Complaint.files),
        selectinload(Complaint.notes),
        selectinload(Complaint.remarks),
    )


def complaints_of(contest: Contest) -> list[Complaint]:
    """Every complaint of a contest, those that wait for an answer first, the most urgent before the others."""
    found = db.session.scalars(_whole().where(Complaint.contest_id == contest.id)).all()
    return sorted(found, key=lambda each: (each.answer is not None, each.due_on, each.number))


def complaint_at(contest: Contest, number: int) -> Complaint | None:
    """One complaint of a contest by its number."""
    return db.session.scalar(_whole().where(Complaint.contest_id == contest.id, Complaint.number == number))


def complaint_with_code(contest: Contest, number: int | None, code: str) -> Complaint | None:
    """The complaint of this number, for whoever knows its follow-up code."""
    if number is None:
        return None
    return db.session.scalar(
        _whole().where(
            Complaint.contest_id == contest.id,
            Complaint.number == number,
            Complaint.code_digest == rules.digest(contest.slug, code),
        )
    )


def file_of(complaint: Complaint, file_id: int) -> tuple[ComplaintFile, Blob] | None:
    """A file that came with a complaint, with its bytes."""
    row = db.session.execute(
        select(ComplaintFile, Blob)
        .join(Blob, Blob.sha256 == ComplaintFile.sha256)
        .where(ComplaintFile.id == file_id, ComplaintFile.complaint_id == complaint.id)
    ).first()
    return (row[0], row[1]) if row is not None else None


def merged_into(complaint: Complaint) -> list[Complaint]:
    """The complaints that are handled with this one."""
    return list(db.session.scalars(_whole().where(Complaint.merged_into_id == complaint.id).order_by(Complaint.number)))


def mergeable_with(complaint: Complaint) -> list[Complaint]:
    """The complaints with which this one can be handled: open, and not handled with another."""
    return [
        other
        for other in complaints_of(complaint.contest)
        if other.id != complaint.id and other.answer is None and other.merged_into_id is None
    ]


def who_may_look_into(complaint: Complaint) -> list[User]:
    """Members of the secretariat and organizers who may hear of the work, by name."""
    people = {row.user.id: row.user for row in members(complaint.contest_id, *HANDLES) if row.user.is_active}
    if complaint.entry_id is None:
        return list(people.values())
    ties = conflicts_between(complaint.contest, list(people), [complaint.entry_id])
    return [user for user in people.values() if not bars(ties.get((user.id, complaint.entry_id), ()))]


def last_round(contest: Contest) -> Round | None:
    """The round in which a work may be marked again."""
    return judging.round_of(contest, contest.regulation.rounds[-1].code)


def open_remarks(contest: Contest) -> list[ComplaintRemark]:
    """Works that are being marked again because of a complaint."""
    return list(
        db.session.scalars(
            select(ComplaintRemark)
            .join(ComplaintRemark.complaint)
            .where(Complaint.contest_id == contest.id, ComplaintRemark.concluded_at.is_(None))
            .order_by(ComplaintRemark.id)
        )
    )


def titles_of(contest: Contest, codes: Iterable[str]) -> dict[str, str]:
    """Titles of works by code."""
    return {code: title for code, (_number, title) in results.titles_of(contest, set(codes)).items()}
