"""What the script of the desk sends: sheets from a device, and what is taken along without a connection."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contest.database import db
from contest.judging.models import ScoreSheet, SheetDraft
from contest.mail.models import Letter
from tests.makers.accounts import PASSWORD, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_draft, make_sheet

MARKS = {"bam_sat": "17", "phat_hien": "20,5", "hieu_qua": "16", "the_hien": "16", "sang_tao": "7,5"}


@pytest.fixture
def whole(room: Any) -> dict[str, str]:
    """Marks for every criterion of the sheet, as a device sends them."""
    rubric = room.round.rubric("BAO_IN")
    return {f"mark_{criterion.code}": str(criterion.maximum // 200) for criterion in rubric} | {"comment": "Trên xe"}


def post(page: Any, path: str, fields: Any) -> Any:
    token = page.request("GET", "/dang-nhap/tai-cho").json["csrf_token"]
    headers = {"X-CSRFToken": token, "Accept": "application/json", "Content-Type": "application/json"}
    return page.request("POST", path, data=json.dumps(fields), headers=headers)


def sheets(room: Any) -> list[ScoreSheet]:
    db.session.expire_all()
    return list(
        db.session.scalars(select(ScoreSheet).filter_by(assignment_id=room.assignment.id).order_by(ScoreSheet.id))
    )


def draft(room: Any) -> SheetDraft | None:
    db.session.expire_all()
    return db.session.get(SheetDraft, room.assignment.id)


def test_a_sheet_sent_twice_is_one_sheet(room, browser, whole):
    page = browser(room.juror)

    answers = [post(page, room.path("/gui"), whole | {"version": 0, "seen": 0}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.json["revision"] for answer in answers] == [1, 1]
    assert [sheet.comment for sheet in sheets(room)] == ["Trên xe"]


def test_a_sheet_from_a_device_does_not_overwrite_a_draft_that_it_never_saw(room, browser, whole):
    make_draft(room.assignment, {"bam_sat": "11"}, comment="Ở toà soạn", version=2)

    answer = post(browser(room.juror), room.path("/gui"), whole | {"version": 1, "seen": 0})

    assert answer.status_code == 409
    assert answer.json["stored"]["fields"] == {"mark_bam_sat": "11", "comment": "Ở toà soạn"}
    assert sheets(room) == []
    assert draft(room).comment == "Ở toà soạn"


def test_the_button_of_a_page_does_not_overwrite_a_draft_that_it_never_saw(room, browser, whole):
    page = browser(room.juror)
    page.get(room.path())
    make_draft(room.assignment, {"bam_sat": "11"}, comment="Ở toà soạn", version=1)

    answer = page.send(whole, button="send")

    assert answer.status_code == 409
    assert "Ở toà soạn" in page.soup.find("main").get_text()
    assert sheets(room) == []


def test_a_sheet_from_a_device_does_not_overwrite_a_sheet_that_it_never_saw(room, browser, whole):
    make_sheet(room.assignment, 50, comment="Từ máy khác", at=room.during)

    answer = post(browser(room.juror), room.path("/gui"), whole | {"version": 0, "seen": 0})

    assert answer.status_code == 409
    assert (answer.json["stored"]["sent"], answer.json["stored"]["seen"]) == (True, 1)
    assert answer.json["stored"]["fields"]["comment"] == "Từ máy khác"
    assert len(sheets(room)) == 1


def test_a_sheet_that_arrives_after_the_round_stays_a_draft(room, browser, whole):
    room.set_clock(room.closes + timedelta(minutes=1))

    answer = post(browser(room.juror), room.path("/gui"), whole | {"version": 0, "seen": 0})

    assert (answer.status_code, answer.json["kind"], answer.json["version"]) == (422, "closed", 1)
    assert sheets(room) == []
    assert draft(room).comment == "Trên xe"


def test_a_sheet_that_is_not_whole_stays_a_draft(room, browser):
    answer = post(browser(room.juror), room.path("/gui"), {"mark_bam_sat": "17", "version": 0, "seen": 0})

    assert (answer.status_code, answer.json["kind"]) == (422, "refused")
    assert draft(room).marks == {"bam_sat": "17"}


def test_a_sheet_filled_in_by_other_criteria_is_refused(room, browser, whole):
    answer = post(browser(room.juror), room.path("/gui"), whole | {"version": 0, "seen": 0, "rubric": "cu"})

    assert (answer.status_code, answer.json["kind"]) == (422, "rubric")
    assert sheets(room) == []


def test_what_is_taken_along_is_the_jurors_own_and_names_no_author(room, browser):
    other = make_assignment(room.round, make_entry(room.contest, make_user()), room.jurors[1])
    make_draft(room.assignment, {"bam_sat": "17"}, comment="Của tôi", version=4)

    taken = browser(room.juror).request("GET", f"/{room.contest.slug}/ban-cham/mang-theo")

    assert taken.headers["Cache-Control"] == "no-store"
    assert [work["id"] for work in taken.json["works"]] == [room.assignment.id]
    assert other.id not in [work["id"] for work in taken.json["works"]]
    work = taken.json["works"][0]
    assert (work["version"], work["fields"]) == (4, {"mark_bam_sat": "17", "comment": "Của tôi"})
    assert "data-stepper" in taken.json["forms"][work["form"]]
    assert "csrf" not in taken.json["forms"][work["form"]].replace('name="csrf_token">', "").replace("data-csrf", "")


@pytest.mark.parametrize("replacements", [(("blind = false", "blind = true"),)])
def test_of_a_blind_work_a_device_knows_the_alias_alone(room, browser):
    taken = browser(room.juror).request("GET", f"/{room.contest.slug}/ban-cham/mang-theo")

    (work,) = taken.json["works"]
    assert work["title"] == ""
    assert room.entry.title not in taken.get_data(as_text=True)
    assert room.entry.code not in taken.get_data(as_text=True)


def test_the_page_without_a_connection_holds_nothing_of_a_person(room, browser):
    path = f"/{room.contest.slug}/ban-cham/ngoai-tuyen"
    pages = [browser(viewer).request("GET", path).get_data(as_text=True) for viewer in (None, room.juror)]

    assert room.juror.name not in pages[1]
    assert pages[0] == pages[1]


def test_the_worker_may_control_the_desk_and_keeps_only_what_anybody_may_see(room, browser):
    page = browser()
    worker = page.request("GET", f"/{room.contest.slug}/ban-cham/ngoai-tuyen.js")
    shell = json.loads(worker.get_data(as_text=True).partition("= ")[2].partition(";\n")[0])

    assert worker.headers["Service-Worker-Allowed"] == f"/{room.contest.slug}/ban-cham"
    for address in [shell["page"], *shell["assets"]]:
        assert page.request("GET", address, buffered=True).status_code == 200


def test_a_juror_whose_sheet_came_too_late_asks_for_more_time(room, browser):
    room.set_clock(room.closes + timedelta(minutes=1))
    page = browser(room.juror)
    page.get(room.path())
    assert page.soup.find("a", href=room.path("/xin-them-gio")) is not None
    assert page.post_form(room.path("/xin-them-gio"), {"reason": ""}).status_code == 422

    for _time in range(2):
        assert page.post_form(room.path("/xin-them-gio"), {"reason": "Trên xe không có mạng"}).status_code == 303

    letters = list(db.session.scalars(select(Letter).filter_by(to=room.secretary.email)))
    assert ["Trên xe không có mạng" in letter.text for letter in letters] == [True]


def test_who_has_time_left_is_told_to_send(room, browser):
    answer = browser(room.juror).post_form(room.path("/xin-them-gio"), {"reason": "Xin thêm"})

    assert answer.status_code == 422
    assert [letter for letter in db.session.scalars(select(Letter)) if "time_asked" in letter.key] == []


# Signing in in place -------------------------------------------------------------------------------------------------


def test_a_person_goes_on_by_the_password_alone(room, browser, whole):
    page, subject = browser(), room.juror.subject

    answer = post(page, "/dang-nhap/tai-cho", {"account": subject, "password": PASSWORD})

    assert answer.status_code == 200
    assert page.request("GET", "/dang-nhap/tai-cho").json["account"] == subject
    headers = {"X-CSRFToken": answer.json["csrf_token"], "Content-Type": "application/json"}
    sent = page.request("POST", room.path("/gui"), data=json.dumps(whole | {"version": 0}), headers=headers)
    assert sent.status_code == 200


@pytest.mark.parametrize("account", ["mine", "nobody"])
def test_a_wrong_password_in_place_is_counted_like_one_at_the_door(room, browser, account):
    subject = room.juror.subject if account == "mine" else account
    answers = [post(browser(), "/dang-nhap/tai-cho", {"account": subject, "password": "sai rồi nhé"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert all(answer.json["error"] for answer in answers)


def test_nobody_signs_in_in_place_over_somebody_else(room, browser):
    page = browser(room.secretary)

    answer = post(page, "/dang-nhap/tai-cho", {"account": room.juror.subject, "password": PASSWORD})

    assert answer.status_code == 409
    assert page.request("GET", "/dang-nhap/tai-cho").json["account"] == room.secretary.subject


def test_signing_out_tells_the_browser_to_forget(room, browser):
    page = browser(room.juror)
    page.get("/dang-xuat")

    assert page.send({}).headers["Clear-Site-Data"] == '"storage"'
