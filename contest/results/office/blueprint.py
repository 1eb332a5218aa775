"""Where staff and the council look at results, who may come in, and what all these pages share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import abort, g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.database import db
from contest.entries.models import Entry
from contest.errors import N_, ContestError, NotAllowed
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.schema import Regulation
from contest.regulations.scoring import RoundRule
from contest.results import documents, gates, queries
from contest.results.gates import Act
from contest.results.prize_rules import prizes_by_code
from contest.results.queries import Assessment
from contest.results.visibility import Task, may_do, viewers
from contest.web import wall
from contest.web.access import guard_office, roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import words

READERS = {"secretary", "organizer", "observer", "chair"}

PARTIAL = {"overview", "round_page", "discrepancy", "third", "tie", "approve", "post_list", "decide", "publish"}
"""Pages that say nothing, or nothing of works of which the reader may not hear; every other one is about all works."""

bp = contest_blueprint("results_office", __name__, url_prefix="/ban-thu-ky/ket-qua")
guard_office(bp, read=READERS, write=READERS - {"observer"})

panel_bp = contest_blueprint("results_panel", __name__, url_prefix="/ban-cham/tieu-ban")
guard_office(panel_bp, read={"juror", "chair"}, write={"juror", "chair"})
"""Where whoever chairs a panel settles what the rules leave open about the works of that panel."""


@panel_bp.before_request
@bp.before_request
def require_all_works() -> None:
    """Keep what is about all works, such as places, from whoever may not hear of all works."""
    if wall.hidden() and ((request.endpoint or "").rpartition(".")[2] not in PARTIAL or _is_sealed()):
        wall.require_whole("secretary", "organizer", "chair")


def _is_sealed() -> bool:
    """Whether the page shows the standings of a round."""
    code = (request.view_args or {}).get("code")
    row = judging.round_of(current_contest, code) if code else None
    return row is not None and row.sealed_at is not None


add_item("office", "results_office.overview", label=N_("Results"), order=50, roles=READERS)


@panel_bp.context_processor
@bp.context_processor
def words_of_the_regulation() -> dict[str, Any]:
    """Give templates what the reader is entitled to do, and how the regulation calls things."""
    if not current_contest or current_contest.version is None:
        return {}  # the page of a refusal asks for neither
    regulation = current_contest.regulation
    return {
        "may_do": entitled,
        "Task": Task,
        "tiers": prizes_by_code(ruling_here()),
        "rules": {rule.code: rule for rule in regulation.rounds},
        "shown": shown_code,
        "figure": documents.plain,
        "points": documents.points,
        "bonuses": {bonus.code: bonus.name for rule in regulation.rounds for bonus in rule.bonus},
    }


def ruling_here(round_: Round | None = None, result: Mapping[str, Any] | None = None) -> Regulation:
    """The regulation that names the groups and prizes of a page; found once a request.

    :param round_: the sealed round that the page is about, else the one that rules the prizes of the contest
    :param result: what it came to
    """
    if "ruling" not in g:
        if round_ is not None and result is not None:
            g.ruling = queries.ruling_of(round_, result)
        else:
            g.ruling = queries.ruling(current_contest)
    found: Regulation = g.ruling
    return found


@bp.app_template_filter("shown_code")
def shown_code(code: str) -> str:
    """Write the code of a work with the letters of its prefix: BĐT-0042."""
    prefix, dash, digits = code.rpartition("-")  # the name of a newsroom stays as it is
    return (
        next((each.shown_prefix for each in current_contest.regulation.categories if each.prefix == prefix), prefix)
        + dash
        + digits
    )


def entitled(task: Task) -> bool:
    """Say whether whoever is reading may do a task."""
    return may_do(task, viewers(roles(), signed_in=current_user.is_authenticated))


def require(task: Task) -> None:
    if not entitled(task):
        raise NotAllowed


def round_at(code: str) -> Round:
    """The round of the address."""
    if code not in {rule.code for rule in current_contest.regulation.rounds}:
        abort(404)
    return judging.round_of(current_contest, code) or abort(404)


def assessed(round_: Round) -> Assessment:
    """A round as it stands before sealing, computed from all works; those of which the reader may not hear left out."""
    with wall.lowered():
        assessment = queries.assess(round_, current_contest, clock.now())
    return assessment.without(wall.hidden())


def rule_of(code: str) -> RoundRule:
    return current_contest.regulation.round(code)


def entry_at(code: str) -> Entry:
    return db.first_or_404(db.select(Entry).filter_by(contest_id=current_contest.id, code=code))


def why_not(act: Act, situation: gates.Situation, now: datetime) -> str | None:
    """The sentence that says why it is not the turn of an act; None when it is."""
    try:
        gates.check(act, situation, now)
    except ContestError as refusal:
        return words(refusal)
    return None


def step_page(template: str, act: Act, form: Any, **context: Any) -> Response:
    return answer(
        template,
        form=form,
        missing=why_not(act, queries.situation_of(current_contest), clock.now()),
        act=act,
        **context,
    )
