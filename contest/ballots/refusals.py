"""What a file of paper ballots may be refused for as a whole.

::

    ContestError
    ├── BallotsWrong   every problem at its row and column
    └── NothingToRecord · BallotsChanged · NobodyToRecord
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contest.errors import N_, ContestError

if TYPE_CHECKING:
    from contest.ballots.outcomes import Problem


class BallotsWrong(ContestError):
    """The file can be read, and what stands in it cannot be recorded."""

    status = 422
    field = "file"
    message = N_("Nothing was recorded. Places to correct: %(count)s.")

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems))


class NothingToRecord(ContestError):
    """Every ballot of the file is recorded already."""

    message = N_("Every ballot of this file is recorded already, so there is nothing to do.")


class BallotsChanged(ContestError):
    """Between looking and confirming, somebody recorded something."""

    message = N_("Sheets or assignments changed since this was shown. Look at it again and confirm.")


class NobodyToRecord(ContestError):
    """A ballot from paper is marked with who typed it."""

    message = N_("Say with --by who typed the ballots: the address of a secretary or organizer of this contest.")
