"""Every tie of those who work on a contest, as the chair and the organizers see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from contest.accounts.models import Person, User
from contest.accounts.names import Way, called, compare
from contest.accounts.queries import members
from contest.accounts.roles import Role
from contest.database import db
from contest.entries.models import Byline, Entry
from contest.errors import N_
from contest.interests.inference import in_order
from contest.interests.kinds import Kind, State
from contest.interests.models import Interest
from contest.interests.queries.barring import conflicts_between
from contest.regulations.models import Contest
from contest.web.text import fold

WORKING = (Role.JUROR, Role.CHAIR, Role.SECRETARY, Role.ORGANIZER)


class Standing(StrEnum):
    """Where a tie stands: what is to be decided comes first."""

    found = "can-quyet"
    declared = "tu-khai"
    certain = "chac-chan"
    confirmed = "da-xac-nhan"
    waived = "da-bo-qua"

    @property
    def label(self) -> str:
        """Where it stands, an English msgid."""
        return LABELS[self]


LABELS = {
    Standing.found: N_("To be decided"),
    Standing.declared: N_("Told by themselves"),
    Standing.certain: N_("Kept away by the system"),
    Standing.confirmed: N_("Confirmed"),
    Standing.waived: N_("Waived"),
}
OF_STATE = {
    State.declared: Standing.declared,
    State.confirmed: Standing.confirmed,
    State.waived: Standing.waived,
    State.found: Standing.found,
}


@dataclass(frozen=True)
class TieLine:
    """One tie between somebody and a work, with what was said of it last."""

    user: User
    roles: tuple[Role, ...]
    entry: Entry
    kind: Kind
    standing: Standing
    said: Interest | None = None

    @property
    def key(self) -> str:
        """The tie as a form names it."""
        return f"{self.user.id}-{self.entry.id}-{self.kind}"

    @property
    def at(self) -> datetime | None:
        """When something was said of it."""
        return self.said.at if self.said else None

    def has(self, words: str) -> bool:
        """Say whether the person or the work is called so."""
        return fold(words) in fold(f"{self.user.name} {self.entry.shown_code} {self.entry.code} {self.entry.title}")


def tie_lines(contest: Contest, viewer: User, entry_ids: Collection[int] | None = None) -> list[TieLine]:
    """Every tie of those who work on a contest but the viewer's own, what is to be decided first.

    Works of which the viewer may not hear are behind the wall and so are the lines of them.

    :param entry_ids: only of these works; of all that were sent when None
    """
    roles: dict[int, list[Role]] = {}
    people = {}
    for row in members(contest.id, *WORKING):
        if row.user_id != viewer.id:
            people[row.user_id] = row.user
            roles.setdefault(row.user_id, []).append(row.role)
    asked = select(Interest).where(Interest.contest_id == contest.id, Interest.user_id.in_(people))
    said = {
        (row.user_id, row.entry_id, row.kind): row
        for row in db.session.scalars(asked.where(Interest.ended_at.is_(None)))
    }
    ties: set[tuple[int, int, Kind]] = {
        (user_id, entry_id, kind)
        for (user_id, entry_id), kinds in conflicts_between(contest, people, entry_ids).items()
        for kind in kinds
        if kind is not Kind.confirmed
    }
    ties |= {tie for tie in said if entry_ids is None or tie[1] in entry_ids}
    rows = db.session.scalars(select(Entry).where(Entry.id.in_({tie[1] for tie in ties})).options(defer(Entry.draft)))
    entries = {entry.id: entry for entry in rows}
    lines = [
        TieLine(people[user], tuple(roles[user]), entries[entry], kind, _standing(kind, row), row)
        for user, entry, kind in ties
        if entry in entries
        for row in (said.get((user, entry, kind)),)
    ]
    places = {standing: place for place, standing in enumerate(Standing)}
    order = {kind: place for place, kind in enumerate(in_order(Kind))}
    return sorted(
        lines,
        key=lambda line: (
            places[line.standing],
            fold(line.user.name),
            line.user.id,
            line.entry.code or "",
            order[line.kind],
        ),
    )


def _standing(kind: Kind, said: Interest | None) -> Standing:
    if said is not None:
        return OF_STATE[said.state]
    return Standing.certain if kind.blocks else Standing.found


@dataclass(frozen=True)
class Alike:
    """Two names that agree, and in which ways."""

    mine: str
    theirs: str
    ways: tuple[Way, ...]


def names_alike(lines: Collection[TieLine]) -> dict[str, Alike]:
    """Whose name resembles whose on lines that rest on a name alone, by the key of the line."""
    asked = [line for line in lines if line.kind is Kind.name]
    if not asked:
        return {}
    people: dict[int, Any] = {
        user_id: (name, pens)
        for user_id, name, pens in db.session.execute(
            select(User.id, Person.name, Person.pen_names)
            .join(Person, Person.id == User.person_id)
            .where(User.id.in_({line.user.id for line in asked}))
        )
    }
    bylines: dict[int, list[tuple[str, str]]] = {}
    for entry_id, name, pens in db.session.execute(
        select(Entry.id, Byline.name, Byline.pen_names)
        .join(Byline, Byline.revision_id == Entry.revision_id)
        .where(Entry.id.in_({line.entry.id for line in asked}))
        .order_by(Byline.position)
    ):
        bylines.setdefault(entry_id, []).append((name, pens))
    found = {}
    for line in asked:
        mine = people[line.user.id]
        for theirs in bylines.get(line.entry.id, ()):
            alike = compare(called(*mine), called(*theirs))
            if alike is not None:
                found[line.key] = Alike(_written(*mine), _written(*theirs), alike.ways)
                break
    return found


def _written(name: str, pens: str) -> str:
    return f"{name} ({pens})" if pens else name
