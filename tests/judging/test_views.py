"""The juror's doors, as a juror and as everybody else meets them."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from contest import storage
from contest.database import db, transaction
from contest.judging import services
from contest.judging.marks import written
from contest.judging.models import Assignment, RoundEntry, ScoreSheet, SheetDraft
from contest.storage.models import Derivative
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import full_marks, make_assignment, make_draft, make_sheet

TICK = timedelta(microseconds=1)


def typed(room: Any, share: int = 80, **other: str) -> dict[str, str]:
    marks = full_marks(room.round, "BAO_IN", share)
    return {f"mark_{code}": written(mark) for code, mark in marks.items()} | other


def stored_sheets() -> list[ScoreSheet]:
    return list(db.session.scalars(select(ScoreSheet).order_by(ScoreSheet.id)))


def draft_of(room: Any) -> SheetDraft | None:
    return db.session.get(SheetDraft, room.assignment.id)


def value(page: Any, name: str) -> str:
    field = page.soup.find(attrs={"name": name})
    return field.get_text().strip() if field.name == "textarea" else field.get("value", "")


# The desk ----------------------------------------------------------------------------------------------------------


def test_the_desk_lists_what_is_assigned_and_leads_to_the_next_work(room, browser):
    page = browser(room.juror)

    assert page.get(f"/{room.contest.slug}/ban-cham").status_code == 200
    assert page.soup.find("a", href=room.path()) is not None
    assert room.entry.title in page.text


def test_the_desk_shows_own_totals_and_filters_by_state(room, browser):
    make_sheet(room.assignment, {"bam_sat": 1750, "phat_hien": 2000})
    other = make_entry(room.contest, make_user())
    make_assignment(room.round, other, room.juror)
    page = browser(room.juror)

    page.get(f"/{room.contest.slug}/ban-cham?loc=sent")
    assert room.entry.title in page.text
    assert "37,5" in page.text
    assert other.title not in page.text

    page.get(f"/{room.contest.slug}/ban-cham?loc=todo")
    assert other.title in page.text
    assert room.entry.title not in page.text


def test_an_empty_desk_says_when_there_will_be_work(room, browser):
    page = browser(room.jurors[1])

    assert page.get(f"/{room.contest.slug}/ban-cham").status_code == 200
    assert page.soup.find(class_="empty") is not None


def test_a_round_that_is_not_opened_shows_no_work(room, browser):
    room.round.opened_at = None
    db.session.commit()
    page = browser(room.juror)

    page.get(f"/{room.contest.slug}/ban-cham")
    assert room.entry.title not in page.text
    assert page.get(room.path()).status_code == 404


def test_whoever_is_no_juror_finds_no_desk(room, browser):
    for user in (make_user(), room.secretary, make_member(room.contest, "organizer")):
        assert browser(user).get(f"/{room.contest.slug}/ban-cham").status_code == 404
        assert browser(user).get(room.path()).status_code == 404


def test_a_stranger_is_asked_to_sign_in(room, browser):
    answer = browser().get(room.path())

    assert answer.status_code == 302
    assert "/dang-nhap" in answer.location


# The sheet ---------------------------------------------------------------------------------------------------------


def test_a_sheet_is_filled_in_and_sent_without_a_script(room, browser):
    page = browser(room.juror)

    answer = page.post_form(room.path(), typed(room, comment="Kể hay"), button="send")

    assert answer.status_code == 303
    (sheet,) = stored_sheets()
    assert (sheet.marks, sheet.comment) == (full_marks(room.round, "BAO_IN"), "Kể hay")
    page.get(room.path())
    assert value(page, "mark_bam_sat") == "16"


def test_a_draft_is_saved_without_a_script_and_stands_there_next_time(room, browser):
    page = browser(room.juror)

    page.post_form(room.path(), {"mark_bam_sat": "17,", "comment": "Xem lại"}, button="keep")

    assert stored_sheets() == []
    browser_again = browser(room.juror)
    browser_again.get(room.path())
    assert value(browser_again, "mark_bam_sat") == "17,"
    assert value(browser_again, "comment") == "Xem lại"


def test_pressing_enter_in_a_mark_keeps_a_draft_and_sends_nothing(room, browser):
    page = browser(room.juror)
    page.get(room.path())

    first_button = page.form("keep").find("button", type="submit")

    assert first_button["name"] == "keep"


HOSTILE = [
    "",
    "NaN",
    "1e309",
    "-1",
    "١٧",
    "1.000",
    "17,25",
    "20,5",
    "0,125",
    "inf",
    "17,5,5",
    "<script>alert(1)</script>"[:24],
    "' OR 1=1 --",
    "9" * 24,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_mark_that_is_none_is_answered_at_its_field_with_the_typed_text_kept(room, browser, text):
    page = browser(room.juror)

    answer = page.post_form(room.path(), typed(room, mark_bam_sat=text, comment="Giữ lại"), button="send")

    assert answer.status_code == 422
    field = page.soup.find(attrs={"name": "mark_bam_sat"})
    assert field["aria-invalid"] == "true"
    error = page.soup.find(id="e-mark_bam_sat")
    assert error is not None and len(error.get_text()) > 10
    assert page.soup.select_one(".error-summary a[href='#mark_bam_sat']") is not None
    assert field.get("value", "") == text
    assert value(page, "mark_phat_hien") == "20"
    assert value(page, "comment") == "Giữ lại"
    assert stored_sheets() == []
    assert draft_of(room).comment == "Giữ lại"


@pytest.mark.parametrize(
    ("name", "text"), [("mark_bam_sat", "1" * 500), ("comment", "ă" * 5000), ("version", "x"), ("version", "-1")]
)
def test_what_is_too_long_or_misshapen_is_refused_and_nothing_is_stored(room, browser, name, text):
    page = browser(room.juror)

    answer = page.post_form(room.path(), typed(room) | {name: text}, button="send")

    assert answer.status_code == 422
    assert stored_sheets() == []


def test_columns_of_the_model_sent_along_are_ignored(room, browser):
    page = browser(room.juror)
    page.get(room.path())
    extra = {"revision": "9", "submitted_at": "2020-01-01", "juror_id": "1", "assignment_id": "7", "sha256": "0"}

    page.send(typed(room) | extra, button="send")

    (sheet,) = stored_sheets()
    assert (sheet.assignment_id, sheet.revision) == (room.assignment.id, 1)


def test_a_late_sheet_stays_a_draft_with_a_sentence(room, browser):
    room.set_clock(room.closes - timedelta(minutes=1))
    page = browser(room.juror)
    page.get(room.path())
    room.set_clock(room.closes + timedelta(seconds=1))

    answer = page.send(typed(room), button="send")

    assert answer.status_code == 409
    assert page.soup.find(class_="error-summary") is not None
    assert value(page, "mark_bam_sat") == "16"
    assert stored_sheets() == []
    assert draft_of(room).marks["bam_sat"] == "16"


def test_after_closing_there_is_no_button_to_send_and_still_one_to_keep(room, browser):
    room.set_clock(room.closes + timedelta(minutes=1))
    page = browser(room.juror)
    page.get(room.path())

    assert page.soup.find("button", attrs={"name": "send"}) is None
    assert page.send({"mark_bam_sat": "12"}, button="keep").status_code == 303
    assert draft_of(room).marks == {"bam_sat": "12"}


def test_a_reopened_sheet_can_be_sent(room, browser):
    now = room.closes + timedelta(minutes=1)
    with transaction():
        services.reopen(room.assignment, until=now + timedelta(hours=5), reason="Mất điện", by=room.secretary, now=now)
    room.set_clock(now)

    assert browser(room.juror).post_form(room.path(), typed(room), button="send").status_code == 303
    assert len(stored_sheets()) == 1


def test_a_correction_asks_for_its_reason_and_keeps_the_earlier_sheet(room, browser):
    make_sheet(room.assignment, 70, at=room.opens)
    page = browser(room.juror)

    answer = page.post_form(room.path(), typed(room, 80), button="send")
    assert answer.status_code == 422
    assert page.soup.find(id="e-reason") is not None
    assert value(page, "mark_bam_sat") == "16"

    assert page.send({"reason": "Cộng nhầm"}, button="send").status_code == 303
    assert [(sheet.revision, sheet.reason) for sheet in stored_sheets()] == [(1, ""), (2, "Cộng nhầm")]
    page.get(room.path())
    assert "Cộng nhầm" in page.text


def test_sending_the_same_page_twice_makes_one_sheet(room, browser):
    page = browser(room.juror)
    page.get(room.path())
    form = page.fill(page.form("send")).to_dict() | typed(room) | {"send": "1"}

    first = page.request("POST", room.path(), data=form)
    second = page.request("POST", room.path(), data=form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(stored_sheets()) == 1


def test_a_second_window_does_not_overwrite_the_sheet_of_the_first(room, browser):
    first, second = browser(room.juror), browser(room.juror)
    first.get(room.path())
    second.get(room.path())
    first.send(typed(room, 80), button="send")

    answer = second.send(typed(room, 60), button="send")

    assert answer.status_code == 409
    assert value(second, "mark_bam_sat") == "12"
    assert [sheet.marks["bam_sat"] for sheet in stored_sheets()] == [1600]


def test_two_windows_with_drafts_see_both_texts_and_choose(room, browser):
    first, second = browser(room.juror), browser(room.juror)
    first.get(room.path())
    second.get(room.path())
    first.send({"mark_bam_sat": "17"}, button="keep")

    answer = second.send({"mark_bam_sat": "12"}, button="keep")
    assert answer.status_code == 409
    assert "17" in second.soup.find(class_="alert-warning").get_text()
    assert value(second, "mark_bam_sat") == "12"

    assert second.send({}, button="keep").status_code == 303
    assert draft_of(room).marks == {"bam_sat": "12"}


def test_another_jurors_sheet_is_not_found_whatever_is_asked(room, browser):
    page = browser(room.jurors[1])
    own = make_assignment(room.round, room.entry, room.jurors[1])
    page.get(f"/{room.contest.slug}/ban-cham/{own.id}")
    form = page.fill(page.form("send")).to_dict() | {"send": "1"}

    assert page.get(room.path()).status_code == 404
    assert page.request("POST", room.path(), data=form).status_code == 404
    assert page.get(room.path("/tu-choi")).status_code == 404
    assert page.get(room.path("/tep/1/page/1")).status_code == 404
    assert page.get(f"/{room.contest.slug}/ban-cham/999999").status_code == 404


def test_a_juror_of_another_contest_does_not_reach_the_sheet_through_their_address(room, browser):
    from tests.makers.regulations import make_contest

    other = make_contest()
    make_member(other, "juror", user=room.juror)

    assert browser(room.juror).get(f"/{other.slug}/ban-cham/{room.assignment.id}").status_code == 404


def test_a_role_taken_away_closes_the_desk_at_once(room, browser):
    page = browser(room.juror)
    assert page.get(room.path()).status_code == 200
    for membership in room.juror.memberships:
        db.session.delete(membership)
    db.session.commit()

    assert page.get(room.path()).status_code == 404


def test_a_work_withdrawn_while_it_is_judged_leaves_the_desk(room, browser):
    room.entry.state = "withdrawn"
    db.session.commit()

    assert browser(room.juror).get(room.path()).status_code == 404


def test_another_jurors_marks_change_nothing_of_what_a_juror_sees(room, browser):
    other = make_assignment(room.round, room.entry, room.jurors[1])
    page = browser(room.juror)
    pages = [f"/{room.contest.slug}/ban-cham", room.path(), f"/{room.contest.slug}/ban-cham?loc=sent"]

    def seen() -> list[str]:
        found = []
        for path in pages:
            page.get(path)
            for volatile in page.soup.select("[name=csrf_token], [data-csrf], .today"):
                volatile.decompose()
            found.append(page.soup.find("main").get_text())
        return found

    before = seen()
    make_sheet(other, 55, comment="Ý kiến riêng")

    assert seen() == before


# Stepping back -----------------------------------------------------------------------------------------------------


def test_stepping_back_asks_for_the_reason_and_closes_the_work(room, browser):
    page = browser(room.juror)
    assert page.post_form(room.path("/tu-choi"), {"reason": ""}).status_code == 422

    assert page.send({"reason": "Tác giả là em tôi"}).status_code == 303

    db.session.expire_all()
    assert db.session.get_one(Assignment, room.assignment.id).recusal_reason == "Tác giả là em tôi"
    for path in ("", "/tu-choi", "/tep/1/page/1"):
        assert page.get(room.path(path)).status_code == 404
    page.get(f"/{room.contest.slug}/ban-cham")
    assert page.soup.find("a", href=room.path()) is None


# Autosave ----------------------------------------------------------------------------------------------------------


def autosave(page: Any, room: Any, fields: Any, *, token: str | None = None, turn: str = "") -> Any:
    if token is None:
        page.get(room.path())
        token = page.soup.find(attrs={"data-csrf": True})["data-csrf"]
    headers = {"X-CSRFToken": token, "Accept": "application/json", "Content-Type": "application/json", "X-Turn": turn}
    return page.request("POST", room.path("/nhap"), data=json.dumps(fields), headers=headers)


def test_what_is_typed_is_saved_while_typing(room, browser):
    answer = autosave(browser(room.juror), room, {"version": 0, "mark_bam_sat": "17,", "comment": "Đang nghe"})

    assert answer.status_code == 200
    assert answer.json["version"] == 1
    assert (draft_of(room).marks, draft_of(room).comment) == ({"bam_sat": "17,"}, "Đang nghe")


def test_a_lost_answer_asked_again_is_no_conflict(room, browser):
    page = browser(room.juror)
    fields = {"version": 0, "mark_bam_sat": "17"}

    assert [autosave(page, room, fields).json["version"] for _ in range(2)] == [1, 1]


def test_a_page_that_is_left_sends_its_last_text_without_knowing_the_version(room, browser):
    page = browser(room.juror)
    autosave(page, room, {"version": 0, "mark_bam_sat": "17"}, turn="a-b 1")

    assert autosave(page, room, {"version": 0, "mark_bam_sat": "18"}, turn="a-b 3").json["version"] == 2
    assert autosave(page, room, {"version": 0, "mark_bam_sat": "1"}, turn="a-b 2").json["turn"] == 3
    assert draft_of(room).marks == {"bam_sat": "18"}
    assert page.get(room.path()) and page.soup.find(attrs={"data-sheet": True})["data-turn"] == "3"
    assert autosave(page, room, {"version": 0, "mark_bam_sat": "1"}, turn="a-b x").status_code == 409


def test_a_second_window_is_told_what_the_first_stored(room, browser):
    make_draft(room.assignment, {"bam_sat": "17"}, comment="Bản một", version=3)

    answer = autosave(browser(room.juror), room, {"version": 2, "mark_bam_sat": "12"})

    assert answer.status_code == 409
    assert answer.json["stored"]["version"] == 3
    assert answer.json["stored"]["fields"] == {"mark_bam_sat": "17", "comment": "Bản một"}


def test_a_script_whose_session_ended_is_told_so_in_json(room, browser):
    page = browser(room.juror)
    page.get(room.path())
    token = page.soup.find(attrs={"data-csrf": True})["data-csrf"]
    page.client.delete_cookie("session", domain="localhost")

    answer = autosave(page, room, {"version": 0}, token=token)

    assert answer.status_code in (400, 401)
    assert answer.json["error"]
    assert draft_of(room) is None


def test_a_draft_needs_the_token_of_the_page(room, browser):
    assert autosave(browser(room.juror), room, {"version": 0, "mark_bam_sat": "1"}, token="x").status_code == 400
    assert draft_of(room) is None


@pytest.mark.parametrize("sent", [[], "x", 7, None, {"comment": ["a"]}, {"mark_bam_sat": {"a": 1}}])
def test_a_draft_of_another_shape_is_refused(room, browser, sent):
    assert autosave(browser(room.juror), room, sent).status_code == 400
    assert draft_of(room) is None


def test_a_draft_that_is_too_long_is_refused_with_a_sentence(room, browser):
    answer = autosave(browser(room.juror), room, {"version": 0, "comment": "ă" * 5000})

    assert answer.status_code == 422
    assert answer.json["error"]


# Questions to the database ---------------------------------------------------------------------------------------


def questions(page: Any, path: str) -> int:
    """How many statements a page asks."""
    asked: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    page.get(path)
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert page.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in asked if statement.startswith("SELECT")])


def test_the_pages_ask_the_same_few_questions_however_many_works_there_are(room, browser):
    juror, secretary = browser(room.juror), browser(room.secretary)
    office = f"/{room.contest.slug}/ban-thu-ky/cham-giai"
    paths = [(juror, f"/{room.contest.slug}/ban-cham"), (juror, room.path())]
    paths += [(secretary, office + end) for end in ("", "/so_khao", "/so_khao/phan-cong/BAO_IN")]
    make_sheet(room.assignment)
    few = [questions(page, path) for page, path in paths]

    for _ in range(4):
        entry = make_entry(room.contest, make_user())
        for juror_ in room.jurors:
            make_sheet(make_assignment(room.round, entry, juror_))

    assert [questions(page, path) for page, path in paths] == few
    assert max(few) <= 15


# Files and blindness -----------------------------------------------------------------------------------------------


def make_page(room: Any) -> tuple[int, bytes]:
    """A picture made of the first file of the work."""
    first = room.entry.revision.content["attachments"][0]
    content = b"picture"
    with transaction():
        blob = storage.store(io.BytesIO(content), limit=1000, media_type="image/webp")
        db.session.add(
            Derivative(
                original_sha256=first["sha256"],
                part="page",
                position=1,
                sha256=blob.sha256,
                media_type="image/webp",
                size=len(content),
                width=10,
                height=10,
            )
        )
        db.session.get_one(storage.Blob, first["sha256"]).derived = "done"
    return first["id"], content


def test_a_juror_sees_what_was_made_of_the_files_and_never_an_original(room, browser):
    number, content = make_page(room)
    page = browser(room.juror)
    page.get(room.path())

    picture = page.soup.find("img", src=room.path(f"/tep/{number}/page/1"))
    assert picture is not None
    answer = page.get(picture["src"], buffered=True)
    assert (answer.status_code, answer.data) == (200, content)
    assert page.get(room.path(f"/tep/{number}/original/1")).status_code == 404
    assert page.get(room.path(f"/tep/{number + 999}/page/1")).status_code == 404


def test_the_files_of_a_work_are_for_its_jurors_alone(room, browser):
    number, _ = make_page(room)

    for user in (room.jurors[1], room.secretary, make_user()):
        assert browser(user).get(room.path(f"/tep/{number}/page/1")).status_code == 404


@pytest.mark.parametrize("replacements", [(("juror_may_see = true", "juror_may_see = false"),)])
def test_files_of_slots_that_are_not_for_jurors_are_not_served(room, browser):
    number, _ = make_page(room)
    page = browser(room.juror)

    page.get(room.path())
    assert page.soup.find("img", src=room.path(f"/tep/{number}/page/1")) is None
    assert page.get(room.path(f"/tep/{number}/page/1")).status_code == 404


@pytest.mark.parametrize("replacements", [(("blind = false", "blind = true"),)])
def test_a_blind_round_shows_an_alias_and_nothing_that_leads_to_people(room, browser):
    number, _ = make_page(room)
    work = db.session.scalars(select(RoundEntry)).one()
    page = browser(room.juror)
    secrets = [room.entry.code, room.entry.shown_code, "toasoan.example", "baoquangngai.example", "Báo Quảng Ngãi"]
    secrets += [byline.name for byline in room.entry.revision.bylines]
    secrets += [byline.pen_names for byline in room.entry.revision.bylines]
    secrets += [file["name"] for file in room.entry.revision.content["attachments"]]

    paths = [f"/{room.contest.slug}/ban-cham", room.path(), room.path("/tu-choi"), room.path(f"/tep/{number}/page/1")]
    for path in paths:
        answer = page.get(path, buffered=True)
        everything = answer.get_data(as_text=True) + str(answer.headers)
        assert [secret for secret in secrets if secret in everything] == []
    page.get(room.path())
    assert work.alias in page.text


def test_an_open_round_shows_the_authors(room, browser):
    page = browser(room.juror)
    page.get(room.path())

    assert room.entry.revision.bylines[0].name in page.text
    assert room.entry.shown_code in page.text
