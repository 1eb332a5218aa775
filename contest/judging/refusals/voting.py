"""What may be wrong with a sitting and with a ballot."""

from __future__ import annotations

from contest.errors import N_, ContestError


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
