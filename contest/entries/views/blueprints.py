"""Where authors work, who may come in, and what all its pages share."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from contest.accounts import identity
from contest.accounts.queries import outlets as all_outlets
from contest.database import db
from contest.entries import queries, services
from contest.entries.findings import Finding, readable, stated
from contest.entries.models import Entry
from contest.entries.parts import ADDRESSES, LABELS, Part
from contest.errors import N_
from contest.regulations import vietnamese
from contest.regulations.models import NotAdopted
from contest.web.access import guard_signed_in
from contest.web.addresses import contest_blueprint
from contest.web.formats import as_number
from contest.web.navigation import add_item
from contest.web.wall import outside

bp = outside(contest_blueprint("entries", __name__))
public = outside(contest_blueprint("eligibility", __name__))
blueprints = (bp, public)
guard_signed_in(bp)
add_item("main", "entries.works", label=N_("My works"), order=30, strangers_read=N_("Enter a work"))

STEPS = tuple(ADDRESSES)


@bp.before_request
@public.before_request
def require_regulation() -> None:
    """Refuse everything here before a regulation is adopted: it says what a work is.

    :raise NotAdopted: with the sentence of the page
    """
    if g.contest.version is None:
        raise NotAdopted


@bp.context_processor
def shared() -> dict[str, Any]:
    """Give the pages of this room their steps and the hours of receipt; the refusal of a page has neither."""
    if g.contest.version is None:
        return {}
    return {
        "STEPS": [(part, LABELS[part]) for part in STEPS],
        "STEP_LABELS": LABELS,
        "regulation": g.contest.regulation,
        "stated_rule": lambda rule: stated(rule, g.contest.regulation),
        "receipt": g.contest.regulation.calendar.receipt,
    }


def outlet_names() -> dict[int, str]:
    """Name every outlet by its id, for drafts that name them by id alone."""
    return {outlet.id: outlet.name for outlet in all_outlets()}


def own_entry(entry_id: int) -> Entry:
    """Find a work of the signed-in person, or answer that there is none."""
    return db.first_or_404(queries.entry_for(current_user, g.contest.id, entry_id))


def wants_json() -> bool:
    """Say whether a script asks."""
    return request.accept_mimetypes.best == "application/json"


def with_status(response: Response, form: Any) -> Response:
    """Answer 409 where not the shape but the state of things stood in the way; what was typed is on the page."""
    if form.form_errors:
        response.status_code = 409
    return response


def rail(found: Entry) -> dict[str, Any]:
    """Give what stands beside every step: the findings, split into what is missing and what the rules say."""
    findings = readable(services.findings_of(found))
    return {
        "gaps": [finding for finding in findings if finding.is_gap],
        "findings": [finding for finding in findings if not finding.is_gap],
    }


def step_url(found: Entry, part: Part) -> str:
    """Give the address of a step."""
    if part is Part.DOSSIER:
        return url_for(".dossier", entry_id=found.id)
    return url_for(".step", entry_id=found.id, step=ADDRESSES[part])


bp.add_app_template_global(step_url, "step_url")


def sentence(finding: Finding) -> str:
    """Say a finding in the reader's language."""
    text = _(finding.message)
    shown = {key: as_number(value) if isinstance(value, int) else value for key, value in finding.params.items()}
    return text % shown if shown else text.replace("%%", "%")


def ground(finding: Finding) -> str:
    """Give the fragment of the regulation's page at which the rule of a finding stands."""
    regulation = g.contest.regulation
    anchor: str = regulation.anchor(stated(finding.rule, regulation))
    return anchor


bp.add_app_template_filter(sentence)
bp.add_app_template_filter(ground)
bp.add_app_template_filter(vietnamese.size, "megabytes")
bp.add_app_template_filter(identity.spoken_phone)
