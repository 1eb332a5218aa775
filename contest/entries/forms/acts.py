"""Beginning a work, adding a file, sending, withdrawing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from contest.entries.forms.fields import TITLE, at_most, one_line
from contest.web.forms import Form

if TYPE_CHECKING:
    from contest.accounts.models import Outlet
    from contest.regulations.schema import Regulation


AUTHOR = "author"


class StartForm(Form):
    """A title and a category: enough to begin."""

    title = StringField(_l("Title of the work"), [at_most(TITLE)], filters=[one_line])
    category = RadioField(_l("Category"), [InputRequired(_l("Choose the category in which the work competes."))])
    through = RadioField(_l("Who sends the work?"), [InputRequired(_l("Choose who sends the work."))])
    start_key = HiddenField(validators=[Length(max=40)], default=lambda: secrets.token_urlsafe(16))

    def __init__(self, regulation: Regulation, senders: Iterable[Outlet | None], **given: Any) -> None:
        """Offer the categories, and those for whom this person may send; where there is only one, nothing is asked."""
        super().__init__(**given)
        self.category.choices = [(one.code, one.name) for one in regulation.categories]
        self.senders = {str(one.id) if one else AUTHOR: one for one in senders}
        self.through.choices = [(key, one.name if one else _("I, as the author")) for key, one in self.senders.items()]
        if len(self.senders) < 2:
            del self.through

    @property
    def sender(self) -> Outlet | None:
        """The newsroom or branch for which the work is sent; None when its author sends it."""
        key = self.through.data if self.through else next(iter(self.senders), AUTHOR)
        return self.senders.get(key)


class UploadForm(Form):
    """One file for one slot."""

    file = FileField(_l("File"))


class Act(Form):
    """A button and nothing else."""


class ReviewForm(Form):
    """What was read is what is sent."""

    version = HiddenField()


class WithdrawForm(Form):
    """Why a work is taken out."""

    reason = TextAreaField(_l("Reason"), [at_most(1000)])
