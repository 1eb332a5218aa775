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
    """Describe the list of prize money; where some of it was paid before, with what is left to pay or to take back.

    :param decision: number and day of the decision that it carries out
    """
    is_counted = any(each.paid for each in payments)
    table = _counted(payments) if is_counted else _plain(payments)
    to_pay = sum(max(each.left, 0) for each in payments)
    to_return = sum(max(-each.left, 0) for each in payments)
    sums = [_sum("Tổng số tiền còn phải chi" if is_counted else "Tổng số tiền", to_pay, setting)]
    if to_return:
        sums.append(_sum("Tổng số tiền phải thu hồi", to_return, setting))
    sheet = Sheet(
        "BẢNG KÊ TIỀN THƯỞNG",
        about=balanced(setting.contest_name, 240, weight=400),
        beside=f"(Thực hiện {decision})" if decision else "",
        head=setting.head(numbered=False),
        blocks=(table, *sums, _three_sign(setting), *setting.small_print()),
        lies=True,
    )
    return Document(f"Bảng kê tiền thưởng {setting.contest_name}", (sheet,), setting.day)


def _plain(payments: Sequence[Payment]) -> Table:
    rows = [
        Row((number, each.name, each.unit, each.what, each.prize, each.amount, ""))
        for number, each in enumerate(payments, 1)
    ]
    if rows:
        rows.append(Row(("Tổng cộng", sum(each.amount for each in payments), ""), RowKind.TOTAL, (5, 1, 1)))
    columns = (
        Column("STT", Holds.COUNT, 11),
        Column("Người nhận", width=52),
        Column("Đơn vị", width=46),
        Column("Tác phẩm"),
        Column("Giải", width=34),
        Column("Số tiền (đồng)", Holds.MONEY, 28),
        Column("Ký nhận", width=30),
    )
    return Table(columns, tuple(rows), empty="Không có khoản nào.", is_form=bool(rows))


def _counted(payments: Sequence[Payment]) -> Table:
    lines = [(each.amount, each.paid, max(each.left, 0), max(-each.left, 0)) for each in payments]
    rows = [
        Row((number, each.name, each.unit, each.what, each.prize, *figures, ""))
        for number, (each, figures) in enumerate(zip(payments, lines, strict=True), 1)
    ]
    totals = [sum(column) for column in zip(*lines, strict=True)]
    rows.append(Row(("Tổng cộng", *totals, ""), RowKind.TOTAL, (5, 1, 1, 1, 1, 1)))
    columns = (
        Column("STT", Holds.COUNT, 10),
        Column("Người nhận", width=34),
        Column("Đơn vị", width=32),
        Column("Tác phẩm"),
        Column("Giải", width=24),
        Column("Tiền thưởng (đồng)", Holds.MONEY, 25),
        Column("Đã chi (đồng)", Holds.MONEY, 25),
        Column("Còn phải chi (đồng)", Holds.MONEY, 25),
        Column("Phải thu hồi (đồng)", Holds.MONEY, 25),
        Column("Ký nhận", width=20),
    )
    return Table(columns, tuple(rows), is_form=True)


def _sum(what: str, amount: int, setting: Setting) -> Paragraph:
    words = sum_in_words(amount, setting.usage)
    return Paragraph((f"{what}: ", bold(f"{dotted(amount)} đồng"), f". Bằng chữ: {words}."), Manner.NOTE)


def _three_sign(setting: Setting) -> Closing:
    head = setting.closing().signatures
    return Closing((Signature(("NGƯỜI LẬP BẢNG",)), Signature(("KẾ TOÁN",)), *head))
