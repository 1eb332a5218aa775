"""The way from sealing to the wall, as the regulation asks for it."""

from datetime import date, datetime, timedelta

import pytest

from contest.clock import ZONE
from contest.database import transaction
from contest.errors import ContestError
from contest.regulations.schema import parse
from contest.results import gates, queries, refusals, services
from contest.results.gates import Act, Situation
from contest.results.models import ActKind
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest, preset_text
from tests.results import settings

NOW = datetime(2025, 10, 1, 9, tzinfo=ZONE)


def test_a_list_that_is_hung_late_in_the_day_counts_from_the_next_day():
    morning, evening = datetime(2025, 9, 1, 9, tzinfo=ZONE), datetime(2025, 9, 1, 17, tzinfo=ZONE)

    assert gates.last_day(gates.first_full_day(morning), 3) == date(2025, 9, 3)
    assert gates.last_day(gates.first_full_day(evening), 3) == date(2025, 9, 4)
    assert gates.last_day(gates.first_full_day(evening), 1, date(2025, 9, 20)) == date(2025, 9, 20)


def test_every_step_is_asked_for_by_the_default_regulation():
    assert gates.way(parse(preset_text())) == tuple(Act)


@pytest.mark.parametrize(
    ("way", "stage", "act"),
    [
        ((Act.PROPOSE, Act.APPROVE, Act.DECIDE), "approved", Act.DECIDE),
        ((Act.PROPOSE, Act.POST, Act.DECIDE), "proposed", Act.POST),
        ((Act.PROPOSE, Act.DECIDE), "proposed", Act.DECIDE),
    ],
)
def test_a_step_that_is_not_asked_for_is_passed_through(way, stage, act):
    assert [each for each in Act if is_due(each, Situation(stage=stage, way=way))] == [act]


def is_due(act, situation):
    try:
        gates.check(act, situation, NOW)
    except ContestError:
        return False
    return True


def test_a_step_that_is_not_asked_for_is_not_taken():
    with pytest.raises(refusals.NotAsked):
        gates.check(Act.POST, Situation(stage="approved", way=(Act.PROPOSE, Act.APPROVE, Act.DECIDE)), NOW)


def test_the_body_whose_approval_is_missing_is_named():
    situation = Situation(stage="proposed", bodies=("Hội đồng", "Ban Chỉ đạo"), approved=1)

    with pytest.raises(refusals.NotApprovedBy) as refused:
        gates.check(Act.POST, situation, NOW)

    assert refused.value.parameters == {"body": "Ban Chỉ đạo"}
    assert situation.is_last_approval


def test_a_list_hangs_to_the_promised_day_at_least():
    assert gates.last_day(date(2025, 9, 18), 15, date(2025, 10, 4)) == date(2025, 10, 4)
    assert gates.last_day(date(2025, 10, 1), 15, date(2025, 10, 4)) == date(2025, 10, 15)


def test_bodies_approve_one_after_the_other_in_the_order_of_the_regulation(app):
    contest = make_contest(replacements=(settings.TWO_BODIES,))
    by = make_member(contest, "organizer")
    makers.make_sealed(contest=contest, by=by)
    makers.make_proposed(contest, by=by)
    now = makers.after(contest)

    for stage in ("proposed", "approved"):
        with transaction():
            services.approve(contest, body="ai đó", held_on=now.date(), by=by, now=now)
        assert contest.stage == stage

    assert [act.choice["body"] for act in queries.acts_of(contest, ActKind.APPROVED)] == [
        "Hội đồng chung khảo",
        "Ban Chỉ đạo cuộc thi",
    ]


def test_nothing_is_decided_without_the_statement_that_no_complaint_is_open(app):
    contest = make_contest(replacements=(settings.NO_COMPLAINT,))
    by = make_member(contest, "organizer")
    makers.make_sealed(contest=contest, by=by)
    posting = makers.make_posted(contest, by=by)
    words = makers.decision_words(posting.until + timedelta(days=1))

    with pytest.raises(refusals.ComplaintOpen), transaction():
        services.decide(contest, **words, by=by, now=makers.later(posting))
    with transaction():
        services.decide(contest, **words, no_open_complaint=True, by=by, now=makers.later(posting))

    assert len(queries.acts_of(contest, ActKind.NO_COMPLAINT)) == 1


def test_a_contest_that_posts_nothing_decides_after_the_approval(app):
    contest = make_contest("thang_diem_10")
    assert not contest.regulation.has_posting
    assert Act.POST not in queries.situation_of(contest).way
