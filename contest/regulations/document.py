"""From text to a plain document: TOML with exact decimals, bounded in size and depth.

The bounds are checked on the text before the parser sees it: deep nesting would exhaust its stack and long dotted
names take it quadratic time.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from contest.errors import N_
from contest.regulations.problems import Problem, RegulationInvalid, path_of
from contest.regulations.syntax import unreadable

Location = tuple[int | str, ...]

LARGEST = 256 * 1024
DEEPEST = 12
MOST_VALUES = 12_000
"""So many values and tables a document holds at most."""
MOST_ITEMS = 1_000
"""So many items a list or a table holds at most; no list of a regulation may have as many."""
MOST_MARKS = 30
"""How many marks one letter may carry, as in the Stream-Safe Text Format of Unicode (UAX 15)."""
KEPT = 8
"""How many texts are kept as they were read: a page about a draft reads it and the one in force several times."""

_MARKS = re.compile(
    r"\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)"
    r"|\"(?:\\.|[^\"\\\n])*\"?|'[^'\n]*'?|#[^\n]*|[\[\]{}.=,\n]",
    re.DOTALL,
)

_NOT_ASCII = re.compile(r"[^\x00-\x7F]{31,}")

TOO_LARGE = N_("The document is larger than 256 kB.")
TOO_DEEP = N_("The document is nested more than %(deepest)s levels deep.")
TOO_LONG = N_("There are more than %(most)s items here; leave out what is too much.")
TOO_MANY = N_("The document holds more than %(most)s values, most of them here; shorten this.")
PILED_UP = N_("One letter carries more than %(most)s marks here; please type this again.")
NOT_UTF8 = N_("The file is not text in UTF-8.")


def decode(content: bytes) -> str:
    """Read the bytes of a file as text.

    :raise RegulationInvalid: if they are too many, or not UTF-8
    """
    if len(content) > LARGEST:
        raise RegulationInvalid([Problem("", TOO_LARGE)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise RegulationInvalid([Problem("", NOT_UTF8, line=line)]) from error


def read(text: str) -> dict[str, Any]:
    """Read TOML: decimals exact, texts in NFC.

    :return: a document of the caller's own, that may be changed
    :raise RegulationInvalid: if the text is too large, too deep, or not TOML; the path is the line
    """
    normalised: dict[str, Any] = _normalised(_as_written(text))
    return normalised


@lru_cache(maxsize=KEPT)
def _as_written(text: str) -> dict[str, Any]:
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise RegulationInvalid([Problem("", TOO_LARGE)])
    text = text.replace("\r\n", "\n")
    _check_depth(text)
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise RegulationInvalid([unreadable(text, error)]) from error
    _check_number(document)
    piled = next(_piled_up(document, ()), None)
    if piled is not None:
        raise RegulationInvalid([Problem(path_of(piled, document), PILED_UP, {"most": MOST_MARKS})])
    return document


def _check_depth(text: str) -> None:
    depth = dots = 0
    for match in _MARKS.finditer(text):
        mark = match.group()
        if mark == ".":
            dots += 1
        elif mark in "[{":
            depth, dots = depth + 1, 0
        elif mark in "]}":
            depth, dots = depth - 1, 0
        elif mark in "=,\n":
            dots = 0
        if depth > DEEPEST or dots > DEEPEST:
            line = text.count("\n", 0, match.start()) + 1
            raise RegulationInvalid([Problem("", TOO_DEEP, {"deepest": DEEPEST}, line=line)])


def _check_number(document: dict[str, Any]) -> None:
    """Refuse what nobody could read.

    Each value could be wrong in several ways, and all of them would be told.
    """
    too_long = next(_too_long(document, ()), None)
    if too_long is not None:
        raise RegulationInvalid([Problem(path_of(too_long, document), TOO_LONG, {"most": MOST_ITEMS})])
    counts = {key: _count(value) for key, value in document.items()}
    if sum(counts.values()) > MOST_VALUES:
        largest = max(counts, key=lambda key: counts[key])
        raise RegulationInvalid([Problem(path_of((largest,), document), TOO_MANY, {"most": MOST_VALUES})])


def _too_long(value: Any, location: Location) -> Iterator[Location]:
    if isinstance(value, dict | list):
        if len(value) > MOST_ITEMS:
            yield location
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _too_long(item, (*location, step))


def _count(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_count, value.values()))
    return 1 + sum(map(_count, value)) if isinstance(value, list) else 1


def _piled_up(value: Any, location: Location) -> Iterator[Location]:
    """Find texts that pile marks upon one letter: to put ten thousand of them in order takes square time."""
    if isinstance(value, str):
        if any(_piles(run.group()) for run in _NOT_ASCII.finditer(value)):
            yield location
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _piled_up(item, (*location, number))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _piled_up(key, (*location, key))
            yield from _piled_up(item, (*location, key))


def _piles(letters: str) -> bool:
    marks = 0
    for letter in letters:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > MOST_MARKS:
            return True
    return False


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _normalised(item) for key, item in value.items()}
    return value
