"""The shape of an answer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from contest.web.forms import Form


class DeclineForm(Form):
    """Why something is not done."""

    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write the reason in a sentence.")),
            Length(max=1000, message=_l("This is longer than %(max)d characters. Shorten it.")),
        ],
    )
