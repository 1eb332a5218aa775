"""What is refused about interests, each with the sentence a person reads.

::

    ContestError
    └── InterestRefused        NotDeclaredByYou · CannotBeWaived · OwnInterest · DecisionNeedsReason
"""

from __future__ import annotations

from contest.errors import N_, ContestError


class InterestRefused(ContestError):
    """What somebody wanted to say about an interest cannot be said."""


class NotDeclaredByYou(InterestRefused):
    """There is nothing to take back."""

    message = N_("There is no declaration of yours to take back, or it has been decided on since.")


class CannotBeWaived(InterestRefused):
    """The own work of somebody is their own, whatever anybody says."""

    message = N_("Nobody judges their own work; this cannot be waived.")


class OwnInterest(InterestRefused):
    """Nobody decides about themselves."""

    message = N_("You cannot decide about your own interests. Ask another organizer or the chair.")


class DecisionNeedsReason(InterestRefused):
    """A decision that cannot be explained later is none."""

    message = N_("Write in a few words why you decide so; the reason is kept.")
    status = 422
    field = "reason"
