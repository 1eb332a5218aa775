"""What the public sees: the notice while the list is posted, and the results once they are published."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, make_response, redirect, render_template, url_for
from flask_babel import get_locale
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.errors import N_
from contest.results import documents, gates, lists, queries
from contest.results.models import Publication
from contest.results.visibility import Fact, may_see, viewers
from contest.web.access import roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.wall import outside

bp = outside(contest_blueprint("results", __name__))
add_item("main", "results.show", label=N_("Results"), order=40)

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sees(fact: Fact) -> bool:
    """Say whether whoever is reading may see a fact now."""
    quality = viewers(roles(), signed_in=current_user.is_authenticated)
    return may_see(fact, quality, queries.moment_of(current_contest))


@bp.get("/niem-yet")
def notice() -> str | Response:
    """Show the public notice: titles, names and tiers, for as long as the list is posted."""
    if sees(Fact.RESULTS):
        return redirect(url_for(".show"), code=302)
    posting = queries.newest_posting(current_contest) if sees(Fact.POSTED_LIST) else None
    if posting is None:
        return render_template("results/no_notice.html", **_outlook())
    copy = queries.copy_of(posting)
    return render_template(
        "results/notice.html",
        posting=posting,
        ends=gates.end_of(posting.until),
        sections=lists.of_copy(copy),
        works=len({line["entry_id"] for line in copy["awards"]}),
        newsrooms=len({line["outlet"] for line in copy["collective"]}),
    )


@bp.get("/ket-qua")
def show() -> str:
    """Show the results as the decision froze them; before the publication, when they will be there."""
    publication = _publication()
    if publication is None:
        return render_template("results/awaited.html", **_outlook())
    copy = queries.copy_of(publication.decision)
    return render_template(
        "results/show.html",
        publication=publication,
        copy=copy,
        sections=lists.of_copy(copy),
        works=len({line["entry_id"] for line in copy["awards"]}),
        newsrooms=len({line["outlet"] for line in copy["collective"]}),
    )


@bp.get("/ket-qua/<code>")
def winner(code: str) -> str:
    """Show one work that received a prize."""
    publication = _publication() or abort(404)
    copy = queries.copy_of(publication.decision)
    lines = [line for line in copy["awards"] if line["entry_code"] == code.upper()] or abort(404)
    return render_template("results/winner.html", line=lines[0], lines=lines, publication=publication)


@bp.get("/ket-qua.pdf")
def show_pdf() -> Response:
    """Give the list as the annex of the decision."""
    publication = _publication() or abort(404)
    return _file(publication, PDF, "pdf")


@bp.get("/ket-qua.xlsx")
def show_xlsx() -> Response:
    """Give the list as a sheet."""
    publication = _publication() or abort(404)
    return _file(publication, XLSX, "xlsx")


def _publication() -> Publication | None:
    return queries.publication_of(current_contest) if sees(Fact.RESULTS) else None


def _outlook() -> dict[str, Any]:
    """What can be said before there is anything to show."""
    contest = current_contest
    calendar = contest.regulation.calendar if contest.version is not None else None
    return {"calendar": calendar, "stage": str(contest.stage), "posted": sees(Fact.POSTED_LIST)}


def _file(publication: Publication, media_type: str, kind: str) -> Response:
    """The list in a form that does not change any more, made once a process."""
    decision = publication.decision
    copy = queries.copy_of(decision)
    made = queries.frozen(f"{decision.sha256}.{kind}:{get_locale()}", lambda: _draw(copy, kind))
    response = make_response(made)
    response.mimetype = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="ket-qua-{current_contest.slug}.{kind}"'
    return response


def _draw(copy: dict[str, Any], kind: str) -> bytes:
    sections = lists.of_copy(copy)
    if kind == "pdf":
        return documents.result_list(
            sections,
            contest_name=copy["contest"]["name"],
            letterhead=copy["letterhead"],
            decision=copy["decision"],
        )
    return documents.result_sheet(
        sections,
        contest_name=copy["contest"]["name"],
        dated=date.fromisoformat(copy["decision"]["decided_on"]),
    )
