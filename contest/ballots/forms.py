"""Sending a file of paper ballots, and confirming what it would record."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from contest.web.forms import Form


class FileForm(Form):
    """One file."""

    file = FileField(_l("Filled-in file"), validators=[FileRequired(_l("Choose the file first."))])


class ConfirmationForm(Form):
    """What was shown, named by its digest, so that nothing else is recorded."""

    seen = HiddenField(validators=[InputRequired(), Length(max=64)])
