"""What the screening says no to.

ContestError
├── AlreadyAccepted, AlreadyRejected, RejectedBefore, EntryWithdrawn      the state of the work
├── PrizesProposed, PrizesDecided                                         the stage of the contest
├── RevisionChanged, ActedMeanwhile                                       somebody was quicker
└── ReasonMissing, NothingNamed, DateNotAhead, DateTooLate, GroundUnknown the act itself
"""

from __future__ import annotations

from contest.errors import N_, ContestError


class AlreadyAccepted(ContestError):
    """Accepting what is accepted."""

    message = N_("This work has been accepted already; there is nothing to do.")


class AlreadyRejected(ContestError):
    """Rejecting what is rejected."""

    message = N_("This work has been rejected already; there is nothing to do.")


class RejectedBefore(ContestError):
    """A rejected work cannot be completed by its author."""

    message = N_("This work was rejected. Accept it first if the rejection was a mistake.")


class EntryWithdrawn(ContestError):
    """The author has taken the work out."""

    message = N_("The author has withdrawn this work, so nothing can be decided about it.")


class PrizesProposed(ContestError):
    """The council's list goes its way."""

    message = N_(
        "The prizes are proposed, so no work is accepted, returned or rejected any more. Objections to a work are "
        "handled as complaints while the list is posted."
    )


class PrizesDecided(ContestError):
    """The list of prizes is frozen."""

    message = N_(
        "The decision on the prizes is recorded, so no work is accepted, returned or rejected any more. What has to be "
        "corrected now is decided by the Organizing Committee."
    )


class RevisionChanged(ContestError):
    """The author sent another revision while the dossier was open."""

    message = N_(
        "The author sent revision %(number)s at %(at)s, after you opened this page. Read it before you decide."
    )


class ActedMeanwhile(ContestError):
    """Another secretary decided while the dossier was open."""

    message = N_("%(name)s decided about this work at %(at)s, after you opened this page. Look at that act first.")


class ReasonMissing(ContestError):
    """An act that needs words came without them."""

    message = N_("Write the reason in a sentence or two; the author will read it.")
    field = "reason"


class ReasonForExceptionMissing(ContestError):
    """A work that the regulation stops is accepted without a word why."""

    message = N_("The machine found points that stop this work. Write why it is accepted all the same.")
    field = "reason"


class NothingNamed(ContestError):
    """A return that names nothing to complete."""

    message = N_("Tick at least one part that the author has to complete.")
    field = "items"


class DateNotAhead(ContestError):
    """A return until a day that is over."""

    message = N_("The author needs time: choose a day from today on.")
    field = "until"


class DateTooLate(ContestError):
    """A return that reaches into the judging."""

    message = N_("The first round opens at %(opens)s. Choose a day before it, or the jurors would read a moving work.")
    field = "until"


class GroundUnknown(ContestError):
    """A rejection on an article that is not in the regulation."""

    message = N_("Choose the article of the regulation on which the work is rejected.")
    field = "rule"
