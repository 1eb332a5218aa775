"""What the room of complaints refuses, each with the sentence that says what to do."""

from __future__ import annotations

from contest.errors import N_, ContestError


class NotTakenNow(ContestError):
    """Complaints are about a list that is posted."""

    message = N_("No list is posted now, so no complaint can be sent. Write to the secretariat instead.")


class NoWayToAnswer(ContestError):
    """An answer must reach somebody."""

    status = 422
    field = "email"
    message = N_("Write an e-mail address or a telephone number, so that we can answer you.")


class NoSuchLine(ContestError):
    """The list was posted anew meanwhile."""

    status = 422
    field = "line"
    message = N_("Choose one of the lines that are posted now.")


class SubjectNeeded(ContestError):
    """A work is named by what is written on it."""

    status = 422
    field = "work"
    message = N_("Write the code or the title of the work you mean.")


class NoSuchWork(ContestError):
    """A work is named so that there is one only."""

    status = 422
    field = "work"
    message = N_("No single work of the contest has this code or this title. Write the code, like BI-0001.")


class TooManyFiles(ContestError):
    """Evidence is bounded."""

    status = 422
    field = "files"
    message = N_("Send at most %(count)s files.")


class FollowRefused(ContestError):
    """No such number, or another code: neither is told from the other."""

    status = 422
    field = "code"
    message = N_("No complaint has this number and this code. Compare both with the receipt.")


class AlreadyAnswered(ContestError):
    """An answer is given once."""

    message = N_("This complaint is answered. Nothing about it is changed any more.")


class AnsweredElsewhere(ContestError):
    """A complaint that was merged has its answer with the other."""

    message = N_("This complaint is handled together with %(number)s. Answer that one.")


class RemarkUnderWay(ContestError):
    """An answer says what came of everything that was ordered."""

    message = N_("A work is still being marked again because of this complaint. Conclude the round again first.")


class NotMergeable(ContestError):
    """Two complaints of the same contest, both open, and neither into itself."""

    status = 422
    field = "into"
    message = N_("Choose another complaint that is not answered yet and is not itself handled with another.")


class NobodyToAssign(ContestError):
    """Whoever looks into a complaint may hear of the work."""

    status = 422
    field = "person"
    message = N_("Choose a member of the secretariat or an organizer who may hear of this work.")


class WorkNeeded(ContestError):
    """A re-mark is of one work."""

    message = N_("This complaint is about no work of the contest, so nothing can be marked again.")
