"""What folders and files of an archive are called: telling, and allowed on every computer that may unpack it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contest.storage.names import download_name
from contest.web.text import clean

LONGEST_FOLDER = 80
LONGEST_SLOT = 40
LONGEST_FILE = 75
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))


@dataclass(frozen=True)
class Kept:
    """A file of a work, as a revision names it.

    :ivar order: place of its part of the dossier, from 1
    """

    order: int
    slot: str
    name: str
    sha256: str
    size: int
    media_type: str


def folder_of(code: str, title: str) -> str:
    """Name the folder of a work by its code and title: ``BĐT-0042 Vườn quế``."""
    return part(f"{code} {title}", LONGEST_FOLDER)


def places(folder: str, files: Iterable[Kept]) -> Mapping[str, Kept]:
    """Give every file of a work its path: ``BĐT-0042 Vườn quế/02 Văn bản/bai.pdf``; no two are alike, in any case."""
    found: dict[str, Kept] = {}
    taken: set[str] = set()
    for file in files:
        stem, dot, ending = part(download_name(file.name, file.media_type), LONGEST_FILE, tail=8).rpartition(".")
        if not dot:
            stem, ending = ending, ""
        within = f"{folder}/{file.order:02} {part(file.slot, LONGEST_SLOT)}".rstrip()
        number, path = 1, f"{within}/{stem}{dot}{ending}"
        while path.casefold() in taken:
            number += 1
            path = f"{within}/{stem} ({number}){dot}{ending}"
        taken.add(path.casefold())
        found[path] = file
    return found


def part(text: str, longest: int, *, tail: int = 0) -> str:
    """Make one step of a path of a text: nothing that a file system forbids, and no dot or space at its end.

    :param tail: letters after the last dot that are kept where the text is cut
    """
    plain = " ".join(clean(unicodedata.normalize("NFC", text)).translate(FORBIDDEN).split()).strip(". ")
    if len(plain) > longest:
        stem, dot, ending = plain.rpartition(".")
        kept = dot + ending if dot and len(ending) <= tail else ""
        plain = (stem if kept else plain)[: longest - len(kept)].rstrip(". ") + kept
    return plain
