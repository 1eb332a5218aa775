"""What the entering of works says no to.

ContestError
├── NotYetOpen, ReceiptClosed, ReturnExpired      the clock
├── NotEditable, NothingToSubmit, FindingsBlock   the state of the entry
├── PrizesDecided                                 the stage of the contest
├── ChannelClosed, NotRepresented                 through whom it is sent
├── DraftConflict                                 two tabs
└── UploadRefused                                 a file: eight sentences, one class each
"""

from __future__ import annotations

from contest.errors import N_, ContestError


class NotYetOpen(ContestError):
    """Receipt has not begun."""

    message = N_("Works are received from %(opens)s. Your draft is kept until then.")


class ReceiptClosed(ContestError):
    """Receipt is over."""

    message = N_("Receipt closed at %(closes)s (%(article)s). Your draft is kept but can no longer be sent.")


class ReturnExpired(ContestError):
    """The work was returned with a date, and the date is past."""

    message = N_("This work could be completed until %(until)s. Write to the secretariat if you were prevented.")


class NotEditable(ContestError):
    """This part of the entry cannot be changed now."""

    message = N_("This part can no longer be changed. What you typed is still on this page; nothing was saved.")


class PrizesDecided(ContestError):
    """The decision names works as they were judged."""

    message = N_(
        "The prizes of this contest have been decided, so works are no longer sent, changed or withdrawn. "
        "Write to the secretariat if something is wrong."
    )


class CategoryFixed(ContestError):
    """The category gave the work its code."""

    message = N_("The work already has the code %(code)s; withdraw it and enter it anew to change the category.")
    field = "category"


class CategoryHasFiles(ContestError):
    """The files lie in places that another category does not have."""

    message = N_("The dossier holds files of this category. Remove them first, then choose another category.")
    field = "category"


class NothingToSubmit(ContestError):
    """The revision that lies with the secretariat is the same."""

    message = N_("Nothing has changed since %(at)s, so there is nothing to send again.")


class FindingsBlock(ContestError):
    """The regulation does not let this work in as it stands."""

    message = N_("The work cannot be sent yet: the regulation stops it at %(count)s points, listed on this page.")


class ChannelClosed(ContestError):
    """The regulation takes no works from such senders."""

    message = N_("In this contest works are not sent this way.")
    field = "through"

    def __init__(self, message: str) -> None:
        super().__init__()
        self.message = message


class NotRepresented(ContestError):
    """Somebody sends for a newsroom or branch that is not theirs."""

    message = N_("You do not represent %(unit)s in this contest, so you cannot send works for it.")
    field = "through"


class DraftConflict(ContestError):
    """Somebody saved the same part in the meantime, most likely the same person in another tab."""

    message = N_("This part was saved in another tab at %(at)s. Compare both versions and choose one.")

    def __init__(self, *, at: str) -> None:
        super().__init__(at=at)


class ReasonNeeded(ContestError):
    """Withdrawing wants a reason."""

    message = N_("Say in a sentence why you withdraw the work.")
    field = "reason"


class NoFile(ContestError):
    """The form came without a file."""

    message = N_("No file was chosen. Choose a file, then press the button again.")
    status = 422
    field = "file"


class TooManyFiles(ContestError):
    """The slot is full."""

    message = N_("%(slot)s takes at most %(count)s files. Remove one before you add another.")
    status = 422
    field = "file"


class NoRoomLeft(ContestError):
    """Somebody keeps more than one person needs in works that are not sent."""

    message = N_(
        "The files of the works that you have not sent or have withdrawn fill all room there is for them, %(limit)s "
        "MB. Send a work, or remove files that you do not need."
    )
    status = 422
    field = "file"


class InterruptedUpload(ContestError):
    """The connection broke before the last byte."""

    message = N_("The upload of %(name)s was interrupted. Nothing was stored; choose the file again.")
    status = 400
    field = "file"


class WrongKind(ContestError):
    """The content is of a kind this slot does not take."""

    message = N_("%(name)s is not a file of the kind asked for here. Accepted: %(kinds)s.")
    status = 422
    field = "file"
