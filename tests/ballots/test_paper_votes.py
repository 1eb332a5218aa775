"""Votes from paper: put together to one ballot for each member, held against the rule, recorded beside those cast."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from sqlalchemy import event

from contest.ballots import queries, services
from contest.ballots.checking import Checked, check
from contest.ballots.heads import LABELS
from contest.ballots.outcomes import Outcome
from contest.database import db, transaction
from contest.judging import queries as judging_queries
from contest.judging import services as judging
from contest.judging.models import Ballot, PanelMember
from contest.results import queries as results
from contest.results import services as results_services
from contest.results.recount import computing, packing, writing
from contest.web import reading_tables
from tests.makers.accounts import make_member, make_user
from tests.makers.judging import make_panel, make_round
from tests.makers.regulations import make_contest
from tests.makers.results import after, make_jurors, make_works

HEAD = ["Nội dung bỏ phiếu", "Lần bỏ phiếu", "E-mail", "Mã tác phẩm", "Phiếu"]


class Council:
    """A council of three that votes tier by tier on two works."""

    def __init__(self) -> None:
        self.contest = make_contest("bo_phieu")
        self.secretary = make_member(self.contest, "organizer", name="Thư ký Lan")
        self.jurors = make_jurors(self.contest, 3)
        self.works = make_works(self.contest, make_user(), 2)
        make_round(self.contest, "so_khao", sealed_at=self.contest.regulation.round("so_khao").closes)
        self.round = make_round(self.contest, "chung_khao", entries=self.works)
        make_panel(self.round, self.jurors, self.round.panel_rules[0].code)
        self.now = after(self.contest)

    def open(self, question: str) -> Any:
        with transaction():
            return judging.open_ballot(
                self.round, questions=[question], present=self.jurors, by=self.secretary, now=self.now
            )

    def table(self, *rows: tuple[str, int, int, str], ballot: int = 1) -> bytes:
        out = io.StringIO()
        lines = [
            [question, str(ballot), self.jurors[juror].email, self.works[work].code, vote]
            for question, juror, work, vote in rows
        ]
        csv.writer(out).writerows([HEAD, *lines])
        return out.getvalue().encode()

    def check(self, content: bytes) -> Checked:
        tables = reading_tables.read("phieu.csv", content)
        return check(tables, queries.rounds_taking_paper(self.contest), LABELS)

    def record(self, content: bytes) -> Checked:
        with transaction():
            return services.record_ballots(
                self.contest,
                reading_tables.read("phieu.csv", content),
                columns=LABELS,
                file_sha256="0" * 64,
                by=self.secretary,
                now=self.now,
            )


@pytest.fixture
def council(app: Any) -> Council:
    return Council()


def said(checked: Checked) -> list[tuple[str, str]]:
    return [(problem.cell, problem.sentence(str)) for problem in checked.problems]


def test_the_rows_of_one_member_are_one_ballot_marked_with_who_typed_it(council):
    council.open("A")

    council.record(council.table(("Giải A", 0, 0, "Có"), ("Giải A", 0, 1, "không")))

    ballot = db.session.query(Ballot).one()
    assert ballot.choice == {council.works[0].code: "yes", council.works[1].code: "no"}
    assert (ballot.voter_id, ballot.typed_by_id) == (council.jurors[0].id, council.secretary.id)


def test_every_problem_of_a_vote_is_named_at_its_cell(council):
    council.open("A")
    stranger = make_member(council.contest, "juror")
    content = (
        council.table(
            ("Giải Z", 0, 0, "Có"), ("Giải A", 0, 0, "có lẽ"), ("Giải A", 1, 0, "Có"), ("Giải A", 1, 0, "Không")
        )
        + f"Giải A,1,{stranger.email},BI-0001,Có\nGiải A,1,{council.jurors[2].email},BI-9999,Có\n".encode()
    )

    assert [cell for cell, _ in said(council.check(content))] == ["A2", "E3", "C6", "D7", "D5"]


def test_what_a_member_has_cast_stands(council):
    sitting = council.open("A")
    with transaction():
        judging.cast_ballot(sitting, {"A": {str(council.works[0].code): "yes"}}, by=council.jurors[0], now=council.now)

    assert said(council.check(council.table(("Giải A", 0, 0, "Không")))) == [
        ("2", f"{council.jurors[0].name} has cast a different ballot on their own; it stands.")
    ]
    assert council.check(council.table(("Giải A", 0, 0, "Có"))).count(Outcome.UNCHANGED) == 1


def test_a_vote_typed_wrongly_is_corrected_by_the_next_revision(council):
    council.open("A")
    council.record(council.table(("Giải A", 0, 0, "Có")))
    council.record(council.table(("Giải A", 0, 0, "Không")))

    ballots = db.session.query(Ballot).order_by(Ballot.revision)
    assert [(ballot.revision, ballot.choice[str(council.works[0].code)]) for ballot in ballots] == [
        (1, "yes"),
        (2, "no"),
    ]


def test_without_a_sitting_no_vote_is_taken(council):
    assert [sentence for _, sentence in said(council.check(council.table(("Giải A", 0, 0, "Có"))))] == [
        "The council does not vote in this round, or no sitting takes ballots now."
    ]


def test_a_contest_voted_on_paper_recounts_and_its_bundle_names_no_voter(council, tmp_path):
    while left := [topic for topic in judging_queries.agenda_of(council.round) if topic.subjects]:
        topic = left[0]
        sitting = council.open(topic.question)
        name = council.contest.regulation.tier(topic.question).name
        rows = [
            (name, juror, work, "Có" if (topic.question, work) == ("A", 0) else "Không")
            for juror in range(3)
            for work in range(2)
            if council.works[work].code in topic.subjects
        ]
        council.record(council.table(*rows, ballot=topic.ballot))
        with transaction():
            judging.close_ballot(sitting, by=council.secretary, now=council.now)
    with transaction():
        results_services.seal_round(council.round, by=council.secretary, now=council.now)

    contents = results.contents_of(council.contest)
    place = tmp_path / "bundle.zip"
    place.write_bytes(packing.pack(writing.files(contents)))
    done = computing.recount(place)
    votes = writing.files(contents)["votes.csv"].decode()

    assert done.differences == ()
    assert [line["tier"] for group in contents.result["rounds"][-1]["groups"] for line in group["lines"]] == ["A", None]
    assert not any(juror.subject in votes for juror in council.jurors[1:])


def test_reading_what_papers_are_held_against_asks_as_much_for_one_member_as_for_many(council):
    def asked() -> int:
        seen: list[str] = []

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            db.session.rollback()
            queries.rounds_taking_paper(council.contest)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    council.open("A")
    few = asked()
    panel = judging_queries.panels_of(council.round)[council.round.panel_rules[0].code]
    db.session.add_all(PanelMember(panel_id=panel.id, user_id=juror.id) for juror in make_jurors(council.contest, 6))
    db.session.commit()

    assert asked() == few
