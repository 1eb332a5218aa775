"""Where an exemplar is, read from everything that was written of it: village, commune, district.

What kind of place a name is of is taken from the word before it, with or without marks; a name without such a word is
whatever the province knows by it. Words that without marks mean something else ("ban", "lang") are then no such words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from contest.exemplars.localities import Province
from contest.exemplars.slips import is_slip, is_syllable
from contest.web.text import fold


class Level(StrEnum):
    """How large a place is."""

    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"


KINDS = {
    "thôn": Level.VILLAGE, "tổ dân phố": Level.VILLAGE, "tdp": Level.VILLAGE, "khu dân cư": Level.VILLAGE,
    "kdc": Level.VILLAGE, "khu phố": Level.VILLAGE, "xóm": Level.VILLAGE, "ấp": Level.VILLAGE, "bản": Level.VILLAGE,
    "làng": Level.VILLAGE, "buôn": Level.VILLAGE,
    "xã": Level.COMMUNE, "phường": Level.COMMUNE, "thị trấn": Level.COMMUNE, "đặc khu": Level.COMMUNE,
    "huyện": Level.DISTRICT, "thị xã": Level.DISTRICT, "thành phố": Level.DISTRICT, "tp": Level.DISTRICT,
    "tx": Level.DISTRICT, "tỉnh": Level.PROVINCE,
}  # fmt: skip
"""Words that stand before the name of a place."""

UNSURE = {"ấp", "bản", "làng", "tỉnh", "buôn", "khu phố"}
"""Words that without their marks mean too much else."""

LONGEST = max(len(kind.split()) for kind in KINDS)
PARTING = ",;:()/\n"
BETWEEN = {"ở", "o", "tại", "tai", "nay", "là", "la", "thuộc", "thuoc", "của", "cua"}
"""Words between a name and its place."""

TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[,;:()/\n]| [-–—] ")
LONGEST_NAME = 4


@dataclass(frozen=True)
class Word:
    """One word as it was written: small, with marks and without."""

    marked: str
    folded: str


@dataclass(frozen=True)
class Named:
    """A place that a text names, with where its words stand among those of the text.

    :ivar surely: whether the word before it can stand before nothing else; "làng" begins many a name
    """

    level: Level
    surely: bool
    name: tuple[Word, ...]
    start: int
    end: int

    @property
    def folded(self) -> str:
        """Its name without marks."""
        return " ".join(word.folded for word in self.name)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A text without marks, and with i for a y at the end of a word that both schools of spelling read the same."""
    return re.sub(r"(?<=[b-df-hj-np-tv-z])y\b", "i", fold(text))


@lru_cache(maxsize=32768)
def words_of(text: str) -> tuple[Word | None, ...]:
    """The words of a text; None where a comma or a bracket parts them."""
    small = unicodedata.normalize("NFC", text).lower().replace("\u00a0", " ")
    return tuple(
        None if token.strip() in PARTING or token.startswith(" ") else Word(token, plain(re.sub("['’`]", "", token)))
        for token in TOKEN.findall(small)
    )


@lru_cache(maxsize=32768)
def places_in(text: str) -> tuple[Named, ...]:
    """The places that a text names by the word for their kind; other names are not told from anything else here."""
    return tuple(_named(words_of(text)))


def _named(words: tuple[Word | None, ...]) -> Iterator[Named]:
    at = 0
    while at < len(words):
        kind = _kind_at(words, at)
        if kind is None:
            at += 1
            continue
        level, length, surely = kind
        start, at = at, at + length
        name: list[Word] = []
        while at < len(words) and len(name) < LONGEST_NAME:
            word = words[at]
            if word is None or _ends(words, at, name):
                break
            name.append(word)
            at += 1
        if name:
            yield Named(level, surely, tuple(name), start, at)


def _ends(words: tuple[Word | None, ...], at: int, name: list[Word]) -> bool:
    """Whether the name of a place is over before a word. Without marks "o" may be Ổ as well as ở."""
    word = words[at]
    if word is not None and word.marked in BETWEEN:
        return not name or word.marked != word.folded or (at + 1 < len(words) and _kind_at(words, at + 1) is not None)
    return bool(name) and (_kind_at(words, at) is not None or name[-1].folded.isdigit())


def _kind_at(words: tuple[Word | None, ...], at: int) -> tuple[Level, int, bool] | None:
    """The kind of place for which words stand here, how many they are, and whether they can be nothing else."""
    for length in range(LONGEST, 0, -1):
        part = [word for word in words[at : at + length] if word is not None]
        if len(part) < length or _is_no_place(part, words[at - 1] if at else None):
            continue
        marked, folded = " ".join(word.marked for word in part), " ".join(_mended(word.folded) for word in part)
        for kind, level in _KINDS_BY_FOLDED.get(folded, ()):
            if marked == kind or (kind not in UNSURE and (marked == folded or folded in SLIPPING)):
                return level, length, kind not in UNSURE
    return None


SLIPPING = ("thon", "huyen", "phuong", "thi tran")
"""Words for kinds of places in which a slip of the finger is told from another word."""


def _mended(folded: str) -> str:
    if is_syllable(folded) or len(folded) < 3:
        return folded
    return next((word for word in (*SLIPPING[:3], "tran") if is_slip(folded, word)), folded)


NO_PLACE = {
    "xa": {"tac", "thong", "dam"},  # hợp tác xã
    "thon": {"nong", "truong"},  # nông thôn, trưởng thôn
    "lang": {"gia", "truong"},  # già làng
    "ban": {"truong"},
}
"""Words that with the one before them are something else than the kind of a place."""


def _is_no_place(part: list[Word], before: Word | None) -> bool:
    return (
        before is not None and before.marked != "trường" and before.folded in NO_PLACE.get(_mended(part[0].folded), ())
    )


_KINDS_BY_FOLDED: dict[str, list[tuple[str, Level]]] = defaultdict(list)
for _kind, _level in KINDS.items():
    _KINDS_BY_FOLDED[plain(_kind)].append((_kind, _level))


@dataclass(frozen=True)
class Whereabouts:
    """Where an exemplar is, as far as it is known.

    :ivar villages: names without marks
    :ivar communes: codes of the communes of today that may be meant; several for a district, none if nothing is known
    :ivar former: names of communes before 2025 that were written, without marks
    :ivar names: every name of a place that was written, without marks
    """

    villages: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@lru_cache(maxsize=32768)
def whereabouts(name: str, locality: str, unit: str, province: Province | None) -> Whereabouts:
    """Read where an exemplar is from its locality, its unit and its very name.

    :param province: what is known of its places; None if nothing is
    """
    named = [place for text in (locality, unit) for place in places_in(text)]
    named += [place for place in places_in(name) if place.surely]
    bare = [part for part in _parts(locality) if _kind_at(part, 0) is None]
    names = {place.folded for place in named} | {" ".join(w.folded for w in part) for part in bare}
    communes, former = _communes(locality, unit, name, province)
    villages = [place for place in named if place.level is Level.VILLAGE]
    surely = [place for place in villages if place.surely]
    return Whereabouts(
        frozenset(place.folded for place in surely or villages),
        communes,
        former,
        frozenset(names - PROVINCES),
    )


PROVINCES = {"quang ngai", "kon tum", "viet nam"}
"""Names that say nothing, because all of it is there."""


def _parts(text: str) -> list[tuple[Word, ...]]:
    parts: list[list[Word]] = [[]]
    for word in words_of(text):
        if word is None:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _communes(locality: str, unit: str, name: str, province: Province | None) -> tuple[frozenset[str], frozenset[str]]:
    """The communes of today that may be meant, and the names of those before."""
    if province is None:
        return frozenset(), frozenset()
    districts = _districts(locality, province)
    for text in (locality, unit, name):
        found = province.place_of(text)
        if found is None:
            continue
        former = frozenset({plain(found.former.name)} if found.former and found.former.district else ())
        if not former and plain(found.commune.name) in districts:  # "Ba Tơ" may be the commune or the district that was
            of_district = districts[plain(found.commune.name)]
            return _several(locality, province) & of_district or of_district | {found.commune.code}, frozenset()
        return frozenset({found.commune.code}), former
    several = _several(locality, province)
    return several or frozenset(code for codes in districts.values() for code in codes), frozenset()


def _several(locality: str, province: Province) -> frozenset[str]:
    """All communes of today that a name may mean where it alone does not say which."""
    told = {" ".join(word.folded for word in part) for part in _parts(locality)}
    told |= {place.folded for place in places_in(locality) if place.level is Level.COMMUNE}
    return frozenset(code for former in province.former if plain(former.name) in told for code in former.communes)


def _districts(locality: str, province: Province) -> dict[str, frozenset[str]]:
    """The districts that a text names, each with the communes of today that came of it."""
    all_of = _of_districts(province.name, province)
    told = {" ".join(word.folded for word in part) for part in _parts(locality)}
    told |= {place.folded for place in places_in(locality) if place.level is Level.DISTRICT}
    return {name: all_of[name] for name in told & all_of.keys()}


_known: dict[str, dict[str, frozenset[str]]] = {}


def _of_districts(name: str, province: Province) -> dict[str, frozenset[str]]:
    if name not in _known:
        found: dict[str, set[str]] = defaultdict(set)
        for former in province.former:
            kind = former.district or f"{former.kind} {former.name}"
            found[plain(re.sub("^(huyện|thị xã|thành phố) ", "", kind))].update(former.communes)
        _known[name] = {district: frozenset(codes) for district, codes in found.items()}
    return _known[name]
