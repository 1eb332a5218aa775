"""What the installation knows that the rules ask for: people, works that stand, newsrooms.

Loaded for one draft it is a handful of narrow queries; loaded for a whole contest it is the same queries without their
conditions. What is done with it is the same in both cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from contest.accounts.models import Membership, Outlet, Person, User
from contest.accounts.roles import Role
from contest.database import db
from contest.entries import codes
from contest.entries.eligibility import Entered
from contest.entries.matching import same_address, same_title
from contest.entries.models import SENT, Attachment, Byline, Entry, Instalment
from contest.web.text import fold

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

SERVING = {
    Role.SECRETARY: "staff",
    Role.ORGANIZER: "staff",
    Role.JUROR: "juror",
    Role.CHAIR: "juror",
}


@dataclass
class Wanted:
    """What some drafts name, and therefore all that has to be found.

    :ivar days: of instalments that may come along from before the window
    """

    emails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    @classmethod
    def of(cls, draft: Mapping[str, Any], files: Iterable[Mapping[str, Any]]) -> Wanted:
        """Read what one draft names."""
        bylines = [row for row in draft["bylines"] if row["name"]]
        return cls(
            emails={row["email"] for row in bylines} - {""},
            phones={row["phone"] for row in bylines} - {""},
            addresses={same_address(row["url"]) for row in draft["instalments"]} - {""},
            titles={same_title(draft["title"])} - {""},
            hashes={file["sha256"] for file in files},
            days={date.fromisoformat(row["published_on"]) for row in draft["instalments"] if row["published_on"]},
        )


@dataclass
class Known:
    """A person of the rows: how to tell them, and the works that stand in their name, by the id of the entry."""

    id: int
    email: str
    phone: str
    works: dict[int, Entered] = field(default_factory=dict)


@dataclass(frozen=True)
class Serving:
    """Somebody who organises or judges the contest."""

    person_id: int
    email: str
    folded: str
    capacity: str


@dataclass(frozen=True)
class Standing:
    """A work that stands in the contest and may be like another."""

    id: int
    code: str
    category: str


@dataclass(frozen=True)
class Led:
    """A work with who answers for it."""

    work: Standing
    person_id: int | None
    folded: str


@dataclass(frozen=True)
class Appeared:
    """An instalment of a work that was entered, here or in another contest."""

    entry_id: int
    origin_id: int | None
    outlet: str
    title: str


@dataclass
class Register:
    """What was found, each by what it is looked up with."""

    outlets: dict[int, Outlet] = field(default_factory=dict)
    by_email: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_phone: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    serving: list[Serving] = field(default_factory=list)
    by_address: dict[str, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, list[Led]] = field(default_factory=lambda: defaultdict(list))
    by_file: dict[str, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    appeared_at: dict[str, list[Appeared]] = field(default_factory=lambda: defaultdict(list))
    appeared_on: dict[date, list[Appeared]] = field(default_factory=lambda: defaultdict(list))
    sent_by_unit: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def outlet_names(self) -> dict[int, str]:
        """Names of outlets by id."""
        return names_of(self.outlets)

    def people_meant(self, row: Mapping[str, Any]) -> list[Known]:
        """Find whom a byline means: equal address or equal number, never the name alone."""
        meant = [*self.by_email.get(row["email"], ()), *self.by_phone.get(row["phone"], ())]
        return list({known.id: known for known in meant}.values())


def names_of(outlets: Mapping[int, Outlet]) -> dict[int, str]:
    """Name outlets by id."""
    return {number: outlet.name for number, outlet in outlets.items()}


def load(
    contest_id: int,
    regulation: Regulation,
    outlets: Mapping[int, Outlet],
    wanted: Wanted | None,
    unit_key: str | None,
) -> Register:
    """Find what the rules of a regulation ask for.

    :param outlets: by id, those that the drafts name
    :param wanted: what the drafts name; None to find everything there is of the contest
    :param unit_key: folded name of the newsroom or branch whose works are counted; None for all of them
    """
    register = Register(outlets=dict(outlets))
    _people(register, contest_id, wanted)
    _serving(register, contest_id)
    _same_addresses(register, contest_id, regulation, wanted)
    _same_titles(register, contest_id, regulation, wanted)
    _same_files(register, contest_id, regulation, wanted)
    if regulation.limits.earlier_instalments == "merge":
        _appeared(register, regulation, wanted)
    if regulation.entrants.works_per_unit is not None or regulation.entrants.unit_quotas:
        _units(register, contest_id, unit_key)
    return register


def _among(column: Any, values: set[Any] | None) -> ColumnElement[bool]:
    return true() if values is None else column.in_(values)


def _in_contest(contest_id: int) -> ColumnElement[bool]:
    return and_(Entry.contest_id == contest_id, Entry.state.in_(SENT))


def _people(register: Register, contest_id: int, wanted: Wanted | None) -> None:
    if wanted is None:
        named = select(Byline.person_id).join(Entry, Entry.revision_id == Byline.revision_id)
        serving = select(User.person_id).join(Membership, Membership.user_id == User.id)
        asked = or_(
            Person.id.in_(named.where(_in_contest(contest_id))),
            Person.id.in_(serving.where(Membership.contest_id == contest_id)),
        )
    elif wanted.emails or wanted.phones:
        asked = or_(Person.email.in_(wanted.emails), Person.phone.in_(wanted.phones))
    else:
        return
    counted = (
        select(Byline.person_id, Byline.role, Entry.id, Entry.genre, Entry.topic, Entry.category)
        .join(Entry, Entry.revision_id == Byline.revision_id)
        .where(_in_contest(contest_id))
        .subquery()
    )
    found = db.session.execute(
        select(Person.id, Person.email, Person.phone, counted)
        .outerjoin(counted, counted.c.person_id == Person.id)
        .where(asked)
        .order_by(Person.id)
    )
    people: dict[int, Known] = {}
    for person_id, email, phone, _same, role, entry_id, genre, topic, category in found:
        if person_id not in people:
            known = people[person_id] = Known(person_id, email, phone)
            if email:
                register.by_email[email].append(known)
            if phone:
                register.by_phone[phone].append(known)
        if entry_id is not None:
            works = people[person_id].works
            roles = works[entry_id].roles if entry_id in works else ()
            works[entry_id] = Entered(tuple(sorted({*roles, role})), genre, topic, category)


def _serving(register: Register, contest_id: int) -> None:
    found = db.session.execute(
        select(User.person_id, User.email, Person.name, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .join(Person, Person.id == User.person_id)
        .where(Membership.contest_id == contest_id, Membership.role.in_(SERVING))
    )
    register.serving = [Serving(person, email, fold(name), SERVING[role]) for person, email, name, role in found]


def _same_addresses(register: Register, contest_id: int, regulation: Regulation, wanted: Wanted | None) -> None:
    if wanted is not None and not wanted.addresses:
        return
    shown = _shown(regulation)
    found = db.session.execute(
        select(Instalment.address, Entry.id, Entry.code, Entry.category)
        .join(Entry, Entry.revision_id == Instalment.revision_id)
        .where(_in_contest(contest_id), Instalment.address != "")
        .where(_among(Instalment.address, wanted.addresses if wanted else None))
        .order_by(Entry.code)
    )
    for address, entry_id, code, category in found:
        register.by_address[address].append(Standing(entry_id, codes.shown(code or "", shown), category))


def _same_titles(register: Register, contest_id: int, regulation: Regulation, wanted: Wanted | None) -> None:
    if wanted is not None and not wanted.titles:
        return
    shown = _shown(regulation)
    found = db.session.execute(
        select(Entry.title_key, Entry.id, Entry.code, Entry.category, Byline.person_id, Byline.name)
        .outerjoin(Byline, and_(Byline.revision_id == Entry.revision_id, Byline.lead))
        .where(_in_contest(contest_id), _among(Entry.title_key, wanted.titles if wanted else None))
        .order_by(Entry.code)
    )
    for title, entry_id, code, category, person_id, name in found:
        work = Standing(entry_id, codes.shown(code or "", shown), category)
        register.by_title[title].append(Led(work, person_id, fold(name or "")))


def _same_files(register: Register, contest_id: int, regulation: Regulation, wanted: Wanted | None) -> None:
    """Find works by the files of their revisions; a paper that only the secretariat reads may belong to several."""
    if wanted is not None and not wanted.hashes:
        return
    shown, seen = _shown(regulation), seen_slots(regulation)
    found = db.session.execute(
        select(Attachment.sha256, Attachment.slot, Entry.id, Entry.code, Entry.category)
        .join(Attachment.entry)
        .where(_in_contest(contest_id), _among(Attachment.sha256, wanted.hashes if wanted else None))
        .where(Attachment.stored_at <= Entry.submitted_at)
        .where(or_(Attachment.removed_at.is_(None), Attachment.removed_at > Entry.submitted_at))
        .order_by(Entry.code)
    )
    for sha256, slot, entry_id, code, category in found:
        if (category, slot) in seen:
            register.by_file[sha256].append(Standing(entry_id, codes.shown(code or "", shown), category))


def seen_slots(regulation: Regulation) -> frozenset[tuple[str, str]]:
    """Name the slots that jurors see, each with its category: they hold the work itself."""
    return frozenset(
        (category.code, slot.code)
        for category in regulation.categories
        for slot in category.slots
        if slot.juror_may_see
    )


def _appeared(register: Register, regulation: Regulation, wanted: Wanted | None) -> None:
    """Find instalments from before the window that were entered already, in whatever contest of the installation."""
    first = regulation.calendar.publication.first
    early = Instalment.published_on < first
    if wanted is not None:
        days = {day for day in wanted.days if day < first}
        if not days:
            return
        early = and_(early, or_(Instalment.published_on.in_(days), Instalment.address.in_(wanted.addresses)))
    found = db.session.execute(
        select(
            Entry.id,
            Entry.origin_id,
            Entry.title_key,
            Instalment.address,
            Instalment.published_on,
            Instalment.outlet,
            Instalment.title,
        )
        .join(Entry, Entry.revision_id == Instalment.revision_id)
        .where(Entry.state.in_(SENT), early)
    )
    for entry_id, origin_id, work, address, day, outlet, title in found:
        appeared = Appeared(entry_id, origin_id, fold(outlet), same_title(title) or work)
        register.appeared_on[day].append(appeared)
        if address:
            register.appeared_at[address].append(appeared)


def _units(register: Register, contest_id: int, unit_key: str | None) -> None:
    asked = select(Entry.unit_key, Entry.id).where(_in_contest(contest_id))
    for key, entry_id in db.session.execute(asked if unit_key is None else asked.where(Entry.unit_key == unit_key)):
        register.sent_by_unit[key].add(entry_id)


def _shown(regulation: Regulation) -> dict[str, str]:
    return {category.prefix: category.shown_prefix for category in regulation.categories}
