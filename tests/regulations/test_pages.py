"""What everybody reads, through a browser."""

from __future__ import annotations

import re
from datetime import date

import icalendar
import pytest

from contest.database import db
from contest.regulations import services
from contest.regulations.models import Contest
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest
from tests.regulations.test_services import DECISION, NOW, draft


def test_the_regulation_is_a_page_with_articles_and_tables(browser):
    make_contest(slug="dvk")
    visitor = browser()

    assert visitor.get("/dvk/the-le").status_code == 200
    assert "Thể lệ" in visitor.soup.title.get_text()
    assert "44 giải ở 4 loại hình" in visitor.text
    assert "Phiên bản 1, ban hành theo Quyết định số 01-TL/BTC ngày 24/03/2021." in visitor.text
    assert "Ít nhất hai phần ba" not in visitor.text
    assert [caption.get_text(" ", strip=True) for caption in visitor.soup.find_all("caption")][4:7] == [
        "Bảng 5. Tiêu chí và điểm tối đa",
        "Bảng 6. Cách chấm và xét ở từng vòng",
        "Bảng 7. Giải thưởng của mỗi loại hình",
    ]


def test_every_link_of_the_contents_leads_to_an_article(browser):
    contest = make_contest(slug="dvk")
    visitor = browser()
    visitor.get("/dvk/the-le")

    anchors = [link["href"][1:] for link in visitor.soup.select(".statute-contents a")]
    assert len(anchors) == 15
    assert all(visitor.soup.find(id=anchor) for anchor in anchors)
    assert visitor.soup.find(id=contest.regulation.anchor("prior_awards"))


def test_no_id_stands_twice_on_the_page(browser):
    make_contest(slug="dvk")
    visitor = browser()
    visitor.get("/dvk/the-le")

    ids = [tag["id"] for tag in visitor.soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_before_the_adoption_the_page_says_so(browser):
    make_contest(slug="dvk", adopted=False)
    visitor = browser()

    assert visitor.get("/dvk/the-le").status_code == 200
    assert "Thể lệ chưa được ban hành" in visitor.text
    for path in ("/dvk/the-le.pdf", "/dvk/lich.ics", "/dvk/the-le/1", "/dvk/the-le/1.pdf"):
        assert visitor.get(path).status_code == 404


def test_an_older_version_says_that_it_is_no_longer_in_force(browser):
    contest = make_contest(slug="dvk")
    draft(contest, "works_per_author = 5", "works_per_author = 3")
    services.adopt(contest, now=NOW, **DECISION)
    db.session.commit()
    visitor = browser()

    visitor.get("/dvk/the-le/1")
    assert "Đã được thay bằng phiên bản 2." in visitor.text
    assert "không quá 05 tác phẩm dự thi" in visitor.text
    visitor.get("/dvk/the-le")
    assert "không quá 03 tác phẩm dự thi" in visitor.text
    assert visitor.get("/dvk/the-le/3").status_code == 404


def test_bare_addresses_lead_to_the_current_contest(browser):
    make_contest(slug="dvk")

    for path in ("/the-le", "/the-le.pdf", "/lich.ics"):
        assert browser().get(path).headers["Location"] == f"/dvk{path}"


def test_words_of_the_document_cannot_become_markup(browser):
    make_contest(slug="dvk", name="Giải <script>alert(1)</script> & bạn")
    visitor = browser()
    visitor.get("/dvk/the-le")

    assert "<script>alert" not in visitor.response.get_data(as_text=True)
    assert "Giải <script>alert(1)</script> & bạn" in visitor.text


def test_the_calendar_file_holds_every_milestone(browser):
    make_contest(slug="dvk")

    response = browser().get("/dvk/lich.ics")

    calendar = icalendar.Calendar.from_ical(response.data)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert response.mimetype == "text/calendar"
    assert len(events) == 8
    assert str(calendar["x-wr-calname"]) == "Dân vận khéo"
    receiving = events["receiving.dvk@localhost"]
    assert (receiving["dtstart"].dt, receiving["dtend"].dt) == (date(2025, 8, 1), date(2025, 8, 16))
    assert str(receiving["summary"]) == "Nhận tác phẩm – Dân vận khéo"
    assert events["round-so_khao.dvk@localhost"]["dtend"].dt.isoformat() == "2025-09-05T10:00:00+00:00"


def test_the_booklet_holds_the_text_of_the_regulation(browser):
    import pypdfium2

    contest = make_contest(slug="dvk")

    response = browser().get("/dvk/the-le.pdf")

    document = pypdfium2.PdfDocument(response.data)
    text = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in document))
    width, height = document[0].get_size()
    assert response.mimetype == "application/pdf"
    assert (round(width), round(height)) == (420, 595)
    assert "Điều 6. Quy định về tác phẩm" in text
    assert "15.000.000" in text
    assert contest.version.sha256 in text.replace(" ", "")


def test_the_booklet_is_drawn_once_and_is_the_same_every_time(browser):
    make_contest(slug="dvk")
    from contest.regulations import documents

    first = browser().get("/dvk/the-le.pdf").data
    documents._drawn.clear()

    assert browser().get("/dvk/the-le.pdf").data == first


@pytest.mark.parametrize("path", ["/dvk/the-le.pdf", "/dvk/lich.ics"])
def test_a_file_of_the_regulation_is_asked_for_again_after_an_amendment_and_in_another_language(browser, path):
    contest = make_contest(slug="dvk")
    visitor = browser()
    first = visitor.get(path)
    known = {"If-None-Match": first.headers["ETag"]}

    assert "no-cache" in first.headers["Cache-Control"]
    assert visitor.get(path, headers=known).status_code == 304
    assert visitor.get(f"{path}?lang=en", headers=known).status_code == 200
    visitor.get(f"{path}?lang=vi")
    draft(contest, "decision_on = 2025-10-06", "decision_on = 2025-10-07")
    services.adopt(contest, now=NOW, **DECISION)
    db.session.commit()
    assert visitor.get(path, headers=known).status_code == 200


def test_beginning_a_contest_is_for_those_who_may(browser):
    assert browser().get("/cuoc-thi/moi").status_code == 302
    assert browser(make_user()).get("/cuoc-thi/moi").status_code == 404


def test_a_founder_begins_a_contest_and_runs_it(browser):
    founder = make_user(may_create_contests=True)
    visitor = browser(founder)

    sent = visitor.post_form(
        "/cuoc-thi/moi",
        {"preset": "quang_ngai_2025", "name": "Giải báo chí Trà Khúc", "short_name": "Trà Khúc", "slug": "tra-khuc"},
    )

    assert (sent.status_code, sent.headers["Location"]) == (303, "/tra-khuc/ban-thu-ky/the-le")
    assert visitor.get("/tra-khuc/ban-thu-ky/the-le").status_code == 200
    assert "Bản thảo sẵn sàng để ban hành" in visitor.text


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "Trà Khúc", "Chỉ dùng chữ thường không dấu"),
        ("slug", "a/b", "Chỉ dùng chữ thường không dấu"),
        ("slug", "dvk", "đã có cuộc thi khác dùng"),
        ("slug", "assets", "đã là địa chỉ của trang khác"),
        ("slug", "x" * 61, "Dài quá: tối đa 60 ký tự."),
        ("name", "", "Hãy điền mục này."),
        ("name", "x" * 301, "Dài quá: tối đa 300 ký tự."),
        ("short_name", "  ", "Hãy điền mục này."),
        ("preset", "../../etc/passwd", "Lỗi"),
    ],
)
def test_a_contest_is_not_begun_with_what_cannot_be(browser, field, typed, sentence):
    make_contest(slug="dvk")
    visitor = browser(make_user(may_create_contests=True))
    fields = {"preset": "quang_ngai_2025", "name": "Giải Trà Khúc", "short_name": "Trà Khúc", "slug": "tra-khuc"}

    sent = visitor.post_form("/cuoc-thi/moi", {**fields, field: typed})

    assert sent.status_code == 422
    assert sentence in visitor.text
    assert db.session.scalar(db.select(db.func.count(Contest.id))) == 1
