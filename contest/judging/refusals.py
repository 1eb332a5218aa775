"""Everything the jury room may refuse, each with the sentence a person reads.

::

    ContestError
    ├── MarkRefused            MarkMissing · MarkNotANumber · MarkForeignDigits · MarkHasThousands
    │                          MarkNegative · MarkTooHigh · MarkTooFine · MarkOffStep
    ├── WindowRefused          RoundNotOpened · RoundNotBegun · RoundClosed · RoundSealed
    ├── SheetIncomplete · CommentNeeded · CriterionUnknown · CorrectionNeedsReason · SheetChanged · DraftChanged
    ├── NoteChanged · NoEarlierState · TimeIsLeft
    ├── Recused · RecusalNeedsReason · NotYourAssignment · InterestsNotDeclared
    ├── PanelRefused           PanelWithoutChair · NotAJuror · MemberHasWork · UnknownRound · UnknownPanel
    │                          NoPanelTakes · MemberHasVoted
    ├── AssignmentRefused      NotInRound · NotOnPanel · InConflict · AlreadyAssigned · SheetExists · ProposalChanged
    │                          JurorAway · JurorFull · SheetBegun · ProposalBroken
    ├── OpeningRefused         AlreadyOpened · NothingToJudge · PanelsMissing · StrangersHaveWork
    ├── ReopeningRefused       ReopeningTooShort · ReopeningNeedsReason · NothingToReopen
    ├── UnblindingRefused      NotBlind · NotSealedYet · AlreadyUnblinded · UnblindingNeedsReason
    ├── WrongKindOfCopy · BytesChanged
    ├── ThirdRefused           NoThirdHere · ThirdExists
    ├── SittingRefused         NothingToVoteOn · NobodyPresent · SittingOpen · SittingClosed
    └── BallotRefused          NotPresent · SubjectNotYours · ChoiceUnknown · TooManyNamed · RanksNotInOrder
                               BallotCast
"""

from __future__ import annotations

from contest.errors import N_, ContestError
from contest.interests.kinds import Kind


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


class PanelRefused(ContestError):
    """A panel cannot be formed like this."""


class UnknownRound(PanelRefused):
    """The regulation has no such round."""

    status = 404
    message = N_("The regulation has no round with this code.")


class UnknownPanel(PanelRefused):
    """The regulation has no such panel."""

    status = 404
    message = N_("The regulation has no panel with this code in this round.")


class NoPanelTakes(PanelRefused):
    """The panels listed in the regulation leave a work out."""

    message = N_("No panel of this round takes some works of %(category)s. Amend the regulation first.")


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


class MemberHasVoted(PanelRefused):
    """Whoever has voted was a member."""

    field = "members"
    message = N_("A juror you left out has cast a ballot in this round and stays on the panel.")


class AssignmentRefused(ContestError):
    """This juror cannot be given this work."""


class NotInRound(AssignmentRefused):
    """The work was never admitted to the round."""

    message = N_("This work is not in the round.")


class NotOnPanel(AssignmentRefused):
    """Only its panel judges a work."""

    message = N_("This juror does not sit on the panel that judges this work.")


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


class JurorAway(AssignmentRefused):
    """Nothing new for those who are not there any more."""

    field = "jurors"
    message = N_("This juror is away until the end of the round.")


class JurorFull(AssignmentRefused):
    """Nobody gets more than they said they would take."""

    field = "jurors"
    message = N_("This juror takes %(quota)s works at most and has them all. Raise the quota on the page of the panel.")


class SheetBegun(AssignmentRefused):
    """What somebody has begun to mark is not moved by a proposal."""

    field = "jurors"
    message = N_("A juror you left out has begun to mark this work. Whoever has begun keeps it.")


class ProposalBroken(AssignmentRefused):
    """A plan kept for a while, and the rules have moved on."""

    message = N_("Lines of this proposal that cannot be confirmed any more: %(count)s. They are marked below.")


class OpeningRefused(ContestError):
    """The round cannot be opened."""


class AlreadyOpened(OpeningRefused):
    """Opening happens once."""

    message = N_("The %(round)s was already opened at %(at)s.")


class NothingToJudge(OpeningRefused):
    """No work was admitted."""

    message = N_("No work is in this round yet. Take in the accepted works first.")


class PanelsMissing(OpeningRefused):
    """A panel has works and too few members."""

    message = N_("These panels have works and not enough jurors: %(panels)s. Form them first.")


class StrangersHaveWork(OpeningRefused):
    """The regulation was amended since works were given out, and other panels judge them now."""

    message = N_(
        "%(count)s works lie with jurors of another panel than the regulation names now. Assign them anew first."
    )


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


class ThirdRefused(ContestError):
    """No extra juror can be given to the work like this."""


class NoThirdHere(ThirdRefused):
    """Only a regulation that asks for an extra juror has one."""

    message = N_("The regulation gives no extra juror to works of this round.")


class ThirdExists(ThirdRefused):
    """One extra juror is all there is."""

    message = N_("This work already has an extra juror.")


class SittingRefused(ContestError):
    """A ballot cannot be opened or changed like this."""


class NothingToVoteOn(SittingRefused):
    """The questions are not, or no longer, open to a vote."""

    status = 422
    field = "questions"
    message = N_("Choose what is voted on, among what is still open.")


class NobodyPresent(SittingRefused):
    """A vote needs voters."""

    status = 422
    field = "present"
    message = N_("Choose the members who are present.")


class SittingOpen(SittingRefused):
    """One ballot at a time."""

    message = N_("A ballot is open. Close it first.")


class SittingClosed(SittingRefused):
    """Its ballots have been counted."""

    message = N_("This ballot was closed at %(at)s. Votes can no longer be cast or changed.")


class BallotRefused(ContestError):
    """The ballot is not taken in."""

    status = 422


class NotPresent(BallotRefused):
    """Only members who are present vote."""

    message = N_("You are not recorded as present at this ballot. Ask the secretary to record you.")


class SubjectNotYours(BallotRefused):
    """Another panel's, withdrawn, or one that the member has an interest in."""

    message = N_("The ballot names something that you do not vote on. Reload the page.")


class ChoiceUnknown(BallotRefused):
    """Neither yes nor no, no tier, no rank."""

    message = N_("The ballot holds an answer that is not among those offered. Reload the page.")


class TooManyNamed(BallotRefused):
    """An approval names so many and no more."""

    message = N_("You named %(named)s, and at most %(most)s can be named. Take some off.")


class RanksNotInOrder(BallotRefused):
    """A ranking counts from 1 without gaps and without equals."""

    message = N_("Number the works you rank from 1 to %(last)s, each number once.")


class BallotCast(BallotRefused):
    """Paper does not replace what the member has cast themselves."""

    status = 409
    message = N_("This member has cast another ballot on their own. It stays; leave the paper out.")


class WrongKindOfCopy(ContestError):
    """A sound file cannot stand for a page."""

    message = N_("The copy must be of the same kind as the file it stands for, or a PDF.")
    status = 422
    field = "file"


class BytesChanged(ContestError):
    """Jurors see other bytes by now than those that somebody looked at."""

    message = N_("Another copy came in meanwhile. Look at it first.")
    status = 409


class UnblindingRefused(ContestError):
    """The names cannot be told, or there are none to hide."""

    status = 409


class NotBlind(UnblindingRefused):
    """The regulation hides no names in this round."""

    message = N_("Names are not hidden in the %(round)s.")


class NotSealedYet(UnblindingRefused):
    """Marks can still be changed."""

    message = N_("The %(round)s is not sealed yet. Names are told only when no mark can change any more.")


class AlreadyUnblinded(UnblindingRefused):
    """It was done before."""

    message = N_("Jurors have been told the names at %(at)s.")


class UnblindingNeedsReason(UnblindingRefused):
    """Without a word why."""

    message = N_("Write why the names are told.")
    status = 422
    field = "reason"
