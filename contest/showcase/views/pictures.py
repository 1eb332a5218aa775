"""Pictures and recordings: cards that go with a link, and what authors let us show of their works."""

from __future__ import annotations

from flask import abort
from werkzeug.wrappers import Response

from contest.showcase import queries
from contest.showcase.views.blueprint import bp, published_here
from contest.storage.serving import serve_public
from contest.web.addresses import current_contest

ONE_HOUR = 60 * 60
"""A prize may be revoked, and an author may take back what was allowed; nobody keeps it for longer without asking."""


@bp.get("/ket-qua/the/<sha256>.png")
def card(sha256: str) -> Response:
    """Give the card of the results or of a work."""
    found = queries.card_with(published_here(), sha256) or abort(404)
    return serve_public(found.blob, keep=ONE_HOUR)


@bp.get("/ket-qua/<code>/tep/<sha256>")
def medium(code: str, sha256: str) -> Response:
    """Give a picture or a recording of a work, if its author allowed it; a player may ask for any part."""
    work = queries.works_of(published_here()).get(code.upper()) or abort(404)
    media = queries.media_of(current_contest, [work]).get(work.code, [])
    if sha256 not in {each for shown in media for each in (shown.sha256, shown.larger)}:
        abort(404)
    derivative = queries.derivative(sha256) or abort(404)
    return serve_public(derivative, keep=ONE_HOUR)
