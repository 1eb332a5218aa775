"""What a document may read."""

import pytest

from contest import printing

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thử</title></head>
<body><h1>Phiếu</h1>{}</body></html>"""


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/picture.png",
        "https://example.org/picture.png",
        "ftp://example.org/picture.png",
        "//example.org/picture.png",
        "file:///etc/passwd",
        "file:///print/../../setup.cfg",
        "../../setup.cfg",
        "%2e%2e/%2e%2e/setup.cfg",
        "..%2f..%2fsetup.cfg",
        "data:text/html,<p>",
        "font:No Such Family/400/normal",
        "font:EB Garamond",
        "missing.svg",
        "",
    ],
)
def test_an_address_outside_the_print_folder_stops_the_drawing(address):
    page = PAGE.format(f"<div style=\"background: url('{address or '.'}')\">.</div>")

    with pytest.raises(printing.PrintingFailed):
        printing.draw(page)


@pytest.mark.parametrize(
    "element", ['<link rel="attachment" href="file:///etc/passwd">', '<object data="file:///etc/passwd"></object>']
)
def test_no_file_of_the_machine_is_attached_or_embedded(element):
    with pytest.raises(printing.PrintingFailed):
        printing.draw(PAGE.format(element))


def test_a_missing_style_sheet_stops_the_drawing():
    with pytest.raises(printing.PrintingFailed):
        printing.draw(PAGE.format(""), css=("missing.css",))


def test_an_embedded_image_is_drawn():
    assert printing.draw(PAGE.format(f'<img alt="Mã" src="{printing.qr("x")}">')).startswith(b"%PDF-1.7")
