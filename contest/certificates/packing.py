"""Many certificates in one file: an archive to hand out, and a document to print."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pikepdf


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack files into a ZIP: the same files give the same bytes, whatever the hour.

    Nothing is compressed, because the drawn files already are.
    """
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as whole:
        for name, content in files:
            whole.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return packed.getvalue()


def print_file(documents: Iterable[bytes], *, title: str) -> bytes:
    """Join documents of one page each, in order, for a printer: the background they share is kept once.

    Reading aids are left out: this file is for paper, and the tagged single files are for readers.
    """
    whole = pikepdf.new()
    background = None
    for document in documents:
        with pikepdf.open(BytesIO(document)) as single:
            page = single.pages[0]
            forms = page.Resources.XObject
            if background is None:
                background = whole.copy_foreign(forms.Background)
            del forms["/Background"]
            del page["/StructParents"]
            whole.pages.append(page)
            whole.pages[-1].Resources.XObject["/Background"] = background
    whole.docinfo["/Title"] = title
    whole.Root.Lang = pikepdf.String("vi")
    joined = BytesIO()
    whole.save(joined, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return joined.getvalue()
