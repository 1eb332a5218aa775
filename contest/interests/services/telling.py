"""What somebody tells of themselves: newsrooms, people, and that they have thought of all before a round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from contest import audit
from contest.accounts.models import Outlet, User
from contest.accounts.names import part_of
from contest.database import db
from contest.entries.models import Entry
from contest.interests import queries
from contest.interests.kinds import Kind, State
from contest.interests.models import Declaration, Interest, Tie
from contest.interests.services.saying import declare
from contest.regulations.models import Contest


def tell_of_newsroom(
    contest: Contest, user: User, outlet: Outlet, *, until: int | None = None, by: User, now: datetime
) -> Tie:
    """Remember that somebody works in a newsroom, or did: they are kept from its works, those still to come as well.

    :param until: the year in which they left; None if they work there now
    """
    told = Tie(contest_id=contest.id, user_id=user.id, outlet_id=outlet.id, until=until, at=now)
    return _tell(contest, user, told, "newsroom", by=by, now=now)


def tell_of_person(contest: Contest, user: User, name: str, relation: Kind, *, by: User, now: datetime) -> Tie:
    """Remember that somebody is close to a person: they are kept from works of which this surely is an author.

    Nothing is answered about whether there are any. Where the names only resemble each other, the chair decides.
    """
    told = Tie(contest_id=contest.id, user_id=user.id, name=name, key=part_of(name), relation=relation, at=now)
    return _tell(contest, user, told, str(relation), by=by, now=now)


def _tell(contest: Contest, user: User, told: Tie, kind: str, *, by: User, now: datetime) -> Tie:
    before = _barring(contest, user)
    db.session.add(told)
    db.session.flush()
    audit.record(
        "interest.told",
        contest_id=contest.id,
        by=by,
        about=f"tie:{told.id}",
        now=now,
        details={"person": user.subject, "kind": kind},
    )
    queries.forget()
    fresh = _barring(contest, user) - before
    entries = {
        entry.id: entry
        for entry in db.session.scalars(select(Entry).where(Entry.id.in_({entry_id for entry_id, _kind in fresh})))
    }
    for entry_id, tied_by in sorted(fresh):
        declare(user, entries[entry_id], Kind(tied_by), tie=told, by=by, now=now)
    return told


def _barring(contest: Contest, user: User) -> set[tuple[int, str]]:
    found = queries.conflicts_between(contest, [user.id])
    return {(entry_id, str(kind)) for (_user, entry_id), kinds in found.items() for kind in kinds if kind.blocks}


def withdraw_tie(tie: Tie, *, by: User, now: datetime) -> None:
    """Take back what was told of a newsroom or a person, with what followed from it unless it was decided on."""
    rows = select(Interest).filter_by(tie_id=tie.id, state=State.declared, ended_at=None)
    for row in db.session.scalars(rows):
        row.ended_at = now
    tie.ended_at, tie.name, tie.key = now, "", ""
    db.session.flush()
    queries.forget()
    audit.record("interest.untold", contest_id=tie.contest_id, by=by, about=f"tie:{tie.id}", now=now, details={})


def declare_for_round(contest: Contest, user: User, round_code: str, *, now: datetime) -> None:
    """Remember that somebody has thought of their interests before a round, and told all of them or has none."""
    if queries.has_declared(contest.id, user.id, round_code):
        return
    db.session.add(Declaration(contest_id=contest.id, user_id=user.id, round=round_code, at=now))
    db.session.flush()
    audit.record(
        "interest.declared_for_round",
        contest_id=contest.id,
        by=user,
        about=f"round:{round_code}",
        now=now,
        details={"person": user.subject},
    )
