"""Why a text is not TOML, in a sentence: what the parser says, or better, what somebody has most likely meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from contest.errors import N_
from contest.regulations.problems import Problem
from contest.regulations.shape import NOT_DAY

NO_TOML = N_("What is written here cannot be read as TOML.")
NO_SUCH_DAY = N_("There is no such day or hour in the calendar.")
DOTS_IN_NUMBER = N_("A number is written without dots between its digits; they may be parted by _ as in 15_000_000.")
COMMA_IN_NUMBER = N_("Decimals are written with a point, such as 17.5.")
WORDS_AFTER_NUMBER = N_("A number stands alone, without a unit or words after it.")
TABLE_OVER_LINES = N_("A table in braces stands on one line, with its closing brace.")

# What the parser of the standard library says, by how its sentence begins.
PARSER_SAYS = {
    "Cannot ": N_("This name or table is given twice; keep one of them."),
    "Duplicate": N_("This name is given twice; keep one of them."),
    "Escaped": N_("The \\u escape names no character."),
    "Invalid hex": N_("The \\u escape names no character."),
    "Unescaped": N_("A backslash in a text must be written twice."),
    "Expected '='": N_("A name must be followed by = and a value."),
    "Expected ']": N_("The heading of a table lacks its closing bracket."),
    "Expected newline": N_("Something stands after the value; begin a new line for it."),
    "Expected": N_("A quotation mark or bracket is missing here."),
    "Found invalid": N_("This character can only stand inside quotation marks."),
    "Illegal": N_("There is a control character or a line end inside the text."),
    "Invalid date": NO_SUCH_DAY,
    "Invalid initial": N_("A name is missing here, or is written with letters other than a–z, digits, _ and -."),
    "Invalid statement": N_("This line is neither a name with a value nor the heading of a table."),
    "Invalid value": N_("The value is missing or is written as none of its kinds; texts stand in quotation marks."),
    "Unclosed": N_("A list or table is opened here and not closed."),
    "Unterminated": N_("A text is opened here and not closed with quotation marks."),
}
AFTER_VALUE = ("Expected newline", "Expected '='", "Invalid initial", "Unclosed")
"""Where the parser stops when it took the beginning of a value for the whole of it."""


def _no_day(written: re.Match[str]) -> bool:
    try:
        date.fromisoformat(written.group())
    except ValueError:
        return True
    return False


# Values as people write them elsewhere; each with what it must be besides looking like it.
MISWRITTEN: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], bool]], ...] = (
    (re.compile(r"\b[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b"), NO_SUCH_DAY, _no_day),
    (re.compile(r"=\s*[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\b"), NOT_DAY, bool),
    (re.compile(r"=\s*[0-9]{1,3}(\.[0-9]{3}){2,}\b"), DOTS_IN_NUMBER, bool),
    (re.compile(r"=\s*[0-9]+,[0-9]"), COMMA_IN_NUMBER, bool),
    (re.compile(r"=\s*[0-9][0-9_.]*\s*(%|[^\W\d_](?![^=,}]*=))"), WORDS_AFTER_NUMBER, bool),
)
_TEXTS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")


def unreadable(text: str, error: Exception) -> Problem:
    """Say at which line a text stops being TOML, and why."""
    said = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", said)
    number = int(found.group(1)) if found else text.count("\n") + 1
    line = text.split("\n")[number - 1]
    at_its_end = found is not None and int(found.group(2)) > len(line)
    message = next((words for start, words in PARSER_SAYS.items() if said.startswith(start)), NO_TOML)
    if said.startswith(AFTER_VALUE):
        message = _meant(line, at_its_end=at_its_end) or message
    return Problem("", message, line=number)


def _meant(line: str, *, at_its_end: bool) -> str | None:
    bare = _TEXTS.sub('""', line)
    for looks, message, is_one in MISWRITTEN:
        if any(is_one(found) for found in looks.finditer(bare)):
            return message
    return TABLE_OVER_LINES if at_its_end and bare.count("{") > bare.count("}") else None
