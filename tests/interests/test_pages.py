"""The pages on which people declare interests, and on which the chair decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from contest import clock
from contest.clock import ZONE
from contest.database import db
from contest.interests import queries
from contest.interests.kinds import Kind, State
from contest.interests.models import Declaration, Interest, Tie
from contest.judging.models import Assignment
from contest.mail.models import Letter
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.entries import byline, instalment, make_entry
from tests.makers.judging import full_marks, make_assignment, make_panel, make_round
from tests.makers.regulations import make_contest

DURING = datetime(2025, 8, 28, 9, tzinfo=ZONE)


class Room:
    """A round that is open, with a juror who has declared nothing yet."""

    def __init__(self) -> None:
        self.contest = make_contest()
        self.outlet = make_outlet("Báo Kon Tum")
        self.entry = make_entry(
            self.contest,
            make_user(),
            bylines=[byline(name="Huỳnh Thị Bích Trâm", pen_names="")],
            instalments=[instalment(outlet_id=self.outlet.id)],
        )
        self.round = make_round(self.contest, entries=[self.entry])
        self.juror, *self.others = (make_member(self.contest, "juror", name=name) for name in NAMES)
        self.assignment = make_assignment(self.round, self.entry, self.juror, declared=False)
        self.secretary = make_member(self.contest, "secretary", name="Phạm Kiều Oanh")
        self.organizer = make_member(self.contest, "organizer", name="Cao Thiên Ấn")
        self.desk = f"/{self.contest.slug}/ban-cham"
        self.own = f"{self.desk}/xung-dot-loi-ich"
        self.office = f"/{self.contest.slug}/ban-thu-ky/xung-dot"
        self.sheet = f"{self.desk}/{self.assignment.id}"

    @property
    def holders(self) -> set[int]:
        held = select(Assignment.juror_id).where(Assignment.recused_at.is_(None))
        return set(db.session.scalars(held))


NAMES = ("Tạ Quỳnh Lâm", "Lương Viết Thọ", "Nghiêm Tấn Vỹ", "Tôn Thất Đăng")


@pytest.fixture
def room(app):
    clock.set_to(DURING)
    return Room()


def test_a_juror_is_asked_once_before_the_first_sheet_and_led_on_to_it(room, browser):
    juror = browser(room.juror)

    assert "bạn có xung đột lợi ích không" in juror.get(room.desk).text
    asked = juror.get(room.sheet)
    assert asked.status_code == 302
    assert room.own in asked.location

    done = juror.post_form(asked.location, action=f"xong?vong=so_khao&phieu={room.assignment.id}")
    assert done.location.endswith(room.sheet)
    assert juror.get(room.sheet).status_code == 200
    assert "bạn có xung đột lợi ích không" not in juror.get(room.desk).text
    assert len(db.session.scalars(select(Declaration)).all()) == 1


def test_marks_sent_without_a_declaration_are_kept_as_a_draft(room, browser):
    juror = browser(room.juror)
    declared = Declaration(contest_id=room.contest.id, round=room.round.code, user_id=room.juror.id, at=DURING)
    db.session.add(declared)
    db.session.commit()
    juror.get(room.sheet)
    db.session.delete(declared)
    db.session.commit()

    marks = full_marks(room.round, "BAO_IN").items()
    refused = juror.send({f"mark_{code}": mark // 100 for code, mark in marks}, button="send")

    assert refused.status_code == 409
    assert "Điểm đã được giữ làm bản nháp" in refused.text
    db.session.expire_all()
    assert room.assignment.draft is not None
    assert room.assignment.sheets == []


@pytest.mark.parametrize(
    ("prefix", "typed", "action"),
    [
        ("nr", {"outlet": "outlet"}, "/toa-soan"),
        ("ps", {"name": "HUYNH THI BICH TRAM", "relation": "relative"}, "/nguoi-quen"),
        ("wk", {"work": "entry", "kind": "taught", "note": "Học trò cũ"}, "/tac-pham"),
    ],
)
def test_what_a_juror_tells_takes_the_work_off_everything(room, browser, prefix, typed, action):
    make_panel(room.round, [room.juror, *room.others])
    juror = browser(room.juror)
    rows = {"outlet": str(room.outlet.id), "entry": str(room.entry.id)}
    fields = {f"{prefix}-{name}": rows.get(value, value) for name, value in typed.items()}

    assert juror.post_form(room.own, fields, action=action).status_code == 303

    db.session.expire_all()
    assert queries.barred(room.contest, room.juror) == {room.entry.id}
    assert room.assignment.recused_at is not None
    assert juror.get(room.sheet).status_code == 404
    assert room.entry.title not in juror.get(room.desk).text
    assert room.entry.title not in juror.get(room.own).text


def test_a_person_without_a_work_is_answered_like_one_with_a_work(room, browser):
    juror = browser(room.juror)
    said = []
    for name in ("Huỳnh Thị Bích Trâm", "Mai Thị Không Dự"):
        answer = juror.post_form(room.own, {"ps-name": name, "ps-relation": "taught"}, action="/nguoi-quen")
        juror.get(answer.location)
        said.append(juror.text.split("Điều bạn đã khai")[0])
    assert said[0] == said[1]


def test_what_was_told_is_taken_back(room, browser):
    juror = browser(room.juror)
    juror.post_form(room.own, {"nr-outlet": str(room.outlet.id), "nr-until": "2024"}, action="/toa-soan")
    assert "đến năm 2024" in juror.get(room.own).text

    tie = db.session.scalars(select(Tie)).one()
    juror.post_form(room.own, action="/rut/khai")

    db.session.expire_all()
    assert tie.ended_at is not None
    assert queries.barred(room.contest, room.juror) == frozenset()


def test_a_form_that_is_not_filled_in_says_so_and_keeps_what_was_typed(room, browser):
    juror = browser(room.juror)

    answer = juror.post_form(room.own, {"ps-name": "Nguyễn Văn Hùng"}, action="/nguoi-quen")

    assert answer.status_code == 422
    assert "Nguyễn Văn Hùng" in answer.text
    assert "Hãy chọn quan hệ" in answer.text


def test_a_work_of_which_a_tie_was_found_after_it_was_given_is_not_offered_by_name(room, browser):
    juror = browser(room.juror)
    assert room.entry.title in juror.get(room.own).text
    values = juror.fill(juror.soup.select_one("form[action*='tac-pham']")).to_dict()

    room.juror.person.unit = room.outlet.name
    db.session.commit()

    assert room.entry.title not in juror.get(room.own).text
    chosen = values | {"wk-work": str(room.entry.id), "wk-kind": "declared"}
    answer = juror.client.post(f"{room.own}/tac-pham", data=chosen)
    assert answer.status_code == 422
    assert room.entry.title not in answer.text


def test_secretaries_declare_as_jurors_do_and_others_find_no_such_page(room, browser):
    assert browser(room.secretary).get(room.own).status_code == 200
    assert browser(make_user()).get(room.own).status_code == 404


def test_a_recusal_gives_the_work_on_and_tells_the_secretariat(room, browser):
    make_panel(room.round, [room.juror, *room.others])
    juror = browser(room.juror)

    juror.post_form(f"{room.sheet}/tu-choi", {"reason": "Em tôi"})

    assert room.juror.id not in room.holders
    assert len(room.holders) == room.round.rule.jurors_per_entry
    (letter,) = db.session.scalars(select(Letter).where(Letter.to == room.secretary.email))
    assert room.entry.shown_code in letter.subject
    assert "Đã giao cho" in letter.text


def test_a_recusal_is_told_to_the_organizers_where_no_secretary_may_hear_of_the_work(room, browser):
    make_panel(room.round, [room.juror, *room.others])
    room.secretary.person.unit = room.outlet.name
    db.session.commit()

    browser(room.juror).post_form(f"{room.sheet}/tu-choi", {"reason": "Em tôi"})

    told = select(Letter.to).where(Letter.key.startswith("judging:stepped_back:"))
    assert db.session.scalars(told).all() == [room.organizer.email]


def test_a_recusal_that_nobody_can_follow_says_that_the_work_has_too_few_jurors(room, browser):
    make_panel(room.round, [room.juror])

    browser(room.juror).post_form(f"{room.sheet}/tu-choi", {"reason": "Em tôi"})

    (letter,) = db.session.scalars(select(Letter).where(Letter.to == room.secretary.email))
    assert "không có kết quả" in letter.text


def decide(desk: Any, room: Room, key: str, button: str, reason: str = "Đã hỏi, là cùng một người") -> Any:
    return desk.post_form(room.office, {"ties": key, "reason": reason}, button=f"decision={button}")


def test_the_organizer_confirms_or_waives_a_likeness_with_a_reason(room, browser):
    alike = make_member(room.contest, "juror", name="Huynh Thi Bich Tram")
    key = f"{alike.id}-{room.entry.id}-name"
    desk = browser(room.organizer)
    page = desk.get(room.office).text
    assert "Huynh Thi Bich Tram ~ Huỳnh Thị Bích Trâm" in page
    assert queries.barred(room.contest, alike) == frozenset()

    assert decide(desk, room, key, "confirm", reason="").status_code == 422
    assert decide(desk, room, key, "confirm").status_code == 303
    assert queries.barred(room.contest, alike) == {room.entry.id}

    assert decide(desk, room, key, "waive", reason="Khác năm sinh").status_code == 303
    assert queries.barred(room.contest, alike) == frozenset()
    rows = db.session.scalars(select(Interest).order_by(Interest.id)).all()
    assert [(row.kind, row.state) for row in rows] == [(Kind.name, State.confirmed), (Kind.name, State.waived)]


def test_what_is_neither_confirmed_nor_waived_is_refused(room, browser):
    alike = make_member(room.contest, "juror", name="Huynh Thi Bich Tram")

    answer = decide(browser(room.organizer), room, f"{alike.id}-{room.entry.id}-name", "chữ")

    assert answer.status_code == 422
    assert db.session.scalars(select(Interest)).all() == []


def test_lines_are_filtered_and_searched(room, browser):
    make_member(room.contest, "juror", name="Huỳnh Thị Bích Trâm")
    desk = browser(room.organizer)

    assert "Huỳnh Thị Bích Trâm" in desk.get(f"{room.office}?loc=can-quyet&tim=bich+tram").text
    assert "Không có xung đột" in desk.get(f"{room.office}?loc=da-bo-qua").text
    assert desk.get(f"{room.office}?tim=khong-co-ai&loc=x&trang=7").status_code == 200


def test_nobody_sees_lines_of_themselves_or_of_works_they_may_not_hear_of(room, browser):
    make_member(room.contest, "juror", name="Huỳnh Thị Bích Trâm")
    chair = make_member(room.contest, "chair", name="Huỳnh Thị Bích Trâm", outlet=room.outlet)

    assert room.entry.title in browser(room.organizer).get(room.office).text
    assert room.entry.title not in browser(chair).get(room.office).text


def test_whoever_chairs_a_panel_decides_on_its_works_alone(room, browser):
    make_member(room.contest, "juror", name="Huỳnh Thị Bích Trâm")
    chair, member = room.others[:2]
    make_panel(room.round, [chair, member])

    assert room.entry.title in browser(chair).get(room.office).text
    assert browser(member).get(room.office).status_code == 404
    assert browser(room.secretary).get(room.office).status_code == 404


def test_before_somebody_is_invited_the_works_they_would_be_kept_from_are_counted(room, browser):
    desk = browser(room.organizer)
    asked = {"name": "Huynh Thi Bich Tram", "outlet": room.outlet.id}

    desk.post_form(f"{room.office}/kiem-tra", asked)
    assert desk.text.count(": 1 tác phẩm") == 2

    desk.post_form(f"{room.office}/kiem-tra", {"name": "Không Ai Quen"})
    assert "Chưa thấy gì" in desk.text
