"""Certificates on paper: letters, fonts, tags, codes, and the same bytes each time."""

import re
import subprocess
from io import BytesIO
from unicodedata import is_normalized, normalize

import pikepdf
import pytest
from PIL import Image, ImageChops

from contest import printing
from contest.certificates import codes, documents
from contest.printing.batch import BACKGROUND, CHUNK, PAGE, Sheet
from tests.certificates.test_layout import LONG, SIX
from tests.makers.certificates import make_printed, people

CASES = {
    "short": make_printed(),
    "long name": make_printed(
        profile="state",
        authors=people("Nguyễn Hoàng Phương Trâm Anh|Hoàng Trâm, Trâm Anh, H.T."),
        power=["TM. BAN TỔ CHỨC", "TRƯỞNG BAN"],
    ),
    "six authors": make_printed(authors=SIX, lead="Chứng nhận nhóm tác giả"),
    "long title": make_printed(authors=people("Đỗ Thị Hương Thảo|Thảo Nguyên", "Huỳnh Đặng Quế Chi"), work=LONG),
    "worst": make_printed(authors=SIX, work=LONG, award="GIẢI ĐẶC BIỆT", special=True),
}
CODE = codes.make(2**79 + 12345)
PAYLOAD = "1." + "Ab0_" * 40


@pytest.fixture
def drawn(app):
    """Every case drawn once."""
    sheets = [documents.sheet(printed, CODE, PAYLOAD) for printed in CASES.values()]
    return dict(zip(CASES, documents.draw(sheets), strict=True))


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def on_disk(tmp_path, drawn):
    for name, content in drawn.items():
        path = tmp_path / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(content)
        yield name, path


def test_the_words_are_exact_in_nfc(drawn, tmp_path):
    for name, path in on_disk(tmp_path, drawn):
        text = run("pdftotext", "-raw", path, "-").stdout
        words = " ".join(text.split())

        assert is_normalized("NFC", text)
        for author in CASES[name]["authors"]:
            assert author["name"] in words
            assert author["pen_names"] in words
        assert CASES[name]["work"] in words
        assert CASES[name]["register"] in words
        assert codes.shown(CODE) in words


def test_every_font_is_one_of_ours_embedded_and_subset(drawn, tmp_path):
    for _, path in on_disk(tmp_path, drawn):
        rows = run("pdffonts", path).stdout.splitlines()[2:]

        assert rows
        for row in rows:
            assert re.match(r"[A-Z]{6}\+(EB-Garamond|Be-Vietnam-Pro)", row)
            assert row.split()[-5:-2] == ["yes", "yes", "yes"]


def test_qpdf_finds_nothing_to_mend(drawn, tmp_path):
    for _, path in on_disk(tmp_path, drawn):
        assert run("qpdf", "--check", path).returncode == 0


def test_the_square_pattern_leads_to_the_address_and_carries_the_payload(drawn, tmp_path):
    for _, path in on_disk(tmp_path, drawn):
        run("pdftoppm", "-r", "200", "-png", "-singlefile", path, path.with_suffix(""))
        read = run("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", path.with_suffix(".png")).stdout.strip()

        assert read == f"http://localhost/tra-cuu/{codes.shown(CODE)}#{PAYLOAD}"


def test_each_is_one_page_of_a4_lying(drawn):
    for content in drawn.values():
        document = pikepdf.open(BytesIO(content))

        (page,) = document.pages
        assert [round(float(side) * 25.4 / 72) for side in page.mediabox] == [0, 0, 297, 210]


def test_the_frame_is_an_artifact_and_all_else_is_tagged(drawn):
    for content in drawn.values():
        document = pikepdf.open(BytesIO(content))
        page = document.pages[0]
        open_tags, untagged = [], []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BMC", "BDC"):
                open_tags.append(str(operands[0]))
            elif str(operator) == "EMC":
                open_tags.pop()
            elif str(operator) in ("Do", "Tj", "TJ", "S", "f", "B") and not open_tags:
                untagged.append(str(operator))
            if str(operator) == "Do" and str(operands[0]) == "/Background":
                assert open_tags == ["/Artifact"]

        assert untagged == []
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "vi"
        assert str(document.docinfo.Title).startswith("Giấy chứng nhận 021/2025 – ")


def test_drawing_twice_gives_the_same_bytes(drawn):
    sheets = [documents.sheet(printed, CODE, PAYLOAD) for printed in CASES.values()]

    assert list(documents.draw(sheets)) == list(drawn.values())


def test_a_sheet_is_the_same_alone_and_in_a_batch_of_two_processes(app):
    everyone = [
        documents.sheet(make_printed(authors=people(f"Lê Na {number}")), codes.make(number), PAYLOAD)
        for number in range(3 * CHUNK + 1)
    ]

    batch = list(documents.draw(everyone))

    assert len(batch) == len(everyone)
    for number in (0, CHUNK, len(everyone) - 1):
        assert list(documents.draw([everyone[number]])) == [batch[number]]


def test_decomposed_words_are_printed_composed(app, tmp_path):
    composed = documents.sheet(make_printed(), CODE, PAYLOAD)
    decomposed = Sheet(normalize("NFD", composed.markup), normalize("NFD", composed.title))
    drawn = dict(zip(("composed", "decomposed"), documents.draw([composed, decomposed]), strict=True))

    one, other = (run("pdftotext", path, "-").stdout for _, path in on_disk(tmp_path, drawn))

    assert one == other


def test_the_stamped_frame_looks_as_if_the_style_sheet_had_drawn_it(app, tmp_path):
    sheet = documents.sheet(make_printed(), CODE, PAYLOAD)
    page = PAGE.format(style=BACKGROUND.format(name=documents.BACKGROUND), markup=sheet.markup)
    (stamped,) = documents.draw([sheet])
    drawn = {"stamped": stamped, "plain": printing.draw(page, css=documents.CSS)}
    pictures = []
    for _, path in on_disk(tmp_path, drawn):
        with pikepdf.open(path, allow_overwriting_input=True) as document:
            # WeasyPrint asks for transparency where there is none; poppler then smooths edges in another way.
            for form in document.pages[0].Resources.XObject.values():
                if "/Group" in form:
                    del form["/Group"]
            document.save(path)
        run("pdftoppm", "-r", "150", "-png", "-singlefile", path, path.with_suffix(""))
        pictures.append(Image.open(path.with_suffix(".png")))

    assert ImageChops.difference(*pictures).getbbox() is None


def test_markup_in_a_name_is_printed_as_it_stands(app, tmp_path):
    printed = make_printed(work="<img src=file:///etc/passwd> & Co")
    (content,) = documents.draw([documents.sheet(printed, CODE, PAYLOAD)])
    (tmp_path / "one.pdf").write_bytes(content)

    assert "<img src=file:///etc/passwd> & Co" in " ".join(run("pdftotext", tmp_path / "one.pdf", "-").stdout.split())


def test_a_picture_shows_the_whole_page(app):
    picture = Image.open(BytesIO(documents.picture(documents.draw_specimen(make_printed()))))

    assert picture.size == (1600, 1132)
