"""Finding works, each for a named viewer, and the facts that the rules look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from contest.accounts.models import Membership, Outlet, Person, User
from contest.accounts.roles import Role
from contest.database import db
from contest.entries import eligibility
from contest.entries.matching import same_address, same_title
from contest.entries.models import SENT, Attachment, Byline, Entry, EntryRevision, EntryState, Instalment
from contest.web.text import fold

SERVING = {
    Role.SECRETARY: "staff",
    Role.ORGANIZER: "staff",
    Role.JUROR: "juror",
    Role.CHAIR: "juror",
}


def entries_of(user: User, contest_id: int) -> Select[Entry]:
    """Select the works that somebody enters, newest first; drafts thrown away are gone."""
    return (
        select(Entry)
        .where(Entry.owner_id == user.id, Entry.contest_id == contest_id)
        .where(or_(Entry.code.is_not(None), Entry.state != EntryState.WITHDRAWN))
        .options(joinedload(Entry.revision))
        .order_by(Entry.created_at.desc(), Entry.id.desc())
    )


def entry_for(user: User, contest_id: int, entry_id: int) -> Select[Entry]:
    """Select one work of somebody's own; a stranger's finds nothing."""
    return (
        select(Entry)
        .where(Entry.id == entry_id, Entry.owner_id == user.id, Entry.contest_id == contest_id)
        .options(joinedload(Entry.revision), joinedload(Entry.contest))
    )


def _of_outlets(user: User, contest_id: int) -> ColumnElement[bool]:
    outlets = select(Membership.outlet_id).where(
        Membership.user_id == user.id, Membership.contest_id == contest_id, Membership.role == Role.OUTLET
    )
    return (
        select(Instalment.position)
        .where(Instalment.revision_id == Entry.revision_id, Instalment.outlet_id.in_(outlets))
        .exists()
    )


def entries_of_outlets(user: User, contest_id: int) -> Select[Entry]:
    """Select the works that name an outlet this person represents, as sent; nobody's drafts are among them."""
    return (
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.state.in_(SENT), _of_outlets(user, contest_id))
        .options(joinedload(Entry.revision).selectinload(EntryRevision.bylines))
        .order_by(Entry.code)
    )


def readable_entry(user: User, contest_id: int, entry_id: int) -> Select[Entry]:
    """Select one work that somebody may read: their own, or one that names an outlet they represent."""
    seen_by_outlet = and_(Entry.state.in_(SENT), _of_outlets(user, contest_id))
    return (
        select(Entry)
        .where(Entry.id == entry_id, Entry.contest_id == contest_id, or_(Entry.owner_id == user.id, seen_by_outlet))
        .options(
            joinedload(Entry.contest),
            joinedload(Entry.revision).selectinload(EntryRevision.bylines),
            joinedload(Entry.revision).selectinload(EntryRevision.instalments),
        )
    )


def accepted(contest_id: int) -> Select[Entry]:
    """Select the works that go to the jury, by code, each with the revision in force."""
    return (
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.state == EntryState.ACCEPTED)
        .options(joinedload(Entry.revision))
        .order_by(Entry.code)
    )


def attachment_of(user: User, contest_id: int, entry_id: int, attachment_id: int) -> Select[Attachment]:
    """Select a file of somebody's own work."""
    return (
        select(Attachment)
        .join(Attachment.entry)
        .where(Attachment.id == attachment_id, Entry.id == entry_id)
        .where(Entry.owner_id == user.id, Entry.contest_id == contest_id)
    )


def started_with(owner_id: int, start_key: str) -> Entry | None:
    """Find the draft that was started by this very form."""
    return db.session.scalar(select(Entry).filter_by(owner_id=owner_id, start_key=start_key))


def last_code(contest_id: int, prefix: str) -> str | None:
    """Find the highest code given so far with a prefix; more digits are a higher number."""
    return db.session.scalar(
        select(Entry.code)
        .where(Entry.contest_id == contest_id, Entry.code.startswith(f"{prefix}-", autoescape=True))
        .order_by(func.length(Entry.code).desc(), Entry.code.desc())
        .limit(1)
    )


@dataclass
class Known:
    """A person of the contest's rows: how to tell them, and the works that stand in their name."""

    id: int
    email: str
    phone: str
    works: set[int] = field(default_factory=set)

    def is_meant(self, row: Mapping[str, Any]) -> bool:
        """Say whether a byline means this person: equal address or equal number, never the name alone."""
        return bool((row["email"] and row["email"] == self.email) or (row["phone"] and row["phone"] == self.phone))


def known_people(bylines: Iterable[Mapping[str, Any]], contest_id: int, apart_from: int | None) -> list[Known]:
    """Find the people whom bylines mean, each with the works that count in this contest.

    :param apart_from: id of the work that is not counted
    """
    rows = list(bylines)
    emails = {row["email"] for row in rows if row["email"]}
    phones = {row["phone"] for row in rows if row["phone"]}
    if not emails and not phones:
        return []
    counted = (
        select(Byline.person_id, Entry.id.label("entry_id"))
        .join(Entry, Entry.revision_id == Byline.revision_id)
        .where(Entry.contest_id == contest_id, Entry.state.in_(SENT))
        .where(Entry.id != apart_from if apart_from is not None else Entry.id.is_not(None))
        .subquery()
    )
    found = db.session.execute(
        select(Person.id, Person.email, Person.phone, counted.c.entry_id)
        .outerjoin(counted, counted.c.person_id == Person.id)
        .where(or_(Person.email.in_(emails), Person.phone.in_(phones)))
    )
    people: dict[int, Known] = {}
    for person_id, email, phone, entry_id in found:
        known = people.setdefault(person_id, Known(person_id, email, phone))
        if entry_id is not None:
            known.works.add(entry_id)
    return list(people.values())


@dataclass(frozen=True)
class Serving:
    """Somebody who organises or judges the contest."""

    person_id: int
    email: str
    folded: str
    capacity: str


def serving_people(contest_id: int) -> list[Serving]:
    """Find everybody who organises or judges a contest."""
    found = db.session.execute(
        select(User.person_id, User.email, Person.name, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .join(Person, Person.id == User.person_id)
        .where(Membership.contest_id == contest_id, Membership.role.in_(SERVING))
    )
    return [Serving(person, email, fold(name), SERVING[role]) for person, email, name, role in found]


def facts(entry: Entry, draft: Mapping[str, Any], files: Iterable[Mapping[str, Any]]) -> eligibility.Facts:
    """Gather what the rules look at: what was typed, and what the contest knows about the people and the work.

    :param files: the files that go with the draft, each with its slot
    """
    bylines = [row for row in draft["bylines"] if row["name"]]
    people = known_people(bylines, entry.contest_id, entry.id)
    serving = serving_people(entry.contest_id)
    return eligibility.Facts(
        category=draft["category"],
        instalments=tuple(_published(draft["instalments"])),
        authors=tuple(_author(row, people, serving) for row in bylines),
        submitter=_submitter(entry.owner, serving),
        awards=tuple(eligibility.Award(row["name"], row["level"]) for row in draft["prior_awards"] if row["level"]),
        files=Counter(file["slot"] for file in files),
        statements=draft["statements"],
        same_works=tuple(_same_works(entry, draft, people)),
    )


def _published(rows: Iterable[Mapping[str, Any]]) -> list[eligibility.Published]:
    rows = list(rows)
    named = {row["outlet_id"] for row in rows if row["outlet_id"]}
    found = {one.id: one for one in db.session.scalars(select(Outlet).where(Outlet.id.in_(named)))} if named else {}
    parts = []
    for row in rows:
        day = date.fromisoformat(row["published_on"]) if row["published_on"] else None
        outlet = found.get(row["outlet_id"])
        licensed = None if not (outlet or row["outlet"]) else bool(outlet and (day is None or outlet.is_valid_on(day)))
        parts.append(
            eligibility.Published(day, outlet.name if outlet else row["outlet"], licensed, row["words"], row["minutes"])
        )
    return parts


def _author(row: Mapping[str, Any], people: Iterable[Known], serving: Iterable[Serving]) -> eligibility.Author:
    meant = [known for known in people if known.is_meant(row)]
    ids = {known.id for known in meant}
    works = set[int]().union(*(known.works for known in meant))
    serves = next((one.capacity for one in serving if one.person_id in ids or one.email == row["email"]), "")
    folded = fold(row["name"])
    namesake = "" if serves else next((one.capacity for one in serving if one.folded == folded), "")
    return eligibility.Author(row["name"], len(works), serves, namesake)


def _submitter(owner: User, serving: Iterable[Serving]) -> eligibility.Author | None:
    serves = next((one.capacity for one in serving if one.person_id == owner.person_id), "")
    return eligibility.Author(owner.name, serves_as=serves) if serves else None


def _same_works(entry: Entry, draft: Mapping[str, Any], people: Iterable[Known]) -> list[eligibility.SameWork]:
    addresses = {same_address(row["url"]) for row in draft["instalments"]} - {""}
    title = same_title(draft["title"])
    lead = next((row for row in draft["bylines"] if row["lead"] and row["name"]), None)
    if not addresses and not (title and lead):
        return []
    same_url = Instalment.address.in_(addresses) if addresses else false()
    found = db.session.execute(
        select(Entry, Instalment.address, Byline.person_id, Byline.name)
        .select_from(Entry)
        .outerjoin(Instalment, and_(Instalment.revision_id == Entry.revision_id, same_url))
        .outerjoin(Byline, and_(Byline.revision_id == Entry.revision_id, Byline.lead))
        .where(Entry.contest_id == entry.contest_id, Entry.id != entry.id, Entry.state.in_(SENT))
        .where(or_(Instalment.address.is_not(None), Entry.title_key == title))
        .order_by(Entry.code)
    )
    ids = {known.id for known in people if lead and known.is_meant(lead)}
    twins: dict[str, eligibility.SameWork] = {}
    for other, address, person_id, name in found:
        certain = address is not None or person_id in ids
        if certain or (lead and fold(name or "") == fold(lead["name"])):
            code = other.shown_code
            twins[code] = eligibility.SameWork(code, other.category, certain)
    return list(twins.values())


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


def revisions_of(entry: Entry) -> Sequence[EntryRevision]:
    """List the revisions of a work with who sent each, first to last."""
    return db.session.scalars(
        select(EntryRevision)
        .where(EntryRevision.entry_id == entry.id)
        .options(selectinload(EntryRevision.created_by))
        .order_by(EntryRevision.number)
    ).all()
