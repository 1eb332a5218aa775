"""The shape of what jurors and the secretariat send."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, StopValidation
from wtforms.widgets import HiddenInput

from contest.accounts.models import User
from contest.judging.ballots import NO, YES, Question
from contest.judging.marks import LONGEST, Reading, read_sheet, written
from contest.judging.models import Ballot, JurorNote, PanelMember, ReminderPlan, ScoreSheet, SheetDraft
from contest.judging.queries import Candidate
from contest.judging.reminding import EARLIEST_HOUR, LATEST_HOUR, Plan
from contest.regulations.scoring import Criterion
from contest.web.forms import Form, MomentField
from contest.web.refusals import words

LONGEST_COMMENT = 4000
LONGEST_NOTE = 10_000
LONGEST_LIST = 60_000
LARGEST_NUMBER = 1_000_000
LARGEST_ID = 2**62
LARGEST_QUOTA = 100_000
MOST_DIGITS = 9
PREFIX = "mark_"


class SheetForm(Form):
    """A score sheet: a field for each criterion, a comment, and which draft and sheet the juror was looking at."""

    comment = TextAreaField(
        _l("Comment for the council"),
        [Length(max=LONGEST_COMMENT, message=_l("The comment is longer than 4,000 characters. Shorten it."))],
    )
    reason = StringField(
        _l("Why the sheet is corrected"),
        [Length(max=500, message=_l("The reason is longer than 500 characters. Shorten it."))],
    )
    version = IntegerField(widget=HiddenInput(), default=0, validators=[Optional(), NumberRange(0, LARGEST_NUMBER)])
    seen = IntegerField(widget=HiddenInput(), default=0, validators=[Optional(), NumberRange(0, LARGEST_NUMBER)])
    onward = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, LARGEST_ID)])

    codes: tuple[str, ...] = ()

    @property
    def typed(self) -> dict[str, str]:
        """The marks as typed, by criterion code."""
        return {code: (self[PREFIX + code].data or "") for code in self.codes}

    def mark(self, code: str) -> Any:
        """The field of a criterion."""
        return self[PREFIX + code]

    def read(self, rubric: Iterable[Criterion]) -> Reading:
        """Read all marks; what cannot be read gets its sentence at its field."""
        reading = read_sheet(self.typed, rubric)
        for code, refusal in reading.refused.items():
            field = self.mark(code)
            field.errors = [*field.errors, words(refusal)]
        return reading

    def fill(self, draft: SheetDraft | None, newest: ScoreSheet | None) -> None:
        """Put in what the juror typed last: the draft, unless a sheet was sent after it."""
        if newest is not None and (draft is None or draft.updated_at <= newest.submitted_at):
            self._put({code: written(mark) for code, mark in newest.marks.items()}, newest.comment)
        elif draft is not None:
            self._put(draft.marks, draft.comment)
        self.typed_over(draft)
        self.seen.data = newest.revision if newest else 0

    def typed_over(self, draft: SheetDraft | None) -> None:
        """Note which draft the text in the form replaces when it is saved next."""
        self.version.data, self.version.raw_data = draft.version if draft else 0, None

    def lead_to(self, onward: int | None) -> None:
        """Note which work comes after this one is sent."""
        self.onward.data, self.onward.raw_data = onward, None

    def _put(self, marks: Mapping[str, str], comment: str) -> None:
        for code in self.codes:
            self.mark(code).data = marks.get(code, "")
        self.comment.data = comment


def score_sheet_form(rubric: Iterable[Criterion], *, formdata: Any = None) -> SheetForm:
    """Build the form of a rubric.

    :param formdata: what was sent, where it is not the form of the request
    """
    form_class = _form_of(tuple((criterion.code, criterion.name) for criterion in rubric))
    return form_class() if formdata is None else form_class(formdata=formdata)


@lru_cache(maxsize=64)
def _form_of(criteria: tuple[tuple[str, str], ...]) -> type[SheetForm]:
    """Make the form class of a rubric once: making classes is slow, and rubrics do not change."""
    too_long = _l("A mark is a short number like 17 or 17,5.")
    fields: dict[str, Any] = {
        PREFIX + code: StringField(name, [Length(max=LONGEST, message=too_long)]) for code, name in criteria
    }
    return type("RubricForm", (SheetForm,), {**fields, "codes": tuple(code for code, _ in criteria)})


class NoteForm(Form):
    """What a juror notes for themselves."""

    note = TextAreaField(
        _l("Note for yourself"),
        [Length(max=LONGEST_NOTE, message=_l("The note is longer than 10,000 characters. Shorten it."))],
    )
    note_version = IntegerField(
        widget=HiddenInput(), default=0, validators=[Optional(), NumberRange(0, LARGEST_NUMBER)]
    )

    def show(self, note: JurorNote | None) -> None:
        """Put in the note that is kept."""
        self.note.data = note.text if note else ""
        self.typed_over(note)

    def typed_over(self, note: JurorNote | None) -> None:
        """Remember which note the text in the form replaces when it is saved next."""
        self.note_version.data, self.note_version.raw_data = note.version if note else 0, None


class SendAllForm(Form):
    """The confirmation that sheets are sent together: which, and in which state they were seen."""

    seen = HiddenField(validators=[Length(max=LONGEST_LIST), Regexp(r"(\d{1,18}:\d{1,9}(,\d{1,18}:\d{1,9})*)?$")])

    @property
    def versions(self) -> dict[int, int]:
        """Versions of the drafts as they were shown, by number of the assignment."""
        pairs = (pair.split(":") for pair in (self.seen.data or "").split(",") if pair)
        return {int(number): int(version) for number, version in pairs}

    def name(self, versions: Mapping[int, int]) -> None:
        """Name the drafts that the button sends."""
        self.seen.data = ",".join(f"{number}:{version}" for number, version in versions.items())
        self.seen.raw_data = None


class ReasonForm(Form):
    """An act with its reason."""

    reason = TextAreaField(
        _l("Reason"),
        [
            DataRequired(_l("Write the reason in a sentence.")),
            Length(max=1000, message=_l("The reason is longer than 1,000 characters. Shorten it.")),
        ],
    )


class ReopenForm(ReasonForm):
    """Extra time for one sheet."""

    until = MomentField(_l("Open until"), [InputRequired(_l("Choose the day and hour until which the sheet is open."))])

    @property
    def moment(self) -> datetime:
        """The chosen moment; what is typed is Vietnamese time."""
        chosen = self.until.moment
        if chosen is None:
            raise ValueError("no moment was chosen")
        return chosen


class PanelForm(Form):
    """Who sits on a panel, and who chairs it; three more fields for each juror: quota, first and last day away."""

    members = SelectMultipleField(_l("Jurors"), coerce=int, validate_choice=False)
    chair = RadioField(_l("Chair"), coerce=int, validate_choice=False, validators=[Optional()])

    offered: tuple[int, ...] = ()

    def terms_of(self, juror_id: int) -> tuple[Any, Any, Any]:
        """The fields of one juror."""
        return self[f"quota_{juror_id}"], self[f"away_{juror_id}"], self[f"back_{juror_id}"]

    @property
    def terms(self) -> dict[int, tuple[int | None, date | None, date | None]]:
        """What is agreed on with each juror."""
        return {
            juror_id: (quota.data, away.data, back.data if away.data else None)
            for juror_id in self.offered
            for quota, away, back in [self.terms_of(juror_id)]
        }

    def fill(self, members: Iterable[PanelMember]) -> None:
        """Put in how the panel is now."""
        seated = list(members)
        self.members.data = [member.user_id for member in seated]
        self.chair.data = next((member.user_id for member in seated if member.chair), None)
        for member in seated:
            if member.user_id in self.offered:
                quota, away, back = self.terms_of(member.user_id)
                quota.data, away.data, back.data = member.quota, member.absent_from, member.absent_until

    def validate(self, extra_validators: Any = None) -> bool:
        """Check, besides each field, that nobody comes back before they leave."""
        sound = super().validate(extra_validators)
        for juror_id in self.offered:
            _quota, away, back = self.terms_of(juror_id)
            if back.data and not away.data and not away.errors:
                away.errors = [*away.errors, _("Say from which day on the juror is away.")]
            elif back.data and away.data and back.data < away.data:
                back.errors = [*back.errors, _("The last day away comes before the first.")]
            sound = sound and not (away.errors or back.errors)
        return sound


def panel_form(jurors: Iterable[User]) -> PanelForm:
    """Build the form of a panel for these people."""
    people = list(jurors)
    wrong_number = _l("A quota is a whole number from 0 to 100,000.")
    fields: dict[str, Any] = {}
    for juror in people:
        within = NumberRange(0, LARGEST_QUOTA, message=wrong_number)
        fields[f"quota_{juror.id}"] = QuotaField(f"{_('At most')}: {juror.name}", [Optional(), within])
        fields[f"away_{juror.id}"] = DateField(f"{_('Away from')}: {juror.name}", [Optional()])
        fields[f"back_{juror.id}"] = DateField(f"{_('Away until')}: {juror.name}", [Optional()])
    offered = tuple(juror.id for juror in people)
    form_class: type[PanelForm] = type("OnePanelForm", (PanelForm,), {**fields, "offered": offered})
    form = form_class()
    choices = [(juror.id, juror.name) for juror in people]
    form.members.choices = choices
    form.chair.choices = choices
    return form


class QuotaField(IntegerField):
    """A number of works, of ordinary length: what is longer is no quota."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; anything else is told in one sentence."""
        written = valuelist[0].strip() if valuelist else ""
        if written and not (written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS):
            self.data = None
            raise ValueError(_("A quota is a whole number from 0 to 100,000."))
        self.data = int(written) if written else None

    def pre_validate(self, form: Any) -> None:
        """Leave it at that sentence where no number could be read."""
        if self.process_errors:
            raise StopValidation


class SpreadForm(Form):
    """The confirmation of a proposal."""

    seed = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, 2**31)])
    digest = HiddenField(validators=[InputRequired(), Length(max=16)])

    def propose(self, seed: int, digest: str) -> None:
        """Name the proposal that the button confirms."""
        self.seed.data, self.seed.raw_data = seed, None
        self.digest.data = digest


class AssignmentsFileForm(Form):
    """A file of assignments."""

    file = FileField(_l("File of assignments"), validators=[FileRequired(_l("Choose the file first."))])


class HandForm(Form):
    """Who judges one work, chosen by hand."""

    jurors = SelectMultipleField(_l("Jurors of this work"), coerce=int, validate_choice=False)


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
    """Build the form of a ballot; what the member does not vote on has no field."""
    fields: dict[str, Any] = {}
    keys: dict[str, tuple[str, str]] = {}
    for number, (question, candidates) in enumerate(offered):
        for place, candidate in enumerate(candidates):
            if not candidate.is_barred:
                name = f"vote_{number}_{place}"
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


class ConfirmForm(Form):
    """A yes."""


class RemindForm(ConfirmForm):
    """Whom to write to: all who are behind, all with sheets left, those who are ticked, or one."""

    whom = StringField(validators=[Length(max=20)])
    juror = SelectMultipleField(coerce=int, validate_choice=False)
    only = IntegerField(validators=[Optional(), NumberRange(1, LARGEST_ID)])

    @property
    def chosen(self) -> set[int] | None:
        """The people who were chosen by name; None where a group was."""
        if self.only.data:
            return {self.only.data}
        return set(self.juror.data or ()) if self.whom.data == "chosen" else None


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


class ReminderPlanForm(Form):
    """On which days jurors are reminded by themselves."""

    before = StringField(
        _l("Days before the last day of the round"),
        [
            Length(max=60, message=_l("Name at most a few days, like 7, 3, 1.")),
            Regexp(
                r"^$|^\d{1,2}( *[,;] *\d{1,2})*$", message=_l("Write whole numbers with commas between, like 7, 3, 1.")
            ),
        ],
    )
    every = IntegerField(
        _l("And every so many days"),
        [Optional(), NumberRange(0, 60, message=_l("Write a number of days from 0 to 60; 0 is never."))],
        default=0,
    )
    hour = SelectField(
        _l("Hour"),
        coerce=int,
        choices=[SelectChoice(hour, f"{hour:02d}:00") for hour in range(EARLIEST_HOUR, LATEST_HOUR + 1)],
        default=8,
    )
    only_behind = BooleanField(_l("Only those who are behind an even pace"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a plan without a day."""
        passed = super().validate(extra_validators)
        if passed and not self.plan.before and not self.plan.every:
            self.before.errors = [*self.before.errors, _("Name at least one day, here or in the next field.")]
            return False
        return passed

    @property
    def plan(self) -> Plan:
        """The days as the rule reads them."""
        days = (self.before.data or "").replace(";", ",").split(",")
        return Plan({int(day) for day in days if day.strip()}, self.every.data or 0, self.hour.data)

    def show(self, plan: ReminderPlan | None) -> None:
        """Put in what is kept; a beginning that suits most rounds where there is nothing."""
        self.before.data = ", ".join(map(str, reversed(plan.before))) if plan else "7, 3, 1"
        if plan is not None:
            self.every.data, self.hour.data, self.only_behind.data = plan.every, plan.hour, plan.only_behind
