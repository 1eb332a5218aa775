"""What a machine asks: whether the process is alive, whether it can serve, and how much it does."""

from __future__ import annotations

import hmac
from ipaddress import ip_address, ip_network

from flask import Blueprint, Response, abort, jsonify, request

from contest import clock, jobs
from contest.database import db, transaction
from contest.operations.queries import HOUSEKEEPING
from contest.storage.errors import FileUnreadable
from contest.upkeep import documents, queries
from contest.web.pages import refusal_page
from contest.web.refusals import words

bp = Blueprint("upkeep", __name__)

PRIVATE = tuple(
    map(
        ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10"),
    )
)
"""Networks of one's own: this machine, and those that no stranger sends from."""


@bp.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """Say whether pages can be served: rows, their shape, the store of files, the reserve of the disk.

    A worker that is gone keeps nobody from being served, so it is told and the answer stays 200. Strangers learn
    whether, and not why.
    """
    missing = list(queries.unready())
    told: dict[str, object] = {"status": "not ready" if missing else "ok"}
    if _is_one_of_us():
        told["missing"] = missing
        if "database" not in missing:
            told["worker"] = "at work" if queries.worker_lives(clock.now()) else "silent"
    return jsonify(told), 503 if missing else 200


@bp.get("/metrics")
def measured() -> Response:
    """Give figures to Prometheus, and to nobody else."""
    if not _is_one_of_us():
        abort(404)
    return Response(documents.written(clock.now()), content_type=documents.CONTENT_TYPE)


@bp.app_errorhandler(FileUnreadable)
def look_into_the_store(refusal: FileUnreadable) -> Response:
    """Tell that a file is not given out because it is not what was stored, and have all files read soon."""
    db.session.rollback()
    now = clock.now()
    with transaction():
        jobs.enqueue(HOUSEKEEPING, {"all": True}, key=f"{HOUSEKEEPING}:{now:%Y-%m-%dT%H}", now=now)
    return refusal_page(refusal.status, words(refusal))


def _is_one_of_us() -> bool:
    """Say whether a program of ours asks: with the token, or where there is none from a private address.

    What came through a proxy has an address that is only as true as the setting of the proxies, so it needs the token.
    """
    token = queries.settings().metrics_token.get_secret_value()
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    through_a_proxy = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    try:
        asking = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    return not through_a_proxy and any(asking in network for network in PRIVATE)
