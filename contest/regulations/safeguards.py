"""What protects a contest from one person acting alone."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, Strict

from contest.errors import N_
from contest.regulations.shape import Part

SecondPersonAct = Literal[
    "reopen_round",
    "unblind",
    "conclude_again",
    "publish",
    "correct_result",
    "revoke",
    "change_organizers",
    "reset_factor",
]

SECOND_PERSON_ACTS: Final[dict[str, str]] = {
    "reopen_round": N_("Give jurors extra time, or have a work marked again"),
    "unblind": N_("Tell jurors the names of a round that hid them"),
    "conclude_again": N_("Conclude a sealed round again"),
    "publish": N_("Make the results public"),
    "correct_result": N_("Correct a line of the decision"),
    "revoke": N_("Suspend, revoke or restore an award"),
    "change_organizers": N_("Appoint an organizer, or change or take away the role of one"),
    "reset_factor": N_("Take somebody's second factor away"),
}
"""What each act is called, by its code in the document; in the order of a contest."""


class Safeguards(Part):
    """Which acts one organizer asks for and another one confirms."""

    second_person: Annotated[tuple[SecondPersonAct, ...], Field(max_length=len(SECOND_PERSON_ACTS))] = ()
    """Acts that need a second person; none of them unless named."""
    second_person_days: Annotated[int, Strict(), Field(ge=1, le=30)] = 7
    """Days within which the second person answers; then what was asked for lapses."""
