"""The shape of what the staff asks of the machine."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SubmitField

from contest.web.forms import Form


class ResendForm(Form):
    """Send a letter once more."""

    submit = SubmitField(_l("Send this letter again"))
