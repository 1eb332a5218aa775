"""The shape of what is typed about a work. Missing is allowed everywhere; over-long and unreadable is not."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from contest.accounts import identity
from contest.entries import rows as numbered
from contest.entries.draft import BYLINE, INSTALMENT, is_empty
from contest.entries.parts import Part
from contest.errors import ContestError
from contest.exemplars.models import ExemplarKind
from contest.web.forms import Form
from contest.web.refusals import words
from contest.web.text import tidy

if TYPE_CHECKING:
    from contest.accounts.models import Outlet
    from contest.regulations.schema import Category, Regulation

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


class Row(Form):
    """One of many alike in a form; the form around it has the token."""

    class Meta(Form.Meta):
        """No token of its own."""

        csrf = False


class InstalmentRow(Row):
    """One part of a work as it was published."""

    title = line(_l("Title of the instalment"), TITLE)
    published_on = DayField(_l("Day of publication"))
    outlet_id = choice(_l("Press agency"))
    outlet = line(_l("Press agency that is not in the list"))
    url = StringField(_l("Address of the article"), [at_most(500), readable_url], filters=[one_line])
    issue = line(_l("Issue number"), 60)
    page = line(_l("Pages"), 60)
    channel = line(_l("Channel or programme"), 100)
    hour = StringField(_l("Hour of broadcast"), [at_most(10), readable_hour], filters=[one_line])
    minutes = CountField(_l("Duration in minutes"), [between(1, 1440)])
    words = CountField(_l("Number of words"), [between(1, 200_000)])


class BylineRow(Row):
    """One author."""

    name = line(_l("Real name"), 120)
    pen_names = line(_l("Pen names"))
    role = choice(_l("Role"))
    unit = line(_l("Unit or address"))
    phone = StringField(_l("Telephone"), [at_most(40), readable_phone], filters=[one_line])
    email = StringField(_l("E-mail"), [at_most(254), readable_email], filters=[one_line])


class ExemplarRow(Row):
    """Somebody the work is about."""

    name = line(_l("Name"))
    kind = choice(_l("Person or collective"))
    topic = choice(_l("Field"))
    locality = line(_l("Locality"))
    unit = line(_l("Unit"))


class AwardRow(Row):
    """A prize the work has won."""

    name = line(_l("Name of the prize"))
    level = choice(_l("Level"))
    date = DayField(_l("Day of the award"))
    organiser = line(_l("Organiser"))


def pick(options: Iterable[tuple[Any, str]], empty: Any) -> list[tuple[str, Any]]:
    """List the options of a field, an empty one first: nothing is chosen for anybody."""
    return [("", empty), *((str(value), label) for value, label in options)]


class StepForm(Form):
    """One step of the form of a work."""

    part: Part
    version = HiddenField()

    def opened_with(self) -> int:
        """Tell the version of the draft that this form was opened with."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def values(self, *, keep_empty: bool) -> dict[str, Any]:
        """Give what was typed, as a draft keeps it.

        :param keep_empty: whether rows in which nothing was typed stay
        """
        raise NotImplementedError


class WorkForm(StepForm):
    """Title, category, genre, topic, summary."""

    part = Part.WORK
    title = StringField(_l("Title of the work"), [at_most(TITLE)], filters=[one_line])
    category = choice(_l("Category"))
    genre = choice(_l("Genre"))
    topic = choice(_l("Topic"))
    summary = TextAreaField(_l("Summary"), [at_most(WORDS)])

    def __init__(self, regulation: Regulation, **given: Any) -> None:
        super().__init__(**given)
        self.regulation = regulation
        self.category.choices = [(one.code, one.name) for one in regulation.categories]
        self.genre.choices = pick(((one.code, one.name) for one in regulation.genres), _("Choose a genre"))
        self.topic.choices = pick(((one.code, one.name) for one in regulation.topics), _("Choose a topic"))

    def validate_genre(self, field: Field) -> None:
        """A genre must be one of the category's."""
        category = next((one for one in self.regulation.categories if one.code == self.category.data), None)
        genre = next((one.name for one in self.regulation.genres if one.code == field.data), None)
        if category is not None and genre is not None and field.data not in category.genres:
            raise ValidationError(
                _("%(category)s does not take the genre %(genre)s.", category=category.name, genre=genre)
            )

    def values(self, *, keep_empty: bool) -> dict[str, Any]:
        """Give the fields as they are kept."""
        names = ("title", "category", "genre", "topic", "summary")
        return {name: getattr(self, name).data or "" for name in names}


class RowsForm(StepForm):
    """A step made of rows."""

    key: str
    rows: FieldList

    def validate_rows(self, field: FieldList) -> None:
        """Refuse more rows than anybody needs."""
        if len(field.entries) > numbered.MOST:
            raise ValidationError(_("At most %(count)s lines fit in this form.", count=numbered.MOST))

    def kept_rows(self, *, keep_empty: bool) -> list[dict[str, Any]]:
        """Give the rows as they are kept."""
        kept = [self.kept(entry.form, number) for number, entry in enumerate(self.rows.entries)]
        return [row for row in kept if keep_empty or not is_empty(row, self.key)]

    def kept(self, row: Any, number: int) -> dict[str, Any]:
        """Give one row as it is kept."""
        return {name: value for name, value in row.data.items() if name != "csrf_token"}


class InstalmentsForm(RowsForm):
    """Where and when the parts of the work appeared."""

    part, key = Part.INSTALMENTS, "instalments"
    rows = FieldList(FormField(InstalmentRow))

    def __init__(self, outlets: Iterable[Outlet], **given: Any) -> None:
        super().__init__(**given)
        choices = pick(((one.id, shown_outlet(one)) for one in outlets), _("Choose a press agency"))
        for entry in self.rows.entries:
            entry.form.outlet_id.choices = choices

    def kept(self, row: Any, number: int) -> dict[str, Any]:
        """Give one instalment as it is kept."""
        typed = super().kept(row, number)
        return typed | {"outlet_id": int(typed["outlet_id"]) if typed["outlet_id"] else None}

    def values(self, *, keep_empty: bool) -> dict[str, Any]:
        """Give the instalments; there is always one to fill in."""
        return {self.key: self.kept_rows(keep_empty=keep_empty) or [dict(INSTALMENT)]}


def shown_outlet(outlet: Outlet) -> str:
    """Name an outlet, with the days of its name where it had an end or a beginning."""
    if outlet.valid_until is not None:
        return _("%(name)s (until %(day)s)", name=outlet.name, day=f"{outlet.valid_until:%d/%m/%Y}")
    if outlet.valid_from is not None:
        return _("%(name)s (from %(day)s)", name=outlet.name, day=f"{outlet.valid_from:%d/%m/%Y}")
    return outlet.name


class BylinesForm(RowsForm):
    """Who made the work."""

    part, key = Part.BYLINES, "bylines"
    rows = FieldList(FormField(BylineRow))
    lead = HiddenField(_l("Answers for the group"))

    def __init__(self, category: Category, **given: Any) -> None:
        super().__init__(**given)
        choices = pick(((role, role) for role in category.roles), _("Choose a role"))
        for entry in self.rows.entries:
            entry.form.role.choices = choices

    def kept(self, row: Any, number: int) -> dict[str, Any]:
        """Give one author as they are kept: address and number in the form in which people are compared."""
        typed = super().kept(row, number)
        return typed | {
            "phone": identity.phone_number(typed["phone"] or ""),
            "email": identity.email_address(typed["email"]) if typed["email"] else "",
            "lead": self.lead.data == str(number),
        }

    def values(self, *, keep_empty: bool) -> dict[str, Any]:
        """Give the authors; there is always one to fill in, and one alone answers for the work."""
        kept = self.kept_rows(keep_empty=keep_empty) or [dict(BYLINE)]
        if len(kept) == 1:
            kept[0]["lead"] = True
        return {self.key: kept}


class ExemplarsForm(RowsForm):
    """Who the work is about."""

    part, key = Part.EXEMPLARS, "exemplars"
    rows = FieldList(FormField(ExemplarRow))

    def __init__(self, regulation: Regulation, **given: Any) -> None:
        super().__init__(**given)
        kinds = pick(((kind.value, _(kind.label)) for kind in ExemplarKind), _("Choose one"))
        topics = pick(((one.code, one.name) for one in regulation.topics), _("Choose a field"))
        for entry in self.rows.entries:
            entry.form.kind.choices, entry.form.topic.choices = kinds, topics

    def values(self, *, keep_empty: bool) -> dict[str, Any]:
        """Give the exemplars."""
        return {self.key: self.kept_rows(keep_empty=keep_empty)}


class DeclarationsForm(RowsForm):
    """Prizes already won, and what is declared and agreed to. Nothing is ticked for anybody."""

    part, key = Part.DECLARATIONS, "prior_awards"
    rows = FieldList(FormField(AwardRow))
    regulation: Regulation

    def values(self, *, keep_empty: bool) -> dict[str, Any]:
        """Give the prizes, and each statement made with the version of its wording."""
        made = {one.code: one.version for one in self.regulation.statements if self[f"said_{one.code}"].data}
        return {self.key: self.kept_rows(keep_empty=keep_empty), "statements": made}


def declarations_form(regulation: Regulation, **given: Any) -> DeclarationsForm:
    """Build the form of the declarations from the statements of the regulation."""
    boxes = {f"said_{one.code}": BooleanField(one.text) for one in regulation.statements}
    form: DeclarationsForm = type("RegulationDeclarationsForm", (DeclarationsForm,), boxes)(**given)
    form.regulation = regulation
    levels = pick(((one.code, one.name) for one in regulation.prior_awards.levels), _("Choose a level"))
    for entry in form.rows.entries:
        entry.form.level.choices = levels
    return form


def step_form(
    part: Part, draft: Mapping[str, Any], version: int, regulation: Regulation, outlets: Iterable[Outlet], typed: Any
) -> StepForm:
    """Build the form of a step, filled in from the draft or from what was typed.

    :param typed: form data sent, or None
    """
    given: dict[str, Any] = {"formdata": typed, "data": {"version": str(version)} | _shown(part, draft, regulation)}
    if part is Part.WORK:
        return WorkForm(regulation, **given)
    if part is Part.INSTALMENTS:
        return InstalmentsForm(outlets, **given)
    if part is Part.BYLINES:
        return BylinesForm(regulation.category(draft["category"]), **given)
    if part is Part.EXEMPLARS:
        return ExemplarsForm(regulation, **given)
    return declarations_form(regulation, **given)


def _shown(part: Part, draft: Mapping[str, Any], regulation: Regulation) -> dict[str, Any]:
    if part is Part.WORK:
        return {key: draft[key] for key in ("title", "category", "genre", "topic", "summary")}
    if part is Part.INSTALMENTS:
        return {"rows": [row | {"outlet_id": str(row["outlet_id"] or "")} for row in draft["instalments"]]}
    if part is Part.BYLINES:
        lead = next((str(number) for number, row in enumerate(draft["bylines"]) if row["lead"]), "")
        shown = [row | {"phone": identity.spoken_phone(row["phone"])} for row in draft["bylines"]]
        return {"rows": shown, "lead": lead}
    if part is Part.EXEMPLARS:
        return {"rows": draft["exemplars"]}
    said = {f"said_{one.code}": draft["statements"].get(one.code) == one.version for one in regulation.statements}
    return {"rows": draft["prior_awards"]} | said


class StartForm(Form):
    """A title and a category: enough to begin."""

    title = StringField(_l("Title of the work"), [at_most(TITLE)], filters=[one_line])
    category = RadioField(_l("Category"), [InputRequired(_l("Choose the category in which the work competes."))])
    start_key = HiddenField(validators=[Length(max=40)], default=lambda: secrets.token_urlsafe(16))

    def __init__(self, regulation: Regulation, **given: Any) -> None:
        super().__init__(**given)
        self.category.choices = [(one.code, one.name) for one in regulation.categories]


class UploadForm(Form):
    """One file for one slot."""

    file = FileField(_l("File"))


class Act(Form):
    """A button and nothing else."""


class ReviewForm(Form):
    """What was read is what is sent."""

    version = HiddenField()


class WithdrawForm(Form):
    """Why a work is taken out."""

    reason = TextAreaField(_l("Reason"), [at_most(1000)])


def _number(label: Any, least: int) -> CountField:
    return CountField(label, [InputRequired(_l("Enter a number.")), between(least, 99)])


class SelfCheckForm(Form):
    """A few questions about a work, asked of anybody; the answers stand in the address and are not kept."""

    class Meta(Form.Meta):
        """Nothing is changed, so nothing is to be protected."""

        csrf = False

    category = RadioField(_l("Where was the work published or broadcast?"), [InputRequired(_l("Choose one."))])
    instalments = _number(_l("How many instalments has it?"), 1)
    inside = _number(_l("How many of them appeared in the time of the contest?"), 0)
    authors = _number(_l("How many authors are to be named?"), 1)
    works = _number(_l("How many works has the busiest of them already entered?"), 0)
    serves = RadioField(_l("Does one of them organise or judge this contest?"), [InputRequired(_l("Choose one."))])
    award = choice(_l("Has the work already won a prize?"))
    licensed = RadioField(_l("Was it published by a licensed press agency?"), [InputRequired(_l("Choose one."))])

    def __init__(self, regulation: Regulation, **given: Any) -> None:
        super().__init__(**given)
        self.category.choices = [(one.code, one.name) for one in regulation.categories]
        self.serves.choices = [
            ("no", _("No")),
            ("staff", _("Yes, in the organisation")),
            ("juror", _("Yes, as a juror")),
        ]
        self.award.choices = pick(((one.code, one.name) for one in regulation.prior_awards.levels), _("No prize"))
        self.licensed.choices = [("yes", _("Yes")), ("no", _("No, or I do not know"))]

    def validate_inside(self, field: Field) -> None:
        """No more instalments can be in time than there are."""
        if self.instalments.data is not None and field.data is not None and field.data > self.instalments.data:
            raise ValidationError(_("That is more than the instalments there are."))
