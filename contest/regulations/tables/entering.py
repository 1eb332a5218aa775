"""Tables of what may be entered, how much, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contest.regulations.tables.shapes import Row, Table
from contest.regulations.vietnamese import entering as words
from contest.regulations.vietnamese import lowered, raised, size

if TYPE_CHECKING:
    from contest.regulations.entering import Category, Slot
    from contest.regulations.schema import Regulation

KIND_WORDS = {"pdf": "PDF", "image": "ảnh", "audio": "âm thanh", "video": "video", "docx": "DOCX"}
STATEMENT_WORDS = {"declaration": "Cam kết", "consent": "Đồng ý"}


def categories(regulation: Regulation) -> Iterator[Table]:
    """Set the categories with their genres and numbers of authors."""
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
    columns = ("Loại hình", "Thể loại", "Số tác giả")
    yield Table("categories", "Loại hình, thể loại và số tác giả tối đa", columns, rows, frozenset({2}))


def limits(regulation: Regulation) -> Iterator[Table]:
    """Set every limit in words: who sends, how many works, how many instalments, how long."""
    rules, entrants = regulation.limits, regulation.entrants
    rows = [
        ("Người gửi tác phẩm", words.sent_by(entrants)),
        ("Mỗi tác giả", words.works_of_an_author(rules, regulation)),
        ("Mỗi cơ quan báo chí, chi hội", words.works_of_a_unit(entrants)),
        ("Mỗi tác phẩm", words.authors(regulation.categories)),
        ("Tác phẩm nhiều kỳ", words.instalments(regulation)),
        ("Số kỳ trong thời gian đăng, phát", words.instalments_inside(rules)),
        ("Kỳ đăng, phát trước thời gian này", words.earlier_instalments(rules)),
        ("Cùng lĩnh vực", words.same_topic(rules)),
        ("Cùng nội dung", words.same_text(rules)),
        ("Độ dài khuyến nghị", words.lengths(regulation)),
    ]
    cells = tuple(Row((what, raised(how))) for what, how in rows)
    yield Table("limits", "Số lượng và độ dài của tác phẩm", ("Nội dung", "Quy định"), cells)


def dossier(regulation: Regulation) -> Iterator[Table]:
    """Set the files of every category; what all ask for in the same words stands once."""
    shared = shared_slots(regulation.categories)
    rows: list[Row] = []
    for category in regulation.categories:
        own = [slot for slot in category.slots if slot not in shared]
        rows += [Row((category.name,), "group"), *(_slot(slot) for slot in own)]
    if shared:
        rows += [Row(("Mọi loại hình",), "group"), *(_slot(slot) for slot in shared)]
    columns = ("Thành phần", "Loại tệp", "Số tệp", "Dung lượng mỗi tệp")
    yield Table("dossier", "Hồ sơ dự thi theo loại hình", columns, tuple(rows), frozenset({2, 3}))


def shared_slots(of: tuple[Category, ...]) -> list[Slot]:
    """List the slots that every category has in the same words."""
    first, *others = of
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


def statements(regulation: Regulation) -> Iterator[Table]:
    """Set what the sender confirms."""
    rows = tuple(
        Row((STATEMENT_WORDS[one.kind] + ("" if one.required else " (tùy chọn)"), one.text))
        for one in regulation.statements
    )
    yield Table("statements", "Cam kết và sự đồng ý của người gửi", ("Loại", "Nội dung"), rows)
