"""Reminding, now or by a plan."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, Regexp

from contest.judging.forms.numbers import LARGEST_ID
from contest.judging.models import ReminderPlan
from contest.judging.reminding import EARLIEST_HOUR, LATEST_HOUR, Plan
from contest.web.forms import Form


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
