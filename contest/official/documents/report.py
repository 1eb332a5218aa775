"""The final report: the contest in figures, each with its chart and its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contest.official.documents.proposal import summary
from contest.official.kinds import Field
from contest.official.material import Counted, Work
from contest.official.setting import Setting, numeral, two_digits
from contest.printing.official import (
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Holds,
    Manner,
    Paragraph,
    Row,
    RowKind,
    Sheet,
    Table,
)
from contest.printing.official.balance import balanced
from contest.printing.official.language import dotted
from contest.printing.official.spoken import in_words
from contest.results.lists import Section

CHARTED = 20
"""Bars in one chart at most; a note says so, and the table below tells the rest."""


def report(
    setting: Setting,
    *,
    opening: Sequence[str],
    counted: Sequence[Counted],
    jurors: Sequence[Work],
    sections: Sequence[Section],
    complaints: Sequence[str],
) -> Document:
    """Describe the report.

    :param opening: sentences about the contest and its numbers
    :param complaints: sentences about complaints; empty where none came in
    """
    parts = list(_parts(setting, opening, counted, jurors, sections, complaints))
    blocks: list[Block] = []
    for number, (title, content) in enumerate(parts, 1):
        blocks += [Heading(f"{numeral(number)}. {title.upper()}"), *content]
    sheet = Sheet(
        "BÁO CÁO",
        about=balanced(f"tổng kết {setting.contest_name}", 140),
        ruled=True,
        head=setting.head(),
        blocks=(*blocks, setting.closing(), *setting.small_print()),
    )
    return Document(f"Báo cáo tổng kết {setting.contest_name}", (sheet,), setting.day)


def _parts(
    setting: Setting,
    opening: Sequence[str],
    counted: Sequence[Counted],
    jurors: Sequence[Work],
    sections: Sequence[Section],
    complaints: Sequence[str],
) -> Iterator[tuple[str, list[Block]]]:
    yield "Khái quát", [Paragraph(sentence) for sentence in opening]
    for each in counted:
        yield each.title, list(figures(each))
    yield "Công việc của giám khảo", [_work(jurors)]
    paid = sum(section.paid for section in sections)
    given = sum(section.count for section in sections)
    yield (
        "Giải thưởng",
        [
            Paragraph(
                f"Đã quyết định tặng {two_digits(given)} giải, tổng tiền thưởng {dotted(paid)} đồng "
                f"(bằng chữ: {in_words(paid, setting.usage)} đồng)."
            ),
            summary(sections),
        ],
    )
    yield "Khiếu nại", [Paragraph(line) for line in complaints] or [Paragraph("Không có khiếu nại.")]
    remarks = setting.lines(Field.REMARKS)
    if remarks:
        yield "Nhận xét, kiến nghị", [Paragraph(line) for line in remarks]


def figures(counted: Counted) -> Iterator[Block]:
    """Draw what was counted as bars, and say it in a table."""
    if counted.lines:
        yield Chart(counted.says, counted.lines[:CHARTED])
    if len(counted.lines) > CHARTED:
        yield Paragraph(f"Biểu đồ chỉ vẽ {CHARTED} dòng đầu của bảng dưới đây.", Manner.NOTE)
    rows = [Row((number, name, count)) for number, (name, count) in enumerate(counted.lines, 1)]
    if rows and counted.is_summed:
        rows.append(Row(("Tổng cộng", sum(count for _, count in counted.lines)), RowKind.TOTAL, (2, 1)))
    columns = (Column("STT", Holds.COUNT, 14), Column(counted.by), Column(counted.of, Holds.COUNT, 40))
    yield Table(columns, tuple(rows))


def _work(jurors: Sequence[Work]) -> Table:
    columns = (
        Column("STT", Holds.COUNT, 12),
        Column("Giám khảo"),
        Column("Vòng", width=38),
        Column("Được giao", Holds.COUNT, 24),
        Column("Đã chấm", Holds.COUNT, 24),
        Column("Từ chối chấm", Holds.COUNT, 24),
    )
    rows = (
        Row((number, each.juror, each.round_name, each.assigned, each.sent, each.recused))
        for number, each in enumerate(jurors, 1)
    )
    return Table(columns, tuple(rows))
