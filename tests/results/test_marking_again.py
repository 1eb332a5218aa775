"""A work of the sealed last round is marked again by others, and the round is concluded again."""

from datetime import timedelta

import pytest

from contest import clock
from contest.accounts.models import Role
from contest.database import db, transaction
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.refusals import KnowsTheMarks, RoundClosed, RoundSealed
from contest.operations.invariants import outcomes
from contest.results import gates, queries, refusals, services
from contest.results.models import ActKind, RoundResult
from contest.results.recount import computing, packing, writing
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.judging import declare
from tests.results import second_program


class Complained:
    """A posted list, and two jurors at hand who have not marked the work that is complained about."""

    def __init__(self) -> None:
        self.contest, self.works = makers.make_sealed(*makers.FIVE)
        self.organizer = make_member(self.contest, Role.ORGANIZER)
        self.others = [make_member(self.contest, Role.JUROR, name=f"Lương Khánh {name}") for name in ("Vỹ", "An")]
        self.round = judging.round_of(self.contest, "chung_khao")
        self.now = makers.after(self.contest) + timedelta(hours=2)
        clock.set_to(self.now)
        for juror in self.others:
            declare(self.round, juror)
        db.session.commit()
        with transaction():
            services.propose(self.contest, by=self.organizer, now=self.now)

    def order(self, work=None, jurors=None, **changed):
        with transaction():
            return services.order_remark(
                self.round,
                work or self.works[4],
                jurors or self.others,
                **{
                    "until": self.now + timedelta(days=3),
                    "reason": "Một phiếu bỏ trống nhận xét.",
                    "complaint": "KN-0001",
                    "by": self.organizer,
                    "now": self.now,
                }
                | changed,
            )

    def mark(self, juror, share, work=None):
        assignment = next(
            one
            for one in judging.remarking(self.round)
            if one.juror_id == juror.id and one.entry_id == (work or self.works[4]).id
        )
        marks = {
            criterion.code: criterion.maximum * share // 100 // criterion.step * criterion.step
            for criterion in self.round.rubric("BAO_IN")
        }
        with transaction():
            return judging_services.submit_score_sheet(assignment, marks, "Đã đọc lại.", by=juror, now=clock.now())

    def conclude(self):
        with transaction():
            return services.conclude_again(self.round, by=self.organizer, now=clock.now() + timedelta(hours=1))


@pytest.fixture
def complained(app):
    return Complained()


def test_a_work_marked_again_by_others_takes_the_place_that_their_sheets_give_it(complained):
    complained.order()
    for juror in complained.others:
        complained.mark(juror, 90)

    changes = complained.conclude()

    result = queries.result_of(complained.round)
    line = next(line for line in result["groups"][0]["lines"] if line["entry"] == "BI-0005")
    assert (line["place"], line["tier"]) == (2, "B")
    assert {each["why"] for each in line["left_out"]} == {"replaced_by_remark"}
    assert [change.entry for change in changes][:1] == ["BI-0005"]
    assert complained.contest.stage == "proposed"
    assert {award.entry.code: award.version for award in queries.awards_of(complained.contest)}["BI-0005"] == 2
