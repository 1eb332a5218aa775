"""Finding the people whom bylines mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select

from contest.accounts.models import Person, User
from contest.database import db


def people_of(bylines: Sequence[Mapping[str, Any]]) -> dict[int, Person]:
    """Find the person whom each byline means, by its place in the list; whoever is new is missing."""
    wanted = [value for row in bylines for value in (row["email"], row["phone"]) if value]
    if not wanted:
        return {}
    same = or_(Person.email.in_(wanted), Person.phone.in_(wanted))
    people = db.session.scalars(select(Person).where(same, Person.erased_at.is_(None)).order_by(Person.id)).all()
    accounts = set(db.session.scalars(select(User.person_id).where(User.person_id.in_([one.id for one in people]))))
    found: dict[int, Person] = {}
    for place, row in enumerate(bylines):
        meant = [
            one
            for one in people
            if (row["email"] and one.email == row["email"]) or (row["phone"] and one.phone == row["phone"])
        ]
        # An address was proved by whoever has an account; a number anybody may type into theirs, so it says least.
        meant.sort(key=lambda one: (not row["email"] or one.email != row["email"], one.id not in accounts, one.id))
        if meant:
            found[place] = meant[0]
    return found
