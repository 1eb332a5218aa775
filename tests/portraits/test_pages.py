"""What everybody reads of the exemplars, before and after the publication of results."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from contest import audit
from contest.database import db, transaction
from contest.entries.models import Entry, EntryState, RevisionExemplar
from contest.exemplars.models import Exemplar
from contest.exemplars.services import Description, describe, mark_for_replication, merge, undo_merge
from contest.results.models import Decision
from contest.results.services import amend_decision
from tests.makers.accounts import make_member
from tests.makers.home import AUGUST, make_exemplar, make_story
from tests.makers.regulations import make_contest
from tests.makers.results import make_published

ROOM = "/dan-van-kheo"
LIST = f"{ROOM}/dien-hinh"
DOCS = Path(__file__).parents[2] / "docs" / "public-data.md"


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary")


@pytest.fixture
def published(contest):
    """A published contest: the first work won, the second did not; an exemplar in each, and one in a rejected work."""
    make_published((92,) * 5, (10,) * 5, contest=contest)
    winner, loser = db.session.query(Entry).order_by(Entry.id)
    about(winner, make_exemplar(contest, "Tổ dân vận Gò Re", "xã Ba Giang, huyện Ba Tơ"))
    about(loser, make_exemplar(contest, "Hồ Văn Thạch", "Xã Ba Vinh"))
    make_exemplar(contest, "Người trong tác phẩm bị loại")
    return contest


def about(entry, exemplar):
    db.session.add(RevisionExemplar(revision_id=entry.revision_id, exemplar_id=exemplar.id, position=1))
    db.session.commit()


def named(name):
    return db.session.query(Exemplar).filter_by(name=name).one()


def names(visitor):
    return [link.get_text() for link in visitor.soup.select(".exemplars h4 a")]


def page_of(visitor, name):
    """Open somebody's page from the list."""
    visitor.get(LIST)
    return visitor.get(next(link["href"] for link in visitor.soup.select(".exemplars a") if link.get_text() == name))


# Before -------------------------------------------------------------------------------------------------------------


def test_before_the_publication_only_those_are_named_of_whom_the_organizers_tell(contest, secretary, browser):
    told, other = make_exemplar(contest), make_exemplar(contest, "Hồ Văn Thạch")
    make_story(told, secretary)
    described = Description("Hồ Văn Thạch", other.kind, "kinh_te", "Xã Ba Tơ", "", "Chân dung ông Thạch.")
    with transaction():
        describe(db.session.get_one(Exemplar, other.id), described, by=secretary, now=AUGUST)
        mark_for_replication(db.session.get_one(Exemplar, other.id), "Ông Thạch làm được.", by=secretary, now=AUGUST)
    visitor = browser()

    visitor.get(LIST)
    assert names(visitor) == ["Đinh Thị Sương"]
    assert "Bà trưởng thôn đi từng nhà" in visitor.text
    for address in (LIST, f"{LIST}?tim=ho+van+thach", f"{LIST}.json", f"{LIST}/{other.id}", f"{ROOM}/", "/sitemap.xml"):
        assert "Thạch" not in re.sub(r'value="[^"]*"', "", visitor.get(address).text)
    assert visitor.get(f"{LIST}/{other.id}").status_code == 404


def test_before_the_publication_no_work_is_named(published, secretary, browser):
    make_story(named("Tổ dân vận Gò Re"), secretary)
    published.stage = "prepared"
    db.session.commit()
    visitor = browser()

    page_of(visitor, "Tổ dân vận Gò Re")

    assert "Giữ nước đầu nguồn sông Re" not in visitor.text
    assert "Giữ nước" not in visitor.get(f"{LIST}.json").text


def test_an_empty_list_says_when_there_will_be_something_and_has_no_booklet(contest, browser):
    visitor = browser()

    assert "Chưa giới thiệu tấm gương nào" in visitor.get(LIST).text
    assert visitor.get(f"{LIST}.pdf").status_code == 404


# After --------------------------------------------------------------------------------------------------------------


def test_after_the_publication_everybody_is_named_of_whom_an_accepted_work_tells(published, browser):
    visitor = browser()

    visitor.get(LIST)
    assert names(visitor) == ["Hồ Văn Thạch", "Tổ dân vận Gò Re"]

    db.session.query(Entry).order_by(Entry.id.desc()).first().state = EntryState.WITHDRAWN
    audit.record("entry.withdrawn", contest_id=published.id, now=AUGUST)
    db.session.commit()
    visitor.get(LIST)
    assert names(visitor) == ["Tổ dân vận Gò Re"]


def test_a_page_names_authors_and_prize_of_a_work_that_won_and_of_another_only_where_to_read_it(published, browser):
    visitor = browser()

    page_of(visitor, "Tổ dân vận Gò Re")
    assert {"Giữ nước đầu nguồn sông Re 1", "Đinh Thị Mai", "Giải A"} <= set(visitor.soup.main.stripped_strings)
    assert visitor.soup.select_one(".portrait-work h3 a")["href"] == f"{ROOM}/ket-qua/BI-0001"
    facts = visitor.soup.select_one("dl.facts").get_text(" ", strip=True)
    assert "Địa phương xã Ba Dinh Trước 01/07/2025 xã Ba Giang, huyện Ba Tơ" in facts

    page_of(visitor, "Hồ Văn Thạch")
    assert "Giữ nước đầu nguồn sông Re 2" in visitor.text
    assert visitor.soup.find(href="https://baoquangngai.example/tin/1.htm").get_text() == "Kỳ 1"
    assert "Đinh Thị Mai" not in visitor.text
    assert "Giải" not in visitor.soup.main.get_text()


def test_a_prize_that_was_taken_back_takes_its_work_along(published, browser):
    copy = db.session.query(Decision).one().copy | {"awards": []}
    words = {"number": "9", "decided_on": date(2025, 11, 1), "reason": "Đã đăng trước thời hạn."}
    with transaction():
        amend_decision(
            published,
            copy,
            kind="revocation",
            by=make_member(published, "organizer"),
            now=datetime(2025, 11, 1, tzinfo=UTC),
            **words,
        )
    visitor = browser()

    page_of(visitor, "Tổ dân vận Gò Re")

    assert "Giữ nước đầu nguồn sông Re 1" not in visitor.text


def test_a_contest_of_a_province_that_is_not_known_has_no_map_and_shows_places_as_written(browser, app):
    contest = make_contest(replacements=(('place = "Quảng Ngãi"', 'place = "Huế"'),))
    make_story(make_exemplar(contest), make_member(contest, "secretary"))
    visitor = browser()

    visitor.get(LIST)

    assert visitor.soup.select(".tile") == []
    assert "Xã Sơn Hà" in visitor.text
    assert [option["value"] for option in visitor.soup.select("#noi option")] == ["", "xa son ha"]


SEARCHES = {
    "tim=to dan van": ["Tổ dân vận Gò Re"],
    "tim=BA GIANG": ["Tổ dân vận Gò Re"],
    "tim=ba dinh": ["Tổ dân vận Gò Re"],
    "tim=thạch ba vinh": ["Hồ Văn Thạch"],
    "noi=21490": ["Hồ Văn Thạch"],
    "linh-vuc=kinh_te": ["Hồ Văn Thạch", "Tổ dân vận Gò Re"],
    "linh-vuc=khong-co&noi=99999&trang=7&tim=": ["Hồ Văn Thạch", "Tổ dân vận Gò Re"],
    "tim=không ai": [],
}


def test_the_list_is_searched_without_marks_by_name_field_and_place_then_and_now(published, browser):
    visitor = browser()

    for query, expected in SEARCHES.items():
        visitor.get(f"{LIST}?{query}")
        assert names(visitor) == expected, query
    assert "Không có tấm gương nào khớp" in visitor.text
    assert len(visitor.soup.select(".tile")) == 96
    assert [link.get_text() for link in visitor.soup.select(".tile a")] == [
        "xã Ba Dinh 1 tấm gương",
        "xã Ba Vinh 1 tấm gương",
    ]
    visitor.get(visitor.soup.select_one(".tile a")["href"].partition("#")[0])
    assert names(visitor) == ["Tổ dân vận Gò Re"]


# Addresses ----------------------------------------------------------------------------------------------------------


def test_old_addresses_and_other_names_lead_to_the_page(published, browser):
    visitor, number = browser(), named("Hồ Văn Thạch").id
    path = f"{LIST}/{number}-ho-van-thach"

    for address in (f"{LIST}/{number}", f"{LIST}/{number}-ten-khac"):
        assert visitor.get(address).location == path
    old = visitor.get(f"{ROOM}/tam-guong/{number}")
    assert (old.status_code, old.location) == (301, f"{LIST}/{number}")
    assert visitor.get(f"{ROOM}/tam-guong").location == LIST
    assert visitor.get(path).status_code == 200
    assert f"{path}</loc>" in visitor.get("/sitemap.xml").text
    assert f'href="{LIST}/' in visitor.get(f"{ROOM}/ket-qua/BI-0001").text


def test_one_that_another_stands_for_leads_there_with_its_works_and_name_until_that_is_undone(published, browser):
    secretary, visitor = make_member(published, "secretary"), browser()
    make_other = make_exemplar(published, "Ông Hồ Văn Thạch", "Xã Ba Vinh")
    about(db.session.query(Entry).order_by(Entry.id).first(), make_other)
    with transaction():
        done = merge(db.session.merge(make_other), named("Hồ Văn Thạch"), by=secretary, now=AUGUST)
        merge_id, other_id = done.id, make_other.id

    assert visitor.get(f"{LIST}/{other_id}").location.endswith("-ho-van-thach")
    page_of(visitor, "Hồ Văn Thạch")
    assert len(visitor.soup.select(".portrait-work")) == 2
    assert "Ông Hồ Văn Thạch" in visitor.text

    with transaction():
        undo_merge(db.session.get_one(type(done), merge_id), by=secretary, now=AUGUST)
    page_of(visitor, "Ông Hồ Văn Thạch")
    assert len(visitor.soup.select(".portrait-work")) == 1


# For programs and on paper ------------------------------------------------------------------------------------------


def test_the_data_has_the_names_that_are_documented_and_no_others(published, secretary, browser):
    make_story(named("Hồ Văn Thạch"), secretary)
    found = browser().get(f"{LIST}.json")

    def fields(value):
        if isinstance(value, dict):
            return set(value) | {name for each in value.values() for name in fields(each)}
        return {name for each in value for name in fields(each)} if isinstance(value, list) else set()

    written = DOCS.read_text("utf-8").partition("\n# Exemplars")[2]
    assert fields(found.json) == set(re.findall(r"^\| `(\w+)`", written, re.MULTILINE))
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    assert [each["locality"]["code"] for each in found.json["exemplars"]] == ["21490", "21499"]


def test_an_unchanged_list_is_answered_in_a_line_and_a_changed_one_anew(published, secretary, browser):
    visitor = browser()
    tag = visitor.get(LIST).headers["ETag"]
    assert visitor.request("GET", LIST, headers={"If-None-Match": tag}).status_code == 304

    with transaction():
        mark_for_replication(named("Hồ Văn Thạch"), "Nơi khác làm được.", by=secretary, now=AUGUST)

    assert visitor.request("GET", LIST, headers={"If-None-Match": tag}).status_code == 200
    visitor.get(f"{LIST}?nhan-rong=1")
    assert names(visitor) == ["Hồ Văn Thạch"]


def test_the_booklet_names_everybody_with_their_works_and_is_tagged(published, browser):
    answer = browser().get(f"{LIST}.pdf")

    with pypdfium2.PdfDocument(answer.data) as document:
        text = " ".join("\n".join(page.get_textpage().get_text_bounded() for page in document).split())
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert document.Root.MarkInfo.Marked
    for words in (
        "NHỮNG TẤM GƯƠNG",
        "Hồ Văn Thạch",
        "Xã Ba Dinh",
        "xã Ba Giang, huyện Ba Tơ",
        "Giải A",
        "Báo Quảng Ngãi",
    ):
        assert words in text, words
    assert text.count("Đinh Thị Mai") == 1
