"""What the rules look at: values only, gathered by the queries or answered in the self check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Channel(StrEnum):
    """Who sends a work; the values are those of ``entrants.through``."""

    AUTHOR = "author"
    OUTLET = "outlet"
    BRANCH = "branch"


class Likeness(StrEnum):
    """By what another entry looks like this one, the surest first."""

    ADDRESS = "address"
    FILE = "file"
    AUTHOR = "author"  # the same title, and the same person answers for it
    NAME = "name"  # the same title, and somebody of the same name answers for it


@dataclass(frozen=True)
class Published:
    """One instalment as it appeared.

    :ivar licensed: whether the outlet stands in the list of press agencies on that day; None when none is named
    :ivar entered_before: whether it is part of another work, here or in another contest
    """

    published_on: date | None = None
    outlet: str = ""
    licensed: bool | None = None
    words: int | None = None
    minutes: int | None = None
    entered_before: bool = False


@dataclass(frozen=True)
class Entered:
    """Another work of an author that counts in this contest.

    :ivar roles: what the author was in making it; several when the same person is named several times
    """

    roles: tuple[str, ...] = ("",)
    genre: str = ""
    topic: str = ""
    category: str = ""


@dataclass(frozen=True)
class Author:
    """One person behind the work.

    :ivar works: the other works of the same person that count in this contest
    :ivar serves_as: ``staff`` or ``juror`` when this very person has such a role in the contest, else empty
    :ivar namesake_of: the same, when somebody with the same folded name has the role
    """

    name: str
    role: str = ""
    works: tuple[Entered, ...] = ()
    serves_as: str = ""
    namesake_of: str = ""


@dataclass(frozen=True)
class Sender:
    """Who sends the work.

    :ivar unit: the newsroom or branch on whose behalf it is sent; empty for an author
    :ivar serves_as: ``staff`` or ``juror`` when the signed-in person has such a role in the contest, else empty
    """

    name: str = ""
    through: Channel = Channel.AUTHOR
    unit: str = ""
    serves_as: str = ""


@dataclass(frozen=True)
class Unit:
    """The newsroom that published the work, or the branch that sends it.

    :ivar works_sent: how many other works of this unit stand in the contest
    """

    name: str
    works_sent: int = 0


@dataclass(frozen=True)
class SameWork:
    """Another entry of the contest that looks like this one."""

    code: str
    category: str
    likeness: Likeness


@dataclass(frozen=True)
class Award:
    """A prize the work has won before."""

    name: str
    level: str


@dataclass(frozen=True)
class Facts:
    """All that the rules look at."""

    category: str
    genre: str = ""
    topic: str = ""
    instalments: tuple[Published, ...] = ()
    authors: tuple[Author, ...] = ()
    sender: Sender | None = None
    unit: Unit | None = None
    awards: tuple[Award, ...] = ()
    files: Mapping[str, int] | None = field(default_factory=dict)
    statements: Mapping[str, int] | None = field(default_factory=dict)
    same_works: tuple[SameWork, ...] = ()
