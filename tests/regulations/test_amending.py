"""What an amendment may not do."""

from __future__ import annotations

from datetime import datetime

import pytest

from contest.clock import ZONE
from contest.regulations import document, presets, schema
from contest.regulations.amending import codes, obstacles
from tests.makers.regulations import preset_text
from tests.regulations.changing import GONE, changed
from tests.regulations.contradictions import SHEETS
from tests.regulations.writing import toml

BEFORE = schema.parse(presets.text("quang_ngai_2025"))
NAME = "quang_ngai_2025"
THREE_DAYS_LATER = (
    ("closes = 2025-08-15}", "closes = 2025-08-18}"),
    ("first = 2025-08-16", "first = 2025-08-18"),
)


def paths(after, *, at="2025-08-10T10:00", in_use=(), slug="dan-van-kheo-2025"):
    now = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    return [problem.path for problem in obstacles(BEFORE, after, slug=slug, in_use=in_use, now=now)]


def test_an_amendment_that_changes_no_promise_has_no_obstacle():
    after = schema.parse(preset_text(NAME, ("works_per_author = 5", "works_per_author = 6")))

    assert paths(after, in_use=codes(BEFORE)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('code = "but_ky"', 'code = "tuy_but"', "genre:but_ky", "genres"),
        ('code = "kinh_te"', 'code = "kt"', "topic:kinh_te", "topics"),
        ('code = "van_ban"', 'code = "bai"', "slot:BAO_IN/van_ban", "categories"),
        ('code = "co_so"', 'code = "huyen"', "level:co_so", "prior_awards.levels"),
        ('code = "su_dung_lai"', 'code = "dung_lai"', "statement:su_dung_lai", "statements"),
        ('code = "KK"', 'code = "D"', "tier:KK", "prizes"),
        ('code = "trinh_bay"', 'code = "hinh_thuc"', "criterion:so_khao/BAO_IN/trinh_bay", "rubrics"),
    ],
)
def test_a_code_in_use_cannot_be_dropped(old, new, code, path):
    text = preset_text(NAME, (old, new))
    after = schema.parse(text.replace('"but_ky"', '"tuy_but"') if "but_ky" in old else text)

    assert paths(after, in_use=[code]) == [path]
    assert paths(after, in_use=[]) == []


def test_the_deadline_can_be_moved_later():
    after = schema.parse(
        preset_text(
            NAME, ("closes = 2025-08-15}", "closes = 2025-08-18}"), ("first = 2025-08-16", "first = 2025-08-18")
        )
    )

    assert paths(after) == []


def test_the_deadline_cannot_be_moved_earlier():
    after = schema.parse(preset_text(NAME, ("closes = 2025-08-15}", "closes = 2025-08-14}")))

    assert paths(after) == ["calendar.receipt.closes"]


def test_a_deadline_that_has_passed_can_only_be_moved_into_the_future():
    after = schema.parse(
        preset_text(
            NAME, ("closes = 2025-08-15}", "closes = 2025-08-18}"), ("first = 2025-08-16", "first = 2025-08-18")
        )
    )

    assert paths(after, at="2025-08-16T08:00") == ["calendar.screening.first"]
    assert paths(after, at="2025-08-19T08:00") == ["calendar.receipt.closes", "calendar.screening.first"]


def test_what_has_begun_keeps_its_beginning():
    after = schema.parse(preset_text(NAME, ("opens = 2025-08-01", "opens = 2025-08-12")))

    assert paths(after) == ["calendar.receipt.opens"]
    assert paths(after, at="2025-07-20T10:00") == []


def test_a_decision_that_is_late_can_be_put_off():
    after = schema.parse(preset_text(NAME, ("decision_on = 2025-10-06", "decision_on = 2025-10-10")))

    assert paths(after, at="2025-10-08T10:00") == []
    assert paths(after, at="2025-10-12T10:00") == ["calendar.decision_on"]


def test_the_address_stays():
    assert paths(BEFORE, slug="giai-bao-chi") == ["slug"]


def test_the_first_version_has_only_its_address_to_keep():
    now = datetime(2030, 1, 1, tzinfo=ZONE)

    assert list(obstacles(None, BEFORE, slug="dan-van-kheo-2025", in_use=(), now=now)) == []


def later(**changes):
    return schema.parse(toml(changed(PRESET, changes)))


PRESET = document.read(presets.text(NAME))


def test_a_prize_beside_the_tiers_in_use_cannot_be_dropped():
    assert paths(BEFORE, in_use=["tier:DB"]) == ["prizes"]
    prize = {"code": "DB", "name": "Giải Đặc biệt", "from_tiers": ["A"], "money": 30_000_000}
    assert paths(later(special_prizes=[prize]), in_use=["tier:DB"]) == []


def test_a_panel_in_use_cannot_be_dropped():
    after = later(**{"rounds.so_khao.panels": "council"})

    assert paths(after, in_use=["panel:so_khao/BAO_IN"]) == ["rounds"]
    assert paths(after, in_use=["panel:so_khao/hoi_dong"]) == []


def test_bonus_points_in_use_cannot_be_dropped():
    assert paths(BEFORE, in_use=["bonus:so_khao/clip"]) == ["rounds"]


def test_a_posting_that_has_not_begun_can_be_left_out():
    after = later(**{"calendar.posting": GONE, "calendar.posting_days": GONE})

    assert paths(after, at="2025-09-19T10:00") == []
    assert paths(after, at="2025-09-21T10:00") == ["calendar.posting"]


def test_a_posting_is_not_added_for_days_that_are_over():
    unposted = later(**{"calendar.posting": GONE, "calendar.posting_days": GONE})
    now = datetime(2025, 10, 5, 8, tzinfo=ZONE)

    found = obstacles(unposted, BEFORE, slug="dan-van-kheo-2025", in_use=(), now=now)

    assert [problem.path for problem in found] == ["calendar.posting.last"]


VOTED = {
    **{f"rounds.chung_khao.{name}": GONE for name in SHEETS},
    "rounds.chung_khao.vote": {"kind": "yes_no"},
    "rounds.chung_khao.tie_breaks": ["act"],
    "awarding.method": "vote",
    **{f"prizes.{tier}.floor": GONE for tier in ("A", "B", "C", "KK")},
}


def test_an_opened_round_is_judged_as_it_was_opened():
    after = later(**VOTED)

    assert paths(after, in_use=["round:so_khao"]) == []
    assert paths(after, in_use=["round:chung_khao"]) == ["rounds[chung_khao].vote"]


def test_an_opened_round_keeps_its_place():
    first = {**PRESET["rounds"][0], "code": "tuyen_chon", "name": "Tuyển chọn"}
    first["opens"], first["closes"] = datetime(2025, 8, 16, 8, tzinfo=ZONE), datetime(2025, 8, 20, 17, tzinfo=ZONE)
    after = later(rounds=[first, *PRESET["rounds"]])

    assert paths(after) == []
    assert paths(after, in_use=["round:so_khao"]) == ["rounds"]
