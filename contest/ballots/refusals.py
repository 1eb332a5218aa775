"""What a file of paper ballots may be refused for as a whole.

::

    ContestError
    ├── FileRefused    FileTooLarge · NotASpreadsheet · TooManyRows · TooManyColumns · CellTooLong
    │                  NothingInIt
    ├── BallotsWrong   every problem at its row and column
    └── NothingToRecord · BallotsChanged · NobodyToRecord
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contest.errors import N_, ContestError

if TYPE_CHECKING:
    from contest.ballots.outcomes import Problem


class FileRefused(ContestError):
    """The file as a whole cannot be taken."""

    status = 422
    field = "file"


class FileTooLarge(FileRefused):
    """More bytes than paper ballots ever need, packed or unpacked."""

    message = N_("The file is larger than %(most)s MB. Send the paper ballots in several files.")


class NotASpreadsheet(FileRefused):
    """Neither CSV nor XLSX, or broken."""

    message = N_("This file cannot be read. Save it as XLSX, or as CSV in UTF-8, and send it again.")


class TooManyRows(FileRefused):
    """More rows than one import takes."""

    message = N_("The file has more than %(most)s rows. Send the paper ballots in several files.")


class TooManyColumns(FileRefused):
    """More columns than a table of marks has."""

    message = N_("A table in the file has more than %(most)s columns. Use the empty form that is offered here.")


class CellTooLong(FileRefused):
    """More text in one cell than any comment has."""

    message = N_("A cell in row %(row)s has more than %(most)s letters.")


class NothingInIt(FileRefused):
    """No table that could be one of ballots."""

    message = N_("The file has no filled-in ballot. Use the empty form that is offered here.")


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
