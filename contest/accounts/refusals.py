"""What this room refuses, and in which words."""

from __future__ import annotations

from datetime import datetime

from contest.errors import N_, ContestError, TooMany


class BadEmail(ContestError):
    """The text is no e-mail address that a letter can be sent to."""

    message = N_("This is not an e-mail address. It looks like ten@toasoan.vn, without Vietnamese marks.")
    status = 422
    field = "email"


class BadPhone(ContestError):
    """The text is no telephone number."""

    message = N_("This is not a telephone number. Write it like 0905 123 456, or with +country code.")
    status = 422
    field = "phone"


class WeakPassword(ContestError):
    """The password is easily guessed; the sentence says why."""

    status = 422
    field = "password"

    def __init__(self, message: str, *, field: str | None = None, **parameters: object) -> None:
        super().__init__(field=field, **parameters)
        self.message = message


class WrongPassword(ContestError):
    """The password that was to prove the owner is not theirs."""

    message = N_("This is not your present password.")
    status = 422
    field = "current"


class WrongEmailOrPassword(ContestError):
    """The same words for an unknown address, a wrong password, an unconfirmed and a disabled account."""

    message = N_("The e-mail or the password is wrong, or the address is not confirmed yet. Tries left: %(left)s.")
    status = 422
    field = "password"


class WrongCode(ContestError):
    """The code is wrong, was used already, or belongs to a lost half minute."""

    message = N_(
        "This code is not right, or it was used already. Wait for the next one in the app. Tries left: %(left)s."
    )
    status = 422
    field = "code"


class WrongSetupCode(ContestError):
    """The app does not show what we expect: it read another square, or its clock is wrong."""

    message = N_(
        "This code does not fit the square. Check that the clock of the telephone is set by itself, and enter the code "
        "shown now."
    )
    status = 422
    field = "code"


class SetupOver(ContestError):
    """The page with the square belongs to another account or another key."""

    message = N_("This square is too old. Begin again with a new one.")
    status = 422


class PasskeyRefused(ContestError):
    """What the device signed proves nothing: another site, another moment, another key."""

    message = N_("The passkey was not accepted. Try again, or use another way.")
    status = 422


class PasskeyKnown(ContestError):
    """The key is registered already."""

    message = N_("This passkey is registered already.")


class ProviderTrouble(ContestError):
    """Signing in with an account of the office came to nothing."""


class ProviderDown(ProviderTrouble):
    """The provider does not answer, or not so that it could be used."""

    message = N_(
        "The sign-in of your office does not answer right now. Sign in by e-mail and password, or try again in a few "
        "minutes."
    )
    status = 503


class ProviderRefused(ProviderTrouble):
    """What the provider answered does not prove who is there: wrong signature, another site, another moment."""

    message = N_("What the sign-in of your office answered could not be accepted. Begin again from the sign-in page.")
    status = 400


class ProviderSaidNo(ProviderTrouble):
    """The person turned back there, or the provider did not let them in."""

    message = N_("You were not signed in at your office, so nothing was done here.")
    status = 403


class ProviderQuestionOver(ProviderTrouble):
    """The answer fits no question that this browser was sent with, or one that was answered or is too old."""

    message = N_(
        "This sign-in was begun in another browser or too long ago, or it was used already. Begin again from the "
        "sign-in page."
    )
    status = 400


class ProviderAccountUnknown(ProviderTrouble):
    """Nobody who may sign in here has linked this account: the same words for one that is closed."""

    message = N_(
        "Your office account is not linked with an account of this system that may sign in. Sign in once by e-mail and "
        "password, and link it on the page My account, Security. Who has no account yet registers, or takes up the "
        "invitation in their letters."
    )
    status = 403


class ProviderDomain(ProviderTrouble):
    """The account has no verified address of a domain that is let in."""

    message = N_(
        "This office account has no verified e-mail address of a domain that is let in here. Ask whoever looks after "
        "the accounts of your office."
    )
    status = 403


class ProviderAccountTaken(ProviderTrouble):
    """One account of the office signs in to one account here."""

    message = N_("This office account is linked with another account of this system already.")
    status = 409


class ProviderOther(ProviderTrouble):
    """Somebody else signed in at the office than the one who is signed in here."""

    message = N_("This is not the office account that is linked with the account you are signed in to.")
    status = 403


class ProviderNotAgain(ProviderTrouble):
    """The provider took an older sign-in as the proof, or does not say when it was."""

    message = N_(
        "Your office did not ask you to sign in again, so this proves nothing new. Confirm by your password instead."
    )
    status = 403


class LastFactor(ContestError):
    """Whoever must have a second factor keeps one."""

    message = N_("Your role needs a second factor, and this is the only one. Add another first.")


class OwnReset(ContestError):
    """Whoever could take away their own second factor would not have one."""

    message = N_("Another organizer must do this for you; you have your own security page.")


class NoSecondFactor(ContestError):
    """There is nothing to take away."""

    message = N_("This person has no second factor.")


class NamesSomebody(ContestError):
    """Words for the log that an erasure would have to reach."""

    message = N_(
        "These words stand in the log for good. Write them without names, addresses and telephone numbers, so that "
        "nobody stays there who asks to be erased."
    )


class TooManyAttempts(TooMany):
    """The door rests for this account or this network."""

    message = N_("Too many attempts. You can try again from %(at)s.")

    def __init__(self, *, until: datetime, at: str) -> None:
        super().__init__(at=at)
        self.until = until


class DeadLink(ContestError):
    """A signed link that is altered, too old, used, or overtaken by a newer one."""

    message = N_("This link no longer works: it was used already, it is too old, or a newer one was sent.")
    status = 410


class WrongAccount(ContestError):
    """An invitation is taken up by the account of the address it was sent to."""

    message = N_("This invitation was sent to another address. Sign out, and sign in as the person invited.")


class AlreadyMember(ContestError):
    """The person has the role already."""

    message = N_("This person already has this role in the contest.")
    field = "role"


class OutletNeeded(ContestError):
    """A representative represents an outlet."""

    message = N_("Choose the outlet that this person represents.")
    status = 422
    field = "outlet"


class LastOrganizer(ContestError):
    """Somebody must be able to open the door."""

    message = N_("This is the only organizer. Give another person the role first.")


class InvitationOver(ContestError):
    """The invitation was accepted or withdrawn in the meantime."""

    message = N_("This invitation has been accepted or withdrawn already.")


class OutletKnown(ContestError):
    """Two outlets of one name would be confused, unless one follows the other."""

    message = N_("There is already an outlet of this name at that time.")
    field = "name"


class OutletDatesReversed(ContestError):
    """An outlet cannot end before it begins."""

    message = N_("The last day lies before the first one.")
    status = 422
    field = "valid_until"


class OutletSucceedsItself(ContestError):
    """Following the successors would never end."""

    message = N_("An outlet cannot be its own successor, directly or through others.")
    field = "successor"


class OutletListUnreadable(ContestError):
    """A line of an imported list does not say what it should; the sentence names it."""

    status = 422
    field = "text"

    def __init__(self, message: str, *, line: int) -> None:
        super().__init__(line=line)
        self.message = message


class SuccessorUnknown(ContestError):
    """An imported outlet names a successor that is neither known nor in the list."""

    message = N_("The successor named on line %(line)s is not an outlet known here. Nothing was imported.")
    status = 422
    field = "text"


class AccountExists(ContestError):
    """The shell may be told what the web never tells: the address is taken."""

    message = N_("There is already an account with this address.")
    field = "email"


class NoSuchAccount(ContestError):
    """The shell may be told that an address is unknown."""

    message = N_("There is no account with this address.")
    field = "email"


class ContestNeeded(ContestError):
    """A role other than the founder's belongs to a contest."""

    message = N_("There is no contest yet. Only an organizer can be made before the first contest.")
