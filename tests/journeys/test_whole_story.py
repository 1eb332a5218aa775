"""The whole story, from an empty instance to a prize that is taken back, in real browsers, with and without scripts.

Every act on the way to the wall is taken by its page; a complaint turns the posted list round, and what a decision
takes away afterwards is told wherever somebody looks for it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser

from contest.clock import ZONE
from tests.journeys.people import (
    PASSWORD,
    SLUG,
    Author,
    Chair,
    Juror,
    Organizer,
    Person,
    Reader,
    Secretary,
    ToldWork,
    World,
)
from tests.postbox import Postbox
from tests.server import Server

Somebody = TypeVar("Somebody", bound=Person)
Meet = Callable[..., Any]

OUTLETS = (
    "Báo Quảng Ngãi;Báo in, báo điện tử\nĐài PT-TH Quảng Ngãi;Phát thanh, truyền hình;;18/05/2025;Báo Quảng Ngãi\n"
)
JURORS = ("Lê Thị Hòa", "Phan Văn Đức", "Võ Thanh Sơn", "Bùi Hải Yến")
EVERY_FILE = {
    "Bản chụp toàn trang": ("Trang 1.pdf",),
    "Ảnh, âm thanh, video kèm bài": ("Bến quế.jpg", "Lời kể.mp3", "Đường làng.mp4"),
}

CINNAMON = ToldWork(
    title="Người giữ rừng quế Trà Bồng",
    summary="Ông Hồ Văn Nam vận động cả bản trồng lại quế bản địa, mười năm sau rừng khép tán.",
    exemplar="Hồ Văn Nam",
    address="https://baoquangngai.vn/nguoi-giu-rung-que.html",
    authors=(("Nguyễn Thị Bích Đào", "Trà Giang"), ("Trương Quang Ưng", "")),
    files=EVERY_FILE,
)
ROAD = ToldWork(
    title="Con đường mười bảy hộ hiến đất",
    summary="Cán bộ dân vận xã đi từng nhà, mười bảy hộ hiến đất mở đường vào thôn.",
    exemplar="Phạm Thị Lộc",
    address="https://baoquangngai.vn/con-duong-hien-dat.html",
    authors=(("Nguyễn Thị Bích Đào", "Trà Giang"),),
    files={"Bản chụp toàn trang": ("Trang 2.pdf",)},
)
MARKET = ToldWork(
    title="Phiên chợ không rác",
    summary="Chị em phụ nữ thị trấn vận động tiểu thương bỏ túi ni lông.",
    exemplar="Trần Thị Mười",
    address="https://baoquangngai.vn/phien-cho-khong-rac.html",
    authors=(("Nguyễn Thị Bích Đào", "Trà Giang"),),
    files={"Bản chụp toàn trang": ("Trang 3.pdf",)},
)
TALE = ToldWork(
    title="Chuyện kể bên bếp lửa",
    summary="Một câu chuyện nghe kể lại, không có nhân vật thật.",
    exemplar="Một già làng",
    address="https://baoquangngai.vn/chuyen-ke-ben-bep-lua.html",
    authors=(("Nguyễn Thị Bích Đào", "Trà Giang"),),
    files={"Bản chụp toàn trang": ("Trang 4.pdf",)},
)

COUNCIL = 3
"""Members of the final council; one juror is left who never had the best works."""

FLAWLESS = ("20", "25", "20", "20", "15")  # 100
EXCELLENT = ("19", "23,5", "19", "19", "14")  # 94,5 of 100
GOOD = ("17", "20", "16", "16", "12")  # 81
FAIR = ("14", "17", "13", "14", "10")  # 68


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell the story with scripts, and with ``--long`` without them as well."""
    if "meet" in metafunc.fixturenames:
        ways = [True, False] if metafunc.config.getoption("--long") else [True]
        names = {True: "with scripts", False: "without scripts"}
        metafunc.parametrize("meet", ways, ids=[names[way] for way in ways], indirect=True)


@pytest.fixture
def meet(request: pytest.FixtureRequest, chromium: Browser, server: Server, postbox: Postbox) -> Iterator[Meet]:
    """Let people come, each with a browser of their own; nobody may have complained in the end.

    With ``--long``, where scripts run, each kind of page is looked over for flaws as well.
    """
    looked_over = request.param and request.config.getoption("--long")
    world = World(chromium, server.url, postbox, javascript=request.param, seen=set() if looked_over else None)
    present: list[Person] = []

    def meet_somebody(kind: type[Somebody], *names: str) -> Somebody:
        somebody = kind(world, *names)
        present.append(somebody)
        return somebody

    yield meet_somebody
    complaints = [complaint for person in present for complaint in person.complaints]
    for person in present:
        person.leaves()
    assert complaints == []


def at(day: int, month: int, hour: int = 9, minute: int = 0) -> datetime:
    """Give a moment of 2025, Vietnamese time."""
    return datetime(2025, month, day, hour, minute, tzinfo=ZONE)


def test_a_work_goes_from_registration_to_the_wall_and_a_prize_is_taken_back(
    meet: Meet, server: Server, papers: Path, tmp_path: Path
) -> None:
    organizer = meet(Organizer, "Trần Hoài Giang", "bantochuc@example.vn")
    secretary = meet(Secretary, "Ngô Hoài Khuê", "thuky@example.vn")
    author = meet(Author, "Nguyễn Thị Bích Đào", "bichdao@example.vn")
    chair = meet(Chair, "Lương Quốc Bình", "chutich@example.vn")
    jurors = [chair, *(meet(Juror, name, f"giamkhao{n}@example.vn") for n, name in enumerate(JURORS, 1))]
    reader = meet(Reader, "Võ Thị Thu Hà", "thuha@example.vn")

    server.set_clock(at(25, 7))
    found_the_contest(server, organizer)
    gather_the_people(organizer, secretary, chair, jurors)
    codes = enter_works(server, author, papers, tmp_path)
    screen_works(server, secretary, author, codes, papers)
    other = judge_preliminary(server, secretary, chair, jurors)
    judge_final(server, secretary, chair, [juror for juror in jurors if juror is not other][:COUNCIL])
    post_the_list(server, organizer, secretary, reader)
    complain_and_mark_again(server, organizer, secretary, reader, other, papers)
    decide_and_publish(server, organizer, secretary, author, reader)
    paper = check_certificate(author, reader, tmp_path)
    take_a_prize_back(server, organizer, author, reader, paper)
    for check in (("audit", "verify"), ("invariants",)):
        assert server.command(*check).returncode == 0


def found_the_contest(server: Server, organizer: Organizer) -> None:
    """From nothing to a regulation in force."""
    server.start()
    made = server.command(
        "user", "create", "--email", organizer.email, "--name", organizer.name, "--password-stdin", text=PASSWORD + "\n"
    )
    assert made.returncode == 0, made.stderr

    organizer.begins_the_contest("Cuộc thi báo chí viết về tấm gương “Dân vận khéo” tỉnh Quảng Ngãi", "Dân vận khéo")
    organizer.opens_office("/the-le/lich")
    organizer.fills("Lễ trao giải", "16/10/2025")
    organizer.presses("Lưu lịch vào bản thảo")
    organizer.opens_office("/the-le/vong-cham")
    final = organizer.main.get_by_role("group", name="Vòng 2: Chung khảo")
    for label in ("Số giám khảo của tiểu ban", "chấm mỗi tác phẩm", "Số phiếu cần có"):
        organizer.fills(label, str(COUNCIL), final)
    organizer.presses("Lưu vào bản thảo")
    organizer.opens_office("/the-le/cong-bo")
    organizer.fills("Số giám khảo khác chấm lại, ít nhất", "1")
    organizer.ticks("Người đạt giải xác nhận nội dung in về mình")
    organizer.presses("Lưu vào bản thảo")
    organizer.opens_office("/the-le/van-ban")
    organizer.fills("Họ tên người ký", "Phạm Trường Giang")
    organizer.presses("Lưu vào bản thảo")
    organizer.opens_office("/the-le/ban-hanh")
    organizer.fills("Số quyết định", "01-QĐ/BTC")
    organizer.fills("Ngày quyết định", "25/7/2025")
    organizer.fills("Người ký", "Phạm Trường Giang")
    organizer.presses("Ban hành phiên bản 1")
    organizer.opens(f"/{SLUG}/the-le")
    organizer.reads("01-QĐ/BTC", "ngày 16 tháng 10 năm 2025")

    organizer.opens_office("/nhan-su/co-quan-bao-chi/nhap")
    organizer.fills("Danh sách dạng CSV", OUTLETS)
    organizer.presses("Nhập danh sách này")
    organizer.reads("Báo Quảng Ngãi")


def gather_the_people(organizer: Organizer, secretary: Secretary, chair: Chair, council: list[Juror]) -> None:
    """Everybody opens the letter that invites, and accepts."""
    organizer.invites("Ban Thư ký", secretary)
    organizer.invites("Trưởng tiểu ban", chair)
    organizer.invites("Giám khảo", *council[1:])
    for person in (secretary, *council):
        person.accepts_the_invitation()
    organizer.opens_office("/nhan-su")
    organizer.reads(secretary.name, *(juror.name for juror in council))


def enter_works(server: Server, author: Author, papers: Path, folder: Path) -> dict[str, str]:
    """The author registers and sends four works; the receipt lies in the page, in a PDF and in a letter."""
    server.set_clock(at(5, 8))
    author.registers()
    codes = {work.title: author.enters(work, papers) for work in (CINNAMON, ROAD, MARKET, TALE)}
    assert sorted(codes.values()) == [f"BĐT-{number:04d}" for number in range(1, 5)]

    code = codes[CINNAMON.title]
    letter = author.receives_letter(f"{code}")
    author.opens_the_link_of(letter)
    author.reads(code, CINNAMON.title)
    receipt = text_of(author.downloads(re.compile("Phiếu tiếp nhận"), folder / "receipt.pdf"))
    fingerprint = re.search(r"[0-9a-f]{64}", letter.get_content())
    assert fingerprint is not None
    for words in (code, CINNAMON.title, author.name):
        assert words in receipt
    assert fingerprint.group() in receipt.replace(" ", "")
    return codes


def screen_works(server: Server, secretary: Secretary, author: Author, codes: dict[str, str], papers: Path) -> None:
    """Two works are valid, one is completed first, one is kept out."""
    server.set_clock(at(17, 8))
    secretary.opens_dossier(CINNAMON.title)
    secretary.reads("Bến quế.jpg", "Lời kể.mp3", "Đường làng.mp4", "Trương Quang Ưng")
    secretary.accepts(CINNAMON.title)
    secretary.accepts(MARKET.title)
    secretary.returns(
        ROAD.title, "Bản chụp toàn trang", "Trang 1 thiếu phần cuối bài, hãy gửi thêm trang 2.", "19/8/2025"
    )
    secretary.rejects(TALE.title, "Điều 4", "Bài không có nhân vật thật.")
    author.receives_letter(codes[CINNAMON.title])
    assert "không có nhân vật thật" in author.receives_letter("Bài không có nhân vật thật").get_content()

    server.set_clock(at(18, 8))
    author.completes(codes[ROAD.title], "Bản chụp toàn trang", papers / "Trang 5.pdf")
    secretary.accepts(ROAD.title)


def judge_preliminary(server: Server, secretary: Secretary, chair: Chair, panel: list[Juror]) -> Juror:
    """Three of five jurors mark each work; one of them differs, and the chair settles it.

    :return: a juror who did not have the work about which somebody will complain
    """
    server.set_clock(at(20, 8, 15))
    secretary.takes_in_accepted_works()
    secretary.forms_panel("so_khao", "BAO_DIEN_TU", [juror.name for juror in panel], chair.name)
    secretary.spreads_works("so_khao")
    secretary.opens_round("so_khao")
    for juror in panel:
        juror.receives_letter("/ban-cham")

    server.set_clock(at(25, 8))
    differing, others = True, []
    for juror in panel:
        titles = juror.sees_the_desk()
        if ROAD.title not in titles and juror is not chair:
            others.append(juror)
        for title in titles:
            marks = {CINNAMON.title: EXCELLENT, ROAD.title: GOOD, MARKET.title: FAIR}[title]
            if title == CINNAMON.title and differing:
                marks, differing = FAIR, False
            juror.scores(title, marks, "Có nhân vật, có chi tiết.")

    server.set_clock(at(5, 9, 18))
    secretary.opens_office("/ket-qua/vong/so_khao/niem-phong")
    secretary.reads(CINNAMON.title, "Điểm chênh lệch")
    chair.opens_office("/ket-qua/vong/so_khao")
    chair.finds_nothing_of("94,5", "68")
    chair.settles_discrepancy("so_khao", "Ba giám khảo đã đọc lại và giữ nguyên nhận định của mình.")
    secretary.seals("so_khao")
    secretary.reads("68,00")
    secretary.sends_on("so_khao")
    return others[0]


def judge_final(server: Server, secretary: Secretary, chair: Chair, council: list[Juror]) -> None:
    """All members mark both works alike, so the chair records which comes first."""
    server.set_clock(at(6, 9))
    secretary.forms_panel("chung_khao", "BAO_DIEN_TU", [juror.name for juror in council], chair.name)
    secretary.spreads_works("chung_khao")
    secretary.opens_round("chung_khao")

    server.set_clock(at(10, 9))
    for juror in council:
        for title in juror.sees_the_desk():
            juror.scores(title, EXCELLENT)

    server.set_clock(at(18, 9, 18))
    secretary.opens_office("/ket-qua/vong/chung_khao/niem-phong")
    secretary.reads(CINNAMON.title, ROAD.title)
    chair.settles_tie("chung_khao", CINNAMON.title, "Hội đồng biểu quyết 2/3 phiếu.")
    secretary.seals("chung_khao")


def post_the_list(server: Server, organizer: Organizer, secretary: Secretary, reader: Reader) -> None:
    """Proposed, approved, posted; what comes later says what it waits for."""
    server.set_clock(at(19, 9))
    organizer.opens_office("/ket-qua/de-xuat")
    organizer.presses("Đề xuất danh sách này")
    organizer.reads(CINNAMON.title, "Giải A", "Giải B")
    organizer.approves("12-BB/BTC")
    server.set_clock(at(20, 9))
    secretary.posts_the_list()
    assert reader.reads_the_notice() == {CINNAMON.title: "Giải A", ROAD.title: "Giải B"}
    reader.reads("Trương Quang Ưng", "04/10/2025")
    reader.finds_nothing_of("15.000.000", "94,5")


def complain_and_mark_again(
    server: Server, organizer: Organizer, secretary: Secretary, reader: Reader, other: Juror, papers: Path
) -> None:
    """A reader complains with evidence; another juror marks the work, and the list that is posted anew is another."""
    server.set_clock(at(22, 9))
    reader.complains_about(f"{ROAD.title} (Giải B)", "Phiếu chấm bỏ sót hai kỳ sau của bài.", papers / "Trang 5.pdf")
    reader.reads("Đã nhận khiếu nại KN-0001 của bạn", "02/10/2025")
    code = reader.main.locator("dd.code").inner_text()
    assert code in reader.receives_letter("KN-0001").get_content()

    secretary.opens_complaint("KN-0001")
    secretary.reads(ROAD.title, "bỏ sót hai kỳ sau", "Trang 5.pdf")
    secretary.finds_nothing_of(reader.name)
    secretary.chooses("Người xem xét", secretary.name)
    secretary.presses("Giao xem xét")
    secretary.follows("Cho chấm lại tác phẩm")
    secretary.ticks(other.name)
    secretary.fills("Mở đến", "2025-09-26T17:00")
    secretary.fills("Lý do", "Xem lại hai kỳ sau của bài.")
    secretary.presses("Mời các giám khảo này")
    secretary.reads(other.name, "Đang chấm lại tác phẩm")
    reader.follows_complaint("KN-0001", code)
    reader.reads("Đang chấm lại tác phẩm")

    other.receives_letter("Xem lại hai kỳ sau của bài.")
    assert other.sees_the_desk() == [ROAD.title]
    other.scores(ROAD.title, FLAWLESS)
    organizer.opens_complaint("KN-0001")
    organizer.follows("Kết luận lại vòng chấm")
    organizer.presses("Kết luận lại vòng chấm")
    organizer.reads("2 tác phẩm có kết quả khác trước", "hạng 2, 94,5 điểm, Giải B", "hạng 1, 100 điểm, Giải A")
    reader.opens("/niem-yet")
    reader.reads("Danh sách đang được lập lại")
    reader.finds_nothing_of(CINNAMON.title)

    organizer.approves("13-BB/BTC")
    secretary.posts_the_list()
    assert reader.reads_the_notice() == {ROAD.title: "Giải A", CINNAMON.title: "Giải B"}
    organizer.opens_office("/ket-qua/quyet-dinh")
    organizer.reads("Chưa được", "07/10/2025")
    secretary.answers_complaint("KN-0001", "Khiếu nại đúng", "Đã chấm lại; tác phẩm được xếp Giải A.")
    assert "Đã chấm lại; tác phẩm được xếp Giải A." in reader.receives_letter("Khiếu nại đúng").get_content()
    reader.follows_complaint("KN-0001", code)
    reader.reads("Đã trả lời", "Khiếu nại đúng", "Đã chấm lại; tác phẩm được xếp Giải A.")


def decide_and_publish(
    server: Server, organizer: Organizer, secretary: Secretary, author: Author, reader: Reader
) -> None:
    """Decided, lines confirmed by who is named in them, certificates drawn, published; each step shows what it may."""
    server.set_clock(at(7, 10))
    organizer.opens_office("/ket-qua/quyet-dinh")
    organizer.fills("Số quyết định", "127-QĐ/BTGDVTU")
    organizer.presses("Ghi quyết định")
    secretary.opens_office("/giay-chung-nhan")
    secretary.reads("Chưa được", "2 dòng in chưa được người đạt giải xác nhận")
    secretary.opens_office("/nguoi-dat-giai")
    secretary.presses("Gửi thư cho người đạt giải")
    author.opens_the_link_of(author.receives_letter("nội dung sẽ in trên giấy chứng nhận"))
    for work in (ROAD, CINNAMON):
        author.confirms_line_of(work)
    secretary.opens_office("/giay-chung-nhan")
    secretary.presses("Chuẩn bị giấy chứng nhận")
    secretary.presses("Lập tất cả giấy chứng nhận")
    secretary.waits_for_the_drawing()
    shown_code = secretary.main.locator("code.hash").first.inner_text()
    assert reader.is_answered(f"/tra-cuu/{shown_code}") == 404

    server.set_clock(at(16, 10))
    organizer.opens_office("/ket-qua/cong-bo")
    organizer.presses("Công bố kết quả")
    reader.opens("/ket-qua")
    reader.reads(CINNAMON.title, "Nguyễn Thị Bích Đào", "Trà Giang", "Trương Quang Ưng", "Giải A", ROAD.title)
    reader.finds_nothing_of("15.000.000", "94,5", MARKET.title)


def check_certificate(author: Author, reader: Reader, folder: Path) -> Path:
    """The winner downloads the certificate; a stranger reads its square pattern and finds it genuine.

    :return: the file
    """
    author.receives_letter(f"“{CINNAMON.title}” (BĐT-0001) được trao Giải B")
    author.opens(f"/{SLUG}/giay-chung-nhan")
    mine = author.main.get_by_role("article").filter(has_text=CINNAMON.title)
    paper = author.downloads(re.compile("Tải giấy chứng nhận"), folder / "certificate.pdf", mine)
    subprocess.run(["qpdf", "--check", paper], check=True, capture_output=True)
    printed = " ".join(text_of(paper).split())
    for words in ("GIẢI B", CINNAMON.title, "127-QĐ/BTGDVTU", "Phạm Trường Giang", *dict(CINNAMON.authors)):
        assert words in printed

    subprocess.run(["pdftoppm", "-r", "200", "-png", "-singlefile", paper, folder / "paper"], check=True)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", folder / "paper.png"], check=True, capture_output=True, text=True
    )
    address = read.stdout.strip().partition("#")[0]
    assert address.removeprefix(f"{reader.world.url}/tra-cuu/") in printed
    reader.opens(address)
    reader.reads("Giấy chứng nhận có thật", CINNAMON.title, *dict(CINNAMON.authors))
    return paper


def take_a_prize_back(server: Server, organizer: Organizer, author: Author, reader: Reader, paper: Path) -> None:
    """A prize is revoked: the certificate, its file, the list of what ended and the results all tell."""
    address = reader.page.url
    server.set_clock(at(20, 10))
    organizer.opens_office("/thu-hoi-giai")
    organizer.follows(re.compile(f"^Thu hồi {CINNAMON.title}"))
    organizer.fills("Số quyết định", "140-QĐ/BTGDVTU")
    organizer.fills("Lý do", "Tác phẩm đã đăng trước thời hạn quy định.")
    organizer.presses("Thu hồi giải")

    told = ("Giấy chứng nhận đã bị thu hồi", "140-QĐ/BTGDVTU", "Tác phẩm đã đăng trước thời hạn quy định.")
    reader.opens(address)
    reader.reads(*told)
    reader.looks_at_the_file(paper)
    reader.reads(*told)
    reader.opens("/tra-cuu/thu-hoi")
    reader.reads(address.rpartition("/")[2], "140-QĐ/BTGDVTU")
    reader.opens("/ket-qua")
    reader.reads(ROAD.title, "Giải A", "140-QĐ/BTGDVTU")
    reader.finds_nothing_of(CINNAMON.title)
    assert "140-QĐ/BTGDVTU" in author.receives_letter("Giải thưởng sau đây đã bị thu hồi").get_content()


def text_of(pdf: Path) -> str:
    """Give the text of a PDF, as a reader of screens would have it."""
    return subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
