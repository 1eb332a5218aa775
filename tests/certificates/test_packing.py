"""The printer's file with crop marks and with the drawing beyond the cut."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from contest.certificates import packing

WIDTH, HEIGHT = 841.89, 595.276


@pytest.fixture
def coloured(tmp_path):
    """A sheet that is red all over."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(WIDTH, HEIGHT))
    document.pages[0].Contents = document.make_stream(f"1 0 0 rg 0 0 {WIDTH} {HEIGHT} re f".encode())
    document.save(tmp_path / "print.pdf")
    return tmp_path / "print.pdf"


def colour(document: bytes, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place, in millimetres from the lower left corner of the cut."""
    page = pypdfium2.PdfDocument(document)[0]
    picture = page.render(scale=2).to_pil()
    across = (packing.MARGIN + x * packing.MILLIMETRE) * 2
    return picture.getpixel((int(across), int(picture.height - (packing.MARGIN + y * packing.MILLIMETRE) * 2)))[:3]


@pytest.mark.parametrize(("bleed", "beyond"), [(True, (255, 0, 0)), (False, (255, 255, 255))])
def test_the_drawing_goes_beyond_the_cut_only_where_that_is_asked_for(coloured, bleed, beyond):
    marked = packing.with_marks(coloured, bleed=bleed)

    assert colour(marked, 100, 100) == (255, 0, 0)
    assert colour(marked, -2, 100) == beyond
    assert colour(marked, -4.5, 100) == (255, 255, 255)


def test_the_boxes_tell_a_printer_where_to_cut(coloured):
    with pikepdf.open(BytesIO(packing.with_marks(coloured, bleed=True))) as document:
        page = document.pages[0]
        assert [round(float(side), 2) for side in page.TrimBox] == [0, 0, 841.89, 595.28]
        assert [round(float(side) / packing.MILLIMETRE) for side in page.BleedBox[:2]] == [-3, -3]
        assert [round(float(side) / packing.MILLIMETRE) for side in page.MediaBox[:2]] == [-10, -10]


def test_marks_stand_at_every_corner(coloured):
    marked = packing.with_marks(coloured, bleed=True)

    for x, y in ((-7, 0), (0, -7), (304, 0), (297, -7), (-7, 210), (0, 217), (304, 210), (297, 217)):
        assert min(colour(marked, x, y)) < 250, (x, y)
