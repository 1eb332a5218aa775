"""What everybody may have of a contest whose scores are open: it computes again, and says nothing about people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contest.audit.commitment import FORMAT, leaf, root
from contest.results.material import Ballot
from contest.results.recount import binding, computing, layout, opening, reading, writing
from contest.results.recount.contents import Contents
from contest.results.visibility import Fact, Moment, Viewer, may_see
from tests.results import bundles

SALT = "5a" * 16


def with_chairs_casting(contents: Contents, *, all_for: bool = False) -> Contents:
    """A secret vote in which the chair's ballots keep the chair's id, as a casting vote asks.

    :param all_for: whether all vote for everything, so that nothing is cast by the chair
    """
    last = contents.rounds[-1]
    ballots = tuple(
        replace(
            ballot,
            voter="member-0" if ballot.voter.endswith("-0") else ballot.voter,
            choice=dict.fromkeys(ballot.choice, "yes") if all_for else ballot.choice,
        )
        for ballot in last.material.ballots
    )
    last = replace(last, material=replace(last.material, ballots=ballots))
    texts = tuple(contents.texts.values())
    return bundles.sealed(*contents.rounds[:-1], last, texts=texts)


def without_chairs(document: Any) -> None:
    """Let no sheet of a chair separate equal works."""
    for rule in document["rounds"]:
        rule["tie_breaks"] = [name for name in rule["tie_breaks"] if name != "chair_sheet"]


def bound(contents: Contents) -> Contents:
    """Bind each round to its sheets, as a sealing does: also to those of jurors who stepped back."""
    rounds, salts = [], {}
    for each in contents.rounds:
        sheets = [sheet.sha256 for of_entry in each.material.sheets.values() for sheet in of_entry if sheet.sha256]
        leaves = sorted({leaf(SALT, sha256) for sha256 in sheets})
        rounds.append({"round": each.material.code, "version": 1, "root": root(leaves), "leaves": leaves})
        salts |= dict.fromkeys(sheets, SALT)
    proof = {"format": FORMAT, "contest": contents.contest, "rounds": rounds, "salts": salts}
    return replace(contents, commitments=proof)


CONTESTS = {
    "every act": bundles.with_every_act,
    "voted": bundles.voted,
    "casting": lambda: with_chairs_casting(bundles.voted()),
    "plain": bundles.simple,
}


@pytest.fixture(scope="module", params=CONTESTS)
def contents(request):
    return bound(CONTESTS[request.param]())


@pytest.fixture
def opened(contents):
    return opening.opened(contents)


def test_what_is_opened_computes_to_the_same_result(opened, tmp_path):
    done = computing.recount(bundles.zipped(tmp_path, opened))

    assert done.differences == ()
    assert done.has_result


def test_what_is_opened_decides_what_was_decided(contents, opened):
    def decided(document):
        return [
            (group["group"], line["entry"], line["place"], line.get("mean"), line.get("prizes"), line.get("advanced"))
            for group in document["groups"]
            for line in group["lines"]
        ], [document.get(name) for name in ("out", "votes", "special", "thematic", "money")]

    before, after = contents.result["rounds"], opened.result["rounds"]
    assert list(map(decided, after)) == list(map(decided, before))


def test_nothing_of_works_that_left_and_of_jurors_who_stepped_back_is_opened_but_codes(opened):
    files = writing.files(opened)
    told = reading.read(files)

    for each in told.rounds:
        out = {work.entry for work in each.material.works if work.out}
        assert out.isdisjoint(each.material.sheets)
        assert out.isdisjoint(given.entry for given in each.assignments)
        assert all(not (work.outlet or work.received_at or work.slots) for work in each.material.works if work.out)
        assert all(sheet.left_out is None for sheets in each.material.sheets.values() for sheet in sheets)
        assert not each.superseded
    assert b"recused" not in files[layout.RESULT] + files[layout.SHEETS.file]


def test_no_newsroom_no_recorder_and_no_moment_of_an_assignment_is_opened(opened):
    files = writing.files(opened)
    told = b"".join(content for name, content in files.items() if not name.endswith((".toml", layout.README)))

    assert "Báo số".encode() not in told
    assert b"secretary" not in told
    assert all(not (given.assigned_at or given.recused_at) for each in opened.rounds for given in each.assignments)


def test_who_chairs_is_not_told_where_the_result_does_not_need_it():
    text = bundles.regulation_text(without_chairs)
    opened = opening.opened(
        bundles.sealed(*(bundles.scored_round(text, code) for code in ("so_khao", "chung_khao")), texts=(text,))
    )

    for each in opened.rounds:
        assert not any(member.chair for member in each.material.members)
        assert not any(sheet.chair for sheets in each.material.sheets.values() for sheet in sheets)


def test_the_secret_ballot_of_a_chair_is_not_known_by_its_voter():
    opened = opening.opened(with_chairs_casting(bundles.voted(), all_for=True))
    last = opened.rounds[-1].material
    chairs = {member.juror for member in last.members if member.chair}

    assert not chairs
    assert {ballot.voter for ballot in last.ballots}.isdisjoint(member.juror for member in last.members)


def test_a_ballot_without_its_voter_is_still_one_ballot():
    ballots = [Ballot(1, "", f"member-{number}", {"BI-0001": "yes"}, "BAO_IN") for number in range(3)]
    contents = bundles.voted()
    last = contents.rounds[-1]
    material = replace(last.material, ballots=tuple(ballots))

    told = list(opening._ballots(material, opening._Newsrooms(), chairs=False))

    assert len({(ballot.ballot, ballot.question, ballot.voter) for ballot in told}) == len(ballots)


def test_every_leaf_is_that_of_a_sheet_or_named_as_withheld(contents, opened):
    commitments = binding.read(writing.files(opened)[layout.COMMITMENTS])

    assert list(binding.roots(commitments)) == []
    assert list(binding.sheets(commitments, opened)) == []
    shown = {sheet.sha256 for each in opened.rounds for of in each.material.sheets.values() for sheet in of}
    assert set(commitments["salts"]) == shown - {""}


def test_a_sheet_that_is_left_out_quietly_is_named(tmp_path):
    opened = opening.opened(bound(bundles.simple()))
    first, *others = opened.rounds
    sheets = dict(first.material.sheets)
    entry = next(iter(sheets))
    sheets[entry] = sheets[entry][1:]
    short = replace(opened, rounds=(replace(first, material=replace(first.material, sheets=sheets)), *others))

    places = [difference.place for difference in computing.recount(bundles.zipped(tmp_path, short)).differences]

    assert any(place.startswith("commitments.json: rounds[") for place in places)


def test_a_leaf_that_is_withheld_and_bound_nowhere_is_named(tmp_path):
    opened = opening.opened(bound(bundles.simple()))
    commitments = {**opened.commitments, "withheld": {opened.rounds[0].material.code: ["ab" * 32]}}

    done = computing.recount(bundles.zipped(tmp_path, replace(opened, commitments=commitments)))

    assert any("withheld" in difference.place for difference in done.differences)


def test_the_recount_says_how_many_sheets_are_withheld(tmp_path):
    opened = opening.opened(bound(bundles.simple()))

    done = computing.recount(bundles.zipped(tmp_path, opened))

    assert done.withheld
    assert sum(done.withheld.values()) == sum(len(leaves) for leaves in opened.commitments["withheld"].values())


@pytest.mark.parametrize("viewer", Viewer)
def test_scores_are_seen_by_nobody_here_unless_the_regulation_opens_them(viewer):
    assert not any(may_see(Fact.SCORES, {viewer}, moment) for moment in Moment)
    assert [moment for moment in Moment if may_see(Fact.SCORES, {viewer}, moment, opened=True)] == [Moment.PUBLISHED]


def test_the_word_of_the_regulation_opens_nothing_else():
    for fact in set(Fact) - {Fact.SCORES}:
        for moment in Moment:
            assert may_see(fact, {Viewer.PUBLIC}, moment, opened=True) == may_see(fact, {Viewer.PUBLIC}, moment)
