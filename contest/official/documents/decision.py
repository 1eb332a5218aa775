"""The decision that gives the prizes, with the list of winners as its annex."""

from __future__ import annotations

from collections.abc import Sequence

from contest.official.documents.prize_list import prize_list
from contest.official.kinds import Field
from contest.official.setting import Setting, giving, long_date, two_digits
from contest.printing.official import Block, Document, Manner, Paragraph, Sheet
from contest.printing.official.balance import balanced
from contest.printing.official.language import articles
from contest.results.lists import Section


def decision(setting: Setting, sections: Sequence[Section], *, with_money: bool) -> Document:
    """Describe the decision: articles in the order of the decree, then the annex."""
    count = sum(section.count for section in sections)
    newsrooms = any(section.is_of_newsrooms and section.count for section in sections)
    who = "tác giả, nhóm tác giả" + (", tập thể" if newsrooms else "")
    name = setting.contest_name
    of = "của " if name.casefold().startswith("giải ") else ""
    given = articles(
        f"Tặng {two_digits(count)} giải {of}{name} cho các {who} có tên trong danh sách kèm theo Quyết định này.",
        "Mức thưởng thực hiện theo Thể lệ; kinh phí chi từ nguồn kinh phí tổ chức Cuộc thi.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        f"Ban Tổ chức, Ban Thư ký Cuộc thi và các {who} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )
    sheet = Sheet(
        "QUYẾT ĐỊNH",
        about=balanced(giving(name), 140),
        ruled=True,
        head=setting.head(),
        blocks=(*opening(setting), *given, setting.closing(), *setting.small_print()),
    )
    annex = prize_list(
        sections, contest_name=name, beside=comes_with(setting, "Quyết định"), with_money=with_money, decided=True
    )
    return Document(f"Quyết định tặng giải {name}", (sheet, annex), setting.day)


def opening(setting: Setting) -> tuple[Block, ...]:
    """What a decision rests on, and by whose authority it is taken."""
    grounds = (Paragraph(line, Manner.GROUND) for line in setting.lines(Field.GROUNDS))
    return (*grounds, Paragraph(f"{setting.fields[Field.AUTHORITY]}\nQUYẾT ĐỊNH:", Manner.ORDER))


def comes_with(setting: Setting, what: str) -> str:
    """Say of an annex what it comes with; a name that does not fit the line moves to the next as a whole."""
    kept = setting.issuer.replace(" ", "\N{NO-BREAK SPACE}")
    return f"(Kèm theo {what} số {setting.fields[Field.NUMBER]} {long_date(setting.day)} của {kept})"
