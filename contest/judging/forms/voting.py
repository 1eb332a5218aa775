"""Who is present, and what they vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from contest.judging.ballots import NO, YES, Question
from contest.judging.models import Ballot
from contest.judging.queries import Candidate
from contest.web.forms import Form


class SittingForm(Form):
    """What is put to the vote, and who is there."""

    questions = SelectMultipleField(_l("What is voted on"), validate_choice=False)
    present = SelectMultipleField(_l("Who is present"), coerce=int, validate_choice=False)


class PresenceForm(Form):
    """Who is there by now."""

    present = SelectMultipleField(_l("Who is present"), coerce=int, validate_choice=False)


class BallotForm(Form):
    """A ballot: a field for each work or newsroom of each question."""

    keys: dict[str, tuple[str, str]] = {}  # question and subject by name of the field

    @property
    def choices(self) -> dict[str, dict[str, str]]:
        """What is chosen, by question and subject."""
        found: dict[str, dict[str, str]] = {}
        for name, (question, subject) in self.keys.items():
            value = self[name].data
            found.setdefault(question, {})[subject] = YES if value is True else (value or "")
        return found

    def fill(self, cast: Mapping[str, Ballot]) -> None:
        """Put in what the member has voted already."""
        for name, (question, subject) in self.keys.items():
            value = cast[question].choice.get(subject, "") if question in cast else ""
            self[name].data = bool(value) if isinstance(self[name], BooleanField) else value

    def refuse(self, sentence: str) -> None:
        """Show a sentence at the top."""
        self.form_errors.append(sentence)


def ballot_form(offered: Iterable[tuple[Question, Iterable[Candidate]]]) -> BallotForm:
    """Build the form of a ballot; what the member does not vote on has no field.

    A field is named by the work it is about and not by its place: works may leave a ballot while its page is open, and
    what was chosen for one must never count for the next. Newsrooms do not leave; their place names them.
    """
    fields: dict[str, Any] = {}
    keys: dict[str, tuple[str, str]] = {}
    for question, candidates in offered:
        for place, candidate in enumerate(candidates):
            if not candidate.is_barred:
                name = f"vote_{question.code}_{candidate.work_id or place}"
                fields[name] = _vote_field(question, candidate)
                keys[name] = (question.code, candidate.key)
    form_class: type[BallotForm] = type("OneBallotForm", (BallotForm,), {**fields, "keys": keys})
    return form_class()


def _vote_field(question: Question, candidate: Candidate) -> Any:
    label = candidate.title
    match question.kind:
        case "yes_no":
            ways = [
                SelectChoice(YES, _l("In favour")),
                SelectChoice(NO, _l("Against")),
                SelectChoice("", _l("No vote")),
            ]
            return RadioField(label, choices=ways, validators=[Optional()])
        case "tier":
            tiers = [SelectChoice(code, name) for code, name in question.tiers]
            choices = [SelectChoice("", _l("Gives no prize")), *tiers]
            return SelectField(label, choices=choices, validators=[Optional()])
        case "approval":
            return BooleanField(label)
        case "ranking":
            too_long = _l("A rank is a whole number like 1 or 12.")
            return StringField(label, [Optional(), Length(max=5, message=too_long)])
