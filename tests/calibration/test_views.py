"""The pages about comparing jurors: numbers alone before sealing, names afterwards, nothing for whoever may not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from contest.calibration import services
from contest.calibration.models import Remarking, SharedMarking
from contest.database import db
from contest.judging import services as jury
from contest.judging.models import RoundEntry
from tests.calibration.conftest import PANEL
from tests.makers.accounts import make_member
from tests.makers.judging import make_sheet


def read(client: Any, path: str) -> Any:
    """Open a page and give what stands on it."""
    client.get(path)
    return client.soup


def names_in(page: Any, court: Any) -> set[str]:
    """The jurors whom a page names."""
    return {juror.name for juror in court.jurors if juror.name in page.get_text()}


def titles_in(page: Any, court: Any) -> set[str]:
    """The works that a page names."""
    return {work.title for work in court.works if work.title in page.get_text()}


@pytest.fixture
def marked(court: Any) -> Any:
    """Every sheet is in."""
    court.mark_everything()
    return court


def test_the_pages_are_for_chair_organizers_and_observers(court, browser):
    for role, status in (("observer", 200), ("secretary", 404), ("outlet", 404)):
        assert browser(make_member(court.contest, role)).get(court.path()).status_code == status
    for person, status in ((court.chair, 200), (court.organizer, 200), (court.jurors[0], 404)):
        assert browser(person).get(court.path()).status_code == status


def test_before_sealing_only_numbers_are_shown(marked, browser):
    page = read(browser(marked.organizer), marked.path())

    assert names_in(page, marked) == set()
    assert titles_in(page, marked) == set()
    assert "Trong 5 giám khảo" in page.get_text()
    assert browser(marked.organizer).get(marked.path("/thu-hang")).status_code == 404


def test_after_sealing_jurors_edges_and_places_are_shown(marked, browser):
    marked.seal()
    client = browser(marked.organizer)

    assert names_in(read(client, marked.path()), marked) == {juror.name for juror in marked.jurors}
    assert titles_in(read(client, marked.path("/thu-hang")), marked) == {work.title for work in marked.works}


def test_whoever_has_an_interest_in_a_work_does_not_hear_of_it(marked, browser):
    jury.declare_conflict(marked.organizer, marked.works[3], note="Em tôi", by=marked.organizer, now=marked.during)
    marked.seal()
    client = browser(marked.organizer)

    for end in ("", "/thu-hang", "/cham-kiem-tra"):
        assert marked.works[3].title not in read(client, marked.path(end)).get_text()


def test_the_chair_chooses_works_sees_how_marks_lie_and_opens_it_to_the_panel(court, browser):
    client, path = browser(court.chair), f"/cham-chung/{PANEL}"
    client.post_form(court.path(path), {"works": [str(court.works[0].id)]})
    assert db.session.scalars(select(RoundEntry.entry_id).filter_by(first=True)).all() == [court.works[0].id]
    juror = browser(court.jurors[4])
    desk = f"/{court.contest.slug}/ban-cham/cham-chung"
    court.mark_everything()

    page = read(client, court.path(path + "/phan-tan"))
    assert "5 phiếu" in page.get_text()
    assert names_in(page, court) == set()
    assert "5 phiếu: trung bình" not in read(juror, desk).get_text()
    client.post_form(court.path(path + "/phan-tan"), {})

    assert db.session.scalars(select(SharedMarking)).one().opened_at is not None
    told = read(juror, desk)
    assert "5 phiếu: trung bình" in told.get_text()
    assert names_in(told.find("main"), court) == set()


def test_the_panel_is_shown_nothing_while_a_sheet_is_missing(court, browser):
    services.choose_first(court.round, PANEL, [court.works[0].id], by=court.chair, now=court.during)
    db.session.commit()

    client = browser(court.chair)
    answer = client.post_form(court.path(f"/cham-chung/{PANEL}/phan-tan"), {})

    assert answer.status_code == 422
    assert "Còn 5 phiếu chưa gửi" in client.soup.get_text()


def test_an_observer_reads_and_changes_nothing(marked, browser):
    observer = browser(make_member(marked.contest, "observer"))

    assert read(observer, marked.path("/cham-kiem-tra")).find("form", class_="act-form") is None


def test_works_are_drawn_and_a_difference_is_named_without_figures(marked, browser):
    client = browser(marked.organizer)
    client.post_form(marked.path("/cham-kiem-tra"), {"share": "20", "tolerance": "10"})
    drawn = db.session.scalars(select(Remarking)).one()
    again = drawn.works[0]
    assert (drawn.share, drawn.tolerance) == (20, 1000)
    assert titles_in(read(client, marked.path("/cham-kiem-tra")), marked) == set()

    make_sheet(again.assignment, 5)

    page = read(client, marked.path("/cham-kiem-tra"))
    assert titles_in(page, marked) == {again.entry.title}
    assert names_in(page, marked) == set()


def test_a_share_and_a_tolerance_that_make_no_sense_are_refused_at_their_field(court, browser):
    client = browser(court.organizer)

    for share, tolerance in [("4", "10"), ("51", "10"), ("", "10"), ("10", "0"), ("10", "x")]:
        answer = client.post_form(court.path("/cham-kiem-tra"), {"share": share, "tolerance": tolerance})
        assert answer.status_code == 422
        assert client.soup.find(class_="has-error") is not None


def test_a_juror_reads_their_own_severity_after_sealing_and_nobody_elses(marked, browser):
    desk = f"/{marked.contest.slug}/ban-cham/cham-chung"
    assert "So với tiểu ban" not in read(browser(marked.jurors[0]), desk).get_text()
    marked.seal()

    page = read(browser(marked.jurors[0]), desk)

    assert "chặt hơn" in page.get_text()
    assert names_in(page.find("main"), marked) == set()


def test_a_round_that_does_not_exist_is_not_found(court, browser):
    client = browser(court.organizer)

    for end in ("", "/thu-hang", "/cham-kiem-tra", f"/cham-chung/{PANEL}", "/cham-chung/LA"):
        assert client.get(court.path(end).replace("so_khao", "khong_co")).status_code == 404
    assert client.get(court.path("/cham-chung/LA")).status_code == 404


def test_who_may_not_hear_of_a_work_is_not_told_that_it_was_drawn(marked, browser):
    for work in marked.works[:-1]:
        jury.declare_conflict(marked.organizer, work, note="Em tôi", by=marked.organizer, now=marked.during)
    client = browser(marked.organizer)
    client.post_form(marked.path("/cham-kiem-tra"), {"share": "50", "tolerance": "10"})

    told = read(client, marked.path("/cham-kiem-tra"))

    drawn = {remark.entry_id for remark in db.session.scalars(select(Remarking)).one().works}
    known = len(drawn & {marked.works[-1].id})
    assert len(drawn) > known
    assert told.select_one(".flash").get_text().strip() == f"{known} tác phẩm được chấm kiểm tra."
