"""The list to take home: as the annex of the decision and as a sheet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import make_response
from flask_babel import get_locale
from werkzeug.wrappers import Response

from contest import clock
from contest.results import documents
from contest.results.documents import PDF
from contest.results.queries import frozen
from contest.showcase import listing, queries
from contest.showcase.views.blueprint import bp, published_here
from contest.web.addresses import current_contest
from contest.web.tables import XLSX, as_xlsx


@bp.get("/ket-qua.pdf")
def show_pdf() -> Response:
    """Give the list as the annex of the decision."""
    return _file(PDF, "pdf")


@bp.get("/ket-qua.xlsx")
def show_xlsx() -> Response:
    """Give the list as a sheet."""
    return _file(XLSX, "xlsx")


def _file(media_type: str, kind: str) -> Response:
    """The list in a form that does not change any more, made once a process."""
    published = published_here()
    copy = queries.copy_of(published)
    made = frozen(f"{published.sha256}.{kind}:{get_locale()}", lambda: _draw(copy, kind))
    response = make_response(made)
    response.mimetype = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="ket-qua-{current_contest.slug}.{kind}"'
    return response


def _draw(copy: dict[str, Any], kind: str) -> bytes:
    sections = listing.sections_of(copy)
    if kind == "pdf":
        return documents.result_list(
            sections,
            contest_name=copy["contest"]["name"],
            letterhead=copy["letterhead"],
            decision=copy["decision"],
        )
    table = documents.prize_table(sections, contest_name=copy["contest"]["name"])
    return as_xlsx(table, now=datetime.fromisoformat(copy["decision"]["decided_on"]).replace(tzinfo=clock.ZONE))
