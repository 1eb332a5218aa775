"""From text to a plain document: TOML with exact decimals, bounded in size and depth.

The bounds are checked on the text before the parser sees it: deep nesting would exhaust its stack and long dotted
names take it quadratic time.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from decimal import Decimal
from typing import Any

from contest.errors import N_
from contest.regulations.problems import Problem, RegulationInvalid

LARGEST = 256 * 1024
DEEPEST = 12

_MARKS = re.compile(
    r"\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)"
    r"|\"(?:\\.|[^\"\\\n])*\"?|'[^'\n]*'?|#[^\n]*|[\[\]{}.=,\n]",
    re.DOTALL,
)

TOO_LARGE = N_("The document is larger than 256 kB.")
TOO_DEEP = N_("The document is nested more than %(deepest)s levels deep.")
NO_TOML = N_("This is not valid TOML here (%(detail)s).")
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

    :raise RegulationInvalid: if the text is too large, too deep, or not TOML; the path is the line
    """
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise RegulationInvalid([Problem("", TOO_LARGE)])
    text = text.replace("\r\n", "\n")
    _check_depth(text)
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise RegulationInvalid([_no_toml(text, error)]) from error
    normalised: dict[str, Any] = _normalised(document)
    return normalised


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


def _no_toml(text: str, error: Exception) -> Problem:
    message = str(error)
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found.group(1)) if found else text.count("\n") + 1
    detail = re.sub(r"\s*\(at [^)]*\)", "", message)[:120]
    return Problem("", NO_TOML, {"detail": detail}, line=line)


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _normalised(item) for key, item in value.items()}
    return value
