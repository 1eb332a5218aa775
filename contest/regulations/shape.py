"""The kinds of value a regulation is made of, each with one clear refusal.

TOML already tells numbers from words; nothing is converted silently here. Points are read as exact decimals into
hundredths, shares are written as strings ("2/3") into fractions, so nothing that decides a prize is ever a float.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from contest.clock import ZONE
from contest.errors import N_

MOST_POINTS = 100_000
MOST_DONG = 1_000_000_000_000
MOST_WEIGHT = 1000
HUNDREDTH = Decimal("0.01")

NOT_POINTS = N_("Expected a number of points from 0 up with at most two decimals, such as 17.5.")
NOT_SHARE = N_('Expected a share in quotation marks, such as "2/3": above 0, and 1 at most.')
NOT_WEIGHT = N_('Expected a whole number, or a fraction in quotation marks such as "3/2": above 0, and 1000 at most.')
NOT_MONEY = N_(
    'Expected a whole number of đồng, or a table such as {multiple = 10} or {in_kind = "…", worth = 130_000_000}.'
)
NOT_DISCREPANCY = N_('Expected a number of points, or a table such as {limit = 20, consequence = "hold"}.')
NOT_DAY = N_("Expected a date without quotation marks, written year-month-day, such as 2025-08-15.")
NOT_MOMENT = N_("Expected a date, such as 2025-08-15, or a date and an hour, such as 2025-08-15T17:00:00.")
YEAR_OUT_OF_RANGE = N_("The year must lie between 2000 and 2100.")
CONTROL_CHARACTERS = N_("This text contains a control character; please type it again.")
NOTHING_TO_SEE = N_("This text has no letter that could be seen; please type it again.")
SEVERAL_LINES = N_("This must fit on one line.")

CODE = r"^[A-Za-z][A-Za-z0-9_]{0,39}$"
PRIZE_CODE = r"^[A-Z][A-Z0-9_]{0,9}$"
PREFIX = r"^[A-Z]{1,6}$"
TIE_BREAK = r"^(criterion:[A-Za-z][A-Za-z0-9_]{0,39}|highest_sheet|earlier_receipt|chair_sheet|vote|lot|act)$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

_UNPRINTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters, and those that turn the direction of writing or only seem to be nothing."""
_SEEN = re.compile(r"[0-9A-Za-z]")


def refuse(message: str, **parameters: Any) -> PydanticCustomError:
    """Make the error that carries one of our sentences through pydantic."""
    return PydanticCustomError("regulation", message, {"parameters": parameters})


def read_points(value: object) -> int:
    """Turn a number of points into hundredths.

    :raise PydanticCustomError: for anything but a number from 0 up with at most two decimals
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise refuse(NOT_POINTS)
    number = Decimal(value)
    if not number.is_finite() or not 0 <= number <= MOST_POINTS:
        raise refuse(NOT_POINTS)
    rounded = number.quantize(HUNDREDTH)
    if rounded != number:
        raise refuse(NOT_POINTS)
    return int(rounded.scaleb(2))


def read_share(value: object) -> Fraction:
    """Turn "2/3" into an exact fraction.

    :raise PydanticCustomError: for anything but a fraction of whole numbers, above 0 and at most 1
    """
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}(/[0-9]{1,6})?", value):
        raise refuse(NOT_SHARE)
    above, _, below = value.partition("/")
    if int(below or 1) == 0 or not 0 < Fraction(int(above), int(below or 1)) <= 1:
        raise refuse(NOT_SHARE)
    return Fraction(int(above), int(below or 1))


def read_weight(value: object) -> Fraction:
    """Turn a whole number or "3/2" into an exact factor.

    :raise PydanticCustomError: for anything but a number above 0 and at most 1000
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,6}(/[0-9]{1,6})?", value):
        raise refuse(NOT_WEIGHT)
    above, _, below = value.partition("/")
    if int(below or 1) == 0 or not 0 < Fraction(int(above), int(below or 1)) <= MOST_WEIGHT:
        raise refuse(NOT_WEIGHT)
    return Fraction(int(above), int(below or 1))


def read_day(value: object) -> date:
    """Take a TOML date as it is."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise refuse(NOT_DAY)
    if not 2000 <= value.year <= 2100:
        raise refuse(YEAR_OUT_OF_RANGE)
    return value


def midnight(day: date) -> datetime:
    """Give the first moment of a day in the contest's zone."""
    return datetime.combine(day, time(), ZONE)


def read_opening(value: object) -> datetime:
    """Read a moment; a date alone means its first instant."""
    return _read_moment(value, whole_day=timedelta())


def read_closing(value: object) -> datetime:
    """Read a moment; a date alone means to the end of that day, which is the next midnight, exclusive."""
    return _read_moment(value, whole_day=timedelta(days=1))


def _read_moment(value: object, *, whole_day: timedelta) -> datetime:
    if not isinstance(value, date):
        raise refuse(NOT_MOMENT)
    if not 2000 <= value.year <= 2100:
        raise refuse(YEAR_OUT_OF_RANGE)
    if not isinstance(value, datetime):
        return midnight(value + whole_day)
    return value.astimezone(ZONE) if value.tzinfo else value.replace(tzinfo=ZONE)


def read_line(value: str) -> str:
    """Take a text of one line."""
    if "\n" in value:
        raise refuse(SEVERAL_LINES)
    return read_prose(value)


def read_prose(value: str) -> str:
    """Take a text that holds nothing but letters and line ends, and something to be seen."""
    if _UNPRINTED.search(value):
        raise refuse(CONTROL_CHARACTERS)
    if not _SEEN.search(value) and not any(unicodedata.category(letter)[0] in "LNPS" for letter in value):
        raise refuse(NOTHING_TO_SEE)
    return value


def _text(longest: int, read: Any) -> Any:
    return Annotated[
        str, Strict(), StringConstraints(strip_whitespace=True, min_length=1, max_length=longest), AfterValidator(read)
    ]


Code = Annotated[str, Strict(), StringConstraints(pattern=CODE)]
Prefix = Annotated[str, Strict(), StringConstraints(pattern=PREFIX)]
Slug = Annotated[str, Strict(), StringConstraints(pattern=SLUG, max_length=60)]
Line = _text(300, read_line)
Name = _text(120, read_line)
Prose = _text(4000, read_prose)
Pattern = _text(60, read_line)
Flag = Annotated[bool, Strict()]
Count = Annotated[int, Strict(), Field(ge=1, le=10_000)]
Money = Annotated[int, Strict(), Field(ge=0, le=MOST_DONG)]
Codes = Annotated[tuple[Code, ...], Field(max_length=60)]
Points = Annotated[
    int, PlainValidator(read_points), WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST_POINTS})
]
Share = Annotated[
    Fraction, PlainValidator(read_share), WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6}(/[0-9]{1,6})?$"})
]
Weight = Annotated[
    Fraction,
    PlainValidator(read_weight),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": MOST_WEIGHT},
                {"type": "string", "pattern": "^[0-9]{1,6}(/[0-9]{1,6})?$"},
            ]
        }
    ),
]
Day = Annotated[date, PlainValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
MOMENT_IN_JSON = {"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}
Opening = Annotated[datetime, PlainValidator(read_opening), WithJsonSchema(MOMENT_IN_JSON)]
Closing = Annotated[datetime, PlainValidator(read_closing), WithJsonSchema(MOMENT_IN_JSON)]


class Part(BaseModel):
    """A table of the document: nothing unknown is let in and nothing is changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, hide_input_in_errors=True)


class Coded(Protocol):
    """Anything the rest of the regulation refers to by its code."""

    @property
    def code(self) -> str: ...


CodedPart = TypeVar("CodedPart", bound=Coded)


def by_code(items: tuple[CodedPart, ...], code: str) -> CodedPart:
    """Find the one with this code.

    :raise KeyError: if there is none
    """
    for item in items:
        if item.code == code:
            return item
    raise KeyError(code)
