"""Which template draws a certificate: the one that says most exactly that it is meant for it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol, TypeVar

from contest.errors import N_


class TemplateKind(StrEnum):
    """For which certificates a template is."""

    GROUP = "group"  # of all authors of a work together, and of a newsroom
    INDIVIDUAL = "individual"  # with one name: of a single author, or of one of a group
    BOTH = "both"

    @property
    def label(self) -> str:
        """The kind in words, as a message id."""
        return KIND_LABELS[self]


KIND_LABELS = {
    TemplateKind.GROUP: N_("Shared copies of a group or a newsroom"),
    TemplateKind.INDIVIDUAL: N_("Copies with one author's name"),
    TemplateKind.BOTH: N_("All copies"),
}


class Claim(Protocol):
    """What a template says that it is for."""

    @property
    def kind(self) -> str:
        """A value of `TemplateKind`."""

    @property
    def tiers(self) -> list[str]:
        """Codes of prizes; none for all of them."""


Claiming = TypeVar("Claiming", bound=Claim)


def choose(templates: Iterable[Claiming], *, tier: str, kind: TemplateKind) -> Claiming | None:
    """Choose the template of a certificate: the most specific one; none means the look of the house.

    Prize and kind go before prize, prize before kind, kind before everything. Of equally specific ones there is never
    more than one, because a second is refused (`taken_by`).

    :param tier: code of the prize
    :param kind: of the certificate: a group's or an individual's
    """
    meant = [each for each in templates if _suits(each, tier, kind)]
    return max(meant, key=_specificity, default=None)


def taken_by(claim: Claim, others: Iterable[Claiming]) -> Claiming | None:
    """Find the template that is meant for the same certificates as exactly as this one would be."""
    return next((each for each in others if _meet(claim, each)), None)


def _suits(claim: Claim, tier: str, kind: TemplateKind) -> bool:
    return (not claim.tiers or tier in claim.tiers) and claim.kind in (TemplateKind.BOTH, kind)


def _specificity(claim: Claim) -> tuple[bool, bool]:
    return bool(claim.tiers), claim.kind != TemplateKind.BOTH


def _meet(one: Claim, other: Claim) -> bool:
    if _specificity(one) != _specificity(other) or one.kind != other.kind:
        return False
    return not one.tiers or bool(set(one.tiers) & set(other.tiers))
