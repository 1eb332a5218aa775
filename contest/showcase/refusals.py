"""What is said when something cannot be done with the public pages."""

from contest.errors import N_, ContestError


class NoteChanged(ContestError):
    """Somebody else has written since the page was opened."""

    message = N_("Somebody changed this page after you opened it. Reload it to see what is there now.")
    status = 409
