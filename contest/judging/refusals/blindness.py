"""What may be wrong with hiding names and with telling them."""

from __future__ import annotations

from contest.errors import N_, ContestError


class WrongKindOfCopy(ContestError):
    """A sound file cannot stand for a page."""

    message = N_("The copy must be of the same kind as the file it stands for, or a PDF.")
    status = 422
    field = "file"


class BytesChanged(ContestError):
    """Jurors see other bytes by now than those that somebody looked at."""

    message = N_("Another copy came in meanwhile. Look at it first.")
    status = 409


class UnblindingRefused(ContestError):
    """The names cannot be told, or there are none to hide."""

    status = 409


class NotBlind(UnblindingRefused):
    """The regulation hides no names in this round."""

    message = N_("Names are not hidden in the %(round)s.")


class NotSealedYet(UnblindingRefused):
    """Marks can still be changed."""

    message = N_("The %(round)s is not sealed yet. Names are told only when no mark can change any more.")


class AlreadyUnblinded(UnblindingRefused):
    """It was done before."""

    message = N_("Jurors have been told the names at %(at)s.")


class UnblindingNeedsReason(UnblindingRefused):
    """Without a word why."""

    message = N_("Write why the names are told.")
    status = 422
    field = "reason"
