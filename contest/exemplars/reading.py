"""Exemplars read: the name of a person without titles and duties, of a unit or model without its places."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from contest.accounts.names import SURNAMES, Name, read
from contest.exemplars.kinds import ExemplarKind
from contest.exemplars.localities import Province
from contest.exemplars.slips import is_syllable, slipped
from contest.exemplars.whereabouts import BETWEEN, Level, Whereabouts, Word, places_in, whereabouts, words_of
from contest.exemplars.wording import in_full
from contest.web.text import fold


class Written(NamedTuple):
    """An exemplar as it was written."""

    name: str
    kind: ExemplarKind
    locality: str = ""
    unit: str = ""


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
    return name if name in around else next((each for each in around if slipped(each, name, anything=True)), name)


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
        return all(marks_of(mine) == marks_of(theirs) for mine, theirs in zip(words, known, strict=True))
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


def marks_of(word: Word) -> tuple[tuple[str, int], ...]:
    """Give the letters and the tone of each syllable of a word, which tell whether two have the same marks."""
    return tuple((each.letters, each.tone) for each in read(word.marked).syllables) or ((word.marked, 0),)
