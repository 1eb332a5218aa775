"""Lines, days, numbers, hours, addresses: how each is read, and the sentence when it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import Length
from wtforms.widgets import TextInput

from contest.accounts import identity
from contest.errors import ContestError
from contest.web.refusals import words
from contest.web.text import tidy

TITLE, NAME, WORDS = 300, 200, 2000
_DAY = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})", re.ASCII)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_HOUR = re.compile(r"([0-9]{1,2})\s*(?:[:hg])\s*([0-9]{2})?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,3}(?:[. ]?[0-9]{3})*|[0-9]+", re.ASCII)


def at_most(most: int) -> Length:
    """Refuse a longer text, and say how long it may be."""
    return Length(max=most, message=_l("At most %(max)d characters fit here."))


def one_line(text: str | None) -> str:
    """Bring a line to the form it is kept in."""
    return tidy(text or "")


def line(label: Any, most: int = NAME, **options: Any) -> StringField:
    """One line of text."""
    return StringField(label, [at_most(most)], filters=[one_line], **options)


def choice(label: Any) -> SelectField:
    """One of several; a row that has just been added has chosen nothing."""
    return SelectField(label, default="")


class DayField(Field):
    """A day typed as people write it, 12/6/2024, and kept as ISO writes it."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return date.fromisoformat(self.data).strftime("%d/%m/%Y") if self.data else ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed.

        :raise ValueError: with the sentence that stands at the field
        """
        typed = tidy(str(valuelist[0])) if valuelist else ""
        self.data = None
        if not typed:
            return
        match = _DAY.fullmatch(typed)
        try:
            if match:
                day = date(int(match[3]), int(match[2]), int(match[1]))
            elif _ISO.fullmatch(typed):
                day = date.fromisoformat(typed)
            else:
                raise ValueError(_("Write the day as day/month/year, for example 05/06/2024."))
        except ValueError as error:
            if match or _ISO.fullmatch(typed):
                raise ValueError(
                    _("%(day)s is not in the calendar. Enter the day as it is printed or announced.", day=typed)
                ) from error
            raise
        self.data = day.isoformat()


class CountField(IntegerField):
    """A whole number, with or without points between the thousands; "2.310" is two thousand three hundred and ten."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read what was typed.

        :raise ValueError: with the sentence that stands at the field
        """
        typed = tidy(str(valuelist[0])) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not _NUMBER.fullmatch(typed) or len(typed) > 12:
            raise ValueError(_("Write a whole number in digits, for example 2310."))
        self.data = int(re.sub(r"[. ]", "", typed))


def between(least: int, most: int) -> Callable[[Any, Field], None]:
    """Refuse a number outside two others; what is no number has been refused already."""

    def check(form: Any, field: Field) -> None:
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(_("The number must lie between %(min)s and %(max)s.", min=least, max=most))

    return check


def readable_hour(form: Any, field: Field) -> None:
    """Bring an hour to the form 19:45."""
    if not field.data:
        return
    match = _HOUR.fullmatch(field.data)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 99)
    if hour > 23 or minute > 59:
        raise ValidationError(_("Write the hour as 19:45."))
    field.data = f"{hour:02d}:{minute:02d}"


def readable_url(form: Any, field: Field) -> None:
    """Take only addresses of the web: what is shown as a link must not run anything."""
    if field.data and not re.fullmatch(r"https?://[^\s/?#\\]+\.[^\s\\]+", field.data, re.IGNORECASE):
        raise ValidationError(_("Copy the whole address from the browser; it begins with https://."))


def readable_phone(form: Any, field: Field) -> None:
    """Bring a telephone number to the form in which it is compared."""
    try:
        identity.phone_number(field.data or "")
    except ContestError as refusal:
        raise ValidationError(words(refusal)) from refusal


def readable_email(form: Any, field: Field) -> None:
    """Refuse what is no address."""
    try:
        if field.data:
            identity.email_address(field.data)
    except ContestError as refusal:
        raise ValidationError(words(refusal)) from refusal


def pick(options: Iterable[tuple[Any, str]], empty: Any) -> list[tuple[str, Any]]:
    """List the options of a field, an empty one first: nothing is chosen for anybody."""
    return [("", empty), *((str(value), label) for value, label in options)]
