"""The places in braces that a text may hold, and what is filled in.

A place is known only while there is something to fill it with: a text that names the posting of a contest without
posting is a text that must change.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from contest.regulations import totals
from contest.regulations.vietnamese import awarding, entering, judging
from contest.regulations.vietnamese.words import (
    closing,
    grouped,
    in_words,
    listed,
    long_date,
    lowered,
    moment,
    opening,
    padded,
    points,
    raised,
    share,
)

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import RoundRule


def places(regulation: Regulation) -> dict[str, str]:
    """Everything a text may name in braces, with what is filled in."""
    rounds = [_of_round(rule, regulation) for rule in regulation.rounds]
    filled = {
        **_of_contest(regulation),
        **_of_calendar(regulation),
        **_of_entering(regulation),
        **_of_prizes(regulation),
        **{name: _of_all_rounds(name, regulation.rounds, rounds) for name in TOLD_OF_ALL},
        **{
            f"{rule.code}_{name}": value
            for rule, of_round in zip(regulation.rounds, rounds, strict=True)
            for name, value in of_round.items()
        },
    }
    return {name: value for name, value in filled.items() if value is not None}


def _of_contest(regulation: Regulation) -> dict[str, str | None]:
    rule = regulation.prior_awards
    return {
        "name": regulation.name,
        "short_name": regulation.short_name,
        "organisers": ", ".join(regulation.organiser),
        "standing_office": regulation.standing_office,
        "contact": regulation.contact,
        "category_count": padded(len(regulation.categories)),
        "categories": listed(lowered(category.name) for category in regulation.categories),
        "genres": listed(lowered(term.name) for term in regulation.genres),
        "topics": "; ".join(lowered(term.name) for term in regulation.topics),
        "refused_levels": "; ".join(lowered(level.name) for level in rule.levels if rule.refuses(level.code)),
        "round_count": in_words(len(regulation.rounds)),
        "display_decimals": padded(regulation.display_decimals),
    }


def _of_calendar(regulation: Regulation) -> dict[str, str | None]:
    calendar = regulation.calendar
    span = calendar.posting
    return {
        "launched_on": long_date(calendar.launched_on),
        "publication_first": long_date(calendar.publication.first),
        "publication_last": long_date(calendar.publication.last),
        "receipt_opens": opening(calendar.receipt.opens),
        "receipt_closes": closing(calendar.receipt),
        "grace_minutes": str(calendar.grace_minutes),
        "screening_first": long_date(calendar.screening.first),
        "screening_last": long_date(calendar.screening.last),
        "posting": awarding.posting(regulation),
        "posting_days": str(calendar.posting_days) if calendar.posting_days else None,
        "posting_first": long_date(span.first) if span else None,
        "posting_last": long_date(span.last) if span else None,
        "decision_on": long_date(calendar.decision_on),
        "ceremony_on": long_date(calendar.ceremony_on),
    }


def _of_entering(regulation: Regulation) -> dict[str, str | None]:
    limits, entrants = regulation.limits, regulation.entrants
    return {
        "works_per_author": _figure(limits.works_per_author, padded),
        "author_limits": entering.works_of_an_author(limits, regulation),
        "works_per_unit": _figure(entrants.works_per_unit, padded),
        "unit_limits": entering.works_of_a_unit(entrants),
        "sent_by": entering.sent_by(entrants),
        "excluded": entering.who_may_not(entrants),
        "max_instalments": padded(limits.max_instalments),
        "instalment_limits": entering.instalments(regulation),
        "window_share": share(limits.window_share),
        "instalments_inside": entering.instalments_inside(limits),
        "earlier_instalments": entering.earlier_instalments(limits),
        "same_topic": entering.same_topic(limits),
        "same_text": entering.same_text(limits),
        "max_words": _figure(limits.max_words_per_instalment, grouped),
        "max_minutes": _figure(limits.max_minutes_per_instalment, grouped),
        "length_limits": entering.lengths(regulation),
        "max_authors": entering.authors(regulation.categories),
        "instalment_fields": entering.asked_of_instalments(regulation.categories),
        "prior_awards": entering.prior_awards(regulation),
    }


def _of_prizes(regulation: Regulation) -> dict[str, str | None]:
    return {
        "prizes_per_category": _figure(totals.prizes_in_every_group(regulation), str),
        "prizes_total": _figure(totals.prizes_at_most(regulation), grouped),
        "money_total": _figure(totals.money_at_most(regulation), grouped),
        "totals": awarding.in_all(regulation),
        "awarding": awarding.method(regulation),
        "one_prize": awarding.one_prize(regulation),
        "base_salary": awarding.base_salary(regulation),
        "approvals": awarding.approvals(regulation),
        "complaints": awarding.complaints(regulation),
        "revocation": awarding.revocation(regulation),
        "winners": awarding.winners(regulation),
        "payment": awarding.payment(regulation),
        "open_scores": awarding.open_scores(regulation),
        "second_person": awarding.second_person(regulation),
        "carry_on": awarding.carry_on(regulation.carry_on, regulation) if regulation.carry_on else None,
    }


def _figure(number: int | None, write: Callable[[int], str]) -> str | None:
    return None if number is None else write(number)


def _of_round(rule: RoundRule, regulation: Regulation) -> dict[str, str | None]:
    going_on = rule.advancement
    of_every_round: dict[str, str | None] = {
        "name": lowered(rule.name),
        "opens": opening(rule.opens),
        "closes": moment(rule.closes),
        "panel": padded(rule.panel_size),
        "jury": judging.jury(rule, regulation),
        "blindness": judging.blindness(rule),
        "advancement": judging.advancement(rule, regulation) if going_on else None,
        "advancing": share(going_on.share) if going_on and going_on.share else None,
    }
    if rule.vote is not None:
        decides = rule is regulation.rounds[-1] and regulation.awarding.method == "vote"
        return {**of_every_round, "vote": judging.vote(rule.vote, tiers=decides), "ties": judging.ties(rule)}
    return {
        **of_every_round,
        "jurors": padded(rule.jurors_per_entry),
        "minimum": padded(rule.minimum_sheets),
        "scale": points(rule.scale),
        "aggregation": judging.aggregation(rule.aggregation),
        "bonus": judging.bonus(rule, regulation),
        "discrepancy": points(rule.discrepancy.limit) if rule.discrepancy else None,
        "discrepancy_rule": judging.discrepancy(rule),
        "ties": judging.ties(rule),
    }


TOLD_OF_ALL = (
    "jury",
    "blindness",
    "scale",
    "aggregation",
    "bonus",
    "discrepancy_rule",
    "ties",
    "advancement",
    "vote",
)
"""What can be told of all rounds at once, under the same name."""


def _of_all_rounds(name: str, rules: tuple[RoundRule, ...], rounds: list[dict[str, str | None]]) -> str | None:
    told = [(rule, of_round[name]) for rule, of_round in zip(rules, rounds, strict=True) if of_round.get(name)]
    if not told:
        return None
    if len({value for _, value in told}) == 1 and (len(told) == len(rules) or name in ("vote", "advancement")):
        return told[0][1]
    return "; ".join(f"vòng {lowered(rule.name)}: {value}" for rule, value in told)


def fill(text: str, values: dict[str, str]) -> str:
    """Put the values at their places; one that begins a sentence begins with a capital."""

    def filled(place: re.Match[str]) -> str:
        value = values.get(place.group(1), place.group())
        before = text[: place.start()]
        return raised(value) if not before or before.endswith((". ", ".\n")) else value

    return re.sub(r"\{([A-Za-z0-9_]+)\}", filled, text)
