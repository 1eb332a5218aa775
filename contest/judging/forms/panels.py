"""Panels, who judges what, and why somebody gets more time or steps back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import HiddenInput

from contest.accounts.models import User
from contest.judging.forms.numbers import MOST_DIGITS
from contest.judging.models import PanelMember
from contest.web.forms import Form, MomentField

LARGEST_QUOTA = 100_000


class ReasonForm(Form):
    """An act with its reason."""

    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write the reason in a sentence.")),
            Length(max=1000, message=_l("The reason is longer than 1,000 characters. Shorten it.")),
        ],
    )


class ReopenForm(ReasonForm):
    """Extra time for one sheet."""

    until = MomentField(_l("Open until"), [InputRequired(_l("Choose the day and hour until which the sheet is open."))])

    @property
    def moment(self) -> datetime:
        """The chosen moment; what is typed is Vietnamese time."""
        chosen = self.until.moment
        if chosen is None:
            raise ValueError("no moment was chosen")
        return chosen


class PanelForm(Form):
    """Who sits on a panel, and who chairs it; three more fields for each juror: quota, first and last day away."""

    members = SelectMultipleField(_l("Jurors"), coerce=int, validate_choice=False)
    chair = RadioField(_l("Chair"), coerce=int, validate_choice=False, validators=[Optional()])

    offered: tuple[int, ...] = ()

    def terms_of(self, juror_id: int) -> tuple[Any, Any, Any]:
        """The fields of one juror."""
        return self[f"quota_{juror_id}"], self[f"away_{juror_id}"], self[f"back_{juror_id}"]

    @property
    def terms(self) -> dict[int, tuple[int | None, date | None, date | None]]:
        """What is agreed on with each juror."""
        return {
            juror_id: (quota.data, away.data, back.data if away.data else None)
            for juror_id in self.offered
            for quota, away, back in [self.terms_of(juror_id)]
        }

    def fill(self, members: Iterable[PanelMember]) -> None:
        """Put in how the panel is now."""
        seated = list(members)
        self.members.data = [member.user_id for member in seated]
        self.chair.data = next((member.user_id for member in seated if member.chair), None)
        for member in seated:
            if member.user_id in self.offered:
                quota, away, back = self.terms_of(member.user_id)
                quota.data, away.data, back.data = member.quota, member.absent_from, member.absent_until

    def validate(self, extra_validators: Any = None) -> bool:
        """Check, besides each field, that nobody comes back before they leave."""
        sound = super().validate(extra_validators)
        for juror_id in self.offered:
            _quota, away, back = self.terms_of(juror_id)
            if back.data and not away.data and not away.errors:
                away.errors = [*away.errors, _("Say from which day on the juror is away.")]
            elif back.data and away.data and back.data < away.data:
                back.errors = [*back.errors, _("The last day away comes before the first.")]
            sound = sound and not (away.errors or back.errors)
        return sound


def panel_form(jurors: Iterable[User]) -> PanelForm:
    """Build the form of a panel for these people."""
    people = list(jurors)
    wrong_number = _l("A quota is a whole number from 0 to 100,000.")
    fields: dict[str, Any] = {}
    for juror in people:
        within = NumberRange(0, LARGEST_QUOTA, message=wrong_number)
        fields[f"quota_{juror.id}"] = QuotaField(f"{_('At most')}: {juror.name}", [Optional(), within])
        fields[f"away_{juror.id}"] = DateField(f"{_('Away from')}: {juror.name}", [Optional()])
        fields[f"back_{juror.id}"] = DateField(f"{_('Away until')}: {juror.name}", [Optional()])
    offered = tuple(juror.id for juror in people)
    form_class: type[PanelForm] = type("OnePanelForm", (PanelForm,), {**fields, "offered": offered})
    form = form_class()
    choices = [(juror.id, juror.name) for juror in people]
    form.members.choices = choices
    form.chair.choices = choices
    return form


class QuotaField(IntegerField):
    """A number of works, of ordinary length: what is longer is no quota."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; anything else is told in one sentence."""
        written = valuelist[0].strip() if valuelist else ""
        if written and not (written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS):
            self.data = None
            raise ValueError(_("A quota is a whole number from 0 to 100,000."))
        self.data = int(written) if written else None

    def pre_validate(self, form: Any) -> None:
        """Leave it at that sentence where no number could be read."""
        if self.process_errors:
            raise StopValidation


class SpreadForm(Form):
    """The confirmation of a proposal."""

    seed = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, 2**31)])
    digest = HiddenField(validators=[InputRequired(), Length(max=16)])

    def propose(self, seed: int, digest: str) -> None:
        """Name the proposal that the button confirms."""
        self.seed.data, self.seed.raw_data = seed, None
        self.digest.data = digest


class AssignmentsFileForm(Form):
    """A file of assignments."""

    file = FileField(_l("File of assignments"), validators=[FileRequired(_l("Choose the file first."))])


class HandForm(Form):
    """Who judges one work, chosen by hand."""

    jurors = SelectMultipleField(_l("Jurors of this work"), coerce=int, validate_choice=False)
