"""What there is to know about the instance as a whole."""

from __future__ import annotations

from sqlalchemy import select

from contest.accounts.queries import demo_accounts
from contest.database import db
from contest.regulations.models import Contest


def is_empty() -> bool:
    """Say whether the instance has no contest yet."""
    return db.session.scalar(select(Contest.id).limit(1)) is None


def accounts_to_try() -> list[tuple[str, str]]:
    """List the demo's accounts as pairs of role and address; nothing outside a demo."""
    return [(str(account.role), account.user.email) for account in demo_accounts()]
