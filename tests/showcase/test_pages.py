"""The pages that readers see once results are published."""

from __future__ import annotations

import io
from contextvars import Context
from threading import Event, Thread

import pypdfium2
import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from contest import clock
from contest.database import db, transaction
from contest.entries.models import Attachment, Byline
from contest.results.services import amend_decision
from contest.showcase import queries
from contest.showcase.services import write_note
from tests.makers import results as makers
from tests.makers import showcase as showing
from tests.makers.accounts import make_member, make_user
from tests.showcase.conftest import ROOM


def words_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def amend(contest, changed, *, kind="revocation"):
    by = make_member(contest, "organizer", email="sua@danvankheo.example")
    decided = queries.in_force(contest)
    now = decided.published_at
    with transaction():
        amend_decision(
            contest,
            changed,
            kind=kind,
            number="130-QĐ/BTGDVTU",
            decided_on=clock.local(now).date(),
            reason="Đăng lại của người khác",
            by=by,
            now=now,
        )


def without_first(copy):
    return copy | {"awards": copy["awards"][1:]}


def first_suspended(copy):
    return copy | {"awards": [copy["awards"][0] | {"suspended": True}, *copy["awards"][1:]]}


def test_the_page_lists_works_by_category_and_tier_and_never_a_mark(published, browser):
    visitor = browser()

    assert visitor.get(f"{ROOM}/ket-qua").status_code == 200

    tiers = [" ".join(tier.get_text(" ").split()) for tier in visitor.soup.select(".tier-name")]
    assert tiers == ["Giải A 1 giải", "Giải B 2 giải", "Giải C 1 giải"]
    assert [title.get_text().strip() for title in visitor.soup.select(".winner h4")] == [
        f"Giữ nước đầu nguồn sông Re {number}" for number in (1, 2, 3, 4)
    ]
    assert "127-QĐ/BTGDVTU" in visitor.text
    assert "Giải Khuyến khích" in visitor.text  # the empty tier is said to be empty
    assert not {"91", "9100", "15.000.000"} & set(visitor.text.split())


def test_a_reader_narrows_the_list_by_category_and_newsroom_and_a_made_up_filter_is_none(published, browser):
    visitor = browser()

    visitor.get(f"{ROOM}/ket-qua?loai=BAO_IN&co-quan=Báo Quảng Ngãi")
    assert len(visitor.soup.select(".winner")) == 4
    assert "Giải Khuyến khích" not in visitor.text
    assert visitor.soup.select_one("#loai option[selected]")["value"] == "BAO_IN"
    whole = visitor.get(f"{ROOM}/ket-qua").data
    assert visitor.get(f"{ROOM}/ket-qua?loai=KHONG_CO&co-quan=Báo Không Có").data == whole


def test_a_winning_work_has_its_page_and_another_work_has_none(published, browser):
    visitor = browser()

    assert visitor.get(f"{ROOM}/ket-qua/BI-0001").status_code == 200
    assert "Báo Quảng Ngãi" in visitor.text
    assert visitor.soup.find("a", href="https://baoquangngai.example/tin/1.htm")
    assert visitor.soup.find("link", rel="canonical")["href"] == f"http://localhost{ROOM}/ket-qua/BI-0001"
    assert visitor.soup.select_one('[itemprop="award"]').get_text() == "Giải A"
    assert visitor.get(f"{ROOM}/ket-qua/BI-0005").status_code == 404
    assert visitor.get(f"{ROOM}/ket-qua/khong-co").status_code == 404


def test_the_results_show_the_copy_frozen_at_the_decision_whatever_is_changed_after(published, browser):
    db.session.execute(db.update(Byline).values(name="Người Khác"))
    db.session.commit()
    visitor = browser()

    visitor.get(f"{ROOM}/ket-qua")

    assert "Đinh Thị Mai" in visitor.text
    assert "Người Khác" not in visitor.text


@pytest.mark.parametrize("path", ["ket-qua", "ket-qua/co-quan-bao-chi", "ket-qua/nhung", "ket-qua.json", "ket-qua.xml"])
def test_a_prize_that_is_taken_away_is_gone_with_the_next_look(published, browser, path):
    visitor = browser()
    before = visitor.get(f"{ROOM}/{path}")
    assert visitor.get(f"{ROOM}/ket-qua/BI-0001").status_code == 200

    amend(published, without_first)

    after = visitor.get(f"{ROOM}/{path}", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "sông Re 1" not in after.text
    assert visitor.get(f"{ROOM}/ket-qua/BI-0001").status_code == 404
    assert "BI-0001" not in visitor.get("/sitemap.xml").text


def test_a_suspended_prize_is_marked_everywhere_and_counts_for_nobody(published, browser):
    amend(published, first_suspended, kind="suspension")
    visitor = browser()

    visitor.get(f"{ROOM}/ket-qua")
    assert visitor.soup.find("h1").get_text().strip().startswith("3 tác phẩm")
    assert "Tạm thu hồi" in visitor.soup.select_one(".winner").get_text()
    visitor.get(f"{ROOM}/ket-qua/BI-0001")
    assert "Tạm thu hồi" in visitor.text
    assert not visitor.soup.select('[itemprop="award"]')
    work = visitor.get(f"{ROOM}/ket-qua.json").json["works"][0]
    assert work["prizes"][0]["suspended"] is True
    visitor.get(f"{ROOM}/ket-qua/co-quan-bao-chi")
    assert [cell.get_text() for cell in visitor.soup.select("tbody td")] == ["3", "2", "1"]
    assert "<title>Giữ nước đầu nguồn sông Re 1</title>" in visitor.get(f"{ROOM}/ket-qua.xml").text


def test_the_table_of_newsrooms_counts_works_and_prizes(published, browser):
    visitor = browser()

    visitor.get(f"{ROOM}/ket-qua/co-quan-bao-chi")

    assert [cell.get_text() for cell in visitor.soup.select("tbody td")] == ["4", "1", "2", "1"]


def test_pictures_are_shown_only_where_the_author_allowed_them(published, browser):
    entry = showing.entry_coded(published, "BI-0001")
    attachment = showing.make_picture(entry)
    visitor = browser()
    visitor.get(f"{ROOM}/ket-qua/BI-0001")
    assert not visitor.soup.select("main img")
    assert visitor.get(f"{ROOM}/ket-qua/BI-0001/tep/{attachment.sha256}").status_code == 404

    showing.allow_media(entry)

    clock.set_to(clock.now().replace(second=0) + makers.timedelta(minutes=1))
    visitor.get(f"{ROOM}/ket-qua/BI-0001")
    picture = visitor.soup.select_one(".showcase-media img")
    assert picture["alt"] == "Ảnh 1 của tác phẩm “Giữ nước đầu nguồn sông Re 1”"
    shown = visitor.get(picture["src"], buffered=True)
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert shown.headers["Cache-Control"] == "public, max-age=3600, immutable"
    assert visitor.get(f"{ROOM}/ket-qua/BI-0001/tep/{attachment.sha256}").status_code == 404  # never the original
    assert visitor.get(picture["src"].replace("BI-0001", "BI-0002")).status_code == 404
    visitor.get(f"{ROOM}/ket-qua/hinh-anh")
    assert [image["alt"] for image in visitor.soup.select("main img")] == [
        "Ảnh của tác phẩm “Giữ nước đầu nguồn sông Re 1”"
    ]


def test_what_jurors_may_not_see_or_an_author_took_away_is_shown_to_nobody(published):
    entry = showing.entry_coded(published, "BI-0001")
    showing.allow_media(entry)
    showing.make_picture(entry, "xac_nhan")
    taken = showing.make_picture(entry, colour=(200, 10, 10))
    with transaction():
        db.session.get_one(Attachment, taken.id).removed_at = clock.now()

    work = queries.works_of(queries.in_force(published))["BI-0001"]

    assert queries.media_of(published, [work]) == {}


def test_the_words_of_the_jury_are_public_with_the_results_and_only_organizers_write_them(contest, organizer, browser):
    makers.make_sealed(contest=contest, by=organizer)
    decision = makers.make_prepared(contest, by=organizer)
    clock.set_to(decision.at)
    office = f"{ROOM}/ban-thu-ky/trang-ket-qua"
    for role in ("secretary", "observer", "juror"):
        assert browser(make_member(contest, role)).get(office).status_code == 404
    assert browser(make_user()).get(office).status_code == 404
    staff = browser(organizer)

    staff.get(office)
    assert len(staff.soup.select("tbody tr")) == 4
    words = "Bài viết bám sát cơ sở.\nNhân vật nói bằng lời của mình."
    assert staff.post_form(f"{office}/BI-0001", {"citation": "x" * 700}).status_code == 422
    assert staff.post_form(f"{office}/BI-0001", {"citation": words}).status_code == 303
    assert staff.get(f"{office}/BI-0005").status_code == 404
    visitor = browser()
    assert visitor.get(f"{ROOM}/ket-qua/BI-0001").status_code == 404

    with transaction():
        makers.services.publish(contest, by=organizer, now=decision.at)
    visitor.get(f"{ROOM}/ket-qua/BI-0001")
    assert [line.get_text() for line in visitor.soup.select(".citation p")] == words.splitlines()
    assert visitor.get(f"{ROOM}/ket-qua.json").json["works"][0]["citation"] == words


def test_the_list_of_pages_says_of_which_works_the_jury_has_written(published, browser):
    staff = browser(make_member(published, "organizer", email="mot@danvankheo.example"))
    office = f"{ROOM}/ban-thu-ky/trang-ket-qua"

    staff.get(f"{office}/BI-0001")
    staff.send({"citation": "Bài viết bám sát cơ sở."})
    staff.get(office)

    cells = staff.soup.select("tbody td[data-label='Lời bình của Hội đồng']")
    assert sorted(cell.get_text(strip=True) for cell in cells) == ["Chưa có"] * (len(cells) - 1) + ["Đã viết"]


def test_a_change_over_a_page_that_somebody_else_changed_is_refused(published, browser):
    by = make_member(published, "organizer", email="mot@danvankheo.example")
    work = queries.works_of(queries.in_force(published))["BI-0001"]
    clock.set_to(queries.in_force(published).published_at)
    staff = browser(by)
    staff.get(f"{ROOM}/ban-thu-ky/trang-ket-qua/BI-0001")
    with transaction():
        write_note(published, work, citation="Trước", media_withheld=False, over=0, by=by, now=clock.now())

    assert staff.send({"citation": "Sau"}).status_code == 422

    assert queries.note_of(work).citation == "Trước"


def test_pictures_that_are_left_out_are_gone_at_once(published, browser):
    entry = showing.entry_coded(published, "BI-0001")
    showing.allow_media(entry)
    showing.make_picture(entry)
    visitor = browser()
    visitor.get(f"{ROOM}/ket-qua/BI-0001")
    source = visitor.soup.select_one(".showcase-media img")["src"]
    by = make_member(published, "organizer", email="mot@danvankheo.example")
    work = queries.works_of(queries.in_force(published))["BI-0001"]

    with transaction():
        write_note(published, work, citation="", media_withheld=True, over=0, by=by, now=clock.now())

    visitor.get(f"{ROOM}/ket-qua/BI-0001")
    assert not visitor.soup.select(".showcase-media img")
    assert visitor.get(source).status_code == 404


def test_the_list_is_a_sheet_with_typed_cells_and_no_formula(published, browser):
    visitor = browser()

    response = visitor.get(f"{ROOM}/ket-qua.xlsx")

    sheet = load_workbook(io.BytesIO(response.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:5] == (1, "Giữ nước đầu nguồn sông Re 1", 1, "Đinh Thị Mai (Mai Trà)", "Báo Quảng Ngãi")
    assert len(rows) == 5
    assert sheet.freeze_panes == "B2"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert visitor.get(f"{ROOM}/ket-qua.xlsx").data == response.data


def test_a_reader_of_english_pages_does_not_choose_the_language_of_the_next_reader(published, browser):
    english = browser()
    english.get(f"{ROOM}/ket-qua?lang=en")
    english.get(f"{ROOM}/ket-qua.xlsx?lang=en")

    visitor = browser()
    visitor.get(f"{ROOM}/ket-qua")
    assert visitor.soup.find("html")["lang"] == "vi"
    response = visitor.get(f"{ROOM}/ket-qua.xlsx")
    assert load_workbook(io.BytesIO(response.data)).active["B1"].value == "Tác phẩm"


def test_the_list_on_paper_groups_by_category_and_tier_with_counts(published, browser):
    response = browser().get(f"{ROOM}/ket-qua.pdf")

    text = words_of(response.data)
    assert response.mimetype == "application/pdf"
    assert "I. LOẠI HÌNH BÁO IN (4 giải)" in text
    assert "Giải B: 02 giải" in text
    assert "Quyết định số 127-QĐ/BTGDVTU" in text
    assert "15.000.000" not in text


@pytest.mark.parametrize("path", ["ket-qua", "ket-qua/BI-0001"])
def test_a_page_asks_the_same_few_things_however_many_entries_there_are(published, browser, path):
    counts = []
    for more in (0, 60):
        makers.make_works(published, make_user(email=f"nhieu{more}@vidu.example"), more)
        visitor = browser()
        visitor.get(f"{ROOM}/{path}")  # the first reader of a minute has it made
        asked: list[str] = []

        def note(connection, cursor, statement, *rest, asked=asked):
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        visitor.get(f"{ROOM}/{path}")
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 3, asked  # where the transaction begins, the contest, what is in force


def test_while_it_is_being_published_a_reader_sees_all_of_it_or_nothing(app, contest, organizer):
    makers.make_sealed(contest=contest, by=organizer)
    decision = makers.make_prepared(contest, by=organizer)
    at, done, seen = decision.at, Event(), []

    def read():
        visitor = app.test_client(use_cookies=False)
        while not done.is_set() or seen[-1][0] != 200:
            answer = Context().run(visitor.get, f"{ROOM}/ket-qua")
            seen.append((answer.status_code, answer.text.count('class="winner"')))

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with transaction():
        makers.services.publish(contest, by=organizer, now=at)
    done.set()
    for reader in readers:
        reader.join(60)

    assert set(seen) <= {(404, 0), (200, 4)}
    assert seen[-1] == (200, 4)
