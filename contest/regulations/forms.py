"""The shape of what organizers type: days and moments as people write them, texts of one line or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from contest.clock import ZONE
from contest.regulations import document, presets
from contest.regulations.document import LARGEST
from contest.regulations.editing import value_at
from contest.regulations.schema import parse
from contest.web.forms import Form

DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
HOUR = re.compile(r"(\d{1,2})\s*(?::|h|giờ)\s*(\d{2})?(?:\s*phút)?", re.IGNORECASE)

MISSING = _l("Please fill this in.")
REQUIRED = InputRequired(MISSING)  # for what is read into a value: its own refusal is kept
FILLED = DataRequired(MISSING)  # for text: spaces are nothing
TOO_LONG = _l("This is too long: %(max)d characters at most.")
LINE = Length(max=300, message=TOO_LONG)
SHORT = Length(max=120, message=TOO_LONG)
MINUTES = [REQUIRED, NumberRange(0, 1440, _l("From 0 to 1440 minutes."))]
DAYS = [REQUIRED, NumberRange(1, 365, _l("From 1 to 365 days."))]
PROFILES = [
    SelectChoice("party", _l("Party organ: “Đảng Cộng sản Việt Nam”")),
    SelectChoice("state", _l("State body or association: national name and motto")),
]


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


class DayField(StringField):
    """A day, written as people write it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = None
        if not valuelist or not (text := valuelist[0].strip()):
            return
        try:
            self.data = read_day(text)
        except ValueError:
            raise ValueError(
                _l("%(text)s is not a day of the calendar. Write day/month/year.", text=text[:40])
            ) from None
        if self.data is None or len(text) > 40:
            raise ValueError(_l("Write the day as day/month/year, for example 05/06/2025."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%d/%m/%Y}" if self.data else ""


class MomentField(DayField):
    """A day, perhaps with an hour: the data is a date, or a local datetime without a zone as TOML writes it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; 24:00 of a day is the day itself, to its end."""
        super().process_formdata(valuelist)
        if self.data is None:
            return
        rest = ISO_DAY.sub("", DAY.sub("", valuelist[0])).strip(" ,;")
        found = HOUR.search(rest)
        if rest and not found:
            raise ValueError(_l("Write the hour as 17:00 before or after the day, or the day alone."))
        if found and (int(found.group(1)), int(found.group(2) or 0)) != (24, 0):
            try:
                at = time(int(found.group(1)), int(found.group(2) or 0))
            except ValueError:
                raise ValueError(_l("There is no such hour: write it from 00:00 to 23:59.")) from None
            self.data = datetime.combine(self.data, at)

    def _value(self) -> str:
        if not self.raw_data and isinstance(self.data, datetime):
            local = self.data.astimezone(ZONE) if self.data.tzinfo else self.data
            return f"{local:%H:%M, %d/%m/%Y}"
        return super()._value()


class LinesField(TextAreaField):
    """Several texts, one a line."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Split what was typed into lines."""
        self.data = [line.strip() for line in (valuelist[0] if valuelist else "").splitlines() if line.strip()]

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or [])

    def pre_validate(self, form: Any) -> None:
        """Keep each line, and their number, to what the document takes."""
        if any(len(line) > 300 for line in self.data) or len(self.data) > 6:
            raise ValidationError(_l("Six lines at most, each of 300 characters at most."))


class DraftForm(Form):
    """A form over some values of a draft.

    :cvar paths: where in the document each field is kept, by its name
    """

    paths: Mapping[str, str] = {}

    draft_version = IntegerField(widget=HiddenInput())

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by its path in the document."""
        return {path: self[name].data for name, path in self.paths.items()}


def _field_of(path: str) -> str:
    return path.replace(".", "-")


def _over(text: str, fields: Mapping[str, Any], kinds: Mapping[str, type | tuple[type, ...]]) -> DraftForm:
    """Make a form whose fields show what a draft says at their paths."""
    values = document.read(text)
    attributes = {_field_of(path): field for path, field in fields.items()}
    form_class = type("DraftForm", (DraftForm,), {"paths": {_field_of(path): path for path in fields}, **attributes})
    shown = {path: value_at(values, path) for path in fields}
    return form_class(
        data={_field_of(path): value for path, value in shown.items() if isinstance(value, kinds.get(path, str))}
    )


def calendar_form(text: str) -> DraftForm:
    """Make the form of the calendar: its days, and the opening and closing of every round of the draft."""
    fields: dict[str, Any] = {
        "calendar.launched_on": DayField(_l("Launch"), [REQUIRED]),
        "calendar.publication.first": DayField(_l("Works published from"), [REQUIRED]),
        "calendar.publication.last": DayField(_l("to the end of"), [REQUIRED]),
        "calendar.receipt.opens": MomentField(_l("Receipt opens"), [REQUIRED]),
        "calendar.receipt.closes": MomentField(_l("Receipt closes"), [REQUIRED]),
        "calendar.grace_minutes": IntegerField(_l("Minutes of grace for uploads begun in time"), MINUTES),
        "calendar.screening.first": DayField(_l("Dossiers are checked from"), [REQUIRED]),
        "calendar.screening.last": DayField(_l("to the end of"), [REQUIRED]),
    }
    for code, name in _rounds_of(text):
        fields[f"rounds.{code}.opens"] = MomentField(_l("%(round)s opens", round=name), [REQUIRED])
        fields[f"rounds.{code}.closes"] = MomentField(_l("%(round)s closes", round=name), [REQUIRED])
    fields |= {
        "calendar.posting.first": DayField(_l("The proposed list is posted from"), [REQUIRED]),
        "calendar.posting.last": DayField(_l("to the end of"), [REQUIRED]),
        "calendar.posting_days": IntegerField(_l("Days of posting, at least"), DAYS),
        "calendar.decision_on": DayField(_l("Decision"), [REQUIRED]),
        "calendar.ceremony_on": DayField(_l("Award ceremony"), [REQUIRED]),
    }
    numbers = ("calendar.grace_minutes", "calendar.posting_days")
    return _over(text, fields, dict.fromkeys(fields, date) | dict.fromkeys(numbers, int))


def _rounds_of(text: str) -> Iterator[tuple[str, str]]:
    """List code and name of the rounds of a draft, which need not be a regulation yet."""
    rules = document.read(text).get("rounds")
    for rule in rules if isinstance(rules, list) else ():
        code, name = (rule.get("code"), rule.get("name")) if isinstance(rule, dict) else (None, None)
        if isinstance(code, str) and isinstance(name, str) and code.isidentifier():
            yield code, name


def letterhead_form(text: str) -> DraftForm:
    """Make the form of the names, the letterhead and the signer."""
    line = [FILLED, LINE]
    fields: dict[str, Any] = {
        "name": StringField(_l("Full name of the contest"), line),
        "short_name": StringField(_l("Short name, as in the head of the pages"), [FILLED, SHORT]),
        "organiser": LinesField(_l("Organisers, one a line"), [FILLED]),
        "standing_office": StringField(_l("Standing office"), line),
        "contact": TextAreaField(_l("Where to write and call"), [FILLED, Length(max=1000, message=TOO_LONG)]),
        "letterhead.profile": RadioField(_l("Head of official documents"), choices=PROFILES),
        "letterhead.superior": StringField(_l("Superior body"), line),
        "letterhead.issuer": StringField(_l("Issuing body"), line),
        "letterhead.symbol": StringField(_l("Symbol after the number of a decision"), [FILLED, SHORT]),
        "letterhead.place": StringField(_l("Place before the date"), [FILLED, SHORT]),
        "letterhead.signer_power": LinesField(_l("Lines above the signer's title")),
        "letterhead.signer_title": StringField(_l("Title of the signer"), line),
        "letterhead.signer_name": StringField(_l("Name of the signer"), line),
    }
    return _over(text, fields, dict.fromkeys(("organiser", "letterhead.signer_power"), list))


class TextForm(DraftForm):
    """The whole document."""

    text = TextAreaField(
        _l("The document"), [FILLED, Length(max=LARGEST, message=_l("The document is larger than 256 kB."))]
    )


class AdoptForm(DraftForm):
    """The decision by which a draft comes into force."""

    decision_number = StringField(_l("Number of the decision"), [FILLED, SHORT])
    decision_date = DayField(_l("Date of the decision"), [REQUIRED])
    signer = StringField(_l("Signed by"), [FILLED, SHORT])


class ContestForm(Form):
    """The beginning of a contest."""

    preset = RadioField(_l("Ready regulation"), [REQUIRED])
    name = StringField(_l("Full name of the contest"), [FILLED, LINE])
    short_name = StringField(_l("Short name, as in the head of the pages"), [FILLED, SHORT])
    slug = StringField(
        _l("Address"),
        [
            FILLED,
            Length(max=60, message=TOO_LONG),
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Use small letters without marks, digits and hyphens.")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(presets.NAMES) == 1 and self.preset.data is None:
            self.preset.data = presets.NAMES[0]
        self.preset.choices = [SelectChoice(name, parse(presets.text(name)).name) for name in presets.NAMES]

    def validate_slug(self, field: StringField) -> None:
        """Keep clear of the first words of other addresses."""
        if field.data in {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}:
            raise ValidationError(_l("This word leads to another page; please choose another."))
