import pytest

from contest.database import db
from contest.entries.models import Entry, RevisionExemplar
from contest.home.models import ExemplarStory
from tests.makers.accounts import make_member
from tests.makers.home import make_exemplar, make_story
from tests.makers.regulations import make_contest
from tests.makers.results import make_published


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary")


def test_an_exemplar_that_nobody_released_is_not_named(browser, contest):
    exemplar = make_exemplar(contest)

    assert exemplar.name not in browser().get(f"/{contest.slug}/tam-guong").text
    assert browser().get(f"/{contest.slug}/tam-guong/{exemplar.id}").status_code == 404


def test_a_published_story_is_listed_and_has_a_page(browser, contest, secretary):
    exemplar = make_exemplar(contest)
    make_story(exemplar, secretary)
    visitor = browser()

    visitor.get(f"/{contest.slug}/tam-guong")
    assert "Bà trưởng thôn đi từng nhà" in visitor.text

    visitor.get(f"/{contest.slug}/tam-guong/{exemplar.id}")
    assert visitor.soup.h1.get_text(strip=True) == "Bà trưởng thôn đi từng nhà"
    assert "Đinh Thị Sương" in visitor.text


def test_a_secretary_writes_publishes_and_withdraws_a_story(browser, contest, secretary):
    exemplar = make_exemplar(contest)
    visitor = browser(secretary)
    address = f"/{contest.slug}/ban-thu-ky/tam-guong/{exemplar.id}"

    visitor.post_form(address, {"title": "Người gùi con chữ", "text": "Mười bốn tháng."}, button="publish")
    assert browser().get(f"/{contest.slug}/tam-guong/{exemplar.id}").status_code == 200

    visitor.post_form(address, button="withdraw")
    assert browser().get(f"/{contest.slug}/tam-guong/{exemplar.id}").status_code == 404


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


def published_with(name: str):
    """A published contest of two works, of which the first won; an exemplar in each."""
    contest, _ = make_published((92,) * 5, (10,) * 5)
    winner, loser = db.session.query(Entry).order_by(Entry.id)
    for entry, exemplar in ((winner, make_exemplar(contest, name)), (loser, make_exemplar(contest, "Người khác"))):
        db.session.add(RevisionExemplar(revision_id=entry.revision_id, exemplar_id=exemplar.id, position=1))
    db.session.commit()
    return contest


def test_after_publication_the_exemplars_of_winning_works_are_named_and_no_others(browser):
    contest = published_with("Tổ dân vận Gò Re")
    visitor = browser()

    visitor.get(f"/{contest.slug}/tam-guong")

    assert [link.get_text() for link in visitor.soup.select(".exemplars h2 a")] == ["Tổ dân vận Gò Re"]


def test_the_page_of_an_exemplar_names_the_works_that_won_with_their_authors(browser):
    contest = published_with("Tổ dân vận Gò Re")
    visitor = browser()
    visitor.get(f"/{contest.slug}/tam-guong")

    visitor.get(visitor.soup.select_one(".exemplars h2 a")["href"])

    assert "Giữ nước đầu nguồn sông Re 1" in visitor.text
    assert "Đinh Thị Mai" in visitor.text
    assert "Giải A" in visitor.text


def test_before_publication_the_exemplars_of_winning_works_are_not_named(browser):
    contest = published_with("Tổ dân vận Gò Re")
    contest.stage = "prepared"
    db.session.commit()

    assert "Tổ dân vận Gò Re" not in browser().get(f"/{contest.slug}/tam-guong").text
    assert "Tổ dân vận Gò Re" not in browser().get(f"/{contest.slug}/").text
