"""The shape of input: printed sheets, spoiled ones, and acts that need no words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, NumberRange, Optional

from contest.delivery.models import TAKEN_LABELS
from contest.web.forms import Form, Length

TOO_LONG = _l("This is too long: %(max)d characters at most.")
MOST = 2**31 - 1


class ActForm(Form):
    """An act without words: only the token that shows it was meant."""


class PrintForm(Form):
    """Which sheets were printed, from which file, and why again."""

    number = IntegerField(
        _l("Number in the register"),
        [Optional(), NumberRange(1, MOST, message=_l("Write the number as it stands in the register, such as 12."))],
    )
    source = SelectField(
        _l("Printed from"), choices=[SelectChoice(str(each), _l(label)) for each, label in TAKEN_LABELS.items()]
    )
    reason = StringField(_l("Why it is printed again"), [Length(max=300, message=TOO_LONG)])


class SpoiledForm(Form):
    """Why a sheet cannot be handed out."""

    why = TextAreaField(
        _l("What happened to the sheet"),
        [DataRequired(_l("Write what happened, such as: the ink ran.")), Length(max=300, message=TOO_LONG)],
    )
