"""One award suspended, revoked or restored, and everything that follows from it on the list."""

from datetime import timedelta

import pytest

from contest.database import db, transaction
from contest.mail.models import Letter
from contest.results import queries, refusals, services
from contest.results.award_changes import AwardRef, Paper
from contest.results.models import AmendmentKind, Award
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.makers.results import make_decided, make_published, make_sealed
from tests.results import settings
from tests.results.settings import MOVING_UP

EIGHT = tuple((share,) * 5 for share in (95, 92, 86, 84, 82, 75, 65, 55))
"""One A, two B, three C, one KK, one without a prize."""
SMALL = ((95,) * 5, (86,) * 5)


def listed(contest):
    copy = queries.copy_of(queries.newest_decision(contest))
    return [(line["entry_code"], line["tier"]) for line in copy["awards"]]


def award(contest, code):
    copy = queries.copy_of(queries.newest_decision(contest))
    return AwardRef("award", next(line["award_id"] for line in copy["awards"] if line["entry_code"] == code))


def change(contest, by, ref, kind, **words):
    before = queries.newest_decision(contest)
    said = {
        "number": "140-QĐ/BTGDVTU",
        "decided_on": before.decided_on,
        "signer": "Phạm Trường Giang",
        "reason": "Tác phẩm đăng lại bài đã công bố của người khác.",
        "now": before.at + timedelta(days=1),
    }
    with transaction():
        return services.change_award(contest, ref, AmendmentKind(kind), by=by, **{**said, **words})


def decided(*replacements, works=EIGHT):
    contest = make_contest(replacements=replacements)
    organizer = make_member(contest, "organizer")
    make_sealed(*works, contest=contest, by=organizer)
    make_decided(contest, by=organizer)
    return contest, organizer


GIVEN = [
    ("BI-0001", "A"),
    ("BI-0002", "B"),
    ("BI-0003", "B"),
    ("BI-0004", "C"),
    ("BI-0005", "C"),
    ("BI-0006", "C"),
    ("BI-0007", "KK"),
]


def test_points_of_newsrooms_that_a_revocation_changes_are_a_question_and_change_nothing(app, browser):
    contest, organizer = decided(settings.with_prizes(settings.COLLECTIVE), works=SMALL)
    assert queries.newsroom_prizes_in_question(contest) == []

    change(contest, organizer, award(contest, "BI-0001"), "revocation")

    (asked,) = queries.newsroom_prizes_in_question(contest)
    (newsroom,) = asked.newsrooms
    assert (newsroom.then - newsroom.now, newsroom.has, newsroom.would) == (5, True, True)
    assert not asked.is_another
    (line,) = queries.copy_of(queries.newest_decision(contest))["collective"]
    assert line["outlet"] == newsroom.name
    staff = browser(organizer)
    staff.get(f"/{contest.slug}/ban-thu-ky/thu-hoi-giai")
    assert "Ban Tổ chức cần cho ý kiến: Giải tập thể" in staff.text


def test_the_money_of_a_suspended_award_is_not_counted_on_the_page_of_staff(app, browser):
    contest, organizer = decided(works=SMALL)
    change(contest, organizer, award(contest, "BI-0002"), "suspension")
    staff = browser(organizer)

    staff.get(f"/{contest.slug}/ban-thu-ky/ket-qua/danh-sach")

    assert "Tổng mức thưởng: 15.000.000 ₫" in staff.text


def test_a_revoked_award_leaves_its_seat_empty_unless_the_regulation_says_otherwise_and_can_be_restored(app):
    contest, organizer = decided()
    ref = award(contest, "BI-0003")
    assert listed(contest) == GIVEN

    change(contest, organizer, ref, "revocation")
    assert listed(contest) == [line for line in GIVEN if line[0] != "BI-0003"]

    change(contest, organizer, ref, "restoration")
    assert listed(contest) == GIVEN


def test_works_move_up_by_floors_and_quotas_where_the_regulation_wants_it(app):
    contest, organizer = decided(*MOVING_UP)
    ref = award(contest, "BI-0001")
    awards = db.session.query(Award).count()
    on = queries.newest_decision(contest).decided_on

    plan = services.award_change(contest, ref, AmendmentKind.REVOCATION, Paper("140", on))
    db.session.commit()

    assert [(move.entry, move.before, move.tier) for move in plan.moves] == [
        ("BI-0002", "B", "A"),
        ("BI-0004", "C", "B"),
    ]
    assert (db.session.query(Award).count(), listed(contest)) == (awards, GIVEN)  # told, and nothing written

    decision, changed = change(contest, organizer, ref, "revocation")

    assert listed(contest) == [
        ("BI-0002", "A"),
        ("BI-0003", "B"),
        ("BI-0004", "B"),
        ("BI-0005", "C"),
        ("BI-0006", "C"),
        ("BI-0007", "KK"),
    ]
    assert changed.before - changed.after == 8_000_000  # of the C that nobody takes
    moved = decision.copy["withdrawn"][0]["moved"]
    rows = [db.session.get_one(Award, number) for number in moved]
    assert [(row.entry.code, row.tier, row.version, row.money) for row in rows] == [
        ("BI-0002", "A", 2, 15_000_000),
        ("BI-0004", "B", 2, 10_000_000),
    ]
    with pytest.raises(refusals.MovedUpSince):
        change(contest, organizer, ref, "restoration")


def test_a_work_without_a_prize_takes_the_seat_that_stays_over(app):
    contest, organizer = decided(*MOVING_UP, ("floor = 60", "floor = 50"), ("quota = 5", "quota = 1"))

    _, changed = change(contest, organizer, award(contest, "BI-0007"), "revocation")

    assert [(line["entry_code"], line["tier_name"]) for line in changed.lines] == [("BI-0008", "Giải Khuyến khích")]
    assert listed(contest)[-1] == ("BI-0008", "KK")
    assert changed.before == changed.after


def test_a_suspended_award_keeps_its_place_and_is_not_paid_until_it_is_restored(app):
    contest, organizer = decided(*MOVING_UP, works=SMALL)
    ref = award(contest, "BI-0001")
    given = listed(contest)

    _, suspended = change(contest, organizer, ref, "suspension")
    copy = queries.copy_of(queries.newest_decision(contest))
    assert copy["awards"][0]["suspended"]["number"] == "140-QĐ/BTGDVTU"
    assert listed(contest) == given
    assert suspended.before - suspended.after == 15_000_000

    change(contest, organizer, ref, "restoration", number="145-QĐ/BTGDVTU")

    copy = queries.copy_of(queries.newest_decision(contest))
    assert "suspended" not in copy["awards"][0]
    assert [each["kind"] for each in copy["amendments"]] == ["suspension", "restoration"]


def test_a_suspended_work_that_moves_up_stays_suspended(app):
    contest, organizer = decided(*MOVING_UP, ("floor = 90", "floor = 85"), works=SMALL)
    change(contest, organizer, award(contest, "BI-0002"), "suspension")

    _, changed = change(contest, organizer, award(contest, "BI-0001"), "revocation", number="145-QĐ/BTGDVTU")

    assert listed(contest) == [("BI-0002", "A")]
    assert changed.lines[0]["suspended"]["number"] == "140-QĐ/BTGDVTU"
    assert changed.after == 0


def test_an_act_that_the_state_of_the_award_does_not_allow_is_refused(app):
    contest, organizer = decided(works=SMALL)
    ref = award(contest, "BI-0001")

    for first, refused in (
        (None, ("restoration",)),
        ("suspension", ("suspension",)),
        ("revocation", ("suspension", "revocation")),
    ):
        if first is not None:
            change(contest, organizer, ref, first)
        for kind in refused:
            with pytest.raises(refusals.AwardStandsOtherwise):
                change(contest, organizer, ref, kind)


def test_whoever_sent_the_work_hears_of_it_only_once_the_list_is_public(app):
    contest, organizer = decided(works=SMALL)
    change(contest, organizer, award(contest, "BI-0001"), "suspension")
    assert db.session.query(Letter).filter(Letter.key.like("results:changed:%")).count() == 0

    other, publication = make_published(*SMALL, contest=make_contest())
    first = queries.copy_of(publication.decision)["awards"][0]
    change(other, publication.by, AwardRef("award", first["award_id"]), "revocation")

    letter = db.session.query(Letter).filter(Letter.key.like("results:changed:%")).one()
    assert "140-QĐ/BTGDVTU" in letter.text
    assert "Tác phẩm đăng lại" in letter.text
