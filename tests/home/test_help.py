from pathlib import Path

import pytest

from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest

TOPICS = sorted(path.stem for path in (Path(__file__).parents[2] / "templates" / "help").glob("[!_]*.html"))


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic != "index"])
def test_every_help_page_stands_with_and_without_a_contest(browser, topic):
    assert browser().get(f"/tro-giup/{topic}").status_code == 200
    make_contest()
    assert browser().get(f"/tro-giup/{topic}").status_code == 200


def test_the_list_of_help_pages_leads_to_all_of_them(browser):
    visitor = browser()

    visitor.get("/tro-giup")

    linked = {link["href"].rpartition("/")[2] for link in visitor.soup.select(".side-nav a")}
    assert linked == set(TOPICS) - {"index"}


@pytest.mark.parametrize("topic", ["_help", "khong-co", "..%2foffice", "index"])
def test_there_is_no_other_help_page(browser, topic):
    assert browser().get(f"/tro-giup/{topic}").status_code == 404


@pytest.mark.parametrize("page", ["/tro-giup", "/tra-cuu", "/tai-khoan", "/tai-khoan/du-lieu"])
def test_who_works_here_finds_the_way_back_from_pages_of_no_contest(browser, page):
    payer = browser(make_member(make_contest(), "payer"))

    payer.get(page)

    assert payer.soup.select_one("header a[href$='/ban-thu-ky/chi-thuong']").get_text() == "Chi thưởng"
