"""Whether two exemplars may be the same person, unit or model, and why.

A person's name is read as people's names are; where both are known to be in one place, a middle name may be missing as
well. The name of a unit or a model is read as words in full, and the places in it are compared as places. Somebody of
the same name elsewhere is somebody else. The sets on which this is held to its promise are made in
``tests/exemplars/mentions.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from contest.accounts.names import SURNAMES, Name, Syllable, Way, likeness, read
from contest.errors import N_
from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.localities import Province
from contest.exemplars.slips import is_slip, is_syllable
from contest.exemplars.whereabouts import BETWEEN, Level, Whereabouts, Word, places_in, whereabouts, words_of
from contest.exemplars.wording import GENERAL, in_full
from contest.web.text import fold


class Why(StrEnum):
    """One reason to think that two exemplars are the same."""

    SAME = "same"
    UNMARKED = "unmarked"
    TURNED = "turned"
    SHORTENED = "shortened"
    JOINED = "joined"
    TITLED = "titled"
    WORDED = "worded"
    SLIP = "slip"
    VILLAGE = "village"
    COMMUNE = "commune"
    RENAMED = "renamed"
    UNPLACED = "unplaced"

    @property
    def label(self) -> str:
        """The reason in words, an English msgid."""
        return LABELS[self]


LABELS = {
    Why.SAME: N_("the same name"),
    Why.UNMARKED: N_("the same without marks"),
    Why.TURNED: N_("the same in another order"),
    Why.SHORTENED: N_("the same name, shortened"),
    Why.JOINED: N_("the same, written together"),
    Why.TITLED: N_("the same but for a title or duty"),
    Why.WORDED: N_("the same in full and in short"),
    Why.SLIP: N_("one letter apart, as by a slip of the finger"),
    Why.VILLAGE: N_("in the same village"),
    Why.COMMUNE: N_("in the same commune"),
    Why.RENAMED: N_("in the same commune, by its name then and now"),
    Why.UNPLACED: N_("of one it is not written where"),
}

COST = {Why.UNMARKED: 5, Why.TURNED: 10, Why.SHORTENED: 20, Why.JOINED: 5, Why.TITLED: 2, Why.WORDED: 5, Why.SLIP: 15}
COST |= {Why.UNPLACED: 20, Why.COMMUNE: 2, Why.RENAMED: 4}
"""How much each reason takes from a certainty of 100."""

OF_NAMES = {
    Way.same: Why.SAME,
    Way.unmarked: Why.UNMARKED,
    Way.turned: Why.TURNED,
    Way.shortened: Why.SHORTENED,
    Way.joined: Why.JOINED,
}
"""What ways in which people's names agree are reasons here; initials alone are none."""


class Written(NamedTuple):
    """An exemplar as it was written."""

    name: str
    kind: ExemplarKind
    locality: str = ""
    unit: str = ""


class Alike(NamedTuple):
    """That two exemplars may be the same.

    :ivar certainty: up to 100, for sorting; never a probability
    """

    certainty: int
    why: tuple[Why, ...]


@lru_cache(maxsize=65536)
def compare(one: Written, other: Written, province: Province | None = None) -> Alike | None:
    """Say whether two exemplars may be the same, and why; None if they are different.

    :param province: what is known of its places; without it places are compared by their names
    """
    if one.kind is not other.kind:
        return None
    mine, theirs = read_exemplar(one, province), read_exemplar(other, province)
    where = _places_agree(mine.where, theirs.where)
    if where is None:
        return None
    named = _people(mine, theirs, where) if one.kind is ExemplarKind.PERSON else _units(mine, theirs, where)
    if named is None:
        return None
    why = {*named, where}
    return Alike(100 - sum(COST.get(each, 0) for each in why), tuple(each for each in Why if each in why))


# Reading ----------------------------------------------------------------------------------------------------------


NOBODY = Name(())


@dataclass(frozen=True)
class Reading:
    """An exemplar, read.

    :ivar person: the name of a person, without titles and duties
    :ivar words: of a unit or model in full, places and all
    :ivar own: places that the name of a unit or model itself says, without marks, by their level
    """

    where: Whereabouts
    person: Name = NOBODY
    titled: bool = False
    words: tuple[Word, ...] = ()
    own: frozenset[tuple[Level, str]] = frozenset()
    born: str = ""


@lru_cache(maxsize=16384)
def read_exemplar(written: Written, province: Province | None) -> Reading:
    """Read an exemplar once."""
    where = whereabouts(written.name, written.locality, written.unit, province)
    if written.kind is ExemplarKind.PERSON:
        born = re.search(r"\b19\d\d\b|\b20[01]\d\b", written.name)
        text = _person_in(written.name)
        return Reading(
            where,
            read(text),
            titled=len(words_of(text)) < len(words_of(written.name)),
            born=born.group() if born else "",
        )
    words, own = _unit_in(written.name)
    around = {place.folded for text in (written.locality, written.unit) for place in places_in(text)}
    return Reading(where, words=in_full(words), own=frozenset((level, _put_right(name, around)) for level, name in own))


def _put_right(name: str, around: Collection[str]) -> str:
    """The name of a place with a slip in it, where the right one stands in the locality."""
    return name if name in around else next((each for each in around if _slipped(each, name, anything=True)), name)


TITLES = (
    "ông|bà|anh|chị|em|cô|chú|bác|dì|mẹ|cụ|thầy|cô giáo|thầy giáo|ông giáo|thầy thuốc|bác sĩ|bác sỹ|y sĩ|y sỹ|y tá|"
    "dược sĩ|điều dưỡng|nữ hộ sinh|hộ sinh|bs|đồng chí|đ c|đc|nghệ nhân nhân dân|nghệ nhân ưu tú|nghệ nhân|nnưt|nnnd|"
    "nghệ sĩ|nsưt|nhà giáo|ngưt|già làng|già|trưởng thôn|trưởng bản|trưởng làng|trưởng ban công tác mặt trận|"
    "bí thư chi bộ|bí thư đảng ủy|bí thư đoàn|bí thư|phó bí thư đảng ủy|phó bí thư|chi hội trưởng phụ nữ|"
    "chi hội trưởng nông dân|chi hội trưởng|chủ tịch ubnd xã|chủ tịch|phó chủ tịch|người có uy tín|thiếu úy|trung úy|"
    "thượng úy|đại úy|thiếu tá|trung tá|thượng tá|đại tá|thiếu tướng|trung tướng|qncn|linh mục|mục sư|hòa thượng|"
    "thượng tọa|đại đức|ni sư|sư cô|sư thầy|cựu chiến binh|ccb|thương binh|anh hùng lao động|anh hùng|nông dân|"
    "ngư dân|lão nông|doanh nhân|giám đốc|hiệu trưởng|kỹ sư|luật sư|ths|ts|pgs|gs|bà mẹ|mẹ việt nam anh hùng|"
    "nông dân sản xuất giỏi|trưởng ban|tổ trưởng|gia đình|hộ gia đình|vợ chồng"
)
"""Titles and duties that stand before or after the name of a person."""

_TITLES = {
    tuple(word.folded for word in words): words
    for title in TITLES.split("|")
    if (words := [word for word in words_of(title) if word is not None])
}
_LONGEST_TITLE = max(map(len, _TITLES))


def _person_in(name: str) -> str:
    """The name of a person, without titles, duties, years and what stands in brackets."""
    pieces = re.split(
        r"[,;:/\n]|\s[-–—]\s(?=\D)", re.sub(r"\([^)]*\)", " ", name.replace("đ/c", "đc").replace("Đ/c", "đc"))
    )
    pieces = _together(pieces)
    bare = [words for piece in pieces if len(words := _untitled([word for word in words_of(piece) if word])) >= 1]
    best = next((words for words in bare if len(words) >= 2), bare[0] if bare else [])
    return " ".join(_highland([word.marked for word in best]))


def _together(pieces: list[str]) -> list[str]:
    """Names of the highlands are also written "Y - Bao": a dash after a single letter parts nothing."""
    joined: list[str] = []
    for piece in pieces:
        if joined and re.search(r"\b[YyAa]$", joined[-1].strip()):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined


def _highland(words: list[str]) -> list[str]:
    """Names of the highlands in one way of writing: "H'Yéo" together, "Y Bao" apart.

    A single letter stays large, because a small one is no initial.
    """
    found: list[str] = []
    for word in words:
        if found and found[-1] == "h":
            found[-1] = f"h{word}"
        elif re.match("y[^aeiouyêôơư]", word) and not is_syllable(fold(word)):
            found += ["y", word[1:]]
        else:
            found.append(word)
    return [word.upper() if len(word) == 1 else word for word in found]


def _untitled(words: list[Word]) -> list[Word]:
    """Words of a piece without the titles at its beginning; nothing where it is only a duty or a place."""
    has_marks = any(word.marked != word.folded for word in words)
    while words:
        length = next(
            (n for n in range(_LONGEST_TITLE, 0, -1) if _is_title(words[:n], has_marks, left=len(words) - n)), 0
        )
        if not length:
            break
        words = words[length:]
    text = " ".join(word.marked for word in words)
    return [] if any(place.start == 0 for place in places_in(text)) else words


def _is_title(words: list[Word], has_marks: bool, *, left: int) -> bool:
    """Whether words are a title; without marks a word that is a family name too is none ("Chu Thi Lan")."""
    known = _TITLES.get(tuple(word.folded for word in words))
    if known is None or (left == 1 and len(words) == 1):
        return False
    if has_marks:
        return all(_marks(mine) == _marks(theirs) for mine, theirs in zip(words, known, strict=True))
    return len(words) > 1 or words[0].folded not in SURNAMES


def _unit_in(name: str) -> tuple[tuple[Word, ...], frozenset[tuple[Level, str]]]:
    """The words of the name of a unit or model without its places, and these."""
    places = [place for place in places_in(name) if place.surely]
    taken = {at for place in places for at in range(place.start, place.end)}
    said = words_of(name)
    taken |= {
        place.start - 1
        for place in places
        if place.start and (before := said[place.start - 1]) and before.marked in BETWEEN
    }
    words = tuple(word for at, word in enumerate(said) if word is not None and at not in taken)
    return words, frozenset((place.level, place.folded) for place in places)


# Comparing --------------------------------------------------------------------------------------------------------


def _places_agree(mine: Whereabouts, theirs: Whereabouts) -> Why | None:
    """How two places may be the same; None if they are different."""
    if mine.villages and theirs.villages and not _meet(mine.villages, theirs.villages):
        return None
    if mine.communes and theirs.communes:
        if not mine.communes & theirs.communes:
            return None
        if mine.former and theirs.former and not mine.former & theirs.former:
            return None
        if mine.villages & theirs.villages:
            return Why.VILLAGE
        return Why.RENAMED if mine.former != theirs.former else Why.COMMUNE
    if mine.names and theirs.names:
        return Why.COMMUNE if mine.names & theirs.names else None
    return Why.UNPLACED


def _meet(mine: Collection[str], theirs: Collection[str]) -> bool:
    """Whether a name is in both, perhaps with a slip of the finger or a word more."""
    return any(one == other or _slipped(one, other) for one in mine for other in theirs)


def _slipped(one: str, other: str, *, anything: bool = False) -> bool:
    """Whether two names of places are one slip apart.

    :param anything: also where the slip leaves a word that there is
    """
    ones, others = one.split(), other.split()
    if len(ones) != len(others):
        return False
    unequal = [(a, b) for a, b in zip(ones, others, strict=True) if a != b]
    return len(unequal) == 1 and is_slip(*unequal[0]) and (anything or not all(map(is_syllable, unequal[0])))


def _people(mine: Reading, theirs: Reading, where: Why) -> set[Why] | None:
    one, other = mine.person, theirs.person
    if mine.born and theirs.born and mine.born != theirs.born:
        return None
    found = likeness(one, other)
    if found is not None and set(found.ways) <= OF_NAMES.keys():
        if where is Why.UNPLACED and (min(len(one.syllables), len(other.syllables)) < 3 or found.certainty < 90):
            return None
        why = {OF_NAMES[way] for way in found.ways}
    elif where is not Why.UNPLACED and _without_middle(one, other, any_word=where is Why.VILLAGE):
        why = {Why.SHORTENED}
    else:
        return None
    return why | ({Why.TITLED} if mine.titled or theirs.titled else set())


FILLERS = {"van", "thi"}


def _without_middle(one: Name, other: Name, *, any_word: bool) -> bool:
    """Whether one is the other without one of the names between the family name and the given name.

    :param any_word: whether a name of three words may be without another one than Văn or Thị
    """
    longer, shorter = sorted((one, other), key=lambda name: -len(name.syllables))
    if len(longer.syllables) != len(shorter.syllables) + 1 or len(shorter.syllables) < 2:
        return False
    return any(
        _equal(longer.syllables[:place] + longer.syllables[place + 1 :], shorter.syllables, one, other)
        for place in range(1, len(longer.syllables) - 1)
        if any_word or len(longer.syllables) > 3 or longer.syllables[place].folded in FILLERS
    )


def _equal(mine: Iterable[Syllable], theirs: Iterable[Syllable], one: Name, other: Name) -> bool:
    marked = one.has_marks and other.has_marks
    return all(
        (a.letters, a.tone) == (b.letters, b.tone) if marked else a.folded == b.folded
        for a, b in zip(mine, theirs, strict=True)
    )


def _units(mine: Reading, theirs: Reading, where: Why) -> set[Why] | None:
    known = mine.where.names | theirs.where.names
    ones, at_one = _without_place(mine.words, known)
    others, at_other = _without_place(theirs.words, known)
    if not _same_level(mine, theirs) or not _fits(at_one, at_other, theirs) or not _fits(at_other, at_one, mine):
        return None
    return _same_words(ones, others) or (_same_words(mine.words, theirs.words) if at_one or at_other else None)


def _same_level(mine: Reading, theirs: Reading) -> bool:
    """Places that both names say themselves must be the same; a unit of a village is none of the commune."""
    for level in (Level.VILLAGE, Level.COMMUNE):
        ones, others = ({name for each, name in reading.own if each is level} for reading in (mine, theirs))
        if ones and others and not _meet(ones, others):
            return False
        if level is Level.VILLAGE and ((ones and not theirs.where.villages) or (others and not mine.where.villages)):
            return False
    return True


def _fits(place: str, other: str, theirs: Reading) -> bool:
    """Whether a place at the end of a name, without a word for its kind, is one that the other says, if it says any."""
    said = {name for _, name in theirs.own} | ({other} if other else set())
    return not place or not said or _meet({place}, said)


def _without_place(words: tuple[Word, ...], known: Collection[str]) -> tuple[tuple[Word, ...], str]:
    """Words without the name of a known place at their end, and that name."""
    for length in range(min(4, len(words) - 1), 0, -1):
        name = " ".join(word.folded for word in words[-length:])
        if name in known or any(_slipped(name, each) for each in known):
            return words[:-length], name
    return words, ""


def _same_words(ones: tuple[Word, ...], others: tuple[Word, ...]) -> set[Why] | None:
    if len(ones) != len(others):
        return None
    why: set[Why] = set()
    pairs = list(zip(ones, others, strict=True))
    different = [(a, b) for a, b in pairs if a.folded != b.folded]
    if len(different) > 1 or (different and not _may_slip(*different[0], pairs)):
        return None
    if different:
        why.add(Why.SLIP)
    same = [pair for pair in pairs if pair not in different and pair[0].folded not in GENERAL]
    marked = all(any(word.marked != word.folded for word in words) for words in zip(*same, strict=True))
    if any(_marks(a) != _marks(b) for a, b in same):
        if marked:
            return None
        why.add(Why.UNMARKED)
    return why or {Why.SAME}


def _may_slip(one: Word, other: Word, pairs: list[tuple[Word, Word]]) -> bool:
    """Whether two different words in otherwise equal names are one word with a slip of the finger."""
    if sum(len(word.folded) for word, _ in pairs) < 8 or not is_slip(one.folded, other.folded):
        return False
    if (one.folded in GENERAL) != (other.folded in GENERAL) or not (
        is_syllable(one.folded) and is_syllable(other.folded)
    ):
        return True
    return len(pairs) > LONG and min(len(one.folded), len(other.folded)) >= LONG


LONG = 4
"""Letters of a word, and words of a name, from which on a slip is believed that leaves a word which there is."""


def _marks(word: Word) -> tuple[tuple[str, int], ...]:
    return tuple((each.letters, each.tone) for each in read(word.marked).syllables) or ((word.marked, 0),)


# Finding all ------------------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """Two exemplars that may be the same, by their keys, and why."""

    one: int
    other: int
    alike: Alike


def pairs(written: Mapping[int, Written], province: Province | None = None) -> list[Pair]:
    """Every two exemplars that may be the same, the surest first.

    Only those are compared that share a word and may be in the same place, so that thousands take no time.

    :param written: exemplars by a number
    """
    found = []
    for one, other in _candidates(written, province):
        alike = compare(written[one], written[other], province)
        if alike is not None:
            found.append(Pair(one, other, alike))
    return sorted(found, key=lambda pair: (-pair.alike.certainty, pair.one, pair.other))


def _candidates(written: Mapping[int, Written], province: Province | None) -> Iterator[tuple[int, int]]:
    shelves: dict[tuple[ExemplarKind, str, str], list[int]] = defaultdict(list)
    for number, each in sorted(written.items()):
        reading = read_exemplar(each, province)
        words = _shelf_words(reading)
        near: set[int] = set()
        communes = reading.where.communes
        for word in words:
            for commune in (*communes, "") if communes else ("", "*"):
                near.update(shelves.get((each.kind, word, commune), ()))
        yield from ((other, number) for other in near)
        for word in words:
            for commune in (*communes, "*") if communes else ("", "*"):
                shelves[each.kind, word, commune].append(number)


def _shelf_words(reading: Reading) -> set[str]:
    """Words of which two exemplars that are the same share at least one, but for a slip."""
    if reading.person.syllables:
        return {reading.person.joined, *(each.folded for each in reading.person.syllables)}
    rare = {word.folded for word in reading.words} - GENERAL
    return rare | {word.folded for word in reading.words[:1]}
