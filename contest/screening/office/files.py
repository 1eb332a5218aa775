"""The files of a work: originals to be saved, derivatives to be looked at."""

from __future__ import annotations

import logging

from flask import Response
from flask_login import current_user

from contest.database import db
from contest.errors import NotFound
from contest.screening import queries
from contest.screening.office.blueprint import bp
from contest.storage.serving import serve_derivative, serve_original
from contest.web.addresses import current_contest

log = logging.getLogger(__name__)


@bp.get("/<int:entry_id>/tep/<int:attachment_id>")
def original(entry_id: int, attachment_id: int) -> Response:
    """Give a file as its author sent it, to be saved; who took it is in the server's log."""
    found = db.session.execute(queries.attachment_in(current_contest.id, entry_id, attachment_id)).one_or_none()
    if found is None:
        raise NotFound
    attachment, blob = found
    log.info("original of attachment %s given to %s", attachment.id, current_user.subject)
    return serve_original(blob, attachment.name)


@bp.get("/<int:entry_id>/tep/<int:attachment_id>/<any(page,image,media,pdf):part>/<int:position>")
def derivative(entry_id: int, attachment_id: int, part: str, position: int) -> Response:
    """Give a page, a picture or a recording, to be looked at."""
    wanted = queries.derivative_in(current_contest.id, entry_id, attachment_id, part, position)
    return serve_derivative(db.one_or_404(wanted))
