"""Lists of winners where works compete over categories, and where prizes are given over all groups."""

import io

import pytest
from openpyxl import load_workbook

from contest.certificates import seal
from contest.certificates import services as certificates
from contest.database import transaction
from contest.results import lists, queries, services
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest
from tests.results import settings

ROOM = "/dan-van-kheo"


@pytest.fixture
def decided(app):
    """A contest of pooled prizes with a special, a thematic and a collective one, decided."""
    contest = make_contest(
        replacements=(
            settings.pooled(),
            settings.with_prizes(settings.SPECIAL, settings.THEMATIC, settings.COLLECTIVE),
        )
    )
    by = make_member(contest, "organizer")
    round_, entries = makers.make_judged_round(contest, *makers.FIVE)
    with transaction():
        services.choose_prize(
            round_, "DB", [entries[0].code], reason="Nổi trội nhất.", by=by, now=makers.after(contest)
        )
    with transaction():
        services.seal_round(round_, by=by, now=makers.after(contest))
    posting = makers.make_posted(contest, by=by)
    with transaction():
        decision = services.decide(
            contest, **makers.decision_words(makers.later(posting).date()), by=by, now=makers.later(posting)
        )
    return contest, by, decision


def test_special_prizes_stand_first_then_groups_then_thematic_and_collective_ones(decided):
    _contest, _by, decision = decided

    sections = lists.of_copy(decision.copy)

    assert [(str(each.kind), each.count) for each in sections] == [
        ("special", 1),
        ("pooled", 3),
        ("thematic", 1),
        ("collective", 1),
    ]
    assert [each.names_categories for each in sections] == [True, True, True, False]


def test_the_notice_says_of_newsrooms_neither_points_nor_money(decided):
    contest, _by, _decision = decided

    (line,) = queries.copy_of(queries.newest_posting(contest))["collective"]

    assert line == {"section": "collective", "tier": "TT", "tier_name": "Giải tập thể", "outlet": "Báo Quảng Ngãi"}


def test_newsrooms_get_a_certificate_of_their_own(decided, app, tmp_path):
    contest, by, decision = decided

    with transaction():
        made = certificates.prepare(contest, key=seal.signing_key(tmp_path), by=by, now=decision.at)

    assert made[0].printed["award"] == "GIẢI ĐẶC BIỆT"
    last = made[-1]
    assert (last.award_id, last.collective_award_id is not None) == (None, True)
    assert last.printed["authors"] == [{"name": "Báo Quảng Ngãi", "pen_names": ""}]
    assert (last.printed["lead"], last.printed["work"]) == ("Chứng nhận tập thể", "")


def test_the_sheet_and_the_page_of_staff_name_things_and_money(decided, browser):
    _contest, by, _decision = decided
    staff = browser(by)

    rows = list(
        load_workbook(
            io.BytesIO(staff.get(f"{ROOM}/ban-thu-ky/ket-qua/danh-sach?dang=xlsx", buffered=True).data)
        ).active.iter_rows(values_only=True)
    )
    assert rows[1][8:10] == (0, "Chuyến tham quan nước ngoài")
    assert rows[-1][4] == "Báo Quảng Ngãi"
    staff.get(f"{ROOM}/ban-thu-ky/ket-qua/danh-sach")
    assert "Chuyến tham quan nước ngoài" in staff.text
    assert "41.000.000 ₫" in staff.text  # 10 + 10 + 8 + 6 + 7 million; the A was given back


def test_the_public_page_counts_works_and_newsrooms_apart(decided, browser):
    contest, by, decision = decided
    with transaction():
        services.mark_prepared(contest, certificates=6, by=by, now=decision.at)
    with transaction():
        services.publish(contest, by=by, now=decision.at)
    visitor = browser()

    visitor.get(f"{ROOM}/ket-qua")

    assert visitor.soup.find("h1").get_text() == "5 tác phẩm được trao giải và 1 cơ quan báo chí"
    assert visitor.soup.select_one(".tier-name").get_text().startswith("Giải Đặc biệt")


def test_why_is_told_on_a_page_of_its_own_and_on_paper_without_names(decided, browser):
    import pypdfium2

    _contest, by, _decision = decided
    staff, page = browser(by), f"{ROOM}/ban-thu-ky/ket-qua/vong/chung_khao/vi-sao/BI-0001"

    assert staff.get(page).status_code == 200
    assert "Giám khảo A" in staff.text
    assert "Giải Đặc biệt: được chọn theo việc đã ghi nhận số 1" in staff.text
    with pypdfium2.PdfDocument(staff.get(f"{page}.pdf").data) as document:
        words = " ".join(part.get_textpage().get_text_range() for part in document)
    words = " ".join(words.split())
    assert "Giám khảo số 1" in words
    assert "Giám khảo A" not in words
    assert "chủ trì" not in words
