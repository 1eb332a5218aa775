"""Tables of prizes and of what stands between the last round and the wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from contest.regulations import totals
from contest.regulations.consistency.coverage import dealt
from contest.regulations.tables.shapes import Row, Table
from contest.regulations.vietnamese import awarding as words
from contest.regulations.vietnamese import grouped, long_date, points, raised
from contest.regulations.vietnamese.names import of_genres, of_works

if TYPE_CHECKING:
    from contest.regulations.prizes import CollectivePrize, SpecialPrize, ThematicPrize, Tier
    from contest.regulations.schema import Regulation

    Awarded: TypeAlias = Tier | SpecialPrize | ThematicPrize | CollectivePrize

CAPTIONS = {
    "category": "Giải thưởng của mỗi loại hình",
    "pooled": "Giải thưởng chung cho mọi loại hình",
    "groups": "Giải thưởng của mỗi nhóm xét giải",
}
SUMS = {"category": "Cộng mỗi loại hình", "pooled": "Cộng", "groups": "Cộng mỗi nhóm"}
POINTS = {"quota": "Điểm từ", "bands": "Khung điểm"}
MONEY = "Mức thưởng mỗi giải (đồng)"


def prizes(regulation: Regulation) -> Iterator[Table]:
    """Set the tiers, the numbers of each group where they differ, and the prizes besides the tiers."""
    differ = any(tier.quotas for tier in regulation.prizes)
    yield _tiers(regulation, with_quota=not differ)
    if differ or regulation.awarding.scope == "groups":
        yield _groups(regulation)
    if regulation.special_prizes or regulation.thematic_prizes or regulation.collective_prizes:
        yield _others(regulation)


def _tiers(regulation: Regulation, *, with_quota: bool) -> Table:
    scope, method = regulation.awarding.scope, regulation.awarding.method
    by_points = method != "vote" and any(tier.floor for tier in regulation.prizes)
    head = ("Hạng giải", *([POINTS[method]] if by_points else []))
    rows = [
        Row(
            (
                tier.name,
                *([_points(tier, regulation)] if by_points else []),
                *([words.quota(tier.quota, exact=tier.exact)] if with_quota else []),
                words.money(tier.money, regulation),
            )
        )
        for tier in regulation.prizes
    ]
    count = totals.prizes_in_every_group(regulation)
    if with_quota and count is not None:
        money = sum((tier.quota or 0) * totals.paid(tier.money, regulation) for tier in regulation.prizes)
        rows.append(
            Row(
                (SUMS[scope], *([""] if by_points else []), grouped(count), grouped(int(money)) if money else "–"),
                "sum",
            )
        )
    columns = (*head, *([_count_heading(regulation)] if with_quota else []), MONEY)
    caption = CAPTIONS[scope] if len(regulation.award_groups) > 1 or scope == "pooled" else "Giải thưởng"
    return Table("prizes", caption, columns, tuple(rows), _figures(1, columns, regulation.prizes))


def _points(tier: Tier, regulation: Regulation) -> str:
    return words.band(tier, regulation) if regulation.awarding.method == "bands" else points(tier.floor)


def _count_heading(regulation: Regulation) -> str:
    return "Số giải" if any(tier.exact for tier in regulation.prizes) else "Số giải tối đa"


def _groups(regulation: Regulation) -> Table:
    grouped_by_list = regulation.awarding.scope == "groups"
    rows = []
    for place, group in enumerate(regulation.award_groups):
        counts = [tier.quota_in(group.code) for tier in regulation.prizes]
        total = totals.prizes_in_group(regulation, group.code)
        name = (
            f"{group.name} ({of_works(group, regulation, regulation.award_groups[:place])})"
            if grouped_by_list
            else group.name
        )
        rows.append(
            Row(
                (
                    name,
                    *(
                        words.quota(count, exact=tier.exact)
                        for count, tier in zip(counts, regulation.prizes, strict=True)
                    ),
                    words.quota(total),
                )
            )
        )
    if grouped_by_list:
        rows += [Row((text, *("–" for _ in (*regulation.prizes, "sum")))) for text in _in_no_group(regulation)]
    every = [totals.tier_at_most(regulation, tier) for tier in regulation.prizes]
    whole = totals.prizes_of_tiers(regulation)
    rows.append(Row(("Cộng", *(words.quota(count) for count in every), words.quota(whole)), "sum"))
    first = "Nhóm xét giải" if grouped_by_list else "Loại hình"
    columns = (first, *(tier.name for tier in regulation.prizes), "Cộng")
    caption = f"{_count_heading(regulation)} của từng {first.lower()}"
    return Table("quotas", caption, columns, tuple(rows), frozenset(range(1, len(columns))))


def _in_no_group(regulation: Regulation) -> Iterator[str]:
    """Name the works that no group takes: whoever enters one should read here that it wins nothing."""
    for code, genres in dealt(regulation.awarding.groups, regulation).left.items():
        category = regulation.category(code)
        only = "" if set(genres) == set(category.genres) else f", thể loại {of_genres(genres, regulation)}"
        yield f"Không xét giải: {category.name}{only}"


def _others(regulation: Regulation) -> Table:
    rows: list[Row] = []
    for heading, found in (
        ("Giải đặc biệt", [(prize, words.special(prize, regulation)) for prize in regulation.special_prizes]),
        ("Giải chuyên đề", [(prize, words.thematic(prize, regulation)) for prize in regulation.thematic_prizes]),
        ("Giải tập thể", [(prize, words.collective(prize, regulation)) for prize in regulation.collective_prizes]),
    ):
        if found:
            rows.append(Row((heading,), "group"))
        rows += [
            Row((prize.name, raised(how), grouped(prize.quota), words.money(prize.money, regulation)))
            for prize, how in found
        ]
    columns = ("Giải", "Cách xét", "Số giải tối đa", MONEY)
    others: tuple[Awarded, ...] = (
        *regulation.special_prizes,
        *regulation.thematic_prizes,
        *regulation.collective_prizes,
    )
    return Table("others", "Các giải khác", columns, tuple(rows), _figures(2, columns, others))


def _figures(first: int, columns: tuple[str, ...], awarded: Iterable[Awarded]) -> frozenset[int]:
    """Number the columns that hold figures: all from the first on, but the last where it names things in words."""
    in_words = any(prize.money.in_kind for prize in awarded)
    return frozenset(range(first, len(columns) - in_words))


def gates(regulation: Regulation) -> Iterator[Table]:
    """Set what stands between the last round and the wall, in its order."""
    calendar = regulation.calendar
    rows = [
        ("Phê duyệt", words.approvals(regulation)),
        ("Niêm yết", words.posting(regulation)),
        ("Khiếu nại", words.complaints(regulation)),
        ("Quyết định", f"dự kiến {long_date(calendar.decision_on)}"),
        *([("Xác nhận", words.winners(regulation))] if regulation.gates.winners_confirm else []),
        ("Trao giải", f"dự kiến {long_date(calendar.ceremony_on)}"),
    ]
    if regulation.gates.open_scores:
        rows.append(("Công bố điểm", words.open_scores(regulation)))
    if not regulation.gates.keeps_bank_details_as_usual:
        rows.append(("Chi thưởng", words.payment(regulation)))
    if regulation.awarding.on_revocation != "empty":
        rows.append(("Thu hồi giải", words.revocation(regulation)))
    if regulation.safeguards.second_person:
        rows.append(("Người thứ hai", words.second_person(regulation)))
    if regulation.carry_on is not None:
        rows.append(("Vòng tổng kết", words.carry_on(regulation.carry_on, regulation)))
    cells = tuple(Row((what, raised(how))) for what, how in rows)
    yield Table("gates", "Từ kết quả chấm đến trao giải", ("Việc", "Quy định"), cells)
