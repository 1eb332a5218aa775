"""What every document of a contest shares: its head, its hand, and what it is vouched by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contest.official.kinds import Field
from contest.printing.official import Closing, Head, Signature, SmallPrint
from contest.printing.official.spoken import Usage


@dataclass(frozen=True)
class Setting:
    """The contest, the letterhead and the fields of a draft.

    :ivar letterhead: of the regulation, or as a decision froze it
    :ivar fields: as they were typed, each with its default
    :ivar vouched: the head of the audit log when the document is drawn, as it is printed
    """

    contest_name: str
    letterhead: Any
    issuer: str
    fields: Mapping[Field, str]
    vouched: str = ""
    usage: Usage = field(default_factory=Usage)

    @property
    def day(self) -> date | None:
        """The day of the document; None while it is left open."""
        written = self.fields.get(Field.DATED_ON, "")
        return date.fromisoformat(written) if written else None

    @property
    def place_and_day(self) -> str:
        """The place and the day as they stand in the head."""
        return f"{self.fields.get(Field.PLACE, '')}, {long_date(self.day)}"

    @property
    def number(self) -> str:
        """The number as it stands in the head, with the word before it that the letterhead uses."""
        return f"{self.letterhead.before_number} {self.fields.get(Field.NUMBER, '')}"

    def head(self, *, numbered: bool = True) -> Head:
        """The head of the document."""
        return Head.of(self.letterhead, number=self.number if numbered else " ", dated=self.place_and_day)

    def lines(self, of: Field) -> tuple[str, ...]:
        """A field of several lines, without empty ones."""
        return tuple(line.strip() for line in self.fields.get(of, "").splitlines() if line.strip())

    def closing(self) -> Closing:
        """The foot of a document that one person signs."""
        power = (*self.lines(Field.POWER), self.fields.get(Field.SIGNER_TITLE, ""))
        signature = Signature(tuple(line for line in power if line), self.fields.get(Field.SIGNER_NAME, ""))
        return Closing((signature,), self.lines(Field.RECIPIENTS))

    def small_print(self) -> tuple[SmallPrint, ...]:
        """By what the paper can be checked."""
        return (SmallPrint(self.vouched),) if self.vouched else ()


def long_date(day: date | None) -> str:
    """Write a day as documents do: a nought before days below ten and before the first two months."""
    if day is None:
        return "ngày …… tháng …… năm ………"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def two_digits(number: int) -> str:
    """Write a count so that nobody puts a digit before it: 05."""
    return f"{number:02}"


NUMERALS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)


def numeral(number: int) -> str:
    """Number a part of a document."""
    return NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)


def giving(name: str) -> str:
    """Say what is given: "tặng giải Cuộc thi …", and only once "giải" where the contest is called so itself."""
    return f"tặng {name}" if name.casefold().startswith("giải ") else f"tặng giải {name}"


def within(name: str) -> str:
    """Write a name that begins with a capital as it stands within a sentence."""
    return name[:1].lower() + name[1:]
