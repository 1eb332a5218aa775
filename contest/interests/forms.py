"""The shape of what people say about interests."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from contest.accounts.models import Outlet
from contest.errors import N_
from contest.interests.desk import Work
from contest.interests.kinds import RELATIONS, SAID, Kind
from contest.web.forms import Form

EARLIEST, LATEST = 1950, 2100
LARGEST_ID = 2**62
CONFIRM, WAIVE = "confirm", "waive"

PERSONAL = {
    Kind.relative: N_("A relative or somebody of my household"),
    Kind.co_author: N_("We write or broadcast together"),
    Kind.taught: N_("I taught them, or they taught me"),
    Kind.edited: N_("I edited their work, or they edited mine"),
}
OF_WORK = {
    Kind.declared: N_("Another reason"),
    Kind.former_outlet: N_("It comes from a newsroom of mine"),
    Kind.relative: N_("A relative of mine made it"),
    Kind.co_author: N_("I write together with an author"),
    Kind.taught: N_("I taught an author, or was taught by one"),
    Kind.edited: N_("I edited it, advised on it or approved it"),
}


class NewsroomForm(Form):
    """A newsroom somebody works in, or did."""

    outlet = SelectField(_l("Newsroom"), [DataRequired(_l("Choose the newsroom from the list."))])
    until = IntegerField(
        _l("Year in which you left"),
        [Optional(), NumberRange(EARLIEST, LATEST, _l("Write the year with four digits, like 2023."))],
    )

    def offer(self, outlets: Iterable[Outlet]) -> None:
        """Offer the newsrooms that there are."""
        self.outlet.choices = [("", _("Choose …")), *((str(outlet.id), outlet.name) for outlet in outlets)]


class PersonForm(Form):
    """A person somebody is close to."""

    name = StringField(
        _l("Full name"),
        [
            DataRequired(_l("Write the name in full, as it would be printed.")),
            Length(4, 120, _l("Write the name in full, with at most 120 characters.")),
        ],
    )
    relation = RadioField(_l("How do you know them?"), [InputRequired(_l("Choose what ties you to this person."))])

    def offer(self) -> None:
        """Offer the ways in which people are close."""
        self.relation.choices = [(str(kind), _(PERSONAL[kind])) for kind in RELATIONS]


class StrangerForm(Form):
    """Somebody who might be invited."""

    name = StringField(
        _l("Full name"),
        [
            DataRequired(_l("Write the name in full, as it would be printed.")),
            Length(4, 120, _l("Write the name in full, with at most 120 characters.")),
        ],
    )
    pen_names = StringField(_l("Pen names"), [Length(max=255, message=_l("Write at most 255 characters."))])
    email = StringField(_l("E-mail"), [Length(max=255, message=_l("Write at most 255 characters."))])
    outlet = SelectField(_l("Newsroom"))

    def offer(self, outlets: Iterable[Outlet]) -> None:
        """Offer the newsrooms that there are, and none."""
        self.outlet.choices = [
            ("", _("None, or not in the list")),
            *((str(outlet.id), outlet.name) for outlet in outlets),
        ]


class WorkForm(Form):
    """A work in which somebody has an interest."""

    work = SelectField(_l("Work"), [DataRequired(_l("Choose the work."))])
    kind = SelectField(_l("What ties you to it?"), [DataRequired(_l("Choose what ties you to the work."))])
    note = StringField(
        _l("In a few words"), [Length(max=255, message=_l("The note is longer than 255 characters. Shorten it."))]
    )

    def offer(self, works: Iterable[Work]) -> None:
        """Offer the works that lie before somebody."""
        self.work.choices = [("", _("Choose …")), *((str(work.entry_id), work.name) for work in works)]
        self.kind.choices = [(str(kind), _(OF_WORK[kind])) for kind in SAID]


class Act(Form):
    """An act on one thing that was said, or that all was said."""

    number = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_ID)])


class DecisionForm(Form):
    """Ties that are decided on together, with the reason for all of them."""

    ties = SelectMultipleField(_l("Ties"), [DataRequired(_l("Tick the lines on which you decide."))])
    decision = RadioField(
        validators=[InputRequired(_l("Choose what is decided."))],
        choices=[
            SelectChoice(CONFIRM, _l("Confirm: they are kept away")),
            SelectChoice(WAIVE, _l("Waive: it does no harm")),
        ],
    )
    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write in a few words why you decide so; the reason is kept.")),
            Length(max=1000, message=_l("The reason is longer than 1,000 characters. Shorten it.")),
        ],
    )
