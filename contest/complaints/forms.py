"""The shape of a complaint, and of what staff do with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    EmailField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp
from wtforms.validators import Optional as MayBeEmpty

from contest import clock
from contest.accounts.models import User
from contest.complaints.models import Complaint
from contest.complaints.queries import PostedLine
from contest.complaints.rules import ABOUT_NAMES, VERDICT_NAMES
from contest.web.forms import Form, MomentField

TOO_LONG = _l("This is longer than %(max)d characters. Shorten it.")


class ComplaintForm(Form):
    """A complaint about the posted list, from anybody."""

    about = RadioField(
        _l("What the complaint is about"),
        choices=[SelectChoice(str(about), _l(name)) for about, name in ABOUT_NAMES.items()],
        validators=[InputRequired(_l("Choose what the complaint is about."))],
    )
    line = SelectField(_l("Which line"), validate_choice=False, description=_l("For a line of the posted list."))
    work = StringField(
        _l("Which work"),
        [Length(max=400, message=TOO_LONG)],
        description=_l("For a work that is not on the list: its code or its title."),
    )
    text = TextAreaField(
        _l("What you complain about, and why"),
        [
            DataRequired(_l("Write what you complain about, and what you base it on.")),
            Length(min=20, max=8000, message=_l("Write between %(min)d and %(max)d characters.")),
        ],
    )
    files = MultipleFileField(_l("Evidence"))
    name = StringField(_l("Your name"), [DataRequired(_l("Write your name.")), Length(max=200, message=TOO_LONG)])
    unit = StringField(_l("Your unit or address"), [Length(max=200, message=TOO_LONG)])
    email = EmailField(
        _l("E-mail"),
        [
            MayBeEmpty(),
            Length(max=200, message=TOO_LONG),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message=_l("Write the address like ten@toasoan.vn.")),
        ],
    )
    phone = TelField(_l("Telephone"), [Length(max=40, message=TOO_LONG)])
    truth = BooleanField(
        _l("What I write here is true, and I answer for it"),
        [DataRequired(_l("A complaint is looked into once you state that it is true."))],
    )

    def offer(self, lines: Iterable[PostedLine]) -> None:
        """Offer the lines of the posted list, part by part."""
        groups: dict[str, list[SelectChoice]] = {"": [SelectChoice("", _l("Choose a line"))]}
        for line in lines:
            groups.setdefault(line.section, []).append(SelectChoice(line.key, line.words))
        self.line.choices = [
            SelectChoice(choice.value, choice.label, optgroup=section or None)
            for section, choices in groups.items()
            for choice in choices
        ]

    @property
    def evidence(self) -> list[FileStorage]:
        """The files that were chosen."""
        return [file for file in self.files.data or () if isinstance(file, FileStorage) and file.filename]


class FollowForm(Form):
    """Number and code of a receipt."""

    number = StringField(
        _l("Number of the complaint"), [DataRequired(_l("Write the number, like KN-0001.")), Length(max=20)]
    )
    code = StringField(
        _l("Follow-up code"), [DataRequired(_l("Write the code that stands on the receipt.")), Length(max=40)]
    )


class ConfirmForm(Form):
    """A plain act."""


class AssignForm(Form):
    """Who looks into a complaint."""

    person = SelectField(_l("Who looks into it"), coerce=int)

    def offer(self, people: Iterable[User], chosen: int | None) -> None:
        """Offer those who may, with the one who does."""
        self.person.choices = [SelectChoice(user.id, user.name) for user in people]
        if not self.is_submitted() and chosen is not None:
            self.person.data = chosen


class NoteForm(Form):
    """A note for the others."""

    text = TextAreaField(_l("Note"), [DataRequired(_l("Write the note.")), Length(max=4000, message=TOO_LONG)])


class MergeForm(Form):
    """With which complaint one is handled."""

    into = SelectField(_l("Handle it together with"), coerce=int)

    def offer(self, others: Iterable[Complaint]) -> None:
        """Offer the open ones."""
        self.into.choices = [
            SelectChoice(other.number, f"{other.shown_number} {other.subject}".strip()[:120]) for other in others
        ]


class WorkForm(Form):
    """Which work a complaint is about."""

    work = StringField(_l("Code or title of the work"), [DataRequired(_l("Write a code or a title.")), Length(max=400)])


class AnswerForm(Form):
    """The answer with its reasons."""

    verdict = RadioField(
        _l("What it comes to"),
        choices=[SelectChoice(str(verdict), _l(name)) for verdict, name in VERDICT_NAMES.items()],
        validators=[InputRequired(_l("Choose what the answer comes to."))],
    )
    reasons = TextAreaField(
        _l("Answer with its reasons"),
        [
            DataRequired(_l("Write the answer. It is sent to the complainant as it stands.")),
            Length(max=8000, message=TOO_LONG),
        ],
    )


class RemarkForm(Form):
    """Who marks a work again, and until when."""

    jurors = SelectMultipleField(_l("Who marks the work again"), coerce=int, validate_choice=False)
    until = MomentField(
        _l("Open until"), [InputRequired(_l("Choose the day and hour until which the sheets are awaited."))]
    )
    reason = TextAreaField(
        _l("Reason"), [DataRequired(_l("Write the reason in a sentence.")), Length(max=1000, message=TOO_LONG)]
    )

    def offer(self, jurors: Iterable[User]) -> None:
        """Offer jurors who may."""
        self.jurors.choices = [SelectChoice(juror.id, juror.name) for juror in jurors]

    @property
    def moment(self) -> datetime:
        """The chosen moment."""
        return self.until.moment or clock.now()


def chosen(field: Any) -> list[int]:
    """What was chosen among several, nothing for none."""
    return list(field.data or ())
