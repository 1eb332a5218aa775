"""The shape of what a secretary sends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from contest.entries.models import Entry
from contest.entries.parts import LABELS as STEPS
from contest.entries.parts import Part
from contest.regulations.shape import midnight
from contest.screening import acts
from contest.screening.acts import Item, Shown
from contest.web.forms import Form

LONGEST_REASON = 2000

TOO_LONG = Length(max=LONGEST_REASON, message=_l("This is longer than 2,000 letters. Write it shorter."))
NEEDED = InputRequired(_l("Write the reason in a sentence or two; the author will read it."))


class Day(DateField):
    """A day as people write it, 18/8/2025."""

    widget = TextInput()
    data: date | None

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, format=["%d/%m/%Y", "%Y-%m-%d"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day.

        :raise ValueError: with a sentence for the field
        """
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("This day is not in the calendar. Write day/month/year, such as 20/8/2025.")) from error
        if self.data is not None and not 2000 <= self.data.year < 2100:
            self.data = None
            raise ValueError(_("This day is not in the calendar. Write day/month/year, such as 20/8/2025."))


class DecisionForm(Form):
    """What every decision carries along: what was on the page when it was taken."""

    revision = HiddenField()
    act = HiddenField()

    @property
    def shown(self) -> Shown:
        """What the secretary had in front of them; a field that was tampered with was never shown."""
        return Shown(_number(self.revision.data), _number(self.act.data))


class AcceptForm(DecisionForm):
    """Letting a work go to the jury."""

    reason = TextAreaField(_l("Why it is accepted all the same"), [TOO_LONG])


class ReturnForm(DecisionForm):
    """Sending a work back."""

    items = SelectMultipleField(_l("What the author has to complete"), validate_choice=False)
    reason = TextAreaField(_l("What to do, in words the author will read"), [NEEDED, TOO_LONG])
    until = Day(_l("Last day"), validators=[InputRequired(_l("Choose the last day for completing the work."))])

    @property
    def ends(self) -> datetime:
        """The midnight after the last day; the field has been validated."""
        return midnight((self.until.data or date.min) + timedelta(days=1))


class RejectForm(DecisionForm):
    """Keeping a work out."""

    rule = RadioField(
        _l("Article of the regulation"),
        [InputRequired(_l("Choose the article of the regulation on which the work is rejected."))],
        validate_choice=True,
    )
    reason = TextAreaField(_l("Reason, in words the author will read"), [NEEDED, TOO_LONG])


class NoteForm(Form):
    """A word for colleagues."""

    text = TextAreaField(_l("Note"), [InputRequired(_l("Write the note first.")), TOO_LONG])


class PressForm(Form):
    """A single button."""


def return_form(entry: Entry, **shown: Any) -> ReturnForm:
    """Make the form for sending a work back, with the parts of its category as choices."""
    form = ReturnForm(data=shown)
    items = acts.items_of(entry.contest.regulation.category(entry.category))
    form.items.choices = [(item.code, words_of(item)) for item in items]
    return form


def words_of(item: Item) -> str:
    """Name what a work can be returned for; a slot together with the step it stands in."""
    if item.is_slot:
        return _("%(step)s: %(slot)s", step=_(STEPS[Part.DOSSIER]), slot=item.label)
    return _(item.label)


def reject_form(entry: Entry, **shown: Any) -> RejectForm:
    """Make the form for rejecting a work, with the articles of the regulation in force as choices."""
    form = RejectForm(data=shown)
    grounds = acts.grounds_of(entry.contest.regulation)
    form.rule.choices = [
        (rule, f"{article[:1].upper()}{article[1:]}: {_(meaning)}") for rule, article, meaning in grounds
    ]
    return form


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else -1
