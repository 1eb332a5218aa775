"""The default regulation says what the domain says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from contest.clock import ZONE
from contest.regulations import presets, schema
from contest.regulations.articles import RULES
from contest.regulations.schema import Regulation
from contest.regulations.scoring import DiscrepancyRule


@pytest.fixture(scope="module")
def regulation() -> Regulation:
    return schema.parse(presets.text("quang_ngai_2025"))


@pytest.mark.parametrize("name", presets.NAMES)
def test_every_preset_is_a_regulation(name):
    assert schema.parse(presets.text(name)).format == 1


def test_the_default_is_the_first_of_the_presets():
    assert presets.NAMES[0] == "quang_ngai_2025"


def test_every_preset_says_in_a_line_of_its_own_what_it_is_for():
    titles = [presets.title(name) for name in presets.NAMES]

    assert len(set(titles)) == len(titles) == 9
    assert all(len(title) < 100 for title in titles)


def test_no_two_presets_share_an_address():
    slugs = [schema.parse(presets.text(name)).slug for name in presets.NAMES]

    assert len(set(slugs)) == len(slugs)


def test_an_unknown_preset_is_refused():
    with pytest.raises(KeyError):
        presets.text("../quang_ngai_2025")
    with pytest.raises(KeyError):
        presets.title("../quang_ngai_2025")


def test_the_default_has_four_categories_with_their_prefixes(regulation):
    assert [(category.code, category.prefix, category.shown_prefix) for category in regulation.categories] == [
        ("BAO_IN", "BI", "BI"),
        ("BAO_DIEN_TU", "BDT", "BĐT"),
        ("PHAT_THANH", "PT", "PT"),
        ("TRUYEN_HINH", "TH", "TH"),
    ]


def test_the_calendar_of_the_default_is_that_of_2025(regulation):
    calendar = regulation.calendar

    assert (calendar.publication.first, calendar.publication.last) == (date(2021, 1, 1), date(2025, 7, 31))
    assert calendar.receipt.opens == datetime(2025, 8, 1, tzinfo=ZONE)
    assert calendar.receipt.closes == datetime(2025, 8, 16, tzinfo=ZONE)
    assert calendar.receipt.last_day == date(2025, 8, 15)
    assert (calendar.screening.first, calendar.screening.last) == (date(2025, 8, 16), date(2025, 8, 20))
    assert (calendar.posting.first, calendar.posting.last) == (date(2025, 9, 20), date(2025, 10, 4))
    assert calendar.posting.days == calendar.posting_days == 15
    assert (calendar.decision_on, calendar.ceremony_on) == (date(2025, 10, 6), date(2025, 10, 15))
    assert [(rule.first_day, rule.last_day) for rule in regulation.rounds] == [
        (date(2025, 8, 21), date(2025, 9, 5)),
        (date(2025, 9, 8), date(2025, 9, 18)),
    ]


def test_to_the_end_of_the_day_means_the_next_midnight_exclusive(regulation):
    receipt = regulation.calendar.receipt

    assert receipt.to_the_end_of_the_day
    assert receipt.is_open(receipt.closes - timedelta(microseconds=1))
    assert not receipt.is_open(receipt.closes)


def test_every_rubric_of_the_default_adds_up_to_a_hundred(regulation):
    sums = {
        (rule.code, category.code): sum(criterion.maximum for criterion in rule.rubric(category.code))
        for rule in regulation.rounds
        for category in regulation.categories
    }

    assert len(sums) == 8
    assert set(sums.values()) == {100_00}


def test_marks_of_the_default_go_by_half_points(regulation):
    criterion = regulation.rounds[0].rubric("BAO_IN")[0]

    assert criterion.step == 50
    assert [mark for mark in (0, 1750, 2000, 1751, 2050, -50) if criterion.takes(mark)] == [0, 1750, 2000]


def test_every_mark_has_exactly_one_level_of_guidance(regulation):
    for rule in regulation.rounds:
        for criteria in rule.rubrics.values():
            for criterion in criteria:
                for mark in range(0, criterion.maximum + 1, criterion.step):
                    assert sum(level.low <= mark <= level.high for level in criterion.guidance) == 1


def test_the_prizes_of_the_default_are_one_two_three_five(regulation):
    assert [(tier.code, tier.quota, tier.floor, tier.money.amount) for tier in regulation.prizes] == [
        ("A", 1, 90_00, 15_000_000),
        ("B", 2, 80_00, 10_000_000),
        ("C", 3, 70_00, 8_000_000),
        ("KK", 5, 60_00, 4_000_000),
    ]


def test_the_rounds_of_the_default_are_as_settled(regulation):
    preliminary, final = regulation.rounds

    assert (preliminary.jurors_per_entry, preliminary.panel_size) == (3, 5)
    assert (final.jurors_per_entry, final.panel_size) == (7, 7)
    assert preliminary.advancement.share == Fraction(1, 2)
    assert final.advancement is None
    assert preliminary.tie_breaks == ("criterion:phat_hien", "criterion:hieu_qua", "chair_sheet", "act")
    assert {rule.discrepancy for rule in regulation.rounds} == {DiscrepancyRule(limit=20, consequence="hold")}


def test_the_limits_of_the_default_are_exact(regulation):
    assert regulation.limits.window_share == Fraction(2, 3)
    assert (regulation.limits.works_per_author, regulation.limits.max_instalments) == (5, 5)
    assert [category.max_authors for category in regulation.categories] == [5, 5, 10, 10]


def test_awards_of_the_nation_a_ministry_or_a_province_keep_a_work_out(regulation):
    refused = [level.code for level in regulation.prior_awards.levels if regulation.prior_awards.refuses(level.code)]

    assert refused == ["quoc_gia", "bo_nganh", "tinh"]


def test_every_rule_has_its_article(regulation):
    assert {rule: regulation.cite(rule) for rule in RULES} == {
        "publication_window": "khoản 1 Điều 6",
        "window_share": "khoản 2 Điều 6",
        "max_instalments": "khoản 3 Điều 6",
        "max_authors": "khoản 4 Điều 6",
        "works_per_author": "khoản 5 Điều 6",
        "length": "khoản 6 Điều 6",
        "licensed_outlet": "khoản 7 Điều 6",
        "prior_awards": "khoản 8 Điều 6",
        "excluded_entrants": "khoản 2 Điều 3",
        "true_story": "khoản 1 Điều 4",
        "one_category": "khoản 2 Điều 5",
        "dossier": "khoản 1 Điều 7",
        "statements": "khoản 3 Điều 7",
        "receipt": "khoản 1 Điều 8",
        "works_per_unit": "khoản 4 Điều 7",
        "through": "khoản 4 Điều 7",
        "same_topic": "khoản 2 Điều 5",
        "earlier_instalments": "khoản 2 Điều 6",
    }


def test_a_rule_that_does_not_exist_has_no_article(regulation):
    with pytest.raises(KeyError):
        regulation.cite("hairstyle")


def test_things_are_found_by_their_codes(regulation):
    assert regulation.category("PHAT_THANH").slot("kich_ban").name == "Kịch bản, lời bình"
    assert regulation.genre("phong_su").name == "Phóng sự"
    assert regulation.topic("kinh_te").name == "Kinh tế"
    assert regulation.round("chung_khao").name == "Chung khảo"
    assert regulation.tier("KK").name == "Giải Khuyến khích"
    with pytest.raises(KeyError):
        regulation.category("ANH")


def test_nothing_of_a_regulation_can_be_changed(regulation):
    with pytest.raises(ValueError, match="frozen"):
        regulation.limits.works_per_author = 6


def test_the_register_number_is_written_after_its_pattern(regulation):
    assert regulation.certificate.register_number(7, 2025) == "007/2025"


def test_the_number_of_a_decision_is_written_after_the_profile_of_the_letterhead(regulation):
    state = regulation.letterhead.model_copy(update={"profile": "state", "symbol": "QĐ-HNB"})

    assert regulation.letterhead.reference("127") == "Số 127-QĐ/BTGDVTU"
    assert state.reference("48") == "Số: 48/QĐ-HNB"
