"""A box of a certificate's template is dragged in a real browser, and the printed document has the words there."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from contest.certificates import documents, services
from contest.certificates.design import HOUSE, Design
from contest.certificates.models import CertificateTemplate
from contest.database import db
from tests.axe import flaws
from tests.makers.accounts import PASSWORD
from tests.makers.certificates import make_decided_contest
from tests.postbox import free_port

MILLIMETRES = 25.4 / 72


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application of this test, served to a real browser."""
    server = make_server("localhost", free_port(), app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    serving.join()


def drag(page: Page, part: str, across: float, down: float) -> None:
    """Drag a box by a place at its left below the middle, where the block of the signature is free for the seal.

    :param across: millimetres
    """
    sheet = page.locator("[data-boxes]").bounding_box()
    box = page.locator(f'[data-part="{part}"] > rect').first.bounding_box()
    assert sheet is not None and box is not None
    millimetre = sheet["width"] / 297
    x, y = box["x"] + 4, box["y"] + box["height"] * 0.6
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2 * millimetre, y + down / 2 * millimetre)
    page.mouse.move(x + across * millimetre, y + down * millimetre)
    page.mouse.up()


def test_a_dragged_box_is_kept_and_printed_where_it_was_left(app: Flask, address: str, chromium: Browser) -> None:
    contest, organizer = make_decided_contest()
    path = f"{address}/{contest.slug}/ban-thu-ky/giay-chung-nhan/mau/moi"
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(f"{address}/dang-nhap")
    page.fill("[name=email]", organizer.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    page.goto(path)

    with page.expect_response(lambda answer: answer.request.method == "POST"):
        drag(page, "sign", -20, -3)
    box = HOUSE["sign"].box
    assert box is not None
    assert page.locator("#sign_x").input_value() == str(round(box.x - 20))
    page.locator('[data-part="sign"]').press("ArrowRight")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator('[data-part="sign"]').press("Shift+ArrowLeft")
    assert page.locator("#sign_x").input_value() == "139,5"
    page.locator("#sign_y").fill("125,5")
    expect(page.locator('[data-part="sign"] > rect').first).to_have_attribute("y", "125.5")
    drawn = "Đã vẽ theo những gì vừa nhập, chưa lưu."
    expect(page.locator("[data-status]")).to_have_text(drawn, timeout=30_000)
    assert flaws(page) == []
    page.fill("#name", "Mẫu đã kéo")
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url("**/mau")
    page.close()

    assert complaints == []
    db.session.rollback()
    design = Design.of(db.session.query(CertificateTemplate).one().design)
    assert design.zones["sign"].box is not None
    assert (design.zones["sign"].box.x, design.zones["sign"].box.y) == (139.5, 125.5)
    assert {name for name, zone in design.zones.items() if zone != HOUSE[name]} == {"sign"}
    printed = services.specimens(contest)[services.SHORTEST]
    with pypdfium2.PdfDocument(documents.draw_specimen(printed.printed, printed.design)) as document:
        text = document[0].get_textpage()
        found = text.search(printed.printed["who"]).get_next()
        assert found is not None
        first, last = text.get_charbox(found[0]), text.get_charbox(sum(found) - 1)
    middle = (first[0] + last[2]) / 2 * MILLIMETRES
    assert middle == pytest.approx(139.5 + box.width / 2, abs=0.5)
