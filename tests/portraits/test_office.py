"""The staff's pages of exemplars: found to be the same, merged, undone, described."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from contest.database import db
from contest.exemplars.models import Exemplar, NotTheSame
from tests.makers.accounts import make_member, make_user
from tests.makers.entries import EXEMPLAR, make_entry
from tests.makers.home import make_exemplar, make_story
from tests.makers.regulations import make_contest


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def pair(contest):
    """One person entered twice, with a work about each, and somebody else."""
    named = ("Đinh Thị Rế", "xã Ba Ngạc, huyện Ba Tơ"), ("bà Dinh Thi Re", "xã Ba Vì"), ("Hồ Văn Thạch", "xã Ba Vì")
    for number, (name, locality) in enumerate(named):
        row = EXEMPLAR | {"name": name, "kind": "person", "locality": locality}
        make_entry(contest, make_user(), title=f"Tác phẩm {number}", exemplars=[row])
    return db.session.scalars(select(Exemplar).order_by(Exemplar.id)).all()[:2]


def path(contest, rest: str = "") -> str:
    return f"/{contest.slug}/ban-thu-ky/tam-guong{rest}"


def test_a_secretary_merges_what_is_proposed_and_undoes_it(browser, contest, pair):
    full, bare = pair
    visitor = browser(make_member(contest, "secretary"))

    visitor.get(path(contest, "/co-the-la-mot"))
    (proposal,) = visitor.soup.select("main section[aria-label]")
    assert "Tác phẩm 0" in proposal.get_text()
    assert "Tác phẩm 1" in proposal.get_text()
    assert "Tác phẩm 2" not in visitor.text

    visitor.post_form(proposal.select_one("a.btn-primary")["href"])
    assert (full.merged_into_id, bare.merged_into_id) == (None, full.id)
    visitor.get(path(contest, "/co-the-la-mot"))
    assert not visitor.soup.select("main section[aria-label]")
    visitor.get(path(contest, f"/{full.id}/thong-tin"))
    assert "Tác phẩm 1" in visitor.text

    visitor.post_form(path(contest, "/lan-gop"), action="hoan-tac")
    db.session.expire_all()
    assert bare.merged_into_id is None
    visitor.get(path(contest, "/co-the-la-mot"))
    assert not visitor.soup.select("main section[aria-label]")


def test_what_is_said_to_be_different_is_proposed_no_more_until_that_is_taken_back(browser, contest, pair):
    visitor = browser(make_member(contest, "organizer"))

    visitor.post_form(path(contest, "/co-the-la-mot"), action=f"/{pair[0].id}/khac/{pair[1].id}")
    assert db.session.query(NotTheSame).count() == 1
    visitor.get(path(contest, "/co-the-la-mot"))
    assert not visitor.soup.select("main section[aria-label]")

    visitor.send(action="/bo")
    assert db.session.query(NotTheSame).count() == 0
    visitor.get(path(contest, "/co-the-la-mot"))
    assert len(visitor.soup.select("main section[aria-label]")) == 1


def test_the_other_one_is_found_by_hand_and_the_chosen_one_stays(browser, contest, pair):
    full, bare = pair
    visitor = browser(make_member(contest, "secretary"))

    visitor.get(path(contest, f"/{full.id}/gop?tim=dinh+thi+re"))
    link = visitor.soup.select_one("main a.t")
    assert link.get_text() == "bà Dinh Thi Re"
    visitor.post_form(link["href"], {"stays": bare.id})

    assert (full.merged_into_id, bare.merged_into_id) == (bare.id, None)


def test_a_person_and_a_collective_are_not_merged(browser, contest, pair):
    group = make_exemplar(contest, "Tổ dân vận Gò Re")
    group.kind = "collective"
    db.session.commit()
    visitor = browser(make_member(contest, "secretary"))

    answer = visitor.post_form(path(contest, f"/{pair[0].id}/gop/{group.id}"))

    assert answer.status_code == 422
    assert pair[0].merged_into_id is None


def test_what_the_staff_says_of_an_exemplar_is_kept_and_refused_at_its_field(browser, contest, pair):
    exemplar = pair[0]
    visitor = browser(make_member(contest, "secretary"))
    facts = path(contest, f"/{exemplar.id}/thong-tin")

    refused = visitor.post_form(facts, {"name": " ", "portrait": "a" * 2001}, action="thong-tin")
    assert refused.status_code == 422
    assert visitor.soup.find(id="e-name")
    assert visitor.soup.find(id="e-portrait")

    visitor.post_form(facts, {"name": "Đinh Thị Rế", "portrait": "Bà giữ rừng."}, action="thong-tin")
    assert exemplar.portrait == "Bà giữ rừng."

    refused = visitor.post_form(facts, {"reason": ""}, action="nhan-rong")
    assert refused.status_code == 422
    assert visitor.soup.find(id="e-reason")
    visitor.post_form(facts, {"reason": "Cách bà vận động"}, action="nhan-rong")
    assert exemplar.replicated
    visitor.post_form(facts, action="nhan-rong", button="unmark")
    db.session.expire_all()
    assert not exemplar.replicated


def test_an_observer_reads_and_is_offered_no_act(browser, contest, pair):
    make_story(pair[0], make_member(contest, "organizer"))
    visitor = browser(make_member(contest, "observer"))

    for rest in ("/co-the-la-mot", "/lan-gop", f"/{pair[0].id}/thong-tin", f"/{pair[0].id}/gop/{pair[1].id}"):
        assert visitor.get(path(contest, rest)).status_code == 200
        assert not visitor.soup.select("main form[method=post]")


def test_one_exemplar_or_one_of_another_contest_is_no_pair(browser, contest, pair):
    abroad = make_exemplar(make_contest(slug="khac"), "Đinh Thị Rế")
    visitor = browser(make_member(contest, "secretary"))

    for other in (pair[0].id, abroad.id, 999):
        assert visitor.get(path(contest, f"/{pair[0].id}/gop/{other}")).status_code == 404
