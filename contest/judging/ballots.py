"""What stands on a ballot, what may be written on it, and the one form in which it is hashed."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from contest.audit.chain import canonical
from contest.errors import N_
from contest.judging.refusals import ChoiceUnknown, RanksNotInOrder, SubjectNotYours, TooManyNamed
from contest.regulations.prizes import CollectivePrize, SpecialPrize, ThematicPrize
from contest.regulations.schema import Regulation
from contest.regulations.scoring import RoundRule
from contest.regulations.voting import VoteKind, VoteRule

FORMAT = 1
OWN = ""
"""The question of the round itself."""
YES, NO = "yes", "no"
RANKING = "ranking"
OWN_NEWSROOM = N_("own newsroom")

Prize = SpecialPrize | ThematicPrize | CollectivePrize


@dataclass(frozen=True)
class Topic:
    """A question on the agenda of a sitting: how many times it is voted on with this one, and about what."""

    question: str
    ballot: int
    subjects: tuple[str, ...]

    def written(self) -> dict[str, Any]:
        """The topic as it is kept."""
        return {"question": self.question, "ballot": self.ballot, "subjects": list(self.subjects)}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Topic:
        """The topic that was kept."""
        return cls(kept["question"], kept["ballot"], tuple(kept["subjects"]))


@dataclass(frozen=True)
class Question:
    """A question as its voters see it.

    :ivar name: of the tier or the prize; empty for the question of the round
    :ivar tiers: what a work can be named for, where a tier is chosen
    """

    code: str
    name: str
    rule: VoteRule
    tiers: tuple[tuple[str, str], ...] = ()
    about_newsrooms: bool = False
    by_panel: bool = True

    @property
    def kind(self) -> VoteKind:
        """How one votes."""
        return self.rule.kind


def gives_tiers(regulation: Regulation, rule: RoundRule) -> bool:
    """Say whether the vote of a round gives the prizes of the groups."""
    return regulation.awarding.method == "vote" and regulation.rounds[-1].code == rule.code


def own_questions(regulation: Regulation, rule: RoundRule) -> tuple[str, ...]:
    """The questions that a voted round asks of its works: one for each tier, or one in all; none in a scored round."""
    if rule.vote is None:
        return ()
    if gives_tiers(regulation, rule) and rule.vote.kind in ("yes_no", "approval"):
        return tuple(tier.code for tier in regulation.prizes)
    return (OWN,)


def prizes_by_vote(regulation: Regulation) -> tuple[Prize, ...]:
    """The prizes over the groups on which the council of the last round votes."""
    prizes: tuple[Prize, ...] = (*regulation.special_prizes, *regulation.thematic_prizes, *regulation.collective_prizes)
    return tuple(prize for prize in prizes if prize.by == "vote" and prize.vote is not None)


def question_of(regulation: Regulation, rule: RoundRule, code: str) -> Question:
    """Look a question up.

    :raise KeyError: if the round asks no such question
    """
    if code in own_questions(regulation, rule) and rule.vote is not None:
        name = regulation.tier(code).name if code else ""
        tiers = tuple((tier.code, tier.name) for tier in regulation.prizes) if rule.vote.kind == "tier" else ()
        return Question(code, name, rule.vote, tiers)
    for prize in prizes_by_vote(regulation):
        if prize.code == code and prize.vote is not None:
            newsrooms = isinstance(prize, CollectivePrize)
            return Question(code, prize.name, prize.vote, about_newsrooms=newsrooms, by_panel=False)
    raise KeyError(code)


def members_needed(rule: VoteRule, members: int) -> int:
    """How many of the members must be present for a ballot to count."""
    return math.ceil(rule.quorum * members)


def clean(question: Question, choice: Mapping[str, str], allowed: Collection[str]) -> dict[str, str]:
    """Take a choice as it is kept, without what was left empty.

    :param allowed: what this member votes on
    :raise BallotRefused: one of its classes, each with its sentence
    """
    written = {subject: value for subject, value in choice.items() if value}
    if any(subject not in allowed for subject in written):
        raise SubjectNotYours
    match question.kind:
        case "yes_no":
            _check_among(written, (YES, NO))
        case "approval":
            _check_among(written, (YES,))
            if question.rule.most is not None and len(written) > question.rule.most:
                raise TooManyNamed(most=question.rule.most, named=len(written))
        case "tier":
            _check_among(written, [code for code, _name in question.tiers])
        case "ranking":
            written = {subject: _rank(value) for subject, value in written.items()}
            if sorted(map(int, written.values())) != list(range(1, len(written) + 1)):
                raise RanksNotInOrder(last=len(written))
    return written


def _check_among(written: Mapping[str, str], values: Collection[str]) -> None:
    if any(value not in values for value in written.values()):
        raise ChoiceUnknown


def _rank(value: str) -> str:
    if not (value.isascii() and value.isdecimal() and len(value) <= 5 and int(value)):
        raise ChoiceUnknown
    return str(int(value))


def fingerprint(
    choice: Mapping[str, str],
    *,
    round_code: str,
    sitting: int,
    question: str,
    voter: str,
    revision: int,
    receipt: str,
    cast_at: datetime,
    typed_by: str | None = None,
) -> str:
    """SHA-256 of a ballot, in hexadecimal.

    The receipt enters because a choice is short: without it a reader of the log would find it by trying.

    :param voter: random subject id, as is ``typed_by`` of whoever typed the ballot from paper
    """
    facts: dict[str, Any] = {
        "format": FORMAT,
        "round": round_code,
        "sitting": sitting,
        "question": question,
        "voter": voter,
        "revision": revision,
        "receipt": receipt,
        "choice": dict(choice),
        "cast_at": cast_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    if typed_by is not None:
        facts["typed_by"] = typed_by
    return sha256(canonical(facts)).hexdigest()
