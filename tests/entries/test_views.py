from __future__ import annotations

import gc
import io
import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from contest import clock, storage
from contest.database import db, transaction
from contest.entries.models import Attachment, Entry, EntryState
from contest.regulations.models import Stage
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.regulations import SLUG, make_contest
from tests.makers.storage import docx_bytes, pdf_bytes

WORKS = f"/{SLUG}/tac-pham"
JSON = {"Accept": "application/json"}


@pytest.fixture
def contest(app: Flask):
    made = make_contest()
    make.at_receipt(made)
    return made


def address(entry: Entry, *rest: object) -> str:
    return "/".join([WORKS, str(entry.id), *map(str, rest)])


def the_entry() -> Entry:
    return db.session.scalars(select(Entry)).one()


# The whole way, with plain forms alone


def test_a_work_is_entered_with_plain_forms_from_the_title_to_the_receipt(contest, browser) -> None:
    author, outlet = make_user("tra@toasoan.example"), make_outlet()
    visitor = browser(author)

    started = visitor.post_form(f"{WORKS}/moi", {"title": "Giữ nước đầu nguồn", "category": "BAO_DIEN_TU"})
    assert started.status_code == 303
    entry = the_entry()

    visitor.get(started.location)
    visitor.send({"genre": "phong_su", "topic": "kinh_te", "summary": "Một tổ dân vận giữ rừng."}, button="do=next")
    assert visitor.response.location.endswith("/ky-dang")
    visitor.get(visitor.response.location)
    visitor.send(
        {
            "rows-0-published_on": "12/6/2024",
            "rows-0-outlet_id": outlet.id,
            "rows-0-url": "https://baoquangngai.example/1.htm",
            "rows-0-words": "2.310",
        },
        button="do=add",
    )
    visitor.get(visitor.response.location)
    visitor.send(
        {
            "rows-1-published_on": "2024-06-19",
            "rows-1-outlet_id": outlet.id,
            "rows-1-url": "https://baoquangngai.example/2.htm",
        },
        button="do=next",
    )
    visitor.get(visitor.response.location)
    visitor.send(
        {
            "rows-0-name": "Huỳnh Đông Trà",
            "rows-0-pen_names": "Trà Giang",
            "rows-0-role": "Tác giả bài viết",
            "rows-0-unit": "Báo Quảng Ngãi",
            "rows-0-phone": "0905 123 456",
            "rows-0-email": "Tra@ToaSoan.example",
        },
        button="do=next",
    )
    visitor.get(visitor.response.location)
    visitor.send(button="do=add")
    visitor.get(visitor.response.location)
    visitor.send({"rows-0-name": "Tổ dân vận thôn 3", "rows-0-kind": "collective"}, button="do=next")
    assert visitor.response.location.endswith("/ho-so")
    visitor.get(visitor.response.location)
    received = visitor.send(action="/ho-so/ban_chup", files={"file": (pdf_bytes(), "Bản chụp kỳ 1.pdf")})
    assert received.status_code == 303
    statements = {f"said_{one.code}": "y" for one in contest.regulation.statements if one.required}
    visitor.get(address(entry, "cam-ket"))
    visitor.send(statements, button="do=next")
    assert visitor.response.location.endswith("/xem-lai")
    visitor.get(visitor.response.location)
    sent = visitor.send(button="send")

    assert sent.status_code == 303, visitor.text
    visitor.get(sent.location)
    assert "BĐT-0001" in visitor.text
    assert visitor.get(address(entry, "phieu-tiep-nhan.pdf")).data.startswith(b"%PDF")
    assert entry.state is EntryState.RECEIVED
    assert [(part.words, str(part.published_on)) for part in entry.revision.instalments] == [
        (2310, "2024-06-12"),
        (None, "2024-06-19"),
    ]
    assert (entry.revision.bylines[0].phone, entry.revision.bylines[0].person_id) == ("+84905123456", author.person_id)


def test_rows_are_added_moved_and_removed_by_buttons(contest, browser) -> None:
    entry = make.make_draft(
        contest, make_user(), bylines=[make.byline(name="Một"), make.byline(name="Hai", lead=False)]
    )
    visitor = browser(entry.owner)

    visitor.post_form(address(entry, "tac-gia"), button="do=down-0")
    assert [(row["name"], row["lead"]) for row in entry.draft["bylines"]] == [("Hai", False), ("Một", True)]
    visitor.post_form(address(entry, "tac-gia"), button="do=add")
    assert len(entry.draft["bylines"]) == 3
    visitor.post_form(address(entry, "tac-gia"), button="do=remove-0")
    assert [row["name"] for row in entry.draft["bylines"]] == ["Một", ""]
    visitor.post_form(address(entry, "tac-gia"), button="do=next")
    assert [row["name"] for row in entry.draft["bylines"]] == ["Một"]


def test_a_work_of_another_day_is_changed_and_withdrawn(contest, browser) -> None:
    entry = make.make_entry(contest, make_user(), "accepted")
    visitor = browser(entry.owner)

    visitor.post_form(address(entry, "tac-pham"), {"title": "Tên đã sửa"}, button="do=next")
    visitor.post_form(address(entry, "xem-lai"), button="send")
    assert (entry.title, entry.revision.number, entry.state) == ("Tên đã sửa", 2, EntryState.RECEIVED)
    visitor.post_form(address(entry, "rut"))
    assert visitor.response.status_code == 422
    visitor.post_form(address(entry, "rut"), {"reason": "Tòa soạn xin rút."})
    assert entry.state is EntryState.WITHDRAWN


# Saving


STEPS = ("tac-pham", "ky-dang", "tac-gia", "tam-guong", "cam-ket")
HOSTILE = "<script>alert(1)</script>{{7*7}}%(x)s\u202egnp.exe"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_may_be_saved_empty(contest, browser, step: str) -> None:
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)
    visitor.get(address(entry, step))
    empty = {key: "" for key in visitor.fill(visitor.form("do")) if key not in ("csrf_token", "version", "category")}

    assert visitor.send(empty, button="do=later").status_code == 303


@pytest.mark.parametrize(
    ("step", "field", "typed", "sentence"),
    [
        ("tac-pham", "title", "x" * 301, "300"),
        ("tac-pham", "summary", "x" * 2001, "2000"),
        ("tac-pham", "genre", "phim_tai_lieu", "Phim tài liệu"),
        ("ky-dang", "rows-0-published_on", "31/11/2024", "31/11/2024"),
        ("ky-dang", "rows-0-published_on", "hôm qua", "05/06/2024"),
        ("ky-dang", "rows-0-title", "x" * 301, "300"),
        ("ky-dang", "rows-0-words", "hai nghìn", "2310"),
        ("ky-dang", "rows-0-words", "999999999999999999", "2310"),
        ("ky-dang", "rows-0-words", "0", "200000"),
        ("ky-dang", "rows-0-url", "javascript:alert(1)", "https://"),
        ("tac-gia", "rows-0-name", "x" * 121, "120"),
        ("tac-gia", "rows-0-phone", "không có", "0905 123 456"),
        ("tac-gia", "rows-0-email", "tra tại tòa soạn", "ten@toasoan.vn"),
        ("tam-guong", "rows-0-name", "x" * 201, "200"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field_with_what_was_typed(
    contest, browser, step: str, field: str, typed: str, sentence: str
) -> None:
    entry = make.make_draft(contest, make_user())
    before = (dict(entry.draft), entry.draft_version)
    visitor = browser(entry.owner)

    response = visitor.post_form(address(entry, step), {field: typed}, button="do=next")

    assert response.status_code == 422
    control = visitor.soup.find(attrs={"name": field})
    selected = control.find("option", selected=True)
    assert (selected["value"] if selected else control.get("value") or control.get_text().strip()) == typed
    assert sentence in visitor.soup.find(id=f"e-{control['id']}").get_text()
    assert (entry.draft, entry.draft_version) == before


@pytest.mark.parametrize("step", STEPS)
def test_hostile_text_is_kept_as_text(contest, browser, step: str) -> None:
    entry = make.make_draft(contest, make_user(), prior_awards=[make.prior_award(level="co_so")])
    visitor = browser(entry.owner)
    visitor.get(address(entry, step))
    texts = [
        field["name"]
        for field in visitor.form("do").find_all(["input", "textarea"])
        if field.name == "textarea" or field.get("type", "text") == "text"
    ]
    for name in texts:
        visitor.get(address(entry, step))
        visitor.send({name: HOSTILE}, button="do=next")
        assert visitor.response.status_code in (303, 422)
        visitor.get(address(entry, step))
        assert visitor.soup.find("script", string=re.compile("alert")) is None
    assert "<script>alert" not in visitor.get(address(entry, "xem-lai")).get_data(as_text=True)


@pytest.mark.parametrize("step", STEPS)
def test_fields_that_the_form_does_not_have_are_never_stored(contest, browser, step: str) -> None:
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)
    columns = {column.name: "1" for column in Entry.__table__.columns if column.name not in ("title", "category")}
    rows = {f"rows-0-{name}": "1" for name in ("person_id", "salt", "score", "revision_id")}
    visitor.get(address(entry, step))
    form = visitor.fill(visitor.form("do"))
    form.update(columns | rows | {"do": "next", "state": "accepted"})
    if step == "tac-pham":
        form["genre"], form["topic"] = "phan_anh", "kinh_te"
    owner_id = entry.owner_id

    visitor.request("POST", address(entry, step), data=form)

    assert (entry.owner_id, entry.state, entry.code) == (owner_id, EntryState.DRAFT, None)
    assert "person_id" not in json.dumps(entry.draft)


@pytest.mark.parametrize("name", ["rows-²-title", "rows-99999999999-title", "rows--title", "rows-0-rows-1-title", "do"])
def test_rows_with_strange_numbers_break_nothing(contest, browser, name: str) -> None:
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ky-dang"))
    form = visitor.fill(visitor.form("do"))
    form.add(name, "remove-777")

    assert visitor.request("POST", address(entry, "ky-dang"), data=form).status_code in (303, 422)


def test_a_thousand_rows_are_refused(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)
    visitor.get(address(entry, "tam-guong"))
    form = visitor.fill(visitor.form("do"))
    form.update({f"rows-{n}-name": "A" for n in range(1000)})
    before = entry.draft_version

    assert visitor.request("POST", address(entry, "tam-guong"), data=form).status_code == 422
    assert entry.draft_version == before


def test_two_tabs_are_shown_both_versions_and_asked(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    first, second = browser(entry.owner), browser(entry.owner)
    first.get(address(entry, "tac-pham"))
    second.get(address(entry, "tac-pham"))
    first.send({"title": "Bản của thẻ một"}, button="do=next")

    second.send({"title": "Bản của thẻ hai"}, button="do=next")

    assert second.response.status_code == 409
    assert "Bản của thẻ một" in second.text
    assert "Bản của thẻ hai" in second.text
    assert entry.draft["title"] == "Bản của thẻ một"
    second.send(button="do=save")
    assert entry.draft["title"] == "Bản của thẻ hai"


def test_after_the_deadline_a_step_says_so_and_keeps_what_was_typed(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)
    visitor.get(address(entry, "tac-pham"))
    clock.set_to(contest.regulation.calendar.receipt.closes)

    visitor.send({"title": "Gõ dở lúc hết giờ"}, button="do=next")

    assert visitor.response.status_code == 409
    assert "Gõ dở lúc hết giờ" in visitor.response.get_data(as_text=True)
    assert entry.draft["title"] != "Gõ dở lúc hết giờ"


# Saving by a script


def test_a_script_saves_the_same_form_and_hears_the_version_and_the_findings(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)

    answer = visitor.post_form(
        address(entry, "ky-dang"), {"rows-0-published_on": "01/01/2019"}, button="do=next", headers=JSON
    ).get_json()

    assert answer["version"] == entry.draft_version
    assert "khoản 1 Điều 6" in answer["findings"].replace("Khoản", "khoản")


def test_a_script_hears_which_field_is_wrong_and_that_another_tab_was_faster(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    visitor, other = browser(entry.owner), browser(entry.owner)

    wrong = visitor.post_form(address(entry, "tac-gia"), {"rows-0-phone": "x"}, button="do=next", headers=JSON)
    assert wrong.status_code == 422
    visitor.get(address(entry, "tac-pham"))
    other.post_form(address(entry, "tac-pham"), {"title": "Nhanh hơn"}, button="do=next")
    slow = visitor.send({"title": "Chậm hơn"}, button="do=next", headers=JSON)

    assert (slow.status_code, slow.get_json()["conflict"]) == (409, True)


# Files


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "trong.pdf"),
        (b"MZ\x90\x00" + b"\x00" * 200, "virus.pdf"),
        (b"<html><script>alert(1)</script></html>", "bai.html"),
        (b"%PDF-1.7 cut off", "hong.pdf"),
        (docx_bytes(), "bai.docx"),
        (pdf_bytes(password="bí mật"), "khoa.pdf"),
    ],
    ids=["empty", "program", "html", "damaged", "wrong kind", "password"],
)
def test_a_file_that_is_not_taken_is_refused_with_a_sentence_at_its_slot(
    contest, browser, content: bytes, name: str
) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))

    response = visitor.send(action="/ho-so/trang_bao", files={"file": (content, name)})

    assert response.status_code == 422
    assert len(visitor.soup.find(id="e-tep-trang_bao").get_text()) > 20
    assert entry.files == []


def test_what_was_refused_leaves_nothing_in_the_store_but_what_others_have_sent(contest, browser) -> None:
    """Otherwise refused files alone would fill the disk until the sweep of the day. (C7)"""
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))
    of_another = docx_bytes("của người khác")
    with transaction():
        storage.store(io.BytesIO(of_another), limit=1_000_000)
    before = {file.sha256 for file in storage.files.kept()}

    for content in (docx_bytes("bị từ chối"), of_another):
        answer = visitor.send(action="/ho-so/trang_bao", files={"file": (content, "a.pdf")})
        assert answer.status_code == 422

    assert {file.sha256 for file in storage.files.kept()} == before


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # as below
def test_nobody_takes_the_room_of_all_others_by_works_that_are_never_sent(contest, browser, app, monkeypatch) -> None:
    """(C7)"""
    settings = app.config["SETTINGS"].model_copy(update={"max_unsent_megabytes": 1})
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    author = make_user()
    drafts = [make.make_draft(contest, author, files=False) for _draft in range(2)]
    content = [pdf_bytes(number + 1) + bytes(600_000) for number in range(2)]
    visitor, before = browser(author), {file.sha256 for file in storage.files.kept()}

    visitor.get(address(drafts[0], "ho-so"))
    assert visitor.send(action="/ho-so/trang_bao", files={"file": (content[0], "a.pdf")}).status_code == 303
    visitor.get(address(drafts[1], "ho-so"))
    assert visitor.send(action="/ho-so/trang_bao", files={"file": (content[1], "b.pdf")}).status_code == 422

    assert "1 MB" in visitor.soup.find(id="e-tep-trang_bao").get_text()
    assert [len(draft.files) for draft in drafts] == [1, 0]
    assert len({file.sha256 for file in storage.files.kept()} - before) == 1
    visitor.response = None
    gc.collect()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the test client leaves its own spooled copy open
@pytest.mark.parametrize("megabytes", [31, 40])
def test_a_file_larger_than_its_slot_is_refused_in_the_same_words(contest, browser, megabytes: int) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))

    content = pdf_bytes() + bytes(megabytes * 1_000_000 - 10_000)
    status = visitor.send(action="/ho-so/trang_bao", files={"file": (content, "to.pdf")}).status_code

    assert status in (413, 422)
    assert "30 MB" in visitor.soup.find(id="e-tep-trang_bao").get_text()
    assert entry.files == []
    visitor.response = None
    gc.collect()


def test_a_form_without_a_file_says_so(contest, browser) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))

    assert visitor.send(action="/ho-so/trang_bao").status_code == 422
    assert visitor.soup.find(id="e-tep-trang_bao")


def test_a_file_keeps_its_vietnamese_name_without_tricks(contest, browser) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))

    visitor.send(action="/ho-so/trang_bao", files={"file": (pdf_bytes(), "../../Đỗ Đức\u202efdp.pdf")})

    assert [file.name for file in entry.files] == ["Đỗ Đứcfdp.pdf"]


def test_an_upload_wants_the_token_of_its_form(contest, browser) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))

    response = visitor.send({"csrf_token": "x"}, action="/ho-so/trang_bao", files={"file": (pdf_bytes(), "a.pdf")})

    assert response.status_code == 400
    assert entry.files == []


def test_an_upload_begun_before_the_deadline_is_taken_in_the_grace_and_a_later_one_is_not(contest, browser) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))
    clock.set_to(contest.regulation.calendar.receipt.closes + timedelta(seconds=1))

    refused = visitor.send(action="/ho-so/trang_bao", files={"file": (pdf_bytes(), "a.pdf")})

    assert refused.status_code == 409
    assert entry.files == []


def test_a_script_uploads_to_the_same_door(contest, browser) -> None:
    entry = make.make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(address(entry, "ho-so"))

    good = visitor.send(action="/ho-so/trang_bao", files={"file": (pdf_bytes(), "a.pdf")}, headers=JSON)
    visitor.get(address(entry, "ho-so"))
    bad = visitor.send(action="/ho-so/trang_bao", files={"file": (b"x", "b.pdf")}, headers=JSON)

    assert "a.pdf" in good.get_json()["files"]
    assert (bad.status_code, len(bad.get_json()["error"]) > 20) == (422, True)


def test_a_file_is_given_back_as_a_download_and_removed_by_a_button(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    (file,) = entry.files
    visitor = browser(entry.owner)

    given = visitor.get(address(entry, "tep", file.id))
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    given.close()
    visitor.get(address(entry, "ho-so"))
    visitor.send(button="remove")
    assert db.session.scalars(select(Attachment)).all() == []


# Sending


def test_what_was_read_is_what_is_sent(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    visitor, other = browser(entry.owner), browser(entry.owner)
    visitor.get(address(entry, "xem-lai"))
    other.post_form(address(entry, "tac-pham"), {"title": "Đổi sau lưng"}, button="do=next")

    visitor.send(button="send")

    assert visitor.response.status_code == 409
    assert entry.state is EntryState.DRAFT


def test_a_double_click_sends_one_work_and_both_see_the_receipt(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())
    first, second = browser(entry.owner), browser(entry.owner)
    first.get(address(entry, "xem-lai"))
    second.get(address(entry, "xem-lai"))

    assert first.send(button="send").status_code == 303
    assert second.send(button="send").status_code == 303
    assert len(entry.revisions) == 1


def test_a_work_that_lacks_something_is_not_sent_and_the_page_lists_it(contest, browser) -> None:
    entry = make.make_draft(contest, make_user(), files=False, summary="")
    visitor = browser(entry.owner)

    visitor.post_form(address(entry, "xem-lai"), button="send")

    assert visitor.response.status_code == 409
    assert "Bản chụp trang báo" in visitor.text
    assert entry.state is EntryState.DRAFT


def test_two_clicks_start_one_draft(contest, browser) -> None:
    author = make_user()
    first = browser(author)
    first.get(f"{WORKS}/moi")
    form = first.fill(first.form()) | {"category": "BAO_IN", "title": "A"}

    one, two = (first.request("POST", f"{WORKS}/moi", data=form) for _ in range(2))

    assert one.location == two.location
    the_entry()


# Who sees what


PAGES = ("", "/tac-pham", "/ky-dang", "/tac-gia", "/tam-guong", "/ho-so", "/cam-ket", "/xem-lai", "/rut")


def test_a_stranger_finds_nothing_and_changes_nothing(contest, browser) -> None:
    draft, sent = make.make_draft(contest, make_user()), make.make_entry(contest, make_user(), "received")
    stranger = browser(make_user())
    stranger.get(f"{WORKS}/moi")
    token = stranger.soup.find(attrs={"name": "csrf_token"})["value"]
    (file,) = draft.files
    before = [(one.draft_version, one.state) for one in (draft, sent)]

    for entry in (draft, sent):
        for page in (*PAGES, "/phieu-tiep-nhan.pdf", f"/tep/{file.id}", "/ho-so/trang_bao"):
            assert stranger.get(address(entry) + page).status_code == 404, page
        for page in (*PAGES[1:], "/ho-so/trang_bao", f"/ho-so/trang_bao/{file.id}/go"):
            posted = stranger.request("POST", address(entry) + page, data={"csrf_token": token, "do": "next"})
            assert posted.status_code in (404, 405), page
    assert [(one.draft_version, one.state) for one in (draft, sent)] == before


def test_somebody_not_signed_in_is_asked_to_sign_in(contest, browser) -> None:
    entry = make.make_draft(contest, make_user())

    for page in (WORKS, f"{WORKS}/moi", *(address(entry) + page for page in PAGES)):
        assert browser().get(page).status_code == 302, page


def test_a_file_of_ones_own_is_not_reached_through_another_entry(contest, browser) -> None:
    owner = make_user()
    one, two = make.make_draft(contest, owner), make.make_draft(contest, owner)

    assert browser(owner).get(address(two, "tep", one.files[0].id)).status_code == 404


def test_after_the_publication_somebody_without_a_work_is_led_to_the_results(app, browser) -> None:
    make_contest().stage = Stage.PUBLISHED
    db.session.commit()
    visitor = browser(make_user())

    visitor.get(WORKS)

    assert "Đã hết hạn nhận và kết quả đã công bố." in visitor.text
    assert visitor.soup.select_one("main .empty a")["href"].endswith("/ket-qua")


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        (Stage.RUNNING, "Chưa cần làm gì: tác phẩm được chuyển tới Hội đồng giám khảo."),
        (Stage.POSTED, "Xem danh sách niêm yết"),
    ],
)
def test_an_author_of_an_accepted_work_is_told_what_is_next(contest, browser, stage, told) -> None:
    author = make_user()
    make.make_entry(contest, author, "accepted")
    contest.stage = stage
    db.session.commit()
    visitor = browser(author)

    visitor.get(WORKS)

    assert visitor.soup.select_one("td[data-label='Việc cần làm']").get_text(strip=True) == told


def test_an_outlet_reads_what_names_it_and_nothing_else(contest, browser) -> None:
    ours, theirs = make_outlet("Báo Quảng Ngãi"), make_outlet("Báo khác")
    representative = make_member(contest, "outlet", outlet=ours)
    named = make.make_entry(contest, make_user(), "received", instalments=[make.instalment(outlet_id=ours.id)])
    other = make.make_entry(contest, make_user(), "received", instalments=[make.instalment(outlet_id=theirs.id)])
    draft = make.make_draft(contest, make_user(), instalments=[make.instalment(outlet_id=ours.id)])
    visitor = browser(representative)

    visitor.get(WORKS)
    assert named.title in visitor.text
    assert other.title not in visitor.text
    assert visitor.get(address(named)).status_code == 200
    assert named.revision.bylines[0].email not in visitor.text
    assert visitor.get(address(other)).status_code == 404
    assert visitor.get(address(draft)).status_code == 404
    assert visitor.get(address(named, "tac-pham")).status_code == 404


# For everybody, and the cost of pages


def test_anybody_may_check_a_work_without_signing_in(contest, browser) -> None:
    visitor = browser()
    assert visitor.get(f"/{SLUG}/kiem-tra").status_code == 200
    asked = (
        f"/{SLUG}/kiem-tra?category=BAO_IN&instalments=3&inside={{}}&authors=1&works=0&serves=no&award=&licensed=yes"
    )

    visitor.get(asked.format(2))
    assert visitor.soup.find("section", class_="finding block") is None
    visitor.get(asked.format(1))
    assert "Khoản 2 Điều 6" in visitor.soup.find("section", class_="block").get_text()


@pytest.mark.parametrize("typed", ["abc", "", "-1", "100", "٣"])
def test_the_check_refuses_what_is_no_number(contest, browser, typed: str) -> None:
    asked = {"category": "BAO_IN", "instalments": typed, "inside": "1", "authors": "1", "works": "0", "serves": "no"}

    assert browser().get(f"/{SLUG}/kiem-tra", query_string=asked).status_code == 422


def test_the_check_sent_empty_asks_for_each_answer(contest, browser) -> None:
    visitor = browser()
    asked = dict.fromkeys(("instalments", "inside", "authors", "works", "award"), "")

    assert visitor.get(f"/{SLUG}/kiem-tra", query_string=asked).status_code == 422
    assert len(visitor.soup.select(".error-summary li")) == 7


@pytest.mark.parametrize("page", ["", *PAGES, "list"])
def test_a_page_asks_no_more_of_the_database_when_there_are_more_works(contest, browser, statements, page) -> None:
    entry = make.make_entry(contest, make_user(), "received")
    visitor = browser(entry.owner)
    place = WORKS if page == "list" else address(entry) + page

    few = statements(lambda: visitor.get(place))
    for _ in range(4):
        make.make_entry(contest, entry.owner, "received", bylines=[make.byline(), make.byline(lead=False)])
    many = statements(lambda: visitor.get(place))

    assert visitor.response.status_code == 200
    assert many == few <= 12
