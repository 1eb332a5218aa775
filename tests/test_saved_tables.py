"""Every table that a page of the staff offers: who gets it, and that it says what the page says, in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from contest.web.tables import FORMATS
from tests.doors import DOORS, LAST, address
from tests.world import World

Where = tuple[str, dict[str, Any]]

OFFERING: dict[str, Where | None] = {
    "accounts_office.outlets": None,
    "accounts_office.people": None,
    "calibration_office.again": ("sealed", LAST),
    "calibration_office.places": None,
    "calibration_office.study": ("sealed", LAST),
    "certificates_office.index": ("published", {}),
    "complaints_office.index": None,
    "council.meetings": ("between-votes", {}),
    "council_office.meetings": ("between-votes", {}),
    "delivery_letters.index": None,
    "delivery_office.prints": None,
    "home_office.announcements": None,
    "home_office.exemplars": None,
    "interests_office.ties": ("starting", {}),
    "judging_office.assignments": None,
    "judging_office.blind_works": None,
    "judging_office.progress": None,
    "judging_office.voting": ("between-votes", LAST),
    "operations_office.letters": None,
    "privacy_office.openings": None,
    "proof_office.log": None,
    "results_office.award_list": None,
    "results_office.round_page": ("sealed", LAST),
    "revocations.index": None,
    "screening_office.works": None,
    "showcase_office.index": None,
    "winners_office.index": None,
    "winners_payments.index": None,
}
"""Pages that offer tables, and where in the world they show one, if not where their door stands."""

ROWS = {
    "accounts_office.people": "table.people tbody tr",
    "results_office.award_list": "tbody tr:has(th)",
    "results_office.round_page": "table tbody tr.has-why",
}
"""What is a row of the table, where it is not every row of the one that follows."""

DESCRIBED = (Path(__file__).parent.parent / "docs" / "exports.md").read_text()
"""What is told of the tables to those who read them by program."""

PYTHON = {
    "text": str,
    "link": str,
    "number": int | float,
    "points": int | float,
    "money": int,
    "date": str,
    "moment": str,
    "bool": bool,
}
CELLS = {"number": "n", "points": "n", "money": "n", "date": "d", "moment": "d", "bool": "b", "text": "s", "link": "s"}


@pytest.fixture(scope="module")
def saved(world: World) -> Iterator[World]:
    """The world, and no trace in its log of who saved what."""
    yield world
    world.restore()


def tables_of(world: World, endpoint: str) -> int:
    """Count the tables that a page offers."""
    return getattr(world.app.view_functions.get(endpoint), "tables", 0)


def path_of(world: World, endpoint: str) -> str:
    """Write the address at which a page shows its tables."""
    stage, values = OFFERING[endpoint] or (None, {})
    return address(world, endpoint, DOORS[endpoint], **values, **({"slug": world.slugs[stage]} if stage else {}))


def ask(world: World, person: str, path: str, **query: Any) -> TestResponse:
    return world.browser(person).request("GET", path, query_string=query, buffered=True)


def reader(endpoint: str) -> str:
    """Choose who reads a page whole."""
    opens = DOORS[endpoint].opens
    return next(person for person in ("organizer", "secretary", "payer", "chair", "juror") if person in opens)


def shown_rows(world: World, endpoint: str, path: str, table: int) -> int:
    """Count the rows that a page shows, over all its pages; none where it offers no such table."""
    count, number, last = 0, 1, 1
    while number <= last:
        soup = BeautifulSoup(ask(world, reader(endpoint), path, trang=number).data, "html.parser")
        which = f"bang={table}" if table > 1 else "dang=json"
        offers = [mark for mark in soup.select(".exports") if _leads(mark, which, table)]
        if not offers:
            return 0
        own = ROWS.get(endpoint) if table == 1 else None
        following = offers[0].find_next("table") or soup
        count += len(soup.select(own) if own else following.select("tbody tr"))
        pages = [link.get_text() for link in soup.select(".pagination .num")]
        last = max((int(page) for page in pages if page.isdigit()), default=1)
        number += 1
    return count


def _leads(mark: Tag, which: str, table: int) -> bool:
    addresses = [str(link["href"]) for link in mark.select("a")]
    return any(which in each for each in addresses) and (table > 1 or not any("bang=" in each for each in addresses))


def as_json(content: bytes) -> list[list[Any]]:
    told = json.loads(content)
    return [[row[column["key"]] for column in told["columns"]] for row in told["rows"]]


def test_the_list_names_every_page_that_offers_a_table(world: World) -> None:
    assert {name for name in world.app.view_functions if tables_of(world, name)} == set(OFFERING)


@pytest.mark.parametrize("endpoint", OFFERING)
def test_a_table_is_the_same_in_every_format_and_as_long_as_on_its_page(saved: World, endpoint: str) -> None:
    path = path_of(saved, endpoint)
    for table in range(1, tables_of(saved, endpoint) + 1):
        which = {"bang": table} if table > 1 else {}
        files = {kind: ask(saved, reader(endpoint), path, dang=kind, **which) for kind in FORMATS}
        assert {file.status_code for file in files.values()} == {200}, path
        told = json.loads(files["json"].data)
        rows = as_json(files["json"].data)
        assert len(rows) == shown_rows(saved, endpoint, path, table), path
        assert [column["key"] for column in told["columns"] if f"`{column['key']}`" not in DESCRIBED] == [], endpoint
        check_types(told["columns"], rows, endpoint)
        check_sheet(files["xlsx"].data, told["columns"], rows, endpoint)
        check_csv(files["csv"].data, told["columns"], rows, endpoint)
        for kind, file in files.items():
            assert file.headers["Content-Disposition"].endswith(f".{kind}"), endpoint
            assert file.headers["Cache-Control"] == "no-store", endpoint


def check_types(columns: list[dict[str, str]], rows: list[list[Any]], endpoint: str) -> None:
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            assert value is None or isinstance(value, PYTHON[column["type"]]), f"{endpoint}: {column} {value!r}"


def check_sheet(content: bytes, columns: list[dict[str, str]], rows: list[list[Any]], endpoint: str) -> None:
    """Compare a sheet with the rows, and look at the type of each cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet.freeze_panes == "B2", endpoint
    assert sheet.auto_filter.ref, endpoint
    assert [cell.value for cell in sheet[1]] == [column["label"] for column in columns], endpoint
    for number, row in enumerate(rows, 2):
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            cell = sheet.cell(number, place)
            if value is None:
                assert cell.value is None, f"{endpoint}: {column}"
            else:
                assert cell.data_type == CELLS[column["type"]], f"{endpoint}: {column} {cell.value!r}"
                same = cell.value.isoformat()[:10] == value[:10] if cell.data_type == "d" else cell.value == value
                assert same, f"{endpoint}: {cell.value!r} and {value!r}"
    assert sheet.max_row == len(rows) + 1, endpoint


def check_csv(content: bytes, columns: list[dict[str, str]], rows: list[list[Any]], endpoint: str) -> None:
    """Compare the lines of a text with the rows."""
    head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    assert head == [column["label"] for column in columns], endpoint
    plain = [["" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in row] for row in rows]
    assert [[cell.removeprefix("'") for cell in line] for line in lines] == [
        [cell.removeprefix("'") for cell in line] for line in plain
    ], endpoint


@pytest.mark.parametrize("endpoint", OFFERING)
def test_a_table_is_given_to_whom_its_page_is_shown_and_to_nobody_else(saved: World, endpoint: str) -> None:
    path = path_of(saved, endpoint)
    for person in ("anonymous", "author", "juror", "chair", "secretary", "observer", "organizer", "payer"):
        page, table = ask(saved, person, path), ask(saved, person, path, dang="json")
        if page.status_code != 200:
            assert table.status_code == page.status_code in (302, 403, 404), f"{person} on {path}"
        elif b"dang=json" in page.data:
            assert table.status_code == 200, f"{person} on {path}"
        else:
            assert table.status_code == 404 or as_json(table.data) == [], f"{person} on {path}"


def test_another_format_and_another_table_are_no_page(world: World) -> None:
    path = path_of(world, "screening_office.works")

    told = [
        ask(world, "secretary", path, **asked).status_code for asked in ({"dang": "pdf"}, {"dang": "csv", "bang": 2})
    ]

    assert told == [404, 404]


def test_the_filters_of_a_page_hold_for_its_table(saved: World) -> None:
    path = path_of(saved, "screening_office.works")

    whole = as_json(ask(saved, "secretary", path, dang="json").data)
    some = as_json(ask(saved, "secretary", path, dang="json", loai="TRUYEN_HINH").data)
    none = as_json(ask(saved, "secretary", path, dang="json", q="khong-co-tac-pham-nay").data)

    assert none == []
    assert len(some) < len(whole)
    assert all(row in whole for row in some)


def test_how_to_reach_authors_is_not_for_observers(saved: World) -> None:
    path = path_of(saved, "screening_office.works")
    columns = {
        person: {column["key"] for column in json.loads(ask(saved, person, path, dang="json").data)["columns"]}
        for person in ("secretary", "observer")
    }

    assert columns["secretary"] - columns["observer"] == {"phone", "email"}


def test_an_account_number_leaves_in_no_table(saved: World) -> None:
    path = path_of(saved, "winners_payments.index")

    told = json.loads(ask(saved, "payer", path, dang="json").data)

    assert {column["key"] for column in told["columns"]}.isdisjoint({"account", "holder", "bank", "number"})
    assert [column["type"] for column in told["columns"] if column["key"] == "account_given"] == ["bool"]
