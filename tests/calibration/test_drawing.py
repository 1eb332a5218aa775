"""Which works are marked again, by whom, and how far two marks agree."""

from __future__ import annotations

import pytest

from contest.calibration.agreement import agreement
from contest.calibration.drawing import by_lot, chosen

WORKS = [f"BI-{number:04}" for number in range(100)]


def test_the_same_seed_draws_the_same_works_and_another_seed_others():
    assert by_lot(WORKS, 10, 7) == by_lot(list(reversed(WORKS)), 10, 7)
    assert by_lot(WORKS, 10, 7) != by_lot(WORKS, 10, 8)
    assert len(by_lot(WORKS, 10, 7)) == 10


def test_a_share_is_rounded_up():
    assert len(by_lot(WORKS[:11], 5, 1)) == 1


def test_a_work_that_leaves_changes_nothing_about_the_others():
    drawn = by_lot(WORKS, 20, 3)
    gone = next(work for work in WORKS if work not in drawn)

    assert by_lot([work for work in WORKS if work != gone], 20, 3) == drawn


def test_whoever_has_fewest_works_marks_again():
    assert chosen({"a": [{1, 2, 3}]}, {1: 5, 2: 4, 3: 6}, 1) == {"a": 2}


def test_the_load_of_what_was_just_given_counts():
    given = chosen({work: [{1, 2}] for work in "abcd"}, {}, 1)

    assert sorted(given.values()) == [1, 1, 2, 2]


def test_the_second_circle_is_asked_when_the_first_is_empty():
    assert chosen({"a": [set(), {9}], "b": [{1}, {1, 9}], "c": [set(), set()]}, {9: 0, 1: 5}, 1) == {
        "a": 9,
        "b": 1,
        "c": None,
    }


def test_no_pairs_say_nothing():
    assert agreement([]) is None


def test_two_pairs_give_a_distance_and_no_concordance():
    said = agreement([(10.0, 12.0), (20.0, 19.0)])

    assert (said.pairs, said.lean, said.distance, said.concordance) == (2, 0.5, 1.5, None)


def test_equal_marks_agree_wholly_and_a_steady_difference_takes_off():
    assert agreement([(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]).concordance == pytest.approx(1)
    assert agreement([(1.0, 2.0), (2.0, 3.0), (3.0, 4.0)]).concordance == pytest.approx(4 / 7)


def test_marks_that_are_all_equal_have_no_concordance():
    assert agreement([(5.0, 5.0)] * 4).concordance is None
