"""Places in each group, and what follows from them: who goes on, or which prizes of the tiers are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contest.regulations.schema import Regulation
from contest.results.acts import Decided
from contest.results.advancement import advance
from contest.results.awards import Offer, Prizes, award, award_by_vote
from contest.results.ballots import CouncilVotes
from contest.results.material import RoundMaterial
from contest.results.outcome.round import AnyStanding, GroupOutcome, MissingVote, tiers_of
from contest.results.ranking import BY_VOTE, MEAN, Place, rank
from contest.results.voting import Support, Voted


def concluded_group(
    material: RoundMaterial,
    decided: Decided,
    code: str,
    standings: Sequence[AnyStanding],
    receipts: Mapping[str, str],
    council: CouncilVotes | None,
) -> GroupOutcome:
    """Rank the works of a group and say who goes on or what they win."""
    places = tuple(
        rank(
            standings,
            material.ruled.tie_breaks,
            decided.orders,
            receipts,
            by=BY_VOTE if council is not None else (MEAN,),
        )
    )
    if material.is_last:
        prizes = _prizes(material, decided, code, places, council)
        return GroupOutcome(code, tuple(standings), places, prizes=prizes)
    rule = material.ruled.advancement
    if rule is None:
        return GroupOutcome(code, tuple(standings), places)
    advancement = advance(places, rule.terms(code), flagged=decided.flagged, carried=_carried(material, standings))
    return GroupOutcome(code, tuple(standings), places, advancement=advancement)


def _carried(material: RoundMaterial, standings: Sequence[AnyStanding]) -> frozenset[str] | None:
    """Name the works that a vote carried; None in a round in which nothing is carried."""
    rule = material.rule.vote
    if rule is None or rule.kind == "ranking":
        return None
    return frozenset(standing.entry for standing in standings if isinstance(standing, Voted) and standing.carried)


def _prizes(
    material: RoundMaterial, decided: Decided, group: str, places: Sequence[Place], council: CouncilVotes | None
) -> Prizes:
    ruling = material.ruling
    offers = [Offer(tier.code, tier.quota_in(group), tier.floor, tier.exact) for tier in ruling.prizes]
    method = ruling.awarding.method
    if method != "vote":
        return award(places, offers, method)
    if council is None:
        return award_by_vote(places, offers, lambda entry, tier: None)
    if material.rule.vote is not None and material.rule.vote.kind == "ranking":
        return award(places, offers)
    tiers = [offer.code for offer in offers]

    def support(entry: str, tier: str) -> Support | None:
        votes = council.by_work.get(entry, {})
        vote = votes.get("") or votes.get(tier)
        return vote.support(entry, tier, tiers) if vote is not None else None

    return award_by_vote(places, offers, support, decided.orders)


def missing_votes(groups: Sequence[GroupOutcome], council: CouncilVotes, ruling: Regulation) -> Iterator[MissingVote]:
    """Find votes that were not held and that works still wait for.

    A vote on a tier is needed by works that have no higher prize, in groups where the tier has any.
    """
    order = {tier.code: number for number, tier in enumerate(ruling.prizes)}
    won = {entry: order[tier] for entry, tier in tiers_of(groups).items()}
    group_of = {standing.entry: group.group for group in groups for standing in group.standings}
    for vote in council.counted:
        if vote.is_decided:
            continue
        waiting = sorted(entry for entry, asked in council.by_work.items() if asked.get(vote.question) is vote)
        if vote.question in order:
            tier = ruling.tier(vote.question)
            waiting = [
                entry
                for entry in waiting
                if entry in group_of
                and tier.quota_in(group_of[entry]) != 0
                and won.get(entry, len(order)) > order[vote.question]
            ]
        if waiting:
            yield MissingVote(vote.question, vote.panel, tuple(waiting))
