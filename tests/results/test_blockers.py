from datetime import UTC, datetime, timedelta

from contest.results import material
from contest.results.acts import sheets_of
from contest.results.blockers import Blocks, Reopened, blockers
from contest.results.material import Act, Ballot, Member
from contest.results.outcome import RoundOutcome, conclude
from contest.results.tally import Sheet
from tests.results.materials import CATEGORY, act, last_round, plain_regulation, work

CLOSES = datetime(2025, 9, 18, 17, tzinfo=UTC)
AFTER = CLOSES + timedelta(hours=1)
TIERS = [
    {"code": "A", "name": "A", "quota": 1, "floor": 60, "money": 2},
    {"code": "B", "name": "B", "quota": 1, "floor": 50, "money": 1},
]
BI1, BI2, BI3 = (work(number).entry for number in (1, 2, 3))


def outcome(*acts: Act, discrepancy=20, changes=None, **totals: list[int]) -> RoundOutcome:
    """A last round of works called BI1, BI2, … whose jurors gave these totals, in hundredths."""
    ruling = plain_regulation(last={"minimum_sheets": 2, "discrepancy": discrepancy}, prizes=TIERS, **(changes or {}))
    works = {int(name.removeprefix("BI")): given for name, given in totals.items()}
    sheets = {
        work(number).entry: [Sheet(f"j{juror}", {"dung": total}, third=juror == 2) for juror, total in enumerate(given)]
        for number, given in works.items()
    }
    return conclude(last_round(ruling, map(work, works), sheets, acts=acts))


def blocking(outcome: RoundOutcome, now: datetime = AFTER, **others):
    return blockers(outcome, closes=CLOSES, now=now, **others)


def accepting(entry: str, sheets: list[tuple[str, int]], number: int = 1) -> Act:
    return act(number, material.DISCREPANCY_ACCEPTED, entry=entry, sheets=[list(sheet) for sheet in sheets])


def codes(found) -> list[Blocks]:
    return [blocker.code for blocker in found]


def test_nothing_blocks_a_closed_round_with_all_its_sheets():
    assert blocking(outcome(BI1=[7000, 7100], BI2=[6000, 6100])) == []


def test_a_round_is_blocked_until_its_closing_instant():
    concluded = outcome(BI1=[7000, 7100])

    (blocker,) = blocking(concluded, CLOSES - timedelta(microseconds=1))

    assert (blocker.code, blocker.until) == (Blocks.NOT_CLOSED, CLOSES)
    assert blocking(concluded, CLOSES) == []


def test_an_entry_under_the_minimum_is_named_with_what_it_has_and_needs():
    (blocker,) = blocking(outcome(BI1=[7000]))

    assert (blocker.code, blocker.entries, blocker.has, blocker.needs) == (Blocks.SHEETS_MISSING, (BI1,), 1, 2)


def test_an_open_discrepancy_blocks_and_carries_no_mark():
    (blocker,) = blocking(outcome(BI1=[5000, 7001]))

    assert (blocker.code, blocker.entries, blocker.has, blocker.needs) == (Blocks.DISCREPANCY, (BI1,), 0, 0)


def test_no_discrepancy_is_named_while_the_sheets_may_still_be_corrected():
    before = CLOSES - timedelta(microseconds=1)

    assert codes(blocking(outcome(BI1=[5000, 7001]), before)) == [Blocks.NOT_CLOSED]


def test_accepting_a_discrepancy_holds_for_exactly_the_sheets_it_was_accepted_for():
    first = accepting(BI1, [("j0", 1), ("j1", 1)])
    corrected = accepting(BI1, [("j0", 1), ("j1", 2)])

    assert blocking(outcome(first, BI1=[5000, 7001])) == []
    assert codes(blocking(outcome(corrected, BI1=[5000, 7001]))) == [Blocks.DISCREPANCY]
    assert sheets_of(outcome(BI1=[5000, 7001]).groups[0].standings[0]) == {("j0", 1), ("j1", 1)}


def test_a_reopened_sheet_blocks_until_its_time_is_over():
    concluded = outcome(BI1=[7000, 7100])
    reopened = [Reopened(BI1, "j0", AFTER)]

    assert codes(blocking(concluded, CLOSES, reopened=reopened)) == [Blocks.REOPENED]
    assert blocking(concluded, reopened=reopened) == []


def test_a_discrepancy_that_is_only_flagged_blocks_nothing():
    assert blocking(outcome(discrepancy={"limit": 20, "consequence": "flag"}, BI1=[5000, 7001])) == []


def test_a_third_juror_is_awaited_until_the_sheet_is_there():
    third = {"limit": 20, "consequence": "third_joins"}

    (blocker,) = blocking(outcome(discrepancy=third, BI1=[5000, 7001]))

    assert (blocker.code, blocker.entries) == (Blocks.THIRD_MISSING, (BI1,))
    assert blocking(outcome(discrepancy=third, BI1=[5000, 7001, 6000])) == []


def test_a_third_juror_who_was_asked_is_named_with_the_time_for_the_sheet_also_once_it_is_over():
    concluded = outcome(discrepancy={"limit": 20, "consequence": "third_joins"}, BI1=[5000, 7001])
    asked = [Reopened(BI1, "j9", AFTER, third=True)]

    for now in (CLOSES, AFTER):
        (blocker,) = blocking(concluded, now, reopened=asked)
        assert (blocker.code, blocker.juror, blocker.until) == (Blocks.THIRD_MISSING, "j9", AFTER)


def test_a_third_juror_who_is_not_needed_any_more_blocks_nothing():
    concluded = outcome(discrepancy={"limit": 20, "consequence": "third_joins"}, BI1=[7000, 7001])

    assert blocking(concluded, CLOSES, reopened=[Reopened(BI1, "j9", AFTER, third=True)]) == []


def test_an_open_vote_blocks():
    assert codes(blocking(outcome(BI1=[7000, 7100]), voting=True)) == [Blocks.VOTE_OPEN]


def test_a_tie_for_a_prize_blocks_until_an_act_settles_it():
    settling = act(1, material.TIE_SETTLED, order=[BI2, BI1])

    (blocker,) = blocking(outcome(BI1=[7000, 7100], BI2=[7100, 7000]))

    assert (blocker.code, blocker.group) == (Blocks.TIE, CATEGORY)
    assert (blocker.entries, blocker.prizes) == ((BI1, BI2), ("A", "B"))
    assert blocking(outcome(settling, BI1=[7000, 7100], BI2=[7100, 7000])) == []


def test_a_tie_is_not_asked_while_marks_of_its_group_may_still_move():
    assert codes(blocking(outcome(BI1=[7000, 7100], BI2=[7100, 7000], BI3=[5000]))) == [Blocks.SHEETS_MISSING]
    tied = outcome(BI1=[7000, 7000], BI2=[7000, 7000])
    assert codes(blocking(tied, CLOSES - timedelta(1))) == [Blocks.NOT_CLOSED]


def test_an_empty_round_and_an_unsealed_earlier_round_block():
    assert codes(blocking(outcome())) == [Blocks.NO_ENTRIES]
    assert codes(blocking(outcome(BI1=[70, 70]), unsealed=["so_khao"])) == [Blocks.EARLIER_ROUND]


def test_an_exact_number_of_prizes_that_falls_short_blocks_until_exactly_that_number_is_accepted():
    def round_with(*acts: Act) -> RoundOutcome:
        ruling = plain_regulation(
            prizes=[{"code": "A", "name": "A", "quota": 2, "exact": True, "floor": 60, "money": 2}],
            awarding={"scope": "pooled"},
        )
        return conclude(last_round(ruling, [work(1)], {BI1: [Sheet("j", {"dung": 7000})]}, acts=acts))

    def accepted(given: int) -> Act:
        return act(1, material.ACCEPTED_SHORT, group="toan_giai", tier="A", given=given)

    (blocker,) = blocking(round_with())

    assert (blocker.code, blocker.group, blocker.prize) == (Blocks.SHORT, "toan_giai", "A")
    assert (blocker.has, blocker.needs) == (1, 2)
    assert codes(blocking(round_with(accepted(0)))) == [Blocks.SHORT]
    assert blocking(round_with(accepted(1))) == []


def test_a_prize_that_people_choose_is_asked_about_last_and_one_after_the_other():
    special = {"name": "Đặc biệt", "from_tiers": ["A"], "money": 3}
    changes = {"special_prizes": [{**special, "code": "DB"}, {**special, "code": "DB2"}]}
    chosen = act(1, material.PRIZE_CHOSEN, "prize:DB", prize="DB", subjects=[])

    assert codes(blocking(outcome(changes=changes, BI1=[7000, 7000], BI2=[7000, 7000]))) == [Blocks.TIE]
    (blocker,) = blocking(outcome(changes=changes, BI1=[7000, 7000]))
    assert (blocker.code, blocker.prize) == (Blocks.PRIZE_OPEN, "DB")
    (blocker,) = blocking(outcome(chosen, changes=changes, BI1=[7000, 7000]))
    assert (blocker.code, blocker.prize) == (Blocks.PRIZE_OPEN, "DB2")


def test_a_prize_that_nobody_can_take_is_not_asked_about():
    special = {"code": "DB", "name": "Đặc biệt", "from_tiers": ["A"], "money": 3}

    assert blocking(outcome(changes={"special_prizes": [special]}, BI1=[5500, 5500])) == []


def test_every_vote_that_a_work_waits_for_blocks():
    ruling = plain_regulation(
        last={"vote": {"kind": "yes_no"}, "panels": "council"}, prizes=TIERS, awarding={"method": "vote"}
    )
    members = [Member(str(number), "hoi_dong") for number in range(3)]

    def round_with(*questions: str) -> RoundOutcome:
        cast = [Ballot(1, question, str(number), {BI1: "yes"}) for question in questions for number in range(3)]
        return conclude(last_round(ruling, [work(1), work(2)], members=members, ballots=cast))

    missing = blocking(round_with("A"))

    assert [(each.code, each.question, each.entries) for each in missing] == [(Blocks.VOTE_MISSING, "B", (BI2,))]
    assert [each.question for each in blocking(round_with())] == ["A", "B"]
    assert blocking(round_with("A", "B")) == []
