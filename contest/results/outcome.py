"""The outcome of a round: standings, places, who goes on or which prizes are given, and what people must still decide.

One function of the material. It raises for no material, however odd, under any regulation that checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from contest.regulations.prizes import PrizeMoney, ThematicPrize
from contest.regulations.schema import Regulation
from contest.regulations.scoring import Bonus
from contest.regulations.voting import VoteRule
from contest.results import acts
from contest.results.acts import Decided
from contest.results.advancement import Advancement, advance
from contest.results.awards import Offer, Prizes, award, award_by_vote
from contest.results.ballots import Box, CouncilVotes, council_votes
from contest.results.extra_prizes import Deciding, ExtraPrize, collective, special, thematic
from contest.results.material import RoundMaterial, Work
from contest.results.money import Totals, totals
from contest.results.ranking import BY_VOTE, MEAN, Place, rank
from contest.results.tally import Added, Exact, Scale, Standing, Terms, tally
from contest.results.voting import Support, Vote, Voted

AnyStanding: TypeAlias = Standing | Voted
"""What a work has reached: by sheets in a scored round, by votes in a voted one."""


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What came of the works that are compared with each other."""

    group: str
    """Code of the award group in the last round, of the category before."""
    standings: tuple[AnyStanding, ...]
    """By code of the work."""
    places: tuple[Place, ...]
    advancement: Advancement | None = None
    prizes: Prizes | None = None

    @property
    def unplaced(self) -> tuple[AnyStanding, ...]:
        """Works without a countable sheet or vote."""
        return tuple(standing for standing in self.standings if not standing.is_ranked)


@dataclass(frozen=True, slots=True)
class MissingVote:
    """A question that was not put to the vote, or never with its quorum, and the works that wait for it."""

    question: str
    panel: str
    entries: tuple[str, ...]


@dataclass(frozen=True)
class RoundOutcome:
    """What came of a round."""

    material: RoundMaterial
    decided: Decided
    groups: tuple[GroupOutcome, ...]
    ungrouped: tuple[AnyStanding, ...] = ()
    """Works that no group takes; they are ranked nowhere."""
    votes: tuple[Vote, ...] = ()
    missing_votes: tuple[MissingVote, ...] = ()
    special: tuple[ExtraPrize, ...] = ()
    thematic: tuple[ExtraPrize, ...] = ()
    collective: tuple[ExtraPrize, ...] = ()
    money: Totals | None = None
    works: Mapping[str, Work] = field(default_factory=dict)
    """Works still in the contest, by code."""

    @property
    def is_last(self) -> bool:
        """Whether the round gives the prizes."""
        return self.material.is_last

    @property
    def standings(self) -> Iterator[AnyStanding]:
        """Every standing, group by group, then those of no group."""
        for group in self.groups:
            yield from group.standings
        yield from self.ungrouped

    @property
    def extra_prizes(self) -> tuple[ExtraPrize, ...]:
        """Special, thematic and collective prizes, in this order."""
        return (*self.special, *self.thematic, *self.collective)

    @property
    def advancing(self) -> tuple[str, ...]:
        """Works that go on, category by category, best first."""
        return tuple(entry for group in self.groups if group.advancement for entry in group.advancement.entries)

    @cached_property
    def replaced(self) -> dict[str, str]:
        """Special prize by the work that gives back the prize of its tier for it."""
        return {winner.subject: prize.code for prize in self.special for winner in prize.winners if winner.replaces}

    @cached_property
    def prizes(self) -> dict[str, tuple[str, ...]]:
        """What each work takes in the end: the prize of its tier unless it gives it back, special and thematic ones."""
        found: dict[str, list[str]] = {}
        for entry, tier in _tiers(self.groups).items():
            if entry not in self.replaced:
                found.setdefault(entry, []).append(tier)
        for prize in (*self.special, *self.thematic):
            for winner in prize.winners:
                found.setdefault(winner.subject, []).append(prize.code)
        return {entry: tuple(codes) for entry, codes in found.items()}


def conclude(material: RoundMaterial) -> RoundOutcome:
    """Conclude a round from its material.

    Rubric, panels and ballots are those of the version at the opening; how sheets are taken together, prizes and money
    those of the version at the sealing.
    """
    decided = acts.decided(material.acts)
    works = {work.entry: work for work in sorted(material.works, key=lambda work: work.entry) if not work.out}
    grouped = _grouped(material, works.values())
    box = Box.of(material, decided)
    council = None
    if material.rule.vote is not None:
        council = council_votes(material, box, material.rule.vote, grouped.items())
        standings: Mapping[str, AnyStanding] = council.standings
    else:
        standings = _tallied(material, works, decided)
    receipts = {work.entry: work.received_at for work in works.values()}
    groups = tuple(
        _group(material, decided, code, [standings[work.entry] for work in grouped[code]], receipts, council)
        for code in _groups(material)
    )
    outcome = RoundOutcome(
        material,
        decided,
        groups,
        ungrouped=tuple(standings[work.entry] for work in grouped[None]),
        votes=council.votes if council is not None else (),
        missing_votes=tuple(_missing(groups, council, material.ruling)) if council is not None else (),
        works=works,
    )
    return _with_extra_prizes(outcome, box) if material.is_last else outcome


# Works ---------------------------------------------------------------------------------------------------------------


def _groups(material: RoundMaterial) -> list[str]:
    if material.is_last:
        return [group.code for group in material.ruling.award_groups]
    return [category.code for category in material.ruling.categories]


def _grouped(material: RoundMaterial, works: Iterable[Work]) -> dict[str | None, list[Work]]:
    """Sort works by the group they are compared in; None gathers those of no group."""
    found: dict[str | None, list[Work]] = {code: [] for code in (*_groups(material), None)}
    is_last, ruling = material.is_last, material.ruling
    group_of: dict[tuple[str, str, str], str | None] = {}
    for work in works:
        kind = (work.category, work.genre, work.topic)
        if kind not in group_of:
            category, genre, topic = kind
            code = ruling.award_group(category=category, genre=genre, topic=topic) if is_last else category
            group_of[kind] = code if code in found else None
        found[group_of[kind]].append(work)
    return found


def _tallied(material: RoundMaterial, works: Mapping[str, Work], decided: Decided) -> dict[str, AnyStanding]:
    """Tally the sheets of every work."""
    terms = {category: _terms(material, category) for category in {work.category for work in works.values()}}
    bonuses = material.ruled.bonus
    return {
        entry: tally(
            entry,
            material.sheets.get(entry, ()),
            terms[work.category],
            _added(bonuses, work, decided) if bonuses else (),
        )
        for entry, work in works.items()
    }


def _terms(material: RoundMaterial, category: str) -> Terms:
    ruled = material.ruled
    weights = {criterion.code: criterion.weight for criterion in material.rule.rubrics.get(category, ())}
    return Terms(Scale.of(weights), ruled.minimum_sheets, ruled.aggregation, ruled.discrepancy)


def _added(bonuses: Sequence[Bonus], work: Work, decided: Decided) -> tuple[Added, ...]:
    """Give the points for what a work has: all that a bonus asks for."""
    return tuple(
        Added(bonus.code, bonus.points)
        for bonus in bonuses
        if (not bonus.categories or work.category in bonus.categories)
        and (not bonus.genres or work.genre in bonus.genres)
        and (not bonus.slots or not work.slots.isdisjoint(bonus.slots))
        and (not bonus.by_act or work.entry in decided.bonuses.get(bonus.code, ()))
    )


# Groups --------------------------------------------------------------------------------------------------------------


def _group(
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


def _missing(groups: Sequence[GroupOutcome], council: CouncilVotes, ruling: Regulation) -> Iterator[MissingVote]:
    """Find votes that were not held and that works still wait for.

    A vote on a tier is needed by works that have no higher prize, in groups where the tier has any.
    """
    order = {tier.code: number for number, tier in enumerate(ruling.prizes)}
    won = {entry: order[tier] for entry, tier in _tiers(groups).items()}
    group_of = {standing.entry: group.group for group in groups for standing in group.standings}
    for vote in council.votes:
        if vote.is_decided:
            continue
        waiting = sorted(entry for entry, asked in council.by_work.items() if _is_asked(asked, vote))
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


def _is_asked(asked: Mapping[str, Vote], vote: Vote) -> bool:
    return vote.question in asked and asked[vote.question].panel == vote.panel


def _tiers(groups: Sequence[GroupOutcome]) -> dict[str, str]:
    """Tier that each winner has reached in its group."""
    return {
        each.entry: each.tier
        for group in groups
        if group.prizes is not None
        for each in group.prizes.awards
        if each.tier is not None
    }


# Prizes over the groups ----------------------------------------------------------------------------------------------


def _with_extra_prizes(outcome: RoundOutcome, box: Box) -> RoundOutcome:
    """Give special, then thematic, then collective prizes, and add up the money."""
    outcome = replace(outcome, special=_special(outcome, box))
    outcome = replace(outcome, thematic=_thematic(outcome, box))
    outcome = replace(outcome, collective=_collective(outcome, box))
    return replace(outcome, money=_money(outcome))


def _deciding(outcome: RoundOutcome, box: Box, rule: VoteRule | None) -> Deciding:
    def votes(prize: str, subjects: frozenset[str]) -> Vote | None:
        return box.on_prize(rule, prize, subjects) if rule is not None else None

    return Deciding(outcome.decided.chosen, outcome.decided.prize_orders, votes)


def _special(outcome: RoundOutcome, box: Box) -> tuple[ExtraPrize, ...]:
    """Draw the special prizes; a work that has one takes no other while a work takes one prize at most."""
    ruling, found = outcome.material.ruling, []
    tiers, means = _tiers(outcome.groups), _means(outcome)
    for prize in ruling.special_prizes:
        one = special(prize, tiers, means, _deciding(outcome, box, prize.vote))
        found.append(one)
        if ruling.awarding.one_prize:
            taken = {winner.subject for winner in one.winners}
            tiers = {entry: tier for entry, tier in tiers.items() if entry not in taken}
    return tuple(found)


def _thematic(outcome: RoundOutcome, box: Box) -> tuple[ExtraPrize, ...]:
    """Give the thematic prizes; to works without a prize only, while a work takes one prize at most."""
    ruling, found = outcome.material.ruling, []
    means, taken = _means(outcome), set(outcome.prizes)
    for prize in ruling.thematic_prizes:
        candidates = {
            entry: mean
            for entry, mean in means.items()
            if not (ruling.awarding.one_prize and entry in taken) and _takes(prize, outcome.works[entry])
        }
        one = thematic(prize, candidates, _deciding(outcome, box, prize.vote))
        found.append(one)
        taken |= {winner.subject for winner in one.winners}
    return tuple(found)


def _takes(prize: ThematicPrize, work: Work) -> bool:
    return prize.takes(category=work.category, genre=work.genre, topic=work.topic)


def _means(outcome: RoundOutcome) -> dict[str, Exact | None]:
    """Exact mean of every work that has been scored or voted on; None in a voted round."""
    return {standing.entry: standing.measure(MEAN) for standing in outcome.standings if standing.is_ranked}


def _collective(outcome: RoundOutcome, box: Box) -> tuple[ExtraPrize, ...]:
    works = Counter(work.outlet for work in outcome.material.accepted_works if work.outlet and not work.out)
    won: dict[str, Counter[str]] = {}
    for entry, codes in outcome.prizes.items():
        won.setdefault(outcome.works[entry].outlet, Counter()).update(codes)
    return tuple(
        collective(prize, works, won, _deciding(outcome, box, prize.vote))
        for prize in outcome.material.ruling.collective_prizes
    )


def _money(outcome: RoundOutcome) -> Totals:
    """Add up every prize that is given; the prize of a tier that was given back is not."""
    ruling = outcome.material.ruling
    given = Counter(code for codes in outcome.prizes.values() for code in codes)
    given.update({prize.code: len(prize.winners) for prize in outcome.collective})
    prizes: dict[str, PrizeMoney] = {tier.code: tier.money for tier in ruling.prizes}
    prizes |= {prize.code: prize.money for prize in ruling.special_prizes}
    prizes |= {prize.code: prize.money for prize in ruling.thematic_prizes}
    prizes |= {prize.code: prize.money for prize in ruling.collective_prizes}
    return totals(prizes, given, ruling.base_salary)
