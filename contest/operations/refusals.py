"""What the shell of whoever runs the machine says no to."""

from __future__ import annotations

from contest.errors import N_, ContestError


class NoMailServer(ContestError):
    """Letters stay in the outbox."""

    message = N_("No mail server is set; %(count)s letters wait in the outbox. Set CONTEST_SMTP_URL.")


class NoLetter(ContestError):
    """Nobody has written to this address."""

    message = N_("There is no letter to %(address)s.")
