"""What sealed rounds came to, and what rules the prizes since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from contest.accounts.models import Person, User
from contest.database import db
from contest.entries.models import Entry
from contest.judging import queries as judging
from contest.judging.models import Round, RoundEntry
from contest.regulations import schema
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.schema import Regulation
from contest.results.models import RoundResult
from contest.results.queries.by_hash import frozen


def unsealed_before(contest: Contest, code: str | None = None) -> list[str]:
    """Codes of the rounds that come before this one (or of all rounds) and are not sealed."""
    sealed = set(
        db.session.scalars(select(Round.code).where(Round.contest_id == contest.id, Round.sealed_at.is_not(None)))
    )
    codes = [rule.code for rule in contest.regulation.rounds]
    return [each for each in (codes[: codes.index(code)] if code else codes) if each not in sealed]


def in_force(round_: Round) -> Select[RoundResult]:
    """The newest version of what a round came to: a statement that gives one row at most."""
    return select(RoundResult).where(RoundResult.round_id == round_.id).order_by(RoundResult.version.desc()).limit(1)


def newest_result(round_: Round) -> RoundResult | None:
    """What a sealed round came to, in its newest version."""
    return db.session.scalar(in_force(round_))


def is_newest() -> ColumnElement[bool]:
    """Whether a result is the newest version of its round."""
    newer = aliased(RoundResult)
    return ~(
        select(newer.version)
        .where(newer.round_id == RoundResult.round_id, newer.version > RoundResult.version)
        .exists()
    )


def versions_of(round_: Round) -> list[RoundResult]:
    """Every version of what a round came to, the oldest first."""
    return list(
        db.session.scalars(select(RoundResult).where(RoundResult.round_id == round_.id).order_by(RoundResult.version))
    )


def result_hash(round_: Round) -> str | None:
    """SHA-256 of the frozen result of a sealed round, in its newest version."""
    return db.session.scalar(in_force(round_).with_only_columns(RoundResult.sha256))


def result_of(round_: Round) -> dict[str, Any] | None:
    """The frozen result of a sealed round, in its newest version; not to be changed by whoever reads it."""
    sha256 = result_hash(round_)
    if sha256 is None:
        return None
    return frozen(sha256, lambda: db.session.scalars(in_force(round_)).one().result)


def ruling_of(round_: Round, result: Mapping[str, Any]) -> Regulation:
    """The regulation that a round was sealed under; what this process has read lately is not asked for again."""
    known = schema.remembered(result["regulation"])
    if known is not None:
        return known
    sealed_under = (
        select(RegulationVersion)
        .where(RegulationVersion.contest_id == round_.contest_id, RegulationVersion.sha256 == result["regulation"])
        .order_by(RegulationVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(sealed_under).one().regulation


def ruling(contest: Contest) -> Regulation:
    """The regulation that rules the prizes: the one the last round was sealed under, before that the newest.

    Tiers, quotas and money stay as they were when the marks were opened; whoever amends them later knows the winners.
    """
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code)
    result = result_of(round_) if round_ is not None else None
    return contest.regulation if round_ is None or result is None else ruling_of(round_, result)


def out_of(round_: Round) -> dict[str, str]:
    """Works that were admitted to a round and left the contest since, with their state."""
    rows = db.session.execute(
        select(Entry.code, Entry.state)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id, Entry.state.in_(judging.OUT))
        .order_by(Entry.code)
    )
    return {str(code): str(state) for code, state in rows}


def titles_of(contest: Contest, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """Id and title of works by code."""
    rows = db.session.execute(
        select(Entry.code, Entry.id, Entry.title).where(Entry.contest_id == contest.id, Entry.code.in_(codes))
    )
    return {str(code): (entry_id, title) for code, entry_id, title in rows}


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """Names of jurors by subject."""
    rows = db.session.execute(
        select(User.subject, Person.name)
        .join(Person, Person.id == User.person_id)
        .where(User.subject.in_(set(subjects)))
    )
    return {row.subject: row.name for row in rows}
