"""What people choose before a round is sealed, where the regulation leaves it to them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.judging.refusals import RoundSealed
from contest.results import lots, queries, refusals, services
from contest.results.blockers import Blocks
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.results import settings


def contest_with(*replacements):
    contest = make_contest(replacements=replacements)
    return contest, make_member(contest, "organizer")


def open_things(round_, contest, code="chung_khao"):
    return [each.code for each in queries.assess(round_, contest, makers.after(contest, code)).blockers]


def seal(round_, contest, by, code="chung_khao"):
    with transaction():
        return services.seal_round(round_, by=by, now=makers.after(contest, code)).result


def test_the_chair_names_works_for_the_next_round_and_the_newest_act_counts(app):
    contest, by = contest_with(settings.advancing_by('{kind = "flagged", flagged = true}'))
    round_, entries = makers.make_judged_round(contest, (90,) * 3, (80,) * 3, (70,) * 3, code="so_khao")
    now = makers.after(contest, "so_khao")

    for named in ([entries[0]], [entries[1], entries[2]]):
        with transaction():
            services.flag_works(
                round_, "BAO_IN", [each.code for each in named], reason="Hội đồng chọn.", by=by, now=now
            )
    result = seal(round_, contest, by, "so_khao")
    with transaction():
        admitted = services.advance(round_, by=by, now=now)

    assert [line["advanced"] for line in result["groups"][0]["lines"]] == [False, True, True]
    assert {each.entry_id for each in admitted} == {entries[1].id, entries[2].id}


def test_works_are_named_only_where_the_regulation_says_so_and_only_by_their_panel(app):
    contest, by = contest_with()
    round_, entries = makers.make_judged_round(contest, (90,) * 3, code="so_khao")
    with pytest.raises(refusals.NotForeseen), transaction():
        services.flag_works(round_, "BAO_IN", [], reason="Chọn.", by=by, now=makers.after(contest, "so_khao"))

    other, by = contest_with(settings.advancing_by('{kind = "flagged", flagged = true}'))
    round_, entries = makers.make_judged_round(other, (90,) * 3, code="so_khao")
    with pytest.raises(refusals.NotAChoice), transaction():
        services.flag_works(
            round_, "TRUYEN_HINH", [entries[0].code], reason="Chọn.", by=by, now=makers.after(other, "so_khao")
        )


def test_a_bonus_is_added_to_the_works_that_an_act_names(app):
    contest, by = contest_with(settings.BONUS)
    round_, entries = makers.make_judged_round(contest, (70,) * 3, (70,) * 3, code="so_khao")
    now = makers.after(contest, "so_khao")

    with transaction():
        services.give_bonus(round_, "clip", [entries[1].code], reason="Có clip 4 phút.", by=by, now=now)
    lines = seal(round_, contest, by, "so_khao")["groups"][0]["lines"]

    assert [(line["entry"], line["bonus"]) for line in lines] == [
        (entries[1].code, [{"bonus": "clip", "points": 200}]),
        (entries[0].code, []),
    ]


def test_a_lot_is_drawn_by_the_system_and_can_be_drawn_again_from_its_seed(app):
    contest, by = contest_with(settings.ties_by("lot"))
    round_, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5)
    codes = [entry.code for entry in entries]
    now = makers.after(contest)

    with pytest.raises(refusals.LotNeeded), transaction():
        services.settle_tie(round_, codes, reason="Tự chọn.", by=by, now=now)
    with transaction():
        act = services.draw_lot(round_, codes, by=by, now=now)
    lines = seal(round_, contest, by)["groups"][0]["lines"]

    assert act.choice["order"] == lots.draw(codes, act.choice["seed"])
    assert [line["entry"] for line in lines] == act.choice["order"]
    assert [line["steps"][-1]["rule"] for line in lines] == ["lot", "lot"]
    line = db.session.scalar(select(AuditLine).filter_by(action="result.tie_settled"))
    assert line.details["seed"] == act.choice["seed"]


def test_a_lot_is_not_drawn_where_people_decide(app):
    contest, by = contest_with()
    round_, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5)

    with pytest.raises(refusals.NotForeseen), transaction():
        services.draw_lot(round_, [entry.code for entry in entries], by=by, now=makers.after(contest))


def test_an_order_left_to_a_vote_is_recorded_as_a_vote(app):
    contest, by = contest_with(settings.ties_by("vote"))
    round_, entries = makers.make_judged_round(contest, (92,) * 5, (92,) * 5)
    first, second = (entry.code for entry in entries)

    with transaction():
        act = services.settle_tie(round_, [second, first], reason="5/7 phiếu.", by=by, now=makers.after(contest))

    assert act.choice["method"] == "vote"
    assert seal(round_, contest, by)["groups"][0]["lines"][0]["settled"] == queries.acts_in(round_)[-1].number


def test_fewer_prizes_than_an_exact_number_are_accepted_for_that_very_number(app):
    contest, by = contest_with(settings.EXACTLY_ONE_A)
    round_, _ = makers.make_judged_round(contest, (85,) * 5)
    now = makers.after(contest)
    wanting = [each for each in queries.assess(round_, contest, now).blockers if each.code is Blocks.SHORT]
    assert ("BAO_IN", "A") in [(each.group, each.prize) for each in wanting]

    for each in wanting:
        with transaction():
            services.accept_short(round_, each.group, each.prize, reason="Không đạt.", by=by, now=now)
    assert open_things(round_, contest) == []
    with pytest.raises(refusals.NoSuchQuestion), transaction():
        services.accept_short(round_, "BAO_IN", "A", reason="Không đạt.", by=by, now=now)


def test_a_special_prize_by_act_is_chosen_among_the_winners_and_its_tier_is_given_back(app):
    contest, by = contest_with(settings.with_prizes(settings.SPECIAL))
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)
    now = makers.after(contest)
    assert open_things(round_, contest) == [Blocks.PRIZE_OPEN]

    with pytest.raises(refusals.NotAChoice), transaction():
        services.choose_prize(round_, "DB", [entries[3].code], reason="Hạng C.", by=by, now=now)
    with pytest.raises(refusals.TooManyChosen), transaction():
        services.choose_prize(round_, "DB", [entries[0].code, entries[1].code], reason="Cả hai.", by=by, now=now)
    with transaction():
        services.choose_prize(round_, "DB", [entries[1].code], reason="Xúc động nhất.", by=by, now=now)
    seal(round_, contest, by)
    makers.make_proposed(contest, by=by)

    given = [
        (award.entry.code, award.group, award.tier, award.money, award.in_kind) for award in queries.awards_of(contest)
    ]
    assert given == [
        (entries[1].code, "", "DB", 0, "Chuyến tham quan nước ngoài"),
        (entries[0].code, "BAO_IN", "A", 15_000_000, ""),
        (entries[2].code, "BAO_IN", "B", 10_000_000, ""),
        (entries[3].code, "BAO_IN", "C", 8_000_000, ""),
    ]


def test_nobody_may_be_chosen_for_a_prize_and_then_it_is_not_given(app):
    contest, by = contest_with(settings.with_prizes(settings.SPECIAL))
    round_, _ = makers.make_judged_round(contest, *makers.FIVE)

    with transaction():
        services.choose_prize(round_, "DB", [], reason="Không tác phẩm nào nổi trội.", by=by, now=makers.after(contest))

    assert seal(round_, contest, by)["special"][0]["winners"] == []


def test_thematic_and_collective_prizes_come_from_the_sealed_result(app):
    contest, by = contest_with(settings.with_prizes(settings.THEMATIC, settings.COLLECTIVE))
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)
    seal(round_, contest, by)
    makers.make_proposed(contest, by=by)

    assert [(each.entry.code, each.tier) for each in queries.awards_of(contest)][-1] == (entries[4].code, "CD")
    (newsroom,) = queries.collective_awards_of(contest)
    assert (newsroom.outlet, newsroom.prize, newsroom.works, newsroom.points, newsroom.money) == (
        "Báo Quảng Ngãi", "TT", 5, "15/1", 7_000_000,
    )  # fmt: skip


def test_nothing_is_chosen_in_a_sealed_round(app):
    contest, by = contest_with(settings.BONUS)
    round_, entries = makers.make_judged_round(contest, (70,) * 3, code="so_khao")
    seal(round_, contest, by, "so_khao")
    now = makers.after(contest, "so_khao") + timedelta(hours=1)

    with pytest.raises(RoundSealed), transaction():
        services.give_bonus(round_, "clip", [entries[0].code], reason="Muộn.", by=by, now=now)


def test_acts_are_numbered_from_one_in_their_round(app):
    contest, by = contest_with(settings.BONUS)
    round_, entries = makers.make_judged_round(contest, (70,) * 3, code="so_khao")
    now = makers.after(contest, "so_khao")
    for reason in ("Một.", "Hai."):
        with transaction():
            services.give_bonus(round_, "clip", [entries[0].code], reason=reason, by=by, now=now)

    assert [(act.number, act.reason) for act in queries.acts_in(round_)] == [(1, "Một."), (2, "Hai.")]
