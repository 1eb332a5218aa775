"""The standings of a round at the shell."""

import json

from contest.database import db
from contest.results.models import RoundResult
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["tally", *arguments])


def test_the_standings_are_printed_best_first(app):
    _contest, entries = makers.make_sealed()

    lines = run(app, "chung_khao").output.splitlines()

    assert lines[0] == "BAO_IN"
    assert [line.split()[1] for line in lines[1:6]] == [entry.code for entry in entries]
    assert lines[1].endswith("Giải A")


def test_as_json_it_is_the_sealed_result(app):
    makers.make_sealed()

    done = run(app, "chung_khao", "--json")
    printed = json.loads(done.output)

    assert printed == db.session.scalars(db.select(RoundResult)).one().result


def test_a_round_that_is_not_sealed_shows_no_mark(app):
    contest = make_contest()
    make_member(contest, "organizer")
    makers.make_judged_round(contest, (92,) * 5)

    done = run(app, "chung_khao")

    assert done.exit_code != 0
    assert "92" not in done.output


def test_an_unknown_round_is_refused_with_those_there_are(app):
    make_contest()

    assert "so_khao, chung_khao" in str(run(app, "khong_co").exception)
