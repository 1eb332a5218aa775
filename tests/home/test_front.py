from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from contest import clock
from contest.database import db
from contest.entries.models import EntryState
from contest.regulations.models import Stage
from tests.makers.accounts import make_member, make_user
from tests.makers.home import make_announcement, make_exemplar, make_story
from tests.makers.judging import make_assignment, make_panel, make_round
from tests.makers.regulations import make_contest
from tests.makers.results import make_published, make_works


def at(*moment: int) -> None:
    clock.set_to(datetime(*moment, tzinfo=UTC))


def headline(visitor) -> str:
    assert visitor.response.status_code == 200
    return " ".join(visitor.soup.h1.get_text().split())


def test_an_empty_instance_says_how_to_begin(browser):
    visitor = browser()

    visitor.get("/")

    assert headline(visitor) == "Ở đây chưa có cuộc thi nào"


def test_the_bare_address_leads_to_the_current_contest(browser):
    contest = make_contest()

    assert browser().get("/").location == f"/{contest.slug}/"


def test_a_contest_without_a_regulation_says_that_it_is_being_prepared(browser):
    contest = make_contest(adopted=False)
    visitor = browser()

    visitor.get(f"/{contest.slug}/")

    assert headline(visitor) == "Cuộc thi đang được chuẩn bị"


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ((2025, 7, 1), "Nhận tác phẩm từ ngày 01/08/2025"),
        ((2025, 8, 11, 3, 24), "Còn bốn ngày để gửi tác phẩm dự thi"),
        ((2025, 8, 15, 16, 29, 30), "Còn 30 phút để gửi tác phẩm dự thi"),
        ((2025, 8, 15, 17, 0), "Đã nhận 0 tác phẩm, Ban Thư ký đang kiểm tra hồ sơ"),
    ],
)
def test_the_headline_says_what_is_true_at_the_moment(browser, moment, sentence):
    contest = make_contest()
    visitor = browser()
    at(*moment)

    visitor.get(f"/{contest.slug}/")

    assert headline(visitor) == sentence


@pytest.mark.parametrize("stage", list(Stage))
def test_the_front_page_stands_in_every_stage_for_everybody(browser, stage):
    contest = make_contest()
    people = [None, *(make_member(contest, role) for role in ("juror", "chair", "secretary", "organizer", "observer"))]
    contest.stage = stage
    db.session.commit()
    address = f"/{contest.slug}/"

    assert {browser(person).get(address).status_code for person in people} == {200}


def test_the_deadline_at_midnight_is_written_as_the_end_of_the_day(browser):
    contest = make_contest()
    visitor = browser()
    at(2025, 8, 11)

    visitor.get(f"/{contest.slug}/")

    assert "Hệ thống đóng nhận lúc 24:00 thứ Sáu, 15/08/2025" in visitor.text


def test_the_countdown_names_days_hours_and_minutes(browser):
    contest = make_contest()
    visitor = browser()
    at(2025, 8, 13, 2, 29, 30)

    visitor.get(f"/{contest.slug}/")

    assert visitor.soup.select_one(".countdown").get_text(" ", strip=True) == "2 ngày 14 giờ 30 phút"


def test_the_step_that_goes_on_is_marked_for_everybody(browser):
    contest = make_contest()
    visitor = browser()
    at(2025, 8, 11)

    visitor.get(f"/{contest.slug}/")
    current = visitor.soup.select(".timeline [aria-current=step]")

    assert [step.b.get_text(strip=True) for step in current] == ["Nhận tác phẩm"]


def test_announcements_and_stories_stand_on_the_front_page(browser):
    contest = make_contest()
    secretary = make_member(contest, "secretary")
    make_announcement(contest, secretary, "Danh sách giám khảo")
    make_announcement(contest, secretary, "Bản nháp chưa đăng", published=False)
    make_story(make_exemplar(contest), secretary)
    visitor = browser()

    visitor.get(f"/{contest.slug}/")

    assert "Danh sách giám khảo" in visitor.text
    assert "Bà trưởng thôn đi từng nhà" in visitor.text
    assert "Bản nháp chưa đăng" not in visitor.text


def test_a_juror_is_told_of_works_to_score_once_the_round_is_opened(browser):
    contest = make_contest()
    juror, (entry,) = make_member(contest, "juror"), make_works(contest, make_user(), 1)
    round_ = make_round(contest, "so_khao", entries=[entry], opened=False)
    make_panel(round_, [juror])
    make_assignment(round_, entry, juror)
    at(2025, 8, 28)
    visitor = browser(juror)

    visitor.get(f"/{contest.slug}/")
    assert "Chấm tác phẩm được phân công" not in visitor.text

    round_.opened_at, round_.version_id, entry.state = clock.now(), contest.version_id, EntryState.RETURNED
    db.session.commit()
    visitor.get(f"/{contest.slug}/")
    assert "Chấm tác phẩm được phân công (còn 1)" in visitor.text


@pytest.mark.parametrize("role", [None, "juror", "secretary", "organizer"])
def test_the_front_page_asks_the_database_little_however_much_there_is_to_tell(browser, role):
    contest, _ = make_published((92,) * 5, (10,) * 5)
    secretary = make_member(contest, "secretary")
    for number in range(6):
        make_announcement(contest, secretary, f"Thông báo {number}")
        make_story(make_exemplar(contest, f"Tấm gương {number}"), secretary)
    visitor = browser(make_member(contest, role) if role else None)
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    assert visitor.get(f"/{contest.slug}/").status_code == 200

    assert len(asked) <= 15
