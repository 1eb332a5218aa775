"""What a machine asks: whether the process is alive, and whether it can serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from contest import migrations
from contest.database import db

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """Say whether the rows can be read and have the newest shape."""
    try:
        db.session.execute(text("SELECT 1"))
        current = migrations.is_current()
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return (jsonify(status="ok"), 200) if current else (jsonify(status="migration needed"), 503)
