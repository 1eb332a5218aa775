"""Refusals: what the contest says no to, as a small tree of named errors.

    ContestError
    ├── NotFound             404, the same page for what does not exist and for what is not yours
    ├── NotAllowed           403
    ├── TooLarge             413
    ├── TooMany              429
    └── …                    each room names its own: RoundClosed, EntryWithdrawn, RegulationInvalid

A refusal is a class with a sentence and parameters. The sentence is an English message id; the doors translate it,
so that rules and services need not know who is reading.
"""

from __future__ import annotations

from datetime import datetime


def N_(message: str) -> str:
    """Mark a message id for the catalogue where translating is somebody else's task."""
    return message


class Message(str):
    """A message id that is a parameter of a sentence, and translated with it."""


class ContestError(Exception):
    """Something that a person asked for and that the contest refuses, with a sentence that says why.

    :cvar message: message id with ``%(name)s`` places for the keyword parameters
    :cvar status: HTTP status of the page that shows it
    :cvar field: the form field that the sentence belongs to, or None for the top of the form
    :cvar tells_more: whether the sentence says more than the page of the status says by itself
    """

    message = N_("This cannot be done.")
    status = 409
    field: str | None = None
    tells_more = True

    def __init__(self, *, field: str | None = None, **parameters: object) -> None:
        super().__init__(self.message)
        self.parameters = parameters
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        return self.message % self.parameters


class NotFound(ContestError):
    """There is no such thing, or none that this person may see."""

    message = N_("This page does not exist, or it is not yours to see.")
    status = 404
    tells_more = False


class NotAllowed(ContestError):
    """The person is known, and may not do this."""

    message = N_("Your role in this contest does not allow this.")
    status = 403
    tells_more = False


class TooLarge(ContestError):
    """More bytes than are taken here."""

    message = N_("What was sent is larger than this page accepts.")
    status = 413


class TooMany(ContestError):
    """Asked too often in a short time.

    :cvar until: when it may be asked again, where that is known
    """

    message = N_("Too many attempts. Please try again in a while.")
    status = 429
    until: datetime | None = None
