"""A meeting of the council: the chair runs it, a member follows on a telephone, another may not hear of one work."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from contest.accounts.models import User
from contest.accounts.roles import Role
from contest.database import transaction
from contest.judging.services import declare_conflict
from tests.axe import flaws
from tests.journeys.people import Person, World
from tests.makers.accounts import PASSWORD, make_member, make_user
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest
from tests.makers.results import make_works
from tests.server import Server

NARROW = {"width": 390, "height": 844}
NEUTRAL = "Hội đồng đang bàn về một tác phẩm mà bạn không tham gia"
WORK = re.compile("sông Re 1")


@dataclass(frozen=True)
class Council:
    """Who meets, by their addresses, and where."""

    desk: str
    chair: str
    member: str
    kept_away: str


@pytest.fixture
def council(server: Server) -> Council:
    """A council of four before a final on two works; it votes by two thirds, and one of them takes no part in one."""
    assert server.command("migrate").returncode == 0
    app = server.application()
    with app.app_context():
        contest = make_contest("bo_phieu")
        now = contest.regulation.round("chung_khao").opens + timedelta(days=1)
        server.set_clock(now)
        members: list[User] = [make_member(contest, Role.CHAIR, name="Bùi Gia Miên")]
        members += [make_member(contest, Role.JUROR, name=f"Ủy viên {letter}") for letter in "BCD"]
        make_member(contest, Role.SECRETARY, name="Hồ Thục Quế")
        works = make_works(contest, make_user(), 2)
        make_panel(make_round(contest, "chung_khao", entries=works), members, "hoi_dong")
        with transaction():
            declare_conflict(members[2], works[0], note="người thân", by=members[2], now=now)
        return Council(f"/{contest.slug}/ban-cham", members[0].email, members[1].email, members[2].email)


def come(world: World, email: str, path: str) -> Person:
    """Sign in, on a browser of one's own."""
    person = Person(world, email, email)
    person.opens(path)
    return person


def headline(person: Person) -> Locator:
    """What the page says that the council is at."""
    return person.main.locator("h1")


def test_a_meeting_is_run_followed_and_minuted(
    chromium: Browser, server: Server, council: Council, tmp_path: Path
) -> None:
    server.start()
    world = World(chromium, server.url, password=PASSWORD)
    chair = come(world, council.chair, f"{council.desk}/phien-hop")

    chair.follows("Triệu tập phiên họp: Chung khảo")
    chair.fills("Nội dung họp", "Xét giải")
    chair.presses("Triệu tập phiên họp")
    chair.follows("Khai mạc phiên họp")
    chair.presses("Khai mạc phiên họp")
    chair.follows("Điểm danh")
    chair.presses("Ghi điểm danh")

    member, kept = come(world, council.member, council.desk), come(world, council.kept_away, council.desk)
    member.page.set_viewport_size(NARROW)
    for person in (member, kept):
        person.reads("Phiên họp đang diễn ra")
        person.follows("Vào phiên họp")

    chair.follows("Sang nội dung tiếp theo")
    subject = chair.main.get_by_label("Tác phẩm hoặc bảng xếp hạng")
    subject.select_option(subject.locator("option", has_text=WORK).get_attribute("value"))
    chair.presses("Bàn nội dung này")
    expect(headline(member)).to_contain_text(WORK)
    expect(headline(kept)).to_have_text(NEUTRAL)
    expect(kept.main).not_to_contain_text(WORK)

    chair.follows("Nêu đề nghị")
    chair.fills("Đề nghị", "Đưa vào diện xét giải A.")
    chair.presses("Đưa ra Hội đồng")
    expect(member.main).to_contain_text("Đưa vào diện xét giải A.")
    expect(kept.main).not_to_contain_text("diện xét giải A")
    chair.follows("Ghi kết quả biểu quyết")
    chair.reads("1 người có mặt không tham gia về tác phẩm này")
    chair.fills("Đồng ý", "3")
    chair.presses("Ghi kết quả")
    expect(member.main).to_contain_text("3 tán thành, 0 không tán thành")

    chair.follows("Mở bỏ phiếu")
    chair.presses("Mở bỏ phiếu")
    for person, works in ((member, 2), (kept, 1)):
        person.main.get_by_role("link", name="Mở phiếu của bạn").click()
        choices = person.main.get_by_label("Đồng ý", exact=True)
        expect(choices).to_have_count(works)
        for place in range(works):
            choices.nth(place).check()
        person.presses("Bỏ phiếu")
        person.opens(f"{council.desk}/phien-hop/1")
    expect(chair.main).to_contain_text("2 trong 4 thành viên có mặt đã bỏ phiếu")
    chair.presses("Kết thúc bỏ phiếu và kiểm phiếu")
    expect(member.main).to_contain_text("2 tán thành, 0 không tán thành")
    expect(kept.main).to_contain_text("2 tán thành, 0 không tán thành")
    expect(kept.main).not_to_contain_text(WORK)

    chair.follows("Bế mạc phiên họp")
    chair.fills("Kết luận của phiên họp", "Thống nhất danh sách đề nghị tặng giải.")
    chair.presses("Bế mạc phiên họp")
    expect(headline(member)).to_have_text("Phiên họp đã kết thúc")
    for person in (chair, member, kept):
        person.opens(f"{council.desk}/phien-hop/1/bien-ban")
        assert flaws(person.page) == []
    minutes = member.downloads("Mở biên bản dạng PDF", tmp_path / "minutes.pdf")
    told = " ".join(
        subprocess.run(["pdftotext", minutes, "-"], check=True, capture_output=True, text=True).stdout.split()
    )
    assert "BIÊN BẢN" in told
    assert "Thống nhất danh sách" in told
    assert kept.is_answered(f"{council.desk}/phien-hop/1/bien-ban.pdf") == 409
    for person in (chair, member, kept):
        assert person.complaints == []
        person.leaves()
