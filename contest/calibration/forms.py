"""The shape of what the chair and the organizers send about comparing jurors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional

from contest.web.forms import Form, MomentField

LEAST_SHARE, MOST_SHARE = 5, 50


class FirstForm(Form):
    """Works that the whole panel marks first; none is a choice as well."""

    works = SelectMultipleField(_l("Works that all mark first"), coerce=int, validate_choice=False)

    def offer(self, works: Iterable[tuple[int, str]]) -> None:
        """Offer these works, by id."""
        self.works.choices = list(works)


class AgainForm(Form):
    """How many works are marked again, and how far marks may differ."""

    share = IntegerField(
        _l("Works drawn by lot, of a hundred"),
        [
            InputRequired(_l("Write a number from 5 to 50.")),
            NumberRange(LEAST_SHARE, MOST_SHARE, message=_l("Write a number from 5 to 50.")),
        ],
    )
    tolerance = IntegerField(
        _l("Points by which marks may differ"),
        [
            InputRequired(_l("Write a whole number of points, 1 or more.")),
            NumberRange(1, 1000, message=_l("Write a whole number of points, 1 or more.")),
        ],
    )
    until = MomentField(_l("Sheets are taken in until"), [Optional()])

    @property
    def moment(self) -> datetime | None:
        """The chosen moment; what is typed is Vietnamese time."""
        return self.until.moment


class ConfirmForm(Form):
    """A yes."""
