"""The facts of works: what was typed, and what the contest knows about the people and the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contest.accounts.models import Outlet
from contest.database import db
from contest.entries import eligibility
from contest.entries.eligibility import Likeness
from contest.entries.matching import same_address, same_title
from contest.entries.models import SENT, Entry, EntryRevision
from contest.entries.queries.register import Register, Standing, Wanted, load, names_of, seen_slots
from contest.entries.revision import draft_as_sent
from contest.web.text import fold

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation


@dataclass(frozen=True)
class Held:
    """A work as it is held against a regulation: the entry, what was typed, and the files that go with it."""

    entry: Entry
    draft: Mapping[str, Any]
    files: tuple[Mapping[str, Any], ...]


def facts(entry: Entry, draft: Mapping[str, Any], files: Iterable[Mapping[str, Any]]) -> eligibility.Facts:
    """Gather what the rules look at for one work.

    :param files: the files that go with the draft, each with its slot and hash
    """
    held = Held(entry, draft, tuple(files))
    regulation = entry.contest.regulation
    outlets = _outlets([held])
    unit = fold(unit_name(entry.sender, draft, names_of(outlets)))
    register = load(entry.contest_id, regulation, outlets, Wanted.of(draft, held.files), unit)
    return _facts(held, register, regulation)


def facts_of_all(contest_id: int, regulation: Regulation) -> Iterator[tuple[Held, eligibility.Facts]]:
    """Gather what a regulation looks at for every work that stands in a contest, as sent; the queries do not grow."""
    entries = db.session.scalars(
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.state.in_(SENT))
        .options(
            joinedload(Entry.owner),
            joinedload(Entry.sender),
            joinedload(Entry.revision).selectinload(EntryRevision.bylines),
        )
        .order_by(Entry.code)
    )
    held = [
        Held(entry, draft_as_sent(entry.revision), tuple(entry.revision.content["attachments"]))
        for entry in entries
        if entry.revision is not None
    ]
    register = load(contest_id, regulation, _outlets(held), None, None)
    for one in held:
        yield one, _facts(one, register, regulation)


def unit_name(sender: Outlet | None, draft: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """Name the unit whose places a work takes: the branch that sends it, else the newsroom that published it first.

    :param names: names of outlets by id
    """
    if sender is not None and eligibility.channel_of(sender.kind) is eligibility.Channel.BRANCH:
        return sender.name
    printed = sorted(
        (row["published_on"] or "9999", names.get(row["outlet_id"]) or row["outlet"]) for row in draft["instalments"]
    )
    return next((name for _day, name in printed if name), "")


def _outlets(held: Iterable[Held]) -> dict[int, Outlet]:
    named = {row["outlet_id"] for one in held for row in one.draft["instalments"] if row["outlet_id"]}
    return {one.id: one for one in db.session.scalars(select(Outlet).where(Outlet.id.in_(named)))} if named else {}


def _facts(held: Held, register: Register, regulation: Regulation) -> eligibility.Facts:
    entry, draft = held.entry, held.draft
    bylines = [row for row in draft["bylines"] if row["name"]]
    return eligibility.Facts(
        category=draft["category"],
        genre=draft["genre"],
        topic=draft["topic"],
        instalments=tuple(_published(held, row, register) for row in draft["instalments"]),
        authors=tuple(_author(row, entry, register) for row in bylines),
        sender=_sender(entry, register),
        unit=_unit(held, register),
        awards=tuple(eligibility.Award(row["name"], row["level"]) for row in draft["prior_awards"] if row["level"]),
        files=Counter(file["slot"] for file in held.files),
        statements=draft["statements"],
        same_works=_same_works(held, register, regulation),
    )


def _published(held: Held, row: Mapping[str, Any], register: Register) -> eligibility.Published:
    day = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    outlet = register.outlets.get(row["outlet_id"])
    named = bool(outlet or row["outlet"])
    prints = outlet is not None and eligibility.channel_of(outlet.kind) is eligibility.Channel.OUTLET
    licensed = bool(outlet and prints and (day is None or outlet.is_valid_on(day))) if named else None
    name = outlet.name if outlet else row["outlet"]
    before = _was_entered(held, row, day, name, register)
    return eligibility.Published(day, name, licensed, row["words"], row["minutes"], before)


def _was_entered(held: Held, row: Mapping[str, Any], day: date | None, outlet: str, register: Register) -> bool:
    """Say whether an instalment is part of another work: the same address, or the same day, outlet and title.

    A work that was carried on from an earlier phase is the same work, not another.
    """
    entry = held.entry
    family = {entry.id, entry.origin_id} - {None}
    title = same_title(row["title"]) or same_title(held.draft["title"])
    alike = [
        *register.appeared_at.get(same_address(row["url"]), ()),
        *(
            one
            for one in (register.appeared_on.get(day, ()) if day else ())
            if one.outlet == fold(outlet) and one.title == title
        ),
    ]
    return any(one.entry_id not in family and one.origin_id not in family for one in alike)


def _author(row: Mapping[str, Any], entry: Entry, register: Register) -> eligibility.Author:
    meant = register.people_meant(row)
    ids = {known.id for known in meant}
    works = {number: work for known in meant for number, work in known.works.items() if number != entry.id}
    others = tuple(work for _number, work in sorted(works.items()))
    if entry.owner.person_id in ids or (row["email"] and row["email"] == entry.owner.email):
        return eligibility.Author(row["name"], row["role"], others)  # said of the sender already
    serving = register.serving
    serves = next((one.capacity for one in serving if one.person_id in ids or one.email == row["email"]), "")
    folded = fold(row["name"])
    namesake = "" if serves else next((one.capacity for one in serving if one.folded == folded), "")
    return eligibility.Author(row["name"], row["role"], others, serves, namesake)


def _sender(entry: Entry, register: Register) -> eligibility.Sender:
    owner, unit = entry.owner, entry.sender
    serves = next((one.capacity for one in register.serving if one.person_id == owner.person_id), "")
    channel = eligibility.channel_of(unit.kind if unit else None)
    return eligibility.Sender(owner.name, channel, unit.name if unit else "", serves)


def _unit(held: Held, register: Register) -> eligibility.Unit | None:
    name = unit_name(held.entry.sender, held.draft, register.outlet_names)
    if not name:
        return None
    return eligibility.Unit(name, len(register.sent_by_unit.get(fold(name), set()) - {held.entry.id}))


def _same_works(held: Held, register: Register, regulation: Regulation) -> tuple[eligibility.SameWork, ...]:
    """Find the works like this one, each once, by what is surest."""
    found: dict[int, eligibility.SameWork] = {}
    for likeness, work in _alike(held, register, regulation):
        if work.id != held.entry.id and work.id not in found:
            found[work.id] = eligibility.SameWork(work.code, work.category, likeness)
    return tuple(found.values())


def _alike(held: Held, register: Register, regulation: Regulation) -> Iterator[tuple[Likeness, Standing]]:
    draft = held.draft
    for address in sorted({same_address(row["url"]) for row in draft["instalments"]} - {""}):
        yield from ((Likeness.ADDRESS, work) for work in register.by_address.get(address, ()))
    lead = next((row for row in draft["bylines"] if row["lead"] and row["name"]), None)
    twins = register.by_title.get(same_title(draft["title"]), []) if lead else []
    ids = {known.id for known in register.people_meant(lead)} if lead else set()
    yield from ((Likeness.AUTHOR, twin.work) for twin in twins if twin.person_id in ids)
    seen = seen_slots(regulation)
    for file in held.files:
        if (draft["category"], file["slot"]) in seen:
            yield from ((Likeness.FILE, work) for work in register.by_file.get(file["sha256"], ()))
    if lead:
        folded = fold(lead["name"])
        yield from ((Likeness.NAME, twin.work) for twin in twins if twin.folded == folded)
