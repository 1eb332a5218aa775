"""What comparing jurors says no to.

ContestError
└── CalibrationRefused
    ├── TooManyFirst · AlreadyDiscussed
    ├── NotAllIn · NothingToDiscuss
    └── NothingToMarkAgain · TimeNeeded
"""

from __future__ import annotations

from contest.errors import N_, ContestError


class CalibrationRefused(ContestError):
    """Something about comparing jurors that cannot be done."""


class TooManyFirst(CalibrationRefused):
    """More works are to be marked first than a panel can discuss."""

    message = N_("Choose %(most)s works at most in each category: all jurors of the panel mark every one of them.")
    field = "works"


class AlreadyDiscussed(CalibrationRefused):
    """The works that are marked first are settled once their spread was opened."""

    message = N_("The marks were opened to the panel on %(at)s. Which works are marked first no longer changes.")


class NothingToDiscuss(CalibrationRefused):
    """No work of the panel is marked first."""

    message = N_("The panel has no works that all mark first. Choose some.")


class NotAllIn(CalibrationRefused):
    """Somebody has not sent a sheet for one of the works."""

    message = N_("%(left)s sheets are not in yet. The marks are opened to the panel when all are in.")


class NothingToMarkAgain(CalibrationRefused):
    """No work has the sheets it needs to be marked again, or all were drawn already."""

    message = N_("There is no work to mark again: none has all its sheets, or all have been marked again already.")


class TimeNeeded(CalibrationRefused):
    """The round is closed, so sheets can only come in with extra time."""

    message = N_("The round closed at %(closes)s. Say until when the new sheets are taken in.")
    field = "until"
