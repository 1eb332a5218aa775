"""The shape of what jurors and the secretariat send."""

from contest.judging.forms.blindness import ClearForm, CopyForm, RewordForm
from contest.judging.forms.panels import (
    AssignmentsFileForm,
    HandForm,
    ReasonForm,
    ReopenForm,
    SpreadForm,
    panel_form,
)
from contest.judging.forms.reminders import ConfirmForm, ReminderPlanForm, RemindForm
from contest.judging.forms.sheets import (
    PREFIX,
    NoteForm,
    SendAllForm,
    SheetForm,
    score_sheet_form,
)
from contest.judging.forms.voting import BallotForm, PresenceForm, SittingForm, ballot_form

__all__ = [
    "PREFIX",
    "AssignmentsFileForm",
    "BallotForm",
    "ClearForm",
    "ConfirmForm",
    "CopyForm",
    "HandForm",
    "NoteForm",
    "PresenceForm",
    "ReasonForm",
    "RemindForm",
    "ReminderPlanForm",
    "ReopenForm",
    "RewordForm",
    "SendAllForm",
    "SheetForm",
    "SittingForm",
    "SpreadForm",
    "ballot_form",
    "panel_form",
    "score_sheet_form",
]
