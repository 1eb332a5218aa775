"""The secretariat's doors to the jury room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from contest.database import db
from contest.judging import queries
from contest.judging.models import Assignment, PanelMember, Reopening, Round, RoundEntry
from contest.mail import Letter
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_round, make_sheet
from tests.makers.regulations import make_contest


def office(room: Any, end: str = "") -> str:
    return f"/{room.contest.slug}/ban-thu-ky/cham-giai{end}"


PAGES = [
    "",
    "/so_khao",
    "/so_khao/mo",
    "/so_khao/hoi-dong/BAO_IN",
    "/so_khao/phan-cong/BAO_IN",
    "/so_khao/chia-deu",
    "/so_khao/chia-deu?hd=BAO_IN",
    "/so_khao/tac-pham/{entry}",
    "/so_khao/mo-lai/{assignment}",
]


def address(room: Any, page: str) -> str:
    return office(room, page.format(entry=room.entry.id, assignment=room.assignment.id))


@pytest.mark.parametrize("page", PAGES)
def test_staff_and_observers_read_every_page_and_nobody_else_finds_it(room, browser, page):
    for role in ("secretary", "organizer", "observer"):
        assert browser(make_member(room.contest, role)).get(address(room, page)).status_code == 200
    for user in (room.juror, make_user(), make_member(room.contest, "outlet")):
        assert browser(user).get(address(room, page)).status_code == 404
    assert browser().get(address(room, page)).status_code == 302


@pytest.mark.parametrize(
    "page", ["/so_khao/mo", "/so_khao/hoi-dong/BAO_IN", "/so_khao/chia-deu", "/so_khao/mo-lai/{assignment}"]
)
def test_an_observer_changes_nothing(room, browser, page):
    observer = browser(make_member(room.contest, "observer"))

    assert observer.post_form(address(room, page)).status_code == 403


@pytest.mark.parametrize(
    "page",
    [
        "/khong_co",
        "/khong_co/mo",
        "/chung_khao",
        "/so_khao/hoi-dong/KHONG_CO",
        "/so_khao/phan-cong/KHONG_CO",
        "/so_khao/chia-deu?hd=KHONG_CO",
        "/so_khao/tac-pham/99999",
        "/so_khao/mo-lai/99999",
    ],
)
def test_what_does_not_exist_is_not_found(room, browser, page):
    assert browser(room.secretary).get(office(room, page)).status_code == 404


def test_no_page_of_the_office_shows_a_mark(room, browser):
    make_sheet(room.assignment, {"bam_sat": 1350, "phat_hien": 2450}, comment="Ý kiến kín")
    page = browser(room.secretary)

    for path in PAGES:
        page.get(address(room, path))
        assert [word for word in ("13,5", "24,5", "38,0", "Ý kiến kín") if word in page.text] == []


# From accepted works to an open round ------------------------------------------------------------------------------


def test_a_round_is_prepared_and_opened_in_the_pages(app, browser):
    contest = make_contest()
    secretary = make_member(contest, "secretary")
    jurors = [make_member(contest, "juror", name=f"Giám khảo {number}") for number in range(5)]
    works = [make_entry(contest, make_user()) for _ in range(3)]
    base = f"/{contest.slug}/ban-thu-ky/cham-giai"
    page = browser(secretary)

    assert page.post_form(base, action="/nhan-tac-pham").status_code == 303
    chosen = [juror.id for juror in jurors]
    answer = page.post_form(f"{base}/so_khao/hoi-dong/BAO_IN", {"members": chosen, "chair": jurors[1].id})
    assert answer.status_code == 303
    assert page.post_form(f"{base}/so_khao/chia-deu?hd=BAO_IN").status_code == 303
    assert page.post_form(f"{base}/so_khao/mo").status_code == 303

    round_ = db.session.scalars(select(Round)).one()
    assert round_.opened_at is not None
    assert db.session.scalar(select(func.count()).select_from(RoundEntry)) == len(works)
    assert sorted(queries.loads_of(round_).values()) == [1, 2, 2, 2, 2]
    assert db.session.scalars(select(PanelMember.user_id).where(PanelMember.chair)).all() == [jurors[1].id]
    told = db.session.scalars(select(Letter.to).where(Letter.key.startswith("judging:assigned"))).all()
    assert sorted(told) == sorted(juror.email for juror in jurors)


def test_opening_without_panels_says_which_are_missing(room, browser):
    room.round.opened_at = room.round.version_id = None
    db.session.execute(PanelMember.__table__.delete())
    db.session.commit()
    page = browser(room.secretary)

    answer = page.post_form(office(room, "/so_khao/mo"))

    assert answer.status_code == 422
    assert "Báo in" in page.soup.find(class_="error-summary").get_text()


@pytest.mark.parametrize(
    "fields",
    [{"members": [], "chair": None}, {"members": ["x"], "chair": "1"}, {"members": ["99999"], "chair": "99999"}],
)
def test_a_panel_that_cannot_be_is_answered_with_a_sentence(room, browser, fields):
    page = browser(room.secretary)

    assert page.post_form(office(room, "/so_khao/hoi-dong/BAO_IN"), fields).status_code == 422
    assert page.soup.find(class_="error-summary") is not None
    assert db.session.scalar(select(func.count()).select_from(PanelMember)) == 3


# Assigning ---------------------------------------------------------------------------------------------------------


def test_jurors_of_a_work_are_chosen_by_hand(room, browser):
    page = browser(room.secretary)

    answer = page.post_form(
        office(room, f"/so_khao/tac-pham/{room.entry.id}"), {"jurors": [room.jurors[1].id, room.jurors[2].id]}
    )

    assert answer.status_code == 303
    assert set(db.session.scalars(select(Assignment.juror_id))) == {room.jurors[1].id, room.jurors[2].id}


def test_a_juror_with_a_sheet_is_not_taken_off_by_hand(room, browser):
    make_sheet(room.assignment)
    page = browser(room.secretary)

    answer = page.post_form(office(room, f"/so_khao/tac-pham/{room.entry.id}"), {"jurors": [room.jurors[1].id]})

    assert answer.status_code == 422
    assert db.session.scalars(select(Assignment.juror_id)).all() == [room.juror.id]


def test_a_juror_in_conflict_cannot_be_chosen(room, browser):
    room.entry.owner_id = room.jurors[1].id
    db.session.commit()
    page = browser(room.secretary)
    page.get(office(room, f"/so_khao/tac-pham/{room.entry.id}"))
    assert page.soup.find(id=f"juror-{room.jurors[1].id}").has_attr("disabled")

    answer = page.send({"jurors": [room.juror.id, room.jurors[1].id]})

    assert answer.status_code == 422
    assert db.session.scalars(select(Assignment.juror_id)).all() == [room.juror.id]


def test_a_proposal_names_the_work_that_cannot_be_served(room, browser):
    make_assignment(room.round, room.entry, room.jurors[1], recused_at=room.during)
    page = browser(room.secretary)

    page.get(office(room, "/so_khao/chia-deu?hd=BAO_IN"))

    row = page.soup.find("th", string=None, attrs={"role": "rowheader"}).find_parent("tr")
    assert row.find("a", class_="t").get_text() == room.entry.title
    assert row.find("td", class_="num").get_text() == "1"


def test_a_proposal_that_changed_is_shown_anew_instead_of_confirmed(room, browser):
    page = browser(room.secretary)
    page.get(office(room, "/so_khao/chia-deu?hd=BAO_IN"))
    make_assignment(room.round, room.entry, room.jurors[1])

    assert page.send().status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 2
    assert page.send().status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Assignment)) == 3


# Progress, reminders, extra time -----------------------------------------------------------------------------------


def test_the_board_counts_by_panel_and_juror(room, browser):
    make_sheet(room.assignment)
    make_assignment(room.round, room.entry, room.jurors[1])
    page = browser(room.secretary)

    page.get(office(room, "/so_khao"))

    assert [cell.get_text() for cell in page.soup.select("tfoot td")] == ["2", "1", "50,0%"]
    assert page.soup.select_one(".chart svg[role=img]")["aria-label"]


def test_reminders_go_to_those_who_are_not_done_and_once_a_day(room, browser):
    make_sheet(room.assignment)
    make_assignment(room.round, room.entry, room.jurors[1])
    page = browser(room.secretary)

    for _ in range(2):
        assert page.post_form(office(room, "/so_khao"), action="/nhac").status_code == 303

    reminded = db.session.scalars(select(Letter.to).where(Letter.key.startswith("judging:reminder"))).all()
    assert reminded == [room.jurors[1].email]


def test_extra_time_is_given_with_a_reason(room, browser):
    page = browser(room.secretary)
    until = (room.closes + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M")

    answer = page.post_form(
        office(room, f"/so_khao/mo-lai/{room.assignment.id}"), {"until": until, "reason": "Mất điện ở Ba Tơ"}
    )

    assert answer.status_code == 303
    assert db.session.scalars(select(Reopening.until)).all() == [room.closes + timedelta(hours=6)]
    letter = db.session.scalars(select(Letter).where(Letter.key.startswith("judging:reopened"))).one()
    assert letter.to == room.juror.email
    assert "Mất điện ở Ba Tơ" in letter.text


@pytest.mark.parametrize(
    "fields",
    [
        {"until": "", "reason": "x"},
        {"until": "mai", "reason": "x"},
        {"until": "2020-01-01T10:00", "reason": "x"},
        {"until": "2025-09-30T10:00", "reason": ""},
        {"until": "2025-09-30T10:00", "reason": "x" * 2000},
    ],
)
def test_extra_time_that_cannot_be_is_answered_at_its_field(room, browser, fields):
    page = browser(room.secretary)

    answer = page.post_form(office(room, f"/so_khao/mo-lai/{room.assignment.id}"), fields)

    assert answer.status_code == 422
    assert page.soup.find(class_="invalid-text") is not None
    assert db.session.scalars(select(Reopening.id)).all() == []


def test_a_later_round_does_not_take_in_works_by_hand(room, browser):
    make_round(room.contest, "chung_khao", opened=False)
    make_entry(room.contest, make_user())
    page = browser(room.secretary)
    page.get(office(room))
    form = page.fill(page.form(action="/nhan-tac-pham")).to_dict()

    assert page.request("POST", office(room, "/chung_khao/nhan-tac-pham"), data=form).status_code == 404
