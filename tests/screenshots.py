"""Take the pictures of the documentation: each audience at its page, on a desk and on a telephone.

Run by ``python -m tests.screenshots``; each demo has an instance of its own, so nothing that is there is touched.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from contest import clock
from contest.accounts import queries as accounts
from contest.accounts.passwords import DEMO_PASSWORD
from contest.accounts.roles import Role
from contest.database import transaction
from contest.regulations import services as regulations
from contest.regulations.queries import current_contest
from tests.chromium import CHROMIUM
from tests.makers.accounts import make_member
from tests.server import Server

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
WIDE, NARROW = (1440, 1000), (390, 1400)
WORKS = "210"
SECOND = "bantochuc2@danvankheo.example"
SECOND_PERSON = '[safeguards]\nsecond_person = ["revoke", "change_organizers"]\nsecond_person_days = 3\n'
REASON = (
    "Phần lớn tác phẩm trùng với một tác phẩm đã công bố năm 2023. Hội đồng giám khảo đã kết luận tại biên bản số 05."
)
PATIENCE = 300  # seconds within which a page of a newspaper must have been drawn


@dataclass(frozen=True)
class Visit:
    """Somebody on the way to the page that is taken.

    :ivar role: button of the sign-in page of a demo, or address of a demo account; None for somebody not signed in
    :ivar walk: what they do until the page is open
    :ivar before: what is made of the demo before they come
    """

    picture: str
    role: str | None
    walk: Callable[[Page], object]
    on_telephone: bool = True
    before: Callable[[Server], object] | None = None


def front(page: Page) -> None:
    """Open the front page."""
    page.goto("/")


def own_work(page: Page) -> None:
    """Open the instalments of a draft."""
    page.goto("/tac-pham")
    page.locator("main tbody a").first.click()
    page.locator("main a[href*='ky-dang']").first.click()


def office(address: str) -> Callable[[Page], None]:
    """Open a page of the office by the end of its address."""

    def walk(page: Page) -> None:
        page.goto("/ban-thu-ky/ho-so")  # leads to the contest, whose addresses are longer
        page.goto(page.url.replace("ho-so", address))

    return walk


def sheet(page: Page) -> None:
    """Open a sheet that is begun, once its files can be looked at."""
    page.goto("/ban-cham?loc=begun")
    page.locator("main tbody a").first.click()
    wait_for_file(page)


def wait_for_file(page: Page) -> None:
    """Stay until the first page of a file has been drawn."""
    for _second in range(PATIENCE):
        if page.locator("main img").count():
            return
        page.wait_for_timeout(1000)
        page.reload()


def desk(page: Page) -> None:
    """Open the desk of a juror."""
    page.goto("/ban-cham")


def meeting(page: Page) -> None:
    """Follow the meeting that is under way."""
    page.goto("/ban-cham")
    page.locator("main a[href*='phien-hop']").first.click()
    wait_for_file(page)


def ballot(page: Page) -> None:
    """Open the ballot, and vote for the first works."""
    page.goto("/ban-cham")
    page.locator("main a[href*='bieu-quyet']").first.click()
    for number, box in enumerate(page.locator("main input[type=radio][value=yes]").all()[:3]):
        page.locator("main input[type=radio][value=no]").nth(number).check() if number == 1 else box.check()


def reasons(page: Page) -> None:
    """Open the page that says why the first work stands first."""
    page.goto("/ban-thu-ky/ket-qua")
    page.locator("main a[href$='vong/chung_khao']").first.click()
    page.locator("details.why summary").first.click()
    page.locator("details.why a[href*='vi-sao']:not([href$='pdf'])").first.click()


def verified(page: Page) -> None:
    """Look a certificate up."""
    page.goto("/ban-thu-ky/giay-chung-nhan")
    code = page.locator("main .code, main code").filter(has_text="-").last.inner_text()
    page.context.clear_cookies()
    page.goto(f"/tra-cuu/{code.strip()}")


def open_ballot(page: Page) -> None:
    """Put works to the vote."""
    page.goto("/ban-thu-ky/cham-giai")
    page.locator("main a[href$='chung_khao/bieu-quyet']").click()
    page.locator("main button.btn-primary").click()


def results(page: Page) -> None:
    """Read the published list."""
    page.goto("/ket-qua")


def complaint(page: Page) -> None:
    """Open the newest complaint about the posted list."""
    office("khieu-nai")(page)
    page.locator("main tbody a").first.click()


def decision(page: Page) -> None:
    """Look at the decision as it is drawn now."""
    office("van-ban/quyet-dinh")(page)
    page.locator("img.official-page").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")


def exemplars(page: Page) -> None:
    """Read whom the works tell of."""
    page.goto("/dien-hinh")


def exemplar(page: Page) -> None:
    """Read of one of those whose work won."""
    page.goto("/ket-qua")
    page.locator(".winner h4 a").first.click()
    page.locator(".facts a[href*='dien-hinh']").first.click()


def winner(page: Page) -> None:
    """Read of the first work on the list."""
    page.goto("/ket-qua")
    page.locator(".winner h4 a").first.click()


def page_at(address: str) -> Callable[[Page], object]:
    """Open a page that stands outside the office."""
    return lambda page: page.goto(address)


def receipt(page: Page) -> None:
    """Open the receipt of the newest sheet."""
    page.goto("/bien-nhan")
    page.locator("main tbody a").first.click()


def want_second_person(server: Server) -> None:
    """Let the regulation ask for a second person, and let there be one."""
    with server.application().app_context():
        contest, now = current_contest(), clock.now()
        assert contest is not None
        (first,) = accounts.members(contest.id, Role.ORGANIZER)
        text = contest.draft_text.replace("\n[certificate]\n", f"\n{SECOND_PERSON}\n[certificate]\n", 1)
        with transaction():
            regulations.save_draft_text(contest, text, draft_version=contest.draft_version, by=first.user, now=now)
            regulations.adopt(
                contest,
                decision_number="151-QĐ/BTGDVTU",
                decision_date=clock.local(now).date(),
                signer="Trần Hoài Giang",
                by=first.user,
                now=now,
            )
        make_member(contest, Role.ORGANIZER, email=SECOND, name="Trà Thanh Danh", password=DEMO_PASSWORD)


def ask_to_revoke(page: Page) -> None:
    """Ask for the revocation of the last award."""
    office("thu-hoi-giai")(page)
    page.locator("main a[href$='/thu-hoi']").last.click()
    page.fill("[name=number]", "152-QĐ/BTGDVTU")
    page.fill("[name=reason]", REASON)
    page.locator("main form button.btn").first.click()
    page.wait_for_load_state()


def asked(page: Page) -> None:
    """Open what waits for a second person."""
    office("nguoi-thu-hai")(page)
    page.locator("main tbody a").first.click()


DEMOS: dict[tuple[str, str], tuple[Visit, ...]] = {
    ("receiving", "quang_ngai_2025"): (
        Visit("public", None, front),
        Visit("author", "Tác giả", own_work),
        Visit("secretariat", "Ban Thư ký", office("ho-so")),
        Visit("machine", "Ban Thư ký", office("may/"), on_telephone=False),
    ),
    ("preliminary", "quang_ngai_2025"): (
        Visit("juror", "Giám khảo", sheet),
        Visit("desk", "Giám khảo", desk),
        Visit("board", "Ban Tổ chức", office("cham-giai/so_khao")),
        Visit("second-factor", "Giám khảo", page_at("/tai-khoan/bao-mat/ung-dung")),
    ),
    ("final", "quang_ngai_2025"): (Visit("meeting", "hoidong1@danvankheo.example", meeting),),
    ("posted", "quang_ngai_2025"): (Visit("complaint", "Ban Thư ký", complaint, on_telephone=False),),
    ("published", "quang_ngai_2025"): (
        Visit("organizer", "Ban Tổ chức", office("ket-qua")),
        Visit("prizes", "Ban Tổ chức", office("the-le/giai-thuong"), on_telephone=False),
        Visit("why", "Ban Tổ chức", reasons, on_telephone=False),
        Visit("places", "Ban Tổ chức", office("do-tin-cay/chung_khao/thu-hang"), on_telephone=False),
        Visit("verification", "Ban Tổ chức", verified),
        Visit("public-results", None, results),
        Visit("winner", None, winner),
        Visit("document", "Ban Tổ chức", decision, on_telephone=False),
        Visit("log", "Ban Tổ chức", office("nhat-ky")),
        Visit("proof", None, page_at("/chung-minh")),
        Visit("receipt", "Giám khảo", receipt),
        Visit("my-data", "Tác giả", page_at("/tai-khoan/du-lieu")),
        Visit("exemplars", None, exemplars),
        Visit("exemplar", None, exemplar),
        Visit("", "Ban Tổ chức", ask_to_revoke, before=want_second_person),
        Visit("seconding", SECOND, asked),
    ),
    ("final", "bo_phieu"): (
        Visit("", "Ban Thư ký", open_ballot),
        Visit("ballot", "hoidong1@danvankheo.example", ballot, on_telephone=False),
    ),
}


@contextmanager
def somebody(browser: Browser, server: Server, role: str | None) -> Iterator[Page]:
    """Give the browser of somebody who has signed in."""
    width, height = WIDE
    context = browser.new_context(
        base_url=server.url, locale="vi-VN", viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    page = context.new_page()
    if role is not None:
        page.goto("/dang-nhap")
        if "@" in role:
            page.fill("[name=email]", role)
            page.fill("[name=password]", DEMO_PASSWORD)
            page.press("[name=password]", "Enter")
        else:
            page.locator(".roles li").filter(has_text=role).first.get_by_role("button").click()
        page.wait_for_load_state()
    yield page
    context.close()


def take(page: Page, visit: Visit) -> None:
    """Write the picture of a page at each width."""
    for size, end in ((WIDE, ""), (NARROW, "-390")):
        if end and not visit.on_telephone:
            continue
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_load_state("networkidle")
        page.evaluate("window.scrollTo(0, 0)")
        page.screenshot(path=FOLDER / f"{visit.picture}{end}.png")


def main(chosen: list[str]) -> None:
    """Play each demo that has a chosen picture, and take its pictures.

    :param chosen: names of pictures; none for all
    """
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(**CHROMIUM)
        for (phase, preset), visits in DEMOS.items():
            if chosen and not any(visit.picture in chosen for visit in visits):
                continue
            server = Server(Path(folder) / f"{phase}-{preset}")
            for words in (("migrate",), ("demo", "--phase", phase, "--preset", preset, "--entries", WORKS)):
                done = server.command(*words)
                assert done.returncode == 0, done.stderr
            server.start()
            try:
                for visit in visits:
                    if visit.picture in ("", *(chosen or (visit.picture,))):
                        if visit.before is not None:
                            visit.before(server)
                        with somebody(browser, server, visit.role) as page:
                            visit.walk(page)
                            if visit.picture:
                                take(page, visit)
            finally:
                server.stop()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
