"""The ballots of a round, each put to those who vote on it and counted over what is up for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from contest.regulations.voting import VoteRule
from contest.results.acts import Decided
from contest.results.material import Ballot, RoundMaterial, Work
from contest.results.voting import Electorate, Paper, Vote, Voted, count_votes, reached


@dataclass(frozen=True, slots=True)
class Box:
    """Every paper of a round, found again by its question, and the panels of every voter."""

    papers: Mapping[str, tuple[Ballot, ...]]
    panels: Mapping[str, frozenset[str]]
    chairs: Mapping[str, frozenset[str]]
    """Jurors who chair, by panel."""
    decided: Decided

    @classmethod
    def of(cls, material: RoundMaterial, decided: Decided) -> Box:
        """Open the box of a round."""
        papers: dict[str, list[Ballot]] = {}
        for ballot in material.ballots:
            papers.setdefault(ballot.question, []).append(ballot)
        panels: dict[str, set[str]] = {}
        chairs: dict[str, set[str]] = {}
        for member in material.members:
            panels.setdefault(member.juror, set()).add(member.panel)
            if member.chair:
                chairs.setdefault(member.panel, set()).add(member.juror)
        return cls(
            {question: tuple(many) for question, many in papers.items()},
            {juror: frozenset(many) for juror, many in panels.items()},
            {panel: frozenset(many) for panel, many in chairs.items()},
            decided,
        )

    def on_works(
        self, rule: VoteRule, question: str, panel: str, works: Collection[str], tiers: Sequence[str] = ()
    ) -> Vote:
        """Count what one panel voted on its works."""
        members = frozenset(juror for juror, panels in self.panels.items() if panel in panels)
        electorate = Electorate(
            members,
            self.chairs.get(panel, frozenset()),
            self.decided.present(question, panel),
            pseudonyms=rule.secret,
        )
        papers = [_paper(ballot) for ballot in self.papers.get(question, ()) if self._is_of(ballot, panel, works)]
        return count_votes(rule, works, papers, electorate, question=question, panel=panel, tiers=tiers)

    def on_prize(self, rule: VoteRule, prize: str, subjects: Collection[str]) -> Vote:
        """Count what all members together voted on a prize over the groups."""
        electorate = Electorate(
            frozenset(self.panels),
            frozenset[str]().union(*self.chairs.values()),
            self.decided.present(prize, ""),
            pseudonyms=rule.secret,
        )
        papers = map(_paper, self.papers.get(prize, ()))
        return count_votes(rule, subjects, papers, electorate, question=prize, tiers=(prize,))

    def _is_of(self, ballot: Ballot, panel: str, works: Collection[str]) -> bool:
        """Say whether a paper was cast in a panel.

        Where the paper does not say so, the voter's membership tells; of someone in several panels, and of a
        pseudonym, what the paper names.
        """
        if ballot.panel:
            return ballot.panel == panel
        panels = self.panels.get(ballot.voter, frozenset())
        if panels and panel not in panels:
            return False
        return len(panels) == 1 or not ballot.choice or any(work in ballot.choice for work in works)


def _paper(ballot: Ballot) -> Paper:
    return Paper(ballot.ballot, ballot.voter, ballot.choice)


@dataclass(frozen=True, slots=True)
class CouncilVotes:
    """What came of the votes of a round on its works."""

    votes: tuple[Vote, ...]
    """One for each question and panel, in the order in which they are asked."""
    counted: tuple[Vote, ...]
    """The same, in a ranking one for each group too: each orders the works of its own group."""
    standings: Mapping[str, Voted]
    by_work: Mapping[str, Mapping[str, Vote]]
    """By work and question."""


def council_votes(
    material: RoundMaterial, box: Box, rule: VoteRule, groups: Iterable[tuple[str | None, Sequence[Work]]]
) -> CouncilVotes:
    """Count the votes of a round that is voted.

    The question is the round's own; where prizes are voted on with yes or no, each tier is a question.

    :param groups: works by the group in which they are compared; a ranking orders those of one group and panel
    """
    tiers = tuple(tier.code for tier in material.ruling.prizes) if votes_on_prizes(material) else ()
    questions = tiers if tiers and rule.kind in ("yes_no", "approval") else ("",)
    up: dict[tuple[str | None, str], list[str]] = {}
    for group, works in groups:
        for work in works:
            compared = group if rule.kind == "ranking" else None
            up.setdefault((compared, _panel(material, work)), []).append(work.entry)

    votes: dict[tuple[str, str], Vote] = {}
    counted: list[Vote] = []
    by_work: dict[str, dict[str, Vote]] = {}
    for question in questions:
        for (_, panel), entries in up.items():
            vote = box.on_works(rule, question, panel, frozenset(entries), tiers if rule.kind == "tier" else ())
            votes.setdefault((question, panel), vote)
            counted.append(vote)
            for entry in entries:
                by_work.setdefault(entry, {})[question] = vote
    standings = {entry: reached(entry, asked, tiers) for entry, asked in by_work.items()}
    return CouncilVotes(tuple(votes.values()), tuple(counted), standings, by_work)


def votes_on_prizes(material: RoundMaterial) -> bool:
    """Say whether the votes of the round give the prizes of the tiers."""
    return material.is_last and material.ruling.awarding.method == "vote"


def _panel(material: RoundMaterial, work: Work) -> str:
    try:
        return material.rule.panel_for(category=work.category, genre=work.genre)
    except KeyError:
        return ""
