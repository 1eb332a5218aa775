"""What leaves for other sites: data, feed, frame, cards, and what search engines are told."""

from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path
from xml.dom import minidom

from PIL import Image

from contest import clock, jobs
from contest.database import db
from contest.showcase import cards, documents, listing, queries
from contest.showcase.models import ShareCard
from tests.makers import showcase as showing
from tests.makers.accounts import make_user
from tests.showcase.conftest import ROOM
from tests.showcase.test_pages import amend, first_suspended, without_first

DOCS = Path(__file__).parents[2] / "docs" / "public-data.md"


def names_in(value, found=None):
    """Every name of a field in a JSON document."""
    found = set() if found is None else found
    if isinstance(value, dict):
        found.update(value)
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            names_in(each, found)
    return found


def test_the_data_has_the_names_that_are_documented_and_no_others(published, browser):
    written = browser().get(f"{ROOM}/ket-qua.json").json

    documented = set(re.findall(r"^\| `(\w+)`", DOCS.read_text("utf-8").partition("\n# ")[0], re.MULTILINE))
    assert names_in(written) | {"newsroom"} == documented
    assert [work["code"] for work in written["works"]] == ["BI-0001", "BI-0002", "BI-0003", "BI-0004"]


def test_the_data_tells_neither_money_nor_marks_nor_who_is_who_in_our_tables(published, browser):
    text = browser().get(f"{ROOM}/ket-qua.json").text

    for secret in ("money", "place", "subject", "entry_id", "award_id", "15000000", "worth"):
        assert secret not in text


def test_any_site_may_read_the_data_and_nothing_is_said_of_a_reader(published, browser):
    for path in ("ket-qua.json", "ket-qua.xml", "ket-qua/nhung"):
        answers = {
            browser(person).get(f"{ROOM}/{path}").data for person in (None, make_user(email=f"{path}@v.example"))
        }
        response = browser().get(f"{ROOM}/{path}")
        assert answers == {response.data}
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response.headers


def test_a_reader_who_has_the_page_is_told_so_in_a_line_and_in_pieces_that_fit(published, browser):
    visitor = browser()
    small = visitor.get(f"{ROOM}/ket-qua", headers={"Accept-Encoding": "gzip"})
    plain = visitor.get(f"{ROOM}/ket-qua", headers={"Accept-Encoding": "identity"})
    again = visitor.get(f"{ROOM}/ket-qua", headers={"If-None-Match": small.headers["ETag"]})

    assert gzip.decompress(small.data) == plain.data
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert {"Accept-Encoding", "Cookie"} <= set(plain.vary)


def test_who_is_signed_in_gets_a_page_that_nobody_keeps(published, browser):
    person = browser(make_user())

    response = person.get(f"{ROOM}/ket-qua")

    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_the_feed_has_an_entry_for_each_work_at_its_lasting_address(published, browser):
    feed = minidom.parseString(browser().get(f"{ROOM}/ket-qua.xml").data)  # noqa: S318 - we wrote it ourselves

    assert [entry.getElementsByTagName("id")[0].firstChild.data for entry in feed.getElementsByTagName("entry")] == [
        f"http://localhost{ROOM}/ket-qua/BI-000{number}" for number in (1, 2, 3, 4)
    ]
    title = feed.getElementsByTagName("entry")[0].getElementsByTagName("title")[0]
    assert title.firstChild.data == "Giải A: Giữ nước đầu nguồn sông Re 1"


def test_the_frame_may_stand_in_any_page_and_every_other_page_in_none(published, browser):
    visitor = browser()

    frame = visitor.get(f"{ROOM}/ket-qua/nhung")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert not visitor.soup.select("script, nav, form, img")
    assert all(link.get("target") == "_blank" for link in visitor.soup.select("a"))
    page = visitor.get(f"{ROOM}/ket-qua")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    snippet = visitor.soup.find("textarea").get_text()
    assert f'<iframe src="http://localhost{ROOM}/ket-qua/nhung"' in snippet


def test_search_engines_read_nothing_of_a_demonstration_and_nothing_private_elsewhere(published, browser):
    visitor = browser()
    assert "Sitemap: http://localhost/sitemap.xml" in visitor.get("/robots.txt").text
    assert "Disallow: /*/ban-thu-ky" in visitor.response.text
    clock.set_to(clock.now())
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_cards_are_drawn_once_after_the_publication_and_served_by_their_hash(published, browser):
    visitor = browser()
    visitor.get(f"{ROOM}/ket-qua")
    assert not visitor.soup.find("meta", property="og:image")

    showing.draw_cards()
    showing.draw_cards()

    assert db.session.scalar(db.select(db.func.count(ShareCard.id))) == 5
    for path in ("ket-qua", "ket-qua/BI-0001"):
        visitor.get(f"{ROOM}/{path}")
        address = visitor.soup.find("meta", property="og:image")["content"]
        picture = visitor.get(address.removeprefix("http://localhost"), buffered=True)
        assert Image.open(io.BytesIO(picture.data)).size == (1200, 630)
        assert picture.headers["Cache-Control"] == "public, max-age=3600, immutable"
    assert visitor.get(f"{ROOM}/ket-qua/the/{'0' * 64}.png").status_code == 404


def test_the_card_of_a_work_whose_prize_was_taken_is_gone_and_the_others_are_not_drawn_again(published, browser):
    showing.draw_cards()
    visitor = browser()
    before = {card.code: card.sha256 for card in db.session.scalars(db.select(ShareCard))}

    amend(published, without_first)
    assert visitor.get(f"{ROOM}/ket-qua/the/{before['BI-0001']}.png").status_code == 404
    jobs.look_out()
    while jobs.work_once("showcase.cards"):
        pass

    assert visitor.get(f"{ROOM}/ket-qua/the/{before['BI-0001']}.png").status_code == 404
    assert visitor.get(f"{ROOM}/ket-qua/the/{before['BI-0002']}.png", buffered=True).status_code == 200
    last = db.session.scalars(db.select(jobs.Job).filter_by(kind="showcase.cards").order_by(jobs.Job.id.desc())).first()
    assert last.result == {"cards": 4, "drawn": 1}  # how many works there are has changed


def test_a_suspended_work_has_no_card(published):
    amend(published, first_suspended, kind="suspension")
    published_now = queries.in_force(published)

    drawn = cards.cards_of(queries.copy_of(published_now), queries.works_of(published_now))

    assert list(drawn) == ["", "BI-0002", "BI-0003", "BI-0004"]


def test_the_longest_title_and_names_stay_on_their_card(app):
    title = "Từ những cuộc đối thoại giải phóng mặt bằng đến khu tái định cư có tiếng trẻ con cười " * 2
    authors = [{"name": f"Nguyễn Hoàng Phước Thục Nguyên {number}"} for number in range(10)]
    shown, more = listing.names_in_short(authors)
    longest = cards.Card(
        "Dân vận khéo",
        "Cuộc thi báo chí viết về tấm gương “Dân vận khéo” tỉnh Quảng Ngãi, giai đoạn 2021–2025",
        title[:200],
        ("Giải Khuyến khích", "Giải chuyên đề Xây dựng nông thôn mới"),
        tuple(shown),
        more,
        "Báo và Phát thanh, Truyền hình Quảng Ngãi",
    )

    with app.test_request_context():
        pictures = list(documents.pictures([longest, cards.Card("Dân vận khéo", "Cuộc thi", works=39)]))

    assert [Image.open(io.BytesIO(each)).size for each in pictures] == [(1200, 630)] * 2
    assert (shown, more) == ([author["name"] for author in authors[:3]], 7)
    assert json.dumps(longest.facts) != json.dumps(cards.Card("Dân vận khéo", "Cuộc thi").facts)
