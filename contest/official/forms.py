"""The fields of a draft as a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from contest.official.kinds import Field
from contest.web.forms import Form

_l = lazy_gettext
TOO_LONG = _l("This is longer than %(max)d characters. Shorten it.")

LABELS: Mapping[Field, Any] = {
    Field.NUMBER: _l("Number and symbol"),
    Field.DATED_ON: _l("Date of the document"),
    Field.PLACE: _l("Place of issue"),
    Field.ADDRESSEE: _l("Addressed to"),
    Field.GROUNDS: _l("Grounds, one a line"),
    Field.AUTHORITY: _l("Who decides, as written above “QUYẾT ĐỊNH”"),
    Field.HELD_AT: _l("Day and hour of the ceremony"),
    Field.VENUE: _l("Place of the ceremony"),
    Field.REMARKS: _l("Further paragraphs, one a line"),
    Field.POWER: _l("Lines above the signer's title"),
    Field.SIGNER_TITLE: _l("Title of the signer"),
    Field.SIGNER_NAME: _l("Name of the signer"),
    Field.RECIPIENTS: _l("Recipients, one a line"),
}
SAVE, PDF, DOCX = "save", "pdf", "docx"


class DraftForm(Form):
    """A draft: its fields, and what is to be done with it; made for a document by `draft_form`."""

    act = RadioField(
        _l("What is to be done"),
        choices=[
            SelectChoice(SAVE, _l("Keep the fields and look at it")),
            SelectChoice(PDF, _l("Draw as PDF")),
            SelectChoice(DOCX, _l("Draw as DOCX")),
        ],
        default=SAVE,
    )
    wanted: tuple[Field, ...] = ()

    @property
    def typed(self) -> dict[Field, str]:
        """What was typed, by field."""
        found = {}
        for field in self.wanted:
            value = self[str(field)].data
            found[field] = value.isoformat() if isinstance(value, date) else (value or "")
        return found

    def of(self, field: Field) -> Any:
        """The control of a field."""
        return self[str(field)]


def draft_form(wanted: tuple[Field, ...], known: Mapping[Field, str]) -> DraftForm:
    """Build the form of a document with what stands in its fields."""
    fields: dict[str, Any] = {"wanted": wanted}
    data: dict[str, Any] = {}
    for field in wanted:
        value = known.get(field, "")
        if field is Field.DATED_ON:
            fields[field] = DateField(LABELS[field], [Optional()], format=["%Y-%m-%d", "%d/%m/%Y"])
            data[field] = date.fromisoformat(value) if value else None
        elif field.has_lines:
            fields[field] = TextAreaField(LABELS[field], [Length(max=3000, message=TOO_LONG)])
            data[field] = value
        else:
            fields[field] = StringField(LABELS[field], [Length(max=300, message=TOO_LONG)])
            data[field] = value
    form: DraftForm = type("DocumentForm", (DraftForm,), {str(name): field for name, field in fields.items()})(
        data=data
    )
    return form
