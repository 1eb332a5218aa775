"""Finding in a text whoever is named there: by name, pen name, newsroom or address, however the letters are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contest.web.text import fold

SHORTEST = 3  # letters; shorter names of one word are only found as they are written
_WORDS = re.compile(r"[^\W_]+")


class What(StrEnum):
    """What gives somebody away."""

    name = "name"
    pen_name = "pen_name"
    outlet = "outlet"
    contact = "contact"


class Place(StrEnum):
    """Where it stands. Jurors of a blind round see neither the names of files nor what these carry unseen."""

    text = "text"
    headline = "title"
    summary = "summary"
    instalment = "instalment"
    link = "link"
    file_name = "file_name"
    metadata = "metadata"


SEEN = frozenset({Place.text, Place.headline, Place.summary, Place.instalment})


@dataclass(frozen=True)
class Known:
    """A word by which somebody is known."""

    what: What
    word: str


@dataclass(frozen=True)
class Telling:
    """That somebody is named at a place, and by what; never who."""

    place: Place
    what: What
    page: int = 0

    @property
    def seen(self) -> bool:
        """Whether a juror of a blind round would see it."""
        return self.place in SEEN

    def kept(self) -> list[str | int]:
        """As a row keeps it."""
        return [self.place, self.what, self.page]


def read_back(rows: Iterable[Sequence[Any]]) -> list[Telling]:
    """What a row keeps, as it was found."""
    return [Telling(Place(place), What(what), int(page)) for place, what, page in rows]


def telling(text: str, known: Iterable[Known], place: Place, page: int = 0) -> list[Telling]:
    """Say by what a text gives somebody away; each kind once.

    Names are compared without marks, case and what stands between the words, and only as whole words: an author
    called “Mai Trà” is found in ``mai-tra.htm`` and not in “mai trang”.
    """
    folded = f" {' '.join(_WORDS.findall(fold(text)))} "
    written = set(_WORDS.findall(text))
    joined = folded.replace(" ", "")
    found = {one.what for one in known if _is_in(one, folded, written, joined, place)}
    return [Telling(place, what, page) for what in What if what in found]


def _is_in(one: Known, folded: str, written: set[str], joined: str, place: Place) -> bool:
    words = _WORDS.findall(fold(one.word))
    if not words:
        return False
    if len(words) == 1 and len(words[0]) <= SHORTEST:
        return one.word.strip() in written
    if f" {' '.join(words)} " in folded:
        return True
    # Addresses and names of files run words together.
    return place in (Place.link, Place.file_name) and len(words) > 1 and "".join(words) in joined
