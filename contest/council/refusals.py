"""Everything a meeting may refuse, each with the sentence a person reads.

::

    ContestError
    ├── MeetingRefused   MeetingRunning · MeetingNotOpen · MeetingSigned · NotAMember · WrongMove
    ├── HourRefused      HourToCome · HourBeforeOpening · HourBeforeLastStep
    ├── RollRefused      NobodyThere · VoterAbsent
    ├── ItemRefused      NothingTakenUp · NotThisWork · NotSealedYet · ProposalOpen · BallotOpen
    ├── DecisionRefused  NoQuorum · TooManyHands · NoProposal
    └── MinutesWithheld
"""

from __future__ import annotations

from contest.errors import N_, ContestError


class MeetingRefused(ContestError):
    """A meeting is not where this could be done."""


class MeetingRunning(MeetingRefused):
    """One meeting of a round at a time."""

    message = N_("Meeting %(number)s of this round is not over yet. Close it before the next is called.")


class MeetingNotOpen(MeetingRefused):
    """Not opened yet, adjourned, or over."""

    message = N_("The meeting is not in session at this moment, so this was not recorded.")


class MeetingSigned(MeetingRefused):
    """What was signed stays as it was signed."""

    message = N_("The minutes are signed. Nothing is added to them any more.")


class NotAMember(MeetingRefused):
    """Only members of the council preside, and only its members are on the roll."""

    message = N_("This person is not a member of the council of this round.")
    field = "chair"


class WrongMove(MeetingRefused):
    """The button of a page that has aged."""

    message = N_("The meeting has gone on meanwhile. Look at where it stands now.")


class HourRefused(ContestError):
    """An hour at which this cannot have happened."""

    status = 422
    field = "hour"


class HourToCome(HourRefused):
    """Minutes tell what was."""

    message = N_("This hour is still to come. Write the hour at which it happened.")


class HourBeforeOpening(HourRefused):
    """Before the first word."""

    message = N_("The meeting was opened at %(at)s. Write an hour after that.")


class HourBeforeLastStep(HourRefused):
    """A meeting ends after all that was done in it."""

    message = N_("The minutes tell of a step at %(at)s. Write an hour that is not before it.")


class RollRefused(ContestError):
    """A roll that cannot be."""

    status = 422


class NobodyThere(RollRefused):
    """A meeting is of somebody."""

    message = N_("Mark at least one member as present.")


class VoterAbsent(RollRefused):
    """Whoever voted was there."""

    message = N_("%(count)s of those marked absent have voted in the ballot that is open. Close it first.")


class ItemRefused(ContestError):
    """What cannot be taken up, or not yet."""


class NothingTakenUp(ItemRefused):
    """An empty choice."""

    message = N_("Choose what is taken up, or write it.")
    status = 422
    field = "subject"


class NotThisWork(ItemRefused):
    """Not in the round, or not for this person to name."""

    message = N_("This is not among what the council can take up.")
    status = 422
    field = "subject"


class NotSealedYet(ItemRefused):
    """Settled: others' marks show after sealing."""

    message = N_("Standings are taken up once the round is sealed.")
    field = "subject"


class ProposalOpen(ItemRefused):
    """One thing after the other."""

    message = N_(
        "A proposal is open. Record what the council decided on it, or that it was withdrawn, before going on."
    )


class BallotOpen(ItemRefused):
    """One thing after the other."""

    message = N_("A ballot is open. Close it before going on.")


class DecisionRefused(ContestError):
    """A decision that cannot be taken, or not so."""


class NoQuorum(DecisionRefused):
    """Too few to decide."""

    message = N_("%(present)s members are present and %(needed)s are needed to decide. Call the roll again first.")


class TooManyHands(DecisionRefused):
    """More votes than voters."""

    message = N_("%(hands)s hands were counted, but only %(entitled)s members can vote on this. Count again.")
    status = 422
    field = "yes"


class NoProposal(DecisionRefused):
    """Nothing to decide on."""

    message = N_("No proposal is open.")


class MinutesWithheld(ContestError):
    """Minutes cannot leave a part out and be the minutes."""

    message = N_(
        "These minutes tell of a work that you take no part in, so this document is not given to you. The page of the "
        "minutes shows you the rest."
    )
