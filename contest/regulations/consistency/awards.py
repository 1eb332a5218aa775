"""Groups, tiers and gates that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from contest.errors import N_
from contest.regulations.consistency.coverage import dealt, leads_nowhere
from contest.regulations.consistency.named import chosen, repeated, unknown
from contest.regulations.consistency.rounds import reach
from contest.regulations.consistency.rubrics import points
from contest.regulations.problems import Problem

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

GROUPS_MISSING = N_("The scope is “groups”, so the groups in which works compete must be listed.")
GROUPS_NOT_USED = N_('Groups are used with scope = "groups" only; write that, or leave the groups out.')
IDLE_GROUP = N_("No work falls to this group: those before it take them all, or no category takes its genres.")
UNKNOWN_GROUP = N_("There is no group “%(code)s” in which works compete; the groups are: %(known)s.")
EXACT_WITHOUT_QUOTA = N_("Exactly how many must be given? Write quota, or a number for each group in quotas.")
NOBODY_CAN_WIN = N_(
    "The quota is 0 in every group, so nobody could win this prize; write a number above 0 or remove it."
)
FLOOR_ABOVE_REACH = N_("The floor (%(floor)s) lies above what a work can reach in the last round (%(reach)s).")
FLOORS_RISING = N_("The floor (%(floor)s) must not lie above that of the tier above (%(above)s).")
BANDS_NOT_FALLING = N_(
    "Prizes are given by bands, so the floor (%(floor)s) must lie below that of the tier above (%(above)s), or the "
    "band is empty."
)
FLOOR_IN_A_VOTE = N_("Prizes are given by the vote of the last round, which knows no mean; leave floor out.")
LAST_ROUND_SCORED = N_(
    "Prizes are to be given by a vote, but works are scored in the last round (%(round)s); give it a vote, or write "
    "“quota” or “bands”."
)
LAST_ROUND_VOTED = N_(
    'The council votes in the last round (%(round)s), so there is no mean to give prizes by; write method = "vote".'
)
RANKING_WITHOUT_QUOTA = N_(
    "The council puts works in order, so without a quota this tier would take them all; write how many it has."
)
NOBODY_MOVES_UP = N_("Prizes are given by the vote of the last round, so no work can move up by rule; write “empty”.")
APPROVED_TWICE = N_("“%(body)s” approves twice; name each body once.")


def groups(regulation: Regulation) -> Iterator[Problem]:
    """Find groups that are missing, not used or without works."""
    rule = regulation.awarding
    if rule.scope != "groups":
        if rule.groups:
            yield Problem("awarding.groups", GROUPS_NOT_USED)
        return
    if not rule.groups:
        yield Problem("awarding.groups", GROUPS_MISSING)
    yield from repeated([group.code for group in rule.groups], "awarding.groups")
    idle = dealt(rule.groups, regulation).idle
    for group in rule.groups:
        path = f"awarding.groups[{group.code}]"
        yield from chosen(group, path, regulation)
        if group.code in idle and not leads_nowhere(group, regulation):
            yield Problem(path, IDLE_GROUP)


def tiers(regulation: Regulation) -> Iterator[Problem]:
    """Find floors that no work can reach, or that stand upside down."""
    last, method = regulation.rounds[-1], regulation.awarding.method
    for tier in regulation.prizes:
        path = f"prizes[{tier.code}].floor"
        if last.is_voted:
            if tier.floor:
                yield Problem(path, FLOOR_IN_A_VOTE)
        elif last.scale and tier.floor > reach(last):
            yield Problem(path, FLOOR_ABOVE_REACH, {"floor": points(tier.floor), "reach": points(reach(last))})
    for above, tier in pairwise(regulation.prizes):
        values = {"floor": points(tier.floor), "above": points(above.floor)}
        if method == "bands" and tier.floor >= above.floor:
            yield Problem(f"prizes[{tier.code}].floor", BANDS_NOT_FALLING, values)
        elif method == "quota" and tier.floor > above.floor:
            yield Problem(f"prizes[{tier.code}].floor", FLOORS_RISING, values)


def quotas(regulation: Regulation) -> Iterator[Problem]:
    """Find numbers for groups that are not there, and numbers that are missing or let nobody win."""
    known = [group.code for group in regulation.award_groups]
    if not known:
        return
    for tier in regulation.prizes:
        path = f"prizes[{tier.code}]"
        yield from unknown(tier.quotas, known, f"{path}.quotas", UNKNOWN_GROUP)
        numbers = {tier.quota_in(group) for group in known}
        if tier.exact and None in numbers:
            yield Problem(f"{path}.exact", EXACT_WITHOUT_QUOTA)
        if numbers == {0}:
            yield Problem(f"{path}.quotas", NOBODY_CAN_WIN)


def method(regulation: Regulation) -> Iterator[Problem]:
    """Find prizes given in another way than the last round is judged."""
    last = regulation.rounds[-1]
    by_vote = regulation.awarding.method == "vote"
    if by_vote and not last.is_voted:
        yield Problem("awarding.method", LAST_ROUND_SCORED, {"round": last.name})
    if last.is_voted and not by_vote:
        yield Problem("awarding.method", LAST_ROUND_VOTED, {"round": last.name})
    is_ranking = last.vote is not None and last.vote.kind == "ranking"
    if by_vote and last.is_voted and not is_ranking and regulation.awarding.on_revocation != "empty":
        yield Problem("awarding.on_revocation", NOBODY_MOVES_UP)
    if is_ranking:
        for tier in regulation.prizes[:-1]:
            if tier.quota is None:
                yield Problem(f"prizes[{tier.code}].quota", RANKING_WITHOUT_QUOTA)


def gates(regulation: Regulation) -> Iterator[Problem]:
    """Find a body that would have to approve twice."""
    seen: set[str] = set()
    for number, body in enumerate(regulation.gates.approvals or (), 1):
        name = " ".join(body.casefold().split())
        if name in seen:
            yield Problem(f"gates.approvals[#{number}]", APPROVED_TWICE, {"body": body})
        seen.add(name)
