"""A final in which the council votes, from the agenda to the standings, under a ready regulation and nothing else."""

import pytest

from contest import clock
from contest.accounts.models import Role
from contest.database import transaction
from contest.judging import queries as judging
from contest.judging import services as council
from contest.results import queries, refusals, services
from contest.results.blockers import Blocks
from tests.makers import results as makers
from tests.makers.accounts import make_member, make_user
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest


@pytest.fixture
def final(app):
    contest = make_contest("bo_phieu")
    members = makers.make_jurors(contest, 7)
    works = makers.make_works(contest, make_user(), 3)
    make_round(contest, "so_khao", sealed_at=contest.regulation.round("so_khao").closes)
    round_ = make_round(contest, "chung_khao", entries=works)
    make_panel(round_, members, "hoi_dong")
    clock.set_to(makers.after(contest))
    return contest, round_, works, members


def vote(round_, members, yes, *, by):
    """Hold the next ballot: every member votes yes to these works and no to the others."""
    now = clock.now()
    agenda = [topic for topic in judging.agenda_of(round_) if topic.ballot == 1]
    with transaction():
        sitting = council.open_ballot(round_, questions=[agenda[0].question], present=members, by=by, now=now)
    for member in members:
        choice = {code: "yes" if code in yes else "no" for code in agenda[0].subjects}
        with transaction():
            council.cast_ballot(sitting, {agenda[0].question: choice}, by=member, now=now)
    with transaction():
        council.close_ballot(sitting, by=by, now=now)
    return agenda[0].question


def test_tiers_are_put_to_the_vote_from_the_highest_down_and_carried_works_leave_the_lower_ones(final):
    contest, round_, works, members = final
    by = make_member(contest, Role.ORGANIZER)
    first, second, third = (work.code for work in works)

    assert vote(round_, members, {first}, by=by) == "A"
    agenda = {topic.question: topic.subjects for topic in judging.agenda_of(round_)}
    assert agenda["B"] == (second, third)


def test_what_the_council_carried_is_proposed_and_its_votes_are_told_after_sealing(final, browser):
    contest, round_, works, members = final
    by = make_member(contest, Role.ORGANIZER)
    first, second, _third = (work.code for work in works)
    for yes in ({first}, {second}, set(), set()):
        vote(round_, members, yes, by=by)
    assert [each.code for each in queries.assess(round_, contest, clock.now()).blockers] == []
    staff, page = browser(by), f"/{contest.slug}/ban-thu-ky/ket-qua/vong/chung_khao"
    staff.get(page)
    assert "7/7" not in staff.text

    with transaction():
        services.seal_round(round_, by=by, now=clock.now())
    makers.make_proposed(contest, by=by)

    assert [(award.entry.code, award.tier) for award in queries.awards_of(contest)] == [(first, "A"), (second, "B")]
    staff.get(page)
    assert "7/7" in staff.text
    assert "Các lần bỏ phiếu" in staff.text
    assert "7 phiếu thuận" in staff.soup.select_one("details.why").get_text()


def test_a_vote_that_is_missing_or_still_going_on_blocks_the_sealing(final, browser):
    contest, round_, _works, members = final
    by = make_member(contest, Role.ORGANIZER)
    assert {each.code for each in queries.assess(round_, contest, clock.now()).blockers} == {Blocks.VOTE_MISSING}

    with transaction():
        council.open_ballot(round_, questions=["A"], present=members, by=by, now=clock.now())
    assert Blocks.VOTE_OPEN in {each.code for each in queries.assess(round_, contest, clock.now()).blockers}
    with pytest.raises(refusals.RoundBlocked), transaction():
        services.seal_round(round_, by=by, now=clock.now())
    staff = browser(by)
    staff.get(f"/{contest.slug}/ban-thu-ky/ket-qua/vong/chung_khao/niem-phong")
    assert "Hội đồng đang bỏ phiếu" in staff.soup.find("main").get_text(" ")
    assert not staff.soup.select("main form")
