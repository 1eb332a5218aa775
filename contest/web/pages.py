"""Answering with a page: forms with errors, refusals, and what every template may use."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, abort, current_app, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from contest import clock
from contest.database import db
from contest.errors import ContestError, TooMany
from contest.web import access, logs, navigation
from contest.web.addresses import current_contest, site_contest
from contest.web.refusals import words

AWAY = (OperationalError, InterfaceError, NoConnection)
"""What is raised where the database does not answer or cannot write."""
REFUSAL = "errors/refusal.html"
AGAIN_AFTER = "5"  # seconds; a database that was ended is there again by then
TYPED_AGAIN = "password"  # what a field is named that is never written into a page

log = logging.getLogger(__name__)


def answer(template: str, *, form: Any = None, **context: Any) -> Response:
    """Show a page with a form: 422 when the form was sent back with errors (429 when too often), else 200."""
    page = render_template(template, form=form, **context)
    if form is None or not form.is_submitted() or not form.errors:
        return make_response(page)
    if form.too_many is not None:
        return told_to_wait(make_response(page, form.too_many.status), form.too_many)
    return make_response(page, 422)


def refusal_page(status: int, sentence: str | None = None, *, tells_more: bool = True, bare: bool = False) -> Response:
    """Show the page of a refusal; a script that asked for JSON gets the sentence as JSON.

    :param tells_more: whether the sentence says more than the page of the status says by itself
    :param bare: whether the page must do without the database; what was typed is then kept in it, to be sent again
    """
    if request.accept_mimetypes.best == "application/json":
        return make_response({"error": sentence or ""}, status)
    said = {"status": status, "sentence": sentence if tells_more else None, "bare": bare}
    if not bare:
        return make_response(render_template(REFUSAL, **said), status)
    # Rendered without what rooms and Flask-Login give to every template: they ask the database for it.
    page = current_app.jinja_env.get_template(REFUSAL)
    return make_response(page.render(said, typed=_typed(), request_id=logs.request_id), status)


def _is_away(error: BaseException) -> bool:
    return isinstance(error, AWAY) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _typed() -> list[tuple[str, str]]:
    """Give what a form has sent, if all of it can stand in a page: no file and no password."""
    if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # it was too long, or broke off
        return []
    return [] if any(TYPED_AGAIN in name for name, _value in fields) else fields


def told_to_wait(response: Response, refusal: TooMany) -> Response:
    """Tell programs, too, in how many seconds it may be asked again."""
    if refusal.until is not None:
        response.headers["Retry-After"] = str(max(1, round((refusal.until - clock.now()).total_seconds())))
    return response


def init_app(app: Flask) -> None:
    """Give every template its context, and every error its page."""

    @app.before_request
    def refuse_nul() -> None:
        """Find nothing under an address with a NUL: no text of ours holds one, and not every database takes it."""
        if "\0" in request.path or b"%00" in request.query_string:
            abort(404)

    @app.context_processor
    def common() -> dict[str, Any]:
        return {
            "now": clock.now(),
            "is_demo": clock.is_demo(),
            "current_contest": current_contest,
            "site_contest": site_contest,
            "menu": navigation.menu,
            "roles": access.roles,
            "has_role": access.has_role,
            "request_id": logs.request_id,
        }

    @app.errorhandler(ContestError)
    def refused(refusal: ContestError) -> Response:
        db.session.rollback()
        page = refusal_page(refusal.status, words(refusal), tells_more=refusal.tells_more)
        return told_to_wait(page, refusal) if isinstance(refusal, TooMany) else page

    def unwritable(error: BaseException) -> Response:
        """The disk is full, the database is being started again or all connections are taken: nothing was kept."""
        log.error("the database did not answer or did not take it", exc_info=error)
        db.session.rollback()
        sentence = gettext(
            "Nothing of this could be written down right now; what was saved before is safe. Keep this page open and "
            "send it again in a few minutes."
        )
        page = refusal_page(503, sentence, bare=True)
        page.headers["Retry-After"] = AGAIN_AFTER
        return page

    for away in AWAY:
        app.register_error_handler(away, unwritable)

    @app.errorhandler(DBAPIError)
    def cut_off(error: DBAPIError) -> Response:
        """Tell a connection that broke off from a mistake in a statement: libpq gives some of its errors no class."""
        if _is_away(error):
            return unwritable(error)
        raise error

    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> Response:
        return refusal_page(
            400,
            gettext("This form was open for too long or came from elsewhere. Go back, reload the page and send again."),
        )

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response | HTTPException:
        if error.code is None or error.code < 400:
            return error
        if isinstance(error, SecurityError):  # a foreign host name: no address of ours can be written into a page
            return make_response(gettext("This name is not served here."), 400, {"Content-Type": "text/plain"})
        return refusal_page(error.code)

    @app.errorhandler(InternalServerError)
    def broken(error: InternalServerError) -> Response:
        cause = error.original_exception
        if cause is not None and _is_away(cause):  # when what is to be noted of a page could not be written after it
            return unwritable(cause)
        db.session.rollback()
        return refusal_page(500, bare=True)
