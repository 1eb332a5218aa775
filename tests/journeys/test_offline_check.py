"""The square code of a certificate is verified in a browser whose connection is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from contest.certificates import codes, seal
from tests.axe import flaws
from tests.server import Server

CODE = codes.make(7)
WORDS = ["002/2025", "Giải A, Truyền hình", "Nguyễn Thị Ánh Tuyết +5"]


@pytest.fixture
def square_code(server: Server) -> str:
    """What a telephone reads from a certificate of this instance."""
    payload = seal.sign(CODE, WORDS, seal.signing_key(server.folder))
    return f"{server.url}/tra-cuu/{codes.shown(CODE)}#{payload}"


def verify(page: Page, text: str) -> None:
    page.get_by_label("Nội dung mã vuông").fill(text)
    page.get_by_role("button", name="Kiểm tra mã vuông").click()


def test_a_square_code_is_verified_with_the_connection_cut(
    server: Server, square_code: str, chromium: Browser, tmp_path: Path
) -> None:
    server.start()
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{server.url}/tra-cuu/kiem-tra-ngoai-tuyen", wait_until="networkidle")
    assert flaws(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Lưu trang này thành một tệp").click()
    kept = tmp_path / "kept.html"
    download.value.save_as(kept)
    context.set_offline(True)
    server.stop()

    for address in (None, kept.as_uri()):
        if address:
            page.goto(address)
        answer = page.locator("output")
        verify(page, square_code)
        expect(answer).to_contain_text("Chữ ký đúng")
        for word in (*WORDS, codes.shown(CODE)):
            expect(answer).to_contain_text(word)

        verify(page, square_code.replace(codes.shown(CODE), codes.shown(codes.make(8))))
        expect(answer).to_contain_text("Chữ ký sai")
        verify(page, square_code.partition("#")[0])
        expect(answer).to_contain_text("Đây không phải là nội dung mã vuông")
    context.close()
