"""Everything that is public of the exemplars of a contest at one moment, as plain values to be searched and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Final

from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.localities import Commune, Locality, Province
from contest.web.text import fold

SHADES: Final = 4
"""Shades of the map besides that of nobody."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """Where one part of a work can be read, heard or seen."""

    title: str
    outlet: str
    published_on: date
    url: str

    @property
    def link(self) -> str:
        """Its address, if it is one that a browser opens."""
        return self.url if self.url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class Work:
    """A work about an exemplar.

    :ivar code: end of the address of its page among the results; empty where it won nothing
    :ivar authors: real names with pen names; only of works that won, to which their authors agreed
    :ivar prizes: names of the prizes in force
    """

    title: str
    category: str
    instalments: tuple[Instalment, ...]
    code: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    prizes: tuple[str, ...] = ()

    @property
    def appeared(self) -> list[tuple[str, date, date]]:
        """In which newsrooms it appeared, each once, with the first day and the last."""
        days: dict[str, list[date]] = {}
        for part in self.instalments:
            days.setdefault(part.outlet, []).append(part.published_on)
        return [(outlet, min(found), max(found)) for outlet, found in days.items()]


@dataclass(frozen=True, slots=True)
class Story:
    """What the organizers wrote of an exemplar at length; the text is Markdown."""

    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class Portrait:
    """One exemplar as everybody may know it.

    :ivar topic: code of the field, and what it is called
    :ivar written: the place in the words of an author
    :ivar locality: where that is today, if it is known
    :ivar text: what the organizers say of it in short
    :ivar reason: why others should follow it, if the organizers say so
    :ivar also: names under which works told of it as well
    """

    id: int
    name: str
    kind: ExemplarKind
    topic: tuple[str, str]
    unit: str
    written: str
    locality: Locality | None = field(repr=False)
    text: str = ""
    replicated: bool = False
    reason: str = ""
    also: tuple[str, ...] = ()
    story: Story | None = None
    works: tuple[Work, ...] = ()

    @property
    def words(self) -> str:
        """Its name in an address."""
        return "-".join("".join(c if c.isalnum() else " " for c in fold(self.name)).split())[:80]

    @property
    def place(self) -> str:
        """Its place by the name of today, or as it was written."""
        return self.locality.now if self.locality else self.written

    @property
    def then(self) -> str:
        """The name of its place before, where an author used it."""
        return self.locality.then if self.locality else ""

    @property
    def as_written(self) -> str:
        """The words of an author, where they say more than the names of the place."""
        known = {fold(self.place), fold(self.then), fold(self.locality.commune.name) if self.locality else ""}
        return "" if fold(self.written) in known else self.written

    @property
    def place_key(self) -> str:
        """By what its place is asked for: the code of a commune, or the folded words."""
        return self.locality.commune.code if self.locality else fold(self.written)

    @cached_property
    def searched(self) -> str:
        """Every word by which it is found, folded."""
        return fold(" ".join((self.name, *self.also, self.unit, self.written, self.place, self.then)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for; empty for everything.

    :ivar words: parts of names, with or without marks
    :ivar field: code of a field
    :ivar place: key of a place
    :ivar replicated: only those whom others should follow
    """

    words: str = ""
    field: str = ""
    place: str = ""
    replicated: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.words or self.field or self.place or self.replicated)

    def takes(self, portrait: Portrait) -> bool:
        """Say whether somebody is among those asked for."""
        return (
            (not self.field or portrait.topic[0] == self.field)
            and (not self.place or portrait.place_key == self.place)
            and (not self.replicated or portrait.replicated)
            and all(word in portrait.searched for word in fold(self.words).split())
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place at which somebody is, with their number."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Tile:
    """The square of a commune.

    :ivar shade: 0 for nobody, then darker the more
    """

    commune: Commune
    count: int
    shade: int


@dataclass(frozen=True)
class Collection:
    """All exemplars of a contest that everybody may know.

    :ivar fields: codes and names of the fields, in the order of the regulation
    :ivar province: where the contest is held, if its places are known
    """

    contest_id: int
    fields: Mapping[str, str]
    province: Province | None = field(repr=False)
    portraits: tuple[Portrait, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything in it: whatever is made from the same is the same."""
        province = self.province.name if self.province is not None else ""
        return sha256(repr((province, self)).encode()).hexdigest()

    def portrait(self, exemplar_id: int) -> Portrait | None:
        """One of them."""
        return next((each for each in self.portraits if each.id == exemplar_id), None)

    def chosen(self, wanted: Wanted) -> list[Portrait]:
        """Those asked for, by field and name."""
        return [each for each in self.portraits if wanted.takes(each)]

    def by_field(self, portraits: Iterable[Portrait]) -> dict[str, list[Portrait]]:
        """Group some of them by the name of their field; those of none come last."""
        found: dict[str, list[Portrait]] = {}
        for each in portraits:
            found.setdefault(each.topic[1], []).append(each)
        return found

    @cached_property
    def in_field(self) -> Counter[str]:
        """Their number by code of the field."""
        return Counter(each.topic[0] for each in self.portraits)

    @cached_property
    def in_place(self) -> Counter[str]:
        """Their number by key of the place."""
        return Counter(each.place_key for each in self.portraits)

    @property
    def places(self) -> list[Place]:
        """Where somebody is: first the communes of today, then what could not be found among them, each by name."""
        known = {each.place_key: each for each in self.portraits if each.place_key}
        return [
            Place(key, each.place, self.in_place[key])
            for key, each in sorted(known.items(), key=lambda item: (item[1].locality is None, fold(item[1].place)))
        ]

    @property
    def communes(self) -> int:
        """Number of communes of today at which somebody is."""
        return len({each.place_key for each in self.portraits if each.locality})

    @property
    def replicated(self) -> int:
        """Number of those whom others should follow."""
        return sum(each.replicated for each in self.portraits)

    @property
    def steps(self) -> tuple[tuple[int, int], ...]:
        """Which numbers each shade of the map stands for, the lightest first."""
        most = max((self.in_place[each.code] for each in self._communes), default=0)
        bounds = sorted({-(-most * step // SHADES) for step in range(1, SHADES + 1)} - {0})
        return tuple((first + 1, last) for first, last in zip((0, *bounds), bounds, strict=False))

    @property
    def tiles(self) -> list[Tile]:
        """The squares of the map, row by row; none where the province is not known."""
        steps = self.steps
        return [
            Tile(each, count, next((n for n, (first, last) in enumerate(steps, 1) if first <= count <= last), 0))
            for each in self._communes
            for count in (self.in_place[each.code],)
        ]

    @property
    def _communes(self) -> list[Commune]:
        if self.province is None:
            return []
        return sorted(self.province.communes.values(), key=lambda each: (each.tile[1], each.tile[0]))
