"""Certificates drawn by a design: everything stands where it says, in the size, the letters and the colour it says."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from contest import storage
from contest.certificates import codes, documents
from contest.certificates.breaking import LineTooLong
from contest.certificates.design import HOUSE, Box, Design
from contest.certificates.layout import DoesNotFit, set_certificate
from contest.certificates.placing import MM
from contest.printing.pages import Paragraph
from tests.certificates.boxes import ink, page_of
from tests.certificates.test_layout import LONG, SIX
from tests.makers.certificates import make_printed, people

CODE = codes.make(7)


def part(design, beginning, **changes):
    """The part of a page that begins with these words."""
    page = page_of(make_printed(**changes), design)
    return next(
        each for each in page.content if isinstance(each, Paragraph) and each.lines[0].text.startswith(beginning)
    )


def extent(paragraph):
    boxes = [box for line in paragraph.lines for box in ink(line)]
    return (
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


@pytest.mark.parametrize(
    ("name", "beginning", "box"),
    [
        ("title", "GIẤY", Box(60, 20, 180, 18)),
        ("names", "Nguyễn", Box(40, 60, 210, 30)),
        ("work", "“Loạt", Box(30, 100, 130, 30)),
        ("unit", "Báo và", Box(30, 60, 120, 10)),
        ("organiser", "BAN TỔ", Box(40, 30, 200, 14)),
        ("who", "Phạm", Box(30, 150, 80, 10)),
    ],
)
def test_a_part_with_a_box_of_its_own_stands_inside_it(name, beginning, box):
    paragraph = part(Design.default().with_zone(name, box=box), beginning, authors=SIX, work=LONG)

    left, top, right, bottom = extent(paragraph)
    assert box.x - 0.5 <= left
    assert right <= box.x + box.width + 0.5
    assert box.y - 1 <= top
    assert bottom <= box.y + box.height + 1


def test_what_is_taken_out_of_the_middle_gives_its_room_to_the_rest():
    crowded = make_printed(authors=SIX, work=LONG, award="GIẢI ĐẶC BIỆT", special=True)
    design = Design.default().with_zone("organiser", box=Box(40, 28, 217, 12))

    assert set_certificate(crowded, design).spare > set_certificate(crowded).spare


def test_letters_size_colour_and_side_are_those_of_the_design():
    design = Design.default().with_zone(
        "award", box=Box(30, 95, 200, 14), family="Be Vietnam Pro", sizes=(20.0,), colour="#004488", align="left"
    )

    run = part(design, "đạt").lines[1].runs[0]

    assert (run.style.family, run.size, run.colour) == ("Be Vietnam Pro", pytest.approx(20 * 96 / 72), "#004488")
    assert part(design, "đạt").lines[0].x == pytest.approx(30 * MM)


def test_larger_names_are_set_larger_for_one_and_for_many():
    larger = Design.default().with_zone("names", sizes=(40.0, 34.0, 28.0, 24.0))

    for authors in (people("Lê Na"), people("Lê Na", "Đinh Văn Rố")):
        usual = part(Design.default(), authors[0]["name"], authors=authors).lines[0].runs[0].size
        assert part(larger, authors[0]["name"], authors=authors).lines[0].runs[0].size > usual


def test_words_that_do_not_fit_into_their_box_are_refused_with_a_sentence():
    with pytest.raises(LineTooLong):
        page_of(make_printed(work=LONG), Design.default().with_zone("work", box=Box(30, 100, 60, 8)))
    with pytest.raises(DoesNotFit):
        page_of(make_printed(authors=SIX), Design.default().with_zone("names", box=Box(30, 100, 230, 8)))


def test_a_part_that_is_not_shown_is_not_drawn():
    design = Design.of({"zones": {"unit": {"shown": False}, "nation": {"shown": False}}})

    said = " ".join(
        line.text for each in page_of(make_printed(), design).content[:-1] for line in getattr(each, "lines", ())
    )

    assert "ĐẢNG CỘNG SẢN" not in said
    assert "Phát thanh" not in said


def drawn(design):
    """A certificate drawn by a design, as its document and as a picture."""
    content = documents.sheet(make_printed(), CODE, "", design).drawn()
    with pypdfium2.PdfDocument(content) as document:
        return pikepdf.open(BytesIO(content)), document[0].render(scale=0.5).to_pil().convert("RGB")


def test_a3_is_the_same_sheet_enlarged(app):
    (a4, small), (a3, large) = drawn(Design.default()), drawn(Design(paper="A3"))

    assert [round(float(side) * 25.4 / 72) for side in a3.pages[0].mediabox] == [0, 0, 420, 297]
    assert [round(side * 2**0.5) for side in small.size] == pytest.approx(list(large.size), abs=1)
    assert a3.pages[0].Resources.XObject.keys() == a4.pages[0].Resources.XObject.keys()


def test_a_sheet_without_a_frame_leaves_its_edge_white(app):
    _, picture = drawn(Design(border="none"))

    assert picture.crop((0, 0, picture.width, 25)).getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "PDF"])
def test_a_background_covers_the_sheet_under_everything(app, kind):
    content = BytesIO()
    Image.new("RGB", (1485, 1050), "#ddeeff").save(content, kind)
    content.seek(0)
    blob = storage.store(content, limit=10**6)

    _, picture = drawn(Design(border="none", background=blob.sha256))

    assert all(abs(one - other) <= 3 for one, other in zip(picture.getpixel((3, 3)), (0xDD, 0xEE, 0xFF), strict=True))


def test_the_house_is_a_design_like_any_other():
    assert Design.of(Design.default().document()).is_house
    assert HOUSE["names"].sizes == (34, 30, 26, 22)
