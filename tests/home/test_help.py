from pathlib import Path

import pytest

TOPICS = sorted(path.stem for path in (Path(__file__).parents[2] / "templates" / "help").glob("[!_]*.html"))


@pytest.mark.parametrize("topic", [topic for topic in TOPICS if topic != "index"])
def test_every_help_page_stands_with_and_without_a_contest(browser, topic):
    from tests.makers.regulations import make_contest

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
