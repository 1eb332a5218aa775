"""A second, slower computation of means, places and prizes, written without looking at the first, must agree.

It works with integers alone: means are compared by cross multiplication, places by counting who is better, prizes by
walking down the list with as many slips of paper in hand as the quotas say.
"""

import random
from functools import cmp_to_key

from contest.regulations.prizes import PrizeMoney, Tier
from contest.results.material import TIE_SETTLED, RoundMaterial
from contest.results.outcome import conclude
from contest.results.tally import Sheet
from tests.results.materials import CATEGORY, act, last_round, regulation, work

CRITERIA = ("dung", "phat_hien", "hieu_qua")
TIE_BREAKS = ("criterion:phat_hien", "criterion:hieu_qua", "chair_sheet", "act")


RUBRIC = {
    "code": "ba",
    "name": "Ba",
    "criteria": [{"code": code, "name": code, "maximum": 100, "step": 1} for code in CRITERIA],
}
MONEY = PrizeMoney(amount=1_000_000)
REGULATION = regulation(
    rubrics=[RUBRIC],
    first={"rubrics": {}},
    last={"rubrics": {CATEGORY: "ba"}, "scale": 300, "minimum_sheets": 1, "tie_breaks": list(TIE_BREAKS)},
)


def compare(ours: tuple[int, int], theirs: tuple[int, int]) -> int:
    """Compare two means given as (sum, count)."""
    left, right = ours[0] * theirs[1], theirs[0] * ours[1]
    return (left > right) - (left < right)


def better(one: str, other: str, contest: dict[str, list[Sheet]], orders: dict[frozenset[str], tuple[str, ...]]) -> int:
    """Return 1, 0 or -1; every juror, the chair too, has scored every entry."""

    def total(entry: str, code: str | None = None, *, chair: bool = False) -> tuple[int, int]:
        sheets = [sheet for sheet in contest[entry] if sheet.chair or not chair]
        return sum(sum(v for k, v in sheet.marks.items() if code in (None, k)) for sheet in sheets), len(sheets)

    for difference in (
        compare(total(one), total(other)),
        compare(total(one, "phat_hien"), total(other, "phat_hien")),
        compare(total(one, "hieu_qua"), total(other, "hieu_qua")),
        compare(total(one, chair=True), total(other, chair=True)),
    ):
        if difference:
            return difference
    for named, order in orders.items():
        equals = frozenset(entry for entry in contest if entry == one or not better_without_acts(entry, one, contest))
        if one in named and other in named and named == equals:
            return 1 if order.index(one) < order.index(other) else -1
    return 0


def better_without_acts(one: str, other: str, contest: dict[str, list[Sheet]]) -> int:
    return better(one, other, contest, {})


def prizes_of(
    contest: dict[str, list[Sheet]], tiers: list[Tier], orders: dict[frozenset[str], tuple[str, ...]]
) -> tuple[dict[str, int], dict[str, str | None], set[frozenset[str]]]:
    """Give places, prizes, and the groups that only people can settle."""
    place = {
        entry: 1 + sum(better(other, entry, contest, orders) > 0 for other in contest if other != entry)
        for entry in contest
    }
    slips = [tier for tier in tiers for _ in range(tier.quota or 0)]
    line = sorted(contest, key=cmp_to_key(lambda a, b: place[a] - place[b]))
    taken: dict[str, str | None] = {}
    for entry in line:
        reached = sum(sum(sheet.marks.values()) for sheet in contest[entry])
        fitting = [slip for slip in slips if reached >= slip.floor * len(contest[entry])]
        if fitting:
            slips.remove(fitting[0])
        taken[entry] = fitting[0].code if fitting else None
    unsettled = set()
    for entry in line:
        equals = frozenset(other for other in contest if place[other] == place[entry])
        if len({taken[other] for other in equals}) > 1:
            unsettled.add(equals)
    return place, {e: t for e, t in taken.items() if not any(e in group for group in unsettled)}, unsettled


def random_contest(chance: random.Random) -> tuple[dict[str, list[Sheet]], list[Tier]]:
    entries, jurors, most = chance.randint(0, 9), chance.choice((1, 1, 2, 5)), chance.choice((1, 1, 2, 50))
    contest = {
        work(number).entry: [
            Sheet(f"j{juror}", {code: chance.randint(0, most) for code in CRITERIA}, chair=juror == 0)
            for juror in range(jurors)
        ]
        for number in range(entries)
    }
    floors = sorted((chance.randint(0, 3 * most) for _ in range(4)), reverse=True)
    tiers = [
        Tier.model_construct(code=code, quota=chance.randint(0, 3), quotas={}, floor=floor, exact=False, money=MONEY)
        for code, floor in zip("ABCK", floors, strict=True)
    ]
    return contest, tiers


def material(
    contest: dict[str, list[Sheet]], tiers: list[Tier], orders: dict[frozenset[str], tuple[str, ...]]
) -> RoundMaterial:
    return last_round(
        REGULATION.model_copy(update={"prizes": tuple(tiers)}),
        [work(number) for number in range(len(contest))],
        contest,
        acts=[act(number, TIE_SETTLED, order=list(order)) for number, order in enumerate(orders.values())],
    )


def test_a_second_computation_agrees_on_a_thousand_random_contests():
    chance = random.Random(20251015)
    asked = settled = 0
    for _ in range(1000):
        contest, tiers = random_contest(chance)
        orders: dict[frozenset[str], tuple[str, ...]] = {}
        for _ in range(2):
            outcome = conclude(material(contest, tiers, orders)).groups[0]
            assert outcome.prizes is not None
            place, taken, unsettled = prizes_of(contest, tiers, orders)

            assert {each.entry: each.place for each in outcome.places} == place
            assert {each.entry: each.tier for each in outcome.prizes.awards} == taken
            assert {frozenset(question.entries) for question in outcome.prizes.questions} == unsettled
            if not unsettled:
                break
            asked += 1
            for group in unsettled:
                orders[group] = tuple(chance.sample(sorted(group), len(group)))
        settled += bool(orders) and not unsettled

    assert asked > 50
    assert settled == asked
