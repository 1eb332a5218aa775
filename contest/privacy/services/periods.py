"""For how long what is kept, and what goes by itself: each period with what it counts and what it deletes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from contest import config
from contest.accounts import personal as accounts
from contest.accounts.models import Membership, User
from contest.database import db
from contest.entries import personal as entries
from contest.entries.models import Attachment, Byline, Entry, EntryState
from contest.errors import N_
from contest.mail import Letter, LetterState
from contest.privacy.models import Opening
from contest.privacy.queries import subject_of
from contest.results.models import Publication


@dataclass(frozen=True)
class Period:
    """Something that is kept for so many days.

    :ivar setting: name of the setting with the days
    :ivar since: message id of what they are counted from
    :ivar due: which rows are over, at a moment
    :ivar forget: deletes them and gives how many there were, and the bytes that go after the commit
    """

    key: str
    title: str
    since: str
    setting: str
    due: Callable[[datetime], ColumnElement[bool]]
    kind: type[Any]
    forget: Callable[[datetime], tuple[int, set[str]]]

    @property
    def days(self) -> int:
        """Days that it is kept."""
        settings: config.Settings = current_app.config["SETTINGS"]
        found: int = getattr(settings, self.setting)
        return found

    def count(self, now: datetime) -> int:
        """Count what is over at a moment."""
        return db.session.scalar(select(func.count()).select_from(self.kind).where(self.due(now))) or 0


def _days(setting: str) -> timedelta:
    return timedelta(days=getattr(current_app.config["SETTINGS"], setting))


def _openings_due(now: datetime) -> ColumnElement[bool]:
    return Opening.last_at < now - _days("keep_openings_days")


def _forget_openings(now: datetime) -> tuple[int, set[str]]:
    return _deleted(delete(Opening).where(_openings_due(now))), set()


def _letters_due(now: datetime) -> ColumnElement[bool]:
    over = Letter.created_at < now - _days("keep_letters_days")
    return over & (Letter.text != "") & (Letter.state != LetterState.QUEUED)


def _empty_letters(now: datetime) -> tuple[int, set[str]]:
    return _deleted(update(Letter).where(_letters_due(now)).values(text="", error="")), set()


def _drafts_due(now: datetime) -> ColumnElement[bool]:
    """Drafts that were never sent, and not touched for so long after their contest ended."""
    published = select(Publication.contest_id).where(Publication.at < now - _days("keep_drafts_days"))
    unsent = Entry.revision_id.is_(None) & Entry.code.is_(None)
    return unsent & Entry.contest_id.in_(published) & (Entry.updated_at < now - _days("keep_drafts_days"))


def _forget_drafts(now: datetime) -> tuple[int, set[str]]:
    gone: set[str] = set()
    found = list(db.session.scalars(select(Entry).where(_drafts_due(now))))
    for work in found:
        for file in list(work.attachments):
            gone |= entries.remove_file(file, now)
        db.session.delete(work)
    db.session.flush()
    return len(found), gone


def _files_due(now: datetime) -> ColumnElement[bool]:
    """Files of works that were rejected or withdrawn, so long after the results became public."""
    published = select(Publication.contest_id).where(Publication.at < now - _days("keep_rejected_days"))
    out = select(Entry.id).where(
        Entry.state.in_((EntryState.REJECTED, EntryState.WITHDRAWN)), Entry.contest_id.in_(published)
    )
    return Attachment.entry_id.in_(out)


def _forget_files(now: datetime) -> tuple[int, set[str]]:
    gone: set[str] = set()
    found = list(db.session.scalars(select(Attachment).where(_files_due(now))))
    for file in found:
        gone |= entries.remove_file(file, now)
    return len(found), gone


def _accounts_due(now: datetime) -> ColumnElement[bool]:
    """Accounts that nobody used, with no work, no name under one, and no role."""
    long_ago = now - _days("keep_accounts_days")
    idle = or_(User.seen_on < long_ago.date(), User.seen_on.is_(None) & (User.created_at < long_ago))
    member = aliased(Membership)
    return (
        idle
        & User.disabled_at.is_(None)
        & ~User.is_demo
        & ~exists().where(Entry.owner_id == User.id)
        & ~exists().where(Byline.person_id == User.person_id)
        & ~exists().where(member.user_id == User.id)
    )


def _forget_accounts(now: datetime) -> tuple[int, set[str]]:
    """Close them and take their data away; the row stays, because acts in the log may name it."""
    found = list(db.session.scalars(select(User).where(_accounts_due(now)).limit(200)))
    for user in found:
        accounts.erase(subject_of([user.person_id], pseudonym=""), now)
    return len(found), set()


def _deleted(statement: Any) -> int:
    result: Any = db.session.execute(statement)
    return int(result.rowcount)


PERIODS = (
    Period(
        "openings", N_("Access log"), N_("since it was opened"), "keep_openings_days",
        _openings_due, Opening, _forget_openings,
    ),
    Period(
        "letters", N_("Text of letters"), N_("since it was written"), "keep_letters_days",
        _letters_due, Letter, _empty_letters,
    ),
    Period(
        "drafts", N_("Drafts never sent"), N_("since the publication of the results"), "keep_drafts_days",
        _drafts_due, Entry, _forget_drafts,
    ),
    Period(
        "files", N_("Files of rejected and withdrawn works"), N_("since the publication of the results"),
        "keep_rejected_days", _files_due, Attachment, _forget_files,
    ),
    Period(
        "accounts", N_("Accounts without a work or a role"), N_("since they were last used"), "keep_accounts_days",
        _accounts_due, User, _forget_accounts,
    ),
)  # fmt: skip
"""What goes by itself, in the order in which it does."""

BY_OTHERS = (
    (N_("Bank details"), N_("as the regulation says, since the last payment")),
    (N_("Sessions, tries at doors, answered invitations"), N_("hours to 90 days")),
    (N_("Decisions, certificates, the log of acts"), N_("for good, as the law on archives has it")),
)
"""What other rooms delete by themselves, or what stays."""
