"""What there is to know about the instance as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Select, func, select

from contest import clock
from contest.accounts.queries import demo_accounts
from contest.database import db
from contest.errors import N_
from contest.jobs.models import Job, JobState
from contest.mail.models import Letter, LetterState
from contest.regulations.models import Contest
from contest.regulations.queries import current_contest

AUTHOR = N_("Author")


def is_empty() -> bool:
    """Say whether the instance has no contest yet."""
    return db.session.scalar(select(Contest.id).limit(1)) is None


def accounts_to_try() -> list[tuple[str, str]]:
    """List the demo's accounts as pairs of role (message id) and address; nothing outside a demo."""
    contest = current_contest()
    if contest is None or not clock.is_demo():
        return []
    return [(role.label if role else AUTHOR, user.email) for role, user in demo_accounts(contest.id)]


def letters_of(contest_id: int, state: str | None = None) -> Select[tuple[Letter]]:
    """Find a contest's letters, newest first."""
    found = select(Letter).filter_by(contest_id=contest_id).order_by(Letter.created_at.desc(), Letter.id.desc())
    return found.filter_by(state=LetterState(state)) if state in set(LetterState) else found


def letter_counts(contest_id: int) -> Mapping[str, int]:
    """Count a contest's letters by state."""
    counted = select(Letter.state, func.count()).filter_by(contest_id=contest_id).group_by(Letter.state)
    return {str(state): count for state, count in db.session.execute(counted)}


def stuck_jobs(contest_id: int) -> list[Job]:
    """List a contest's background work that failed or is being tried again, newest first."""
    stuck = select(Job).where(Job.contest_id == contest_id, Job.error != "", Job.state != JobState.DONE)
    return list(db.session.scalars(stuck.order_by(Job.id.desc()).limit(50)))
