"""The menus: places, and the pages of the place where the reader is."""

from __future__ import annotations

from bs4 import Tag

from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest


def entries(row: Tag) -> list[tuple[str, str | None]]:
    """Words of a menu, each with how it says where the reader is."""
    return [(link.get_text(strip=True), link.get("aria-current")) for link in row.select("li a")]


def test_the_pages_of_judging_stand_below_the_places(browser):
    contest = make_contest()
    visitor = browser(make_member(contest, "organizer"))
    visitor.get(f"/{contest.slug}/ban-thu-ky/phien-hop")

    places, pages = (entries(visitor.soup.select_one(row)) for row in (".nav-main", ".nav-pages"))
    assert ("Chấm giải", "true") in places
    assert "Phiên họp" not in dict(places)
    assert ("Phiên họp", "page") in pages
    assert ("Chấm giải", None) in pages


def test_a_place_with_one_page_has_no_second_row(browser):
    contest = make_contest()
    visitor = browser(make_member(contest, "organizer"))
    visitor.get(f"/{contest.slug}/ban-thu-ky/ho-so")

    assert ("Tác phẩm", "page") in entries(visitor.soup.select_one(".nav-main"))
    assert visitor.soup.select_one(".nav-pages") is None


def test_a_chair_who_opens_the_reliability_of_marks_is_told_by_the_menu_where_that_is(browser):
    contest = make_contest()
    visitor = browser(make_member(contest, "chair"))
    visitor.get(f"/{contest.slug}/ban-thu-ky/do-tin-cay")

    assert ("Độ tin cậy của điểm", "page") in entries(visitor.soup.select_one(".nav-main"))
