"""Many certificates in one file: an archive to hand out, and a document to print."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pikepdf

from contest.printing.pages.writing import STAMP

MILLIMETRE = 72 / 25.4
BLEED = 3 * MILLIMETRE
CLEAR = 5 * MILLIMETRE  # from the cut to a mark
MARGIN = 10 * MILLIMETRE  # around the cut, for the marks


class Archive:
    """A ZIP that grows file by file: the same files give the same bytes, whatever the hour."""

    def __init__(self, target: BinaryIO) -> None:
        # Nothing is compressed, because the drawn files already are.
        self._whole = ZipFile(target, "w", ZIP_STORED)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

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


def with_marks(print_file: Path, *, bleed: bool) -> bytes:
    """Give a printer's document larger sheets with crop marks, and the drawing some millimetres beyond the cut.

    Beyond the cut stands the page itself, a little enlarged: what reaches to the edge goes on there, and an ornament
    that keeps away from the edge leaves it white, as it should.
    """
    with pikepdf.open(print_file) as document:
        for page in document.pages:
            _mark(document, page, BLEED if bleed else 0.0)
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _mark(document: pikepdf.Pdf, page: pikepdf.Page, bleed: float) -> None:
    x, y, right, top = (float(side) for side in page.mediabox)
    width, height = right - x, top - y
    page.contents_coalesce()
    # Written out now: a form made of a page reads the contents of the page when it is saved, which are others by then.
    form = document.make_stream(
        page.Contents.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=page.mediabox,
        Resources=page.get("/Resources", pikepdf.Dictionary()),
    )
    drawn = [f"q 0 0 0 1 K 0.25 w {_marks(x, y, right, top)} Q"]
    if bleed:
        beyond = f"{x - bleed:.3f} {y - bleed:.3f} {width + 2 * bleed:.3f} {height + 2 * bleed:.3f} re"
        wider, higher = 1 + 2 * bleed / width, 1 + 2 * bleed / height
        moved = f"{wider:.6f} 0 0 {higher:.6f} {-bleed - x * (wider - 1):.3f} {-bleed - y * (higher - 1):.3f} cm"
        drawn.append(f"q {beyond} {x:.3f} {y:.3f} {width:.3f} {height:.3f} re W* n {moved} /Sheet Do Q")
    drawn.append(f"q {x:.3f} {y:.3f} {width:.3f} {height:.3f} re W n /Sheet Do Q")
    page.Contents = document.make_stream("\n".join(drawn).encode())
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Sheet=form))
    page.TrimBox = pikepdf.Array([x, y, right, top])
    page.BleedBox = pikepdf.Array([x - bleed, y - bleed, right + bleed, top + bleed])
    page.MediaBox = pikepdf.Array([x - MARGIN, y - MARGIN, right + MARGIN, top + MARGIN])
    page.CropBox = page.MediaBox


def _marks(x: float, y: float, right: float, top: float) -> str:
    """Two short lines at each corner, clear of what is printed beyond the cut."""
    lines = [
        line
        for corner, outward in ((x, -1), (right, 1))
        for edge in (y, top)
        for line in [(corner + outward * CLEAR, edge, corner + outward * MARGIN, edge)]
    ]
    lines += [
        (edge, corner + outward * CLEAR, edge, corner + outward * MARGIN)
        for corner, outward in ((y, -1), (top, 1))
        for edge in (x, right)
    ]
    return " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
