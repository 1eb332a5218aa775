"""Many certificates in one file: an archive to hand out, and a document to print."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pikepdf

from contest.printing.pages.writing import STAMP


class Archive:
    """A ZIP that grows file by file: the same files give the same bytes, whatever the hour."""

    def __init__(self, target: BinaryIO) -> None:
        # Nothing is compressed, because the drawn files already are.
        self._whole = ZipFile(target, "w", ZIP_STORED)

    def add(self, name: str, content: bytes) -> None:
        """Add a file."""
        self._whole.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)

    def close(self) -> None:
        """Write the table of contents."""
        self._whole.close()


class PrintFile:
    """Documents of one page each joined in order for a printer; the drawings they share are kept once.

    Reading aids are left out: this file is for paper, and the tagged single files are for readers.
    """

    def __init__(self, title: str) -> None:
        self._whole = pikepdf.new()
        self._whole.docinfo["/Title"] = title
        self._whole.Root.Lang = pikepdf.String("vi")
        self._stamps: dict[str, pikepdf.Object] = {}

    def add(self, document: bytes) -> None:
        """Add the page of a document."""
        with pikepdf.open(BytesIO(document)) as single:
            page = single.pages[0]
            forms = page.Resources.XObject
            stamps = [name for name in map(str, forms.keys()) if name.startswith(STAMP)]
            for name in stamps:
                if name not in self._stamps:
                    self._stamps[name] = self._whole.copy_foreign(forms[name])
                del forms[name]
            for aid in ("/StructParents", "/Annots", "/Tabs"):  # the last two belong to the hidden signature
                if aid in page:
                    del page[aid]
            self._whole.pages.append(page)
            joined = self._whole.pages[-1].Resources.XObject
            for name in stamps:
                joined[name] = self._stamps[name]

    def save(self, target: BinaryIO) -> None:
        """Write the joined document."""
        self._whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
