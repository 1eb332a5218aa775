"""A real browser, a real server, a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.postbox import Postbox
from tests.server import Server

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def postbox() -> Iterator[Postbox]:
    """The mail server everybody's letters go through."""
    with Postbox() as box:
        yield box


@pytest.fixture
def server(tmp_path: Path, postbox: Postbox) -> Iterator[Server]:
    """A system that is not started yet, on an empty instance folder."""
    system = Server(tmp_path / "instance", smtp_url=postbox.url)
    yield system
    system.stop()
