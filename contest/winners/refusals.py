"""What the room refuses, each with the sentence that says what to do."""

from __future__ import annotations

from contest.errors import N_, ContestError


class LinesUnconfirmed(ContestError):
    """Certificates print what winners have confirmed."""

    message = N_(
        "Certificates cannot be prepared yet: %(count)s of the lines to be printed are neither confirmed by their "
        "winners nor passed over. The page of the winners lists them."
    )


class NotAskedFor(ContestError):
    """A contest whose regulation does not ask winners."""

    message = N_("The regulation does not ask winners to confirm what is printed of them.")


class NotNow(ContestError):
    """Answers are taken between the decision and the certificates, and about lines that came after the publication."""

    message = N_(
        "This can be done after the decision and before the certificates are prepared; once results are public, only "
        "for lines that came upon the list since."
    )


class AskedAlready(ContestError):
    """Letters are written once for each version of the list."""

    message = N_("The winners have been asked about this list already. Remind those who are silent instead.")


class LineChanged(ContestError):
    """Whoever confirms must have seen the words."""

    message = N_("This line has been corrected since you opened the page. Read it again, then answer.")


class ForOthersUnsaid(ContestError):
    """Whoever confirms for others says that they do."""

    field = "for_others"
    status = 422
    message = N_("Say that you confirm for the authors who have no account here, after asking them.")


class NothingAsked(ContestError):
    """A correction that changes nothing."""

    status = 422
    message = N_("Nothing differs from the line as it stands. Change what is wrong, or confirm the line.")


class NotAnOrder(ContestError):
    """Each author has one place."""

    status = 422
    field = "order"
    message = N_("Write the place of every author once: from 1 to %(count)s, no place twice.")


class NameMissing(ContestError):
    """Nobody receives a prize without a name."""

    status = 422
    message = N_("A name cannot be empty.")


class SettledAlready(ContestError):
    """A correction is answered once."""

    message = N_("This correction has been answered already, or its author has answered again since.")


class NothingChosen(ContestError):
    """Some correction is accepted."""

    status = 422
    field = "chosen"
    message = N_("Choose at least one correction.")


class Contradicting(ContestError):
    """Two corrections that cannot both be made."""

    status = 422
    field = "chosen"
    message = N_("Two of these corrections want the same field otherwise. Decline one of them first.")


class NobodySilent(ContestError):
    """There is nobody to remind or to pass over."""

    message = N_("Nobody is silent any more.")


class NotYetPassed(ContestError):
    """Winners have the days that the regulation promises."""

    message = N_("The winners may answer until the end of %(until)s. After that you may go on without the silent ones.")


class NotAskedYet(ContestError):
    """Nobody is passed over who was not asked."""

    message = N_("The winners have not been asked yet.")


class NotTheSum(ContestError):
    """Shares add up exactly."""

    status = 422
    message = N_("The shares must add up to %(money)s ₫ exactly; these make %(total)s ₫.")


class PaidAlready(ContestError):
    """What is paid is paid."""

    message = N_("This has been paid already, so it does not change any more.")


class NothingToPay(ContestError):
    """Only who is paid is asked for an account."""

    message = N_("No prize is to be paid to you, so no bank details are taken.")


class ConsentNeeded(ContestError):
    """Nothing is kept without consent for this purpose."""

    status = 422
    field = "consent"
    message = N_("Without your consent the bank details cannot be kept. You can also ask to be paid in cash.")


class NoDetails(ContestError):
    """There is nothing to show."""

    message = N_("No bank details are kept for this payment.")


class DetailsUnreadable(ContestError):
    """The key is not here, or rows were swapped."""

    message = N_("These bank details cannot be read with the keys of this instance. Ask the payee to type them again.")


class NotPaid(ContestError):
    """Only what is recorded can be undone."""

    message = N_("This sum is not recorded as paid.")


class NothingToReturn(ContestError):
    """Only what somebody had and may not keep comes back."""

    message = N_("There is nothing to return: nobody has had more here than the prize is worth now.")


class PaidInFuture(ContestError):
    """A payment that was not made yet is not recorded."""

    status = 422
    field = "paid_on"
    message = N_("A payment cannot be dated after today, nor before the decision.")
