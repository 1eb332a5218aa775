"""The submission that asks for the prizes, and the notice under which the proposed list hangs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contest.official.documents.decision import comes_with
from contest.official.documents.prize_list import prize_list
from contest.official.kinds import Field
from contest.official.setting import Setting, giving, long_date, two_digits
from contest.printing.official import Column, Document, Holds, Manner, Paragraph, Row, RowKind, Sheet, Table, bold
from contest.printing.official.balance import balanced
from contest.printing.official.language import dotted
from contest.printing.official.spoken import in_words
from contest.results.lists import Section


def proposal(setting: Setting, sections: Sequence[Section], *, entered: int, judged: int) -> Document:
    """Describe the submission: how many works there were, which prizes are asked for, and what they come to.

    :param entered: works that were received
    :param judged: works that were judged in the last round
    """
    name, total = setting.contest_name, sum(each.count for each in sections)
    paid = sum(each.paid for each in sections)
    sheet = Sheet(
        "TỜ TRÌNH",
        about=balanced(f"về việc {giving(name)}", 140),
        ruled=True,
        head=setting.head(),
        blocks=(
            Paragraph(("Kính gửi: ", bold(setting.fields[Field.ADDRESSEE])), Manner.CENTRED),
            Paragraph(
                f"Thực hiện Thể lệ {name}, Ban Tổ chức đã tiếp nhận {two_digits(entered)} tác phẩm dự thi; "
                f"{two_digits(judged)} tác phẩm được chấm ở vòng cuối. Căn cứ kết quả chấm đã chốt, "
                f"{setting.issuer} đề nghị xét tặng {two_digits(total)} giải, cụ thể như sau:"
            ),
            summary(sections),
            Paragraph(
                f"Tổng tiền thưởng: {dotted(paid)} đồng (bằng chữ: {in_words(paid, setting.usage)} đồng), "
                "chi từ nguồn kinh phí tổ chức Cuộc thi. Danh sách đề nghị kèm theo Tờ trình này."
            ),
            Paragraph(f"Kính trình {setting.fields[Field.ADDRESSEE]} xem xét, quyết định./."),
            setting.closing(),
            *setting.small_print(),
        ),
    )
    annex = prize_list(
        sections, contest_name=name, beside=comes_with(setting, "Tờ trình"), with_money=True, decided=False
    )
    return Document(f"Tờ trình tặng giải {name}", (sheet, annex), setting.day)


def summary(sections: Sequence[Section]) -> Table:
    """Count the prizes by name, with what is paid for them."""
    counts: dict[str, list[int]] = {}
    for section in sections:
        for prize in section.prizes:
            found = counts.setdefault(prize.name, [0, 0])
            found[0] += len(prize.lines)
            found[1] += sum(line["money"] for line in prize.lines)
    given = {name: (count, paid) for name, (count, paid) in counts.items() if count}
    rows = [Row((number, name, count, paid)) for number, (name, (count, paid)) in enumerate(given.items(), 1)]
    total = Row(
        ("Tổng cộng", sum(count for count, _ in given.values()), sum(paid for _, paid in given.values())),
        RowKind.TOTAL,
        (2, 1, 1),
    )
    columns = (
        Column("STT", Holds.COUNT, 12),
        Column("Giải"),
        Column("Số lượng", Holds.COUNT, 30),
        Column("Tiền thưởng (đồng)", Holds.MONEY, 45),
    )
    return Table(columns, (*rows, total) if rows else ())


def notice(setting: Setting, sections: Sequence[Section], *, opens_on: date, until: date, contact: str) -> Document:
    """Describe the notice of the posting: how long the list hangs, and where somebody objects; no money.

    :param contact: where to write and call, as the regulation says
    """
    name, total = setting.contest_name, sum(each.count for each in sections)
    where = " ".join(line.strip() for line in contact.splitlines() if line.strip()).rstrip(".")
    sheet = Sheet(
        "THÔNG BÁO",
        about=balanced(f"niêm yết danh sách đề nghị tặng giải {name}", 140),
        ruled=True,
        head=setting.head(),
        blocks=(
            Paragraph(
                f"{setting.issuer} niêm yết công khai danh sách {two_digits(total)} giải được đề nghị tặng tại "
                f"{name} (danh sách kèm theo)."
            ),
            Paragraph(
                f"Thời gian niêm yết: từ {long_date(opens_on)} đến hết {long_date(until)}. "
                "Kết quả niêm yết là kết quả dự kiến, chưa phải quyết định tặng giải."
            ),
            Paragraph(
                "Trong thời gian niêm yết, tổ chức, cá nhân có ý kiến, khiếu nại về tác phẩm, tác giả có tên trong "
                f"danh sách gửi về {where}."
            ),
            Paragraph("Thông báo để các cơ quan báo chí, tác giả, nhóm tác giả và bạn đọc được biết./."),
            setting.closing(),
            *setting.small_print(),
        ),
    )
    annex = prize_list(
        sections, contest_name=name, beside=comes_with(setting, "Thông báo"), with_money=False, decided=False
    )
    return Document(f"Thông báo niêm yết {name}", (sheet, annex), setting.day)
