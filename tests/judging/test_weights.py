"""Sheets with weights, with marks that must be explained, and with one single score."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from contest.database import db, transaction
from contest.judging import services
from contest.judging.models import ScoreSheet
from contest.judging.refusals import CommentNeeded
from tests.judging.conftest import Room
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import instalment, make_entry
from tests.makers.judging import make_assignment, make_panel, make_round
from tests.makers.regulations import make_contest


def room_of(preset: str) -> Room:
    """The first round of a ready regulation, open, with one work on a juror's desk."""
    contest = make_contest(preset)
    rule = next(rule for rule in contest.regulation.rounds if not rule.is_voted)
    jurors = [make_member(contest, "juror"), make_member(contest, "chair")]
    day = contest.regulation.calendar.publication.last
    category = contest.regulation.categories[0].code
    entry = make_entry(contest, make_user(), category=category, instalments=[instalment(published_on=day.isoformat())])
    round_ = make_round(contest, rule.code, entries=[entry])
    make_panel(round_, jurors, rule.panel_for(category=category, genre=entry.revision.content["genre"]))
    assignment = make_assignment(round_, entry, jurors[0])
    secretary = make_member(contest, "secretary")
    room = Room(contest, round_, jurors, entry, assignment, secretary, rule.opens, rule.closes)
    room.set_clock()
    return room


@pytest.fixture
def weighted(app: Any) -> Room:
    return room_of("giai_chung")


@pytest.fixture
def single(app: Any) -> Room:
    return room_of("toa_soan")


def words(soup: Any, selector: str) -> str:
    return " ".join(soup.select_one(selector).get_text(" ").split())


def test_every_total_is_the_sum_of_marks_times_weights(weighted, browser):
    juror = browser(weighted.juror)
    juror.get(weighted.path())
    assert words(juror.soup, ".total-line b + span") == "/ 100"
    typed = {"mark_chan_thuc": "8,5", "mark_the_hien": "7", "mark_lan_toa": "9"}

    sent = juror.post_form(weighted.path(), typed, button="send")

    assert sent.status_code == 303
    juror.get(weighted.path())
    assert words(juror.soup, "[data-total]") == "82,0"
    assert "82 điểm" in words(juror.soup, ".rubric > p")
    juror.get(f"/{weighted.contest.slug}/ban-cham")
    assert words(juror.soup, "td[data-label='Tổng điểm của bạn']") == "82,0 / 100"
    assert db.session.scalars(select(ScoreSheet.marks)).one() == {"chan_thuc": 850, "the_hien": 700, "lan_toa": 900}


def test_a_sheet_tells_how_much_a_criterion_counts(weighted, browser):
    juror = browser(weighted.juror)
    juror.get(weighted.path())

    assert words(juror.soup, "#m-mark_chan_thuc") == "Tối đa 10 , bước 0,5 Hệ số 4"
    assert juror.soup.select_one("[data-stepper]")["data-weight"] == "4"


def test_a_low_mark_needs_a_comment_and_what_was_typed_is_kept(single, browser):
    juror = browser(single.juror)

    refused = juror.post_form(single.path(), {"mark_diem": "49"}, button="send")

    assert refused.status_code == 422
    assert "Điểm chung về nội dung và cách viết" in words(juror.soup, "#e-comment")
    assert juror.soup.select_one("[name=mark_diem]")["value"] == "49"
    sent = juror.post_form(single.path(), {"mark_diem": "49", "comment": "Chép lại báo cáo"}, button="send")
    assert sent.status_code == 303


def test_a_mark_at_the_bound_needs_no_comment(single):
    with transaction():
        services.submit_score_sheet(single.assignment, {"diem": 5000}, by=single.juror, now=single.during)

    with pytest.raises(CommentNeeded), transaction():
        services.submit_score_sheet(
            single.assignment, {"diem": 4900}, "  ", reason="Xem lại", by=single.juror, now=single.during
        )


def test_a_sheet_of_one_score_shows_it_as_the_mark_and_counts_no_criteria(single, browser):
    juror = browser(single.juror)
    juror.get(single.path())

    assert words(juror.soup, ".criterion h3") == "Điểm chung về nội dung và cách viết"
    assert words(juror.soup, ".total-line > span").startswith("Điểm của bạn")
    assert juror.soup.select_one("template[data-words]")["data-all"] == ""
