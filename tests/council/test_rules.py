"""Counting hands, and what somebody kept from a work sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from contest.council.counting import Hands, House, Verdict, count_hands, fits, rule_of
from contest.council.sight import seen, visible_rows
from contest.council.stages import LATE, is_entered_later
from contest.regulations.voting import VoteRule

HOUR = datetime(2025, 9, 18, 1, tzinfo=UTC)


def test_a_majority_of_those_present_counts_members_who_take_no_part():
    rule = VoteRule(kind="yes_no")
    house = House(members=7, present=6, entitled=4, quorum=4)

    assert count_hands(rule, house, Hands(3, 1, 0)) == Verdict(of=6, needed=4, casting=False, carried=False)
    assert count_hands(rule, house, Hands(4, 0, 0)).carried


def test_a_majority_of_all_members_is_counted_of_all():
    rule = VoteRule(kind="yes_no", majority="members")

    assert count_hands(rule, House(8, 5, 5, 4), Hands(4, 1, 0)) == Verdict(8, 5, casting=False, carried=False)


@pytest.mark.parametrize(("chair_for", "carried"), [(True, True), (False, False)])
def test_the_casting_vote_decides_when_exactly_half_are_for(chair_for, carried):
    rule = VoteRule(kind="yes_no", casting_vote=True)

    verdict = count_hands(rule, House(6, 6, 6, 3), Hands(3, 3, 0, chair_for))

    assert (verdict.carried, verdict.casting) == (carried, chair_for)


def test_a_casting_vote_is_given_by_the_regulation_alone():
    assert not count_hands(VoteRule(kind="yes_no"), House(6, 6, 6, 3), Hands(3, 3, 0, chair_for=True)).carried


def test_two_thirds_are_never_reached_by_a_casting_vote():
    rule = VoteRule(kind="yes_no", majority="two_thirds", casting_vote=True)

    assert not count_hands(rule, House(6, 6, 6, 3), Hands(3, 3, 0, chair_for=True)).carried


def test_no_more_hands_are_raised_than_there_are_members_with_a_vote():
    house = House(members=7, present=6, entitled=4, quorum=4)

    assert fits(house, Hands(3, 1, 0))
    assert not fits(house, Hands(3, 1, 1))
    assert not fits(house, Hands(5, -1, 0))


@pytest.mark.parametrize(("present", "has"), [(0, False), (3, False), (4, True)])
def test_a_quorum_is_a_number_of_members_present(present, has):
    assert House(7, present, present, 4).has_quorum is has


def test_a_council_that_marks_decides_by_more_than_half():
    class Scored:
        vote = None

    assert rule_of(Scored()).majority == "present"


@pytest.mark.parametrize(("late", "told"), [(timedelta(), False), (LATE - timedelta(seconds=1), False), (LATE, True)])
def test_a_step_typed_in_long_after_its_hour_says_so(late, told):
    assert is_entered_later(HOUR, HOUR + late) is told


@dataclass(frozen=True)
class Line:
    about: tuple[int, ...]


def test_what_is_about_a_hidden_work_is_left_out_whatever_else_it_is_about():
    lines = [Line(()), Line((1,)), Line((1, 2)), Line((3,))]

    assert seen(lines, {2}) == [Line(()), Line((1,)), Line((3,))]


def question(kind: str) -> dict[str, object]:
    return {"kind": kind, "rows": [{"entry": 1}, {"entry": 2}, {"entry": None}]}


@pytest.mark.parametrize("kind", ["yes_no", "tier"])
def test_figures_that_tell_nothing_of_each_other_are_left_out_one_by_one(kind):
    assert visible_rows(question(kind), {2}) == [{"entry": 1}, {"entry": None}]


@pytest.mark.parametrize("kind", ["approval", "ranking"])
def test_figures_that_tell_of_a_hidden_work_by_what_is_missing_are_all_withheld(kind):
    assert visible_rows(question(kind), {2}) is None
    assert visible_rows(question(kind), {9}) == question(kind)["rows"]
