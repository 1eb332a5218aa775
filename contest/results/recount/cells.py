"""What may stand in a cell of a table of the bundle: each kind is written in one way and read in no other."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contest.audit.chain import canonical
from contest.errors import N_

LONGEST = 255


class NotWritten(ValueError):
    """A cell that its kind does not allow; carries the sentence."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is written into a cell and read from it.

    :ivar read: raises `NotWritten` with a message id
    """

    write: Callable[[Any], str]
    read: Callable[[str], Any]


_CODE = re.compile(r"[!-~]{1,80}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}\+00:00", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}")

BAD_CODE = N_("A code is expected here: 1 to 80 letters, digits and signs without a space.")
BAD_TEXT = N_("A text of one line is expected here, in NFC, at most 255 letters long.")
BAD_NUMBER = N_("A whole number is expected here, from 0 to 999999999, without leading noughts.")
BAD_FLAG = N_("1 for yes or 0 for no is expected here.")
BAD_MOMENT = N_("A moment in UTC is expected here, like 2025-09-30T10:00:00.000000+00:00.")
BAD_HASH = N_("A SHA-256 is expected here: 64 hexadecimal digits, small letters.")
BAD_CODES = N_("Codes are expected here, each once, in order, with one space between them.")
BAD_NUMBERS = N_("Numbers are expected here, each once, in order, with one space between them.")
BAD_JSON = N_("A JSON object in its canonical form is expected here.")


def _matching(pattern: re.Pattern[str], message: str, *, empty: bool = False) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if not (empty and not cell) and not pattern.fullmatch(cell):
            raise NotWritten(message)
        return cell

    return read


def _moment(cell: str) -> str:
    if not _MOMENT.fullmatch(cell):
        raise NotWritten(BAD_MOMENT)
    try:
        datetime.fromisoformat(cell)
    except ValueError as error:
        raise NotWritten(BAD_MOMENT) from error
    return cell


def _number(cell: str) -> int:
    if not _NUMBER.fullmatch(cell):
        raise NotWritten(BAD_NUMBER)
    return int(cell)


def _flag(cell: str) -> bool:
    if cell not in ("0", "1"):
        raise NotWritten(BAD_FLAG)
    return cell == "1"


def _text(cell: str) -> str:
    if len(cell) > LONGEST or not cell.isprintable() or not unicodedata.is_normalized("NFC", cell):
        raise NotWritten(BAD_TEXT)
    return cell


def _codes(cell: str) -> tuple[str, ...]:
    codes = tuple(cell.split(" ")) if cell else ()
    if not all(_CODE.fullmatch(code) for code in codes) or list(codes) != sorted(set(codes)):
        raise NotWritten(BAD_CODES)
    return codes


def _numbers(cell: str) -> tuple[int, ...]:
    parts = cell.split(" ") if cell else []
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise NotWritten(BAD_NUMBERS)
    numbers = tuple(int(part) for part in parts)
    if list(numbers) != sorted(set(numbers)):
        raise NotWritten(BAD_NUMBERS)
    return numbers


def _json(cell: str) -> dict[str, Any]:
    try:
        value = parsed(cell)
        if isinstance(value, dict) and canonical(value) == cell.encode():
            return value
    except (ValueError, RecursionError) as error:
        raise NotWritten(BAD_JSON) from error
    raise NotWritten(BAD_JSON)


def parsed(text: str) -> Any:
    """Read JSON that may be hostile: no name twice, no floating point.

    :raise ValueError: if it is anything else
    """

    def no_float(text: str) -> Any:
        raise ValueError(text)

    def whole(text: str) -> int:
        if len(text) > 30:
            raise ValueError(text)
        return int(text)

    def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) != len(pairs):
            raise ValueError
        return table

    try:
        value = json.loads(
            text, parse_float=no_float, parse_int=whole, parse_constant=no_float, object_pairs_hook=each_once
        )
        text.encode()
    except RecursionError as error:
        raise ValueError from error
    return value


CODE = Kind(str, _matching(_CODE, BAD_CODE))
CODE_OR_NOTHING = Kind(str, _matching(_CODE, BAD_CODE, empty=True))
TEXT = Kind(str, _text)
NUMBER = Kind(str, _number)
FLAG = Kind(lambda value: "1" if value else "0", _flag)
MOMENT = Kind(str, _moment)
MOMENT_OR_NOTHING = Kind(str, lambda cell: _moment(cell) if cell else cell)
HASH = Kind(str, _matching(_HASH, BAD_HASH))
HASH_OR_NOTHING = Kind(str, _matching(_HASH, BAD_HASH, empty=True))
CODES = Kind(lambda codes: " ".join(sorted(codes)), _codes)
NUMBERS = Kind(lambda numbers: " ".join(str(number) for number in sorted(numbers)), _numbers)
JSON = Kind(lambda value: canonical(value).decode(), _json)
