"""The secretariat's pages, opened and sent as people do."""

import io

import openpyxl
import pytest
from sqlalchemy import event, select

from contest import jobs
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries.models import Entry, EntryState
from contest.screening import services
from contest.screening.models import ScreeningAct
from tests import engines
from tests.makers import screening
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.entries import at_receipt, byline, instalment, make_blob, make_entry
from tests.makers.regulations import make_contest
from tests.makers.storage import pdf_bytes

LIST = "/dan-van-kheo/ban-thu-ky/ho-so"


@pytest.fixture
def contest(app):
    contest = make_contest()
    at_receipt(contest)
    return contest


@pytest.fixture
def secretary(contest):
    return make_member(contest, "secretary", name="Ngô Hoài Khuê")


@pytest.fixture
def entry(contest):
    return make_entry(contest, make_user("tra@toasoan.example"), "received")


def page_of(entry):
    return f"{LIST}/{entry.id}"


def titles(visitor):
    return [link.get_text() for link in visitor.soup.select("table a.t")]


# The list


def test_the_list_shows_what_was_sent_and_no_draft(browser, contest, secretary):
    make_entry(contest, make_user(), "draft", title="Còn trong nháp")
    make_entry(contest, make_user(), "received", title="Bếp ấm của bà Sương")
    visitor = browser(secretary)

    visitor.get(LIST)

    assert titles(visitor) == ["Bếp ấm của bà Sương"]


def test_search_finds_words_without_marks_pen_names_and_codes(browser, contest, secretary):
    wanted = make_entry(
        contest,
        make_user(),
        "received",
        title="Đường về Ba Xa",
        bylines=[byline(name="Đỗ Đức Hrê", pen_names="Sông Vệ", role="Tác giả bài viết")],
    )
    make_entry(contest, make_user(), "received", title="Chợ phiên không rác thải nhựa")
    visitor = browser(secretary)

    for q in ("duong ve", "ĐỖ ĐỨC", "song ve", wanted.code, "ba xa do duc"):
        visitor.get(LIST, query_string={"q": q})
        assert titles(visitor) == ["Đường về Ba Xa"], q


def test_a_percent_sign_is_a_letter(browser, entry, secretary):
    visitor = browser(secretary)

    visitor.get(LIST, query_string={"q": "%"})

    assert titles(visitor) == []
    assert "Xem tất cả tác phẩm" in visitor.text


def test_counts_do_not_change_with_the_search(browser, contest, secretary):
    for state in ("received", "accepted", "accepted", "rejected"):
        make_entry(contest, make_user(), state)
    visitor = browser(secretary)

    visitor.get(LIST, query_string={"q": "không có tác phẩm này"})

    assert [int(one.get_text()) for one in visitor.soup.select(".counts .num")] == [4, 1, 0, 2, 1, 0]


def test_filters_narrow_the_list(browser, contest, secretary):
    make_entry(contest, make_user(), "received", "PHAT_THANH", title="Tiếng loa đầu làng")
    outlet = make_outlet(name="Báo Nhân Dân")
    make_entry(contest, make_user(), "accepted", title="Vườn quế", instalments=[instalment(outlet_id=outlet.id)])
    visitor = browser(secretary)

    for asked, found in (
        ({"loai": "PHAT_THANH"}, ["Tiếng loa đầu làng"]),
        ({"trang-thai": "hop-le"}, ["Vườn quế"]),
        ({"co-quan": outlet.id}, ["Vườn quế"]),
        ({"vuong-mac": "chan"}, []),
        ({"vuong-mac": "dat", "loai": "PHAT_THANH"}, ["Tiếng loa đầu làng"]),
    ):
        visitor.get(LIST, query_string=asked)
        assert titles(visitor) == found, asked


def test_works_that_were_not_completed_in_time_are_found(browser, contest, secretary):
    late = make_entry(contest, make_user(), "returned", title="Trễ hẹn")
    with transaction():
        db.session.get_one(Entry, late.id).returned_until = late.submitted_at
    make_entry(contest, make_user(), "returned", title="Còn hạn")
    visitor = browser(secretary)

    visitor.get(LIST, query_string={"vuong-mac": "qua-han"})

    assert titles(visitor) == ["Trễ hẹn"]


def test_the_list_is_sorted_by_the_columns_it_offers(browser, contest, secretary):
    for title in ("Bếp ấm", "An Hải", "Chợ phiên"):
        make_entry(contest, make_user(), "received", title=title)
    visitor = browser(secretary)

    visitor.get(LIST, query_string={"xep": "ten"})
    assert titles(visitor) == ["An Hải", "Bếp ấm", "Chợ phiên"]
    visitor.get(LIST, query_string={"xep": "-ma"})
    assert titles(visitor) == ["Chợ phiên", "An Hải", "Bếp ấm"]
    assert [head.get("aria-sort") for head in visitor.soup.select("thead th[aria-sort]")] == ["descending"]


def test_the_list_asks_no_more_of_the_database_when_it_is_longer(browser, contest, secretary):
    visitor = browser(secretary)

    def queries():
        seen = []
        listener = lambda *args: seen.append(args[2])  # noqa: E731 - one listener, added and removed here
        event.listen(db.engine, "before_cursor_execute", listener)
        visitor.get(LIST, query_string={"q": "sông"})
        event.remove(db.engine, "before_cursor_execute", listener)
        return sum(not statement.startswith(engines.NO_QUESTION) for statement in seen)

    make_entry(contest, make_user(), "received")
    few = queries()
    for _number in range(5):
        make_entry(contest, make_user(), "received")

    assert queries() == few <= 15


# The spreadsheet


def exported(visitor, **asked):
    answer = visitor.get(LIST, query_string=asked | {"dang": "xlsx"}, buffered=True)
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data)).active


def test_the_spreadsheet_holds_the_filtered_list(browser, contest, secretary):
    make_entry(contest, make_user(), "received", "PHAT_THANH", title="Tiếng loa đầu làng")
    make_entry(contest, make_user(), "received", title="Vườn quế")
    visitor = browser(secretary)

    sheet = exported(visitor, loai="PHAT_THANH")

    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Tiếng loa đầu làng"]


def test_nothing_somebody_typed_becomes_a_formula(browser, contest, secretary):
    make_entry(
        contest,
        make_user(),
        "received",
        title='=HYPERLINK("http://evil.example","bấm")',
        bylines=[byline(name="+84905", pen_names="@SUM(1)", role="Tác giả bài viết")],
    )
    visitor = browser(secretary)

    sheet = exported(visitor)

    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet["B2"].value == '=HYPERLINK("http://evil.example","bấm")'


def test_who_takes_the_list_is_in_the_log(browser, entry, secretary):
    exported(browser(secretary))

    line = db.session.scalars(select(AuditLine).filter_by(action="table.exported")).one()
    assert (line.actor, line.details["rows"]) == (secretary.subject, 1)


# The dossier


def test_the_dossier_shows_what_was_sent(browser, entry, secretary):
    visitor = browser(secretary)

    visitor.get(page_of(entry))

    for text in (entry.title, "Báo in", "Giữ nước đầu nguồn", "Tác giả bài viết"):
        assert text in visitor.text
    assert entry.revision.bylines[0].phone not in visitor.text


def test_a_file_is_looked_at_in_the_page_and_saved_only_as_an_attachment(browser, contest, secretary):
    entry = make_entry(contest, make_user(), "received")
    attachment = entry.files[0]
    with transaction():
        blob = make_blob("pdf", pdf_bytes(2))
        file = db.session.get_one(type(attachment), attachment.id)
        file.sha256, file.size = blob.sha256, blob.size
        from contest.storage import derive_later

        derive_later(blob, now=entry.submitted_at)
    while jobs.work_once():
        pass
    visitor = browser(secretary)

    visitor.get(page_of(entry))
    images = visitor.soup.select(".viewed-pages img")
    assert len(images) == 2
    assert images[0]["alt"].startswith("Trang 1")

    picture = visitor.get(images[0]["src"])
    assert (picture.status_code, picture.mimetype) == (200, "image/webp")
    assert picture.headers["Cache-Control"] == "private, no-store"
    picture.close()
    original = visitor.get(f"{page_of(entry)}/tep/{attachment.id}")
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    original.close()


def test_a_file_belongs_to_its_work(browser, contest, entry, secretary):
    other = make_entry(contest, make_user(), "received")
    visitor = browser(secretary)

    assert visitor.get(f"{page_of(entry)}/tep/{other.files[0].id}").status_code == 404
    assert visitor.get(f"{page_of(entry)}/tep/{entry.files[0].id}/page/99").status_code == 404


def test_a_draft_has_no_dossier(browser, contest, secretary):
    draft = make_entry(contest, make_user(), "draft")

    assert browser(secretary).get(page_of(draft)).status_code == 404


def test_a_work_of_another_contest_has_no_dossier_here(browser, contest, secretary):
    elsewhere = make_entry(make_contest(), make_user(), "received")

    assert browser(secretary).get(page_of(elsewhere)).status_code == 404


def test_previous_and_next_stay_in_the_filtered_list(browser, contest, secretary):
    made = [make_entry(contest, make_user(), "received", kind) for kind in ("BAO_IN", "PHAT_THANH", "BAO_IN", "BAO_IN")]
    visitor = browser(secretary)

    visitor.get(page_of(made[2]), query_string={"loai": "BAO_IN", "xep": "ma"})

    assert visitor.soup.select_one("a[rel=prev]")["href"] == f"{page_of(made[0])}?loai=BAO_IN&xep=ma"
    assert visitor.soup.select_one("a[rel=next]")["href"] == f"{page_of(made[3])}?loai=BAO_IN&xep=ma"


# The acts


def test_a_secretary_accepts_a_work(browser, entry, secretary):
    visitor = browser(secretary)

    answer = visitor.post_form(page_of(entry), action="hop-le")

    assert answer.status_code == 303
    assert db.session.get_one(Entry, entry.id).state is EntryState.ACCEPTED
    visitor.get(answer.location)
    assert "Hợp lệ" in visitor.text


def test_a_secretary_returns_a_work_with_items_reason_and_date(browser, contest, entry, secretary):
    answer = browser(secretary).post_form(
        f"{page_of(entry)}/tra-lai",
        {"items": ["instalments", "dossier:trang_bao"], "reason": "Thiếu măng sét.", "until": "18/8/2025"},
    )

    assert answer.status_code == 303
    entry = db.session.get_one(Entry, entry.id)
    assert entry.state is EntryState.RETURNED
    assert entry.returned_items == ["instalments", "dossier:trang_bao"]
    assert entry.returned_until.isoformat() == "2025-08-18T17:00:00+00:00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": None},
        {"reason": ""},
        {"reason": "x" * 2001},
        {"until": ""},
        {"until": "31/02/2025"},
        {"until": "0001-01-01"},
        {"until": "9999-12-31"},
        {"until": "2025-08-01"},
        {"until": "2025-08-21"},
        {"items": ["hack"]},
        {"revision": "-1"},
        {"revision": "abc"},
    ],
)
def test_a_return_filled_in_wrongly_comes_back_with_everything_typed(browser, entry, secretary, wrong):
    visitor = browser(secretary)
    typed = {"items": ["instalments"], "reason": "Thiếu măng sét của trang 2.", "until": "2025-08-18"} | wrong

    answer = visitor.post_form(f"{page_of(entry)}/tra-lai", typed)

    assert answer.status_code == 422
    assert visitor.soup.select_one(".error-summary")
    if typed["reason"] and len(typed["reason"]) < 2000:
        assert typed["reason"] in visitor.soup.find("textarea").get_text()
    assert db.session.scalars(select(ScreeningAct)).all() == []


def test_a_secretary_rejects_a_work_on_an_article(browser, entry, secretary):
    answer = browser(secretary).post_form(
        f"{page_of(entry)}/loai", {"rule": "true_story", "reason": "Nhân vật trong bài là hư cấu."}
    )

    assert answer.status_code == 303
    assert db.session.get_one(Entry, entry.id).state is EntryState.REJECTED


@pytest.mark.parametrize("wrong", [{"rule": None}, {"rule": "khong_co"}, {"reason": "  "}, {"reason": "x" * 3000}])
def test_a_rejection_filled_in_wrongly_changes_nothing(browser, entry, secretary, wrong):
    visitor = browser(secretary)

    answer = visitor.post_form(f"{page_of(entry)}/loai", {"rule": "dossier", "reason": "Thiếu trang báo."} | wrong)

    assert answer.status_code == 422
    assert db.session.get_one(Entry, entry.id).state is EntryState.RECEIVED


def test_the_second_secretary_is_told_who_was_first(browser, contest, entry, secretary):
    second = browser(make_member(contest, "secretary"))
    second.get(f"{page_of(entry)}/loai")
    screening.accept(entry, secretary)

    answer = second.send({"rule": "dossier", "reason": "Thiếu trang báo."})

    assert answer.status_code == 422
    assert "Ngô Hoài Khuê" in second.soup.select_one(".error-summary").get_text()
    assert db.session.get_one(Entry, entry.id).state is EntryState.ACCEPTED


def test_a_note_stands_in_the_history(browser, entry, secretary):
    visitor = browser(secretary)

    visitor.post_form(page_of(entry), {"text": "Đã gọi cho tòa soạn."}, action="ghi-chu")
    visitor.get(page_of(entry))

    assert "Đã gọi cho tòa soạn." in visitor.soup.select_one(".history").get_text()


def test_checking_again_is_one_button(browser, entry, secretary):
    visitor = browser(secretary)

    assert visitor.post_form(page_of(entry), action="doi-chieu").status_code == 303
    assert [act.kind for act in db.session.scalars(select(ScreeningAct))] == ["check"]


def test_an_earlier_revision_is_read_and_compared(browser, contest, entry, secretary):
    from datetime import timedelta

    from contest.entries import services as entries
    from contest.entries.parts import Part

    at = entry.submitted_at + timedelta(minutes=1)
    with transaction():
        work = {key: entry.draft[key] for key in ("title", "category", "genre", "topic", "summary")}
        changed = work | {"title": "Tên mới của tác phẩm"}
        entries.save_draft(entry, Part.WORK, changed, version=entry.draft_version, by=entry.owner, now=at)
        entries.amend(entry, by=entry.owner, now=at)
    visitor = browser(secretary)

    visitor.get(page_of(entry), query_string={"ban": 1})
    assert work["title"] in visitor.soup.h1.get_text()
    assert visitor.soup.select("form[action$='hop-le']") == []
    visitor.get(f"{page_of(entry)}/ban/2")
    assert [cell.get_text() for cell in visitor.soup.select("tbody td")] == [work["title"], "Tên mới của tác phẩm"]
    assert visitor.get(f"{page_of(entry)}/ban/1").status_code == 404
    assert visitor.get(page_of(entry), query_string={"ban": 7}).status_code == 404


# Who may


def test_an_observer_reads_everything_and_can_send_nothing(browser, contest, entry):
    visitor = browser(make_member(contest, "observer"))

    assert visitor.get(LIST).status_code == 200
    assert visitor.get(page_of(entry)).status_code == 200
    assert visitor.soup.select("main form[method=post]") == []
    with visitor.client.session_transaction() as kept:
        assert kept is not None
    for act in ("hop-le", "tra-lai", "loai", "ghi-chu", "doi-chieu"):
        assert visitor.request("POST", f"{page_of(entry)}/{act}").status_code in (400, 403)
    assert db.session.get_one(Entry, entry.id).state is EntryState.RECEIVED


def test_the_list_is_not_for_authors_or_jurors(browser, contest, entry):
    assert browser(entry.owner).get(page_of(entry)).status_code == 404
    assert browser(make_member(contest, "juror")).get(LIST).status_code == 404
    assert browser().get(LIST).status_code == 302


def test_a_work_that_a_rule_stops_asks_for_the_reason_of_the_exception(browser, contest, entry, secretary, now):
    make_member(contest, "juror", user=entry.owner)
    with transaction():
        services.check_again(db.session.get_one(Entry, entry.id), by=secretary, now=now)
    visitor = browser(secretary)

    assert visitor.post_form(page_of(entry), action="hop-le").status_code == 422
    assert visitor.soup.select_one("#reason")["aria-invalid"] == "true"
    assert visitor.send({"reason": "Đã rút khỏi hội đồng."}, action="hop-le").status_code == 303
