"""Every page that people reach in the demo, phase by phase: without a flaw for screen readers and on telephones.

A kind of page that was looked over once, in whatever phase and of whichever round, is looked over again only with
``--long``; so is the phase whose pages the whole story opens one by one. A walk of a check is a short one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from contest.accounts.passwords import DEMO_PASSWORD
from contest.demo.services import DOMAIN
from tests.axe import flaws, kind_of_page
from tests.journeys.people import Person, World
from tests.server import Server

ENTRIES = "16"
NO_PAGE = re.compile(
    r"\.(pdf|zip|xlsx|csv|xml|ics|png|json)$|/tep/\d+|/dang-xuat$|/(healthz|readyz)$|/kiem-tra-ngoai-tuyen\.html$"
)

Walk = tuple[str, tuple[str, ...]]

WALKS: dict[str, tuple[Walk, ...]] = {
    "receiving": (
        ("", ("/", "/dang-nhap", "/dang-ky", "/quen-mat-khau", "/kiem-tra", "/thong-bao", "/tro-giup", "/khong-co")),
        ("tacgia", ("/", "/tac-pham", "/tac-pham/moi", "/tai-khoan")),
        ("toasoan", ("/tac-pham",)),
        ("thuky", ("/", "/ban-thu-ky", "/ban-thu-ky/ho-so")),
    ),
    "preliminary": (
        ("", ("/",)),
        ("giamkhao1", ("/", "/ban-cham")),
        ("giamkhao2", ("/ban-thu-ky/ket-qua",)),
        ("thuky", ("/ban-thu-ky/cham-giai", "/ban-thu-ky/ket-qua")),
        ("giamsat", ("/ban-thu-ky",)),
    ),
    "posted": (
        ("", ("/", "/niem-yet", "/khieu-nai")),
        ("tacgia", ("/",)),
        ("thuky", ("/ban-thu-ky/khieu-nai", "/ban-thu-ky/ket-qua")),
        ("giamsat", ("/ban-thu-ky/khieu-nai",)),
        ("bantochuc", ("/ban-thu-ky/ket-qua", "/ban-thu-ky/van-ban")),
    ),
    "published": (
        ("", ("/", "/ket-qua", "/ket-qua/hinh-anh", "/ket-qua/co-quan-bao-chi", "/tra-cuu")),
        ("", ("/tra-cuu/0000-0000-0000-0000-0000",)),
        ("tacgia", ("/", "/tac-pham", "/giai-thuong", "/giay-chung-nhan")),
        ("giamkhao1", ("/ban-cham",)),
        ("bantochuc", ("/", "/ban-thu-ky", "/ban-thu-ky/ket-qua", "/ban-thu-ky/trang-ket-qua", "/cuoc-thi/moi")),
        ("bantochuc", ("/ban-thu-ky/giay-chung-nhan", "/ban-thu-ky/khieu-nai", "/ban-thu-ky/thu-hoi-giai")),
        ("chithuong", ("/ban-thu-ky/chi-thuong",)),
    ),
}
"""Who walks in which phase of the demo, and from where."""

LONG = ("posted", "screening", "preliminary")
"""Phases that are walked with ``--long`` only: other phases show most kinds of their pages as well."""

SHORT_WALK = 10
"""Pages that a walk of a check has: where it begins, and what lies next to that."""

Refusal = tuple[str, str, str]

REFUSALS: dict[str, tuple[Refusal, ...]] = {
    "receiving": (
        ("", "/dang-nhap", "Đăng nhập"),
        ("", "/dang-ky", "Đăng ký"),
        ("", "/kiem-tra", "Kiểm tra"),
        ("", "/tra-cuu", "Tra cứu"),
        ("bantochuc", "/ban-thu-ky/nhan-su/moi", "Gửi lời mời"),
        ("bantochuc", "/ban-thu-ky/nhan-su/co-quan-bao-chi/moi", "Lưu cơ quan báo chí"),
    ),
    "preliminary": (("giamkhao1", "/ban-cham?loc=todo", "Gửi phiếu chấm"),),
    "posted": (("", "/khieu-nai", "Gửi khiếu nại"), ("", "/khieu-nai/theo-doi", "Xem khiếu nại")),
}
"""Who presses which button with nothing typed."""


@dataclass
class Known:
    """Kinds of pages that were opened by anybody before.

    :ivar kind_of: names the kind of an address
    """

    kinds: set[str]
    kind_of: Callable[[str], str]

    def note(self, *paths: str) -> None:
        """Know the kinds of these from now on."""
        self.kinds |= {self.kind_of(path) for path in paths}

    def has(self, path: str) -> bool:
        """Whether one like it was opened."""
        return self.kind_of(path) in self.kinds


@pytest.fixture(scope="module")
def kinds() -> set[str]:
    """Kinds of pages that were looked over in an earlier phase."""
    return set()


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether everything is looked over."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def known(kinds: set[str], long: bool) -> Known:
    """Kinds of pages that need not be looked over again: those of earlier phases; none with ``--long``."""
    return Known(set(), kind_of_page) if long else Known(kinds, kind_of_any_round)


def kind_of_any_round(path: str) -> str:
    """Name the kind of page behind an address: that of one round is like that of another."""
    return re.sub(r"\b[a-z]+(_[a-z]+)+\b", "0", kind_of_page(path))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask for every phase, or for those that are short."""
    if "demo" in metafunc.fixturenames:
        long = metafunc.config.getoption("--long")
        metafunc.parametrize("demo", [phase for phase in WALKS if long or phase not in LONG], indirect=True)


@pytest.fixture
def demo(request: pytest.FixtureRequest, server: Server) -> tuple[str, Server]:
    """The demo in one phase, running."""
    phase: str = request.param
    for words in (("migrate",), ("demo", "--phase", phase, "--entries", ENTRIES)):
        done = server.command(*words)
        assert done.returncode == 0, done.stderr
    return phase, server.start()


def test_flaws_are_seen(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<html lang='vi'><title>x</title><main><img src='x'><div style='width:400px'>x</div></main>")

    found = flaws(page, long=True)
    page.close()

    assert [flaw.partition(": ")[2].partition(":")[0] for flaw in found if "image-alt" in flaw] == ["image-alt"] * 2
    assert [flaw.partition(":")[0] for flaw in found if "wider" in flaw] == ["at 390 px", "at 320 px"]


def test_no_page_of_the_demo_has_a_flaw(chromium: Browser, demo: tuple[str, Server], known: Known, long: bool) -> None:
    phase, server = demo
    world = World(chromium, server.url, password=DEMO_PASSWORD)
    found: list[str] = []
    for account, seeds in WALKS[phase]:
        person = come(world, account)
        for path in islice(walk(person, seeds, known), None if long else SHORT_WALK):
            found += [f"{account or 'stranger'} on {path}: {flaw}" for flaw in flaws(person.page, long=long)]
        found += complaints_of(person)
    for account, path, button in REFUSALS.get(phase, ()):
        person = come(world, account)
        found += [f"{account or 'stranger'} refused on {path}: {flaw}" for flaw in refused(person, path, button)]
        found += complaints_of(person)

    assert found == [], "\n".join(found)


def refused(person: Person, path: str, button: str) -> list[str]:
    """List the flaws of a page that came back because nothing had been typed."""
    person.page.goto(path)
    if path.startswith("/ban-cham"):
        person.main.locator("tbody th a").first.click()
    person.main.get_by_role("button", name=button, exact=True).click()
    person.page.locator(".error-summary").wait_for()
    return flaws(person.page)


def complaints_of(person: Person) -> list[str]:
    """Close somebody's browser, and list what it complained about."""
    person.leaves()
    return [f"{person.email or 'stranger'}: {complaint}" for complaint in person.complaints]


def come(world: World, account: str) -> Person:
    """Open a browser, and sign in unless it is a stranger's."""
    person = Person(world, email=f"{account}@{DOMAIN}" if account else "")
    if account:
        person.opens("/tai-khoan")
    return person


def walk(person: Person, seeds: Iterable[str], known: Known) -> Iterator[str]:
    """Open the seeds, and every page reached by links of a kind that was not opened before.

    :param known: grows
    """
    ahead = deque((seed, True) for seed in seeds)
    while ahead:
        path, is_seed = ahead.popleft()
        if not is_seed and known.has(path):
            continue
        person.page.goto(path)
        arrived = urlsplit(person.page.url).path
        known.note(path, arrived)
        yield arrived
        ahead.extend((link, False) for link in links(person.page))


def links(page: Page) -> Iterator[str]:
    """List the pages of ours that a page leads to, each address without its query."""
    for reference in page.locator("a[href]").evaluate_all("links => links.map((link) => link.getAttribute('href'))"):
        target = urlsplit(urljoin(page.url, reference))
        if target.netloc == urlsplit(page.url).netloc and not NO_PAGE.search(target.path):
            yield target.path
