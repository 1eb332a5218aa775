"""The published list as readers look at it: works with all their prizes, filters, and what each newsroom won."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from contest.results import lists
from contest.results.lists import Kind, Line, Section

MOST_NAMED: Final = 3
"""Authors named where there is room for one line."""


@dataclass(frozen=True, slots=True)
class Given:
    """One prize of a work.

    :ivar section: code of the part of the list in which it stands
    :ivar suspended: whether it is taken back for the time being
    """

    award_id: int
    code: str
    name: str
    section: str
    suspended: bool


@dataclass(frozen=True, slots=True)
class Work:
    """One work that received a prize, as the decision froze it, with every prize it received.

    :ivar line: what the decision says of it; money, place and marks are never read from it here
    """

    code: str
    line: Line
    prizes: tuple[Given, ...]

    @property
    def title(self) -> str:
        """The title as printed."""
        title: str = self.line["title"]
        return title

    @property
    def authors(self) -> Sequence[Mapping[str, Any]]:
        """Everybody behind it, in the order of the byline."""
        authors: Sequence[Mapping[str, Any]] = self.line["authors"]
        return authors

    @property
    def outlet(self) -> str:
        """The newsroom that it counts for."""
        outlet: str = self.line["outlet"]
        return outlet

    @property
    def is_suspended(self) -> bool:
        """Whether none of its prizes is in force at present."""
        return all(prize.suspended for prize in self.prizes)


def is_suspended(line: Line) -> bool:
    """Say whether a line of a decision is taken back for the time being."""
    return bool(line.get("suspended"))


def works_of(copy: Mapping[str, Any]) -> dict[str, Work]:
    """Gather the lines of a decision by work, in the order of the list."""
    held: dict[str, list[Line]] = {}
    for line in copy["awards"]:
        held.setdefault(line["entry_code"], []).append(line)
    return {
        code: Work(
            code,
            lines[0],
            tuple(
                Given(line["award_id"], line["tier"], line["tier_name"], line["section"], is_suspended(line))
                for line in lines
            ),
        )
        for code, lines in held.items()
    }


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader wants to see of the list; None for everything.

    :ivar category: code of a category
    :ivar outlet: name of a newsroom
    """

    category: str | None = None
    outlet: str | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.category is None and self.outlet is None

    def takes(self, line: Line) -> bool:
        """Say whether a line is among what was asked for; prizes of newsrooms belong to no category."""
        return self.category in (None, line.get("category")) and self.outlet in (None, line["outlet"])


def categories_in(copy: Mapping[str, Any]) -> dict[str, str]:
    """The categories of the works on a list, by code, in its order."""
    return {line["category"]: line["category_name"] for line in copy["awards"]}


def outlets_in(copy: Mapping[str, Any]) -> list[str]:
    """The newsrooms on a list, as each is called on it."""
    return sorted({line["outlet"] for line in (*copy["awards"], *copy["collective"]) if line["outlet"]})


def chosen(copy: Mapping[str, Any], category: str | None, outlet: str | None) -> Chosen:
    """Read what a reader asks for; what is not on the list is not asked for."""
    return Chosen(
        category if category and category in categories_in(copy) else None,
        outlet if outlet and outlet in outlets_in(copy) else None,
    )


def sections_of(copy: Mapping[str, Any], wanted: Chosen | None = None) -> tuple[Section, ...]:
    """The list by part and prize; a part in which nothing is left by the filter is left out."""
    if wanted is None or wanted.is_everything:
        return lists.of_copy(copy)
    lines = [line for line in (*copy["awards"], *copy["collective"]) if wanted.takes(line)]
    return tuple(section for section in lists.grouped(copy["sections"], lines) if section.given)


@dataclass(slots=True)
class Newsroom:
    """What one newsroom won.

    :ivar works: codes of its works
    :ivar given: number of prizes by code
    :ivar own: prizes given to the newsroom itself, by name
    """

    name: str
    works: list[str] = field(default_factory=list)
    given: dict[str, int] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)


def newsrooms_of(copy: Mapping[str, Any]) -> tuple[dict[str, str], list[Newsroom]]:
    """Count works and prizes by newsroom, the one with the better prizes first.

    A prize that is suspended counts for nobody.

    :return: the prizes of works that were given, by code, in the order of the list; and the newsrooms
    """
    ordered = {
        prize["code"]: prize["name"]
        for section in copy["sections"]
        for prize in section["prizes"]
        if section["kind"] != Kind.COLLECTIVE
    }
    found: dict[str, Newsroom] = {}
    for line in _in_force(copy["awards"]):
        newsroom = found.setdefault(line["outlet"], Newsroom(line["outlet"]))
        if line["entry_code"] not in newsroom.works:
            newsroom.works.append(line["entry_code"])
        newsroom.given[line["tier"]] = newsroom.given.get(line["tier"], 0) + 1
    for line in _in_force(copy["collective"]):
        found.setdefault(line["outlet"], Newsroom(line["outlet"])).own.append(line["tier_name"])
    given = {code: name for code, name in ordered.items() if any(code in each.given for each in found.values())}
    best_first = sorted(
        found.values(), key=lambda each: ([-each.given.get(code, 0) for code in given], -len(each.works), each.name)
    )
    return given, best_first


def _in_force(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if line["outlet"] and not is_suspended(line))


def names_in_short(authors: Sequence[Mapping[str, Any]]) -> tuple[list[str], int]:
    """The first names of a byline, and how many more there are; one more alone is named as well."""
    names = [author["name"] for author in authors]
    shown = names if len(names) <= MOST_NAMED + 1 else names[:MOST_NAMED]
    return shown, len(names) - len(shown)
