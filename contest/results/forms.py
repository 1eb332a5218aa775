"""The shape of what staff send on the way from sealing to the wall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from contest import clock
from contest.accounts.models import User
from contest.judging.models import Assignment
from contest.web.forms import Form, MomentField

_l = lazy_gettext
TOO_LONG = _l("This is longer than %(max)d characters. Shorten it.")
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class Confirmation(Form):
    """A plain act that is confirmed on a page of its own."""


class ReasonForm(Form):
    """An act with its reason."""

    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write the reason in a sentence.")), Length(max=1000, message=TOO_LONG)]
    )


ACCEPT, REMARK = "accept", "remark"


class DiscrepancyForm(ReasonForm):
    """What is to become of a work whose jurors differ too much."""

    choice = RadioField(
        _l("What is decided"),
        choices=[
            SelectChoice(ACCEPT, _l("Keep the sheets as they are")),
            SelectChoice(REMARK, _l("Ask jurors to mark this work again")),
        ],
        validators=[InputRequired(_l("Choose what is decided."))],
    )
    jurors = SelectMultipleField(_l("Who marks again"), coerce=int, validate_choice=False)
    until = MomentField(_l("Open until"), [Optional()])

    def offer(self, assignments: Iterable[Assignment]) -> None:
        """Offer the jurors of the work."""
        self.jurors.choices = [SelectChoice(assignment.id, assignment.juror.name) for assignment in assignments]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a moment where a re-mark is wanted."""
        valid = super().validate(extra_validators)
        if self.choice.data == REMARK and self.until.data is None and not self.until.errors:
            self.until.errors = [gettext("Choose the day and hour until which the sheets are open.")]
            return False
        return bool(valid)

    @property
    def moment(self) -> datetime:
        """The chosen moment; where none is asked for, now."""
        return self.until.moment or clock.now()


class ThirdForm(ReasonForm):
    """Who marks a work as one more juror, and until when."""

    juror = RadioField(_l("Who marks the work"), coerce=int, validators=[InputRequired(_l("Choose a juror."))])
    until = MomentField(
        _l("Open until"), [InputRequired(_l("Choose the day and hour until which the sheet is awaited."))]
    )

    def offer(self, jurors: Iterable[User]) -> None:
        """Offer jurors who may mark the work."""
        self.juror.choices = [SelectChoice(juror.id, juror.name) for juror in jurors]

    @property
    def moment(self) -> datetime:
        """The chosen moment."""
        return self.until.moment or clock.now()


class TieForm(ReasonForm):
    """A place for each of the tied works; made for a tie by `tie_form`."""

    codes: tuple[str, ...] = ()

    def place(self, code: str) -> Any:
        """The field of a work."""
        return self[_field_of(code)]

    @property
    def order(self) -> list[str]:
        """The works, best first."""
        return sorted(self.codes, key=lambda code: int(self.place(code).data))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a place given twice, at the field that repeats it."""
        valid = bool(super().validate(extra_validators))
        taken: set[str] = set()
        for field in map(self.place, self.codes):
            if not field.data:
                continue
            if field.data in taken:
                field.errors = [*field.errors, gettext("This place is given to two works. Give each its own.")]
                valid = False
            taken.add(field.data)
        return valid


def _field_of(code: str) -> str:
    """Name the field of a work, or of a newsroom, whose name is no name of a field."""
    plain = code.replace("-", "_")
    return f"place_{plain}" if plain.isidentifier() and plain.isascii() else f"place_{code.encode().hex()}"


def tie_form(codes: Sequence[str], labels: Sequence[str]) -> TieForm:
    """Build the form that orders these works."""
    places = [SelectChoice("", _l("Choose a place")), *(SelectChoice(str(n), str(n)) for n in range(1, len(codes) + 1))]
    fields: dict[str, Any] = {
        _field_of(code): SelectField(label, choices=places, validators=[InputRequired(_l("Choose a place."))])
        for code, label in zip(codes, labels, strict=True)
    }
    form: TieForm = type("OrderForm", (TieForm,), {**fields, "codes": tuple(codes)})()
    return form


class ChoiceForm(ReasonForm):
    """Works or newsrooms to choose among, with the reason; choosing none is a choice as well."""

    chosen = SelectMultipleField(_l("Who is chosen"), validate_choice=False)

    def offer(self, choices: Iterable[tuple[str, str]], *, label: str | None = None) -> None:
        """Offer what can be chosen: codes with what they are called."""
        self.chosen.choices = [SelectChoice(code, name) for code, name in choices]
        if label is not None:
            self.chosen.label.text = label


class ApprovalForm(Form):
    """Who approved the list, and on what paper it stands."""

    body = StringField(
        _l("Approved by"),
        [DataRequired(_l("Write which body approved the list.")), Length(max=200, message=TOO_LONG)],
    )
    held_on = DateField(
        _l("Date of the approval"), [InputRequired(_l("Choose the day on which it was approved."))], format=DAYS
    )
    number = StringField(_l("Number of the minutes or letter"), [Length(max=60, message=TOO_LONG)])
    note = TextAreaField(_l("Note"), [Length(max=1000, message=TOO_LONG)])

    def validate_held_on(self, field: DateField) -> None:
        """Refuse a day that has not come."""
        if field.data is not None and field.data > clock.local(clock.now()).date():
            field.errors.append(gettext("The approval cannot be dated after today."))


class DecisionForm(Form):
    """What stands on the decision."""

    number = StringField(
        _l("Number of the decision"),
        [DataRequired(_l("Write the number as it stands on the decision.")), Length(max=60, message=TOO_LONG)],
    )
    decided_on = DateField(
        _l("Date of the decision"), [InputRequired(_l("Choose the date that stands on the decision."))], format=DAYS
    )
    issuer = StringField(
        _l("Issuing body"),
        [DataRequired(_l("Write which body issues the decision.")), Length(max=200, message=TOO_LONG)],
    )
    signer_power = StringField(_l("Line above the signer's title"), [Length(max=200, message=TOO_LONG)])
    signer_title = StringField(
        _l("Title of the signer"),
        [DataRequired(_l("Write the title of the signer.")), Length(max=200, message=TOO_LONG)],
    )
    signer_name = StringField(
        _l("Name of the signer"), [DataRequired(_l("Write the name of the signer.")), Length(max=200, message=TOO_LONG)]
    )
    no_open_complaint = BooleanField(_l("No complaint is open: every one that was received has been answered"))
