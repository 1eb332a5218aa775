"""The tables inside the text of a regulation, set from its data, so that text and data cannot disagree.

Headings are in the language of the regulation (see `vietnamese`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from contest.regulations.vietnamese import grouped, lowered, points, short_date, size

if TYPE_CHECKING:
    from contest.regulations.articles import TableKind
    from contest.regulations.entering import Category, Slot
    from contest.regulations.schedule import DateSpan, Moments
    from contest.regulations.schema import Regulation
    from contest.regulations.scoring import RoundRule

KIND_WORDS = {"pdf": "PDF", "image": "ảnh", "audio": "âm thanh", "video": "video", "docx": "DOCX"}
STATEMENT_WORDS = {"declaration": "Cam kết", "consent": "Đồng ý"}


@dataclass(frozen=True)
class Row:
    """One line of a table.

    :ivar kind: ``line``, ``group`` (one cell over all columns, naming what follows) or ``sum``
    """

    cells: tuple[str, ...]
    kind: str = "line"


@dataclass(frozen=True)
class Table:
    """A table ready to be set.

    :ivar figures: columns, counted from 0, that hold figures and stand on the right
    """

    kind: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    figures: frozenset[int] = field(default_factory=frozenset)


def tables(kind: TableKind, regulation: Regulation) -> tuple[Table, ...]:
    """Set the tables of one kind; there are several where the rounds have different rubrics."""
    if kind == "criteria":
        return tuple(_criteria(regulation))
    return (MAKERS[kind](regulation),)


def _categories(regulation: Regulation) -> Table:
    rows = tuple(
        Row(
            (
                category.name,
                ", ".join(lowered(regulation.genre(code).name) for code in category.genres),
                str(category.max_authors),
            )
        )
        for category in regulation.categories
    )
    return Table(
        "categories",
        "Loại hình, thể loại và số tác giả tối đa",
        ("Loại hình", "Thể loại", "Số tác giả"),
        rows,
        frozenset({2}),
    )


def _dossier(regulation: Regulation) -> Table:
    shared = shared_slots(regulation.categories)
    rows: list[Row] = []
    for category in regulation.categories:
        own = [slot for slot in category.slots if slot not in shared]
        rows += [Row((category.name,), "group"), *(_slot(slot) for slot in own)]
    if shared:
        rows += [Row(("Mọi loại hình",), "group"), *(_slot(slot) for slot in shared)]
    columns = ("Thành phần", "Loại tệp", "Số tệp", "Dung lượng mỗi tệp")
    return Table("dossier", "Hồ sơ dự thi theo loại hình", columns, tuple(rows), frozenset({2, 3}))


def shared_slots(categories: tuple[Category, ...]) -> list[Slot]:
    """List the slots that every category has in the same words."""
    first, *others = categories
    return [slot for slot in first.slots if others and all(slot in category.slots for category in others)]


def _slot(slot: Slot) -> Row:
    return Row(
        (
            slot.name if slot.required else f"{slot.name} (nếu có)",
            ", ".join(KIND_WORDS[kind] for kind in slot.kinds),
            str(slot.max_count),
            size(slot.max_megabytes),
        )
    )


def _calendar(regulation: Regulation) -> Table:
    calendar = regulation.calendar
    rows = [
        ("Phát động", short_date(calendar.launched_on)),
        ("Tác phẩm được đăng, phát", _days(calendar.publication)),
        ("Nhận tác phẩm", _moments(calendar.receipt)),
        ("Kiểm tra hồ sơ", _days(calendar.screening)),
        *((f"Chấm {lowered(rule.name)}", _moments(rule)) for rule in regulation.rounds),
        *([("Niêm yết kết quả dự kiến", _days(calendar.posting))] if calendar.posting else []),
        ("Quyết định tặng giải", short_date(calendar.decision_on)),
        ("Lễ tổng kết, trao giải", short_date(calendar.ceremony_on)),
    ]
    return Table("calendar", "Lịch Cuộc thi", ("Việc", "Thời gian"), tuple(Row(cells) for cells in rows))


def _days(span: DateSpan) -> str:
    return f"{short_date(span.first)} – {short_date(span.last)}"


def _moments(span: Moments) -> str:
    end = (
        short_date(span.last_day) if span.to_the_end_of_the_day else f"{span.closes:%H:%M}, {short_date(span.last_day)}"
    )
    return f"{short_date(span.first_day)} – {end}"


def _rounds(regulation: Regulation) -> Table:
    rows = tuple(
        Row((rule.name, _moments(rule), str(rule.panel_size), str(rule.jurors_per_entry), str(rule.minimum_sheets)))
        for rule in regulation.rounds
    )
    columns = ("Vòng", "Thời gian chấm", "Giám khảo mỗi tiểu ban", "Giám khảo mỗi tác phẩm", "Số phiếu tối thiểu")
    return Table("rounds", "Các vòng chấm", columns, rows, frozenset({2, 3, 4}))


def _criteria(regulation: Regulation) -> Iterator[Table]:
    first = regulation.rounds[0]
    if all(rule.rubric_codes == first.rubric_codes for rule in regulation.rounds):
        yield _criteria_of(first, regulation, "Tiêu chí và điểm tối đa")
        return
    for rule in regulation.rounds:
        yield _criteria_of(rule, regulation, f"Tiêu chí và điểm tối đa, vòng {lowered(rule.name)}")


def _criteria_of(rule: RoundRule, regulation: Regulation, caption: str) -> Table:
    maxima = {
        category.code: {criterion.code: criterion for criterion in rule.rubric(category.code)}
        for category in regulation.categories
    }
    codes = list(dict.fromkeys(code for criteria in maxima.values() for code in criteria))
    rows = []
    for code in codes:
        found = [criteria.get(code) for criteria in maxima.values()]
        names = dict.fromkeys(criterion.name for criterion in found if criterion)
        figures = [points(criterion.maximum) if criterion else "–" for criterion in found]
        rows.append(Row(("; ".join([next(iter(names)), *(lowered(name) for name in list(names)[1:])]), *figures)))
    rows.append(Row(("Cộng", *(points(rule.scale) for _ in regulation.categories)), "sum"))
    columns = ("Tiêu chí", *(category.name for category in regulation.categories))
    return Table("criteria", caption, columns, tuple(rows), frozenset(range(1, len(columns))))


def _prizes(regulation: Regulation) -> Table:
    rows = [
        Row((tier.name, points(tier.floor), str(tier.quota or ""), grouped(tier.money.amount or 0)))
        for tier in regulation.prizes
    ]
    quota = sum(tier.quota or 0 for tier in regulation.prizes)
    money = sum((tier.quota or 0) * (tier.money.amount or 0) for tier in regulation.prizes)
    rows.append(Row(("Cộng mỗi loại hình", "", str(quota), grouped(money)), "sum"))
    columns = ("Hạng giải", "Điểm từ", "Số giải tối đa", "Mức thưởng mỗi giải (đồng)")
    return Table("prizes", "Giải thưởng của mỗi loại hình", columns, tuple(rows), frozenset({1, 2, 3}))


def _statements(regulation: Regulation) -> Table:
    rows = tuple(
        Row(
            (
                STATEMENT_WORDS[statement.kind] + ("" if statement.required else " (tùy chọn)"),
                statement.text,
            )
        )
        for statement in regulation.statements
    )
    return Table("statements", "Cam kết và sự đồng ý của người gửi", ("Loại", "Nội dung"), rows)


MAKERS = {
    "categories": _categories,
    "dossier": _dossier,
    "calendar": _calendar,
    "rounds": _rounds,
    "prizes": _prizes,
    "statements": _statements,
}
