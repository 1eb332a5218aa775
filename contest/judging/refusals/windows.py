"""When a round takes in no sheet."""

from __future__ import annotations

from contest.errors import N_, ContestError


class WindowRefused(ContestError):
    """The clock or an act says that no sheet is taken in now."""


class RoundNotOpened(WindowRefused):
    """The secretariat has not opened the round."""

    message = N_("The %(round)s has not been opened. You can mark once the secretariat has opened it.")


class RoundNotBegun(WindowRefused):
    """Opened, and its first hour has not come."""

    message = N_("The %(round)s begins at %(at)s. You can read the works now and send sheets from then on.")


class RoundClosed(WindowRefused):
    """Its last instant has passed."""

    message = N_(
        "The %(round)s closed at %(at)s. Your marks are kept in the draft; "
        "ask the secretariat if they should be taken in late."
    )


class RoundSealed(WindowRefused):
    """Sealed: nothing in it changes any more."""

    message = N_("The %(round)s is sealed. Nothing in it can be changed any more.")
