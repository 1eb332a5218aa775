"""Putting the draft into force."""

from __future__ import annotations

from typing import NamedTuple

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.regulations import services
from contest.regulations.consequences import consequences
from contest.regulations.forms import AdoptForm
from contest.regulations.office.blueprint import bp, state
from contest.regulations.schema import Regulation
from contest.regulations.usage import codes_in_use
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import people_who_confirm


class Affected(NamedTuple):
    """A work that an amendment concerns, with the articles that it would break, and those that it breaks now."""

    code: str
    title: str
    failing: str
    passing: str


@bp.route("/ban-hanh", methods=["GET", "POST"])
def adopt() -> AnyResponse:
    """Put the draft into force under the number, date and signer of a decision."""
    form = AdoptForm()
    if not form.is_submitted():
        form.draft_version.data = current_contest.draft_version
    if form.validate_on_submit() and form.decision_date.data is not None:
        with refused_at(form):
            with transaction():
                version = services.adopt(
                    current_contest,
                    decision_number=form.decision_number.data,
                    decision_date=form.decision_date.data,
                    signer=form.signer.data,
                    draft_version=form.opened_version,
                    by=current_user,
                    now=clock.now(),
                )
                number = version.number
            flash(_("Version %(number)s of the regulation is in force.", number=number))
            return redirect(url_for("regulations_office.overview"), code=303)
    shown = state()
    return answer(
        "regulations/office/adopt.html",
        form=form,
        **shown,
        affected=_affected(shown["draft"]) if shown["changes"] else (),
        begun=_begun() if shown["changes"] else (),
        lacks_second_person=_lacks_second_person(shown["draft"]),
    )


def _lacks_second_person(draft: Regulation | None) -> bool:
    """Say whether the draft has acts confirmed by a second organizer, where there is none."""
    return draft is not None and bool(draft.safeguards.second_person) and people_who_confirm(current_contest) < 2


def _affected(draft: Regulation | None) -> tuple[Affected, ...]:
    """List the works that the draft would let pass or fail otherwise than the version in force."""
    if draft is None or current_contest.version is None:
        return ()
    in_force = current_contest.version.regulation
    return tuple(
        Affected(line.code, line.title, _cited(draft, line.failing), _cited(in_force, line.passing))
        for line in consequences(current_contest.id, in_force, draft)
    )


def _cited(regulation: Regulation, rules: tuple[str, ...]) -> str:
    """Write the articles that state some rules."""
    return "; ".join(dict.fromkeys(regulation.cite(rule) for rule in rules))


def _begun() -> tuple[str, ...]:
    """Name the rounds that were opened: their criteria, or in a vote the round itself, are in use."""
    if current_contest.version is None:
        return ()
    used = codes_in_use(current_contest.id)
    judged = {code.partition(":")[2].partition("/")[0] for code in used if code.startswith("criterion:")}
    rounds = current_contest.version.regulation.rounds
    return tuple(
        rule.name for rule in rounds if rule.code in judged or (rule.is_voted and f"round:{rule.code}" in used)
    )
