"""What rooms above do once a line is settled or corrected when the results are public already."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from contest.accounts.models import User
from contest.regulations.models import Contest, Stage


class Follower(Protocol):
    """What a room above does with lines that may be printed now."""

    def __call__(self, contest: Contest, *, by: User, now: datetime) -> None: ...


_followers: list[Follower] = []


def follows_lines(follower: Follower) -> Follower:
    """Name the function of a room above that is called when lines of public results are settled or corrected.

    It is called in the same transaction; before the publication the staff takes the next step by hand.
    """
    _followers.append(follower)
    return follower


def carry_through(contest: Contest, *, by: User, now: datetime) -> None:
    """Let the rooms above follow, where the results are public."""
    if contest.stage == Stage.PUBLISHED:
        for follower in _followers:
            follower(contest, by=by, now=now)
