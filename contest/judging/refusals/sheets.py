"""What may be wrong with a sheet, a draft or a note, and with whoever sends it."""

from __future__ import annotations

from contest.errors import N_, ContestError


class SheetIncomplete(ContestError):
    """A sheet is taken in whole or not at all."""

    status = 422
    message = N_("The sheet lacks a mark for: %(criteria)s. A sheet is sent with every criterion marked.")


class CommentNeeded(ContestError):
    """A low mark is explained."""

    status = 422
    field = "comment"
    message = N_("Say in the comment why the mark is so low for: %(criteria)s.")


class CriterionUnknown(ContestError):
    """A mark for something the rubric does not have."""

    status = 422
    message = N_("The sheet has marks that the rubric of this round does not know. Reload the page.")


class CorrectionNeedsReason(ContestError):
    """A sheet once sent is corrected with a reason, and the earlier one stays."""

    status = 422
    field = "reason"
    message = N_("You have already sent this sheet. Say why you correct it; the earlier sheet is kept.")


class SheetChanged(ContestError):
    """Another window or device sent a different sheet after this page was opened."""

    message = N_(
        "A different sheet for this work was sent from another window at %(at)s. "
        "Compare the two, then send the one you mean."
    )


class DraftChanged(ContestError):
    """Another window or device saved a different draft after this page was opened."""

    message = N_("Another window saved a different draft at %(at)s. Compare the two and choose the one to keep.")


class TimeIsLeft(ContestError):
    """Nobody asks for what they have."""

    message = N_("The sheet is taken in until %(at)s. Open it and send it.")


class NoteChanged(ContestError):
    """Another window saved another note in between."""

    message = N_("Another window saved another note at %(at)s. Both are shown below: put together what should stay.")
    field = "note"


class NoEarlierState(ContestError):
    """The state to go back to is not there, or no longer."""

    message = N_("That version is no longer kept. Choose another one.")
    status = 404


class InterestsNotDeclared(ContestError):
    """Nobody sends a first sheet of a round before having thought of their interests."""

    message = N_(
        "Your marks are kept as a draft. Before your first sheet of this round, tell whether you have a conflict of "
        "interest: open “Conflicts of interest” in the menu; one press is enough if you have none."
    )


class Recused(ContestError):
    """The juror has stepped back from this work."""

    message = N_("You have stepped back from this work, so its sheet is closed to you.")


class RecusalNeedsReason(ContestError):
    """Stepping back is recorded with its reason."""

    status = 422
    field = "reason"
    message = N_("Say why you step back from this work. Only the secretariat reads it.")


class NotYourAssignment(ContestError):
    """Somebody acts on a sheet that is another juror's."""

    status = 404
    message = N_("This sheet belongs to another juror.")
