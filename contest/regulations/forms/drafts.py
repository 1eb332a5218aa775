"""Forms over single values of a draft, over its whole text, and of adopting it; and the beginning of a contest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from contest.regulations import document, presets
from contest.regulations.document import LARGEST
from contest.regulations.editing import value_at
from contest.regulations.forms.fields import (
    FILLED,
    LINE,
    REQUIRED,
    SHORT,
    TOO_LONG,
    DayField,
    LinesField,
    MomentField,
)
from contest.regulations.forms.rows import canonical
from contest.regulations.problems import Problem
from contest.web.forms import Form

MINUTES = [Optional(), NumberRange(0, 1440, _l("From 0 to 1440 minutes."))]
DAYS = [Optional(), NumberRange(1, 365, _l("From 1 to 365 days."))]
PROFILES = [
    SelectChoice("party", _l("Party organ: “Đảng Cộng sản Việt Nam”")),
    SelectChoice("state", _l("State body or association: national name and motto")),
]


class DraftForm(Form):
    """A form over some values of a draft.

    :cvar paths: where in the document each field is kept, by its name
    :cvar shown: what the draft says at each path, as far as the form can show it
    """

    paths: Mapping[str, str] = {}
    shown: Mapping[str, Any] = {}

    draft_version = IntegerField(widget=HiddenInput())

    @property
    def opened_version(self) -> int:
        """The version of the draft that the person has before them; a form that does not say has seen none."""
        return self.draft_version.data or 0

    @property
    def values(self) -> dict[str, Any]:
        """What was typed otherwise than the draft says, by its path in the document."""
        typed = {path: self[name].data for name, path in self.paths.items()}
        return {
            path: value if value not in ("", []) else None
            for path, value in typed.items()
            if canonical(value) != canonical(self.shown.get(path))
        }

    def place(self, problems: Iterable[Problem], sentence: Callable[[Problem], str]) -> list[Problem]:
        """Put each problem to the field that it concerns.

        :return: those that concern no field of the form
        """
        names = {path: name for name, path in self.paths.items()}
        left = []
        for problem in problems:
            field = self._fields.get(names.get(problem.path.replace("[", ".").replace("]", ""), ""))
            if field is None:
                left.append(problem)
            else:
                field.errors = [*field.errors, sentence(problem)]
        return left


class CalendarForm(DraftForm):
    """The calendar; a list that is not posted has no days of posting."""

    @property
    def values(self) -> dict[str, Any]:
        """What was typed otherwise than the draft says, by its path in the document."""
        values = super().values
        span = ("calendar.posting.first", "calendar.posting.last")
        if all(path in values and values[path] is None for path in span):
            values = {path: value for path, value in values.items() if path not in span} | {"calendar.posting": None}
        return values


def _field_of(path: str) -> str:
    return path.replace(".", "-")


def _over(
    text: str, fields: Mapping[str, Any], kinds: Mapping[str, type], form: type[DraftForm] = DraftForm
) -> DraftForm:
    """Make a form whose fields show what a draft says at their paths."""
    values = document.read(text)
    said = {path: value_at(values, path) for path in fields}
    shown = {path: value for path, value in said.items() if isinstance(value, kinds.get(path, str))}
    attributes = {
        "paths": {_field_of(path): path for path in fields},
        "shown": shown,
        **{_field_of(path): field for path, field in fields.items()},
    }
    form_class = type("DraftForm", (form,), attributes)
    return form_class(data={_field_of(path): value for path, value in shown.items()})


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
        "calendar.posting.first": DayField(_l("The proposed list is posted from"), [Optional()]),
        "calendar.posting.last": DayField(_l("to the end of"), [Optional()]),
        "calendar.posting_days": IntegerField(_l("Days of posting, at least"), DAYS),
        "calendar.decision_on": DayField(_l("Decision"), [REQUIRED]),
        "calendar.ceremony_on": DayField(_l("Award ceremony"), [REQUIRED]),
    }
    numbers = ("calendar.grace_minutes", "calendar.posting_days")
    return _over(text, fields, dict.fromkeys(fields, date) | dict.fromkeys(numbers, int), CalendarForm)


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
        self.preset.choices = [SelectChoice(name, presets.title(name)) for name in presets.NAMES]

    def validate_slug(self, field: StringField) -> None:
        """Keep clear of the first words of other addresses."""
        if field.data in {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}:
            raise ValidationError(_l("This word leads to another page; please choose another."))
