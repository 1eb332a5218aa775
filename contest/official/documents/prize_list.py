"""The list of prizes as an annex: by part and tier, authors with their pen names, and what is paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contest.official.setting import numeral, two_digits
from contest.printing.official import Column, Holds, Manner, Paragraph, Row, RowKind, Sheet, Table, Words, italic, keep
from contest.printing.official.balance import balanced
from contest.printing.official.language import Cell, dotted, joined
from contest.results.lists import Kind, Section

HEADINGS = {
    Kind.SPECIAL: "GIẢI ĐẶC BIỆT",
    Kind.POOLED: "GIẢI CHUNG CHO CÁC LOẠI HÌNH",
    Kind.THEMATIC: "GIẢI CHUYÊN ĐỀ",
    Kind.COLLECTIVE: "GIẢI TẬP THỂ",
}

Line = Mapping[str, Any]


def prize_list(
    sections: Sequence[Section], *, contest_name: str, beside: str, with_money: bool, decided: bool
) -> Sheet:
    """Describe the list as a sheet that lies across.

    :param beside: what it comes with, in brackets
    :param decided: whether the prizes are given, not only proposed
    """
    newsrooms = any(section.is_of_newsrooms and section.count for section in sections)
    total = sum(each.count for each in sections)
    who = "tác giả, nhóm tác giả" + (", tập thể" if newsrooms else "")
    given = "đạt giải" if decided else "được đề nghị tặng giải"
    said = f"Danh sách có {two_digits(total)} giải."
    if with_money:
        said += f" Tổng tiền thưởng: {dotted(sum(each.paid for each in sections))} đồng."
    return Sheet(
        "DANH SÁCH",
        about=(f"{who} {given}", *balanced(contest_name, 240, weight=400)),
        beside=beside,
        blocks=(table_of(sections, with_money=with_money), Paragraph(said, Manner.NOTE)),
        lies=True,
    )


def table_of(sections: Sequence[Section], *, with_money: bool) -> Table:
    """Describe the table of the list."""
    mixed = any(section.names_categories and section.count for section in sections)
    columns = [
        Column("STT", Holds.COUNT, 11),
        Column("Tên tác phẩm"),
        Column("Tác giả, nhóm tác giả\n(bút danh)", width=56 if mixed else 62),
        Column("Cơ quan, đơn vị", width=42),
        Column("Loại hình,\nthể loại" if mixed else "Thể loại", width=34 if mixed else 24),
        Column("Giải", Holds.COUNT, 26),
    ]
    if with_money:
        columns.append(Column("Mức thưởng (đồng)", Holds.MONEY, 25))
    return Table(tuple(columns), tuple(_rows(sections, with_money)), empty="Không có giải nào.")


def _rows(sections: Sequence[Section], with_money: bool) -> Iterator[Row]:
    number = 0
    for part, section in enumerate((each for each in sections if each.count), 1):
        heading = HEADINGS.get(section.kind) or (
            f"LOẠI HÌNH {section.name.upper()}" if section.kind is Kind.CATEGORY else section.name.upper()
        )
        yield Row((f"{numeral(part)}. {heading} ({two_digits(section.count)} giải)",), RowKind.GROUP)
        for prize in section.given:
            yield Row((f"{prize.name}: {two_digits(len(prize.lines))} giải",), RowKind.TIER)
            for line in prize.lines:
                number += 1
                money = (reward(line),) if with_money else ()
                if section.is_of_newsrooms:
                    yield Row((number, line["outlet"], *money), spans=(1, 5, *(1 for _ in money)))
                else:
                    yield Row((number, *_work(line, section, prize.name), *money))


def _work(line: Line, section: Section, prize: str) -> tuple[Cell, ...]:
    genre = line["genre_name"]
    if section.names_categories:
        genre = f"{line['category_name']}, {genre[:1].lower()}{genre[1:]}"
    return titled(line), authors_of(line), line["unit"], genre, prize.removeprefix("Giải ")


def titled(line: Line) -> str:
    """Write a title with the number of its instalments."""
    count, title = len(line["instalments"]), str(line["title"])
    return title if count < 2 or title.startswith("Loạt") else f"Loạt {count} kỳ: {title}"


def authors_of(line: Line) -> Words:
    """Write the authors of a work, one a line, with their pen names in brackets."""
    return joined((author(each) for each in line["authors"]), ",\n")


def author(one: Mapping[str, Any]) -> Words:
    """Write an author as lists do: the name, and the pen names in brackets."""
    name = keep(one["name"])
    return (name, " ", italic(f"({one['pen_names']})")) if one["pen_names"] else (name,)


def reward(line: Line) -> str:
    """Write what comes with a prize: money, a thing, or both."""
    money = dotted(line["money"]) if line["money"] or not line["in_kind"] else ""
    return "\n".join(part for part in (money, line["in_kind"]) if part)
