"""The shape of what people type about themselves and others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from contest.accounts import identity
from contest.accounts.models import Outlet
from contest.accounts.outlets import OutletKind
from contest.accounts.passwords import MAX_LENGTH
from contest.accounts.roles import Role
from contest.errors import ContestError
from contest.web.forms import Form
from contest.web.refusals import words
from contest.web.text import tidy

SIGNED = 10_000  # characters of what a device signs, at most

Shape = Callable[[Any, Any], None]


def needed(sentence: str) -> InputRequired:
    """Refuse an empty field with a sentence of its own."""
    return InputRequired(message=sentence)


def at_most(most: int) -> Length:
    """Refuse a longer text, and say how long it may be."""
    return Length(max=most, message=_l("At most %(max)d characters fit here."))


def readable_by(reader: Callable[[str], str]) -> Shape:
    """Refuse what a reader of rules refuses, in its words."""

    def check(form: Form, field: Field) -> None:
        try:
            reader(field.data or "")
        except ContestError as refusal:
            raise ValidationError(words(refusal)) from refusal

    return check


def not_blank(form: Form, field: Field) -> None:
    """Refuse a name that holds no letter."""
    if not any(letter.isalpha() for letter in field.data or ""):
        raise ValidationError(_("Write the name in letters."))


def _one_line(text: str | None) -> str:
    return tidy(text or "")


def _email() -> StringField:
    return StringField(
        _l("E-mail"),
        [needed(_l("Enter your e-mail address.")), at_most(254), readable_by(identity.email_address)],
    )


def _name(label: Any) -> StringField:
    return StringField(label, [needed(_l("Enter the name.")), at_most(120), not_blank], filters=[_one_line])


def _new_password() -> PasswordField:
    return PasswordField(_l("New password"), [needed(_l("Choose a password.")), at_most(MAX_LENGTH)])


def _current_password() -> PasswordField:
    return PasswordField(_l("Present password"), [needed(_l("Enter your present password.")), at_most(MAX_LENGTH)])


def _code() -> StringField:
    return StringField(_l("Code of the device"), [needed(_l("Enter the code.")), at_most(40)])


def _device() -> StringField:
    return StringField(_l("Name of the device"), [at_most(80)], filters=[_one_line])


def _signed() -> HiddenField:
    return HiddenField(validators=[needed(_l("The device has not answered. Try again.")), at_most(SIGNED)])


def _consent() -> BooleanField:
    return BooleanField(validators=[DataRequired(message=_l("Without this consent no account can be kept."))])


class Act(Form):
    """A button and nothing else."""


class SignInForm(Form):
    """Who one says to be, and the proof."""

    email = _email()
    password = PasswordField(_l("Password"), [needed(_l("Enter your password.")), at_most(MAX_LENGTH)])


class ConfirmForm(Form):
    """The password with which an account was begun."""

    password = PasswordField(_l("Password"), [needed(_l("Enter your password.")), at_most(MAX_LENGTH)])


class CodeForm(Form):
    """A code of an app, or a recovery code."""

    code = _code()


class PasskeyForm(Form):
    """What a device has signed; a script fills it in."""

    passkey = _signed()


class NewPasskeyForm(Form):
    """A key that a device has made, and what the owner calls the device."""

    name = _device()
    passkey = _signed()


class AuthenticatorForm(Form):
    """A new app: the square that it has read, the code that it shows, what the owner calls the device."""

    sealed = HiddenField(validators=[at_most(500)])
    code = _code()
    name = _device()


class SignInAgainForm(Form):
    """The proof of somebody whose page is still open: it names them by their random id."""

    account = StringField(validators=[needed(_l("Sign in on the sign-in page.")), at_most(64)])
    password = PasswordField(_l("Password"), [needed(_l("Enter your password.")), at_most(MAX_LENGTH)])
    code = StringField(validators=[at_most(40)])


class ProofForm(Form):
    """The proof of somebody who is signed in, one of three; the names stand beside those of any other form."""

    proof_password = PasswordField(_l("Password"), [at_most(MAX_LENGTH)])
    proof_code = StringField(_l("Code of the device"), [at_most(40)])
    proof_passkey = HiddenField(validators=[at_most(SIGNED)])


class ResetFactorForm(Form):
    """Why somebody's second factor is taken away."""

    reason = TextAreaField(_l("Reason"), [needed(_l("Say why.")), at_most(500)])


class RegisterForm(Form):
    """A new account."""

    name = _name(_l("Full name"))
    email = _email()
    password = PasswordField(_l("Password"), [needed(_l("Choose a password.")), at_most(MAX_LENGTH)])
    consent = _consent()


class ForgotForm(Form):
    """The address to which a link goes."""

    email = _email()


class NewPasswordForm(Form):
    """A new password, by a link."""

    password = _new_password()


class NewcomerForm(Form):
    """An account made by taking up an invitation."""

    name = _name(_l("Full name"))
    password = PasswordField(_l("Password"), [needed(_l("Choose a password.")), at_most(MAX_LENGTH)])
    consent = _consent()


class DetailsForm(Form):
    """What is known of a person."""

    name = _name(_l("Full name"))
    pen_names = StringField(_l("Pen names"), [at_most(200)], filters=[_one_line])
    phone = StringField(_l("Telephone"), [at_most(40), readable_by(identity.phone_number)])
    unit = StringField(_l("Unit"), [at_most(200)], filters=[_one_line])


class NewEmailForm(Form):
    """A new address, proved by the password and by a letter."""

    email = _email()
    current = _current_password()


class ChangePasswordForm(Form):
    """A new password, by the old one."""

    current = _current_password()
    password = _new_password()


class RoleForm(Form):
    """A role, and for a representative the outlet."""

    role = SelectField(_l("Role"), [needed(_l("Choose a role."))])
    outlet = SelectField(_l("Outlet"))

    def offer(self, outlets: list[Outlet]) -> None:
        """Fill in what may be chosen."""
        self.role.choices = [(role.value, _(role.label)) for role in Role]
        self.outlet.choices = [("", _("None")), *((str(outlet.id), outlet.name) for outlet in outlets)]

    @property
    def outlet_id(self) -> int | None:
        """The outlet chosen."""
        return int(self.outlet.data) if self.outlet.data else None


class InviteForm(RoleForm):
    """Whom to invite to which role."""

    email = _email()
    name = StringField(_l("Full name"), [at_most(120)], filters=[_one_line])


class OutletForm(Form):
    """A newsroom."""

    name = StringField(
        _l("Name of the outlet"), [needed(_l("Enter the name.")), at_most(200), not_blank], filters=[_one_line]
    )
    kind = SelectField(_l("Kind"), [needed(_l("Choose a kind."))])
    valid_from = DateField(_l("First day of this name"), [Optional()])
    valid_until = DateField(_l("Last day of this name"), [Optional()])
    successor = SelectField(_l("Continued by"))

    def offer(self, outlets: list[Outlet]) -> None:
        """Fill in what may be chosen."""
        self.kind.choices = [(kind.value, _(kind.label)) for kind in OutletKind]
        self.successor.choices = [("", _("None")), *((str(outlet.id), outlet.name) for outlet in outlets)]


class OutletListForm(Form):
    """A list of newsrooms from a spreadsheet."""

    text = TextAreaField(_l("List in CSV"), [needed(_l("Paste the list.")), at_most(100_000)])
