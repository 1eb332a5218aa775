"""The shape of input: a code to look up; acts that need no words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms.fields import StringField

from contest.web.forms import Form, InputRequired, Length


class LookUpForm(Form):
    """A code as typed, pasted or scanned. It only asks, so it is sent by GET and needs no token."""

    class Meta(Form.Meta):
        """Nothing is changed by asking."""

        csrf = False

    code = StringField(
        _l("Code of the certificate"),
        name="ma",
        validators=[
            InputRequired(_l("Type the code that stands beside the square pattern on the certificate.")),
            Length(max=400, message=_l("This is longer than a code. Type only the code beside the square pattern.")),
        ],
    )


class FileForm(Form):
    """A file that somebody wants to know about. It is read and forgotten."""

    file = FileField(
        _l("File of the certificate (PDF)"),
        name="tep",
        validators=[FileRequired(_l("Choose the PDF file first."))],
        render_kw={"accept": "application/pdf,.pdf"},
    )


class ActForm(Form):
    """An act without words: only the token that shows it was meant."""
