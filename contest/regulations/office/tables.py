"""The parts of the regulation as forms with rows, each with the regulation beside it as it would read."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.database import transaction
from contest.regulations import services
from contest.regulations.articles import Placed, placed_clauses
from contest.regulations.forms import (
    CATEGORIES,
    DOSSIER,
    LIMITS,
    MORE_PRIZES,
    PRIZES,
    PUBLISHING,
    ROUND,
    ROUNDS,
    RUBRIC,
    RUBRICS,
    Page,
    PageForm,
    items_of,
    page_form,
)
from contest.regulations.office.blueprint import bp, state
from contest.regulations.problems import Problem
from contest.regulations.schema import Regulation
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at

PREVIEW = "preview"
LIVE = ("preview", "changes")
"""The parts of a page that follow what is typed."""
CONCERNS = {
    "limits": "works_per_author",
    "categories": "categories",
    "dossier": "dossier",
    "rounds": "rounds",
    "round": "rounds",
    "rubrics": "criteria",
    "rubric": "criteria",
    "prizes": "prizes",
    "more_prizes": "prizes",
}
"""The table or the rule of the text that each page is about."""


@bp.route("/gioi-han", methods=["GET", "POST"])
def limits() -> AnyResponse:
    """Set who may enter, how many works and how long."""
    return _edit(LIMITS)


@bp.route("/loai-hinh", methods=["GET", "POST"])
def categories() -> AnyResponse:
    """Set categories, genres and topics."""
    return _edit(CATEGORIES)


@bp.route("/ho-so", methods=["GET", "POST"])
@bp.route("/ho-so/<int:number>", methods=["GET", "POST"])
def dossier(number: int = 1) -> AnyResponse:
    """Set the places of the dossier of a category."""
    return _edit(DOSSIER, number)


@bp.route("/vong-cham", methods=["GET", "POST"])
def rounds() -> AnyResponse:
    """Set which rounds there are."""
    return _edit(ROUNDS)


@bp.route("/vong-cham/<int:number>", methods=["GET", "POST"])
def round_(number: int) -> AnyResponse:
    """Set how a round judges and who goes on."""
    return _edit(ROUND, number)


@bp.route("/phieu-cham", methods=["GET", "POST"])
def rubrics() -> AnyResponse:
    """Set which score sheets there are."""
    return _edit(RUBRICS)


@bp.route("/phieu-cham/<int:number>", methods=["GET", "POST"])
def rubric(number: int) -> AnyResponse:
    """Set the criteria of a score sheet."""
    return _edit(RUBRIC, number)


@bp.route("/giai-thuong", methods=["GET", "POST"])
def prizes() -> AnyResponse:
    """Set the tiers of prizes and who competes for them."""
    return _edit(PRIZES)


@bp.route("/giai-khac", methods=["GET", "POST"])
def more_prizes() -> AnyResponse:
    """Set special, thematic and collective prizes."""
    return _edit(MORE_PRIZES)


@bp.route("/cong-bo", methods=["GET", "POST"])
def publishing() -> AnyResponse:
    """Set what stands before publishing, and what the certificate says."""
    return _edit(PUBLISHING)


DETAIL_ENDPOINT = {"categories": ".dossier", "rounds": ".round_", "rubrics": ".rubric"}


def _edit(page: Page, number: int | None = None) -> AnyResponse:
    """Show a page, change its rows, show how it would read, or save it."""
    text = current_contest.draft_text
    act = request.form.get("do", "") if request.method == "POST" else ""
    sent = request.form if request.method == "POST" else None
    form = page_form(page, text, number, sent, act)
    if form is None:
        return _nothing_listed(page, number)
    tried: str | None = None
    if sent is None:
        form.draft_version.data = current_contest.draft_version
    elif ":" not in act and form.validate():
        with refused_at(form):
            if act == PREVIEW:
                tried = services.tried(current_contest, form.values, draft_version=form.opened_version)
            else:
                with transaction():
                    services.save_draft_values(
                        current_contest,
                        form.values,
                        draft_version=form.opened_version,
                        by=current_user,
                        now=clock.now(),
                    )
                flash(_("The draft is saved. It comes into force when it is adopted."))
                return redirect(request.path, code=303)
    if request.accept_mimetypes.best == "application/json":
        return _as_json(form, tried)
    return _page(page, number, form, tried)


def _page(page: Page, number: int | None, form: PageForm, tried: str | None) -> AnyResponse:
    shown = state(tried)
    refused = bool(form.errors)
    left = form.place(shown["problems"], _sentence)
    shown_page = answer(
        "regulations/office/table_page.html",
        form=form,
        page=page,
        number=number,
        items=items_of(current_contest.draft_text, page.listed) if page.listed else (),
        refused=refused,
        **{**shown, "elsewhere": left},
        tried=tried is not None,
        concerned=concerned(page, shown["draft"]),
        detail=DETAIL_ENDPOINT,
    )
    shown_page.status_code = 422 if refused else 200
    return shown_page


def concerned(page: Page, draft: Regulation | None) -> Placed | None:
    """Find the clause that says what a page sets."""
    wanted = CONCERNS.get(page.code)
    if draft is None or wanted is None:
        return None
    clauses = placed_clauses(draft.chapters)
    return next((at for at in clauses if at.clause.table == wanted or wanted in at.clause.rules), None)


def _as_json(form: PageForm, tried: str | None) -> AnyResponse:
    """Answer the script that keeps the preview fresh."""
    if tried is None:
        wrong = [sentence for _field, sentence in form.problems]
        unfinished = render_template("regulations/office/_unfinished.html", sentences=wrong)
        return make_response({"unfinished": unfinished})
    shown = state(tried)
    form.place(shown["problems"], _sentence)
    parts = {name: render_template(f"regulations/office/_{name}.html", form=form, **shown) for name in LIVE}
    return make_response(parts)


def _nothing_listed(page: Page, number: int | None) -> AnyResponse:
    if number not in (None, 1) or items_of(current_contest.draft_text, page.listed or ""):
        abort(404)
    return answer("regulations/office/nothing_listed.html", page=page, **state())


def _sentence(problem: Problem) -> str:
    return problem.sentence(_)
