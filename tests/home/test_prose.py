import pytest

from contest.home.prose import render


def test_paragraphs_lists_emphasis_and_links_are_kept():
    html = render("Gửi **trước** ngày *15/8*.\n\n- một\n- hai\n\n[Thể lệ](https://bao.example/the-le)")

    assert "<strong>trước</strong>" in html
    assert "<em>15/8</em>" in html
    assert "<li>một</li>" in html
    assert '<a href="https://bao.example/the-le" rel="noopener">Thể lệ</a>' in html


def test_headings_start_below_those_of_the_page():
    assert render("# Hồ sơ\n\n## Ảnh") == "<h3>Hồ sơ</h3>\n<h4>Ảnh</h4>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[bấm](javascript:alert(1))",
        "[bấm](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='javascript:alert(1)'>x</a>",
        "![x](https://theo-doi.example/1.png)",
        "<style>body{display:none}</style>",
        "`<svg onload=alert(1)>`",
    ],
)
def test_nothing_active_and_nothing_from_elsewhere_survives(text):
    html = render(text)

    for part in ("<script", "<img", "<svg", "<style", 'href="javascript', 'href="data', 'onerror=a"', "<iframe"):
        assert part not in html
