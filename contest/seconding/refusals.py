"""What is refused of acts that need a second person."""

from __future__ import annotations

from contest.errors import N_, ContestError


class OwnAct(ContestError):
    """Two people are two."""

    status = 403
    message = N_("You asked for this yourself. Another organizer must confirm it.")


class OrganizersConfirm(ContestError):
    """The second person is an organizer."""

    status = 403
    message = N_("Only an organizer can confirm this.")


class AnsweredAlready(ContestError):
    """Each is answered once, and in time."""

    message = N_("This was answered already, or its time is over. Ask for it again if it is still wanted.")


class OtherValues(ContestError):
    """What is confirmed is what was asked for."""

    message = N_("This is not what was asked for. Open the page of the act again and confirm it there.")


class AskedAlready(ContestError):
    """One act waits once."""

    message = N_("Exactly this was asked for already and waits for another organizer.")


class FilesNotKept(ContestError):
    """Values are kept, files are not."""

    message = N_("An act that needs a second person cannot be asked for with a file.")
