"""A work of the sealed last round is marked again by others, and the round is concluded again."""

from datetime import timedelta

import pytest

from contest import clock
from contest.accounts.models import Role
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.entries.models import EntryState
from contest.judging import queries as judging
from contest.judging import services as judging_services
from contest.judging.models import Assignment
from contest.judging.refusals import KnowsTheMarks, ReopeningTooShort, RoundClosed, RoundSealed, SheetExists
from contest.operations.invariants import outcomes
from contest.results import queries, refusals, services
from contest.results.recount import computing, packing, writing
from tests.makers import results as makers
from tests.makers.accounts import make_member
from tests.makers.judging import declare, full_marks
from tests.makers.regulations import make_contest
from tests.results import second_program, settings


class Complained:
    """A posted list, and two jurors at hand who have not marked the work that is complained about.

    They were there before those who marked it.
    """

    def __init__(self, contest=None) -> None:
        contest = contest or make_contest()
        self.others = [make_member(contest, Role.JUROR, name=f"Lương Khánh {name}") for name in ("Vỹ", "An")]
        self.contest, self.works = makers.make_sealed(*makers.FIVE, contest=contest)
        self.organizer = make_member(self.contest, Role.ORGANIZER)
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

    def asked(self, juror):
        return next(one for one in judging.remarking(self.round) if one.juror_id == juror.id)

    def old_assignment(self, code):
        return next(
            one
            for one in db.session.scalars(db.select(Assignment).filter_by(round_id=self.round.id, remarking=False))
            if one.entry.code == code
        )

    def mark(self, juror, share, at=None):
        marks = full_marks(self.round, "BAO_IN", share)
        with transaction():
            return judging_services.submit_score_sheet(
                self.asked(juror), marks, "Đã đọc lại.", by=juror, now=at or clock.now()
            )

    @property
    def result(self):
        return queries.result_of(self.round)

    def line(self, code):
        return next(line for line in self.result["groups"][0]["lines"] if line["entry"] == code)

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

    line = complained.line("BI-0005")
    assert (line["place"], line["tier"]) == (2, "B")
    assert {each["why"] for each in line["left_out"]} == {"replaced_by_remark"}
    assert [change.entry for change in changes][:1] == ["BI-0005"]
    assert complained.contest.stage == "proposed"
    assert {award.entry.code: award.version for award in queries.awards_of(complained.contest)}["BI-0005"] == 2


def test_the_sheets_of_a_remark_count_beside_the_others_where_the_regulation_says_so(app):
    complained = Complained(make_contest(replacements=(settings.gates('remark = "join"'),)))
    complained.order()
    for juror in complained.others:
        complained.mark(juror, 60)

    complained.conclude()

    line = complained.line("BI-0005")
    assert len(line["sheets"]) == 7
    assert line["left_out"] == []


@pytest.mark.parametrize("state", ["withdrawn", "rejected"])
def test_a_work_that_takes_part_no_more_is_not_marked_again_and_nobody_waits_for_its_sheets(complained, state):
    work = complained.works[4]
    complained.order()
    work.state = EntryState(state)
    db.session.commit()

    with pytest.raises(refusals.RemarkedOut):
        complained.order()

    assert complained.conclude() == []
    assert judging.remarking(complained.round) == []
    assert list(outcomes.sealed_results_rest_on_their_rows()) == []


def test_what_the_new_sheets_leave_open_is_settled_before_the_round_is_concluded_again(app):
    complained = Complained(make_contest(replacements=(settings.gates('remark = "join"'),)))
    complained.order()
    for juror in complained.others:
        complained.mark(juror, 90)
    with pytest.raises(refusals.RoundBlocked):
        complained.conclude()

    with transaction():
        services.settle_discrepancy(
            complained.round, complained.works[4], reason="Đã thảo luận.", by=complained.organizer, now=clock.now()
        )

    assert complained.conclude()
    with pytest.raises(RoundSealed), transaction():
        services.settle_discrepancy(
            complained.round, complained.works[4], reason="Lần nữa.", by=complained.organizer, now=clock.now()
        )


def test_only_the_named_jurors_mark_only_this_work_and_only_until_the_date(complained):
    complained.order()
    one, _other = complained.others
    old = complained.old_assignment("BI-0005")

    with pytest.raises(RoundSealed), transaction():
        marks = full_marks(complained.round, "BAO_IN", 70)
        judging_services.submit_score_sheet(old, marks, "Sửa", reason="Nhầm", by=old.juror, now=clock.now())
    with pytest.raises(RoundClosed):
        complained.mark(one, 90, at=complained.now + timedelta(days=3))
    assert complained.mark(one, 90).revision == 1


def test_who_had_the_work_or_reads_the_marks_is_not_asked(complained):
    chair = make_member(complained.contest, Role.CHAIR, name="Chủ tịch Hội đồng")
    panelist = complained.old_assignment("BI-0005").juror

    for juror in (chair, panelist):
        with pytest.raises(KnowsTheMarks):
            complained.order(jurors=[complained.others[0], juror])
    free = {one.juror.id for one in judging.jurors_to_remark(complained.round, complained.works[4])}
    assert free == {juror.id for juror in complained.others}


def test_a_juror_of_a_remark_sees_no_mark_of_the_others_before_it_is_concluded(complained, browser):
    complained.order()
    juror = complained.others[0]
    assignment = complained.asked(juror)
    desk = browser(juror)

    desk.get(f"/dan-van-kheo/ban-cham/{assignment.id}")

    assert desk.response.status_code == 200
    assert desk.soup.find("button", string=lambda text: text and "Gửi phiếu" in text)
    assert "50" not in desk.soup.find("main").get_text().split("Phiếu")[0]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": ""}, refusals.ReasonNeeded),
        ({"jurors": "one"}, refusals.RemarkNeeds),
        ({"until": "past"}, ReopeningTooShort),
    ],
)
def test_an_order_without_reason_jurors_or_time_is_refused(complained, changed, refusal):
    said = dict(changed)
    if "jurors" in said:
        said["jurors"] = complained.others[:1]
    if "until" in said:
        said["until"] = complained.now

    with pytest.raises(refusal):
        complained.order(**said)


def test_the_round_is_concluded_again_only_with_every_sheet(complained):
    with pytest.raises(refusals.NothingRemarked):
        complained.conclude()
    complained.order()
    complained.mark(complained.others[0], 90)

    with pytest.raises(refusals.RemarkAwaited) as refused:
        complained.conclude()

    assert refused.value.parameters["jurors"] == complained.others[1].name


def test_somebody_who_sent_nothing_is_replaced_and_a_sheet_that_came_stays(complained):
    third = make_member(complained.contest, Role.JUROR, name="Tạ Quỳnh Lam")
    first, second = complained.others
    complained.order()
    complained.mark(first, 90)

    complained.order(jurors=[first, third])

    assert {one.juror_id for one in judging.remarking(complained.round)} == {first.id, third.id}
    with pytest.raises(SheetExists):
        complained.order(jurors=[second, third])


def test_a_work_is_marked_again_once(complained):
    complained.order()
    for juror in complained.others:
        complained.mark(juror, 50)
    complained.conclude()
    fresh = [make_member(complained.contest, Role.JUROR) for _ in range(2)]

    with pytest.raises(refusals.AlreadyRemarked):
        complained.order(jurors=fresh)


def test_where_nothing_changes_the_list_stays_and_the_older_version_is_kept(complained):
    complained.order()
    for juror in complained.others:
        complained.mark(juror, 50)

    assert complained.conclude() == []

    versions = queries.versions_of(complained.round)
    assert [each.version for each in versions] == [1, 2]
    assert {award.version for award in queries.awards_of(complained.contest)} == {1}
    assert queries.result_hash(complained.round) == versions[1].sha256 != versions[0].sha256


def test_what_changed_is_in_the_log_work_by_work(complained):
    complained.order()
    for juror in complained.others:
        complained.mark(juror, 90)
    complained.conclude()

    line = db.session.scalars(db.select(AuditLine).filter_by(action="round.concluded_again")).one()

    first = line.details["changes"][0]
    assert (first["entry"], first["before"]["place"], first["after"]["place"]) == ("BI-0005", 5, 2)
    assert line.details["version"] == 2


def test_the_bundle_names_the_version_and_two_programs_count_it_alike(complained, tmp_path):
    before = writing.files(queries.contents_of(complained.contest))
    complained.order()
    complained.mark(complained.others[0], 90)
    assert writing.files(queries.contents_of(complained.contest)) == before
    complained.mark(complained.others[1], 91)
    complained.conclude()

    files = writing.files(queries.contents_of(complained.contest))
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(packing.pack(files))
    done = computing.recount(bundle)

    assert done.differences == ()
    assert done.result == files["result.json"]
    assert "concluded_again" in files["acts.csv"].decode()
    folder = tmp_path / "bundle"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    second = second_program.recount(folder)["rounds"][-1]["groups"][0]["lines"]
    assert [line["entry"] for line in second] == [line["entry"] for line in complained.result["groups"][0]["lines"]]


def test_every_invariant_holds_while_a_work_is_marked_again_and_afterwards(complained):
    checks = (
        outcomes.frozen_documents_are_as_frozen,
        outcomes.sealed_results_come_out_again,
        outcomes.sealed_results_rest_on_their_rows,
        outcomes.sealed_rounds_rest,
    )
    complained.order()
    complained.mark(complained.others[0], 90)
    under_way = [broken for check in checks for broken in check()]
    complained.mark(complained.others[1], 91)
    complained.conclude()
    afterwards = [broken for check in checks for broken in check()]

    assert under_way == afterwards == ["Vòng so_khao đã chốt nhưng không có kết quả."]  # the maker gives it none


def test_after_the_decision_nothing_is_marked_again(app):
    contest, works = makers.make_sealed(*makers.FIVE)
    organizer = make_member(contest, Role.ORGANIZER)
    makers.make_decided(contest, by=organizer)
    jurors = [make_member(contest, Role.JUROR) for _ in range(2)]

    with pytest.raises(refusals.RemarkTooLate), transaction():
        services.order_remark(
            judging.round_of(contest, "chung_khao"),
            works[0],
            jurors,
            until=makers.after(contest) + timedelta(days=90),
            reason="Có khiếu nại.",
            complaint="KN-0001",
            by=organizer,
            now=makers.after(contest) + timedelta(days=60),
        )
