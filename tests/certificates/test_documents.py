"""Certificates on paper: letters, fonts, tags, codes, and the same bytes each time."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from unicodedata import is_normalized, normalize

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from contest.certificates import codes, documents
from contest.printing.batch import CHUNK
from tests.certificates.plain import plain
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
    "three authors": make_printed(authors=people("Phan Ngọc Ẩn|Ngọc Ẩn", "Hồ Thị Ấn", "Lương Đức Ỹ"), special=True),
    "newsroom": make_printed(
        profile="state",
        authors=people("Trung tâm Văn hóa – Thể thao và Truyền thông Ba Tơ"),
        award="GIẢI TẬP THỂ CHO CƠ QUAN BÁO CHÍ",
        **dict.fromkeys(("unit", "category", "work"), ""),
    ),
}
CODE = codes.make(2**79 + 12345)
PAYLOAD = "1." + "Ab0_" * 40
CORNER = ("-x", "180", "-y", "1250", "-W", "260", "-H", "260")  # around the QR code, at 200 dots an inch


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
        run("pdftoppm", "-r", "200", *CORNER, "-png", "-singlefile", path, path.with_suffix(""))
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
            if str(operator) == "Do" and str(operands[0]).startswith("/Stamp"):
                assert open_tags == ["/Artifact"]

        assert untagged == []
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "vi"
        assert str(document.docinfo.Title).startswith("Giấy chứng nhận 021/2025 – ")


def test_the_structure_knows_every_piece_of_content_once_and_in_the_order_of_reading(drawn):
    for name, content in drawn.items():
        document = pikepdf.open(BytesIO(content))
        (page,) = document.pages
        whole = document.Root.StructTreeRoot.K
        parents = list(document.Root.StructTreeRoot.ParentTree.Nums[1])
        marked = [
            int(operands[1].MCID) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"
        ]

        assert [int(number) for element in whole.K for number in element.K] == marked == list(range(len(parents)))
        assert [parent.objgen for parent in parents] == [element.objgen for element in whole.K for _ in element.K]
        tags = [str(element.S) for element in whole.K]
        assert [tag for tag in tags if tag != "/P"] == ["/H1", "/H2", "/Figure"], name
        (figure,) = (element for element in whole.K if element.S == "/Figure")
        assert str(figure.Alt) == f"Mã tra cứu {codes.shown(CODE)}"
        assert [float(side) > 0 for side in figure.A.BBox] == [True] * 4


def test_the_metadata_say_what_the_document_is(drawn):
    for content in drawn.values():
        document = pikepdf.open(BytesIO(content))
        metadata = document.Root.Metadata.read_bytes().decode()

        assert 'pdfuaid:part="1"' in metadata
        assert str(document.docinfo.Title) in metadata
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert document.pages[0].Tabs == "/S"


def test_the_engine_of_chromium_reads_the_same_words_as_poppler(drawn, tmp_path):
    for name, path in on_disk(tmp_path, drawn):
        with pypdfium2.PdfDocument(path) as document:
            read = document[0].get_textpage().get_text_bounded()

        assert is_normalized("NFC", read)
        assert sorted(read.split()) == sorted(run("pdftotext", path, "-").stdout.split()), name


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
    words = make_printed(authors=people(normalize("NFD", "Lê Na")), work=normalize("NFD", make_printed()["work"]))
    decomposed = replace(composed, printed=words)
    drawn = dict(zip(("composed", "decomposed"), documents.draw([composed, decomposed]), strict=True))

    one, other = (run("pdftotext", path, "-").stdout for _, path in on_disk(tmp_path, drawn))

    assert one == other


def picture(content):
    """A page as dots, a hundred to the inch."""
    with pikepdf.open(BytesIO(content)) as document:
        # WeasyPrint asks for transparency where there is none; viewers then smooth edges in another way.
        for form in document.pages[0].Resources.XObject.values():
            if "/Group" in form:
                del form["/Group"]
        out = BytesIO()
        document.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as document:
        return document[0].render(scale=100 / 72).to_pil().convert("RGB")


@pytest.mark.parametrize("name", CASES)
def test_no_letter_differs_by_a_dot_from_the_page_that_a_layout_engine_draws(app, name):
    """Ornaments may by a shade that nobody sees: the engine clips them to boxes of its own, and rounds their edges."""
    sheet = documents.sheet(CASES[name], CODE, PAYLOAD)

    drawn, laid_out = picture(sheet.drawn()), picture(plain(CASES[name], CODE, sheet.address, PAYLOAD))

    assert drawn.size == laid_out.size == (1170, 827)
    shades = ImageChops.difference(drawn, laid_out).convert("L").histogram()
    assert sum(shades[1:]) <= 140
    assert sum(shades[5:]) == 0


def test_markup_in_a_name_is_printed_as_it_stands(app, tmp_path):
    printed = make_printed(work="<img src=file:///etc/passwd> & Co")
    (content,) = documents.draw([documents.sheet(printed, CODE, PAYLOAD)])
    (tmp_path / "one.pdf").write_bytes(content)

    assert "<img src=file:///etc/passwd> & Co" in " ".join(run("pdftotext", tmp_path / "one.pdf", "-").stdout.split())


def test_a_picture_shows_the_whole_page(app):
    picture = Image.open(BytesIO(documents.picture(documents.draw_specimen(make_printed()))))

    assert picture.size == (1600, 1132)
