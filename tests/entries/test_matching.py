from __future__ import annotations

import pytest

from contest.entries.matching import same_address, same_title


@pytest.mark.parametrize(
    "url",
    [
        "https://baoquangngai.vn/tin/12.htm",
        "http://www.baoquangngai.vn/tin/12.htm/",
        "https://m.baoquangngai.vn/tin/12.htm#binh-luan",
        "https://BaoQuangNgai.vn/tin/12.htm?utm_source=zalo&fbclid=abc",
    ],
)
def test_addresses_of_one_article_are_the_same(url: str) -> None:
    assert same_address(url) == "baoquangngai.vn/tin/12.htm"


@pytest.mark.parametrize("url", ["", "bài ở trang 3", "javascript:alert(1)", "ftp://bao.vn/1", "https://", "https://["])
def test_what_is_no_address_is_the_same_as_nothing(url: str) -> None:
    assert same_address(url) == ""


def test_what_the_query_asks_for_tells_articles_apart() -> None:
    assert same_address("https://bao.vn/tin?id=1") != same_address("https://bao.vn/tin?id=2")


def test_titles_are_compared_without_marks_and_signs() -> None:
    assert same_title("Loạt 3 kỳ: “Giữ nước…”") == same_title("LOẠT 3 KỲ – Giữ nước")
