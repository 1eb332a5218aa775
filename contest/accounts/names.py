"""Whether two Vietnamese names may be the same person's, and why.

A name is read as syllables, each with its letters and its tone apart, so that "Hoà" is "Hòa" and "Quí" is "Quý". The
ways in which the same person is written differently are few and known: without marks, with the family name last, with
initials before the given name, without the middle word that nearly everybody has, or under a pen name. Each way is a
rule of its own that says so; nothing is measured letter by letter, because "Hùng" and "Hưng" are one letter and two
people. The set on which the rules are held to their promise is made in ``tests/interests/bylines.py``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from contest.errors import N_


class Way(StrEnum):
    """One way in which two written names agree."""

    same = "same"
    unmarked = "unmarked"
    turned = "turned"
    initials = "initials"
    shortened = "shortened"
    joined = "joined"
    pen_name = "pen_name"

    @property
    def label(self) -> str:
        """How the names agree, an English msgid."""
        return LABELS[self]


LABELS = {
    Way.same: N_("the same name"),
    Way.unmarked: N_("the same without marks"),
    Way.turned: N_("the same in another order"),
    Way.initials: N_("initials and the same given name"),
    Way.shortened: N_("the same name, shortened"),
    Way.joined: N_("the same, written together"),
    Way.pen_name: N_("the same pen name"),
}

COST = {
    Way.same: 0,
    Way.unmarked: 5,
    Way.turned: 5,
    Way.joined: 5,
    Way.pen_name: 10,
    Way.initials: 15,
    Way.shortened: 25,
}
"""How much each way takes from a certainty of 100."""

ENOUGH = 70
"""From this certainty on two names are put before the chair."""

STRONG = 90
"""From this certainty on a name that a juror wrote down themselves is taken for the author's."""


class Likeness(NamedTuple):
    """That two names may be the same person's.

    :ivar certainty: 0 to 100, for sorting; never a probability
    """

    certainty: int
    ways: tuple[Way, ...]


TONES = {"\u0300": 1, "\u0301": 2, "\u0303": 3, "\u0309": 4, "\u0323": 5}
TITLES = re.compile(
    r"^(?:(?:nhà báo|phóng viên|biên tập viên|cộng tác viên|nhóm tác giả|nhóm pv|tác giả|pv|btv|ctv|ths|ts|pgs|gs|bs|"
    r"ông|bà)\b[.:\s]*)+",
    re.IGNORECASE,
)
PARTING = re.compile(r"\s+[-–—]\s+|[;&/+]|\s+và\s+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*\.?")
CLUSTERS = ("ngh", "ng", "nh", "th", "tr", "ph", "kh", "ch", "gh", "gi", "qu")
VOWELS = set("aeiouy")
FILLERS = {"van", "thi"}
COMMON = FILLERS | {"huu", "duc", "dinh", "cong", "xuan", "ngoc", "thanh", "minh", "quang", "thu", "anh", "hong"}
SURNAMES = {
    *("nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong"),
    *("ly", "ta", "dinh", "truong", "lam", "mai", "cao", "luong", "trinh", "dao", "doan", "ha", "chau", "ton", "luu"),
    *("quach", "kieu", "thai", "to", "tang", "la", "nghiem", "phung", "bach", "quan", "tong", "chu", "vuong", "thach"),
}


@dataclass(frozen=True)
class Syllable:
    """One syllable of a name.

    :ivar letters: small letters with their hats and hooks, without the tone
    :ivar short: only its first letters are written
    """

    letters: str
    tone: int
    folded: str
    short: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether anything stands above or below a letter, or crosses it."""
        return self.tone > 0 or self.letters != self.folded


@dataclass(frozen=True)
class Name:
    """A name as it was written, read."""

    syllables: tuple[Syllable, ...]

    @property
    def joined(self) -> str:
        """All letters without marks and spaces; i and y are one, because where a syllable ends is not known."""
        return "".join(syllable.folded for syllable in self.syllables).replace("y", "i")

    @property
    def has_marks(self) -> bool:
        """Whether it was written with marks at all."""
        return any(syllable.has_marks for syllable in self.syllables)

    @property
    def given(self) -> str:
        """The last syllable, without marks."""
        return self.syllables[-1].folded if self.syllables else ""


@lru_cache(maxsize=32768)
def read(text: str) -> Name:
    """Read one name; titles before it are not part of it."""
    plain = TITLES.sub("", unicodedata.normalize("NFC", text).strip())
    return Name(tuple(syllable for word in WORD.findall(plain) for syllable in _syllables(word)))


@lru_cache(maxsize=8192)
def people_in(text: str) -> tuple[Name, ...]:
    """Read a line in which one or several people may stand."""
    parts = [part for part in PARTING.split(text) if part.strip()]
    return tuple(name for name in map(read, parts) if name.syllables)


@lru_cache(maxsize=8192)
def pen_names(text: str) -> tuple[Name, ...]:
    """Read pen names as people list them: between commas."""
    return tuple(name for part in re.split(r"[,;/]", text) if (name := read(part)).syllables)


def _syllables(word: str) -> list[Syllable]:
    dotted, bare = word.endswith("."), word.rstrip(".")
    whole = _syllable(bare)
    if not VOWELS & set(whole.folded) and whole.folded not in CLUSTERS:  # NVHùng is not split; NV is
        return [_syllable(letter, short=True) for letter in bare]
    short = whole.folded in CLUSTERS or (len(bare) <= 2 and dotted) or (len(bare) == 1 and bare.isupper())
    return [_syllable(bare, short=short)]


def _syllable(text: str, *, short: bool = False) -> Syllable:
    tone, letters = 0, ""
    for mark in unicodedata.normalize("NFD", text.lower().replace("'", "").replace("’", "").replace("`", "")):
        if mark in TONES:
            tone = TONES[mark]
        else:
            letters += mark
    letters = unicodedata.normalize("NFC", letters)
    if len(letters) > 1 and letters.endswith("y") and letters[-2] not in "aâu":  # Lý and Lí, Mỹ and Mĩ
        letters = f"{letters[:-1]}i"
    if letters == "quy":
        letters = "qui"
    folded = unicodedata.normalize("NFD", letters.replace("đ", "d"))
    return Syllable(letters, tone, "".join(mark for mark in folded if not unicodedata.combining(mark)), short)


def likeness(one: Name, other: Name) -> Likeness | None:
    """Say whether two full names may be the same person's.

    :return: how surely, and in which ways; None if they are different or say too little
    """
    if min(len(one.syllables), len(other.syllables)) < 2:
        return _joined(one, other)
    lengths = len(one.syllables), len(other.syllables)
    if lengths[0] == lengths[1]:
        return _same_length(one, other) or _joined(one, other)
    longer, shorter = (one, other) if lengths[0] > lengths[1] else (other, one)
    return _shortened(longer, shorter) or _joined(one, other)


def _same_length(one: Name, other: Name) -> Likeness | None:
    straight = _agree(one.syllables, other.syllables)
    if straight is not None:
        return _weighed(straight or {Way.same})
    for turned in _orders(other.syllables):
        ways = _agree(one.syllables, turned)
        if ways is not None:
            return _weighed({Way.turned, *ways})
    return None


def _orders(syllables: tuple[Syllable, ...]) -> list[tuple[Syllable, ...]]:
    """The orders in which a name is also written: the family name last, the given name first, all of it backwards.

    Only such orders: Lê Minh Anh and Lê Anh Minh are two people.
    """
    orders = [syllables[-1:] + syllables[:-1], syllables[1:] + syllables[:1]]
    if syllables[-1].folded in SURNAMES and syllables[0].folded not in SURNAMES:
        orders.append(tuple(reversed(syllables)))
    return [order for order in orders if order != syllables]


def _agree(one: tuple[Syllable, ...], other: tuple[Syllable, ...]) -> set[Way] | None:
    """Say in which ways syllables agree place by place; None if one does not.

    Marks may be missing, but then all of them: somebody who writes Thị with its marks would write Lân with its own.
    """
    pairs = list(zip(one, other, strict=True))
    ways: set[Way] = set()
    short = [pair for pair in pairs if pair[0].letters != pair[1].letters and (pair[0].short or pair[1].short)]
    if short:
        ways.add(Way.initials)
        if pairs[-1] in short or not all(_begins(*pair) for pair in short):
            return None
        pairs = [pair for pair in pairs if pair not in short]
    if all(mine.folded == theirs.folded for mine, theirs in pairs):
        if all((mine.letters, mine.tone) == (theirs.letters, theirs.tone) for mine, theirs in pairs):
            return ways
        if not any(mine.has_marks for mine, _ in pairs) or not any(theirs.has_marks for _, theirs in pairs):
            return {*ways, Way.unmarked}
    return None


def _begins(mine: Syllable, theirs: Syllable) -> bool:
    short, whole = (mine, theirs) if len(mine.letters) <= len(theirs.letters) else (theirs, mine)
    return whole.letters.startswith(short.letters) or (short.letters == short.folded and _plain(whole, short))


def _plain(whole: Syllable, short: Syllable) -> bool:
    crossed = whole.letters.startswith("đ")
    return whole.folded.startswith(short.folded) and not crossed


def _shortened(longer: Name, shorter: Name) -> Likeness | None:
    """A name without its middle word, or without the family name where what is left is rare enough."""
    syllables = longer.syllables
    for place in range(1, len(syllables) - 1):
        left = syllables[:place] + syllables[place + 1 :]
        if syllables[place].folded in FILLERS and len(left) == len(shorter.syllables) and len(left) >= 3:
            ways = _agree(left, shorter.syllables)
            if ways is not None:
                return _weighed({Way.shortened, *ways})
    last = syllables[-2:]
    rare = len(syllables) >= 3 and not {syllable.folded for syllable in last} & COMMON
    if rare and len(shorter.syllables) == 2 and _agree(last, shorter.syllables) == set():
        return _weighed({Way.shortened})
    return None


def _joined(one: Name, other: Name) -> Likeness | None:
    """Names of which one is written without spaces."""
    if len(one.syllables) == len(other.syllables) or one.joined != other.joined or len(one.joined) < 8:
        return None
    marks = _marks(one), _marks(other)
    if marks[0] == marks[1]:
        return _weighed({Way.joined})
    return _weighed({Way.joined, Way.unmarked}) if not (one.has_marks and other.has_marks) else None


def _marks(name: Name) -> tuple[str, list[int]]:
    letters = "".join(each.letters for each in name.syllables).replace("y", "i")
    return letters, [each.tone for each in name.syllables if each.tone]


def same_pen_name(one: Name, other: Name) -> Likeness | None:
    """Say whether two pen names, or a pen name and a name, are the same; one syllable says too little."""
    if min(len(one.joined), len(other.joined)) < 5 or any(each.short for each in one.syllables + other.syllables):
        return None
    if len(one.syllables) == len(other.syllables):
        if len(one.syllables) == 1 and len(one.joined) < 7:
            return None
        ways = _agree(one.syllables, other.syllables)
        return None if ways is None else _weighed({Way.pen_name, *ways})
    found = _joined(one, other)
    return None if found is None else _weighed({Way.pen_name, *found.ways})


def _weighed(ways: set[Way]) -> Likeness:
    return Likeness(100 - sum(COST[way] for way in ways), tuple(way for way in Way if way in ways))


class Called(NamedTuple):
    """Everything that somebody is called: the names in full, and the pen names."""

    full: tuple[Name, ...]
    pen: tuple[Name, ...] = ()

    @property
    def keys(self) -> set[str]:
        """Words of which one stands in everything that could be the same: what to look a name up by."""
        names = self.full + self.pen
        return {name.given for name in names} | {name.joined for name in names}

    @property
    def words(self) -> set[str]:
        """Every word under which it is looked up."""
        names = self.full + self.pen
        return {syllable.folded for name in names for syllable in name.syllables} | {name.joined for name in names}


def called(name: str, pens: str = "") -> Called:
    """Read a name and the pen names listed with it."""
    return Called(people_in(name), pen_names(pens))


def part_of(name: str) -> str:
    """Letters that stand in the folded text of every work of whose authors one surely is called so: to search by."""
    return next((found.given.rstrip("iy") for found in people_in(name)), "")


def compare(one: Called, other: Called) -> Likeness | None:
    """The strongest way in which two people may be the same by what they are called; None below `ENOUGH`."""
    found = [likeness(mine, theirs) for mine, theirs in product(one.full, other.full)]
    found += [same_pen_name(mine, theirs) for mine, theirs in product(one.pen, other.pen + other.full)]
    found += [same_pen_name(mine, theirs) for mine, theirs in product(one.full, other.pen)]
    best = max((each for each in found if each is not None), default=None)
    return best if best is not None and best.certainty >= ENOUGH else None
