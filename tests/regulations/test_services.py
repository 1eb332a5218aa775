from __future__ import annotations

from tests.makers.regulations import make_contest


def test_a_contest_from_the_preset_has_its_regulation_in_force(app):
    contest = make_contest()

    assert contest.version.number == 1
    assert contest.regulation.cite("publication_window") == "khoản 1 Điều 6"
