import io
from xml.etree import ElementTree

import pytest

from contest import storage
from contest.audit.models import AuditLine
from contest.database import db
from contest.home.models import Announcement
from tests.makers.accounts import make_member, make_user
from tests.makers.home import make_announcement
from tests.makers.regulations import make_contest
from tests.makers.storage import image_bytes, pdf_bytes

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def contest(app):
    return make_contest()


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary")


def office(contest, *more) -> str:
    return "/".join([f"/{contest.slug}/ban-thu-ky/thong-bao", *map(str, more)])


def public(contest, *more) -> str:
    return "/".join([f"/{contest.slug}/thong-bao", *map(str, more)])


def test_a_secretary_writes_and_publishes_an_announcement(browser, contest, secretary):
    visitor = browser(secretary)
    typed = {"title": "Gia hạn kiểm tra hồ sơ", "summary": "Thêm hai ngày.", "text": "Đến hết **22/8**."}

    answer = visitor.post_form(office(contest, "moi"), typed, button="publish")

    found = db.session.query(Announcement).one()
    assert answer.location == public(contest, found.id)
    page = browser()
    page.get(answer.location)
    assert page.soup.h1.get_text(strip=True) == "Gia hạn kiểm tra hồ sơ"
    assert page.soup.select_one(".prose strong").get_text() == "22/8"


def test_what_is_only_saved_is_seen_by_nobody_outside(browser, contest, secretary):
    browser(secretary).post_form(office(contest, "moi"), {"title": "Chưa đăng"}, button="keep")
    found = db.session.query(Announcement).one()

    assert browser().get(public(contest, found.id)).status_code == 404
    assert "Chưa đăng" not in browser().get(public(contest)).text


def test_an_announcement_needs_a_headline(browser, contest, secretary):
    visitor = browser(secretary)

    answer = visitor.post_form(office(contest, "moi"), {"title": " ", "text": "Nội dung"}, button="publish")

    assert answer.status_code == 422
    assert visitor.soup.title.get_text().startswith("Lỗi:")
    assert visitor.soup.select_one(".error-summary a")["href"] == "#title"
    assert visitor.soup.find("textarea", {"name": "text"}).get_text().strip() == "Nội dung"
    assert db.session.query(Announcement).count() == 0


@pytest.mark.parametrize(("field", "length"), [("title", 201), ("summary", 401), ("text", 20_001)])
def test_a_text_that_is_too_long_is_refused_at_its_field(browser, contest, secretary, field, length):
    visitor = browser(secretary)

    answer = visitor.post_form(office(contest, "moi"), {"title": "Tin", field: "ă" * length}, button="publish")

    assert answer.status_code == 422
    assert visitor.soup.find(id=f"e-{field}")


def test_files_hang_on_an_announcement_and_are_only_ever_downloaded(browser, contest, secretary):
    visitor = browser(secretary)
    content = pdf_bytes()
    files = {"files": (content, "Danh sách.pdf")}
    answer = visitor.post_form(office(contest, "moi"), {"title": "Danh sách"}, button="publish", files=files)
    page = browser()
    page.get(answer.location)

    file = page.get(page.soup.select_one(".file a")["href"], buffered=True)

    assert file.status_code == 200
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.data == content


def test_a_file_of_an_unpublished_announcement_is_for_the_staff_alone(browser, contest, secretary):
    visitor = browser(secretary)
    files = {"files": (image_bytes(), "anh.jpg")}
    visitor.post_form(office(contest, "moi"), {"title": "Nháp"}, button="keep", files=files)
    found = db.session.query(Announcement).one()
    address = public(contest, found.id, "tep", found.files[0].id)

    assert browser().get(address).status_code == 404
    assert browser(make_user()).get(address).status_code == 404
    assert visitor.get(address, buffered=True).status_code == 200


def test_a_file_that_is_no_document_is_refused_at_its_field(browser, contest, secretary):
    visitor = browser(secretary)
    files = {"files": (b"<script>alert(1)</script>", "the-le.pdf")}

    answer = visitor.post_form(office(contest, "moi"), {"title": "Tin"}, button="publish", files=files)

    assert answer.status_code == 422
    assert visitor.soup.find(id="e-files")
    assert db.session.query(Announcement).count() == 0


def test_an_announcement_carries_ten_files_at_most(browser, contest, secretary):
    visitor = browser(secretary)
    visitor.get(office(contest, "moi"))
    form = visitor.fill(visitor.form("publish"))
    form["title"], form["publish"] = "Mười một tệp", "1"
    for number in range(11):
        form.add("files", (io.BytesIO(image_bytes(size=(60, 60 + number))), f"{number}.jpg"))

    answer = visitor.request("POST", office(contest, "moi"), data=form, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert visitor.soup.find(id="e-files")


def test_a_file_taken_off_is_gone_with_its_bytes(browser, contest, secretary):
    visitor = browser(secretary)
    files = {"files": (pdf_bytes(), "a.pdf")}
    visitor.post_form(office(contest, "moi"), {"title": "Tin"}, button="publish", files=files)
    found = db.session.query(Announcement).one()
    removed = found.files[0].id

    visitor.post_form(office(contest, found.id), {"removed": [removed]})

    assert db.session.get(Announcement, found.id).files == []
    assert db.session.query(storage.Blob).count() == 0


def test_withdrawing_asks_first_and_then_hides_the_announcement(browser, contest, secretary):
    announcement = make_announcement(contest, secretary)
    visitor = browser(secretary)
    visitor.get(office(contest, announcement.id, "rut"))
    assert "Gỡ thông báo này?" in visitor.text

    visitor.send()

    assert browser().get(public(contest, announcement.id)).status_code == 404


def test_the_day_of_an_announcement_stays_when_it_is_published_again(browser, contest, secretary):
    announcement = make_announcement(contest, secretary)
    first = announcement.published_at
    visitor = browser(secretary)
    visitor.post_form(office(contest, announcement.id, "rut"))

    visitor.post_form(office(contest, announcement.id), {"title": "Đăng lại"}, button="publish")

    db.session.refresh(announcement)
    assert (announcement.published_at, announcement.withdrawn_at, announcement.title) == (first, None, "Đăng lại")


def test_every_act_is_a_line_of_the_log(browser, contest, secretary):
    announcement = make_announcement(contest, secretary)

    browser(secretary).post_form(office(contest, announcement.id, "rut"))

    lines = db.session.query(AuditLine).filter_by(about=f"announcement:{announcement.id}").order_by(AuditLine.number)
    assert [line.action for line in lines] == [
        "announcement.written",
        "announcement.published",
        "announcement.withdrawn",
    ]


def test_an_observer_reads_and_may_not_write(browser, contest, secretary):
    announcement = make_announcement(contest, secretary)
    visitor = browser(make_member(contest, "observer"))

    assert visitor.get(office(contest)).status_code == 200
    assert visitor.post_form(office(contest, announcement.id), {"title": "Đổi"}).status_code == 403


def test_somebody_without_a_role_does_not_know_the_office(browser, contest):
    assert browser(make_user()).get(office(contest)).status_code == 404
    assert browser().get(office(contest)).status_code == 302


def test_an_announcement_of_another_contest_is_not_found(browser, contest, secretary):
    other = make_contest()
    foreign = make_announcement(other, make_member(other, "secretary"))

    assert browser().get(public(contest, foreign.id)).status_code == 404
    assert browser(secretary).get(office(contest, foreign.id)).status_code == 404


def test_the_feed_is_well_formed_and_carries_public_announcements_with_absolute_links(browser, contest, secretary):
    make_announcement(contest, secretary, "Tin <b>một</b> & hai", text="**Đậm** & nghiêng")
    make_announcement(contest, secretary, "Chưa đăng", published=False)

    answer = browser().get(f"/{contest.slug}/thong-bao.xml")

    feed = ElementTree.fromstring(answer.data)  # noqa: S314 - our own answer
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Tin <b>một</b> & hai"]
    assert feed.find(f"{ATOM}entry/{ATOM}content").text == "<p><strong>Đậm</strong> &amp; nghiêng</p>\n"
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href").startswith("http://localhost/dan-van-kheo/thong-bao/")
