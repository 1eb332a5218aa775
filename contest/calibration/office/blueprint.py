"""Who comes in, and what these pages share: the round, its groups by name, and works by code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort

from contest.errors import N_
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.schema import Regulation
from contest.regulations.scoring import PanelRule
from contest.results import queries as results
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item

READERS = ("organizer", "observer", "chair")
WRITERS = ("organizer", "chair")

bp = contest_blueprint("calibration_office", __name__, url_prefix="/ban-thu-ky/do-tin-cay")
guard_office(bp, read=READERS, write=WRITERS)

add_item(
    "office",
    "calibration_office.overview",
    label=N_("Reliability of marks"),
    order=45,
    roles=READERS,
    under="judging_office.rounds",
)
add_item("desk", "calibration_office.overview", label=N_("Reliability of marks"), order=45, roles=("chair",))


def find_scored(code: str) -> Round:
    """A round in which jurors give marks, or 404."""
    row = judging.round_of(current_contest, code)
    return row if row is not None and not row.rule.is_voted else abort(404)


def find_panel(row: Round, code: str) -> PanelRule:
    """A panel of the round, or 404."""
    return next((panel for panel in row.panel_rules if panel.code == code), None) or abort(404)


def group_names(ruling: Regulation) -> dict[str, str]:
    """What the groups are called in which works are compared: award groups and categories."""
    names = {group.code: group.name for group in ruling.award_groups}
    return names | {category.code: category.name for category in ruling.categories}


def what_names(ruling: Regulation) -> dict[str, str]:
    """What the tiers are called at whose edges works are told apart."""
    return {tier.code: tier.name for tier in ruling.prizes}


def titles(codes: Iterable[str]) -> dict[str, str]:
    """Titles of works by code; of those that the reader may hear of."""
    return {code: title for code, (_id, title) in results.titles_of(current_contest, set(codes)).items()}


def names(subjects: Iterable[str]) -> dict[str, str]:
    """Names of jurors by subject."""
    return dict(results.names_of(set(subjects)))


@bp.context_processor
def words_of_the_regulation() -> dict[str, Any]:
    """Give templates the codes of works as they are shown."""
    return {"shown": shown}


def shown(code: str) -> str:
    """Write the code of a work with the letters of its prefix."""
    prefix, dash, digits = code.rpartition("-")
    categories = current_contest.regulation.categories
    return next((each.shown_prefix for each in categories if each.prefix == prefix), prefix) + dash + digits
