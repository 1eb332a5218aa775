"""Tables as files: typed cells, the same rows in every format, nothing that computes by itself."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from fractions import Fraction
from types import SimpleNamespace

import openpyxl
import pytest

from contest.web import tables
from contest.web.tables import Table, as_xlsx, plain, xlsx

NOW = datetime(2025, 9, 12, 2, 30, tzinfo=UTC)
COLUMNS = [
    tables.text("title", "Tên"),
    tables.number("words", "Số chữ"),
    tables.points("mark", "Điểm"),
    tables.money("sum", "Tiền"),
    tables.date("on", "Ngày"),
    tables.moment("at", "Lúc"),
    tables.yes("lead", "Chính"),
    tables.link("url", "Liên kết"),
]
ROW = SimpleNamespace(
    title="Vườn quế, “xã” Sơn Hà\nkỳ 2",
    words=1200,
    mark=Fraction(25475, 3),
    sum=15_000_000,
    on=date(2025, 8, 15),
    at=NOW,
    lead=True,
    url="https://bao.example/1",
)
EMPTY = SimpleNamespace(title="", words=None, mark=None, sum=None, on=None, at=None, lead=None, url=None)


def table(*rows, columns=COLUMNS, title="Bảng thử"):
    return Table("bang", title, columns, rows)


def sheet(made):
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(made, now=NOW))).active


def as_csv(made):
    target = io.BytesIO()
    plain.write_csv(made, target, now=NOW)
    return target.getvalue()


def as_json(made):
    target = io.BytesIO()
    plain.write_json(made, target, now=NOW)
    return json.loads(target.getvalue())


def test_cells_of_a_sheet_have_the_type_of_their_column():
    cells = next(sheet(table(ROW)).iter_rows(min_row=2))

    assert [cell.data_type for cell in cells] == ["s", "n", "n", "n", "d", "d", "b", "s"]
    assert [cell.value for cell in cells] == [
        ROW.title,
        1200,
        84.92,
        15_000_000,
        datetime.fromisoformat("2025-08-15"),
        datetime.fromisoformat("2025-09-12T09:30"),
        True,
        "https://bao.example/1",
    ]
    assert cells[4].number_format == "dd/mm/yyyy"
    assert cells[7].hyperlink.target == "https://bao.example/1"


def test_the_head_of_a_sheet_stays_and_filters():
    found = sheet(table(ROW, EMPTY))

    assert found.freeze_panes == "B2"
    assert found.auto_filter.ref == "A1:H3"
    assert [cell.value for cell in found[1]] == [column.label for column in COLUMNS]
    assert found.title == "Bảng thử"
    assert "Bảng thử" in found.oddHeader.left.text
    assert "09:30, 12/09/2025" in found.oddHeader.right.text


def test_the_three_formats_tell_the_same():
    made = table(ROW, EMPTY)

    as_objects = as_json(made)["rows"]
    lines = list(csv.reader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline="")))

    assert as_objects[0] == {
        "title": ROW.title,
        "words": 1200,
        "mark": 84.92,
        "sum": 15_000_000,
        "on": "2025-08-15",
        "at": "2025-09-12T09:30:00+07:00",
        "lead": True,
        "url": "https://bao.example/1",
    }
    assert set(as_objects[1].values()) == {None}
    assert lines[1] == [
        ROW.title,
        "1200",
        "84.92",
        "15000000",
        "2025-08-15",
        "2025-09-12T09:30:00+07:00",
        "true",
        "https://bao.example/1",
    ]
    assert lines[2] == [""] * 8


@pytest.mark.parametrize("typed", ["=1+1", "+84905", "-2", "@SUM(A1)", "\t=1", "=HYPERLINK(A1)"])
def test_what_somebody_typed_is_never_a_formula(typed):
    made = table(SimpleNamespace(title=typed), columns=COLUMNS[:1])

    cell = sheet(made)["A2"]
    line = as_csv(made).decode("utf-8-sig").splitlines()[1]

    assert (cell.data_type, cell.value) == ("s", typed)
    assert line.lstrip('"').startswith("'")
    assert as_json(made)["rows"] == [{"title": typed}]


def test_a_link_that_runs_something_is_only_text():
    cell = sheet(table(SimpleNamespace(url="javascript:alert(1)"), columns=COLUMNS[-1:]))["A2"]

    assert (cell.value, cell.hyperlink) == ("javascript:alert(1)", None)


def test_what_a_spreadsheet_cannot_hold_is_shortened_or_written_out():
    columns = [COLUMNS[0], COLUMNS[4]]
    made = table(SimpleNamespace(title="à" * 40_000, on=date(1, 2, 3)), columns=columns, title="Vòng 1/2: [A]" * 9)

    found = sheet(made)

    assert len(found["A2"].value) == xlsx.MOST_LETTERS
    assert found["B2"].value == "0001-02-03"
    assert len(found.title) <= 31
    assert not set("[]:*?/\\'") & set(found.title)


def test_csv_is_known_as_unicode_and_ends_its_lines_as_the_standard_says():
    content = as_csv(table(EMPTY, columns=COLUMNS[:2]))

    assert content == "\ufeffTên,Số chữ\r\n,\r\n".encode()


def test_the_same_table_gives_the_same_bytes():
    assert as_xlsx(table(ROW), now=NOW) == as_xlsx(table(ROW), now=NOW)


def test_a_table_without_rows_is_a_table():
    assert sheet(table()).max_row == 1
    assert as_json(table())["rows"] == []
