"""What the handing over of certificates says no to."""

from __future__ import annotations

from contest.errors import N_, ContestError


class NothingToPrint(ContestError):
    """Every certificate has a good sheet."""

    message = N_("Every certificate in force has a sheet that is not spoiled. To print one again, give its number.")


class NoSuchNumber(ContestError):
    """A number that is not in the register."""

    message = N_("No certificate in force with the number %(number)s has been drawn.")
    status = 422
    field = "number"


class ReasonNeeded(ContestError):
    """A further sheet says why it is there."""

    message = N_("There is a printed sheet of this certificate already. Write why there is another one.")
    status = 422
    field = "reason"


class SpoiledAlready(ContestError):
    """A sheet is noted as spoiled once."""

    message = N_("This sheet is noted as spoiled already.")


class NotPublicYet(ContestError):
    """Nobody hears of a certificate before the publication."""

    message = N_("Letters about certificates are written when the results are published.")


class EverybodyTold(ContestError):
    """No letter is missing."""

    message = N_("Everybody who can be written to has been told of their certificates.")


class NobodyThere(ContestError):
    """An address to which no certificate belongs any more."""

    message = N_(
        "Nobody at this address has a certificate in force any more. Write to those who have not been told yet."
    )


class StillWaiting(ContestError):
    """Two letters that say the same would arrive together."""

    message = N_("The last letter to this address still waits to be sent.")
