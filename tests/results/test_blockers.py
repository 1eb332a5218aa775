from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from contest.results.blockers import Blocks, Reopened, blockers, sheets_of
from contest.results.outcome import Terms, conclude
from contest.results.tally import Sheet

CLOSES = datetime(2025, 9, 18, 17, tzinfo=UTC)
AFTER = CLOSES + timedelta(hours=1)


class Tier(NamedTuple):
    code: str
    quota: int
    floor: int


def outcome(orders=None, **totals: list[int]):
    terms = Terms("BAO_IN", ("dung",), 2, discrepancy=2000, tiers=(Tier("A", 1, 6000), Tier("B", 1, 5000)))
    sheets = {
        entry: [Sheet(f"j{number}", {"dung": total}) for number, total in enumerate(given)]
        for entry, given in totals.items()
    }
    return conclude(terms, sheets, orders)


def codes(found) -> list[Blocks]:
    return [blocker.code for blocker in found]


def test_nothing_blocks_a_closed_round_with_all_its_sheets():
    assert blockers([outcome(BI1=[7000, 7100], BI2=[6000, 6100])], closes=CLOSES, now=AFTER) == []


def test_a_round_is_blocked_until_its_closing_instant():
    outcomes = [outcome(BI1=[7000, 7100])]

    (blocker,) = blockers(outcomes, closes=CLOSES, now=CLOSES - timedelta(microseconds=1))

    assert (blocker.code, blocker.until) == (Blocks.NOT_CLOSED, CLOSES)
    assert blockers(outcomes, closes=CLOSES, now=CLOSES) == []


def test_an_entry_under_the_minimum_is_named_with_what_it_has_and_needs():
    (blocker,) = blockers([outcome(BI1=[7000])], closes=CLOSES, now=AFTER)

    assert (blocker.code, blocker.entries, blocker.has, blocker.needs) == (Blocks.SHEETS_MISSING, ("BI1",), 1, 2)


def test_an_open_discrepancy_blocks_and_carries_no_mark():
    (blocker,) = blockers([outcome(BI1=[5000, 7001])], closes=CLOSES, now=AFTER)

    assert (blocker.code, blocker.entries, blocker.has, blocker.needs) == (Blocks.DISCREPANCY, ("BI1",), 0, 0)


def test_no_discrepancy_is_named_while_the_sheets_may_still_be_corrected():
    before = CLOSES - timedelta(microseconds=1)

    assert codes(blockers([outcome(BI1=[5000, 7001])], closes=CLOSES, now=before)) == [Blocks.NOT_CLOSED]


def test_accepting_a_discrepancy_holds_for_exactly_the_sheets_it_was_accepted_for():
    first = outcome(BI1=[5000, 7001])
    accepted = {"BI1": sheets_of(first.standings[0])}
    corrected = {"BI1": frozenset({("j0", 1), ("j1", 2)})}

    assert blockers([first], closes=CLOSES, now=AFTER, accepted=accepted) == []
    assert codes(blockers([first], closes=CLOSES, now=AFTER, accepted=corrected)) == [Blocks.DISCREPANCY]


def test_a_reopened_sheet_blocks_until_its_time_is_over():
    outcomes = [outcome(BI1=[7000, 7100])]
    reopened = [Reopened("BI1", "j0", AFTER)]

    assert codes(blockers(outcomes, closes=CLOSES, now=CLOSES, reopened=reopened)) == [Blocks.REOPENED]
    assert blockers(outcomes, closes=CLOSES, now=AFTER, reopened=reopened) == []


def test_a_tie_for_a_prize_blocks_until_an_act_settles_it():
    tied = outcome(BI1=[7000, 7100], BI2=[7100, 7000])
    settled = outcome({frozenset({"BI1", "BI2"}): ("BI2", "BI1")}, BI1=[7000, 7100], BI2=[7100, 7000])

    (blocker,) = blockers([tied], closes=CLOSES, now=AFTER)

    assert (blocker.code, blocker.entries, blocker.prizes) == (Blocks.TIE, ("BI1", "BI2"), ("A", "B"))
    assert blockers([settled], closes=CLOSES, now=AFTER) == []


def test_a_tie_is_not_asked_while_marks_of_its_category_may_still_move():
    tied = outcome(BI1=[7000, 7100], BI2=[7100, 7000], BI3=[5000])

    assert codes(blockers([tied], closes=CLOSES, now=AFTER)) == [Blocks.SHEETS_MISSING]
    assert codes(blockers([outcome(BI1=[70, 70], BI2=[70, 70])], closes=CLOSES, now=CLOSES - timedelta(1))) == [
        Blocks.NOT_CLOSED
    ]


def test_an_empty_round_and_an_unsealed_earlier_round_block():
    assert codes(blockers([outcome()], closes=CLOSES, now=AFTER)) == [Blocks.NO_ENTRIES]
    assert codes(blockers([outcome(BI1=[70, 70])], closes=CLOSES, now=AFTER, unsealed=["so_khao"])) == [
        Blocks.EARLIER_ROUND
    ]
