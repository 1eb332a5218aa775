"""What may be wrong with a panel."""

from __future__ import annotations

from contest.errors import N_, ContestError


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
