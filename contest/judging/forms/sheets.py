"""A score sheet, its note, and sending several sheets at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from contest.judging.forms.numbers import LARGEST_ID, LARGEST_NUMBER
from contest.judging.marks import LONGEST, Reading, read_sheet, written
from contest.judging.models import JurorNote, ScoreSheet, SheetDraft
from contest.regulations.scoring import Criterion
from contest.web.forms import Form
from contest.web.refusals import words

LONGEST_COMMENT = 4000
LONGEST_NOTE = 10_000
LONGEST_LIST = 60_000
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
