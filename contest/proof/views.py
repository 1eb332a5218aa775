"""What everybody may check of a result, and the receipts of jurors."""

from __future__ import annotations

import io

from flask import abort, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.audit.commitment import path, root_from
from contest.database import db
from contest.errors import N_
from contest.proof import queries
from contest.proof.bundle import packed
from contest.regulations.models import RegulationVersion
from contest.results import queries as results
from contest.web.access import guard_signed_in, has_role
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.wall import outside

JURORS = ("juror", "chair")

bp = outside(contest_blueprint("proof", __name__, url_prefix="/chung-minh"))
desk = contest_blueprint("proof_desk", __name__, url_prefix="/bien-nhan")
guard_signed_in(desk)
add_item("desk", "proof_desk.receipts", label=N_("Receipts"), order=26, roles=JURORS)

blueprints = [bp, desk]


@desk.before_request
def require_juror() -> None:
    """Whoever judges nothing here finds nothing here."""
    if not has_role(*JURORS):
        abort(404)


@bp.get("")
def show() -> str:
    """Say what this result proves and what it cannot, and give what anybody needs to check it."""
    versions = db.session.scalars(
        db.select(RegulationVersion).filter_by(contest_id=current_contest.id).order_by(RegulationVersion.number)
    ).all()
    commitments = results.newest_commitments(current_contest)
    receipt = (request.args.get("ma") or "").strip().lower()[:100]
    found = next((code for code, each in commitments.items() if receipt in each.leaves), None) if receipt else None
    return render_template(
        "proof/show.html",
        versions=versions,
        commitments=commitments,
        round_names={rule.code: rule.name for rule in current_contest.regulation.rounds},
        is_published=is_published(),
        opens_scores=results.opens_scores(current_contest),
        has_scores=results.scores_are_open(current_contest),
        receipt=receipt,
        found=found,
        steps=path(commitments[found].leaves, receipt) if found else (),
    )


def is_published() -> bool:
    """Whether the results are public, and with them which leaves a commitment binds."""
    return results.publication_of(current_contest) is not None


@bp.get("/goi.zip")
def bundle() -> Response:
    """Give the public proof: regulations, commitments, leaves, and marks where the regulation opens them; no names."""
    proof = results.proof_of(current_contest)
    if proof is None or not is_published():
        abort(404)
    answer = send_file(
        io.BytesIO(packed(current_contest, proof)),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"chung-minh-{current_contest.slug}.zip",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk.get("")
def receipts() -> str:
    """Show jurors a receipt for each of their sheets, and after the sealing that it is one of those that are bound."""
    found = queries.receipts_of(current_user, current_contest)
    named = names_of(found)
    return render_template("proof/receipts.html", receipts=found, named=named, look_up=url_for("proof.show"))


def names_of(found: list[queries.Receipt]) -> dict[int, str]:
    """Name the work of each sheet as its juror knows it: by its alias where names are hidden."""
    aliases = queries.aliases_of(found)
    return {
        each.sheet.id: aliases.get((each.sheet.assignment.round_id, each.sheet.assignment.entry_id), "")
        if each.sheet.assignment.round.is_blind
        else each.sheet.assignment.entry.shown_code
        for each in found
    }


@desk.get("/<int:sheet_id>")
def receipt(sheet_id: int) -> str:
    """Show one receipt whole, to be printed, with the way from it to what its round is bound to."""
    own = queries.receipts_of(current_user, current_contest)
    found = next((each for each in own if each.sheet.id == sheet_id), None)
    if found is None:
        abort(404)
    steps = path(found.commitment.leaves, found.sheet.receipt) if found.commitment and found.is_in else []
    bound = found.commitment.root if found.commitment is not None else ""
    fits = found.is_in and root_from(found.sheet.receipt, steps) == bound
    title = _("Receipt of a score sheet")
    return render_template(
        "proof/receipt.html", found=found, named=names_of([found]), steps=steps, fits=fits, title=title
    )
