"""The people of the journeys: each has a browser of their own and does what people do, in the words of the pages."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from contest.regulations import presets
from tests.axe import HEIGHT, WIDE, flaws, kind_of_page
from tests.postbox import Postbox

PASSWORD = "gió biển thổi qua vườn quế"
PATIENCE = 20  # seconds within which a page, a letter or a drawing must have come
SLUG = "dan-van-kheo-2025"

REFUSAL = re.compile(r"status of (401|404|409|422)\b")
"""What Chromium writes down when a page says that something cannot be done; no asset is ever answered so unnoticed."""

expect.set_options(timeout=PATIENCE * 1000)


@dataclass(frozen=True)
class World:
    """Where the people meet.

    :ivar seen: kinds of pages that somebody has looked over for flaws; None where nobody does
    """

    browser: Browser
    url: str
    postbox: Postbox | None = None
    javascript: bool = True
    password: str = PASSWORD
    seen: set[str] | None = None


class Person:
    """Somebody with a browser and, usually, a mailbox."""

    def __init__(self, world: World, name: str = "", email: str = "") -> None:
        self.world, self.name, self.email = world, name, email
        self.context = world.browser.new_context(
            base_url=world.url,
            java_script_enabled=world.javascript,
            locale="vi-VN",
            viewport={"width": WIDE, "height": HEIGHT},
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.complaints: list[str] = []
        self.page = self.opens_a_window()

    def opens_a_window(self) -> Page:
        """Open one more window of this browser; what it complains about is kept."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self._hear)
        page.on("response", self._look_at)
        return page

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not REFUSAL.search(line.text):
            self.complaints.append(f"{line.location['url']}: {line.text}")

    def _look_at(self, answer: Response) -> None:
        if answer.status >= 500 or (answer.status >= 400 and "/assets/" in answer.url):
            self.complaints.append(f"{answer.url}: {answer.status}")

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()

    # What everybody does with a page

    def opens(self, path: str) -> None:
        """Open an address; whoever comes back on another day is asked to sign in first, and then gets there."""
        self.page.goto(path)
        if self.is_asked_to_sign_in:
            self.looks_over_the_page()
            self.signs_in()
        self.looks_over_the_page()

    def looks_over_the_page(self) -> None:
        """Look for flaws on the first page of a kind; what is found is a complaint."""
        kind = kind_of_page(urlsplit(self.page.url).path)
        if self.world.seen is not None and kind not in self.world.seen:
            self.world.seen.add(kind)
            self.complaints += [f"{self.page.url}: {flaw}" for flaw in flaws(self.page)]

    def opens_office(self, path: str = "") -> None:
        """Open a page of the secretariat."""
        self.opens(f"/{SLUG}/ban-thu-ky{path}")

    @property
    def is_asked_to_sign_in(self) -> bool:
        """Whether the page is the door."""
        return "/dang-nhap" in self.page.url

    def signs_in(self) -> None:
        """Give address and password at the door."""
        self.fills("Thư điện tử", self.email)
        self.fills("Mật khẩu", self.world.password)
        self._goes_on_by(self.main.get_by_role("button", name="Đăng nhập", exact=True))
        assert not self.is_asked_to_sign_in

    def signs_out(self) -> None:
        """Leave by the link every page has."""
        self.page.get_by_role("banner").get_by_role("button", name="Đăng xuất").click()
        expect(self.page.get_by_role("banner").get_by_role("link", name="Đăng nhập")).to_be_visible()

    @property
    def main(self) -> Locator:
        """The content of the page, without what surrounds it."""
        return self.page.locator("main")

    def box(self, label: str, within: Locator | None = None) -> Locator:
        """Find a control by its label, whether or not it says that it is optional."""
        named = re.compile(rf"^\s*{re.escape(label)}\s*(\(không bắt buộc\))?\s*$")
        return (within or self.main).get_by_label(named)

    def fills(self, label: str, text: str, within: Locator | None = None) -> None:
        """Type into a field."""
        self.box(label, within).fill(text)

    def chooses(self, label: str, option: str, within: Locator | None = None) -> None:
        """Choose from a list."""
        self.box(label, within).select_option(label=option)

    def ticks(self, *labels: str) -> None:
        """Tick boxes, or take one of several."""
        for label in labels:
            self._ticks(self.main.get_by_label(label).first)

    def _ticks(self, box: Locator) -> None:
        if self.world.javascript:
            box.check()
        elif not box.is_checked():
            box.press("Space")

    def presses(self, name: str | re.Pattern[str]) -> None:
        """Press a button that sends something; what comes back must not be a refusal."""
        self._goes_on_by(self.main.get_by_role("button", name=name, exact=True))
        refusal = self.page.locator(".error-summary")
        assert refusal.count() == 0, f"{self.name} at {self.page.url}: {refusal.inner_text()}"
        self.looks_over_the_page()
        assert self.complaints == []

    def _goes_on_by(self, control: Locator) -> None:
        """Go to another page: with the mouse, or with the keyboard where no scripts run."""
        with self.page.expect_navigation():
            if self.world.javascript:
                control.click()
            else:
                control.press("Enter")

    def follows(self, name: str | re.Pattern[str]) -> None:
        """Follow a link of the content."""
        self._goes_on_by(self.main.get_by_role("link", name=name, exact=True).first)
        self.looks_over_the_page()

    def reads(self, *sentences: str | re.Pattern[str]) -> None:
        """Find sentences on the page."""
        for sentence in sentences:
            expect(self.main).to_contain_text(sentence)

    def finds_nothing_of(self, *words: str) -> None:
        """Find none of these words on the page."""
        for word in words:
            expect(self.main).not_to_contain_text(word)

    def downloads(self, name: str | re.Pattern[str], to: Path, within: Locator | None = None) -> Path:
        """Save what a link leads to."""
        link = (within or self.main).get_by_role("link", name=name).first
        answer = self.context.request.get(self.world.url + (link.get_attribute("href") or ""))
        assert answer.ok, f"{answer.status} {answer.url}"
        to.write_bytes(answer.body())
        return to

    def is_answered(self, path: str) -> int:
        """Ask for an address without looking at the page, and tell the status of the answer."""
        return self.context.request.get(path).status

    # Letters

    def receives_letter(self, about: str) -> EmailMessage:
        """Wait for a letter whose text or subject says something."""
        postbox = self.world.postbox
        assert postbox is not None
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for letter in reversed(postbox.to(self.email)):
                if about in str(letter["Subject"]) or about in letter.get_content():
                    return letter
            time.sleep(0.1)
        got = [str(letter["Subject"]) for letter in postbox.to(self.email)]
        raise AssertionError(f"no letter about {about!r} came to {self.email}; there are {got}")

    def opens_the_link_of(self, letter: EmailMessage) -> None:
        """Open the first address that stands in a letter."""
        found = re.search(r"https?://\S+", letter.get_content())
        assert found is not None, letter.get_content()
        self.opens(found.group())

    def accepts_the_invitation(self) -> None:
        """Open the letter that invites, and make the account."""
        self.opens_the_link_of(self.receives_letter("mời"))
        self.fills("Họ và tên", self.name)
        self.fills("Mật khẩu", self.world.password)
        self._ticks(self.main.get_by_role("checkbox"))
        self.presses("Nhận lời mời")


# The public


class Reader(Person):
    """Somebody who reads what is posted and published, and has no account."""

    def reads_the_notice(self) -> dict[str, str]:
        """Open the posted list, and tell the prize of each work."""
        self.opens("/niem-yet")
        found: dict[str, str] = {}
        for tier in self.main.locator("section.tier").all():
            name = tier.locator("h3").evaluate("heading => heading.firstChild.textContent.trim()")
            found |= dict.fromkeys(tier.locator("h4").all_inner_texts(), name)
        return found

    def complains_about(self, line: str, text: str, evidence: Path) -> None:
        """Complain about a line of the posted list; the receipt follows."""
        self.opens("/niem-yet")
        self.follows("Gửi khiếu nại")
        self.ticks("Một dòng trong danh sách niêm yết")
        self.chooses("Dòng nào", line)
        self.fills("Nội dung khiếu nại và căn cứ", text)
        self.main.get_by_label("Tài liệu kèm theo").set_input_files(evidence)
        self.fills("Họ và tên", self.name)
        self.fills("Thư điện tử", self.email)
        self._ticks(self.main.get_by_role("checkbox"))
        self.presses("Gửi khiếu nại")

    def follows_complaint(self, number: str, code: str) -> None:
        """Ask with the receipt where a complaint stands."""
        self.opens(f"/{SLUG}/khieu-nai/theo-doi")
        self.fills("Số khiếu nại", number)
        self.fills("Mã theo dõi", code)
        self.presses("Xem khiếu nại")

    def looks_at_the_file(self, file: Path) -> None:
        """Ask what a certificate's file is."""
        self.opens("/tra-cuu")
        self.main.locator("input[type=file]").set_input_files(file)
        self.presses("Kiểm tra tệp")


# Authors


@dataclass(frozen=True)
class ToldWork:
    """A work as its author would tell of it."""

    title: str
    summary: str
    exemplar: str
    address: str
    authors: tuple[tuple[str, str], ...]
    files: Mapping[str, Sequence[str]]


class Author(Person):
    """Somebody who enters works."""

    def registers(self) -> None:
        """Make an account, and confirm it from the letter."""
        self.opens("/dang-ky")
        self.fills("Họ và tên", self.name)
        self.fills("Thư điện tử", self.email)
        self.fills("Mật khẩu", self.world.password)
        self._ticks(self.main.get_by_role("checkbox"))
        self.presses("Đăng ký")
        self.reads(self.email)
        self.opens_the_link_of(self.receives_letter("/xac-nhan/"))
        self.presses("Xác nhận địa chỉ")
        self.signs_in()

    def enters(self, work: ToldWork, papers: Path) -> str:
        """Fill in every step of the form and send the work.

        :return: the code it was given
        """
        self.opens(f"/{SLUG}/tac-pham/moi")
        self.fills("Tên tác phẩm", work.title)
        self.ticks("Báo điện tử")
        self.presses("Bắt đầu bản nháp")
        self.chooses("Thể loại", "Phóng sự")
        self.chooses("Lĩnh vực", "Kinh tế")
        self.fills("Tóm tắt", work.summary)
        self.presses("Lưu và sang bước Các kỳ")
        self.chooses("Cơ quan báo chí", "Báo Quảng Ngãi")
        self.fills("Ngày đăng, phát", "12/6/2025")
        self.fills("Đường dẫn bài đăng", work.address)
        self.presses("Lưu và sang bước Tác giả")
        self._names_the_authors(work)
        self.presses("Lưu và sang bước Tấm gương")
        self.presses("Thêm tấm gương")
        self.fills("Tên", work.exemplar)
        self.chooses("Cá nhân hay tập thể", "Cá nhân")
        self.chooses("Lĩnh vực", "Kinh tế")
        self.fills("Địa phương", "xã Trà Bồng")
        self.presses("Lưu và sang bước Hồ sơ")
        for slot, names in work.files.items():
            for name in names:
                self.adds_file(slot, papers / name)
        self.follows("Sang bước Cam kết")
        for box in self.main.get_by_role("checkbox").all():
            assert not box.is_checked()
            if "Bắt buộc" in box.locator("xpath=..").inner_text():
                self._ticks(box)
        self.presses("Lưu và xem lại tác phẩm")
        self.reads(work.title, work.exemplar, *(name for name, _pen_name in work.authors))
        self.presses("Nộp tác phẩm")
        return self.main.locator(".rail .code").inner_text()

    def _names_the_authors(self, work: ToldWork) -> None:
        for number, (name, pen_name) in enumerate(work.authors):
            if number:
                self.presses(f"Thêm tác giả {number + 1}")
            row = self.main.get_by_role("group", name=f"Tác giả {number + 1}")
            mine = name == self.name
            self.fills("Họ tên thật", name, row)
            self.fills("Bút danh", pen_name, row)
            self.chooses("Vai trò", "Tác giả bài viết", row)
            self.fills("Đơn vị hoặc địa chỉ", "Báo Quảng Ngãi", row)
            self.fills("Điện thoại", f"091200000{number}" if mine else f"098700000{number}", row)
            self.fills("Thư điện tử", self.email if mine else f"cung-viet-{number}@example.vn", row)

    def adds_file(self, slot: str, file: Path) -> None:
        """Put a file into a slot of the dossier, and see that it was received."""
        place = self.main.get_by_role("region", name=slot)
        place.locator("input[type=file]").set_input_files(file)
        if not self.world.javascript:
            self._goes_on_by(place.get_by_role("button", name="Tải lên", exact=True))
        expect(self.main.get_by_role("region", name=slot).get_by_role("link", name=file.name)).to_be_visible()

    def completes(self, code: str, slot: str, file: Path) -> None:
        """Do what the secretariat asked for: one more file in the slot it named, and send again."""
        self.opens_the_link_of(self.receives_letter(code))
        self.follows("Bổ sung tác phẩm")
        self.adds_file(slot, file)
        self.opens(self.page.url.partition("/ho-so")[0] + "/xem-lai")
        self.presses("Gửi bản sửa")
        self.reads("Đã nhận bản sửa của bạn")

    def confirms_line_of(self, work: ToldWork) -> None:
        """Find right what will be printed of a work, for those of its authors as well who have no account."""
        line = self.main.get_by_role("region", name=work.title)
        for box in line.get_by_role("checkbox").all():
            self._ticks(box)
        self._goes_on_by(line.get_by_role("button", name=re.compile("^Xác nhận dòng này đúng")))
        expect(self.main.get_by_role("region", name=work.title)).to_contain_text("Bạn đã xác nhận dòng này")


# The council


class Juror(Person):
    """Somebody who scores works."""

    def sees_the_desk(self) -> list[str]:
        """Open the desk, and list the titles that are left to mark."""
        self.opens(f"/{SLUG}/ban-cham")
        return self.main.locator("tbody th a").all_inner_texts()

    def scores(self, title: str, marks: Sequence[str], comment: str = "") -> None:
        """Open the sheet of a work, read it, give a mark for each criterion, and send the sheet."""
        self.opens(f"/{SLUG}/ban-cham")
        self.follows(title)
        self.declares_nothing_if_asked()
        self.types(marks, comment)
        self.presses("Gửi phiếu chấm")
        self.reads("Đã nhận phiếu chấm")

    def declares_nothing_if_asked(self) -> None:
        """Say before the first sheet of a round that nothing ties one to any work; the sheet follows."""
        if "/xung-dot-loi-ich" in self.page.url:
            self.presses("Tôi không có xung đột nào")

    def types(self, marks: Sequence[str], comment: str = "") -> None:
        """Type marks, in the order of the sheet, and a comment."""
        for box, mark in zip(self.marks.all(), marks, strict=True):
            box.fill(mark)
        if comment:
            self.fills("Nhận xét cho Hội đồng", comment)

    @property
    def marks(self) -> Locator:
        """The fields of the criteria."""
        return self.main.locator("input[name^=mark_]")

    def typed(self) -> list[str]:
        """What stands in the fields of the criteria."""
        return [box.input_value() for box in self.marks.all()]


class Chair(Juror):
    """The juror who settles what the rules leave to the council."""

    def settles_discrepancy(self, round_code: str, reason: str) -> None:
        """Keep sheets that differ, with the reason the council gave."""
        self.opens(f"/{SLUG}/ban-thu-ky/ket-qua/vong/{round_code}")
        self.follows("Xử lý")
        self.ticks("Giữ nguyên các phiếu")
        self.fills("Lý do", reason)
        self.presses("Ghi lại")

    def settles_tie(self, round_code: str, first: str, reason: str) -> None:
        """Record which of two equal works comes first."""
        self.opens(f"/{SLUG}/ban-thu-ky/ket-qua/vong/{round_code}")
        self.follows("Ghi thứ tự")
        places = iter("23456789")
        for choice in self.main.get_by_role("combobox").all():
            label = self.main.locator(f"label[for='{choice.get_attribute('id')}']").inner_text()
            choice.select_option("1" if first in label else next(places))
        self.fills("Lý do", reason)
        self.presses("Ghi thứ tự")


# The office


class Staff(Person):
    """Somebody who works in the secretariat's pages."""

    def forms_panel(self, round_code: str, category: str, members: Sequence[str], chair: str) -> None:
        """Say who sits on a panel, and who chairs it."""
        self.opens_office(f"/cham-giai/{round_code}/hoi-dong/{category}")
        for name in members:
            self._ticks(self.main.get_by_label(re.compile(rf"trong tiểu ban: {name}", re.IGNORECASE)))
        self._ticks(self.main.get_by_role("radio", name=re.compile(chair)))
        self.presses("Lập tiểu ban")

    def spreads_works(self, round_code: str) -> None:
        """Have the works spread evenly, as proposed."""
        self.opens_office(f"/cham-giai/{round_code}/chia-deu")
        self.presses("Phân công theo phương án")

    def opens_round(self, round_code: str) -> None:
        """Open a round to its jurors."""
        self.opens_office(f"/cham-giai/{round_code}/mo")
        self.presses(re.compile("^Mở "))

    def seals(self, round_code: str) -> None:
        """Seal a round that nothing blocks."""
        self.opens_office(f"/ket-qua/vong/{round_code}/niem-phong")
        self.presses("Chốt vòng chấm")

    def approves(self, number: str) -> None:
        """Record that the list is approved."""
        self.opens_office("/ket-qua/phe-duyet")
        self.fills("Số biên bản hoặc công văn", number)
        self.presses("Ghi nhận phê duyệt")

    def posts_the_list(self) -> None:
        """Hang the approved list on the public notice."""
        self.opens_office("/ket-qua/niem-yet")
        self.presses("Niêm yết danh sách")

    def opens_complaint(self, number: str) -> None:
        """Find a complaint in the list, and open it."""
        self.opens_office("/khieu-nai")
        self.follows(number)

    def answers_complaint(self, number: str, verdict: str, reasons: str) -> None:
        """Answer a complaint with reasons."""
        self.opens_complaint(number)
        self.ticks(verdict)
        self.fills("Nội dung trả lời và lý do", reasons)
        self.presses("Gửi văn bản trả lời")

    def waits_for_the_drawing(self) -> None:
        """Watch the certificates being drawn; without a script by loading the page again."""
        finished = self.main.get_by_role("link", name=re.compile("ZIP"))
        end = time.monotonic() + PATIENCE
        while not self.world.javascript and not finished.count() and time.monotonic() < end:
            self.follows("Tải lại trang để xem đã lập đến đâu")
        expect(finished).to_be_visible(timeout=PATIENCE * 1000)


class Secretary(Staff):
    """Who checks dossiers and runs the rounds."""

    def opens_dossier(self, title: str) -> None:
        """Find a work in the list, and open it."""
        self.opens_office("/ho-so")
        self.follows(title)

    def accepts(self, title: str) -> None:
        """Let a work go to the jury."""
        self.opens_dossier(title)
        self.presses(re.compile("^Xác nhận hợp lệ"))

    def returns(self, title: str, slot: str, reason: str, until: str) -> None:
        """Send a work back for one slot of its dossier."""
        self.opens_dossier(title)
        self.follows("Yêu cầu bổ sung")
        self.ticks(slot)
        self.fills("Cần làm gì (tác giả sẽ đọc)", reason)
        self.main.locator("[name=until]").fill(until)
        self.presses(re.compile("^Yêu cầu bổ sung"))

    def rejects(self, title: str, article: str, reason: str) -> None:
        """Keep a work out, under an article."""
        self.opens_dossier(title)
        self.follows("Loại tác phẩm")
        self.ticks(article)
        self.fills("Lý do (tác giả sẽ đọc)", reason)
        self.presses(re.compile("^Loại tác phẩm"))

    def takes_in_accepted_works(self) -> None:
        """Bring the accepted works into the first round."""
        self.opens_office("/cham-giai")
        self.presses(re.compile("tác phẩm hợp lệ vào vòng$"))

    def sends_on(self, round_code: str) -> None:
        """Send the best works of a sealed round on to the next."""
        self.opens_office(f"/ket-qua/vong/{round_code}/vao-vong-sau")
        self.presses("Đưa các tác phẩm này vào vòng sau")


class Organizer(Staff):
    """Who founds the contest and answers for it."""

    def begins_the_contest(self, name: str, short_name: str) -> None:
        """Make a contest of the ready regulation."""
        self.opens("/cuoc-thi/moi")
        self.ticks(presets.title("quang_ngai_2025"))
        self.fills("Tên đầy đủ của cuộc thi", name)
        self.fills("Tên ngắn, hiện ở đầu các trang", short_name)
        self.fills("Địa chỉ", SLUG)
        self.presses("Tạo cuộc thi")

    def invites(self, role: str, *people: Person) -> None:
        """Write to people and offer them a role."""
        for person in people:
            self.opens_office("/nhan-su/moi")
            self.fills("Thư điện tử", person.email)
            self.fills("Họ và tên", person.name)
            self._ticks(self.main.get_by_role("radio", name=role, exact=True))
            self.presses("Gửi lời mời")
