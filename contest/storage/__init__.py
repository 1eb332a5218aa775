"""Files: bytes under their SHA-256, read only in a limited process, shown only as what we made from them.

An upload is taken in two steps, so that a slow one never holds the database::

    received = storage.receive(upload.stream, limit=slot.max_megabytes * storage.MEGABYTE)
    sniffed = storage.sniff(storage.path(received.sha256))
    with transaction():
        blob = storage.register(received, sniffed=sniffed)
        storage.derive_later(blob, contest_id=contest.id, by=user, now=now)

Bytes we made ourselves go in one: ``storage.store(stream, limit=…, media_type="application/pdf")``.
"""

from contest.storage.covering import cover
from contest.storage.derivatives import derive_later
from contest.storage.files import MEGABYTE, is_intact, look, path, read, receive
from contest.storage.models import Blob, Derivative, DerivedState, Kind, Scan
from contest.storage.names import clean_name, download_name
from contest.storage.places import Received
from contest.storage.services import discard, register, release, store, sweep, withheld
from contest.storage.sniff import Sniffed, sniff

__all__ = [
    "MEGABYTE",
    "Blob",
    "Derivative",
    "DerivedState",
    "Kind",
    "Received",
    "Scan",
    "Sniffed",
    "clean_name",
    "cover",
    "derive_later",
    "discard",
    "download_name",
    "is_intact",
    "look",
    "path",
    "read",
    "receive",
    "register",
    "release",
    "sniff",
    "store",
    "sweep",
    "withheld",
]
