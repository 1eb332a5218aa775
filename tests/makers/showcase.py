"""Published contests with what the public pages show beside the list."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from contest import jobs, storage
from contest.database import db, transaction
from contest.entries.models import Attachment, Entry
from contest.regulations.models import Contest
from contest.showcase.queries import MEDIA_CONSENT
from contest.storage import Kind, Sniffed
from tests.makers.accounts import LONG_AGO
from tests.tampering import written_so


def make_picture(entry: Entry, slot: str = "trang_bao", *, colour: tuple[int, int, int] = (30, 90, 60)) -> Attachment:
    """A picture in the dossier of a work, as its revision names it, with what is made of it to look at."""
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    file.seek(0)
    received = storage.receive(file, limit=storage.MEGABYTE)
    with transaction():
        blob = storage.register(received, sniffed=Sniffed(Kind.IMAGE, "image/jpeg"))
        attachment = Attachment(
            entry_id=entry.id,
            slot=slot,
            name="Ảnh 1.jpg",
            sha256=blob.sha256,
            size=blob.size,
            media_type=blob.media_type,
            begun_at=LONG_AGO,
            stored_at=LONG_AGO,
        )
        db.session.add(attachment)
        db.session.flush()
        storage.derive_later(blob, now=LONG_AGO)
        revision: Any = db.session.get_one(Entry, entry.id).revision
        with written_so():
            revision.content = revision.content | {
                "attachments": [*revision.content["attachments"], attachment.described()],
            }
    while jobs.work_once("storage.derive"):
        pass
    return attachment


def allow_media(entry: Entry, *, version: int = 1) -> None:
    """Let the author have agreed that the work is used again."""
    with transaction():
        revision: Any = db.session.get_one(Entry, entry.id).revision
        with written_so():
            revision.content = revision.content | {"statements": {MEDIA_CONSENT: version}}


def draw_cards() -> None:
    """Let the worker find what is published, and draw its cards."""
    jobs.look_out()
    while jobs.work_once("showcase.cards"):
        pass


def entry_coded(contest: Contest, code: str) -> Entry:
    """The work with a code."""
    return db.session.scalars(db.select(Entry).filter_by(contest_id=contest.id, code=code)).one()
