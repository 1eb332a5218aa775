"""For other programs: the results as JSON and as a feed."""

from __future__ import annotations

import json

from flask import render_template
from flask_babel import force_locale
from werkzeug.wrappers import Response

from contest.showcase import listing, public_record, queries
from contest.showcase.queries import InForce
from contest.showcase.views.blueprint import bp, published_here
from contest.web.addresses import absolute_url, current_contest
from contest.web.keeping import for_machines


@bp.get("/ket-qua.json")
def show_json() -> Response:
    """Give the results as JSON, as ``docs/public-data.md`` describes it."""
    published = published_here()
    return for_machines(published, lambda: _json(published), media_type="application/json")


def _json(published: InForce) -> str:
    copy, works = queries.copy_of(published), queries.works_of(published)
    notes = queries.notes_of(current_contest, works.values())
    written = public_record.document(
        copy,
        works,
        listing.sections_of(copy),
        {code: note.citation for code, note in notes.items()},
        version=published.version,
        published_at=published.published_at.isoformat(),
        url=absolute_url("showcase.show", contest=current_contest),
        address=_address,
    )
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


@bp.get("/ket-qua.xml")
def feed() -> Response:
    """Give the works that received a prize as an Atom feed."""
    published = published_here()
    with force_locale("vi"):
        return for_machines(published, lambda: _feed(published), media_type="application/atom+xml; charset=utf-8")


def _feed(published: InForce) -> str:
    works = queries.works_of(published)
    notes = queries.notes_of(current_contest, works.values())
    return render_template(
        "showcase/feed.xml",
        contest=current_contest,
        published=published,
        entries=[(work, _address(work.code), notes.get(work.code)) for work in works.values()],
        page_url=absolute_url("showcase.show", contest=current_contest),
        feed_url=absolute_url("showcase.feed", contest=current_contest),
    )


def _address(code: str) -> str:
    return absolute_url("showcase.winner", contest=current_contest, code=code)
