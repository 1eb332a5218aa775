"""Places by their name then and now: which commune of today a place lies in that somebody wrote in their own words.

Communes were joined and districts abolished on 1 July 2025, and works tell of the years before. What is known of a
province lies in ``provinces/``, one document each; of a province without one nothing is known, and its places are
shown as they were written. A name that may mean two communes means none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from contest.web.text import fold

FOLDER: Final = Path(__file__).parent / "provinces"

KINDS: Final = {
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
    "huyện đảo": "district", "huyện": "district", "thị xã": "district", "thành phố": "district",
    "tỉnh": "province",
}  # fmt: skip
SHORT: Final = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "h": "huyện", "x": "xã", "p": "phường"}
"""How kinds are written in short, with or without a dot."""
OF_NAMES: Final = frozenset({"xa", "tinh"})
"""Kinds that without marks may be part of a name (Ba Xa, Sơn Tinh): they count only where a place begins."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone of today.

    :ivar code: of the statistical office; it stays when a name changes
    :ivar tile: column and row of its square on the map, counted from 1
    """

    code: str
    name: str
    kind: str
    tile: tuple[int, int]

    @property
    def full_name(self) -> str:
        """Its name as people say it in a sentence."""
        return f"{self.kind} {self.name}"


class Former(NamedTuple):
    """What a commune was before: a unit of a district, or a district that had none.

    :ivar communes: codes of the communes of today that it went to
    """

    kind: str
    name: str
    district: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Locality:
    """Where something lies.

    :ivar former: what the place was called before, where somebody wrote that
    """

    commune: Commune
    former: Former | None = None

    @property
    def now(self) -> str:
        """Name of today."""
        return self.commune.full_name

    @property
    def then(self) -> str:
        """Name before, empty where the name of today was written."""
        if self.former is None:
            return ""
        return ", ".join(part for part in (f"{self.former.kind} {self.former.name}", self.former.district) if part)


class _Part(NamedTuple):
    """One name in what was written, with the kind of place that stood before it."""

    kind: str
    plain: str
    folded: str


@dataclass(frozen=True, eq=False)
class Province:
    """What is known of the places of one province.

    :ivar since: the day from which its communes are called as they are
    """

    name: str
    since: date
    former_names: tuple[str, ...]
    letterheads: tuple[str, ...]
    communes: Mapping[str, Commune]
    former: tuple[Former, ...]
    _found: dict[str, Locality | None] = field(default_factory=dict, repr=False)

    def place_of(self, text: str) -> Locality | None:
        """Find the commune of today that somebody's words name, with or without marks; None where they leave it open.

        A district narrows a name of before 2025; one that is of another province means that the place is not here.
        A name alone is one of today, unless what was called so before has gone elsewhere.
        """
        key = normalize("NFC", text).casefold().strip()
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = self._place_of(key)
        return self._found[key]

    def _place_of(self, text: str) -> Locality | None:
        parts = list(_parts(text))
        provinces = {fold(name) for name in (self.name, *self.former_names)}
        if any(part.kind == "tỉnh" and part.folded not in provinces for part in parts):
            return None
        districts = {former.district for former in self.former if former.district}
        named = set()
        for part in parts:
            if KINDS.get(part.kind) == "district":
                meant = {each for each in districts if _is(part, each.partition(part.kind)[2].strip(), each)}
                alone = self._alone(part)
                if not meant:
                    return alone
                named |= meant
        for part in parts:
            if KINDS.get(part.kind, "commune") == "commune" and (found := self._named(part, named)):
                return found
        return None

    def _alone(self, part: _Part) -> Locality | None:
        """A district that had no communes is a commune of today as a whole."""
        for former in self.former:
            if not former.district and _is(part, former.name, f"{part.kind} {former.name}"):
                return Locality(self.communes[former.communes[0]], former)
        return None

    def _named(self, part: _Part, districts: set[str]) -> Locality | None:
        """The commune that one name means, among those of some districts if any are named."""
        former = [
            each
            for each in self.former
            if each.district and (not districts or each.district in districts) and part.kind in ("", each.kind)
        ]
        today = [
            each
            for each in self.communes.values()
            if part.kind in ("", each.kind) and (not districts or self._was_in(each, districts))
        ]
        for attribute in ("plain", "folded"):
            spelt = getattr(part, attribute)
            before = [each for each in former if _spelt(each.name, attribute) == spelt]
            now = [each for each in today if _spelt(each.name, attribute) == spelt]
            codes = {each.code for each in now} | {code for each in before for code in each.communes}
            if len(codes) == 1:
                is_former = before and (districts or not now)
                return Locality(self.communes[codes.pop()], before[0] if is_former else None)
            if codes:
                return None
        return None

    def _was_in(self, commune: Commune, districts: set[str]) -> bool:
        return not districts.isdisjoint(self._districts_of[commune.code])

    @cached_property
    def _districts_of(self) -> Mapping[str, set[str]]:
        """The districts that a commune of today was a part of."""
        found: dict[str, set[str]] = {code: set() for code in self.communes}
        for each in self.former:
            for code in each.communes:
                found[code].add(each.district)
        return found


_REMEMBERED: Final = 5000
"""Texts whose answer is kept, so that a list of exemplars reads each place once."""


@cache
def _spelt(name: str, attribute: str) -> str:
    return fold(name) if attribute == "folded" else normalize("NFC", name).casefold()


def _is(part: _Part, name: str, full: str) -> bool:
    """Whether a part names a unit: the same words, and the same kind where both say one."""
    return bool(name) and fold(name) == part.folded and full.startswith(part.kind)


def _parts(text: str) -> Iterator[_Part]:
    """Divide what was written into names of places, each with its kind."""
    for piece in re.split(r"[,;()/\n]|\s[-–—]\s", text):
        words = re.findall(r"[\w'’]+", piece)
        starts = _starts(words)
        for start, end in pairwise([*starts, len(words)]):
            kind, length = _kind_at(words, start, begins=True) or ("", 0)
            name = words[start + length : end]
            if not name and kind:  # a name that is spelt like a kind
                kind, name = "", words[start:end]
            if name:
                yield _Part("huyện" if kind == "huyện đảo" else kind, " ".join(name), fold(" ".join(name)))


def _starts(words: list[str]) -> list[int]:
    """Where places begin among words: at the first, and at every kind of place."""
    starts, taken = [], 0
    for at in range(len(words)):
        found = _kind_at(words, at, begins=at == 0) if at >= taken else None
        if at == 0 or found:
            starts.append(at)
            taken = at + (found[1] if found else 0)
    return starts


def _kind_at(words: list[str], at: int, *, begins: bool) -> tuple[str, int] | None:
    """The kind of place that stands somewhere among words, and how many words it takes.

    :param begins: whether a place begins here anyway
    """
    for kind in sorted(KINDS, key=len, reverse=True):
        length = len(kind.split())
        here = " ".join(words[at : at + length])
        if here == kind or (here == fold(kind) and (begins or here not in OF_NAMES)):
            return kind, length
    if begins and words[at] in SHORT:
        return SHORT[words[at]], 1
    return ("thành phố", 1) if words[at] == "tp" else None


@cache
def provinces() -> tuple[Province, ...]:
    """Every province of which something is known."""
    return tuple(_read(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml")))


def province_of(place: str) -> Province | None:
    """The province whose organizers sign at a place, as the letterhead of a regulation has it; None if not known."""
    return next((each for each in provinces() if fold(place) in {fold(name) for name in each.letterheads}), None)


def _read(document: Mapping[str, Any]) -> Province:
    listed = document["commune"]
    went: dict[tuple[str, str, str], list[str]] = {}
    for each in listed:
        for district, names in (*each.get("formed_of", {}).items(), *each.get("until_2024", {}).items()):
            for name in names:
                went.setdefault((*_unit(name), district), []).append(each["code"])
        if "formed_of_district" in each:
            went[(*_unit(each["formed_of_district"]), "")] = [each["code"]]
    for district, names in document["divided"].items():
        for name, codes in names.items():
            went[(*_unit(name), district)] = codes
    return Province(
        document["name"],
        document["since"],
        tuple(document["formed_of"]),
        tuple(document["letterheads"]),
        {each["code"]: Commune(each["code"], each["name"], each["kind"], tuple(each["tile"])) for each in listed},
        tuple(Former(*unit, tuple(codes)) for unit, codes in went.items()),
    )


def _unit(words: str) -> tuple[str, str]:
    """Part the kind of a unit from its name."""
    kind = next(kind for kind in sorted(KINDS, key=len, reverse=True) if words.startswith(f"{kind} "))
    return kind, words.removeprefix(f"{kind} ")
