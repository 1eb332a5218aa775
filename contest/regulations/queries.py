"""Finding contests and the versions of their regulations."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from contest.database import db
from contest.regulations.models import Contest, RegulationVersion


def contest_by_slug(slug: str) -> Contest | None:
    """Find the contest at an address."""
    return db.session.scalar(_by_slug(), {"slug": slug})


@cache
def _by_slug() -> Select[Contest]:
    """Build once what every page asks."""
    return select(Contest).where(Contest.slug == bindparam("slug")).options(joinedload(Contest.version))


def current_contest() -> Contest | None:
    """Find the contest that pages without a slug lead to: the newest with a regulation, else the newest."""
    return db.session.scalar(
        select(Contest)
        .order_by(Contest.version_id.is_(None), Contest.created_at.desc(), Contest.id.desc())
        .limit(1)
        .options(joinedload(Contest.version))
    )


def contests() -> list[Contest]:
    """List all contests, newest first."""
    return list(db.session.scalars(select(Contest).order_by(Contest.created_at.desc(), Contest.id.desc())))


def versions(contest: Contest) -> list[RegulationVersion]:
    """List the adopted versions of a contest's regulation, newest first."""
    return list(
        db.session.scalars(
            select(RegulationVersion).filter_by(contest_id=contest.id).order_by(RegulationVersion.number.desc())
        )
    )


def version_numbered(contest: Contest, number: int) -> RegulationVersion | None:
    """Find one adopted version."""
    return db.session.scalar(select(RegulationVersion).filter_by(contest_id=contest.id, number=number))
