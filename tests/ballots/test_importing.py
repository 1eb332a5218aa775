"""Paper ballots: checked whole at their rows and columns, shown, recorded all or nothing, never overwriting."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest

from contest import audit
from contest.ballots import queries, services
from contest.ballots.checking import Checked, check
from contest.ballots.heads import LABELS
from contest.ballots.outcomes import Outcome
from contest.ballots.refusals import BallotsChanged, BallotsWrong, NothingToRecord
from contest.database import db, transaction
from contest.judging.models import ScoreSheet
from contest.results.models import RoundResult
from contest.web import reading_tables
from tests.makers.accounts import make_member, make_user
from tests.makers.judging import make_assignment, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest
from tests.makers.results import after, make_jurors, make_works

HEAD = ["Mã tác phẩm", "E-mail", "Giám khảo"]


class Office:
    """A contest whose last round takes in paper."""

    def __init__(self) -> None:
        self.contest = make_contest()
        self.secretary = make_member(self.contest, "secretary", name="Thư ký Lan")
        self.jurors = make_jurors(self.contest, 3)
        self.works = make_works(self.contest, make_user(), 2)
        self.round = make_round(self.contest, "chung_khao", entries=self.works)
        make_panel(self.round, self.jurors)
        self.assignments = {
            (work.code, juror.id): make_assignment(self.round, work, juror)
            for work in self.works
            for juror in self.jurors[:2]
        }
        self.rubric = self.round.rubric("BAO_IN")
        self.now = after(self.contest)

    def row(self, work: int, juror: int, *marks: str, **more: str) -> list[str]:
        return [self.works[work].code or "", self.jurors[juror].email, "", *marks]

    def full(self, mark: str = "10") -> list[str]:
        return [mark] * len(self.rubric)

    def table(self, *rows: list[str], more: tuple[str, ...] = ()) -> bytes:
        out = io.StringIO()
        head = [*HEAD, *(criterion.name for criterion in self.rubric), *more]
        csv.writer(out).writerows([head, *rows])
        return out.getvalue().encode()

    def check(self, content: bytes) -> Checked:
        tables = reading_tables.read("phieu.csv", content)
        return check(tables, queries.rounds_taking_paper(self.contest), LABELS)

    def record(self, content: bytes, **options: Any) -> Checked:
        with transaction():
            return services.record_ballots(
                self.contest,
                reading_tables.read("phieu.csv", content),
                columns=LABELS,
                file_sha256="0" * 64,
                by=self.secretary,
                now=self.now,
                **options,
            )


@pytest.fixture
def office(app: Any) -> Office:
    return Office()


def said(checked: Checked) -> list[tuple[str, str]]:
    return [(problem.cell, problem.sentence(str)) for problem in checked.problems]


def test_a_sheet_from_paper_is_the_sheet_of_its_juror_and_says_who_typed_it(office):
    office.record(office.table(office.row(0, 0, *office.full("9,5"))))

    sheet = db.session.query(ScoreSheet).one()
    assert sheet.assignment_id == office.assignments[office.works[0].code, office.jurors[0].id].id
    assert set(sheet.marks.values()) == {950}
    assert sheet.typed_by_id == office.secretary.id
    assert audit.verify(office.contest.id) is None


def test_a_correction_is_the_next_revision_and_needs_its_reason(office):
    make_sheet(office.assignments[office.works[0].code, office.jurors[0].id], 80)
    unexplained = office.table(office.row(0, 0, *office.full()))
    explained = office.table([*office.row(0, 0, *office.full()), "Chép sai"], more=("Lý do sửa",))

    assert [sentence for _, sentence in said(office.check(unexplained))] == [
        "A sheet of this juror is recorded already and says otherwise. Say in a column why it is corrected."
    ]
    assert office.record(explained).count(Outcome.CORRECTION) == 1
    assert [sheet.revision for sheet in db.session.query(ScoreSheet).order_by(ScoreSheet.revision)] == [1, 2]


def test_what_is_recorded_already_is_not_recorded_twice(office):
    content = office.table(office.row(0, 0, *office.full()))
    office.record(content)

    assert office.check(content).count(Outcome.UNCHANGED) == 1
    with pytest.raises(NothingToRecord):
        office.record(content)


def test_one_wrong_row_keeps_all_from_being_recorded(office):
    content = office.table(office.row(0, 0, *office.full()), office.row(1, 0, "99", *office.full()[1:]))

    with pytest.raises(BallotsWrong) as refusal:
        office.record(content)

    assert [problem.cell for problem in refusal.value.problems] == ["D3"]
    assert db.session.query(ScoreSheet).count() == 0


def test_every_problem_is_named_at_its_cell(office):
    code, email = office.works[0].code, office.jurors[0].email
    content = office.table(
        ["", email, "", *office.full()],
        ["BI-9999", email, "", *office.full()],
        [code, "", "", *office.full()],
        [code, "nobody@nowhere.example", "", *office.full()],
        [code, office.jurors[2].email, "", *office.full()],
        [code, email, "Người khác", *office.full()],
        [code, email, "", "", *office.full()[1:]],
        [code, email, "", "mười", *office.full()[1:]],
        [code, email, "", "-3", *office.full()[1:]],
        [code, email, "", "10,33", *office.full()[1:]],
        [code, email, "", "2025-05-17T00:00:00", *office.full()[1:]],
        [code, email, "", *office.full(), "999"],
        more=("Tổng điểm", "Màu mực"),
    )

    found = said(office.check(content))

    total = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[3 + len(office.rubric)]
    assert [cell for cell, _ in found] == [
        chr(ord(total) + 1) + "1", "A2", "A3", "C4", "B5", "A6", "B7", "D8", "D9", "D10", "D11", "D12", f"{total}13"
    ]  # fmt: skip
    assert found[0][1].endswith("Màu mực.")
    assert found[-1][1].startswith("The total on paper is 999")


def test_the_same_sheet_twice_in_a_file_is_named_with_its_twin(office):
    content = office.table(office.row(0, 0, *office.full()), office.row(0, 0, *office.full()))

    assert said(office.check(content)) == [("A3", "The same ballot stands in row 2 of the table phieu.csv.")]


def test_a_juror_may_be_called_by_name_and_a_work_by_its_code_in_small_letters(office):
    row = ["bi-0001", "", office.jurors[1].name.upper(), *office.full()]

    checked = office.check(office.table(row))

    assert (checked.problems, [sheet.juror.id for sheet in checked.sheets]) == ((), [office.jurors[1].id])


def test_two_jurors_of_one_name_are_told_apart_by_their_addresses(office):
    for juror in office.jurors[:2]:
        juror.person.name = "Nguyễn Thị Hoa"
    db.session.commit()

    found = said(office.check(office.table(["BI-0001", "", "Nguyễn Thị Hoa", *office.full()])))

    assert found == [("C2", "Several jurors are called Nguyễn Thị Hoa. Write the e-mail address instead.")]


def test_rows_left_empty_are_passed_over(office):
    checked = office.check(office.table(office.row(0, 0), office.row(0, 1, *office.full())))

    assert (len(checked.sheets), checked.empty, checked.problems) == (1, 1, ())


def test_a_total_on_paper_that_fits_is_no_problem(office):
    written = str(10 * len(office.rubric))
    checked = office.check(office.table([*office.row(0, 0, *office.full()), written], more=("Tổng điểm",)))

    assert checked.problems == ()


def test_a_sealed_round_takes_no_paper(office):
    office.round.sealed_at = office.now
    db.session.add(RoundResult(round_id=office.round.id, result={}, sha256="", material={}, sealed_at=office.now))
    db.session.commit()

    found = said(office.check(office.table(["chung_khao", *office.row(0, 0, *office.full())][1:])))

    assert [cell for cell, _ in found][:1] != []


def test_what_changed_since_it_was_shown_is_not_recorded(office):
    content = office.table(office.row(0, 0, *office.full()), office.row(0, 1, *office.full()))
    seen = services.digest(office.check(content))
    office.record(office.table(office.row(0, 1, *office.full())))

    with pytest.raises(BallotsChanged):
        office.record(content, seen=seen)


def test_a_juror_who_stepped_back_gets_no_sheet(office):
    assignment = office.assignments[office.works[0].code, office.jurors[0].id]
    assignment.recused_at = office.now
    db.session.commit()

    assert [cell for cell, _ in said(office.check(office.table(office.row(0, 0, *office.full()))))] == ["A2"]


# The pages and the shell ----------------------------------------------------------------------------------------------


def path(office: Office, more: str = "") -> str:
    return f"/{office.contest.slug}/ban-thu-ky/phieu-giay{more}"


def upload(visitor: Any, office: Office, content: bytes, name: str = "phieu.csv") -> Any:
    visitor.get(path(office))
    token = visitor.soup.select_one("input[name=csrf_token]")["value"]
    return visitor.request(
        "POST", path(office), data={"csrf_token": token, "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )  # fmt: skip


def test_the_empty_form_comes_back_filled_in_and_is_recorded(office, browser):
    visitor = browser(office.secretary)
    book = openpyxl.load_workbook(io.BytesIO(visitor.get(path(office, "/mau-phieu.xlsx")).data))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        for column, head in enumerate(heads, 1):
            if "(0–" in head:
                sheet.cell(row, column).value = 7.5
    filled = io.BytesIO()
    book.save(filled)

    answer = upload(visitor, office, filled.getvalue(), "phieu.xlsx")
    assert answer.status_code == 303
    shown = visitor.get(answer.location)
    assert "4" in visitor.soup.select_one("dl.facts").text
    done = visitor.post_form(answer.location, {})

    assert (shown.status_code, done.status_code) == (200, 303)
    assert db.session.query(ScoreSheet).count() == 4
    assert {mark for each in db.session.query(ScoreSheet) for mark in each.marks.values()} == {750}


def test_nothing_that_people_typed_is_a_formula_in_the_empty_form(office, browser):
    office.works[0].title = '=HYPERLINK("http://evil.example";"x")'
    office.jurors[0].person.name = "@SUM(A1)"
    db.session.commit()

    book = openpyxl.load_workbook(io.BytesIO(browser(office.secretary).get(path(office, "/mau-phieu.xlsx")).data))

    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row if cell.value} == {"s"}


def test_the_page_lists_what_is_wrong_in_vietnamese(office, browser):
    visitor = browser(office.secretary)

    answer = upload(visitor, office, office.table(office.row(0, 0, "99", *office.full()[1:])))

    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "D2" in text
    assert "Nothing was recorded" not in text


def test_a_file_that_is_no_spreadsheet_is_refused_at_its_field(office, browser):
    answer = upload(browser(office.secretary), office, b"PK\x03\x04 broken", "phieu.xlsx")

    assert answer.status_code == 422


def test_an_observer_does_not_see_the_page(office, browser):
    assert browser(make_member(office.contest, "observer")).get(path(office)).status_code == 404


def test_the_shell_records_a_file(office, app, tmp_path):
    make_member(office.contest, "organizer")
    file = tmp_path / "phieu.csv"
    file.write_bytes(office.table(office.row(0, 0, *office.full())))

    looked = app.test_cli_runner().invoke(args=["ballots", "import", str(file), "--dry-run"])
    assert (looked.exit_code, db.session.query(ScoreSheet).count()) == (0, 0)
    done = app.test_cli_runner().invoke(args=["ballots", "import", str(file), "--by", office.secretary.email])

    assert (done.exit_code, db.session.query(ScoreSheet).count()) == (0, 1)


def test_the_shell_names_every_problem_and_ends_with_1(office, app, tmp_path):
    file = tmp_path / "phieu.csv"
    file.write_bytes(office.table(office.row(0, 0, "99", *office.full()[1:])))

    done = app.test_cli_runner().invoke(args=["ballots", "import", str(file), "--by", office.secretary.email])

    assert done.exit_code == 1
    assert "phieu.csv D2: " in done.stderr
