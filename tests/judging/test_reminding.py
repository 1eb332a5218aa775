"""Letters to jurors who have sheets left: by hand and by schedule."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contest import clock, jobs
from contest.database import db, transaction
from contest.jobs import Job, JobState
from contest.judging import queries, services
from contest.judging.models import Reminder, ReminderPlan
from contest.judging.reminding import Plan, civil_moment, coming_days, days_of, planned_days
from contest.mail import Letter
from tests.judging.conftest import Room
from tests.makers.accounts import make_member
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_sheet

FIRST, LAST = date(2025, 8, 21), date(2025, 8, 31)
ZONE = clock.ZONE


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 8, day, hour, minute, tzinfo=ZONE)


# The days of a plan ------------------------------------------------------------------------------------------------


def test_a_plan_names_days_before_the_last_and_every_so_many():
    assert coming_days(Plan({3, 1}, 4, 8), first=FIRST, last=LAST, today=date(2025, 8, 1)) == [
        date(2025, 8, 25),
        date(2025, 8, 28),
        date(2025, 8, 29),
        date(2025, 8, 30),
    ]


def test_the_last_day_of_a_round_that_ends_at_midnight_is_the_day_before():
    assert days_of(at(21, 0), datetime(2025, 9, 1, tzinfo=ZONE), ZONE) == (FIRST, LAST)


def test_a_day_that_was_missed_is_made_up_for_two_days_long():
    plan = Plan({5}, 0, 8)  # the 26th

    due = [planned_days(plan, first=FIRST, last=LAST, today=date(2025, 8, day)) for day in range(25, 30)]

    assert due == [[], [date(2025, 8, 26)], [date(2025, 8, 26)], [date(2025, 8, 26)], []]


@pytest.mark.parametrize(
    ("now", "written"),
    [
        (at(26, 0, 5), at(26, 8)),
        (at(26, 12), at(26, 12)),
        (at(26, 20, 59), at(26, 20, 59)),
        (at(26, 21), at(27, 8)),
        (at(27, 3), at(27, 8)),
        (at(27, 10), at(27, 10)),
    ],
)
def test_a_letter_is_written_by_day(now, written):
    assert civil_moment(date(2025, 8, 26), 8, now, ZONE) == written


@given(st.datetimes(datetime(2025, 8, 20), datetime(2025, 9, 2)), st.integers(7, 20))  # noqa: DTZ001 - zone added below
def test_no_letter_is_ever_written_at_night(moment, hour):
    written = civil_moment(date(2025, 8, 26), hour, moment.replace(tzinfo=ZONE), ZONE)

    assert 7 <= written.astimezone(ZONE).hour < 21
    assert written >= moment.replace(tzinfo=ZONE)


# By hand -----------------------------------------------------------------------------------------------------------


def office(room: Room, end: str = "") -> str:
    return f"/{room.contest.slug}/ban-thu-ky/cham-giai/so_khao{end}"


def letters() -> list[str]:
    return sorted(db.session.scalars(select(Letter.to).where(Letter.key.startswith("judging:reminder"))))


def said(page: Any) -> str:
    return " ".join(alert.get_text(" ", strip=True) for alert in page.soup.select(".alert"))


def test_a_second_reminder_on_one_day_is_refused_with_the_hour_of_the_first(room, browser):
    room.set_clock(room.during.astimezone(ZONE).replace(hour=9, minute=12))
    page = browser(room.secretary)

    page.post_form(office(room), {"only": str(room.juror.id)}, action="/nhac")
    page.get(office(room))
    first = said(page)
    page.post_form(office(room), {"only": str(room.juror.id)}, action="/nhac")
    page.get(office(room))

    assert "1 giám khảo" in first
    assert f"{room.juror.name} đã được nhắc lúc 09:12 hôm nay" in said(page)
    assert letters() == [room.juror.email]


def test_on_the_next_day_there_is_another_letter(room):
    for days in (0, 0, 1):
        with transaction():
            services.remind(room.round, by=room.secretary, now=room.during + timedelta(days=days))

    assert letters() == [room.juror.email] * 2


def test_the_letter_says_how_many_are_left_and_until_when_and_names_no_work(room):
    with transaction():
        services.remind(room.round, by=room.secretary, now=room.during)

    letter = db.session.scalars(select(Letter).where(Letter.key.startswith("judging:reminder"))).one()
    assert "1 phiếu" in letter.text
    assert room.closes.astimezone(ZONE).strftime("%d/%m/%Y") in letter.text
    assert room.entry.title not in letter.text + letter.subject
    assert room.entry.code not in letter.text + letter.subject


def test_who_is_done_recused_or_has_nothing_is_never_written_to(room):
    done, recused, nothing = (make_member(room.contest, "juror") for _ in range(3))
    make_sheet(make_assignment(room.round, room.entry, done))
    make_assignment(room.round, room.entry, recused, recused_at=room.during, reason="Người thân")

    with transaction():
        came = services.remind(room.round, jurors=[done.id, recused.id, nothing.id], by=room.secretary, now=room.during)

    assert came.written == frozenset()
    assert letters() == []


def test_a_work_that_left_the_contest_is_nothing_to_be_reminded_of(room):
    room.entry.state = "withdrawn"
    db.session.commit()

    with transaction():
        came = services.remind(room.round, by=room.secretary, now=room.during)

    assert came.written == frozenset()


def test_nobody_is_reminded_of_a_work_they_may_not_hear_of(room):
    room.entry.owner_id = room.juror.id
    db.session.commit()

    with transaction():
        came = services.remind(room.round, by=room.secretary, now=room.during)

    assert came.written == frozenset()


def test_those_ticked_are_written_to_and_nobody_else(room, browser):
    other = room.jurors[1]
    make_assignment(room.round, room.entry, other)
    page = browser(room.secretary)

    page.post_form(office(room), {"juror": [str(other.id)], "whom": "chosen"}, action="/nhac")

    assert letters() == [other.email]


def test_whoever_ticks_nobody_is_told_so_and_nobody_is_written_to(room, browser):
    page = browser(room.secretary)

    page.post_form(office(room), {"whom": "chosen"}, action="/nhac")

    assert "Chưa đánh dấu ai" in page.get(office(room)).text
    assert letters() == []


def test_only_those_behind_are_written_to_with_one_click(room, browser):
    author, other = room.entry.owner, room.jurors[1]
    for _ in range(5):
        make_assignment(room.round, make_entry(room.contest, author), other)
    room.set_clock(room.closes - timedelta(hours=1))
    page = browser(room.secretary)

    page.post_form(office(room), {"whom": "behind"}, action="/nhac")

    assert letters() == [other.email]


# By schedule -------------------------------------------------------------------------------------------------------


def planned(room: Room, now: datetime, **rule: Any) -> ReminderPlan:
    with transaction():
        return services.plan_reminders(
            room.round,
            Plan(rule.get("before", {2}), rule.get("every", 0), rule.get("hour", 8)),
            only_behind=rule.get("only_behind", False),
            by=room.secretary,
            now=now,
        )


def last_day(room: Room) -> date:
    return days_of(room.opens, room.closes, ZONE)[1]


def work(room: Room, moment: datetime) -> None:
    """Let a worker look at everything at a moment."""
    room.set_clock(moment)
    jobs.ask_for_daily()
    while jobs.work_once():
        pass


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def test_a_plan_writes_on_its_day_at_its_hour_and_once(room):
    planned(room, room.during)
    day = last_day(room) - timedelta(days=2)

    work(room, at_hour(day, 0, 1))
    before = letters()
    for minute in (0, 1, 30):
        work(room, at_hour(day, 8, minute))
    work(room, at_hour(day + timedelta(days=1), 8, 1))

    assert before == []
    assert letters() == [room.juror.email]
    assert db.session.scalars(select(Reminder.by_id)).all() == [None]


def test_a_day_on_which_nothing_ran_is_made_up_for_the_next_morning(room):
    planned(room, room.during)
    day = last_day(room) - timedelta(days=2)

    work(room, at_hour(day, 22, 30))
    night = letters()
    work(room, at_hour(day + timedelta(days=1), 8, 1))

    assert night == []
    assert letters() == [room.juror.email]


def test_a_worker_that_comes_to_it_at_night_leaves_it_to_the_morning(room):
    planned(room, room.during)
    day = last_day(room) - timedelta(days=2)
    room.set_clock(at_hour(day, 0, 1))
    jobs.ask_for_daily()
    while jobs.work_once():
        pass

    work(room, at_hour(day, 23))
    night = letters()
    work(room, at_hour(day + timedelta(days=1), 8, 1))

    assert night == []
    assert letters() == [room.juror.email]


def test_work_that_was_done_twice_writes_one_letter(room):
    planned(room, room.during)
    day = last_day(room) - timedelta(days=2)
    work(room, at_hour(day, 8, 1))

    with transaction():  # as if the worker had died before it could say that it was done
        job = db.session.scalars(select(Job).where(Job.kind == services.REMINDING)).one()
        job.state, job.lease_until, job.attempts = JobState.RUNNING, at_hour(day, 8, 2), 1
    work(room, at_hour(day, 9))

    assert letters() == [room.juror.email]
    assert db.session.scalars(select(Job.state).where(Job.kind == services.REMINDING)).one() == JobState.DONE


def test_a_plan_that_was_stopped_or_a_round_that_closed_writes_nothing(room):
    planned(room, room.during)
    day = last_day(room) - timedelta(days=2)
    work(room, at_hour(day, 0, 1))
    with transaction():
        services.stop_reminders(room.round, by=room.secretary, now=clock.now())
    work(room, at_hour(day, 9))

    planned(room, at_hour(last_day(room), 7), before={0}, hour=20)
    work(room, room.closes + timedelta(minutes=1))

    assert letters() == []


def test_who_is_done_by_the_hour_of_the_plan_gets_no_letter(room):
    planned(room, room.during)
    make_sheet(room.assignment)

    work(room, at_hour(last_day(room) - timedelta(days=2), 8, 1))

    assert letters() == []


def test_an_hour_changed_on_the_day_itself_holds(room):
    day = last_day(room) - timedelta(days=2)
    planned(room, room.during)
    work(room, at_hour(day, 0, 1))
    planned(room, at_hour(day, 7), hour=15)

    work(room, at_hour(day, 9))
    morning = letters()
    work(room, at_hour(day, 15, 1))

    assert morning == []
    assert letters() == [room.juror.email]


def test_the_schedule_is_kept_shown_and_stopped_on_its_page(room, browser):
    page = browser(room.secretary)

    assert (
        page.post_form(office(room, "/nhac-theo-lich"), {"before": "3, 1", "every": "", "hour": "9"}).status_code == 303
    )
    page.get(office(room, "/nhac-theo-lich"))

    assert "09:00" in page.soup.get_text()
    assert queries.plan_of(room.round).before == [1, 3]
    assert page.post_form(office(room, "/nhac-theo-lich"), action="/thoi").status_code == 303
    db.session.expire_all()
    assert queries.plan_of(room.round) is None


@pytest.mark.parametrize(
    "typed", [{"before": "x"}, {"before": "7,"}, {"before": "", "every": "0"}, {"every": "61"}, {"hour": "3"}]
)
def test_a_schedule_that_cannot_be_is_answered_at_its_field(room, browser, typed):
    page = browser(room.secretary)

    answer = page.post_form(office(room, "/nhac-theo-lich"), {"before": "3", "every": "0", "hour": "9"} | typed)

    assert answer.status_code == 422
    assert page.soup.find(class_="invalid-text") is not None
