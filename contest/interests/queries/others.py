"""Who may hear of everything, for those who may not."""

from __future__ import annotations

from collections.abc import Collection

from contest.accounts.queries import members
from contest.interests.queries.barring import conflicts_between
from contest.regulations.models import Contest


def people_without_interests(contest: Contest, roles: Collection[str]) -> list[str]:
    """Name the people with one of these roles who have no interest in any work of a contest."""
    people = {membership.user_id: membership.user for membership in members(contest.id, *roles)}
    ties = conflicts_between(contest, people)
    tied = {user_id for (user_id, _entry), kinds in ties.items() if any(kind.blocks for kind in kinds)}
    return [user.name for user_id, user in people.items() if user_id not in tied and user.is_active]
