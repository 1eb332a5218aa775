"""The list by which prize money is paid, with its sum in words and room for signatures."""

from __future__ import annotations

from collections.abc import Sequence

from contest.official.material import Payment
from contest.official.setting import Setting
from contest.printing.official import (
    Closing,
    Column,
    Document,
    Holds,
    Manner,
    Paragraph,
    Row,
    RowKind,
    Sheet,
    Signature,
    Table,
    bold,
)
from contest.printing.official.balance import balanced
from contest.printing.official.language import dotted
from contest.printing.official.spoken import sum_in_words


def payment_list(setting: Setting, payments: Sequence[Payment], *, decision: str) -> Document:
    """Describe the list of prize money.

    :param decision: number and day of the decision that it carries out
    """
    total = sum(each.amount for each in payments)
    rows = [
        Row((number, each.name, each.unit, each.what, each.prize, each.amount, ""))
        for number, each in enumerate(payments, 1)
    ]
    if rows:
        rows.append(Row(("Tổng cộng", total, ""), RowKind.TOTAL, (5, 1, 1)))
    columns = (
        Column("STT", Holds.COUNT, 11),
        Column("Người nhận", width=52),
        Column("Đơn vị", width=46),
        Column("Tác phẩm"),
        Column("Giải", width=34),
        Column("Số tiền (đồng)", Holds.MONEY, 28),
        Column("Ký nhận", width=30),
    )
    sheet = Sheet(
        "BẢNG KÊ TIỀN THƯỞNG",
        about=balanced(setting.contest_name, 240, weight=400),
        beside=f"(Thực hiện {decision})" if decision else "",
        head=setting.head(numbered=False),
        blocks=(
            Table(columns, tuple(rows), empty="Không có khoản nào.", is_form=bool(rows)),
            Paragraph(
                ("Tổng số tiền: ", bold(f"{dotted(total)} đồng"), f". Bằng chữ: {sum_in_words(total, setting.usage)}."),
                Manner.NOTE,
            ),
            _three_sign(setting),
            *setting.small_print(),
        ),
        lies=True,
    )
    return Document(f"Bảng kê tiền thưởng {setting.contest_name}", (sheet,), setting.day)


def _three_sign(setting: Setting) -> Closing:
    head = setting.closing().signatures
    return Closing((Signature(("NGƯỜI LẬP BẢNG",)), Signature(("KẾ TOÁN",)), *head))
