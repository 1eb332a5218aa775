"""Where the organizer suspends, revokes and restores awards, and everybody of the office reads what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.roles import Role
from contest.certificates import seal
from contest.database import transaction
from contest.errors import N_, NotAllowed
from contest.results import queries as results
from contest.results import services as results_services
from contest.results.award_changes import AwardRef, Paper, line_of, withdrawn_of
from contest.results.documents import plain
from contest.results.models import AmendmentKind
from contest.results.visibility import Task, may_do, viewers
from contest.revocations import services
from contest.revocations.forms import AwardChangeForm
from contest.web import tables, wall
from contest.web.access import guard_fresh, guard_office, roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import second_person
from contest.web.tables import Table, offered

READERS = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
ACTS = {
    "tam-thu-hoi": AmendmentKind.SUSPENSION,
    "thu-hoi": AmendmentKind.REVOCATION,
    "khoi-phuc": AmendmentKind.RESTORATION,
}
ASKED = {
    AmendmentKind.SUSPENSION: N_("Suspend the award"),
    AmendmentKind.REVOCATION: N_("Revoke the award"),
    AmendmentKind.RESTORATION: N_("Restore the award"),
}
ADDRESSES = {str(kind): act for act, kind in ACTS.items()}

bp = contest_blueprint("revocations", __name__, url_prefix="/ban-thu-ky/thu-hoi-giai")
guard_office(bp, read=READERS, write={Role.ORGANIZER})
add_item(
    "office",
    "revocations.index",
    label=N_("Awards revoked and restored"),
    order=58,
    roles=READERS,
    under="results_office.overview",
)


@bp.before_request
def require_all_works() -> None:
    """Keep the list of all awards from whoever may not hear of all works."""
    wall.require_whole(Role.ORGANIZER)


def _may_change() -> bool:
    return may_do(Task.AMEND, viewers(roles(), signed_in=True))


def awards_table() -> Table:
    """Every award that was given, as it stands."""
    copy = results.copy_of(results.newest_decision(current_contest) or abort(404))
    lines = [
        (line, line.get("suspended"), _("Award suspended")) for line in (*copy["awards"], *copy.get("collective", ()))
    ]
    lines += [(each["line"], each, _("Award revoked")) for each in copy.get("withdrawn", ())]
    columns = [
        tables.text("code", _("Code"), lambda row: row[0].get("shown_code"), width=12),
        tables.text("title", _("Work"), lambda row: row[0].get("title"), width=48),
        tables.text("authors", _("Awarded to"), _receivers, width=44),
        tables.text("prize", _("Prize"), lambda row: row[0]["tier_name"]),
        tables.text("category", _("Category"), lambda row: row[0].get("category_name"), width=16),
        tables.text("state", _("State"), lambda row: row[2] if row[1] else _("Award in force")),
        tables.text("by", _("Decision"), lambda row: row[1] and row[1]["number"]),
        tables.date("on", _("Day of the decision"), lambda row: row[1] and row[1]["decided_on"]),
    ]
    return Table("giai-da-trao", _("Awards revoked and restored"), columns, lines)


def _receivers(row: Any) -> str:
    line = row[0]
    return "; ".join(author["name"] for author in line["authors"]) if "authors" in line else line["outlet"]


@bp.get("")
@offered(awards_table)
def index() -> str:
    """Show every award as it stands, and what can be done with it."""
    decision = results.newest_decision(current_contest)
    copy = results.copy_of(decision) if decision is not None else None
    return render_template(
        "revocations/index.html",
        decision=decision,
        copy=copy,
        may_change=_may_change(),
        in_question=results.newsroom_prizes_in_question(current_contest),
        figure=plain,
        addresses=ADDRESSES,
        possible=lambda ref: results_services.possible_changes(copy, ref) if copy is not None else (),
        of_work=lambda line: AwardRef("award", line["award_id"]),
        of_newsroom=lambda line: AwardRef("collective", line["collective_id"]),
    )


def _award(ref: AwardRef, act: str) -> str:
    """Say which award an act would change, and how."""
    copy = results.copy_of(results.newest_decision(current_contest) or abort(404))
    withdrawn = withdrawn_of(copy, ref)
    line = line_of(copy, ref) or (withdrawn["line"] if withdrawn is not None else None) or abort(404)
    whose = " · ".join(filter(None, (line.get("shown_code"), line.get("title") or line.get("outlet"))))
    return f"{_(ASKED[ACTS[act]])}: {line['tier_name']} · {whose}"


@bp.route("/tac-pham/<int:award_id>/<act>", methods=["GET", "POST"])
@guard_fresh
@second_person("revoke", about=lambda award_id, act: _award(AwardRef("award", award_id), act))
def of_work(award_id: int, act: str) -> Response:
    """Suspend, revoke or restore the award of a work."""
    return _change(AwardRef("award", award_id), ACTS.get(act) or abort(404))


@bp.route("/co-quan/<int:collective_award_id>/<act>", methods=["GET", "POST"])
@guard_fresh
@second_person(
    "revoke", about=lambda collective_award_id, act: _award(AwardRef("collective", collective_award_id), act)
)
def of_newsroom(collective_award_id: int, act: str) -> Response:
    """Suspend, revoke or restore the award of a newsroom."""
    return _change(AwardRef("collective", collective_award_id), ACTS.get(act) or abort(404))


def _change(ref: AwardRef, kind: AmendmentKind) -> Response:
    """Show what an act changes, and do it once the decision on it is recorded."""
    if not _may_change():
        raise NotAllowed
    decision = results.newest_decision(current_contest) or abort(404)
    copy = results.copy_of(decision)
    withdrawn = withdrawn_of(copy, ref)
    line = line_of(copy, ref) or (withdrawn["line"] if withdrawn is not None else None) or abort(404)
    form = AwardChangeForm(decided_on=clock.local(clock.now()).date(), signer=decision.signer_name)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.change_award(
                    current_contest,
                    ref,
                    kind,
                    number=form.number.data,
                    decided_on=form.decided_on.data,
                    signer=form.signer.data,
                    reason=form.reason.data,
                    key=seal.signing_key(Path(current_app.instance_path)),
                    by=current_user,
                    now=clock.now(),
                )
            flash(_done(kind))
            return redirect(url_for("revocations.index"), code=303)
    plan = services.plan(current_contest, ref, kind, Paper(form.number.data or "", clock.local(clock.now()).date()))
    return answer(
        "revocations/change.html",
        form=form,
        kind=kind,
        line=line,
        plan=plan,
        decision=decision,
        rule=results.ruling(current_contest).awarding.on_revocation,
        shown={each["entry_code"]: each for each in [*copy["awards"], *plan.change.lines] if "entry_code" in each},
        is_public=results.publication_of(current_contest) is not None,
        asks=current_contest.regulation.gates.winners_confirm,
    )


def _done(kind: AmendmentKind) -> str:
    if kind is AmendmentKind.SUSPENSION:
        return _("The award is suspended.")
    if kind is AmendmentKind.REVOCATION:
        return _("The award is revoked.")
    return _("The award is restored.")
