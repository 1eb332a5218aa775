"""The steps of the form of a work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
    ValidationError,
)

from contest.accounts import identity
from contest.entries import rows as numbered
from contest.entries.asked import fields_of
from contest.entries.draft import BYLINE, INSTALMENT, is_empty
from contest.entries.eligibility import Channel, channel_of
from contest.entries.forms.fields import TITLE, WORDS, at_most, choice, one_line, pick
from contest.entries.forms.rows import AwardRow, BylineRow, ExemplarRow, InstalmentRow
from contest.entries.parts import Part
from contest.exemplars.kinds import ExemplarKind
from contest.web.forms import Form

if TYPE_CHECKING:
    from contest.accounts.models import Outlet
    from contest.regulations.schema import Category, Regulation


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

    def __init__(self, category: Category, outlets: Iterable[Outlet], **given: Any) -> None:
        super().__init__(**given)
        printing = [one for one in outlets if channel_of(one.kind) is Channel.OUTLET]
        choices = pick(((one.id, shown_outlet(one)) for one in printing), _("Choose a press agency"))
        self.asked = fields_of(category)
        unasked = INSTALMENT.keys() - {"published_on", "outlet_id", "outlet"} - {field.name for field in self.asked}
        for entry in self.rows.entries:
            entry.form.outlet_id.choices = choices
            for name in unasked:
                del entry.form[name]

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
        return InstalmentsForm(regulation.category(draft["category"]), outlets, **given)
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
