"""The files of the demo: drawn in a few variants, and copied for each work that needs one.

No two works have the same file, as the regulation wants it; a copy looks like its original and differs in bytes that
every reader passes over.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import datetime
from random import Random

from contest import storage
from contest.demo import files
from contest.demo.stories import PARAGRAPHS, Story
from contest.demo.works import Work
from contest.storage import Blob, Kind, Sniffed

TYPES = {
    "pdf": "application/pdf",
    "image": "image/jpeg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
}
ENDINGS = {"pdf": "pdf", "image": "jpg", "audio": "mp3", "video": "mp4"}
VARIANTS = {"image": 6, "audio": 4, "video": 4}


def unread(kind: str, number: int) -> bytes:
    """Write a number as bytes that may stand at the end of a file of a kind and that nobody reads."""
    if kind == "pdf":
        return f"\n% {number}\n".encode()
    if kind == "video":
        return struct.pack(">I4sI", 12, b"free", number)
    return b"%d" % number


class Shelf:
    """Files drawn so far. A printed page is drawn once a story; pictures and recordings come in a few variants."""

    _drawn: dict[tuple[str, str], bytes]
    _first: dict[tuple[str, str], Blob]

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._drawn, self._first = {}, {}
        self._copies = 0
        self._painters: dict[str, Callable[[Random], bytes]] = {
            "image": files.photograph,
            "audio": files.radio_piece,
            "video": files.television_piece,
        }

    def take(self, work: Work, kind: str, number: int, *, now: datetime) -> Blob:
        """Give a file of a kind for a work, unlike every other one given."""
        variant = work.story.title if kind == "pdf" else str(number % VARIANTS[kind])
        if (kind, variant) not in self._drawn:
            self._drawn[kind, variant] = (
                self._page(work.story)
                if kind == "pdf"
                else self._painters[kind](Random(f"{self._seed}{kind}{variant}"))
            )
        self._copies += 1
        copy = self._kept(kind, self._drawn[kind, variant] + unread(kind, self._copies))
        first = self._first.setdefault((kind, variant), copy)
        if first is not copy:
            storage.derive_later(copy, like=first, now=now)
        return copy

    def _kept(self, kind: str, content: bytes) -> Blob:
        received = storage.receive(io.BytesIO(content), limit=10 * storage.MEGABYTE)
        return storage.register(received, sniffed=Sniffed(Kind(kind), TYPES[kind]))

    def _page(self, story: Story) -> bytes:
        """Draw a page that fits every work of a story, wherever it is set and whoever printed it."""
        words = {"place": "xã nhà", "name": "Năm"}
        title = story.title.replace(" ở {place}", "").replace(" {place}", "")
        return files.printed_page(
            masthead="Dân vận khéo",
            kicker="Trang chuyên đề",
            title=title.format(**words),
            paragraphs=[text.format(**words) for text in (story.summary, *PARAGRAPHS)],
        )


def file_name(slot: str, kind: str, number: int) -> str:
    """Name a file as somebody in a newsroom would."""
    names = {"pdf": "Trang báo", "image": "Ảnh", "audio": "Bản phát sóng", "video": "Bản phát sóng"}
    word = (
        "Xác nhận của cơ quan"
        if slot == "xac_nhan"
        else "Kịch bản"
        if slot in ("kich_ban", "loi_binh")
        else names[kind]
    )
    return f"{word} {number}.{ENDINGS[kind]}"
