"""The organizers' pages about the draft, through a browser."""

from __future__ import annotations

import pytest

from contest import clock
from contest.database import db
from contest.regulations import consequences, queries
from tests.makers.accounts import make_member, make_user
from tests.makers.regulations import make_contest

PAGES = ("", "/lich", "/van-ban", "/toan-van", "/xem-truoc", "/ban-hanh")
BASE = "/dvk/ban-thu-ky/the-le"


@pytest.fixture
def organizer(app, browser):
    contest = make_contest(slug="dvk", adopted=False)
    return browser(make_member(contest, "organizer"))


def contest():
    db.session.expire_all()
    return queries.contest_by_slug("dvk")


@pytest.mark.parametrize("page", PAGES)
def test_staff_may_read_and_others_find_nothing(app, browser, page):
    one = make_contest(slug="dvk")

    assert [
        browser(make_member(one, role)).get(BASE + page).status_code for role in ("organizer", "secretary", "observer")
    ] == [200] * 3

    def answers(*roles):
        return [browser(make_member(one, role)).get(BASE + page).status_code for role in roles]

    assert answers("organizer", "secretary", "observer") == [200, 200, 200]
    assert answers("juror", "chair") == [404, 404]
    assert browser(make_user()).get(BASE + page).status_code == 404
    assert browser().get(BASE + page).status_code == 302


@pytest.mark.parametrize("page", ["/lich", "/van-ban", "/toan-van", "/ban-hanh"])
def test_a_secretary_changes_nothing(app, browser, page):
    one = make_contest(slug="dvk", adopted=False)
    secretary = browser(make_member(one, "secretary"))
    secretary.get(BASE + page)
    csrf = secretary.soup.find(attrs={"name": "csrf_token"})

    sent = secretary.request("POST", BASE + page, data={"csrf_token": csrf["value"] if csrf else ""})

    assert sent.status_code in (400, 403)
    assert contest().draft_version == 1


def test_the_calendar_is_set_as_people_write_days(organizer):
    sent = organizer.post_form(
        f"{BASE}/lich",
        {
            "calendar-receipt-closes": "17h00, 14/8/2025",
            "calendar-decision_on": "2025-10-07",
            "rounds-chung_khao-closes": "18-9-2025",
        },
    )

    assert sent.status_code == 303
    text = contest().draft_text
    assert "closes = 2025-08-14T17:00:00}" in text
    assert "decision_on = 2025-10-07" in text
    assert "closes = 2025-09-18\n" in text
    assert text.startswith("# ")


def test_saving_the_calendar_untouched_changes_nothing(organizer):
    before = contest().draft_text

    assert organizer.post_form(f"{BASE}/lich", {}).status_code == 303
    assert contest().draft_text == before
    assert contest().draft_version == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Hãy điền mục này."),
        ("mai", "Hãy viết ngày/tháng/năm, ví dụ 05/06/2025."),
        ("31/11/2025", "Ngày 31/11/2025 không có trong lịch."),
        ("99/99/9999", "không có trong lịch"),
        ("15/8/2025 25:00", "Không có giờ này"),
        ("15/8/2025 sáng sớm", "Hãy viết giờ như 17:00"),
        ("15/8/2025" + " " * 60 + "x", "Hãy viết"),
        ("<script>15/8/2025</script>", "Hãy viết giờ như 17:00"),
    ],
)
def test_a_moment_that_is_none_gets_a_sentence_and_stays_typed(organizer, typed, sentence):
    sent = organizer.post_form(f"{BASE}/lich", {"calendar-receipt-closes": typed})

    assert sent.status_code == 422
    assert sentence in organizer.text
    assert organizer.soup.find(id="calendar-receipt-closes")["value"] == typed
    assert contest().draft_version == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [("calendar-grace_minutes", "-5"), ("calendar-posting_days", "9" * 30), ("calendar-posting_days", "x")],
)
def test_a_number_out_of_range_gets_a_sentence(organizer, name, typed):
    assert organizer.post_form(f"{BASE}/lich", {name: typed}).status_code == 422
    assert "Lỗi:" in organizer.text


def test_dates_that_contradict_each_other_are_saved_and_listed(organizer):
    organizer.post_form(f"{BASE}/lich", {"calendar-ceremony_on": "01/10/2025"})

    organizer.get(f"{BASE}/lich")
    assert "Lễ trao giải" in organizer.soup.find(id="e-calendar-ceremony_on").get_text()
    organizer.get(BASE)
    assert "Bản thảo chưa thành thể lệ" in organizer.text
    assert "calendar.ceremony_on" in organizer.text
    assert "Lễ trao giải (01/10/2025) không được sớm hơn quyết định (06/10/2025)." in organizer.text
    organizer.get(f"{BASE}/ban-hanh")
    assert "Bản thảo chưa ban hành được" in organizer.text


def test_letterhead_and_signer_are_written_into_the_draft(organizer):
    sent = organizer.post_form(
        f"{BASE}/van-ban",
        {
            "letterhead-profile": "state",
            "letterhead-signer_name": "Đinh Thị Ỷ Lan",
            "letterhead-signer_power": "TM. BAN TỔ CHỨC\nTRƯỞNG BAN",
            "name": 'Giải "Trà Khúc" \\ 2025',
        },
    )

    assert sent.status_code == 303
    organizer.get(f"{BASE}/van-ban")
    assert organizer.soup.find(id="letterhead-signer_name")["value"] == "Đinh Thị Ỷ Lan"
    assert organizer.soup.find(id="name")["value"] == 'Giải "Trà Khúc" \\ 2025'
    assert 'signer_power = ["TM. BAN TỔ CHỨC", "TRƯỞNG BAN"]' in contest().draft_text


def test_somebody_elses_saving_is_not_overwritten(organizer):
    organizer.get(f"{BASE}/van-ban")
    opened = organizer.response
    organizer.post_form(f"{BASE}/lich", {"calendar-decision_on": "07/10/2025"})
    organizer.response = opened

    sent = organizer.send({"letterhead-place": "Kon Tum"})

    assert sent.status_code == 422
    assert "Người khác đã lưu bản thảo sau khi bạn mở." in organizer.text
    assert organizer.soup.find(id="letterhead-place")["value"] == "Kon Tum"


def test_the_whole_text_is_saved_with_its_problems_listed(organizer):
    organizer.get(f"{BASE}/toan-van")
    text = contest().draft_text.replace("floor = 90", "floor = 190")

    assert organizer.send({"text": text}).status_code == 303
    organizer.get(f"{BASE}/toan-van")
    assert "prizes[A].floor" in organizer.text
    assert "Mức điểm (190) cao hơn điểm cao nhất mà một tác phẩm có thể đạt ở vòng cuối (100)." in organizer.text
    assert organizer.get(f"{BASE}/xem-truoc").status_code == 404


def test_a_text_that_cannot_be_read_is_kept_in_the_form_and_located(organizer):
    sent = organizer.post_form(f"{BASE}/toan-van", {"text": "format = 1\nname = \n"})

    assert sent.status_code == 422
    assert "dòng 2" in organizer.text
    assert organizer.soup.find(id="text").get_text().strip() == "format = 1\nname ="
    assert contest().draft_version == 1


def test_a_text_without_any_table_still_has_all_pages(organizer):
    organizer.post_form(f"{BASE}/toan-van", {"text": "format = 1"})

    for page in ("", "/lich", "/van-ban", "/toan-van", "/ban-hanh"):
        assert organizer.get(BASE + page).status_code == 200


@pytest.mark.parametrize(
    "hostile",
    [
        'rounds = "x"',
        "rounds = [1]",
        "[[rounds]]\ncode = 1",
        "calendar = 5",
        "[[rounds]]\ncode = 'csrf_token'\nname = 'x'",
    ],
)
def test_a_draft_of_strange_shape_breaks_no_page(organizer, hostile):
    organizer.post_form(f"{BASE}/toan-van", {"text": hostile})

    for page in ("", "/lich", "/van-ban", "/toan-van", "/ban-hanh"):
        assert organizer.get(BASE + page).status_code == 200
    organizer.get(f"{BASE}/lich")
    assert organizer.send({}).status_code in (303, 422)


def test_adopting_takes_number_date_and_signer(organizer):
    today = clock.local(clock.now()).strftime("%d/%m/%Y")

    sent = organizer.post_form(
        f"{BASE}/ban-hanh", {"decision_number": "15-QĐ/BTC", "decision_date": today, "signer": "Phạm Trường Giang"}
    )

    assert sent.status_code == 303
    version = contest().version
    assert (version.number, version.decision_number, version.signer) == (1, "15-QĐ/BTC", "Phạm Trường Giang")
    assert version.adopted_by_id is not None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Hãy điền mục này."),
        ({"decision_date": "01/01/2099"}, "Ngày quyết định không được muộn hơn hôm nay."),
        ({"decision_date": "31/02/2025"}, "không có trong lịch"),
        ({"decision_number": "x" * 121}, "Dài quá: tối đa 120 ký tự."),
    ],
)
def test_a_decision_that_cannot_be_gets_a_sentence(organizer, fields, sentence):
    whole = {"decision_number": "15-QĐ/BTC", "decision_date": "01/03/2021", "signer": "Phạm Trường Giang"}

    sent = organizer.post_form(f"{BASE}/ban-hanh", {**whole, **fields} if fields else {})

    assert sent.status_code == 422
    assert sentence in organizer.text
    assert contest().version is None


def test_an_amendment_shows_what_it_changes(app, browser):
    one = make_contest(slug="dvk")
    organizer = browser(make_member(one, "organizer"))
    text = one.draft_text.replace("works_per_author = 5", "works_per_author = 3")
    organizer.post_form(f"{BASE}/toan-van", {"text": text})

    organizer.get(f"{BASE}/ban-hanh")
    assert "Ban hành phiên bản 2" in organizer.text
    assert "1 thay đổi so với phiên bản 1" in organizer.text
    assert "Giới hạn: số tác phẩm tối đa của một tác giả" in organizer.text


def test_a_decision_that_does_not_say_which_draft_it_is_about_is_refused(organizer):
    today = clock.local(clock.now()).strftime("%d/%m/%Y")

    for version in ("", "0", "x"):
        sent = organizer.post_form(
            f"{BASE}/ban-hanh",
            {"decision_number": "15-QĐ/BTC", "decision_date": today, "signer": "Giang", "draft_version": version},
        )
        assert sent.status_code == 422
        assert contest().version is None


def test_adopting_shows_works_that_the_amendment_concerns(app, browser, monkeypatch):
    def concerned(contest_id, before, after):
        yield consequences.Consequence("BĐT-0042", "Con đường đất", failing=("works_per_author",))

    monkeypatch.setitem(consequences._sources, "tests", concerned)
    one = make_contest(slug="dvk")
    organizer = browser(make_member(one, "organizer"))
    organizer.post_form(f"{BASE}/gioi-han", {"limits-works_per_author": "3"}, button="do=save")

    organizer.get(f"{BASE}/ban-hanh")
    assert "1 tác phẩm sẽ được xét khác đi" in organizer.text
    assert "BĐT-0042 Con đường đất khoản 5 Điều 6" in organizer.text


def test_steps_of_organizers_are_shown_to_organizers_alone(app, browser):
    one = make_contest(slug="dvk")
    for role, shown in (("organizer", True), ("secretary", False), ("observer", False)):
        person = browser(make_member(one, role))
        person.get(BASE)
        assert (role, person.soup.select_one("ol.todo") is not None) == (role, shown)
        assert (role, person.soup.find("a", href=f"{BASE}/ban-hanh") is not None) == (role, shown)


def test_the_draft_in_force_leaves_nothing_to_adopt(app, browser):
    one = make_contest(slug="dvk")
    organizer = browser(make_member(one, "organizer"))

    organizer.get(f"{BASE}/ban-hanh")
    assert "Không có gì để ban hành" in organizer.text
    assert organizer.soup.find(id="decision_number") is None
