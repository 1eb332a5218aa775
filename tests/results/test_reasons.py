"""Why a work stands where it stands, in sentences that can be read aloud."""

from datetime import UTC, datetime

import pytest
from flask_babel import force_locale

from contest.regulations.schema import parse
from contest.results import record
from contest.results.documents import Figures, Voice, explain
from contest.results.documents.figures import plain, rounded
from contest.results.material import Ballot, Member, RoundMaterial, Work
from contest.results.outcome import conclude
from contest.results.tally import Sheet
from tests.makers.regulations import preset_text
from tests.results import settings

NOW = datetime(2025, 9, 20, tzinfo=UTC)


def work(code="BI-0001", **changes):
    values = {"category": "BAO_IN", "genre": "phong_su", "topic": "kinh_te", "outlet": "Báo Quảng Ngãi"}
    return Work(entry=code, received_at="", **{**values, **changes})


def sheets(rubric, *shares, **changes):
    return tuple(
        Sheet(f"j{number}", {each.code: each.maximum * share // 100 for each in rubric}, **changes)
        for number, share in enumerate(shares, 1)
    )


def concluded(*replacements, preset="quang_ngai_2025", code="chung_khao", shares=None, ballots=(), members=()):
    """The sealed document of a round over works with the shares given, and its regulation."""
    regulation = parse(preset_text(preset, *replacements))
    rubric = regulation.round(code).rubrics.get("BAO_IN", ())
    material = RoundMaterial(
        code=code,
        regulation=regulation,
        ruling=regulation,
        works=tuple(work(each) for each in shares),
        sheets={each: sheets(rubric, *given) for each, given in shares.items()},
        ballots=ballots,
        members=members,
    )
    return regulation, record.document(conclude(material), contest="x", regulation="0" * 64, sealed_at=NOW)


def told(regulation, document, entry, code="chung_khao"):
    """Every sentence about a work, in Vietnamese."""
    group = document["groups"][0]
    line = next(line for line in group["lines"] if line["entry"] == entry)
    rule = regulation.round(code)
    voice = Voice(
        regulation=regulation,
        rubric=rule.rubrics.get("BAO_IN", ()),
        jurors={f"j{number}": f"Giám khảo số {number}" for number in range(1, 8)},
        shown=lambda each: each,
        acts={},
        result=document,
        group=group,
        group_name="Báo in",
    )
    with force_locale("vi"):
        return [sentence for part in explain(line, voice).parts for sentence in part.sentences]


def test_the_mean_is_written_out_with_every_total(app):
    regulation, document = concluded(shares={"BI-0001": (90, 80, 70, 90, 80)})

    sentences = told(regulation, document, "BI-0001")

    assert sentences[0] == "Trung bình cộng của 5 phiếu: (90 + 90 + 80 + 80 + 70) : 5 = 82,00 điểm."
    assert "Xếp thứ 1 trong 1 tác phẩm: Báo in." in sentences
    assert sentences[-2:] == ["Giải A: chưa đạt điểm sàn 90 điểm.", "Giải B: đạt điểm sàn 80 điểm và còn giải."]


def test_what_trimming_left_out_is_named(app):
    trimmed = (
        "minimum_sheets = 5\nblind = false\nscale = 100\ndiscrepancy = 20\n",
        "minimum_sheets = 5\nblind = false\nscale = 100\n"
        'aggregation = {kind = "trimmed", drop = 1, when_at_least = 5}\n',
    )
    regulation, document = concluded(trimmed, shares={"BI-0001": (100, 80, 80, 80, 40)})

    sentences = told(regulation, document, "BI-0001")

    assert sentences[:2] == [
        "Theo thể lệ, bỏ điểm cao nhất (100) và điểm thấp nhất (40).",
        "Trung bình cộng của 3 phiếu: (80 + 80 + 80) : 3 = 80,00 điểm.",
    ]


def test_every_comparison_between_equals_is_told(app):
    regulation, document = concluded(shares={"BI-0001": (92,) * 5, "BI-0002": (92,) * 5})

    sentences = told(regulation, document, "BI-0001")

    assert "Đồng hạng với BI-0002." in sentences
    assert any("xét tiếp theo điểm trung bình tiêu chí “Tính phát hiện" in sentence for sentence in sentences)


def test_the_exact_figure_is_told_where_rounding_hides_it(app):
    regulation, document = concluded(shares={"BI-0001": (90, 80, 80, 90, 80, 80)})

    assert any("250/3" in sentence for sentence in told(regulation, document, "BI-0001"))


def test_who_goes_on_is_told_by_every_term(app):
    terms = settings.advancing_by('{kind = "combination", share = "1/2", floor = 95, join = "any"}')
    regulation, document = concluded(terms, code="so_khao", shares={"BI-0001": (90,) * 3, "BI-0002": (80,) * 3})

    assert told(regulation, document, "BI-0002", "so_khao")[-4:] == [
        "một nửa số tác phẩm cao điểm nhất của loại hình, tức 1 tác phẩm và mọi tác phẩm bằng điểm với tác phẩm cuối."
        " Thứ hạng cuối được vào vòng sau là 1. Tác phẩm này chưa đạt.",
        "Từ 95 điểm trở lên. Tác phẩm này chưa đạt.",
        "Chỉ cần đạt một trong các điều kiện trên.",
        "Tác phẩm không vào vòng sau.",
    ]


def test_votes_are_told_ballot_by_ballot(app):
    members = tuple(Member(f"j{number}", "hoi_dong") for number in range(1, 8))
    ballots = tuple(
        Ballot(1, tier, f"j{number}", {"BI-0001": "yes" if number <= votes else "no"})
        for tier, votes in (("A", 2), ("B", 5))
        for number in range(1, 8)
    )
    regulation, document = concluded(preset="bo_phieu", shares={"BI-0001": ()}, ballots=ballots, members=members)

    assert told(regulation, document, "BI-0001")[:2] == [
        "Bỏ phiếu lần 1 về Giải A: 2 phiếu thuận, 5 phiếu không thuận; cần 4 trên 7 phiếu. Không được thông qua.",
        "Bỏ phiếu lần 1 về Giải B: 5 phiếu thuận, 2 phiếu không thuận; cần 4 trên 7 phiếu. Được thông qua.",
    ]


@pytest.mark.parametrize(("rounding", "shown"), [("half_up", "82,13"), ("half_even", "82,12"), ("down", "82,12")])
def test_a_figure_is_rounded_for_display_as_the_regulation_says(app, rounding, shown):
    with force_locale("vi"):
        assert Figures(2, rounding).mean("16425/2") == shown


def test_numbers_are_written_exactly(app):
    with force_locale("vi"):
        assert [plain("35/2"), plain("262/3"), plain(7)] == ["17,5", "262/3", "7"]
    assert rounded(-1, 0, "down") == -1
