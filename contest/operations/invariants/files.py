"""Invariants of the files in the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from contest import storage
from contest.database import db
from contest.storage import files
from contest.storage.services import GRACE


def files_are_as_they_came() -> Iterator[str]:
    """Every file that a row knows is there, as long as it was and with the content it is named after."""
    for sha256, size in db.session.execute(select(storage.Blob.sha256, storage.Blob.size)):
        found = storage.look(sha256)
        if found is None:
            yield _("The file %(sha256)s is missing from the store.", sha256=sha256)
        elif found.size != size or not storage.is_intact(sha256):
            yield _("The file %(sha256)s in the store is no longer what was stored.", sha256=sha256)


def files_belong_to_a_row() -> Iterator[str]:
    """Every file in the store is known to a row, but for those that came so lately that their row may be to come."""
    known = set(db.session.scalars(select(storage.Blob.sha256)))
    settled = (datetime.now(UTC) - GRACE).timestamp()  # files carry the time of day of the machine, also in a demo
    for file in files.kept():
        if file.sha256 not in known and file.touched_at < settled:
            yield _("The file %(sha256)s lies in the store, but no row knows it.", sha256=file.sha256)
