"""Who moves up when an award is taken back, and what becomes of the list."""

from copy import deepcopy
from datetime import date

import pytest

from contest.results.award_changes import AwardRef, Paper, has_room, line_of, restored, revoked, suspended, withdrawn_of
from contest.results.moving_up import Move, moving_up

TIERS = [
    {"tier": "A", "quota": 1, "floor": 9000},
    {"tier": "B", "quota": 1, "floor": 8000},
    {"tier": "C", "quota": 2, "floor": 7000},
]


def record(*lines, tiers=TIERS):
    """A sealed record of one group: code, mean, tier, place."""
    return {
        "groups": [
            {
                "group": "BAO_IN",
                "tiers": tiers,
                "lines": [
                    {
                        "entry": entry,
                        "mean": None if mean is None else f"{mean}/1",
                        "tier": tier,
                        "place": place,
                        "prizes": [tier] if tier else [],
                    }
                    for entry, mean, tier, place in lines
                ],
            }
        ]
    }


FULL = record(("a", 9500, "A", 1), ("b", 9200, "B", 2), ("c", 8500, "C", 3), ("d", 7200, "C", 4), ("e", 7100, None, 5))
HELD = {"a": "A", "b": "B", "c": "C", "d": "C"}


def moved(result=FULL, held=HELD, revoked=("a",), gone=(), method="quota"):
    held = {entry: tier for entry, tier in held.items() if entry not in revoked}
    return moving_up(result, "BAO_IN", method=method, held=held, revoked=revoked, gone=gone)


def test_every_work_after_it_moves_up_by_one_seat():
    assert moved().moves == (
        Move("b", "BAO_IN", 2, "B", "A"),
        Move("c", "BAO_IN", 3, "C", "B"),
        Move("e", "BAO_IN", 5, None, "C"),
    )


def test_the_last_seat_goes_to_the_next_work_only():
    assert moved(revoked=("c",)).moves == (Move("e", "BAO_IN", 5, None, "C"),)


def test_nobody_moves_past_a_floor():
    low = record(("a", 9500, "A", 1), ("b", 8500, "B", 2), ("c", 6900, None, 3))

    assert moved(low, {"a": "A", "b": "B"}).moves == ()


def test_a_work_that_left_the_contest_without_a_prize_gets_none():
    assert [move.entry for move in moved(gone={"e"}).moves] == ["b", "c"]


def test_nobody_moves_up_into_the_place_of_a_work_that_left_the_contest_with_a_prize():
    assert moved(held={"b": "B", "c": "C", "d": "C"}, revoked=("d",), gone={"a"}).moves == (
        Move("e", "BAO_IN", 5, None, "C"),
    )


def test_a_work_whose_award_was_revoked_before_does_not_come_back():
    assert [move.entry for move in moved(revoked=("a", "b"), held={"c": "C", "d": "C"}).moves] == ["c", "e"]


def test_equal_works_at_an_open_seat_are_left_to_people():
    tied = record(("a", 9500, "A", 1), ("b", 8500, "B", 2), ("c", 8200, "C", 3), ("d", 8200, "C", 3))

    found = moved(tied, {"a": "A", "b": "B", "c": "C", "d": "C"}, revoked=("b",))

    assert (found.moves, found.equal) == ((), ("c", "d"))


def test_a_work_that_gave_its_tier_back_for_a_special_prize_keeps_its_seat():
    result = deepcopy(FULL)
    result["groups"][0]["lines"][1]["prizes"] = ["DB"]

    assert [move.entry for move in moved(result, {"a": "A", "c": "C", "d": "C"}).moves] == ["c", "e"]


def test_by_bands_the_seat_goes_to_a_work_of_the_same_band_only():
    found = moved(method="bands", held={"a": "A", "c": "B", "d": "C", "e": "C"})

    assert found.moves == (Move("b", "BAO_IN", 2, None, "A"),)


def copy():
    def line(number, tier, section="BAO_IN"):
        return {"award_id": number, "entry_id": number * 10, "section": section, "tier": tier, "place": number}

    return {
        "sections": [{"code": "BAO_IN", "prizes": [{"code": code} for code in "ABC"]}],
        "awards": [line(1, "A"), line(2, "B"), line(3, "C")],
        "collective": [],
    }


PAPER = Paper("140-QĐ/BTGDVTU", date(2025, 11, 3))


def test_a_revoked_award_has_room_only_while_nobody_has_taken_its_place():
    listed = copy()
    listed["sections"][0]["prizes"] = [
        {"code": "A", "quota": 1},
        {"code": "B", "quota": 1},
        {"code": "C", "quota": None},
    ]
    given = {line["tier"]: line for line in listed["awards"]}

    assert [has_room(listed, given[tier]) for tier in "ABC"] == [False, False, True]
    listed["awards"].remove(given["A"])
    assert has_room(listed, given["A"])


def test_a_suspended_award_stays_on_the_list_and_says_so():
    after = suspended(copy(), AwardRef("award", 2), PAPER)

    assert line_of(after, AwardRef("award", 2))["suspended"] == {
        "number": "140-QĐ/BTGDVTU",
        "decided_on": "2025-11-03",
    }
    assert restored(after, AwardRef("award", 2)) == copy()


def test_a_revoked_award_leaves_the_list_and_is_named_as_taken_back():
    after = revoked(copy(), AwardRef("award", 2), PAPER)

    assert [line["award_id"] for line in after["awards"]] == [1, 3]
    assert withdrawn_of(after, AwardRef("award", 2))["number"] == "140-QĐ/BTGDVTU"


def test_a_restored_award_returns_to_its_place():
    after = restored(revoked(copy(), AwardRef("award", 2), PAPER), AwardRef("award", 2))

    assert [line["award_id"] for line in after["awards"]] == [1, 2, 3]
    assert after["withdrawn"] == []


def test_a_work_that_moves_up_gives_back_the_prize_it_had():
    moved_up = {"award_id": 9, "entry_id": 20, "section": "BAO_IN", "tier": "A", "place": 2}

    after = revoked(copy(), AwardRef("award", 1), PAPER, [moved_up])

    assert [(line["award_id"], line["tier"]) for line in after["awards"]] == [(9, "A"), (3, "C")]
    assert withdrawn_of(after, AwardRef("award", 1))["moved"] == [9]


@pytest.mark.parametrize("ref", [AwardRef("award", 7), AwardRef("collective", 1)])
def test_an_award_that_is_not_on_the_list_is_not_found(ref):
    assert line_of(copy(), ref) is None
