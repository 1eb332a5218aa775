"""What is known of people and works that may tie them to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, select, true, union_all
from sqlalchemy.orm import aliased

from contest.accounts.models import Membership, Outlet, Person, User
from contest.database import db
from contest.entries.models import SENT, Byline, Entry, EntryRevision, EntryState, Instalment
from contest.interests.inference import PersonFacts, WorkFacts
from contest.interests.kinds import Kind
from contest.interests.models import Tie
from contest.interests.newsrooms import is_recent, newsroom
from contest.regulations.models import Contest
from contest.web.text import fold

COMPETING = (EntryState.RECEIVED, EntryState.RETURNED, EntryState.ACCEPTED)
folded = lru_cache(maxsize=1024)(fold)
"""Every page of staff and jurors asks for the names of all newsrooms, and they hardly ever change."""


class Newsrooms:
    """All outlets, each known by the one that stands today where it stood."""

    def __init__(self, rows: Iterable[Any]) -> None:
        outlets = {outlet_id: (name, successor_id) for outlet_id, name, successor_id in rows}
        taken_over = {outlet_id: successor_id for outlet_id, (_name, successor_id) in outlets.items()}
        self.today = {outlet_id: newsroom(outlet_id, taken_over) for outlet_id in outlets}
        self.named: dict[str, set[int]] = defaultdict(set)  # newsrooms of today by the folded names of all times
        for outlet_id, (name, _successor) in outlets.items():
            self.named[folded(name)].add(self.today[outlet_id])

    def of(self, outlets: Iterable[int | None], *units: str) -> frozenset[int]:
        """Give the newsrooms of today of these outlets, and of those that people write as their unit."""
        found = {self.today[outlet] for outlet in outlets if outlet is not None}
        return frozenset(found.union(*(self.named.get(unit, ()) for unit in units if unit)))

    def family(self, newsrooms: Collection[int]) -> set[int]:
        """Give every outlet that has become one of these newsrooms."""
        return {outlet for outlet, today in self.today.items() if today in newsrooms}

    def names(self, newsrooms: Collection[int]) -> set[str]:
        """Give the folded names under which these newsrooms are or were known."""
        return {name for name, today in self.named.items() if not today.isdisjoint(newsrooms)}


def all_newsrooms() -> Newsrooms:
    """Read every outlet."""
    return Newsrooms(db.session.execute(select(Outlet.id, Outlet.name, Outlet.successor_id)).all())


def successors() -> dict[int, int | None]:
    """The outlet that took over from each outlet."""
    return dict(db.session.execute(select(Outlet.id, Outlet.successor_id)).all())


class Closeness(NamedTuple):
    """The newsrooms that somebody is close to, those of today; and all newsrooms there are."""

    now: frozenset[int]
    left: frozenset[int]
    rooms: Newsrooms


@cache
def _person_and_outlets() -> Select[str, str, str, int, str, int | None, int, int | None]:
    """A person beside every outlet, with what they told of it; every page of staff and jurors asks it."""
    return (
        select(Person.email, Person.phone, Person.unit, Outlet.id, Outlet.name, Outlet.successor_id, Tie.id, Tie.until)
        .select_from(Person)
        .outerjoin(Outlet, true())
        .outerjoin(
            Tie,
            (Tie.outlet_id == Outlet.id)
            & (Tie.user_id == bindparam("user"))
            & (Tie.contest_id == bindparam("contest"))
            & Tie.ended_at.is_(None),
        )
        .where(Person.id == bindparam("person"))
    )


def person_and_newsrooms(contest: Contest, user: User) -> tuple[tuple[str, str], Closeness] | None:
    """A person's own e-mail and phone, and the newsrooms they are close to, all in one statement."""
    about = {"user": user.id, "contest": contest.id, "person": user.person_id}
    rows = db.session.execute(_person_and_outlets(), about).all()
    if not rows:
        return None
    email, phone, unit = rows[0][:3]
    rooms = Newsrooms((outlet_id, name, after) for _e, _p, _u, outlet_id, name, after, *_ in rows if outlet_id)
    here = {row.outlet_id for row in user.memberships if row.contest_id == contest.id}
    told = [(outlet_id, until) for *_, outlet_id, _name, _after, tie, until in rows if tie]
    return (email, phone), closeness(contest, rooms, here, unit, told)


def closeness(
    contest: Contest,
    rooms: Newsrooms,
    represented: Iterable[int | None],
    unit: str,
    told: Iterable[Any],
) -> Closeness:
    """The newsrooms somebody is close to: of their role, of their own details, and those they told of."""
    year, told = contest.regulation.calendar.receipt.closes.year, list(told)
    recent = [outlet_id for outlet_id, until in told if until is not None and is_recent(until, year)]
    now = [outlet_id for outlet_id, until in told if until is None]
    return Closeness(rooms.of([*represented, *now], fold(unit)), rooms.of(recent), rooms)


def newsrooms_of(contest: Contest, user: User, names: Collection[str]) -> set[str]:
    """Which of these newsrooms are somebody's own, by the names they print under."""
    found = person_and_newsrooms(contest, user)
    if found is None:
        return set()
    near = found[1]
    return {name for name in names if not near.rooms.named.get(fold(name), set()).isdisjoint(near.now | near.left)}


def people_facts(contest: Contest, user_ids: Collection[int], rooms: Newsrooms) -> dict[int, PersonFacts]:
    """What ties people to works: person, contacts, names, and the newsrooms of their role or of their own details."""
    represented: dict[int, set[int | None]] = defaultdict(set)
    people: dict[int, Any] = {}
    for user_id, outlet_id, *person in db.session.execute(
        select(User.id, Membership.outlet_id, User.person_id, User.email, Person.email, Person.phone, Person.name)
        .add_columns(Person.pen_names, Person.unit)
        .join(Person, Person.id == User.person_id)
        .outerjoin(Membership, (Membership.user_id == User.id) & (Membership.contest_id == contest.id))
        .where(User.id.in_(user_ids))
    ):
        represented[user_id].add(outlet_id)
        people[user_id] = person
    told: dict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
    knows: dict[int, list[tuple[str, Kind]]] = defaultdict(list)
    for tie in db.session.scalars(
        select(Tie).where(Tie.contest_id == contest.id, Tie.user_id.in_(user_ids), Tie.ended_at.is_(None))
    ):
        if tie.outlet_id is not None:
            told[tie.user_id].append((tie.outlet_id, tie.until))
        elif tie.relation is not None:
            knows[tie.user_id].append((tie.name, tie.relation))
    wrote_with = written_with(person[0] for person in people.values())
    entered = entered_by(contest, user_ids) if contest.regulation.entrants.jurors_may_enter else {}
    facts = {}
    for user_id, (person_id, account, email, phone, name, pens, unit) in people.items():
        near = closeness(contest, rooms, represented[user_id], unit, told[user_id])
        facts[user_id] = PersonFacts(
            user_id=user_id,
            person_id=person_id,
            emails=known(account.lower(), email.lower()),
            phones=known(phone),
            newsrooms=near.now,
            left=near.left,
            name=(name, pens),
            knows=tuple(knows[user_id]),
            wrote_with=frozenset(wrote_with[person_id]),
            enters=frozenset(entered.get(user_id, ())),
        )
    return facts


def written_with(person_ids: Iterable[int]) -> dict[int, set[int]]:
    """The people with whom others share a work that was sent, of any contest of this instance, by person id."""
    other = aliased(Byline)
    rows = db.session.execute(
        select(Byline.person_id, other.person_id)
        .join(other, (other.revision_id == Byline.revision_id) & (other.person_id != Byline.person_id))
        .where(Byline.person_id.in_(list(person_ids)))
        .distinct()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, with_id in rows:
        found[person_id].add(with_id)
    return found


def entered_by(contest: Contest, user_ids: Collection[int]) -> dict[int, set[str]]:
    """Categories in which people have works in the contest, as senders or as authors."""
    here = (Entry.contest_id == contest.id, Entry.state.in_(COMPETING))
    sent = select(Entry.owner_id, Entry.category).where(Entry.owner_id.in_(user_ids), *here)
    written = (
        select(User.id, Entry.category)
        .join(Byline, Byline.person_id == User.person_id)
        .join(Entry, Entry.revision_id == Byline.revision_id)
        .where(User.id.in_(user_ids), *here)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for user_id, category in db.session.execute(union_all(sent, written)):
        found[user_id].add(category)
    return found


def known(*values: str) -> frozenset[str]:
    """Give the values that are something: what is missing never matches what is missing."""
    return frozenset(value for value in values if value)


def work_facts(contest: Contest, entry_ids: Collection[int] | None, rooms: Newsrooms) -> dict[int, WorkFacts]:
    """What ties the works of a contest to people: who sent them, who is or was behind them, their newsrooms.

    Every revision counts: who stood in the byline once and was taken out since is no stranger to the work.

    :param entry_ids: only these; all that were sent when None
    """
    wanted: list[ColumnElement[bool]] = [Entry.contest_id == contest.id]
    wanted.append(Entry.state.in_(SENT) if entry_ids is None else Entry.id.in_(entry_ids))
    facts: dict[int, dict[str, Any]] = {}
    for entry_id, owner_id, category, unit, *outlets in db.session.execute(
        select(Entry.id, Entry.owner_id, Entry.category, Entry.unit_key, Entry.outlet_id, Entry.sender_id)
        .add_columns(Instalment.outlet_id)
        .outerjoin(EntryRevision, EntryRevision.entry_id == Entry.id)
        .outerjoin(Instalment, Instalment.revision_id == EntryRevision.id)
        .where(*wanted)
        .distinct()
    ):
        work = facts.setdefault(entry_id, {"owner_id": owner_id, "category": category, "newsrooms": set()})
        work["newsrooms"] |= rooms.of(outlets, unit)
    for work in facts.values():
        work |= {"person_ids": set(), "emails": set(), "phones": set(), "names": set()}
    for entry_id, person_id, name, pens, printed, called, email, phone in db.session.execute(
        select(Entry.id, Byline.person_id, Byline.name, Byline.pen_names, Byline.email, Byline.phone)
        .add_columns(Person.email, Person.phone)
        .join(EntryRevision, EntryRevision.entry_id == Entry.id)
        .join(Byline, Byline.revision_id == EntryRevision.id)
        .join(Byline.person)
        .where(*wanted)
    ):
        work = facts[entry_id]
        work["person_ids"].add(person_id)
        work["names"].add((name, pens))
        work["emails"] |= known(printed.lower(), email.lower())
        work["phones"] |= known(called, phone)
    return {entry_id: _work(**work) for entry_id, work in facts.items()}


def _work(owner_id: int, category: str, **sets: set[Any]) -> WorkFacts:
    return WorkFacts(owner_id, category=category, **{name: frozenset(values) for name, values in sets.items()})
