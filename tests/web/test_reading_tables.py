"""Spreadsheets are read within bounds, whatever is in them."""

from __future__ import annotations

import io
import os
import random
import zipfile
from datetime import date

import openpyxl
import pytest

from contest.ballots.heads import letter
from contest.web import reading_tables


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(content: bytes, name: str = "x.csv") -> list[tuple[str, ...]]:
    return [row.cells for table in reading_tables.read(name, content) for row in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_as_spreadsheet_programs_write_it(separator, encoding):
    text = separator.join(["Mã", "Giám khảo"]) + "\r\n" + separator.join(["BI-0001", '"Lê, Thị; Hà"']) + "\r\n"

    assert cells(text.encode(encoding)) == [("Mã", "Giám khảo"), ("BI-0001", "Lê, Thị; Hà")]


def test_cells_of_a_workbook_are_the_text_that_people_see():
    content = workbook(("Mã", "Điểm", "Ngày"), ("BI-0001", 17.5, date(2025, 5, 17)), ("BI-0002", 9.0, None))

    assert cells(content) == [
        ("Mã", "Điểm", "Ngày"),
        ("BI-0001", "17.5", "2025-05-17T00:00:00"),
        ("BI-0002", "9"),
    ]


def test_a_formula_is_not_computed():
    assert cells(workbook(("Mã", "Điểm"), ("BI-0001", "=1+1"))) == [("Mã", "Điểm"), ("BI-0001",)]


def test_rows_keep_the_numbers_that_the_program_shows():
    table = reading_tables.read("x.csv", b"a,b\n\n,\nc,d\n")[0]

    assert [row.number for row in table.rows] == [1, 4]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", reading_tables.NothingInIt),
        (b"a,b\n", reading_tables.NothingInIt),
        (b"\xff\xd8\xff\xe0 picture", reading_tables.NotASpreadsheet),
        (b"a\0b\nc\0d", reading_tables.NotASpreadsheet),
        (b"PK\x03\x04 broken", reading_tables.NotASpreadsheet),
        (b"a,b\n" * 20_002, reading_tables.TooManyRows),
        (b"," .join([b"x"] * 80) + b"\n" + b"y\n", reading_tables.TooManyColumns),
        (b"a" * (5 * 2**20 + 1), reading_tables.FileTooLarge),
        (b'a,b\n"' + b"x" * 200_000 + b'",c\n', reading_tables.NotASpreadsheet),
        (b"a,b\n" + b"x" * 5_000 + b",c\n", reading_tables.CellTooLong),
        (workbook(*[("a", "b")] * 20_002), reading_tables.TooManyRows),
        (workbook(("x",) * 80, ("y",)), reading_tables.TooManyColumns),
    ],
)  # fmt: skip
def test_what_is_no_table_of_ballots_is_refused(content, refusal):
    with pytest.raises(refusal):
        reading_tables.read("x", content)


def repacked(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(part.filename, change(part.filename, source.read(part)))
    return out.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    bomb = repacked(workbook(("a",), ("b",)), lambda name, part: part + b" " * 70_000_000 if "sheet1" in name else part)

    with pytest.raises(reading_tables.FileTooLarge):
        reading_tables.read("x.xlsx", bomb)


def test_a_workbook_that_declares_entities_is_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    with pytest.raises(reading_tables.NotASpreadsheet):
        reading_tables.read(
            "x.xlsx", repacked(workbook(("a",), ("b",)), lambda name, part: evil if "sheet1" in name else part)
        )


def test_no_damage_to_a_workbook_makes_a_traceback():
    whole = workbook(("Mã", "Điểm"), *(("BI-0001", number) for number in range(30)))
    chance = random.Random(2)
    refused = 0
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        refused += is_refused(bytes(content))
    for _ in range(40):
        damaged = repacked(whole, lambda name, part: part[: chance.randrange(len(part) + 1)] + os.urandom(3))
        refused += is_refused(damaged)

    assert 60 <= refused <= 100


def is_refused(content):
    try:
        reading_tables.read("x.xlsx", content)
    except reading_tables.FileRefused:
        return True
    return False


@pytest.mark.parametrize(("position", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_are_named_as_spreadsheets_do(position, name):
    assert letter(position) == name
