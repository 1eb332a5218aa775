"""Panels as the regulation lists them, and jurors who have entered works themselves."""

from __future__ import annotations

from typing import Any

import pytest

from contest.database import db, transaction
from contest.interests.inference import PersonFacts, WorkFacts, find
from contest.interests.kinds import Kind
from contest.judging import queries, services
from contest.judging.refusals import InConflict, NotOnPanel, PanelsMissing, StrangersHaveWork, UnknownPanel
from contest.judging.usage import codes_of_rounds
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import make_entry
from tests.makers.judging import make_assignment, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest

LISTED = (
    "panel_size = 5\n",
    'panel_size = 5\npanels = [{code = "phong_su", name = "Tiểu ban phóng sự", genres = ["phong_su"]}, '
    '{code = "con_lai", name = "Tiểu ban khác"}]\n',
)
COUNCIL = ("panel_size = 5\n", 'panel_size = 5\npanels = "council"\n')
JURORS_ENTER = ("jurors_may_enter = false", "jurors_may_enter = true")


def gathered(*replacements: tuple[str, str]) -> Any:
    """A first round that is not opened, with a report, an essay and a broadcast."""
    contest = make_contest(replacements=replacements)
    works = [
        make_entry(contest, make_user(), genre="phong_su"),
        make_entry(contest, make_user(), genre="but_ky"),
        make_entry(contest, make_user(), category="PHAT_THANH", genre="phong_su"),
    ]
    round_ = make_round(contest, opened=False)
    secretary = make_member(contest, "secretary")
    now = contest.regulation.round("so_khao").opens
    with transaction():
        services.admit_accepted(round_, by=secretary, now=now)
    return contest, round_, works, secretary, now


def panels_of_works(round_: Any, works: list[Any]) -> list[str]:
    found = {work.entry_id: work.panel for work in queries.round_entries(round_)}
    return [found[work.id] for work in works]


@pytest.mark.parametrize(
    ("replacements", "panels"),
    [
        ((), ["BAO_IN", "BAO_IN", "PHAT_THANH"]),
        ((LISTED,), ["phong_su", "con_lai", "phong_su"]),
        ((COUNCIL,), ["hoi_dong", "hoi_dong", "hoi_dong"]),
    ],
)
def test_a_work_goes_to_the_first_panel_that_takes_it(app, replacements, panels):
    _contest, round_, works, _secretary, _now = gathered(*replacements)

    assert panels_of_works(round_, works) == panels


def test_only_panels_that_the_regulation_names_are_formed_and_only_they_judge(app):
    contest, round_, works, secretary, now = gathered(LISTED)
    jurors = [make_member(contest, "juror") for _ in range(5)]
    with pytest.raises(UnknownPanel), transaction():
        services.form_panel(round_, "BAO_IN", members=jurors, chair=jurors[0], by=secretary, now=now)
    with transaction():
        services.form_panel(round_, "phong_su", members=jurors, chair=jurors[0], by=secretary, now=now)

    with transaction():
        services.assign(round_, works[2], jurors[1], by=secretary, now=now)
    with pytest.raises(NotOnPanel), transaction():
        services.assign(round_, works[1], jurors[1], by=secretary, now=now)
    with pytest.raises(PanelsMissing) as refused, transaction():
        services.open_round(round_, by=secretary, now=now)
    assert refused.value.parameters == {"panels": "Tiểu ban khác"}


def test_one_council_spreads_all_works_over_its_members(app):
    contest, round_, _works, secretary, now = gathered(COUNCIL)
    jurors = [make_member(contest, "juror") for _ in range(5)]
    with transaction():
        services.form_panel(round_, "hoi_dong", members=jurors, chair=jurors[0], by=secretary, now=now)
        proposal = services.spread(round_, seed=1, panel="hoi_dong", by=secretary, now=now)

    assert len(proposal.spread.lines) == 9
    assert sorted(queries.loads_of(round_).values()) == [1, 2, 2, 2, 2]


def test_the_chair_of_the_panel_is_the_chair_of_its_sheets(app):
    contest, round_, works, _secretary, _now = gathered(COUNCIL)
    jurors = [make_member(contest, "juror") for _ in range(2)]
    make_panel(round_, jurors, "hoi_dong")
    for juror in jurors:
        make_sheet(make_assignment(round_, works[2], juror))

    assert [sheet.is_chair for sheet in queries.sheets_in_force(round_)] == [True, False]


def test_a_round_does_not_open_while_works_lie_with_another_panel(app):
    contest, round_, works, secretary, now = gathered(LISTED)
    jurors = [make_member(contest, "juror") for _ in range(6)]
    make_panel(round_, jurors[:3], "phong_su")
    make_panel(round_, jurors[3:], "con_lai")
    make_assignment(round_, works[0], jurors[4])

    with pytest.raises(StrangersHaveWork), transaction():
        services.open_round(round_, by=secretary, now=now)


def test_works_find_their_panel_anew_when_the_round_opens(app):
    contest, round_, works, secretary, now = gathered(LISTED)
    for code in ("phong_su", "con_lai"):
        make_panel(round_, [make_member(contest, "juror") for _ in range(3)], code)
    for work in queries.round_entries(round_):
        work.panel = "con_lai"
    db.session.commit()

    with transaction():
        services.open_round(round_, by=secretary, now=now)

    assert panels_of_works(round_, works) == ["phong_su", "con_lai", "phong_su"]
    assert {"panel:so_khao/phong_su", "panel:so_khao/con_lai"} <= codes_of_rounds(contest.id)


def test_pages_name_the_panels_of_the_regulation(app, browser):
    contest, round_, _works, secretary, _now = gathered(LISTED)
    make_panel(round_, [make_member(contest, "juror")], "phong_su")
    office = browser(secretary)
    base = f"/{contest.slug}/ban-thu-ky/cham-giai"

    assert "Tiểu ban phóng sự" in office.get(base).text
    assert "Tiểu ban khác" in office.get(f"{base}/so_khao/phan-cong/con_lai").text
    assert office.get(f"{base}/so_khao/phan-cong/BAO_IN").status_code == 404
    assert "Tiểu ban khác" in office.get(f"{base}/so_khao/hoi-dong/con_lai").text


# Jurors who enter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leaves", "category", "kinds"),
    [
        ("nothing", "BAO_IN", ()),
        ("category", "BAO_IN", (Kind.competes,)),
        ("category", "PHAT_THANH", ()),
        ("contest", "PHAT_THANH", (Kind.competes,)),
    ],
)
def test_a_juror_who_entered_leaves_to_others_what_the_regulation_names(leaves, category, kinds):
    juror = PersonFacts(user_id=1, enters=frozenset({"BAO_IN"}))

    assert find(juror, WorkFacts(owner_id=2, category=category), leaves=leaves) == kinds


@pytest.mark.parametrize(
    ("replacements", "barred"),
    [
        ((), [False, False]),
        ((JURORS_ENTER,), [True, True]),
        ((("jurors_may_enter = false", 'jurors_may_enter = true\njurors_do_not_judge = "category"'),), [True, False]),
    ],
)
def test_a_juror_with_a_work_of_their_own_is_given_none_that_competes_with_it(app, replacements, barred):
    contest, round_, works, secretary, now = gathered(*replacements)
    juror = make_user()
    make_entry(contest, juror)
    make_member(contest, "juror", user=juror)
    jurors = [juror, *(make_member(contest, "juror") for _ in range(2))]
    for code in ("BAO_IN", "PHAT_THANH"):
        make_panel(round_, jurors, code)

    refused = []
    for work in (works[0], works[2]):
        try:
            with transaction():
                services.assign(round_, work, juror, by=secretary, now=now)
            refused.append(False)
        except InConflict:
            refused.append(True)
    assert refused == barred
