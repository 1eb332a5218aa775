import pytest

from contest.database import db
from contest.home.models import ExemplarStory
from tests.makers.accounts import make_member
from tests.makers.home import make_exemplar
from tests.makers.regulations import make_contest


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary")


def test_a_secretary_writes_publishes_and_withdraws_a_story(browser, contest, secretary):
    exemplar = make_exemplar(contest)
    visitor = browser(secretary)
    address = f"/{contest.slug}/ban-thu-ky/tam-guong/{exemplar.id}"

    visitor.post_form(address, {"title": "Người gùi con chữ", "text": "Mười bốn tháng."}, button="publish")
    assert browser().get(f"/{contest.slug}/dien-hinh/{exemplar.id}", follow_redirects=True).status_code == 200

    visitor.post_form(address, button="withdraw")
    assert browser().get(f"/{contest.slug}/dien-hinh/{exemplar.id}", follow_redirects=True).status_code == 404


def test_a_story_without_text_is_not_published(browser, contest, secretary):
    exemplar = make_exemplar(contest)
    visitor = browser(secretary)
    address = f"/{contest.slug}/ban-thu-ky/tam-guong/{exemplar.id}"

    answer = visitor.post_form(address, {"title": "Người gùi con chữ"}, button="publish")

    assert answer.status_code == 422
    assert visitor.soup.find(id="e-text")
    assert db.session.query(ExemplarStory).count() == 0


def test_the_office_finds_exemplars_without_marks(browser, contest, secretary):
    make_exemplar(contest, "Đỗ Đức", "Xã Trà Bồng")
    make_exemplar(contest, "Hồ Văn Thạch", "Xã Ba Tơ")
    visitor = browser(secretary)

    visitor.get(f"/{contest.slug}/ban-thu-ky/tam-guong?tim=do+duc")

    assert "Đỗ Đức" in visitor.text
    assert "Hồ Văn Thạch" not in visitor.text
