"""The shape of an act on one award."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from contest.web.forms import Form

TOO_LONG = _l("This is longer than %(max)d characters. Shorten it.")
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class AwardChangeForm(Form):
    """What stands on the decision that suspends, revokes or restores an award."""

    number = StringField(
        _l("Number of the decision"),
        [DataRequired(_l("Write the number as it stands on the decision.")), Length(max=60, message=TOO_LONG)],
    )
    decided_on = DateField(
        _l("Date of the decision"), [InputRequired(_l("Choose the date that stands on the decision."))], format=DAYS
    )
    signer = StringField(
        _l("Name of the signer"), [DataRequired(_l("Write the name of the signer.")), Length(max=200, message=TOO_LONG)]
    )
    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write the reason in a sentence.")), Length(max=1000, message=TOO_LONG)]
    )
