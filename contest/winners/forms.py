"""The shape of input: answers of winners, shares, bank details, and acts of the staff."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms.fields import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from contest.web.forms import Form, Length
from contest.winners.answers import Status
from contest.winners.lines import Line
from contest.winners.queries import Account, Division

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
TOO_LONG = _l("This is too long: %(max)d characters at most.")
DIGITS = re.compile(r"[0-9]{6,20}")
TAX_CODE = re.compile(r"[0-9]{10}|[0-9]{12,13}")
GROUPED = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+|[0-9]{1,13}")
MOST_DONG = 10**12


def digits_alone(typed: str | None) -> str:
    """Leave out what people put between the digits of an account."""
    return re.sub(r"[\s.\-]", "", typed or "")


class ActForm(Form):
    """An act without words: only the token that shows it was meant."""


class ConfirmForm(Form):
    """That a line is right, exactly as it was read."""

    fingerprint = HiddenField(validators=[Length(max=64)])
    for_others = BooleanField(_l("I have asked the authors who have no account here, and confirm for them too"))


class ReasonForm(Form):
    """An act that says why."""

    reason = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Write the reason.")), Length(max=1000, message=TOO_LONG)],
    )


class CorrectionForm(ReasonForm):
    """A line as somebody wishes it; made for a line by `correction_form`."""

    authors: int

    def author_fields(self) -> list[tuple[Any, Any, Any]]:
        """Name, pen names and place of each author; pen names and place are None where there are none to write."""
        return [
            (
                self[f"name_{place}"],
                self._fields.get(f"pen_names_{place}"),
                self._fields.get(f"order_{place}"),
            )
            for place in range(1, self.authors + 1)
        ]

    def typed(self, name: str) -> str:
        """What was typed into a field; nothing where the line has no such field."""
        return (self[name].data or "") if name in self else ""

    @property
    def names(self) -> list[tuple[str, str]]:
        """Name and pen names of each author."""
        return [(self.typed(f"name_{n}"), self.typed(f"pen_names_{n}")) for n in range(1, self.authors + 1)]

    @property
    def order(self) -> list[int]:
        """The place of each author."""
        if self.authors == 1:
            return [1]
        return [self[f"order_{place}"].data or 0 for place in range(1, self.authors + 1)]


FormOfLine = TypeVar("FormOfLine", bound=CorrectionForm)


class StaffCorrectionForm(CorrectionForm):
    """A line as the staff corrects it, and on what paper that stands."""

    number = StringField(_l("Number of the correcting decision"), [Length(max=60, message=TOO_LONG)])
    decided_on = DateField(
        _l("Date of the correction"), [InputRequired(_l("Choose the date of the correction."))], format=DAYS
    )


def staff_correction_form(line: Line, *, today: date) -> StaffCorrectionForm:
    """Make the form in which the staff corrects a line."""
    return _form_of(StaffCorrectionForm, line, {"decided_on": today})


def correction_form(line: Line) -> CorrectionForm:
    """Make the form for a line, filled with how it reads now."""
    return _form_of(CorrectionForm, line, {})


def _form_of(kind: type[FormOfLine], line: Line, typed: dict[str, Any]) -> FormOfLine:
    fields: dict[str, Any] = {"authors": len(line.authors)}
    if not line.is_of_newsroom:
        fields["title"] = StringField(
            _l("Title of the work"),
            [DataRequired(_l("Write the title of the work.")), Length(max=500, message=TOO_LONG)],
        )
        fields["unit"] = StringField(_l("Unit"), [Length(max=200, message=TOO_LONG)])
        typed |= {"title": line.title, "unit": line.unit}
    label = _l("Name of the newsroom") if line.is_of_newsroom else _l("Real name")
    for place, author in enumerate(line.authors, 1):
        fields[f"name_{place}"] = StringField(
            label, [DataRequired(_l("Write the name.")), Length(max=200, message=TOO_LONG)]
        )
        typed[f"name_{place}"] = author.name
        if not line.is_of_newsroom:
            fields[f"pen_names_{place}"] = StringField(_l("Pen names"), [Length(max=200, message=TOO_LONG)])
            typed[f"pen_names_{place}"] = author.pen_names
        if len(line.authors) > 1:
            fields[f"order_{place}"] = IntegerField(
                _l("Place in the group"), [InputRequired(_l("Write the place as a number."))]
            )
            typed[f"order_{place}"] = place
    made: type[FormOfLine] = type("CorrectionFormOfLine", (kind,), fields)
    return made(data=typed)


class AmountField(StringField):
    """A sum in đồng, written as people write it: 7.500.000."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a sum.

        :raise ValueError: if it is none
        """
        super().process_formdata(valuelist)
        text = (self.data or "").strip().removesuffix("₫").removesuffix("đ").strip()
        self.typed, self.data = self.data, None
        if not text:
            return
        if GROUPED.fullmatch(text) is None or int(re.sub(r"\D", "", text)) > MOST_DONG:
            raise ValueError(self.gettext("Write the sum in đồng, such as 7.500.000."))
        self.data = int(re.sub(r"\D", "", text))

    def _value(self) -> str:
        typed = getattr(self, "typed", None)
        if typed is not None:
            return str(typed)
        return f"{self.data:,}".replace(",", ".") if self.data else ""


class DivideForm(Form):
    """Who receives what of a prize; made for a prize by `divide_form`."""

    people: tuple[int, ...]

    @property
    def shares(self) -> dict[int, int | None]:
        """Đồng by account."""
        return {user_id: self[f"share_{user_id}"].data for user_id in self.people}

    def share_fields(self) -> list[Any]:
        """The fields in the order of the candidates."""
        return [self[f"share_{user_id}"] for user_id in self.people]


def divide_form(division: Division) -> DivideForm:
    """Make the form for a prize, filled with what the group has said."""
    fields: dict[str, Any] = {"people": tuple(person.user_id for person in division.candidates)}
    for person in division.candidates:
        fields[f"share_{person.user_id}"] = AmountField(person.name)
    made: type[DivideForm] = type("DivideFormOfPrize", (DivideForm,), fields)
    return made(data={f"share_{user_id}": amount for user_id, amount in division.shares.items()})


class BankForm(Form):
    """Where somebody wants to be paid, and that they agree to it."""

    bank = StringField(
        _l("Bank and branch"), [DataRequired(_l("Write the name of the bank.")), Length(max=120, message=TOO_LONG)]
    )
    number = StringField(
        _l("Account number"),
        [
            DataRequired(_l("Write the account number.")),
            Length(max=40, message=TOO_LONG),
        ],
    )
    holder = StringField(
        _l("Account holder"),
        [DataRequired(_l("Write the holder as the bank writes it.")), Length(max=120, message=TOO_LONG)],
    )
    tax_code = StringField(_l("Tax code"), [Length(max=20, message=TOO_LONG)])
    consent = BooleanField(_l("I agree"))

    @property
    def account(self) -> Account:
        """What was typed, the digits alone."""
        number, tax_code = digits_alone(self.number.data), digits_alone(self.tax_code.data)
        return Account(self.bank.data or "", number, self.holder.data or "", tax_code)

    def validate_tax_code(self, field: StringField) -> None:
        """Pass an empty tax code, or one of 10, 12 or 13 digits."""
        if field.data and TAX_CODE.fullmatch(digits_alone(field.data)) is None:
            raise ValidationError(str(_l("A tax code has 10, 12 or 13 digits.")))

    def validate_number(self, field: StringField) -> None:
        """Pass a number that is digits from end to end."""
        if field.data and DIGITS.fullmatch(digits_alone(field.data)) is None:
            raise ValidationError(str(_l("An account number has 6 to 20 digits. Check it on your card or in the app.")))


class BoxesField(SelectMultipleField):
    """Several of some choices, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AcceptForm(ReasonForm):
    """Which corrections are made, and on what paper that stands."""

    chosen = BoxesField(_l("Corrections to make"), coerce=int)
    number = StringField(_l("Number of the correcting decision"), [Length(max=60, message=TOO_LONG)])
    decided_on = DateField(
        _l("Date of the correction"), [InputRequired(_l("Choose the date of the correction."))], format=DAYS
    )

    def offer(self, statuses: Iterable[Status]) -> None:
        """Offer every correction that waits."""
        self.chosen.choices = [
            SelectChoice(answer.id, f"{status.line.prize}: {status.line.title or status.line.names}")
            for status in statuses
            for answer in status.open_corrections
        ]


class PaidForm(Form):
    """When and by what a sum was paid."""

    paid_on = DateField(_l("Paid on"), [InputRequired(_l("Choose the day of the payment."))], format=DAYS)
    reference = StringField(
        _l("Reference of the payment"),
        [DataRequired(_l("Write the number of the transfer or of the receipt.")), Length(max=120, message=TOO_LONG)],
    )
