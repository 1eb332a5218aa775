"""The text says what the data says."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.regulations import presets, schema
from contest.regulations.lines import lines
from contest.regulations.provisions import provisions
from contest.regulations.shape import read_points, read_share
from contest.regulations.vietnamese import grouped, in_words, listed, lowered, points, share
from tests.makers.regulations import preset_text

REGULATION = schema.parse(presets.text("quang_ngai_2025"))


def words_of(regulation):
    return " ".join(
        text
        for chapter in provisions(regulation)
        for article in chapter.articles
        for clause in article.clauses
        for text in (clause.text, *(cell for one in clause.tables for row in one.table.rows for cell in row.cells))
    )


def test_articles_are_numbered_through_the_chapters():
    chapters = provisions(REGULATION)

    assert [chapter.number for chapter in chapters] == ["I", "II", "III", "IV"]
    assert [article.number for chapter in chapters for article in chapter.articles] == list(range(1, 16))


def test_tables_are_numbered_through_the_document():
    numbered = [
        (one.number, one.table.kind)
        for chapter in provisions(REGULATION)
        for article in chapter.articles
        for clause in article.clauses
        for one in clause.tables
    ]

    assert numbered == [
        (1, "categories"),
        (2, "dossier"),
        (3, "statements"),
        (4, "rounds"),
        (5, "criteria"),
        (6, "judging"),
        (7, "prizes"),
        (8, "gates"),
        (9, "calendar"),
    ]


def test_an_anchor_leads_to_the_clause_that_is_cited():
    anchors = {
        clause.anchor: clause.text
        for chapter in provisions(REGULATION)
        for article in chapter.articles
        for clause in article.clauses
    }

    assert "hai phần ba" in anchors[REGULATION.anchor("window_share")]


def test_a_clause_alone_is_cited_by_its_article():
    text = presets.text("quang_ngai_2025")
    start = text.index('[[chapters.articles.clauses]]\ntext = "Tệp bắt đầu')
    end = text.index("[[chapters]]", start)

    regulation = schema.parse(text[:start] + text[end:])

    assert regulation.cite("receipt") == "Điều 8"
    assert regulation.anchor("receipt") == "dieu-8"


def test_changing_the_data_changes_the_text():
    changed = schema.parse(
        preset_text(
            "quang_ngai_2025",
            ("works_per_author = 5", "works_per_author = 3"),
            ("money = 15_000_000", "money = 16_000_000"),
            ('window_share = "2/3"', 'window_share = "3/4"'),
        )
    )

    words = words_of(changed)
    assert "không quá 03 tác phẩm dự thi" in words
    assert "16.000.000" in words
    assert "320.000.000 đồng" in words
    assert "ba phần bốn" in words


def test_nothing_is_left_to_fill_in():
    assert not re.search(r"[{}]", words_of(REGULATION))


def test_files_that_every_category_asks_for_are_listed_once():
    dossier = next(
        one.table
        for chapter in provisions(REGULATION)
        for article in chapter.articles
        for clause in article.clauses
        for one in clause.tables
        if one.table.kind == "dossier"
    )

    names = [row.cells[0] for row in dossier.rows]
    assert names.count("Xác nhận của cơ quan báo chí (nếu có)") == 1
    assert names[-3:] == ["Mọi loại hình", "Tài liệu minh chứng (nếu có)", "Xác nhận của cơ quan báo chí (nếu có)"]


def test_different_rubrics_in_the_rounds_give_a_table_each():
    text = presets.text("quang_ngai_2025")
    start = text.index("[[rubrics]]")
    rubric = text[start : text.index("[[rubrics]]", start + 5)].replace('code = "bao_in"', 'code = "bao_in_2"', 1)
    head, last = text.rsplit('BAO_IN = "bao_in"', 1)
    other = schema.parse(head.replace("[[rounds]]", f"{rubric}[[rounds]]", 1) + 'BAO_IN = "bao_in_2"' + last)

    captions = [
        one.table.caption
        for chapter in provisions(other)
        for article in chapter.articles
        for clause in article.clauses
        for one in clause.tables
        if one.table.kind == "criteria"
    ]
    assert captions == ["Tiêu chí và điểm tối đa, vòng sơ khảo", "Tiêu chí và điểm tối đa, vòng chung khảo"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(2, 3), "hai phần ba"),
        (Fraction(1, 2), "một nửa"),
        (Fraction(1), "toàn bộ"),
        (Fraction(3, 20), "ba phần 20"),
    ],
)
def test_a_share_is_written_in_words(value, words):
    assert share(Fraction(value)) == words


def test_words_are_written_as_a_sentence_does():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b và c"
    assert (lowered("Báo in"), lowered("TTXVN")) == ("báo in", "TTXVN")
    assert (in_words(7), in_words(12), grouped(15_000_000)) == ("bảy", "12", "15.000.000")


@given(st.integers(0, 100_000_00))
def test_points_read_back_as_they_are_written(hundredths):
    assert read_points(Decimal(points(hundredths).replace(",", "."))) == hundredths


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_share_is_read_exactly_or_refused(above, below):
    if above <= below:
        assert read_share(f"{above}/{below}") == Fraction(above, below)
    else:
        with pytest.raises(ValueError, match="share"):
            read_share(f"{above}/{below}")


def test_the_name_is_broken_where_a_typesetter_would():
    assert lines(REGULATION.name) == [
        "Cuộc thi báo chí viết về tấm gương",
        "“Dân vận khéo” tỉnh Quảng Ngãi,",
        "giai đoạn 2021–2025",
    ]


@given(st.lists(st.text("abcđê,“", min_size=1, max_size=12), min_size=1, max_size=20))
def test_breaking_lines_loses_no_word(words):
    broken = lines(" ".join(words))

    assert " ".join(broken).split() == words
    assert all(len(line) <= 40 for line in broken)
