"""Certificates as they will stand: the shortest and the longest words of a contest, drawn by a design."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contest.certificates import documents, samples, wording
from contest.certificates.choosing import Claim, TemplateKind, choose
from contest.certificates.design import Design
from contest.certificates.services.designing import Designs
from contest.certificates.services.register import decision_of, given_on, words_of
from contest.certificates.wording import Issue, Printed
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.prize_rules import prizes_by_code

SHORTEST, LONGEST = "ngan", "dai"


@dataclass(frozen=True)
class Specimen:
    """Words that have no number yet, and the design that will draw them."""

    printed: Printed
    design: Design


@dataclass(frozen=True)
class Extremes:
    """The shortest and the longest words that a template has to hold.

    :ivar words: all that it draws, as far as they are known
    :ivar are_real: whether they are the decision's; else they are invented
    """

    shortest: Printed
    longest: Printed
    words: tuple[Printed, ...] = ()
    are_real: bool = False

    def named(self, which: str) -> Printed | None:
        """Give one of the two by its name in an address."""
        return {SHORTEST: self.shortest, LONGEST: self.longest}.get(which)


def specimens(contest: Contest) -> dict[str, Specimen]:
    """Choose the certificates of a decision with the fewest and with the most letters, to see how they stand.

    :raise NothingDecided: if there is no decision
    """
    worded = sorted(_unnumbered(contest), key=lambda each: wording.letters(each.printed))
    designs = Designs(contest)
    ends = {SHORTEST: worded[0], LONGEST: worded[-1]} if worded else {}
    return {which: Specimen(issue.printed, designs.of(issue)) for which, issue in ends.items()}


def specimen_of(contest: Contest, award_id: int) -> Specimen | None:
    """Word the certificate of one prize of a work as it will stand, the group's where several wrote it."""
    found = (each for each in _unnumbered(contest) if each.award_id == award_id and not each.position)
    issue = next(found, None)
    return Specimen(issue.printed, Designs(contest).of(issue)) if issue is not None else None


def extremes(contest: Contest, claim: Claim) -> Extremes:
    """Choose the shortest and the longest words that a template is for; invented ones until they are decided."""
    if results.newest_decision(contest) is not None:
        issues = [each for each in _unnumbered(contest) if choose([claim], tier=each.tier, kind=each.kind)]
        if issues:
            words = tuple(sorted((each.printed for each in issues), key=wording.letters))
            return Extremes(words[0], words[-1], words, are_real=True)
    return Extremes(*_samples(contest, claim))


def check_words(words: Iterable[Printed], design: Design) -> None:
    """Pass when a design holds all of some words.

    :raise ContestError: if it does not, with the part of the design as its field
    """
    for printed in words:
        documents.check_sheet(printed, design)


def _unnumbered(contest: Contest) -> list[Issue]:
    """Word every certificate with a number that none will have."""
    decision = decision_of(contest)
    numbered = _numbered(contest, given_on(contest, decision).year)
    return [
        Issue(each.award_id, each.collective_id, each.position, each.subject, each.printed | numbered, each.tier)
        for each in words_of(contest, decision)
    ]


def _numbered(contest: Contest, year: int) -> dict[str, str]:
    register_number = contest.regulation.certificate.register_number(0, year)
    return {"register_number": register_number, "register": f"Vào sổ số {register_number}"}


def _samples(contest: Contest, claim: Claim) -> tuple[Printed, Printed]:
    regulation = contest.regulation
    letterhead, calendar = regulation.letterhead, regulation.calendar
    copy = {
        "letterhead": letterhead.model_dump(),
        "contest": {"name": regulation.name},
        "decision": {
            "number": letterhead.reference("000").removeprefix(letterhead.before_number).strip(),
            "decided_on": calendar.decision_on.isoformat(),
        },
    }
    prizes = prizes_by_code(regulation)
    tier = next((code for code in claim.tiers if code in prizes), next(iter(prizes)))
    category = max(regulation.categories, key=lambda each: len(each.name))
    line = {
        "tier": tier,
        "tier_name": prizes[tier].name,
        "category_name": category.name,
        "genre_name": regulation.genre(category.genres[0]).name,
        "unit": regulation.organiser,
    }
    on = max(calendar.ceremony_on, calendar.decision_on)
    shortest, longest = samples.samples(copy, line, regulation.certificate, TemplateKind(claim.kind), given_on=on)
    numbered = _numbered(contest, on.year)
    return shortest | numbered, longest | numbered
