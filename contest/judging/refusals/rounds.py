"""Why a round is not opened, a sheet not opened again, and no further juror asked."""

from __future__ import annotations

from contest.errors import N_, ContestError


class OpeningRefused(ContestError):
    """The round cannot be opened."""


class AlreadyOpened(OpeningRefused):
    """Opening happens once."""

    message = N_("The %(round)s was already opened at %(at)s.")


class NothingToJudge(OpeningRefused):
    """No work was admitted."""

    message = N_("No work is in this round yet. Take in the accepted works first.")


class PanelsMissing(OpeningRefused):
    """A panel has works and too few members."""

    message = N_("These panels have works and not enough jurors: %(panels)s. Form them first.")


class StrangersHaveWork(OpeningRefused):
    """The regulation was amended since works were given out, and other panels judge them now."""

    message = N_(
        "%(count)s works lie with jurors of another panel than the regulation names now. Assign them anew first."
    )


class NotTheFirstRound(OpeningRefused):
    """Later rounds take in only what advanced."""

    message = N_("Works come into the %(round)s by advancing from the round before it.")


class ReopeningRefused(ContestError):
    """The sheet cannot be reopened like this."""


class ReopeningTooShort(ReopeningRefused):
    """The new end lies before now or before the round's own end."""

    status = 422
    field = "until"
    message = N_("Choose a moment after the round's end (%(closes)s) and after now.")


class ReopeningNeedsReason(ReopeningRefused):
    """A recorded act says why."""

    status = 422
    field = "reason"
    message = N_("Say why this sheet is reopened. The reason is recorded.")


class ThirdRefused(ContestError):
    """No extra juror can be given to the work like this."""


class NoThirdHere(ThirdRefused):
    """Only a regulation that asks for an extra juror has one."""

    message = N_("The regulation gives no extra juror to works of this round.")


class ThirdExists(ThirdRefused):
    """One extra juror is all there is."""

    message = N_("This work already has an extra juror.")
