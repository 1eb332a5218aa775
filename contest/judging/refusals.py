"""Everything the jury room may refuse, each with the sentence a person reads.

::

    ContestError
    ├── MarkRefused            MarkMissing · MarkNotANumber · MarkForeignDigits · MarkHasThousands
    │                          MarkNegative · MarkTooHigh · MarkTooFine · MarkOffStep
    ├── WindowRefused          RoundNotOpened · RoundNotBegun · RoundClosed · RoundSealed
    ├── SheetIncomplete · CriterionUnknown · CorrectionNeedsReason · SheetChanged · DraftChanged
    ├── Recused · RecusalNeedsReason · NotYourAssignment
    ├── PanelRefused           PanelWithoutChair · NotAJuror · MemberHasWork · UnknownRound · UnknownCategory
    ├── AssignmentRefused      NotInRound · NotOnPanel · InConflict · AlreadyAssigned · SheetExists · ProposalChanged
    ├── OpeningRefused         AlreadyOpened · NothingToJudge · PanelsMissing · NotTheFirstRound
    └── ReopeningRefused       ReopeningTooShort · ReopeningNeedsReason · NothingToReopen
"""

from __future__ import annotations

from contest.errors import N_, ContestError
from contest.judging.conflicts import Kind


class MarkRefused(ContestError):
    """The text typed for one criterion is not a mark that may be given."""

    status = 422


class MarkMissing(MarkRefused):
    """Nothing was typed."""

    message = N_("This criterion has no mark yet. Type a mark from 0 to %(maximum)s.")


class MarkNotANumber(MarkRefused):
    """Letters, NaN, exponents and anything else that no person writes for a mark."""

    message = N_("A mark is a number like 17 or 17,5. Type it again, from 0 to %(maximum)s.")


class MarkForeignDigits(MarkRefused):
    """Digits of another script: they would be read correctly, and be unreadable to everybody else on the panel."""

    message = N_("Write the mark with the digits 0 to 9, like 17,5.")


class MarkHasThousands(MarkRefused):
    """Three digits after a separator: a thousand to one reader and a fraction to another."""

    message = N_("Write the mark without a thousands separator and with at most two decimals, like 17,5.")


class MarkNegative(MarkRefused):
    """Below nought."""

    message = N_("A mark is never below 0. Type a mark from 0 to %(maximum)s.")


class MarkTooHigh(MarkRefused):
    """Above the criterion's maximum."""

    message = N_("This criterion gives at most %(maximum)s points. Type a mark from 0 to %(maximum)s.")


class MarkTooFine(MarkRefused):
    """More decimals than marks are kept with."""

    message = N_("A mark has at most two decimals, and moves in steps of %(step)s.")


class MarkOffStep(MarkRefused):
    """Between two steps of the rubric."""

    message = N_("Marks for this criterion move in steps of %(step)s. The nearest are %(below)s and %(above)s.")


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


class SheetIncomplete(ContestError):
    """A sheet is taken in whole or not at all."""

    status = 422
    message = N_("The sheet lacks a mark for: %(criteria)s. A sheet is sent with every criterion marked.")


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


class PanelRefused(ContestError):
    """A panel cannot be formed like this."""


class UnknownRound(PanelRefused):
    """The regulation has no such round."""

    status = 404
    message = N_("The regulation has no round with this code.")


class UnknownCategory(PanelRefused):
    """The regulation has no such category."""

    status = 404
    message = N_("The regulation has no category with this code.")


class PanelWithoutChair(PanelRefused):
    """One of the members chairs."""

    status = 422
    field = "chair"
    message = N_("Choose the chair among the members of the panel.")


class PanelEmpty(PanelRefused):
    """Nobody was chosen."""

    status = 422
    field = "members"
    message = N_("Choose at least one juror for this panel.")


class NotAJuror(PanelRefused):
    """A member who has no juror's role in this contest."""

    status = 422
    field = "members"
    message = N_("Only people with the role of juror in this contest can sit on a panel.")


class MemberHasWork(PanelRefused):
    """Leaving the panel would leave work behind."""

    field = "members"
    message = N_("%(count)s works are assigned to a juror you left out. Give these works to others first.")


class AssignmentRefused(ContestError):
    """This juror cannot be given this work."""


class NotInRound(AssignmentRefused):
    """The work was never admitted to the round."""

    message = N_("This work is not in the round.")


class NotOnPanel(AssignmentRefused):
    """Only the panel of a category judges it."""

    message = N_("This juror does not sit on the panel of this category.")


class InConflict(AssignmentRefused):
    """An own work, an own newsroom, or a declared interest; the sentence says which."""

    message = N_("This juror cannot judge this work.")

    def __init__(self, kind: Kind) -> None:
        self.message = kind.sentence
        super().__init__()


class AlreadyAssigned(AssignmentRefused):
    """Given already, or given back."""

    message = N_("This work has already been assigned to this juror.")


class SheetExists(AssignmentRefused):
    """What has been marked is not taken away."""

    message = N_("This juror has already sent a sheet for this work, so the assignment stays.")


class ProposalChanged(AssignmentRefused):
    """The preview was made from a state that is gone."""

    message = N_("Assignments or panels changed since this proposal was made. Look at the new proposal and confirm it.")


class OpeningRefused(ContestError):
    """The round cannot be opened."""


class AlreadyOpened(OpeningRefused):
    """Opening happens once."""

    message = N_("The %(round)s was already opened at %(at)s.")


class NothingToJudge(OpeningRefused):
    """No work was admitted."""

    message = N_("No work is in this round yet. Take in the accepted works first.")


class PanelsMissing(OpeningRefused):
    """A category has works and nobody to judge them."""

    message = N_("These categories have works and not enough jurors: %(categories)s. Form their panels first.")


class NotTheFirstRound(OpeningRefused):
    """Later rounds take in only what advanced."""

    message = N_("Works come into the %(round)s by advancing from the round before it.")


class ReopeningRefused(ContestError):
    """The sheet cannot be reopened like this."""


class ReopeningTooShort(ReopeningRefused):
    """The new end lies before now or before the round's own end."""

    status = 422
    field = "until"
    message = N_("Choose a moment after the round's end (%(closes)s) and after now.")


class ReopeningNeedsReason(ReopeningRefused):
    """A recorded act says why."""

    status = 422
    field = "reason"
    message = N_("Say why this sheet is reopened. The reason is recorded.")
