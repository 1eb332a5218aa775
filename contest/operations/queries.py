"""What there is to know about the instance as a whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from flask import g
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, defer

from contest import clock, jobs
from contest.accounts.queries import demo_accounts
from contest.audit.models import AuditHead, AuditLine
from contest.database import db
from contest.entries.models import Attachment, Entry
from contest.errors import N_
from contest.jobs.models import Job, JobState
from contest.mail.models import Letter, LetterState
from contest.regulations.models import Contest
from contest.regulations.queries import current_contest
from contest.storage import Blob
from contest.web import wall

AUTHOR = N_("Author")
HOUSEKEEPING = "operations.housekeeping"
BACKUP = "upkeep.backup"


def is_empty() -> bool:
    """Say whether the instance has no contest yet."""
    return db.session.scalar(select(Contest.id).limit(1)) is None


def accounts_to_try() -> list[tuple[str, str]]:
    """List the demo's accounts as pairs of role (message id) and address; nothing outside a demo."""
    contest = current_contest()
    if contest is None or not clock.is_demo():
        return []
    return [(role.label if role else AUTHOR, user.email) for role, user in demo_accounts(contest.id)]


def _of_contest(contest_id: int) -> ColumnElement[bool]:
    """Letters of a contest; in a demo those about accounts too, because nobody there has a postbox to open."""
    own = Letter.contest_id == contest_id
    found = or_(own, Letter.contest_id.is_(None)) if clock.is_demo() else own
    works = wall.hidden()
    return and_(found, ~_tells_of(works)) if works else found


def _tells_of(works: Collection[int]) -> ColumnElement[bool]:
    """Letters that are about one of these works, or name it."""
    table = Entry.__table__.alias()
    text = Letter.subject.concat("\n").concat(Letter.text)
    for category in g.contest.regulation.categories if g.contest.version is not None else ():
        if category.shown_prefix != category.prefix:
            text = func.replace(text, f"{category.shown_prefix}-", f"{category.prefix}-")
    named = or_(
        Letter.about == func.concat("entry:", table.c.code), _holds(text, table.c.code), _holds(text, table.c.title)
    )
    return select(table.c.id).where(table.c.id.in_(works), named).exists()


def _holds(text: ColumnElement[str], part: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(part.is_not(None), part != "", func.replace(text, part, "") != text)


def letters_of(contest_id: int, state: str | None = None) -> Select[tuple[Letter]]:
    """Find a contest's letters, newest first."""
    found = select(Letter).where(_of_contest(contest_id)).order_by(Letter.created_at.desc(), Letter.id.desc())
    return found.filter_by(state=LetterState(state)) if state in set(LetterState) else found


def letter_counts(contest_id: int) -> Mapping[str, int]:
    """Count a contest's letters by state."""
    counted = select(Letter.state, func.count()).where(_of_contest(contest_id)).group_by(Letter.state)
    return {str(state): count for state, count in db.session.execute(counted)}


def newest_letter(address: str) -> Letter | None:
    """Find the newest letter to an address, in any contest or none."""
    found = select(Letter).where(func.lower(Letter.to) == address.lower())
    return db.session.scalar(found.order_by(Letter.created_at.desc(), Letter.id.desc()).limit(1))


def count_waiting(*where: ColumnElement[bool]) -> int:
    """Count the letters waiting in the outbox that fit."""
    waiting = select(func.count()).select_from(Letter).where(Letter.state == LetterState.QUEUED, *where)
    return db.session.scalar(waiting) or 0


def is_stuck() -> ColumnElement[bool]:
    """Say whether work failed or is being tried again, and no later work has made up for it.

    Backups are not meant: they have a line of their own.
    """
    later = aliased(Job)
    made_up = select(later.id).where(later.kind == Job.kind, later.id > Job.id, later.state == JobState.DONE).exists()
    return and_(
        Job.error != "",
        Job.state != JobState.DONE,
        Job.kind != BACKUP,
        or_(Job.kind.not_in(jobs.daily_kinds()), ~made_up),
    )


def stuck_jobs(contest_id: int) -> list[Job]:
    """List the background work of a contest, and that of the house, which did not succeed, newest first."""
    stuck = select(Job).where(or_(Job.contest_id == contest_id, Job.contest_id.is_(None)), is_stuck())
    return list(db.session.scalars(stuck.order_by(Job.id.desc()).limit(50)))


class Chain(NamedTuple):
    """One log: of a contest, or of what happened outside any."""

    contest_id: int
    slug: str | None
    lines: int | None  # none where somebody removed how far it has come
    head: str | None  # hash of the last line


def chains(contest_id: int | None = None) -> list[Chain]:
    """List the logs of the instance, or that of one contest."""
    known = select(AuditLine.chain).union(select(AuditHead.chain)).subquery()
    found = (
        select(known.c.chain, Contest.slug, AuditHead.number, AuditHead.hash)
        .select_from(known)
        .outerjoin(AuditHead, AuditHead.chain == known.c.chain)
        .outerjoin(Contest, Contest.id == known.c.chain)
        .order_by(known.c.chain)
    )
    if contest_id is not None:
        found = found.where(known.c.chain == contest_id)
    return [Chain(*row) for row in db.session.execute(found)]


class LineOnPaper(NamedTuple):
    """A line of the log that a paper bears."""

    number: int
    slug: str | None


def line_on_paper(sha256: str, contest_id: int | None = None) -> LineOnPaper | None:
    """Find the line that a paper bears, by its hash as it is printed; gaps between its parts do not matter."""
    found = (
        select(AuditLine.number, Contest.slug)
        .outerjoin(Contest, Contest.id == AuditLine.chain)
        .where(AuditLine.hash == "".join(sha256.split()).lower())
    )
    if contest_id is not None:
        found = found.where(AuditLine.chain == contest_id)
    row = db.session.execute(found).first()
    return LineOnPaper(*row) if row is not None else None


def known_damaged() -> list[str]:
    """List the files that the last housekeeping found missing or altered and that rows still name."""
    last = select(Job).filter_by(kind=HOUSEKEEPING, state=JobState.DONE).order_by(Job.finished_at.desc()).limit(1)
    job = db.session.scalar(last)
    found = job.result.get("damaged", ()) if job is not None else ()
    return list(db.session.scalars(select(Blob.sha256).where(Blob.sha256.in_(found)).order_by(Blob.sha256)))


class Damaged(NamedTuple):
    """A file of a work that is missing from the store, or no longer what was stored."""

    entry: Entry
    name: str


def damaged_files(contest_id: int) -> list[Damaged]:
    """List the files of a contest's works that the last housekeeping found missing or altered."""
    damaged = known_damaged()
    if not damaged:
        return []
    found = (
        select(Entry, Attachment.name)
        .join(Attachment.entry)
        .options(defer(Entry.draft))
        .where(Entry.contest_id == contest_id, Attachment.sha256.in_(damaged))
        .order_by(Entry.code, Attachment.name)
        .limit(50)
    )
    return [Damaged(*row) for row in db.session.execute(found)]
