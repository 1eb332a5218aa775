"""The shape of what is typed about a work. Missing is allowed everywhere; over-long and unreadable is not."""

from contest.entries.forms.acts import Act, ReviewForm, StartForm, UploadForm, WithdrawForm
from contest.entries.forms.self_check import SelfCheckForm, self_check_form
from contest.entries.forms.steps import StepForm, step_form

__all__ = [
    "Act",
    "ReviewForm",
    "SelfCheckForm",
    "StartForm",
    "StepForm",
    "UploadForm",
    "WithdrawForm",
    "self_check_form",
    "step_form",
]
