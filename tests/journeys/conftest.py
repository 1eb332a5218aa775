"""A real browser, a real server, a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, sync_playwright

from contest import create_app
from contest.config import load
from contest.demo import files, stories
from tests.chromium import CHROMIUM
from tests.postbox import Postbox
from tests.server import Server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser of the machine; its loop of events ends with the module, for those who start one of their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path, postbox: Postbox) -> Iterator[Server]:
    """A system that is not started yet, on an empty instance folder."""
    system = Server(tmp_path / "instance", smtp_url=postbox.url)
    yield system
    system.stop()


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small real files, as authors have them."""
    folder = tmp_path_factory.mktemp("papers")
    random = Random(2025)
    paragraphs = [paragraph.format(place="Trà Bồng") for paragraph in stories.PARAGRAPHS]
    app = create_app(load(instance=tmp_path_factory.mktemp("drawing")))
    with app.app_context():
        for number in range(1, 6):
            page = files.printed_page(
                masthead="Báo Quảng Ngãi", kicker="Dân vận khéo", title=f"Kỳ {number}", paragraphs=paragraphs
            )
            (folder / f"Trang {number}.pdf").write_bytes(page)
    (folder / "Bến quế.jpg").write_bytes(files.photograph(random))
    (folder / "Lời kể.mp3").write_bytes(files.radio_piece(random, seconds=3))
    (folder / "Đường làng.mp4").write_bytes(files.television_piece(random, seconds=2))
    return folder
