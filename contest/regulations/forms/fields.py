"""Single fields as people fill them in: days, moments, points, shares, money, lists one a line."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from contest.clock import ZONE
from contest.regulations.shape import MOST_DONG, MOST_POINTS, MOST_WEIGHT

DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
HOUR = re.compile(r"(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?(?:\s*phút)?", re.IGNORECASE)
FRACTION = re.compile(r"([0-9]{1,6})(?:\s*/\s*([0-9]{1,6}))?")
PERCENT = re.compile(r"([0-9]{1,3})\s*%")
DECIMAL = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")
GROUPED = re.compile(r"[0-9]{1,3}(?:[.\s][0-9]{3})+|[0-9]{1,15}")

MISSING = _l("Please fill this in.")
REQUIRED = InputRequired(MISSING)  # for what is read into a value: its own refusal is kept
FILLED = DataRequired(MISSING)  # for text: spaces are nothing
TOO_LONG = _l("This is too long: %(max)d characters at most.")
LINE = Length(max=300, message=TOO_LONG)
SHORT = Length(max=120, message=TOO_LONG)
PROSE = Length(max=4000, message=TOO_LONG)


def read_day(text: str) -> date | None:
    """Read a day written 15/08/2025 or 2025-08-15; None where there is none.

    :raise ValueError: if there is no such day
    """
    if found := ISO_DAY.search(text):
        year, month, day = found.groups()
    elif found := DAY.search(text):
        day, month, year = found.groups()
    else:
        return None
    return date(int(year), int(month), int(day))


class TypedField(StringField):
    """A value that is written as people write it; what could not be read stays as it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist and isinstance(valuelist[0], str) else ""
        self.data = None
        if text:
            self.data = self.read(text)

    def read(self, text: str) -> Any:
        """Turn text into a value.

        :raise ValueError: with the sentence that says what is expected
        """
        raise NotImplementedError

    def shown(self, value: Any) -> str:
        """Turn a value into text."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.shown(self.data) if self.data is not None else ""


class DayField(TypedField):
    """A day, written as people write it."""

    def read(self, text: str) -> Any:
        """Read a day."""
        try:
            day = read_day(text)
        except ValueError:
            raise ValueError(
                _l("%(text)s is not a day of the calendar. Write day/month/year.", text=text[:40])
            ) from None
        if day is None or len(text) > 40:
            raise ValueError(_l("Write the day as day/month/year, for example 05/06/2025."))
        return day

    def shown(self, value: Any) -> str:
        """Write a day."""
        return f"{value:%d/%m/%Y}"


class MomentField(DayField):
    """A day, perhaps with an hour: the data is a date, or a local datetime without a zone as TOML writes it."""

    def read(self, text: str) -> Any:
        """Read a moment; 24:00 of a day is the day itself, to its end."""
        day = super().read(text)
        rest = ISO_DAY.sub("", DAY.sub("", text)).strip(" ,;")
        found = HOUR.search(rest)
        if rest and not found:
            raise ValueError(_l("Write the hour as 17:00 before or after the day, or the day alone."))
        if not found or (int(found.group(1)), int(found.group(2) or 0)) == (24, 0):
            return day
        try:
            return datetime.combine(day, time(int(found.group(1)), int(found.group(2) or 0)))
        except ValueError:
            raise ValueError(_l("There is no such hour: write it from 00:00 to 23:59.")) from None

    def shown(self, value: Any) -> str:
        """Write a moment."""
        if not isinstance(value, datetime):
            return super().shown(value)
        local = value.astimezone(ZONE) if value.tzinfo else value
        return f"{local:%H:%M, %d/%m/%Y}"


class PointsField(TypedField):
    """A number of points: 17,5 or 17.5."""

    def read(self, text: str) -> Decimal:
        """Read points."""
        found = DECIMAL.fullmatch(text)
        if found is None or Decimal(text.replace(",", ".")) > MOST_POINTS:
            raise ValueError(_l("Write a number of points with two decimals at most, for example 17,5."))
        return Decimal(text.replace(",", "."))

    def shown(self, value: Any) -> str:
        """Write points."""
        number = Decimal(value)
        return (f"{number.normalize():f}" if number else "0").replace(".", ",")


class ShareField(TypedField):
    """A share of a whole: 2/3 or 50%."""

    def read(self, text: str) -> str:
        """Read a share, as the document writes it."""
        if found := PERCENT.fullmatch(text):
            part = Fraction(int(found.group(1)), 100)
        elif (found := FRACTION.fullmatch(text)) and int(found.group(2) or 1):
            part = Fraction(int(found.group(1)), int(found.group(2) or 1))
        else:
            part = Fraction(0)
        if not 0 < part <= 1:
            raise ValueError(_l("Write a share such as 2/3 or 50%%: above 0, and 1 at most."))
        return "".join(text.split()) if "%" not in text else f"{part.numerator}/{part.denominator}"


class WeightField(TypedField):
    """A factor: 2, 1,5 or 3/2; the data is what the document writes."""

    def read(self, text: str) -> int | str:
        """Read a factor."""
        found = FRACTION.fullmatch(text)
        if found and int(found.group(2) or 1):
            factor = Fraction(int(found.group(1)), int(found.group(2) or 1))
        elif DECIMAL.fullmatch(text):
            factor = Fraction(text.replace(",", "."))
        else:
            factor = Fraction(0)
        if not 0 < factor <= MOST_WEIGHT:
            raise ValueError(_l("Write a factor such as 2, 1,5 or 3/2: above 0, and 1000 at most."))
        return factor.numerator if factor.denominator == 1 else f"{factor.numerator}/{factor.denominator}"


class MoneyField(TypedField):
    """An amount of đồng: 15.000.000."""

    def read(self, text: str) -> int:
        """Read an amount."""
        bare = text.rstrip(" đ₫").strip()
        if not GROUPED.fullmatch(bare) or int(re.sub(r"\D", "", bare)) > MOST_DONG:
            raise ValueError(_l("Write a whole number of đồng, for example 15.000.000."))
        return int(re.sub(r"\D", "", bare))

    def shown(self, value: Any) -> str:
        """Write an amount with its thousands apart."""
        return f"{value:,}".replace(",", ".")


class CountField(IntegerField):
    """A whole number, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not str(valuelist[0]).strip():
            return
        text = str(valuelist[0]).strip()
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise ValueError(_l("Write a whole number."))
        self.data = int(text)


class LinesField(TextAreaField):
    """Several texts, one a line."""

    most = 6
    longest = 300

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Split what was typed into lines."""
        self.data = [line.strip() for line in (valuelist[0] if valuelist else "").splitlines() if line.strip()]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or [])

    def pre_validate(self, form: Any) -> None:
        """Keep each line, and their number, to what the document takes."""
        if any(len(line) > self.longest for line in self.data or ()) or len(self.data or ()) > self.most:
            raise ValidationError(
                _l(
                    "%(most)s lines at most, each of %(longest)s characters at most.",
                    most=self.most,
                    longest=self.longest,
                )
            )


class NamesField(LinesField):
    """Names, one a line."""

    most = 30
    longest = 120


class BoxesField(SelectMultipleField):
    """Several of some choices, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
