"""The shape of requests about data, of their answers, and of the record of incidents."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.validators import Optional as MayBeEmpty
from wtforms.widgets import CheckboxInput, ListWidget

from contest.accounts.models import Person
from contest.privacy.masking import masked
from contest.privacy.terms import WISHES
from contest.web.forms import Form, MomentField

TOO_LONG = _l("This is longer than %(max)d characters. Shorten it.")


def _wish() -> RadioField:
    return RadioField(
        _l("What is asked"),
        choices=[SelectChoice(str(wish), _l(label)) for wish, label in WISHES.items()],
        validators=[InputRequired(_l("Choose what is asked."))],
    )


class Act(Form):
    """A button and nothing else."""


class RequestForm(Form):
    """What somebody asks about their own data."""

    wish = _wish()
    words = TextAreaField(_l("What should be done"), [Length(max=4000, message=TOO_LONG)])
    understood = BooleanField(_l("I have read what stays and what follows from an erasure"))

    def validate_understood(self, field: BooleanField) -> None:
        """An erasure cannot be undone: whoever asks for it has read what stays."""
        if self.wish.data == "erasure" and not field.data:
            raise ValidationError(_("Tick this box once you have read what stays: an erasure cannot be undone."))


class PaperForm(Form):
    """What somebody asked in a letter."""

    wish = _wish()
    people = SelectMultipleField(
        _l("Whose data"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l("Tick every line that means this person, also under another spelling."),
    )
    words = TextAreaField(
        _l("What the letter says, and how it was checked who wrote it"),
        [
            DataRequired(_l("Write what the letter asks and how you checked who wrote it.")),
            Length(max=4000, message=TOO_LONG),
        ],
    )

    def offer(self, people: Iterable[Person]) -> None:
        """Offer the people that were found, each with what tells them from another of the same name."""
        self.people.choices = [
            SelectChoice(one.id, ", ".join(filter(None, (one.name, one.unit, masked(one.phone), masked(one.email)))))
            for one in people
        ]


class SearchForm(Form):
    """Somebody by name, address or number."""

    class Meta(Form.Meta):
        """A search changes nothing and can be kept as an address."""

        csrf = False

    tim = StringField(_l("Name, e-mail or telephone number"), [Length(max=200, message=TOO_LONG)])


class DecisionForm(Form):
    """An answer to a request."""

    reason = TextAreaField(_l("Answer to the person"), [Length(max=4000, message=TOO_LONG)])


class IncidentForm(Form):
    """A breach of personal data, as far as it is known."""

    what = TextAreaField(
        _l("What happened"), [DataRequired(_l("Write what happened.")), Length(max=8000, message=TOO_LONG)]
    )
    affected = TextAreaField(
        _l("Whose data are affected, of what kind, about how many people"),
        [
            DataRequired(_l("Write who is affected, also if it is not known exactly yet.")),
            Length(max=4000, message=TOO_LONG),
        ],
    )
    measures = TextAreaField(_l("What was done against it"), [Length(max=8000, message=TOO_LONG)])
    happened_at = MomentField(_l("When it happened"), [MayBeEmpty()])
    known_at = MomentField(_l("When it became known"), [InputRequired(_l("Write when it became known."))])
    authority_told_at = MomentField(_l("When the authority was told"), [MayBeEmpty()])
    people_told_at = MomentField(_l("When the people affected were told"), [MayBeEmpty()])
    closed_at = MomentField(_l("When it was over"), [MayBeEmpty()])

    def facts(self) -> dict[str, object]:
        """Give what was typed by the columns of the record."""
        moments = ("happened_at", "known_at", "authority_told_at", "people_told_at", "closed_at")
        texts = ("what", "affected", "measures")
        return {name: self[name].data or "" for name in texts} | {name: self[name].moment for name in moments}
