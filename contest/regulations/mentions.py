"""What the text of a regulation must speak of because its data does it.

Numbers that stand in the text are filled in from the data; what the text leaves out altogether is found here. A rule
must be stated by a clause so that a refusal can cite it; a setting must be told by a table or a place, so that nothing
decides a prize that entrants could not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contest.regulations.articles import RULES, WHEN_USED, Rule, TableKind
from contest.regulations.scoring import Aggregation

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import Advancement, RoundRule


@dataclass(frozen=True)
class Mention:
    """A setting in use, and what in a text tells it: a table, or one of several places.

    :ivar path: where the setting stands in the document
    """

    path: str
    table: TableKind
    places: tuple[str, ...]


def rules_used(regulation: Regulation) -> tuple[Rule, ...]:
    """List the rules that some clause must state."""
    limits, entrants = regulation.limits, regulation.entrants
    used = {
        "works_per_unit": entrants.works_per_unit is not None or bool(entrants.unit_quotas),
        "through": len(set(entrants.through)) < 3,
        "same_topic": limits.same_topic != "ignore",
        "earlier_instalments": limits.earlier_instalments == "merge",
    }
    return tuple(rule for rule in RULES if rule not in WHEN_USED or used[rule])


def unmentioned(regulation: Regulation, tables: set[str], places: set[str]) -> Iterator[Mention]:
    """Find settings in use that a text does not tell.

    :param tables: the kinds of table that the text shows
    :param places: the places that it names
    """
    for mention in _mentions(regulation):
        if mention.table not in tables and not places & set(mention.places):
            yield mention


def _mentions(regulation: Regulation) -> Iterator[Mention]:
    if any(not rule.is_voted for rule in regulation.rounds):
        yield Mention("rubrics", "criteria", ())
    yield Mention("prizes", "prizes", ())
    yield from _of_entering(regulation)
    for rule in regulation.rounds:
        for setting, place in _of_round(rule):
            yield Mention(f"rounds[{rule.code}].{setting}", "judging", (place, f"{rule.code}_{place}"))
    if regulation.awarding.on_revocation != "empty":
        yield Mention("awarding.on_revocation", "gates", ("revocation",))
    if regulation.gates.approvals is not None:
        yield Mention("gates.approvals", "gates", ("approvals",))
    if regulation.gates.no_open_complaint:
        yield Mention("gates.no_open_complaint", "gates", ("complaints",))
    if not regulation.gates.handles_complaints_as_usual:
        yield Mention("gates.complaint_days", "gates", ("complaints",))
    if regulation.gates.winners_confirm:
        yield Mention("gates.winners_confirm", "gates", ("winners",))
    if not regulation.gates.keeps_bank_details_as_usual:
        yield Mention("gates.bank_days", "gates", ("payment",))
    if regulation.gates.open_scores:
        yield Mention("gates.open_scores", "gates", ("open_scores",))
    if regulation.safeguards.second_person:
        yield Mention("safeguards.second_person", "gates", ("second_person",))
    if regulation.carry_on is not None:
        yield Mention("carry_on", "gates", ("carry_on",))


def _of_entering(regulation: Regulation) -> Iterator[Mention]:
    limits, entrants = regulation.limits, regulation.entrants
    for path, used, place in (
        ("limits.by_role", bool(limits.by_role), "author_limits"),
        ("limits.bonus", bool(limits.bonus), "author_limits"),
        ("limits.earlier_instalments", limits.earlier_instalments == "merge", "earlier_instalments"),
        ("limits.same_topic", limits.same_topic != "ignore", "same_topic"),
        ("entrants.works_per_unit", entrants.works_per_unit is not None, "unit_limits"),
        ("entrants.unit_quotas", bool(entrants.unit_quotas), "unit_limits"),
        ("entrants.through", len(set(entrants.through)) < 3, "sent_by"),
    ):
        if used:
            yield Mention(path, "limits", (place,))
    for category in regulation.categories:
        if category.max_instalments is not None:
            yield Mention(f"categories[{category.code}].max_instalments", "limits", ("instalment_limits",))
        if category.max_words_per_instalment is not None or category.max_minutes_per_instalment is not None:
            yield Mention(f"categories[{category.code}]", "limits", ("length_limits",))


def _of_round(rule: RoundRule) -> Iterator[tuple[str, str]]:
    differing = rule.discrepancy
    for setting, used, place in (
        ("vote", rule.is_voted, "vote"),
        ("panels", rule.panels != "category", "jury"),
        ("aggregation", not rule.is_voted and rule.aggregation != Aggregation(), "aggregation"),
        ("bonus", bool(rule.bonus), "bonus"),
        (
            "discrepancy",
            differing is not None and (differing.measure, differing.consequence) != ("range", "hold"),
            "discrepancy_rule",
        ),
        ("advancement", not _is_share_alone(rule.advancement), "advancement"),
    ):
        if used:
            yield setting, place


def _is_share_alone(rule: Advancement | None) -> bool:
    return rule is None or (
        rule.share is not None and not (rule.categories or rule.flagged) and rule.top is None and rule.floor is None
    )
