"""Many kept files in one ZIP that is written while it is sent: no copy of it is ever made, on disk or in memory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Response
from zipstream import ZipStream

from contest.storage import files
from contest.storage.content import Content

AT_ONCE = 256 * 1024


def is_there(sha256: str, size: int) -> bool:
    """Say whether a file can be packed."""
    found = files.look(sha256)
    return found is not None and found.size == size


def serve_archive(name: str, first: Mapping[str, bytes], kept: Mapping[str, tuple[str, int]]) -> Response:
    """Answer with an archive; its size is known before the first byte, so that a browser can say how long it takes.

    Nothing is compressed: pictures, recordings and PDF are already.

    :param first: what stands before the files, by path
    :param kept: hash and size of each file, by path
    """
    archive = ZipStream(sized=True)
    for place, content in first.items():
        archive.add(content, place)
    store = files.place()  # found now: it is read after the request has ended
    for place, (sha256, size) in kept.items():
        file = Content(store, sha256, size)
        archive.add(iter(partial(file.read, AT_ONCE), b""), place, size=size)
    answer = Response(archive, mimetype="application/zip", direct_passthrough=True)
    answer.content_length = len(archive)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
