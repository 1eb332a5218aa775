"""Codes of the regulation that rounds refer to."""

from __future__ import annotations

from contest.judging.usage import codes_of_rounds
from contest.regulations import amending
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest


def test_a_round_that_is_not_opened_uses_its_code_and_the_panels_that_are_formed(app):
    contest = make_contest()
    make_panel(make_round(contest, opened=False), [make_member(contest, "juror")], "PHAT_THANH")

    assert codes_of_rounds(contest.id) == {"round:so_khao", "panel:so_khao/PHAT_THANH"}


def test_an_opened_round_uses_the_rubrics_and_panels_of_what_it_judges(app):
    contest = make_contest()
    round_ = make_round(contest, entries=[make_entry(contest, make_user())])

    used = codes_of_rounds(contest.id)

    rubric = {f"criterion:so_khao/BAO_IN/{criterion.code}" for criterion in round_.rubric("BAO_IN")}
    assert used == rubric | {"round:so_khao", "category:BAO_IN", "panel:so_khao/BAO_IN"}
    assert used <= amending.codes(contest.regulation)
