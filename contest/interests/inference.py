"""What ties people to works, found from what is known of both.

Values in, values out: contacts and names are normalised, newsrooms are those that stand today. Every work is read once
into an index, and every person is looked up in it, so that eighty people and two thousand works take no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from contest.accounts.names import ENOUGH, STRONG, Called, called, compare
from contest.interests.kinds import Kind, State

Leaves = Literal["nothing", "category", "contest"]
Pair = tuple[int, int]
"""A user id and an entry id."""


@dataclass(frozen=True)
class PersonFacts:
    """What is known of somebody that may tie them to a work.

    :ivar newsrooms: where they work now
    :ivar left: newsrooms that they left only recently
    :ivar name: with the pen names
    :ivar knows: names of people they are close to, and how, as they said themselves
    :ivar wrote_with: people with whom they share a work, of this contest or another
    :ivar enters: categories in which they have a work themselves
    """

    user_id: int
    person_id: int | None = None
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    newsrooms: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    name: tuple[str, str] = ("", "")
    knows: tuple[tuple[str, Kind], ...] = ()
    wrote_with: frozenset[int] = frozenset()
    enters: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WorkFacts:
    """What is known of a work that may tie it to somebody.

    :ivar names: of its authors, each with the pen names printed beside it
    """

    owner_id: int
    person_ids: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    newsrooms: frozenset[int] = frozenset()
    names: frozenset[tuple[str, str]] = frozenset()
    category: str = ""


SAME_PERSON = frozenset({Kind.own_entry, Kind.author, Kind.contact})
"""Kinds beside which a likeness says nothing more."""


class Said(NamedTuple):
    """What was said last about one tie."""

    user_id: int
    entry_id: int
    kind: Kind
    state: State


class Index:
    """Works by everything that may tie somebody to them."""

    def __init__(self, works: Mapping[int, WorkFacts]) -> None:
        self._works: dict[tuple[str, int | str], set[int]] = defaultdict(set)
        self._named: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._names: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for entry_id, work in works.items():
            for key in _keys(work):
                self._works[key].add(entry_id)
            for name in work.names:
                self._named[name].add(entry_id)
        for name in self._named:
            for word in called(*name).words:
                self._names[word].add(name)

    def among(self, part: str, values: Iterable[int | str]) -> set[int]:
        """Give the works that have one of these values."""
        return {entry_id for value in values if value for entry_id in self._works.get((part, value), ())}

    def alike(self, who: Called, enough: int) -> set[int]:
        """Give the works of authors whose names resemble these.

        :param enough: how certain a likeness must be
        """
        near = {name for word in who.keys if word for name in self._names.get(word, ())}
        found = ((name, compare(who, called(*name))) for name in near)
        return {
            entry_id
            for name, alike in found
            if alike is not None and alike.certainty >= enough
            for entry_id in self._named[name]
        }

    def all(self) -> set[int]:
        """Give every work."""
        return self.among("work", (1,))


def _keys(work: WorkFacts) -> Iterator[tuple[str, int | str]]:
    yield "work", 1
    yield "owner", work.owner_id
    yield "category", work.category
    yield from (("person", person_id) for person_id in work.person_ids)
    yield from (("email", email) for email in work.emails)
    yield from (("phone", phone) for phone in work.phones)
    yield from (("newsroom", newsroom) for newsroom in work.newsrooms)


def ties_of(person: PersonFacts, index: Index, *, leaves: Leaves = "nothing") -> dict[int, set[Kind]]:
    """Every work that something ties a person to, with what it is.

    :param leaves: what somebody who has entered a work leaves to others, besides that work
    """
    competing = index.all() if leaves == "contest" and person.enters else set()
    if leaves == "category":
        competing = index.among("category", person.enters)
    tied = {
        Kind.own_entry: index.among("owner", (person.user_id,)),
        Kind.author: index.among("person", (person.person_id or 0,)),
        Kind.contact: index.among("email", person.emails) | index.among("phone", person.phones),
        Kind.outlet: index.among("newsroom", person.newsrooms),
        Kind.competes: competing,
        Kind.former_outlet: index.among("newsroom", person.left - person.newsrooms),
        Kind.wrote_with: index.among("person", person.wrote_with),
        Kind.name: index.alike(called(*person.name), ENOUGH),
    }
    found: dict[int, set[Kind]] = defaultdict(set)
    for kind, entry_ids in tied.items():
        for entry_id in entry_ids:
            found[entry_id].add(kind)
    for name, relation in person.knows:
        who = called(name)
        sure = index.alike(who, STRONG)
        for entry_id in index.alike(who, ENOUGH):
            found[entry_id].add(relation if entry_id in sure else Kind.acquaintance)
    for kinds in found.values():
        if kinds & SAME_PERSON:
            kinds -= {Kind.name, Kind.wrote_with}
    return found


def is_surely(known_as: str, name: str, pens: str) -> bool:
    """Say whether an author is taken for the person whom somebody named."""
    alike = compare(called(known_as), called(name, pens))
    return alike is not None and alike.certainty >= STRONG


def find_all(
    people: Iterable[PersonFacts],
    works: Mapping[int, WorkFacts],
    *,
    said: Iterable[Said] = (),
    leaves: Leaves = "nothing",
) -> dict[Pair, tuple[Kind, ...]]:
    """Every tie between these people and these works, by (user id, entry id), the gravest first."""
    people, index = list(people), Index(works)
    found: dict[Pair, set[Kind]] = defaultdict(set)
    for person in people:
        for entry_id, kinds in ties_of(person, index, leaves=leaves).items():
            found[person.user_id, entry_id] |= kinds
    asked = {person.user_id for person in people}
    settle(found, (line for line in said if line.user_id in asked and line.entry_id in works))
    return {pair: in_order(kinds) for pair, kinds in found.items() if kinds}


def settle(found: dict[Pair, set[Kind]], said: Iterable[Said]) -> None:
    """Bring what people declared and the chair decided into what was found.

    What was confirmed bars, whatever it looked like before; what was waived is gone. A person's very own work is never
    waived away.
    """
    for user_id, entry_id, kind, state in said:
        kinds = found.setdefault((user_id, entry_id), set())
        if state in (State.declared, State.confirmed):
            kinds.add(kind if kind.blocks else Kind.confirmed)
        if not kind.blocks or (state is State.waived and not kind.is_certain):
            kinds.discard(kind)


def in_order(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    """Put ties in order, the gravest first."""
    return tuple(sorted(kinds, key=_ORDER.__getitem__))


_ORDER = {kind: place for place, kind in enumerate(Kind)}


def find(
    person: PersonFacts, work: WorkFacts, *, said: Iterable[tuple[Kind, State]] = (), leaves: Leaves = "nothing"
) -> tuple[Kind, ...]:
    """Everything that ties one person to one work, the gravest first."""
    lines = [Said(person.user_id, 1, kind, state) for kind, state in said]
    return find_all([person], {1: work}, said=lines, leaves=leaves).get((person.user_id, 1), ())
