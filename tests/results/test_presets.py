"""Each preset plays the figures that its kind of contest has published: prizes, places and money to the đồng."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import cache
from itertools import cycle, islice

import pytest

from contest.regulations import presets, schema
from contest.regulations.schema import Regulation
from contest.regulations.scoring import Criterion
from contest.results.blockers import Blocks, blockers
from contest.results.material import PRIZE_CHOSEN, SITTING, Act, Ballot, Member, RoundMaterial, Work
from contest.results.outcome import RoundOutcome, conclude
from contest.results.tally import Sheet

CATEGORIES = ("BAO_IN", "BAO_DIEN_TU", "PHAT_THANH", "TRUYEN_HINH")
COUNCIL = "hoi_dong"


@cache
def preset(name: str) -> Regulation:
    return schema.parse(presets.text(name))


def works(category: str, count: int, **changes: object) -> list[Work]:
    values = {"genre": "phong_su", "topic": "kinh_te", "outlet": "", "received_at": ""} | changes
    return [Work(f"{category}-{number:03}", category, **values) for number in range(1, count + 1)]


def marks(regulation: Regulation, code: str, category: str, total: float) -> dict[str, int]:
    """Marks in hundredths that add up to a weighted total of so many points, the first criteria filled first."""
    found = _filled(regulation.round(code).rubric(category), Fraction(str(total)) * 100)
    assert found is not None, f"{total} points cannot be given"
    return found


def _filled(criteria: Sequence[Criterion], left: Fraction) -> dict[str, int] | None:
    if not criteria:
        return {} if left == 0 else None
    criterion, *others = criteria
    most = min(Fraction(criterion.maximum), left / criterion.weight) // criterion.step * criterion.step
    for mark in range(int(most), -1, -criterion.step):
        rest = _filled(others, left - mark * criterion.weight)
        if rest is not None:
            return {criterion.code: mark, **rest}
    return None


def sheets(regulation: Regulation, code: str, work: Work, totals: Iterable[float]) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(f"juror-{number}", marks(regulation, code, work.category, total), chair=number == 1)
        for number, total in enumerate(totals, 1)
    )


def scored(
    regulation: Regulation, totals: Mapping[Work, float | Sequence[float]], code: str | None = None, **rest: object
) -> RoundOutcome:
    """Conclude a round in which every juror gives a work the same total, or each the one listed."""
    code = code or regulation.rounds[-1].code
    jurors = regulation.round(code).jurors_per_entry
    given = {
        work.entry: sheets(regulation, code, work, [total] * jurors if isinstance(total, int | float) else total)
        for work, total in totals.items()
    }
    material = RoundMaterial(code, regulation, regulation, tuple(totals), given, accepted_works=tuple(totals), **rest)
    return conclude(material)


def open_points(outcome: RoundOutcome) -> list[Blocks]:
    closes = outcome.material.rule.closes
    return [blocker.code for blocker in blockers(outcome, closes=closes, now=closes + timedelta(minutes=1))]


def tiers(outcome: RoundOutcome) -> dict[str, str]:
    return {entry: codes[0] for entry, codes in outcome.prizes.items()}


def counted(outcome: RoundOutcome) -> dict[str, int]:
    return dict(Counter(code for codes in outcome.prizes.values() for code in codes))


def members(count: int) -> tuple[Member, ...]:
    return tuple(Member(f"member-{number}", COUNCIL, chair=number == 1) for number in range(1, count + 1))


def voted(question: str, choices: Sequence[Mapping[str, str]], ballot: int = 1) -> list[Ballot]:
    """One paper for each choice, from the chair down."""
    return [Ballot(ballot, question, f"member-{number}", choice) for number, choice in enumerate(choices, 1)]


def a_full_field(floors: Sequence[float], step: float) -> list[float]:
    """Totals that earn 1, 2, 3 and 5 prizes of four tiers, no two equal, and two works below the lowest floor."""
    found = [
        floor + step * above for floor, count in zip(floors, (1, 2, 3, 5), strict=True) for above in range(count, 0, -1)
    ]
    return [*found, floors[-1] - step, floors[-1] - 2 * step]


# The default: four categories of 1, 2, 3 and 5 prizes ----------------------------------------------------------------


def test_the_default_gives_forty_four_prizes_for_316_million():
    regulation = preset("quang_ngai_2025")
    field = {
        work: total
        for category in CATEGORIES
        for work, total in zip(works(category, 13), a_full_field((90, 80, 70, 60), 0.5), strict=True)
    }

    outcome = scored(regulation, field)

    assert counted(outcome) == {"A": 4, "B": 8, "C": 12, "KK": 20}
    assert outcome.money.total == 316_000_000
    assert open_points(outcome) == []


# Ten points, and a special prize drawn from the firsts ---------------------------------------------------------------


def ten_points(*, votes: Sequence[str], present: int = 7) -> RoundOutcome:
    regulation = preset("thang_diem_10")
    field = {
        work: total
        for category in CATEGORIES
        for work, total in zip(works(category, 13), a_full_field((9, 8, 7, 5.75), 0.25), strict=True)
    }
    there = [f"member-{number}" for number in range(1, present + 1)]
    return scored(
        regulation,
        field,
        members=members(7),
        ballots=tuple(voted("DB", [{f"{category}-001": "yes"} for category in votes])),
        acts=(Act(1, SITTING, "", {"ballot": 1, "question": "DB", "present": there}),),
    )


def test_the_criteria_of_ten_points_are_five_three_and_two_by_quarters():
    rubric = preset("thang_diem_10").rounds[-1].rubric("BAO_IN")

    assert [criterion.maximum for criterion in rubric] == [500, 300, 200]
    assert {criterion.step for criterion in rubric} == {25}


def test_the_special_prize_goes_to_one_of_the_firsts_on_top_of_its_prize():
    outcome = ten_points(votes=[*["TRUYEN_HINH"] * 4, *["BAO_IN"] * 3])

    assert outcome.prizes["TRUYEN_HINH-001"] == ("NHAT", "DB")
    assert counted(outcome) == {"NHAT": 4, "NHI": 8, "BA": 12, "KK": 20, "DB": 1}
    assert outcome.money.total == 4 * 115_000_000 == 460_000_000
    assert outcome.money.worth == 130_000_000
    assert open_points(outcome) == []


@pytest.mark.parametrize(
    ("votes", "present"),
    [
        (["TRUYEN_HINH"] * 4, 4),
        (["TRUYEN_HINH", "BAO_IN", "PHAT_THANH", "BAO_DIEN_TU", "BAO_IN", "PHAT_THANH", "BAO_IN"], 7),
    ],
    ids=["without two thirds of the council", "with more than half for nobody"],
)
def test_no_special_prize_is_drawn(votes, present):
    outcome = ten_points(votes=votes, present=present)

    assert "DB" not in counted(outcome)


def test_a_ballot_without_its_quorum_leaves_the_special_prize_open():
    assert open_points(ten_points(votes=["TRUYEN_HINH"] * 4, present=4)) == [Blocks.PRIZE_OPEN]


# Bands on the mean ---------------------------------------------------------------------------------------------------


def test_a_band_begins_at_its_point_exactly():
    regulation = preset("khung_diem")
    given = {
        "9 flat": [9] * 5,
        "just below 9": [9, 9, 9, 9, 8.75],
        "8 flat": [8.5, 7.5, 8, 8, 8],
        "just below 8": [8, 8, 8, 8, 7.75],
        "7 flat": [7] * 5,
        "6 flat": [6] * 5,
        "just below 6": [6, 6, 6, 6, 5.75],
    }
    field = dict(zip(works("BAO_IN", len(given)), given.values(), strict=True))

    outcome = scored(regulation, field)

    won = tiers(outcome)
    assert [won.get(work.entry) for work in field] == ["A", "B", "B", "C", "C", "KK", None]
    assert outcome.money.total == 20_000_000 + 2 * 12_000_000 + 2 * 8_000_000 + 4_000_000


def test_every_work_of_a_band_wins_however_many_there_are():
    outcome = scored(preset("khung_diem"), dict.fromkeys(works("BAO_DIEN_TU", 9), 9.25))

    assert counted(outcome) == {"A": 9}
    assert outcome.money.total == 180_000_000
    assert open_points(outcome) == []


def test_the_first_round_lets_everyone_through_who_reaches_six():
    field = dict(zip(works("ANH", 4), (9, 6, [6, 6, 5.75], 3), strict=True))

    outcome = scored(preset("khung_diem"), field, "so_khao")

    assert set(outcome.advancing) == {"ANH-001", "ANH-002"}


# A council that votes on each tier -----------------------------------------------------------------------------------


def council(
    yes: Mapping[str, Mapping[str, int]], *, present: int = 9, count: int = 8, chair: str | None = None
) -> RoundOutcome:
    """Conclude the final by the number of members who said yes, by tier and number of the work.

    The chair is among them unless ``chair`` says no.
    """
    regulation = preset("bo_phieu")
    field = works("BAO_IN", count)
    papers: list[Ballot] = []
    acts: list[Act] = []
    for number, (tier, by_work) in enumerate(yes.items(), 1):
        order = [*range(2, present + 1), 1] if chair == "no" else list(range(1, present + 1))
        for place, member in enumerate(order):
            choice = {work.entry: "yes" if place < by_work.get(work.entry[-1], 0) else "no" for work in field}
            papers.append(Ballot(1, tier, f"member-{member}", choice))
        there = [f"member-{member}" for member in range(1, present + 1)]
        acts.append(Act(number, SITTING, "", {"ballot": 1, "question": tier, "present": there}))
    material = RoundMaterial(
        "chung_khao",
        regulation,
        regulation,
        tuple(field),
        members=members(9),
        ballots=tuple(papers),
        acts=tuple(acts),
        accepted_works=tuple(field),
    )
    return conclude(material)


def test_a_council_votes_tier_by_tier_and_more_votes_come_first():
    outcome = council(
        {
            "A": {"1": 7, "2": 5, "3": 4},
            "B": {"2": 9, "3": 8, "4": 5, "5": 6},
            "C": {"4": 9, "5": 8, "6": 7},
            "KK": {"7": 5, "8": 4},
        }
    )

    assert tiers(outcome) == {
        "BAO_IN-001": "A",
        "BAO_IN-002": "B",
        "BAO_IN-003": "B",
        "BAO_IN-004": "C",
        "BAO_IN-005": "C",
        "BAO_IN-006": "C",
        "BAO_IN-007": "KK",
    }
    assert outcome.money.total == 15_000_000 + 2 * 10_000_000 + 3 * 8_000_000 + 4_000_000
    assert open_points(outcome) == []


def test_two_thirds_of_the_members_are_a_quorum_and_one_fewer_are_none():
    met = council({tier: {"1": 6} for tier in ("A", "B", "C", "KK")}, present=6, count=1)
    missed = council({tier: {"1": 5} for tier in ("A", "B", "C", "KK")}, present=5, count=1)

    assert tiers(met) == {"BAO_IN-001": "A"}
    assert tiers(missed) == {}
    assert set(open_points(missed)) == {Blocks.VOTE_MISSING}


@pytest.mark.parametrize(("chair", "won"), [("yes", {"BAO_IN-001": "A"}), ("no", {})])
def test_the_chair_decides_when_exactly_half_are_for_a_work(chair, won):
    outcome = council(
        {tier: {"1": 4} if tier == "A" else {} for tier in ("A", "B", "C", "KK")}, present=8, count=1, chair=chair
    )

    assert tiers(outcome) == won


def test_ten_works_of_each_category_reach_the_council():
    field = {work: 50 + number for number, work in enumerate(works("TRUYEN_HINH", 25))}

    assert len(scored(preset("bo_phieu"), field, "so_khao").advancing) == 10


# Prizes pooled over the categories -----------------------------------------------------------------------------------


def pooled() -> RoundOutcome:
    """A hundred works of five categories; twenty newsrooms have four works each, ten have two."""
    regulation = preset("giai_chung")
    totals = [
        96,
        *(90 + number * 0.5 for number in range(8)),
        *(80 + number * 0.5 for number in range(15)),
        *(70 + number * 0.5 for number in range(20)),
        *(60 + number // 2 * 0.5 for number in range(40)),
        *(40 + number for number in range(16)),
    ]
    categories = islice(cycle(category.code for category in regulation.categories), len(totals))
    field = {}
    for number, (category, total) in enumerate(zip(categories, totals, strict=True)):
        newsroom = f"Báo {number % 20 + 1}" if number < 80 else f"Đài {number % 10 + 1}"
        work = Work(f"{category}-{number:03}", category, "phong_su", "cu_tri", newsroom, "")
        field[work] = total
    below = [work.entry for work, total in field.items() if total < 60]
    return scored(
        regulation, field, acts=(Act(1, PRIZE_CHOSEN, "prize:AT", {"prize": "AT", "subjects": sorted(below)[:2]}),)
    )


def test_pooled_prizes_are_given_over_all_categories():
    outcome = pooled()

    assert counted(outcome) == {"DB": 1, "A": 8, "B": 15, "C": 20, "KK": 40, "AT": 2}
    assert len(outcome.groups) == 1


def test_twenty_newsrooms_have_the_collective_prize():
    (prize,) = pooled().collective

    assert len(prize.winners) == 20
    assert all(winner.works == 4 for winner in prize.winners)


def test_the_pooled_award_costs_two_thousand_eight_hundred_and_twenty_five_million():
    assert pooled().money.total == 2_825_000_000


def test_the_highest_and_the_lowest_sheet_of_the_pooled_award_are_dropped():
    regulation = preset("giai_chung")
    (work,) = works("BAO_IN", 1)

    outcome = scored(regulation, {work: [20, 100, *[81] * 4, *[82] * 3]})

    (standing,) = outcome.standings
    assert standing.mean == Fraction(4 * 8100 + 3 * 8200, 7)


def test_a_juror_of_the_pooled_award_who_enters_judges_nothing():
    entrants = preset("giai_chung").entrants

    assert (entrants.jurors_may_enter, entrants.jurors_do_not_judge) == (True, "contest")


# Multiples of the base salary ----------------------------------------------------------------------------------------


def salaries(regulation: Regulation) -> RoundOutcome:
    field = {
        work: total
        for category in CATEGORIES
        for work, total in zip(works(category, 13), a_full_field((90, 80, 70, 60), 0.5), strict=True)
    }
    return scored(regulation, field)


def test_prizes_are_ten_seven_five_and_two_times_the_base_salary():
    outcome = salaries(preset("luong_co_so"))

    assert [(spent.prize, spent.payment.amount) for spent in outcome.money.spent] == [
        ("A", 23_400_000),
        ("B", 16_380_000),
        ("C", 11_700_000),
        ("KK", 4_680_000),
    ]
    assert outcome.money.total == 4 * (10 + 2 * 7 + 3 * 5 + 5 * 2) * 2_340_000 == 458_640_000


def test_the_day_that_counts_decides_which_base_salary_it_is():
    text = presets.text("luong_co_so").replace("[base_salary]\non = 2026-06-21", "[base_salary]\non = 2024-06-30")

    outcome = salaries(schema.parse(text))

    assert (outcome.money.salary, outcome.money.total) == (1_800_000, 49 * 4 * 1_800_000)


def test_the_middle_sheet_counts_where_the_median_does():
    (work,) = works("PHAT_THANH", 1)

    (standing,) = scored(preset("luong_co_so"), {work: [0, 71, 90.5, 90.5, 100]}).standings

    assert standing.mean == 90_50


# A blind contest -----------------------------------------------------------------------------------------------------


def blind(*given: float, third: float | None = None) -> RoundOutcome:
    regulation = preset("cham_kin")
    (work,) = works("BAO", 1, genre="chinh_luan", topic="guong")
    filled = list(sheets(regulation, "chung_khao", work, given))
    if third is not None:
        filled.append(Sheet("third", marks(regulation, "chung_khao", "BAO", third), third=True))
    return conclude(RoundMaterial("chung_khao", regulation, regulation, (work,), {work.entry: tuple(filled)}))


def test_no_round_of_a_blind_contest_shows_who_wrote():
    regulation = preset("cham_kin")

    assert all(rule.blind for rule in regulation.rounds)
    for category in regulation.categories:
        seen = {slot.code for slot in category.slots if slot.juror_may_see}
        assert len(seen) == 1
        assert seen & {"trang_bao", "ban_chup", "video", "xac_nhan"} == set()


def test_two_jurors_may_be_twenty_points_apart_and_no_further():
    assert open_points(blind(70, 90)) == []
    assert open_points(blind(70, 91)) == [Blocks.THIRD_MISSING]


def test_the_mark_of_the_third_juror_stands_alone():
    outcome = blind(70, 91, third=85)

    assert [standing.mean for standing in outcome.standings] == [85_00]
    assert tiers(outcome) == {"BAO-001": "B"}
    assert open_points(outcome) == []


# Posting, and none ---------------------------------------------------------------------------------------------------


def test_fifty_of_a_hundred_and_three_works_reach_the_final():
    counts = {"BAO_IN": 42, "BAO_DIEN_TU": 26, "PHAT_THANH": 14, "TRUYEN_HINH": 21}
    field = {
        work: 40 + number for category, count in counts.items() for number, work in enumerate(works(category, count))
    }

    outcome = scored(preset("niem_yet"), field, "so_khao")

    assert len(field) == 103
    assert len(outcome.advancing) == 50


def test_forty_four_of_the_fifty_win():
    field = dict(zip((work for category in CATEGORIES for work in works(category, 13)), range(50, 100), strict=False))

    outcome = scored(preset("niem_yet"), field)

    assert counted(outcome) == {"A": 4, "B": 8, "C": 12, "KK": 20}
    assert outcome.money.total == 232_000_000


def test_the_list_is_posted_for_fifteen_days_after_two_approvals():
    regulation = preset("niem_yet")

    assert regulation.has_posting
    assert regulation.calendar.posting_days == regulation.calendar.posting.days == 15
    assert regulation.gates.approvals == ("Ban Tổ chức Giải", "Ủy ban nhân dân tỉnh")
    assert regulation.gates.no_open_complaint


def test_a_newspaper_decides_without_posting():
    regulation = preset("toa_soan")

    assert not regulation.has_posting
    assert regulation.gates.approvals == ("Ban Biên tập",)
    assert len(regulation.rounds) == 1


def test_the_newspaper_gives_eleven_prizes_for_54_million():
    field = dict(zip(works("BAI_VIET", 13), a_full_field((80, 70, 60, 50), 1), strict=True))

    outcome = scored(preset("toa_soan"), field)

    assert counted(outcome) == {"NHAT": 1, "NHI": 2, "BA": 3, "KK": 5}
    assert outcome.money.total == 54_000_000


def test_a_finished_video_adds_three_points():
    plain, filmed = works("BAI_VIET", 2)
    filmed = Work(filmed.entry, filmed.category, "phong_su", "nguoi_tot", "", "", frozenset({"video_hoan_chinh"}))

    outcome = scored(preset("toa_soan"), {plain: 84, filmed: 82})

    assert {standing.entry: standing.mean for standing in outcome.standings} == {
        "BAI_VIET-001": 8400,
        "BAI_VIET-002": 8500,
    }
    assert tiers(outcome) == {"BAI_VIET-002": "NHAT", "BAI_VIET-001": "NHI"}
