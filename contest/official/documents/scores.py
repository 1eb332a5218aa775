"""The table of scores of a round: every work with the total of each juror, the mean and the place."""

from __future__ import annotations

from collections.abc import Sequence

from contest.official.material import Group
from contest.official.setting import Setting, numeral
from contest.printing.official import (
    Closing,
    Column,
    Document,
    Heading,
    Holds,
    Manner,
    Paragraph,
    Row,
    Sheet,
    Signature,
    Table,
)
from contest.printing.official.balance import balanced

JURORS_BY_NAME = 7
"""So many jurors have a column each; of more only the number of sheets, the lowest and the highest are told."""


def scores(
    setting: Setting, groups: Sequence[Group], *, round_name: str, sealed: str, chair: str, members: Sequence[str]
) -> Document:
    """Describe the table of scores.

    :param sealed: the moment and the SHA-256 of the sealed result
    :param members: names of the council; whoever does not preside signs under the tables
    """
    blocks: list[Heading | Table | Paragraph | Closing] = []
    for number, group in enumerate(groups, 1):
        blocks += [Heading(f"{numeral(number)}. {group.name.upper()}"), _table(group)]
    if not groups:
        blocks.append(Paragraph("Không có tác phẩm nào."))
    blocks.append(Paragraph(sealed, Manner.NOTE))
    blocks.append(Closing((Signature(("NGƯỜI TỔNG HỢP",)), Signature(("CHỦ TỊCH HỘI ĐỒNG",), chair))))
    others = [name for name in members if name != chair]
    if others:
        blocks += [Heading("CÁC THÀNH VIÊN HỘI ĐỒNG"), signing(others)]
    sheet = Sheet(
        "BẢNG TỔNG HỢP ĐIỂM",
        about=(round_name, *balanced(setting.contest_name, 240, weight=400)),
        head=setting.head(numbered=False),
        blocks=(*blocks, *setting.small_print()),
        lies=True,
    )
    return Document(f"Bảng tổng hợp điểm {round_name}", (sheet,), setting.day)


def _table(group: Group) -> Table:
    named = 0 < len(group.jurors) <= JURORS_BY_NAME
    heads = group.jurors if named else ("Số phiếu", "Thấp nhất", "Cao nhất")
    columns = (
        Column("Xếp thứ", Holds.COUNT, 14),
        Column("Mã số", Holds.COUNT, 20),
        Column("Tên tác phẩm"),
        *(Column(head, Holds.COUNT, 20 if len(heads) < 6 else 18) for head in heads),
        Column("Điểm", Holds.COUNT, 18),
        Column("Kết quả", Holds.COUNT, 24),
    )
    rows = []
    for line in group.lines:
        count = sum(bool(total) for total in line.totals)
        marks = line.totals if named else (str(count), line.lowest, line.highest)
        rows.append(Row((line.place, line.code, line.title, *marks, line.mean, line.outcome)))
    return Table(columns, tuple(rows), empty="Không có tác phẩm nào.")


def signing(members: Sequence[str]) -> Table:
    """A table in which the members of a council sign."""
    columns = (
        Column("STT", Holds.COUNT, 12),
        Column("Họ và tên"),
        Column("Chữ ký", width=60),
    )
    return Table(columns, tuple(Row((number, name, "")) for number, name in enumerate(members, 1)), is_form=True)
