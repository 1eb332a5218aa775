"""A juror among their own works: desk, comparison, sending together, notes, earlier versions, papers to sign."""

from __future__ import annotations

import io
from datetime import timedelta
from fractions import Fraction

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.database import db
from contest.judging import own_totals, queries
from contest.judging.marks import read_sheet, whole_total, written
from contest.judging.models import JurorNote, RoundEntry, SheetDraft
from contest.judging.spoken import in_words
from tests.judging.test_views import stored_sheets, typed, value
from tests.makers.accounts import make_user
from tests.makers.entries import make_entry
from tests.makers.judging import full_marks, make_assignment, make_draft, make_sheet

COMPARE = "/so-sanh"


def desk_of(room, end=""):
    return f"/{room.contest.slug}/ban-cham{end}"


def another(room, share=None, *, title="Cây cầu của bản", juror=None):
    """One more work of the juror, with a draft of so many per cent of every maximum."""
    entry = make_entry(room.contest, make_user())
    entry.title = title
    db.session.commit()
    assignment = make_assignment(room.round, entry, juror or room.juror)
    if share is not None:
        make_draft(assignment, marks_of(room, share), at=room.during)
    return assignment


def marks_of(room, share):
    return {code: written(mark) for code, mark in full_marks(room.round, "BAO_IN", share).items()}


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


# Totals and places ---------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 5).map(Fraction), min_size=1, max_size=12))
def test_a_place_is_one_more_than_there_are_higher_totals(totals):
    lines = [own_totals.OwnLine(number, {}, (), total) for number, total in enumerate(totals)]

    for line in own_totals.in_order(lines):
        assert line.place == 1 + sum(other > line.total for other in totals)
        assert line.shared == (totals.count(line.total) > 1)


def test_works_that_lack_a_mark_come_last_without_a_place():
    lines = [
        own_totals.OwnLine(1, {}, ("but_phap",), Fraction(9)),
        own_totals.OwnLine(2, {}, (), Fraction(3)),
        own_totals.OwnLine(3, {}, (), Fraction(5)),
    ]

    assert [(line.number, line.place) for line in own_totals.in_order(lines)] == [(3, 1), (2, 2), (1, None)]


@given(st.lists(st.text(max_size=4), min_size=5, max_size=5))
def test_a_total_read_quickly_is_the_total_read_with_its_reasons(texts):
    from contest.regulations import presets
    from contest.regulations.schema import parse

    rubric = parse(presets.text("quang_ngai_2025")).round("so_khao").rubrics["BAO_IN"]
    sheet = {criterion.code: text for criterion, text in zip(rubric, texts, strict=True)}
    reading = read_sheet(sheet, rubric)

    assert whole_total(sheet, rubric) == (reading.total if reading.is_whole else None)


@pytest.mark.parametrize(
    ("hundredths", "words"),
    [
        (0, "không"),
        (950, "chín phẩy năm"),
        (1000, "mười"),
        (1550, "mười lăm phẩy năm"),
        (2105, "hai mươi mốt phẩy không năm"),
        (8925, "tám mươi chín phẩy hai mươi lăm"),
        (10000, "một trăm"),
        (10511, "một trăm linh năm phẩy mười một"),
        (100500, "một nghìn không trăm linh năm"),
        (111100, "một nghìn một trăm mười một"),
    ],
)
def test_points_are_said_as_vietnamese_people_say_them(hundredths, words):
    assert in_words(hundredths) == words


# The desk ------------------------------------------------------------------------------------------------------------


def test_the_desk_is_searched_without_diacritics(room, browser):
    another(room, title="Điện sáng về thôn Đồng Tròn")
    page = browser(room.juror)

    page.get(desk_of(room, "?tim=dien+sang"))
    assert "Đồng Tròn" in page.text
    assert room.entry.title not in page.text

    page.get(desk_of(room, "?tim=khong-co"))
    assert page.soup.find(class_="empty") is not None


def test_the_desk_is_ordered_by_own_total(room, browser):
    another(room, 60, title="Thấp")
    another(room, 90, title="Cao")
    page = browser(room.juror)

    page.get(desk_of(room, "?xep=diem"))

    assert [link.get_text() for link in page.soup.select("tbody a.t")] == ["Cao", "Thấp", room.entry.title]


def test_a_total_of_nothing_comes_before_works_that_lack_a_mark(room, browser):
    another(room, 0, title="Không điểm")
    page = browser(room.juror)

    page.get(desk_of(room, "?xep=diem"))

    assert [link.get_text() for link in page.soup.select("tbody a.t")] == ["Không điểm", room.entry.title]


def test_works_that_the_whole_panel_marks_first_come_first_with_a_word(room, browser):
    assignment = another(room, title="Bài chấm trước")
    entry_id = assignment.entry_id
    db.session.query(RoundEntry).filter_by(entry_id=entry_id).update({"first": True})
    db.session.commit()
    page = browser(room.juror)

    page.get(desk_of(room))

    first = page.soup.select("tbody tr")[0]
    assert "Bài chấm trước" in first.get_text()
    assert first.select_one(".mark-first") is not None


# Comparing and sending -----------------------------------------------------------------------------------------------


def test_the_comparison_orders_own_drafts_and_sheets_and_shows_ties(room, browser):
    make_sheet(room.assignment, 60)
    another(room, 80, title="Một")
    another(room, 80, title="Hai")
    another(room, title="Chưa chấm")
    page = browser(room.juror)

    page.get(desk_of(room, COMPARE))

    rows = [
        (row.select_one(".place").get_text(" ", strip=True).split(" ")[0], row.select_one("a.t").get_text())
        for row in page.soup.select("tbody tr")
    ]
    assert rows == [("1=", "Một"), ("1=", "Hai"), ("3", room.entry.title), ("", "Chưa chấm")]


def test_the_comparison_holds_nothing_of_other_jurors(room, browser):
    other = another(room, title="Của người khác", juror=room.jurors[1])
    make_sheet(other, 90)
    make_sheet(make_assignment(room.round, room.entry, room.jurors[1]), 99)
    page = browser(room.juror)

    page.get(desk_of(room, COMPARE))

    assert "Của người khác" not in page.text
    assert not page.soup.select(".compare .place span, .compare tbody strong")


def test_all_complete_drafts_are_sent_in_one_act_and_the_others_stay(room, browser):
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    another(room, 80)
    partly = another(room)
    make_draft(partly, {"bam_sat": "17"}, at=room.during)
    page = browser(room.juror)

    answer = page.post_form(desk_of(room, COMPARE + "/gui"), {})

    assert answer.status_code == 303
    assert {sheet.assignment_id for sheet in stored_sheets()} == {room.assignment.id, partly.id - 1}
    page.get(desk_of(room, COMPARE))
    assert "Đã nhận 2 phiếu" in page.text


def test_sending_the_same_page_twice_makes_no_second_sheet(room, browser):
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    page = browser(room.juror)
    page.get(desk_of(room, COMPARE + "/gui"))
    form = page.form(None)
    values = page.fill(form)

    for _time in range(2):
        assert page.client.post(form["action"], data=values).status_code == 303
    assert [sheet.revision for sheet in stored_sheets()] == [1]


def test_a_draft_typed_on_elsewhere_meanwhile_is_refused_by_name_and_the_others_are_sent(room, browser):
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    other = another(room, 80)
    page = browser(room.juror)
    page.get(desk_of(room, COMPARE + "/gui"))
    draft = db.session.get_one(SheetDraft, other.id)
    draft.version, draft.comment = 2, "Thêm"
    name = other.entry.shown_code
    db.session.commit()

    answer = page.send({})

    assert answer.status_code == 409
    assert name in page.soup.select_one("[role=alert]").get_text()
    assert [sheet.assignment_id for sheet in stored_sheets()] == [room.assignment.id]


def test_a_round_that_closed_meanwhile_takes_none_and_every_draft_stays(room, browser):
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    room.set_clock(room.closes - timedelta(minutes=1))
    page = browser(room.juror)
    page.get(desk_of(room, COMPARE + "/gui"))
    room.set_clock(room.closes)

    assert page.send({}).status_code == 409
    assert stored_sheets() == []
    assert db.session.get(SheetDraft, room.assignment.id) is not None


@pytest.mark.parametrize("seen", ["1", "1:2,", "x:1", "1:1;2:2", "9" * 40 + ":1", "-1:1"])
def test_a_list_of_sheets_that_is_none_is_refused(room, browser, seen):
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    page = browser(room.juror)
    page.get(desk_of(room, COMPARE + "/gui"))

    assert page.send({"seen": seen}).status_code == 422
    assert stored_sheets() == []


def test_nobody_sends_a_draft_of_somebody_else(room, browser):
    other = another(room, 80, juror=room.jurors[1])
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    page = browser(room.juror)
    page.get(desk_of(room, COMPARE + "/gui"))

    page.send({"seen": f"{other.id}:1"})

    assert stored_sheets() == []


# The sheet among the others ------------------------------------------------------------------------------------------


def test_the_sheet_says_where_the_work_stands_among_the_jurors_own(room, browser):
    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    another(room, 80)
    another(room, 60)
    another(room)
    page = browser(room.juror)

    page.get(room.path())

    assert "Thứ 2 trong 3 tác phẩm" in page.soup.select_one("[data-standing]").get_text()


def test_the_level_of_a_mark_is_shown_without_a_script(room, browser):
    make_draft(room.assignment, {"bam_sat": "12,5"}, at=room.during)
    page = browser(room.juror)

    page.get(room.path())

    (level,) = page.soup.select(".level.now")
    assert "12–16,5" in level.get_text()


# Notes ---------------------------------------------------------------------------------------------------------------


def test_a_note_is_saved_by_a_button_and_read_by_the_juror_alone(room, browser):
    page = browser(room.juror)
    page.get(room.path())
    form = page.soup.find(id="note-form")
    fields = {field["name"]: field["value"] for field in form.find_all("input")}

    answer = page.client.post(form["action"], data=fields | {"note": "So với bài trước"})
    assert answer.status_code == 303
    page.get(room.path())
    assert value(page, "note") == "So với bài trước"

    stranger = browser(room.jurors[1])
    assert stranger.get(room.path()).status_code == 404
    stale = page.client.post(form["action"], data=fields | {"note": "Khác"})
    assert stale.status_code == 409
    assert "So với bài trước" in stale.text


def test_a_note_saves_itself_and_tells_a_second_window(room, browser):
    page = browser(room.juror)
    page.get(room.path())
    token = page.soup.find(attrs={"data-desk": True})["data-csrf"]

    def save(note, version):
        sent = {"note": note, "note_version": version}
        return page.client.post(room.path("/ghi-chu"), json=sent, headers={"X-CSRFToken": token})

    assert save("Một", 0).json["version"] == 1
    assert save("Hai", 1).json["version"] == 2
    refused = save("Ba", 1)
    assert (refused.status_code, refused.json["stored"]) == (409, {"version": 2, "note": "Hai"})
    assert save({"a": 1}, 1).status_code == 400
    assert save("d" * 10_001, 2).status_code == 422
    assert db.session.get_one(JurorNote, room.assignment.id).text == "Hai"


def test_nothing_but_the_sheet_of_its_juror_ever_reads_a_note():
    """Whoever adds a reader of notes must come by here and say who reads them."""
    from pathlib import Path

    readers = {
        path.name
        for path in Path("contest").rglob("*.py")
        if "JurorNote" in path.read_text() and "migrations" not in path.parts
    }
    assigns = "assigning.py"  # asks only whether there is a note, so that a proposal leaves its work where it is
    gives = "personal.py"  # gives a juror their own notes among their own data, and wipes them when the juror is erased
    assert readers <= {"own_papers.py", "own_sheet.py", "drafts.py", "sheets.py", "__init__.py", assigns, gives}


# Earlier versions ----------------------------------------------------------------------------------------------------


def test_the_juror_goes_back_to_what_stood_there_without_a_script(room, browser):
    page = browser(room.juror)
    page.post_form(room.path(), typed(room, 80), button="keep")
    room.set_clock(room.during + timedelta(minutes=5))
    page.post_form(room.path(), typed(room, 20), button="keep")
    page.get(room.path())
    undo = page.soup.select_one(".ways-back form")
    fields = {field["name"]: field["value"] for field in undo.find_all("input")}

    assert page.client.post(undo["action"], data=fields).status_code == 303
    page.get(room.path())
    assert value(page, "mark_bam_sat") == "16"


def test_earlier_versions_and_sent_sheets_are_listed_with_the_way_back(room, browser):
    make_sheet(room.assignment, 80, comment="Gửi lần đầu")
    page = browser(room.juror)
    page.post_form(room.path(), typed(room, 20), button="keep")
    page.get(room.path("/ban-truoc"))

    assert "Gửi lần đầu" in page.text
    (form,) = page.soup.select(".version form")
    fields = {field["name"]: field["value"] for field in form.find_all("input")}
    assert page.client.post(form["action"], data=fields).status_code == 303
    page.get(room.path())
    assert value(page, "comment") == "Gửi lần đầu"
    assert len(stored_sheets()) == 1


def test_a_version_that_is_not_there_and_anothers_are_not_found(room, browser):
    page = browser(room.juror)
    page.get(room.path())
    token = {"csrf_token": page.soup.find(attrs={"name": "csrf_token"})["value"]}

    for end in ("/ban-truoc/7", "/phieu-da-gui/7"):
        assert page.client.post(room.path(end), data=token).status_code == 404
    stranger = browser(room.jurors[1])
    for end in ("/ban-truoc", "/phieu.pdf"):
        assert stranger.get(room.path(end)).status_code == 404


# Papers to sign ------------------------------------------------------------------------------------------------------


def test_a_sheet_that_was_sent_is_printed_with_its_marks_words_and_fingerprint(room, browser):
    sheet = make_sheet(room.assignment, 80, comment="Kể hay, số liệu kiểm được")

    answer = browser(room.juror).get(room.path("/phieu.pdf"))

    (page,) = text_of(answer.data)
    for words in ("PHIẾU CHẤM ĐIỂM", room.entry.title, "Tạ Quỳnh Lam", "Tám mươi điểm", "Kể hay, số liệu kiểm được"):
        assert words in " ".join(page.split())
    assert sheet.sha256 in "".join(page.split())
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_blank_sheet_has_neither_marks_nor_comment(room, browser):
    make_sheet(room.assignment, 80, comment="Kể hay")

    (page,) = text_of(browser(room.juror).get(room.path("/phieu.pdf?trong=1")).data)

    assert "Kể hay" not in page
    assert "Tám mươi" not in page


def test_a_draft_is_printed_as_a_draft(room, browser):
    make_draft(room.assignment, {"bam_sat": "17"}, at=room.during)

    (page,) = text_of(browser(room.juror).get(room.path("/phieu.pdf")).data)

    assert "BẢN NHÁP, CHƯA GỬI" in page
    assert "17" in page


def test_all_own_sheets_come_in_one_file_with_embedded_fonts(room, browser):
    make_sheet(room.assignment, 80)
    another(room, 60, title="Tên rất dài " * 20)
    another(room, juror=room.jurors[1], title="Của người khác")

    answer = browser(room.juror).get(desk_of(room, "/phieu.pdf"))

    pages = text_of(answer.data)
    assert len(pages) == 2
    assert "Của người khác" not in "".join(pages)
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert "/FontFile2" in descendant.FontDescriptor or "/FontFile3" in descendant.FontDescriptor
    assert browser(room.juror).get(desk_of(room, "/phieu.pdf?phan=2")).status_code == 404


class TestBlind:
    """Where names are hidden."""

    @pytest.fixture
    def replacements(self):
        return (("blind = false", "blind = true"),)

    def test_paper_comparison_and_versions_name_the_alias_alone(self, room, browser):
        make_sheet(room.assignment, 80)
        alias, code = f"K{room.entry.id:05d}", room.entry.shown_code
        page = browser(room.juror)

        printed = text_of(page.get(room.path("/phieu.pdf")).data)[0]
        assert alias in printed
        assert code not in printed
        assert "Võ Thị Sáu Nhiên" not in printed
        for address in (
            desk_of(room, COMPARE),
            desk_of(room, COMPARE + "/gui"),
            room.path("/ban-truoc"),
            desk_of(room),
        ):
            page.get(address)
            assert code not in page.text, address
        page.get(desk_of(room, f"?tim={code}"))
        assert page.soup.find(class_="empty") is not None


def test_the_queries_of_a_sheet_stay_as_few_as_they_were(room, browser):
    from sqlalchemy import event

    make_draft(room.assignment, marks_of(room, 70), at=room.during)
    for share in (50, 60, 80):
        another(room, share)
    page = browser(room.juror)
    page.get(room.path())
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    page.get(room.path())

    assert len([text for text in asked if text.startswith("SELECT")]) <= 12
    assert queries.own_order(room.juror, room.assignment, room.entry.category).totals == sorted(
        queries.own_order(room.juror, room.assignment, room.entry.category).totals
    )
