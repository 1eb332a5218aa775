"""Deleting what has served its purpose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, or_

from contest.accounts import attempts
from contest.accounts.models import Attempt, Invitation, UserSession
from contest.database import db

INVITATION_KEPT = timedelta(days=90)  # after it ran out or was answered; what came of it stays in the log


class Forgotten(NamedTuple):
    """How many rows of each kind had served their purpose."""

    sessions: int
    attempts: int
    invitations: int


def forget_past(*, idle: timedelta, absolute: timedelta, now: datetime) -> Forgotten:
    """Delete what has served its purpose: sessions that are over, tries that count no more, offers long past.

    :param idle: how long a session lives without a request
    :param absolute: how long a session lives in any case
    """
    over = now - INVITATION_KEPT
    return Forgotten(
        sessions=_deleted(
            UserSession, or_(UserSession.last_seen_at <= now - idle, UserSession.created_at <= now - absolute)
        ),
        attempts=_deleted(Attempt, Attempt.at < now - attempts.LONGEST_LIMIT),
        invitations=_deleted(
            Invitation,
            or_(Invitation.accepted_at < over, Invitation.withdrawn_at < over, Invitation.expires_at < over),
        ),
    )


def _deleted(kind: type[Any], where: ColumnElement[bool]) -> int:
    result: Any = db.session.execute(delete(kind).where(where))
    return int(result.rowcount)
