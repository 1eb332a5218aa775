"""Documents as they come out: letters, fonts, tags, and the same bytes each time."""

import subprocess
import sys
from io import BytesIO
from unicodedata import normalize

import pikepdf
import pytest

from contest import printing
from contest.printing.fonts import VIETNAMESE, LetterMissing, face

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body></html>"""
TITLE = "PHIẾU TIẾP NHẬN TÁC PHẨM"


def text_of(pdf, tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def fonts_of(pdf):
    document = pikepdf.open(BytesIO(pdf))
    return {str(font.BaseFont) for page in document.pages for font in page.Resources.Font.values()}


def test_every_vietnamese_letter_is_printed_in_the_font_asked_for():
    body = "".join(f"<p>{'<b>' * bold}{VIETNAMESE}{'</b>' * bold}</p>" for bold in (0, 1))

    drawn = printing.draw(PAGE.format(title=TITLE, body=body + f"<p><i>{VIETNAMESE}</i></p>"))

    assert {name.split("+")[1] for name in fonts_of(drawn)} == {
        "Liberation-Serif",
        "Liberation-Serif-Bold",
        "Liberation-Serif-Italic",
    }


def test_decomposed_letters_are_printed_composed(tmp_path):
    drawn = printing.draw(PAGE.format(title=TITLE, body=f"<p>{normalize('NFD', 'Nguyễn Thị Ánh Tuyết')}</p>"))

    assert "Nguyễn Thị Ánh Tuyết" in text_of(drawn, tmp_path)


def test_the_document_is_tagged_and_says_its_language_and_title():
    document = pikepdf.open(BytesIO(printing.draw(PAGE.format(title=TITLE, body=""))))

    assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("vi", True)
    assert str(document.docinfo.Title) == TITLE
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_drawing_twice_gives_the_same_bytes():
    page = PAGE.format(title=TITLE, body=f'<img alt="Mã" src="{printing.qr("https://example.vn/tra-cuu/X")}">')

    assert printing.draw(page) == printing.draw(page)


def test_another_process_draws_the_same_bytes():
    page = PAGE.format(title=TITLE, body="<p>Đặng Thị Ỷ</p>")
    program = f"import sys; from contest import printing; sys.stdout.buffer.write(printing.draw({page!r}))"

    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert other.stdout == printing.draw(page)


def test_qpdf_finds_nothing_to_mend(tmp_path):
    path = tmp_path / "document.pdf"
    path.write_bytes(printing.draw(PAGE.format(title=TITLE, body="<p>Một dòng.</p>")))

    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


def test_official_paper_is_a4_upright():
    document = pikepdf.open(BytesIO(printing.draw(PAGE.format(title=TITLE, body=""))))

    assert [round(float(side) * 25.4 / 72) for side in document.pages[0].mediabox] == [0, 0, 210, 297]


def test_a_width_is_that_of_the_embedded_font():
    assert face("Liberation Serif").width("HHHH", 72) == pytest.approx(4 * 1479 / 2048 * 25.4)


def test_a_letter_that_the_font_lacks_is_refused_by_name():
    with pytest.raises(LetterMissing) as refusal:
        face("EB Garamond", 600).width("Lê 王", 12)

    assert refusal.value.parameters == {"letter": "王", "text": "Lê 王"}


def test_this_machine_is_ready_to_print(app):
    assert printing.check() == []
