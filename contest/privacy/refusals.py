"""Why something about data cannot be done now."""

from __future__ import annotations

from contest.errors import N_, ContestError


class AlreadyAsked(ContestError):
    """The same request waits for an answer."""

    message = N_("You have asked this already; the request is waiting for an answer.")
    status = 409


class NotWaiting(ContestError):
    """A request that was answered, or taken back."""

    message = N_("This request was answered or taken back meanwhile. Load the page again to see how it stands.")
    status = 409


class ReasonNeeded(ContestError):
    """A refusal without a reason."""

    message = N_("Write the reason: the person reads it, and the law asks for it.")
    field = "reason"


class NobodyChosen(ContestError):
    """A request on paper without the person it is about."""

    message = N_("Choose whose data the request is about.")
    field = "people"


class WouldLockOut(ContestError):
    """The only organizer of a contest."""

    message = N_(
        "This person is the only organizer of %(contest)s. Give somebody else the role first, so that the contest does "
        "not stay without anybody who may decide."
    )
    status = 409


class NotTold(ContestError):
    """Times of an incident that contradict each other."""

    message = N_("This moment lies before the incident was known, or in the future. Correct the date or the hour.")
