"""The shape of what is sent in a meeting."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from contest.accounts.models import User
from contest.council.counting import Hands
from contest.council.queries import Seat
from contest.council.services import Answer
from contest.council.stages import How, Move
from contest.web.forms import Form, MomentField

TOO_LONG = _l("This is longer than %(max)d characters. Shorten it.")
MOST_MEMBERS = 999


class ConfirmForm(Form):
    """A yes."""


class MoveForm(Form):
    """A step that needs no words."""

    move = HiddenField(validators=[InputRequired(), Length(max=20)])

    @property
    def asked(self) -> Move | None:
        """The step that is asked for; None for what is none."""
        return Move(self.move.data) if self.move.data in set(Move) else None


class HourForm(Form):
    """Something that may be typed in after its hour."""

    hour = MomentField(_l("Hour at which it happened"), [Optional()])

    @property
    def moment(self) -> datetime | None:
        """That hour; None for now."""
        return self.hour.moment


class OpenForm(HourForm):
    """The opening of a meeting."""


class CallForm(Form):
    """A meeting to come."""

    title = StringField(
        _l("What the meeting is about"),
        [DataRequired(_l("Write in a few words what the meeting is about.")), Length(max=200, message=TOO_LONG)],
    )
    place = StringField(_l("Meeting place"), [Length(max=200, message=TOO_LONG)])
    convenes_at = MomentField(_l("Begins"), [InputRequired(_l("Choose the day and hour at which it begins."))])
    chair = SelectField(_l("Presides"), coerce=int)
    secretary = SelectField(_l("Secretary of the meeting"), coerce=int)

    def offer(self, seats: Iterable[Seat], secretaries: Iterable[User]) -> None:
        """Offer members to preside, chairs of panels first, and people to keep the minutes."""
        self.chair.choices = [(seat.user.id, seat.user.name) for seat in seats]
        self.secretary.choices = [(user.id, user.name) for user in secretaries]


class RollForm(HourForm):
    """Who is there; a field for each member."""

    members: tuple[int, ...] = ()

    @property
    def roll(self) -> dict[int, Answer]:
        """What is written beside each name, by user id."""
        return {
            member: Answer(How(self[f"how_{member}"].data), self[f"reason_{member}"].data or "")
            for member in self.members
        }

    def fill(self, seats: Iterable[Seat]) -> None:
        """Put in what the roll has."""
        for seat in seats:
            self[f"how_{seat.user.id}"].data = str(seat.how or How.ROOM)
            self[f"reason_{seat.user.id}"].data = seat.reason


def roll_form(seats: Collection[Seat]) -> RollForm:
    """Build the form of a roll."""
    ways = [SelectChoice(str(how), _l(how.label)) for how in How]
    fields: dict[str, Any] = {"members": tuple(seat.user.id for seat in seats)}
    for seat in seats:
        answered = [InputRequired(_l("Say whether this member is there."))]
        fields[f"how_{seat.user.id}"] = RadioField(seat.user.name, answered, choices=ways)
        fields[f"reason_{seat.user.id}"] = StringField(
            _l("Reason of the absence"), [Optional(), Length(max=200, message=TOO_LONG)]
        )
    form_class: type[RollForm] = type("OneRollForm", (RollForm,), fields)
    return form_class()


class TakeUpForm(Form):
    """What is taken up: a work, the standings of a group, or something in words."""

    subject = SelectField(_l("A work or standings"), validate_choice=False, validators=[Optional(), Length(max=60)])
    title = StringField(_l("Or something else"), [Optional(), Length(max=200, message=TOO_LONG)])

    def offer(self, works: Iterable[tuple[str, str]], groups: Iterable[tuple[str, str]]) -> None:
        """Offer works and groups."""
        listed = {_l("Works"): list(works), _l("Standings"): list(groups)}
        self.subject.choices = [("", _l("Choose…"))]
        self.groups = {label: choices for label, choices in listed.items() if choices}


class NoteForm(HourForm):
    """What was said."""

    text = TextAreaField(
        _l("What was said"),
        [DataRequired(_l("Write what is to stand in the minutes.")), Length(max=4000, message=TOO_LONG)],
    )
    item = SelectField(_l("About"), coerce=int, validate_choice=False, default=0)


class ProposalForm(Form):
    """A proposal."""

    text = TextAreaField(
        _l("Proposal"),
        [DataRequired(_l("Write what is proposed, in a sentence.")), Length(max=2000, message=TOO_LONG)],
    )


COUNTED, WITHDRAWN = "counted", "withdrawn"


class HandsForm(Form):
    """What the council decided on a proposal."""

    outcome = RadioField(
        _l("What became of it"),
        choices=[
            SelectChoice(COUNTED, _l("Hands were counted")),
            SelectChoice(WITHDRAWN, _l("The proposal was withdrawn")),
        ],
        default=COUNTED,
        validators=[InputRequired(_l("Choose what became of the proposal."))],
    )
    yes = IntegerField(_l("In favour"), default=0)
    no = IntegerField(_l("Against"), default=0)
    abstained = IntegerField(_l("Abstaining"), default=0)
    chair_for = BooleanField(_l("Whoever presides was in favour"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for numbers where hands were counted."""
        if self.outcome.data != WITHDRAWN:
            number = _l("Write a number from 0 to %(max)s.", max=MOST_MEMBERS)
            extra_validators = {
                name: [InputRequired(number), NumberRange(0, MOST_MEMBERS, number)]
                for name in ("yes", "no", "abstained")
            }
        found: bool = super().validate(extra_validators)
        return found

    @property
    def hands(self) -> Hands:
        """The hands that were counted."""
        return Hands(self.yes.data or 0, self.no.data or 0, self.abstained.data or 0, bool(self.chair_for.data))


class VoteForm(Form):
    """What is put to the vote."""

    questions = SelectMultipleField(_l("What is voted on"), validate_choice=False)


class CloseForm(HourForm):
    """The end of a meeting."""

    conclusion = TextAreaField(
        _l("What the meeting concludes"),
        [DataRequired(_l("Write what the council concludes.")), Length(max=4000, message=TOO_LONG)],
    )
    reference = StringField(_l("Number of the minutes"), [Optional(), Length(max=60, message=TOO_LONG)])
