"""The public pages of exemplars: the list with its map, a page of each, the booklet, the data."""

from __future__ import annotations

import json

from flask import abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from contest.errors import N_
from contest.exemplars.queries import page_of
from contest.home.prose import render
from contest.portraits import documents, public_record, queries
from contest.portraits.collection import Collection, Portrait, Wanted
from contest.regulations.models import Contest
from contest.results.queries import frozen
from contest.web import sitemaps
from contest.web.addresses import absolute_url, contest_blueprint, current_contest
from contest.web.keeping import for_machines, page
from contest.web.navigation import add_item
from contest.web.pagination import Page, page_number
from contest.web.text import tidy
from contest.web.wall import outside

PER_PAGE = 40
LONGEST_SEARCH = 100

bp = outside(contest_blueprint("portraits", __name__))

add_item("main", "portraits.show", label=N_("Exemplars"), order=50)


@bp.get("/dien-hinh")
def show() -> Response:
    """List the exemplars that everybody may know: searched, by field and by place."""
    found = queries.collection_of(current_contest)
    wanted = _wanted(found)
    chosen = found.chosen(wanted)
    number = page_number(max(1, -(-len(chosen) // PER_PAGE)))
    return page(found.digest, lambda: _show(found, wanted, chosen, number), wanted, number)


def _wanted(found: Collection) -> Wanted:
    """Read what the address asks for; a field or place at which nobody is is not asked for."""
    field, place = request.args.get("linh-vuc", ""), request.args.get("noi", "")
    return Wanted(
        tidy(request.args.get("tim", ""))[:LONGEST_SEARCH],
        field if field in found.in_field else "",
        place if place in found.in_place else "",
        request.args.get("nhan-rong") == "1",
    )


def _show(found: Collection, wanted: Wanted, chosen: list[Portrait], number: int) -> str:
    first = (number - 1) * PER_PAGE
    shown = Page(chosen[first : first + PER_PAGE], len(chosen), number, PER_PAGE)
    return render_template(
        "portraits/show.html",
        found=found,
        wanted=wanted,
        page=shown,
        fields=found.by_field(shown.items),
        address=absolute_url("portraits.show", contest=current_contest),
    )


@bp.get("/dien-hinh/<int:exemplar_id>")
@bp.get("/dien-hinh/<int:exemplar_id>-<words>")
def exemplar(exemplar_id: int, words: str = "") -> Response:
    """Show one exemplar; under another name, or a number that another one stands for, lead to the page that is."""
    found = queries.collection_of(current_contest)
    meant = page_of(current_contest.id, exemplar_id)
    portrait = (meant and found.portrait(meant.id)) or abort(404)
    if (portrait.id, portrait.words) != (exemplar_id, words):
        return redirect(_path(portrait), code=302)  # a name is changed and a merge undone: nobody keeps this
    return page(found.digest, lambda: _exemplar(found, portrait), portrait.id)


def _exemplar(found: Collection, portrait: Portrait) -> str:
    return render_template(
        "portraits/exemplar.html",
        found=found,
        portrait=portrait,
        text=render(portrait.story.text) if portrait.story else None,
        address=_address(current_contest, portrait),
    )


def _path(portrait: Portrait) -> str:
    return url_for("portraits.exemplar", exemplar_id=portrait.id, words=portrait.words or None)


def _address(contest: Contest, portrait: Portrait) -> str:
    words = {"words": portrait.words} if portrait.words else {}
    return absolute_url("portraits.exemplar", contest=contest, exemplar_id=portrait.id, **words)


@bp.get("/dien-hinh.json")
def show_json() -> Response:
    """Give the exemplars as JSON, as ``docs/public-data.md`` describes it."""
    found = queries.collection_of(current_contest)
    return for_machines(found.digest, lambda: _json(found), media_type="application/json")


def _json(found: Collection) -> str:
    contest: Contest = current_contest
    written = public_record.document(
        found,
        contest={"slug": contest.slug, "name": contest.name},
        url=absolute_url("portraits.show", contest=contest),
        address=lambda portrait: _address(contest, portrait),
        won=lambda code: absolute_url("showcase.winner", contest=contest, code=code),
    )
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


@bp.get("/dien-hinh.pdf")
def booklet() -> Response:
    """Give the exemplars as a booklet; there is none while nobody is in it."""
    found = queries.collection_of(current_contest)
    if not found.portraits or current_contest.version_id is None:
        abort(404)
    regulation, address = current_contest.regulation, absolute_url("portraits.show", contest=current_contest)
    key = f"{found.digest}.pdf:{current_contest.version_id}:{address}"
    response = make_response(frozen(key, lambda: documents.booklet(found, regulation, address=address)))
    response.mimetype = documents.PDF
    response.headers["Content-Disposition"] = f'inline; filename="dien-hinh-{current_contest.slug}.pdf"'
    return response


@sitemaps.source
def pages(contest: Contest) -> sitemaps.Pages:
    """The list and the page of each."""
    yield absolute_url("portraits.show", contest=contest), None
    for portrait in queries.collection_of(contest).portraits:
        yield _address(contest, portrait), None


# Addresses of before -------------------------------------------------------------------------------------------------


@bp.get("/tam-guong")
def old_list() -> Response:
    """Lead from the address that the list had."""
    return redirect(url_for("portraits.show"), code=301)


@bp.get("/tam-guong/<int:exemplar_id>")
def old_page(exemplar_id: int) -> Response:
    """Lead from the address that a page had."""
    return redirect(url_for("portraits.exemplar", exemplar_id=exemplar_id), code=301)
