"""Forms: the shape of input. Text arrives in NFC, without invisible characters, and every refusal is a sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import g, request
from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field
from wtforms.fields import DateTimeLocalField, FileField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from contest import clock
from contest.errors import N_, TooMany
from contest.web.text import clean, tidy

# What the form library says by itself; its own catalogues have no Vietnamese, so the words stand in ours.
LIBRARY_SENTENCES = (
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Not a valid date value."),
    N_("Not a valid time value."),
    N_("Not a valid datetime value."),
    N_("Invalid input."),
    N_("Invalid choice(s): one or more data inputs could not be coerced."),
    N_("'%(value)s' is not a valid choice for this field."),
    N_("'%(value)s' are not valid choices for this field."),
    N_("Field cannot be longer than %(max)d character."),
    N_("Field cannot be longer than %(max)d characters."),
    N_("Number must be at least %(min)s."),
    N_("Number must be at most %(max)s."),
    N_("Number must be between %(min)s and %(max)s."),
)


class HouseTranslations:
    """Sentences of the form library, from our own catalogue."""

    def gettext(self, sentence: str) -> str:
        """Translate a sentence."""
        return str(gettext(sentence))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Translate a sentence that counts; the library fills in its own places."""
        return str(gettext(singular if number == 1 else plural))


def tidy_input(value: Any) -> Any:
    """Clean what was typed; what is not text is left as it is."""
    return clean(value).strip() if isinstance(value, str) else value


def tidy_line(value: Any) -> Any:
    """Clean what was typed into a field of one line: whatever was sent, it holds no end of a line."""
    return tidy(value) if isinstance(value, str) else value


class Form(FlaskForm):
    """A form of ours: cleaned text, CSRF, and errors that belong to no single field.

    :ivar too_many: the refusal, where it was sent too often
    """

    too_many: TooMany | None = None

    class Meta(FlaskForm.Meta):
        """Add the cleaning of text to every text field but passwords."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Give text fields the filter that cleans what was typed."""
            field_class = unbound_field.field_class
            if issubclass(field_class, StringField) and not issubclass(field_class, PasswordField):
                cleaning = tidy_input if issubclass(field_class, TextAreaField) else tidy_line
                options = {**options, "filters": [cleaning, *unbound_field.kwargs.get("filters", ())]}
            bound: Field = unbound_field.bind(form=form, **options)
            return bound

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take texts from the form and files from the files: no file stands where a text is expected.

            JSON is no form; where a script sends it, its view reads it.
            """
            if formdata is not _Auto:
                return super().wrap_formdata(form, formdata)
            if not form.is_submitted():
                return None
            slots = {field.name for field in form if isinstance(field, FileField)}
            sent = [(name, file) for name, file in request.files.items(multi=True) if name in slots]
            return CombinedMultiDict([MultiDict(sent), request.form])

        def get_translations(self, form: Any) -> HouseTranslations:
            """Let the form library speak through our catalogue."""
            return HouseTranslations()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check everything; what was found to be in order can be read again in the same request (`g.sent_form`)."""
        valid: bool = super().validate(extra_validators)
        if valid:
            g.sent_form = self
        return valid

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """All errors in the order of the form, as pairs of field id (None for the whole form) and sentence."""
        found: list[tuple[str | None, str]] = [(None, str(text)) for text in self.form_errors]
        for field in self:
            found += [(field.id, text) for text in flat(field.errors)]
        return found


class MomentField(DateTimeLocalField):
    """A day and an hour of Vietnamese time, as a browser sends them or as people write them."""

    data: datetime | None

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%H:%M %d/%m/%Y"]
        super().__init__(label, validators, format=formats, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        :raise ValueError: for what is no moment of this century; the first and last years have no instant in every zone
        """
        super().process_formdata(valuelist)
        if self.data is not None and not 2000 <= self.data.year < 2100:
            self.data = None
            raise ValueError(self.gettext("Not a valid datetime value."))

    @property
    def moment(self) -> datetime | None:
        """The instant that was chosen."""
        return self.data.replace(tzinfo=clock.ZONE).astimezone(UTC) if self.data is not None else None


def flat(errors: Any) -> list[str]:
    """List the sentences of a field's errors, however deep a list of forms nests them."""
    if isinstance(errors, dict):
        return [text for value in errors.values() for text in flat(value)]
    if isinstance(errors, (list, tuple)):
        return [text for value in errors for text in flat(value)]
    return [str(errors)]


__all__ = ["Form", "InputRequired", "Length", "MomentField", "flat", "tidy_input"]
