"""Codes of the regulation that results refer to."""

from __future__ import annotations

from contest.regulations import amending, usage
from contest.results.usage import codes_of_results
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.makers.results import make_proposed, make_sealed


def test_a_sealed_final_uses_every_tier_it_could_have_given(app):
    contest, _works = make_sealed()

    used = codes_of_results(contest.id)

    assert {code for code in used if code.startswith("tier:")} == {"tier:A", "tier:B", "tier:C", "tier:KK"}
    assert {code for code in used if code.startswith("category:")} == {
        f"category:{category.code}" for category in contest.regulation.categories
    }


def test_prizes_use_their_tier_and_category(app):
    contest, _works = make_sealed()
    make_proposed(contest, by=make_member(contest, "organizer"))

    assert {"category:BAO_IN", "tier:A", "tier:B"} <= codes_of_results(contest.id)
    assert usage.codes_in_use(contest.id) <= amending.codes(contest.regulation)


def test_a_contest_without_results_uses_nothing_of_them(app):
    assert codes_of_results(make_contest().id) == set()
