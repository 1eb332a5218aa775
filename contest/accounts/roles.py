"""What somebody may do in a contest."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from contest.errors import N_


class Role(StrEnum):
    """What somebody may do in one contest. An author needs none: every confirmed account may enter works."""

    OUTLET = "outlet"
    SECRETARY = "secretary"
    JUROR = "juror"
    CHAIR = "chair"
    ORGANIZER = "organizer"
    OBSERVER = "observer"
    PAYER = "payer"

    @property
    def label(self) -> str:
        """Message id of the role as people call it."""
        return ROLE_LABELS[self]

    @property
    def duty(self) -> str:
        """Message id of one sentence that says what the role may do."""
        return ROLE_DUTIES[self]


ROLE_LABELS = {
    Role.OUTLET: N_("Outlet representative"),
    Role.SECRETARY: N_("Secretary"),
    Role.JUROR: N_("Juror"),
    Role.CHAIR: N_("Panel chair"),
    Role.ORGANIZER: N_("Organizer"),
    Role.OBSERVER: N_("Observer"),
    Role.PAYER: N_("Payer of prizes"),
}

ROLE_DUTIES = {
    Role.OUTLET: N_("Follows and confirms the works of one outlet."),
    Role.SECRETARY: N_("Receives and checks the works, runs the rounds, prepares the papers."),
    Role.JUROR: N_("Scores the works that are assigned to them."),
    Role.CHAIR: N_("Scores, and settles differences and ties of a panel."),
    Role.ORGANIZER: N_("Adopts the regulation, invites people, approves and publishes the results."),
    Role.OBSERVER: N_("Reads the pages of the secretariat and changes nothing."),
    Role.PAYER: N_("Pays the prizes: reads sums and bank details from the decision on, and nothing else."),
}


def leaves_no_organizer(remaining: Collection[Role]) -> bool:
    """Say whether taking a role away would leave a contest to nobody.

    :param remaining: roles that would still be held in the contest, one per membership
    """
    return Role.ORGANIZER not in remaining
