"""A work whose jurors differ too much goes to one more juror, where the regulation says so."""

from datetime import timedelta

import pytest

from contest import clock
from contest.accounts.models import Role
from contest.database import db, transaction
from contest.judging.models import Assignment
from contest.judging.services import declare_conflict
from contest.mail.models import Letter
from contest.results import queries, refusals, services
from contest.results.blockers import Blocks
from contest.results.models import ActKind
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.judging import make_sheet
from tests.makers.regulations import make_contest
from tests.results import settings

OFFICE = "/dan-van-kheo/ban-thu-ky/ket-qua/vong/chung_khao"
DESK = "/dan-van-kheo/ban-cham/tieu-ban/vong/chung_khao"
ASKING = {"until": "2025-09-20T17:00", "reason": "Điểm chênh quá 20."}


class Differing:
    """A final in which the jurors of one work differ too much, and two more jurors are at hand."""

    def __init__(self) -> None:
        self.contest = make_contest(replacements=(settings.differing("third_replaces"),))
        self.panel = makers.make_jurors(self.contest, 5)
        self.round, (self.work, _) = makers.make_judged_round(
            self.contest, (92, 92, 92, 92, 60), (70,) * 5, jurors=self.panel
        )
        self.near = make_member(self.contest, Role.JUROR, name="Lương Khánh Vỹ")
        self.far = make_member(self.contest, Role.JUROR, name="Tạ Quỳnh Lam")
        self.organizer = make_member(self.contest, Role.ORGANIZER)
        self.now = makers.after(self.contest)
        clock.set_to(self.now)
        with transaction():
            declare_conflict(self.near, self.work, by=self.near, now=self.now)

    @property
    def blockers(self):
        return queries.assess(self.round, self.contest, clock.now()).blockers

    def ask(self, juror, days: int = 1):
        until = self.now + timedelta(days=days)
        with transaction():
            return services.ask_third(
                self.round, self.work, juror, until=until, reason="Chênh", by=self.organizer, now=clock.now()
            )

    def assignments(self) -> list[Assignment]:
        return list(db.session.scalars(db.select(Assignment).filter_by(round_id=self.round.id, third=True)))


@pytest.fixture
def final(app):
    return Differing()


@pytest.mark.parametrize("place", [OFFICE, DESK])
def test_one_more_juror_is_asked_through_the_page_and_then_awaited_until_a_moment(final, browser, place):
    visitor = browser(final.organizer if place == OFFICE else final.panel[0])
    page = f"{place}/giam-khao-them/BI-0001"
    visitor.get(place)
    assert visitor.soup.find("a", href=page)

    assert visitor.post_form(page, {"juror": final.far.id, "reason": "Chênh"}).status_code == 422
    assert visitor.post_form(page, ASKING).status_code == 422
    assert visitor.post_form(page, ASKING | {"juror": final.far.id, "until": "2025-09-01T17:00"}).status_code == 422
    assert final.assignments() == []
    assert visitor.post_form(page, ASKING | {"juror": final.far.id}).status_code == 303

    (assignment,) = final.assignments()
    (act,) = queries.acts_of(final.contest, ActKind.THIRD_ASKED)
    assert (assignment.juror_id, act.choice["juror"]) == (final.far.id, final.far.subject)
    visitor.get(place)
    assert "Đã mời Tạ Quỳnh Lam chấm thêm; chờ phiếu đến 17:00, 20/09/2025. Mời người khác" in visitor.text
    assert db.session.scalar(db.select(Letter).filter_by(to=final.far.email)) is not None


def test_jurors_of_the_work_are_not_offered_and_those_in_conflict_are_named_with_the_reason(final, browser):
    staff = browser(final.organizer)
    staff.get(f"{OFFICE}/giam-khao-them/BI-0001")

    offered = {field["value"] for field in staff.soup.select("input[name=juror]")}
    assert offered == {str(final.far.id)}
    barred = staff.soup.select_one("main table").get_text(" ")
    assert "Lương Khánh Vỹ" in barred
    assert "Giám khảo" not in barred.replace("Giám khảo Lý do", "")
    assert staff.post_form(f"{OFFICE}/giam-khao-them/BI-0001", ASKING | {"juror": final.near.id}).status_code == 422


def test_the_sheet_of_the_extra_juror_settles_the_work(final):
    final.ask(final.far)
    assert [(each.code, each.juror) for each in final.blockers] == [(Blocks.THIRD_MISSING, final.far.subject)]

    make_sheet(final.assignments()[0], 80, at=clock.now())

    assert final.blockers == ()
    with transaction():
        services.seal_round(final.round, by=final.organizer, now=clock.now())


def test_an_extra_juror_who_sent_nothing_gets_more_time_or_gives_the_work_back(final, browser):
    final.ask(final.far)
    clock.set_to(final.now + timedelta(days=3))
    (blocker,) = final.blockers
    assert (blocker.juror, blocker.until) == (final.far.subject, final.now + timedelta(days=1))
    staff = browser(final.organizer)
    staff.get(OFFICE)
    assert "chưa nhận được phiếu" in staff.text

    final.ask(final.far, days=5)
    assert final.blockers[0].until == final.now + timedelta(days=5)
    other = make_member(final.contest, Role.JUROR)
    final.ask(other, days=6)

    assert [assignment.juror_id for assignment in final.assignments()] == [other.id]
    assert len(queries.acts_of(final.contest, ActKind.THIRD_ASKED)) == 3


def test_nobody_is_asked_where_the_jurors_agree_or_an_extra_sheet_is_there(final, browser):
    with pytest.raises(refusals.NotDiscrepant), transaction():
        services.ask_third(
            final.round,
            db.session.scalars(db.select(type(final.work)).filter_by(code="BI-0002")).one(),
            final.far,
            until=final.now + timedelta(days=1),
            reason="Vì sao",
            by=final.organizer,
            now=final.now,
        )
    assert browser(final.organizer).get(f"{OFFICE}/giam-khao-them/BI-0002").status_code == 404
    assert browser(final.panel[1]).get(f"{DESK}/giam-khao-them/BI-0001").status_code == 404
