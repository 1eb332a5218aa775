"""The shape of input: what the organizers add to the page of a winning work."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.fields import BooleanField, HiddenField, TextAreaField

from contest.web.forms import Form, Length

LONGEST = 600
"""Letters of a citation: three sentences, which are read on a telephone and on a stage."""


class NoteForm(Form):
    """The jury's words for a work, and whether its pictures are left out."""

    citation = TextAreaField(
        _l("Words of the jury"),
        validators=[Length(max=LONGEST, message=_l("Write 600 letters at most: it is read in one breath."))],
    )
    media_withheld = BooleanField(_l("Leave out pictures and recordings, although the author allowed them"))
    over = HiddenField(validators=[Length(max=10)])

    @property
    def over_version(self) -> int:
        """The version that was on the page when it was opened; what cannot be one is none."""
        typed = self.over.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() else -1
