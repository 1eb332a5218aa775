"""Why a juror is not given a work, or keeps it."""

from __future__ import annotations

from contest.errors import N_, ContestError
from contest.interests.kinds import Kind


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


class KnowsTheMarks(AssignmentRefused):
    """Who marks a work again comes to it fresh."""

    field = "jurors"
    message = N_("%(juror)s has or had this work, or reads the marks of the others. Choose another juror.")


class NothingToMarkAgain(AssignmentRefused):
    """Before the sealing sheets are simply reopened."""

    message = N_("The %(round)s is not sealed yet, so its sheets can still be reopened on the page of the round.")


class NotByVotes(AssignmentRefused):
    """A vote is not repeated by two people."""

    message = N_("The council votes in the %(round)s, so no work of it is marked again.")


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
