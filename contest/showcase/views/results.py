"""Pages for readers: the list, a work, pictures, newsrooms, and what newsrooms put into pages of their own."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_babel import force_locale
from werkzeug.wrappers import Response

from contest.certificates import codes
from contest.showcase import listing, queries
from contest.showcase.listing import Chosen, Work
from contest.showcase.queries import InForce
from contest.showcase.views.blueprint import bp, published_here
from contest.web.addresses import absolute_url, current_contest
from contest.web.headers import FRAMED_BY_ANYBODY
from contest.web.keeping import for_machines, page

FRAMED = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    + FRAMED_BY_ANYBODY
)
FRAME_HEIGHT = 640
"""Pixels that the copied line gives the list; the reader scrolls inside."""


def wanted_from(copy: dict[str, Any]) -> Chosen:
    """Read the filter of the address."""
    return listing.chosen(copy, request.args.get("loai"), request.args.get("co-quan"))


@bp.get("/ket-qua")
def show() -> Response:
    """Show the results as the decision in force froze them, perhaps of one category or newsroom only."""
    published = published_here()
    copy = queries.copy_of(published)
    wanted = wanted_from(copy)
    return page(published, lambda: _show(published, copy, wanted), wanted)


def _show(published: InForce, copy: dict[str, Any], wanted: Chosen) -> str:
    works = queries.works_of(published)
    return render_template(
        "showcase/show.html",
        published=published,
        copy=copy,
        sections=listing.sections_of(copy, wanted),
        works=sum(not work.is_suspended for work in works.values()),
        newsrooms=len({line["outlet"] for line in copy["collective"] if not listing.is_suspended(line)}),
        suspended=listing.is_suspended,
        wanted=wanted,
        categories=listing.categories_in(copy),
        outlets=listing.outlets_in(copy),
        address=absolute_url("showcase.show", contest=current_contest),
        card=_card_address(published),
        frame=absolute_url("showcase.frame", contest=current_contest),
        frame_height=FRAME_HEIGHT,
    )


@bp.get("/ket-qua/<code>")
def winner(code: str) -> Response:
    """Show one work that received a prize."""
    published = published_here()
    work = queries.works_of(published).get(code.upper()) or abort(404)
    return page(published, lambda: _winner(published, work), work.code)


def _winner(published: InForce, work: Work) -> str:
    note = queries.note_of(work)
    return render_template(
        "showcase/winner.html",
        published=published,
        work=work,
        line=work.line,
        exemplars=list(zip(work.line["exemplars"], queries.exemplar_ids_of(work), strict=True)),
        media=queries.media_of(current_contest, [work]).get(work.code, []),
        citation=note.citation if note else "",
        certificates=[codes.shown(each) for each in queries.certificate_codes_of(work)],
        address=absolute_url("showcase.winner", contest=current_contest, code=work.code),
        card=_card_address(published, work.code),
    )


def _card_address(published: InForce, code: str = "") -> str | None:
    """Where the picture that goes with a link lies; None until it is drawn."""
    card = queries.card_of(published, code)
    return absolute_url("showcase.card", contest=current_contest, sha256=card.sha256) if card else None


@bp.get("/ket-qua/hinh-anh")
def gallery() -> Response:
    """Show a picture of every work whose authors allowed it."""
    published = published_here()
    return page(published, lambda: _gallery(published))


def _gallery(published: InForce) -> str:
    works = queries.works_of(published)
    media = queries.media_of(current_contest, list(works.values()))
    pictures = {code: next((each for each in found if each.kind == "picture"), None) for code, found in media.items()}
    return render_template(
        "showcase/gallery.html",
        pictures=[(work, pictures[code]) for code, work in works.items() if pictures.get(code) is not None],
        works=len(works),
        address=absolute_url("showcase.gallery", contest=current_contest),
    )


@bp.get("/ket-qua/co-quan-bao-chi")
def newsrooms() -> Response:
    """Show what each newsroom won."""
    published = published_here()
    return page(published, lambda: _newsrooms(published))


def _newsrooms(published: InForce) -> str:
    given, found = listing.newsrooms_of(queries.copy_of(published))
    return render_template(
        "showcase/newsrooms.html",
        published=published,
        given=given,
        newsrooms=found,
        address=absolute_url("showcase.newsrooms", contest=current_contest),
    )


@bp.get("/ket-qua/nhung")
def frame() -> Response:
    """Show the list for the page of a newsroom: no menu, no cookie, no script, and every link opens beside it."""
    published = published_here()
    copy = queries.copy_of(published)
    wanted = wanted_from(copy)
    with force_locale("vi"):
        response = for_machines(published, lambda: _frame(copy, wanted), wanted, media_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = FRAMED
    return response


def _frame(copy: dict[str, Any], wanted: Chosen) -> str:
    return render_template(
        "showcase/frame.html",
        copy=copy,
        sections=listing.sections_of(copy, wanted),
        suspended=listing.is_suspended,
        wanted=wanted,
        categories=listing.categories_in(copy),
        address=absolute_url("showcase.show", contest=current_contest),
    )
