"""Many kept files in one ZIP that is written while it is sent: no copy of it is ever made, on disk or in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from flask import Response
from zipstream import ZipStream

from contest.storage.errors import FileUnreadable
from contest.storage.files import path

AT_ONCE = 256 * 1024


class _Content:
    """The bytes of a kept file, looked at while they pass."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        self.path = path(sha256)  # found now: it is read after the request has ended

    def __iter__(self) -> Iterator[bytes]:
        """Give the bytes.

        :raise FileUnreadable: at their end, if they are not those the file was named after; the download then breaks
            off, and nobody takes the archive for whole
        """
        seen = hashlib.sha256()
        with self.path.open("rb") as file:
            while chunk := file.read(AT_ONCE):
                seen.update(chunk)
                yield chunk
        if seen.hexdigest() != self.sha256:
            raise FileUnreadable


def is_there(sha256: str, size: int) -> bool:
    """Say whether a file can be packed."""
    try:
        return path(sha256).stat().st_size == size
    except FileNotFoundError:
        return False


def serve_archive(name: str, first: Mapping[str, bytes], files: Mapping[str, tuple[str, int]]) -> Response:
    """Answer with an archive; its size is known before the first byte, so that a browser can say how long it takes.

    Nothing is compressed: pictures, recordings and PDF are already.

    :param first: what stands before the files, by path
    :param files: hash and size of each file, by path
    """
    archive = ZipStream(sized=True)
    for place, content in first.items():
        archive.add(content, place)
    for place, (sha256, size) in files.items():
        archive.add(_Content(sha256), place, size=size)
    answer = Response(archive, mimetype="application/zip", direct_passthrough=True)
    answer.content_length = len(archive)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
