"""What the room refuses, each with the sentence that says what is missing."""

from __future__ import annotations

from contest.errors import N_, ContestError


class NotNow(ContestError):
    """An act whose turn has not come, or has passed."""


class RoundBlocked(NotNow):
    """Something still keeps the round from being sealed."""

    message = N_("The round cannot be sealed yet: %(count)s things are still open. They are listed on this page.")


class RoundNotInContest(NotNow):
    """The round has not been opened, so there is nothing to seal."""

    message = N_("The %(round)s has not been opened yet, so there is nothing to seal.")


class AlreadySealed(NotNow):
    """Sealing happens once."""

    message = N_("The %(round)s is already sealed, at %(at)s.")


class NotSealed(NotNow):
    """What follows rests on a sealed result."""

    message = N_("Seal the %(round)s first.")


class NoNextRound(NotNow):
    """The last round gives prizes, nobody goes on from it."""

    message = N_("The %(round)s is the last round. Its works do not go on; prizes are proposed from its result.")


class AlreadyAdvanced(NotNow):
    """Works go on once."""

    message = N_("The works of the %(round)s have already gone on, at %(at)s.")


class RoundsUnsealed(NotNow):
    """Prizes rest on the sealed result of the last round."""

    message = N_("Prizes cannot be proposed yet: the %(rounds)s must be sealed first.")


class NotProposed(NotNow):
    """There is no list to approve."""

    message = N_("There is no proposed list yet. The council proposes the prizes first.")


class NotApproved(NotNow):
    """Nothing is posted or decided that nobody approved."""

    message = N_("The list is not approved yet. It must be approved first.")


class NotApprovedBy(NotNow):
    """Bodies approve in the order of the regulation."""

    message = N_("The list is not approved yet: it waits for %(body)s.")


class NotAsked(NotNow):
    """A step that this contest does not have."""

    message = N_("The regulation does not ask for this step.")


class NotPosted(NotNow):
    """A decision follows a posting."""

    message = N_("The decision cannot be recorded yet: the list must be posted first.")


class PostingNotEnded(NotNow):
    """Objections may still arrive."""

    message = N_("The decision can be recorded once the posting has ended, at %(at)s.")


class NotDecided(NotNow):
    """Certificates name the decision."""

    message = N_("Certificates cannot be prepared yet: the decision must be recorded first.")


class NotPrepared(NotNow):
    """Publishing activates certificates, so they must exist."""

    message = N_("The results cannot be published yet: the certificates must be prepared first.")


class AlreadyDone(NotNow):
    """Each step is taken once."""

    message = N_("This step is already done. Reload the page to see where the contest stands.")


class NothingToAward(NotNow):
    """A list without a single prize is no list."""

    message = N_("No work reached a prize, so there is no list to propose.")


class ReasonNeeded(ContestError):
    """A recorded act says why."""

    status = 422
    field = "reason"
    message = N_("Write the reason. It is kept with the act and read by whoever checks the result.")


class NotDiscrepant(ContestError):
    """Only a flagged entry can be settled."""

    message = N_(
        "The jurors of this work do not differ by more than the regulation allows. There is nothing to settle."
    )


class NoSuchTie(ContestError):
    """The tie that the page showed is gone, or was never there."""

    message = N_("These works are not tied for a prize any more. Reload the page to see what is open.")


class NoSuchQuestion(ContestError):
    """A question that is answered already, or that nobody asked."""

    message = N_("This question is not open any more. Reload the page to see what is.")


class NotAChoice(ContestError):
    """What was chosen cannot be chosen here."""

    status = 422
    field = "chosen"
    message = N_("Choose among the works or newsrooms listed here.")


class TooManyChosen(ContestError):
    """A prize is given so many times and no more."""

    status = 422
    field = "chosen"
    message = N_("Choose %(count)s at most: the regulation gives the prize no more often.")


class NotForeseen(ContestError):
    """An act that the regulation does not provide for in this round."""

    message = N_("The regulation does not provide for this in this round.")


class LotNeeded(ContestError):
    """The regulation leaves an order to a lot, and nobody chooses it."""

    message = N_("The regulation leaves this order to a lot. Let the system draw it.")


class ComplaintOpen(ContestError):
    """The regulation lets nothing be decided while a complaint is open."""

    status = 422
    field = "no_open_complaint"
    message = N_("The regulation asks for it: state that no complaint is open before the decision is recorded.")


class NoParent(NotNow):
    """Works go on into the contest that this one is a phase of."""

    message = N_("This contest is no phase of another one, or its regulation carries no works on.")


class ParentNotReady(NotNow):
    """The closing contest must be able to take works."""

    message = N_("%(contest)s has not adopted its regulation yet, so no works can be carried on into it.")


class ParentWithoutCategory(NotNow):
    """A work is entered in a category that the closing contest has."""

    message = N_("%(contest)s has no category for the work %(work)s. Its regulation must name the same categories.")


class JurorsNeeded(ContestError):
    """A re-mark is asked of somebody."""

    status = 422
    field = "jurors"
    message = N_("Choose at least one juror who is to mark this work again.")


class RemarkNeeds(ContestError):
    """The regulation says how many mark a work again."""

    status = 422
    field = "jurors"
    message = N_("The regulation has at least %(count)s other jurors mark a work again. Choose them.")


class RemarkTooEarly(NotNow):
    """Before the sealing sheets are simply reopened."""

    message = N_("The %(round)s is not sealed yet, so its sheets can still be reopened on the page of the round.")


class RemarkTooLate(NotNow):
    """What is decided changes by another decision only."""

    message = N_("The decision is recorded, so no work is marked again. What it gave is changed by a decision on it.")


class RemarkOnlyLast(NotNow):
    """Works have gone on from earlier rounds, and were marked with those that went on beside them."""

    message = N_("A work is marked again in the last round only: the %(round)s. From earlier ones works have gone on.")


class RemarkedOut(NotNow):
    """No juror may mark a work that takes part no more."""

    message = N_("The work %(code)s was withdrawn or rejected, so it is not marked again.")


class AlreadyRemarked(NotNow):
    """A complaint about a second marking would never end."""

    message = N_("This work was marked again before. It is not marked a third time.")


class NothingRemarked(NotNow):
    """A round is concluded again with what is new."""

    message = N_("No work of this round is being marked again, so there is nothing to conclude.")


class RemarkBlocked(RoundBlocked):
    """What the new sheets leave open is settled first."""

    message = N_(
        "The round cannot be concluded again yet: %(count)s things are still open. They are listed on its page."
    )


class RemarkAwaited(NotNow):
    """Everybody who was asked has sent their sheet, or another one is asked in their place."""

    message = N_("The round cannot be concluded again yet. Sheets are still awaited from: %(jurors)s.")


class ComplaintsUnanswered(NotNow):
    """Every complaint that was received is answered before anything is decided."""

    message = N_("The decision cannot be recorded yet: complaints without an answer: %(complaints)s.")


class ComplaintsMayArrive(NotNow):
    """The regulation takes in complaints for some days after the posting."""

    message = N_("The decision can be recorded once no complaint can arrive any more, at %(at)s.")


class DecidedTooEarly(ContestError):
    """The decision carries a date at which it could be made."""

    status = 422
    field = "decided_on"
    message = N_("The decision cannot be dated before the posting ended, on %(on)s.")


class DecidedInFuture(ContestError):
    """A decision that is not made yet is not recorded."""

    status = 422
    field = "decided_on"
    message = N_("The decision cannot be dated after today.")


class AmendedTooEarly(ContestError):
    """What is amended was decided before."""

    status = 422
    field = "decided_on"
    message = N_("The amending decision cannot be dated before the one it amends, of %(on)s.")


class NumberNeeded(ContestError):
    """What takes a prize away, or gives it back, is a decision on paper."""

    status = 422
    field = "number"
    message = N_("Write the number as it stands on the decision.")


class NothingChanged(ContestError):
    """A version that says the same as the one before is none."""

    message = N_("This changes nothing on the list in force. Reload the page to see how it stands.")


class AwardStandsOtherwise(ContestError):
    """The list changed since the page was opened."""

    message = N_("This cannot be done with the award as it stands now. Reload the page to see how it stands.")


class MovedUpSince(ContestError):
    """A place that others have taken cannot be given back by rule."""

    message = N_(
        "Other works have moved up into the place of this award, so it cannot be restored as it was. "
        "Revoke what they received first, or decide anew."
    )
