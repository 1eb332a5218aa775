"""Copies without names, and words that tell nobody."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Regexp

from contest.judging.forms.reminders import ConfirmForm
from contest.web.forms import Form


class CopyForm(Form):
    """A file without names, for jurors to see in place of another."""

    file = FileField(_l("Copy without names"))
    note = StringField(
        _l("What was taken out"), [Length(max=200, message=_l("The note is longer than 200 characters. Shorten it."))]
    )


class ClearForm(ConfirmForm):
    """That these bytes give nobody away."""

    sha256 = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{64}$")])


class RewordForm(Form):
    """What jurors of a blind round read in place of the title and the summary."""

    title = StringField(
        _l("Title for jurors"), [Length(max=400, message=_l("The title is longer than 400 characters. Shorten it."))]
    )
    summary = TextAreaField(
        _l("Summary for jurors"),
        [Length(max=8000, message=_l("The summary is longer than 8,000 characters. Shorten it."))],
    )
    links_shown = BooleanField(_l("Let jurors open the published articles, although these bear names"))
