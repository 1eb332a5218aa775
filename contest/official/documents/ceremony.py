"""Papers of the ceremony: who comes to the stage in which order, and the letters that invite them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contest.official.documents.prize_list import Line, titled
from contest.official.kinds import Field
from contest.official.setting import Setting, two_digits, within
from contest.printing.official import (
    Column,
    Document,
    Holds,
    Manner,
    Paragraph,
    Row,
    RowKind,
    Sheet,
    Table,
    Words,
    bold,
    keep,
)
from contest.printing.official.balance import balanced
from contest.results.lists import Section
from contest.web.quoting import quoted


def ceremony(setting: Setting, sections: Sequence[Section]) -> Document:
    """Describe the list by which prizes are handed over, the highest last."""
    calls = list(in_order(sections))
    rows: list[Row] = []
    number, prize = 0, None
    for section, name, line in calls:
        if (section, name) != prize:
            prize = (section, name)
            count = sum((each, called) == prize for each, called, _ in calls)
            heading = name if not section else f"{name}, {section}"
            rows.append(Row((f"{heading}: {two_digits(count)} giải",), RowKind.GROUP))
        number += 1
        rows.append(Row((number, read_aloud(line), receiver(line), titled(line) if "title" in line else "", "")))
    columns = (
        Column("Thứ tự", Holds.COUNT, 16),
        Column("Tên xướng trên lễ đài"),
        Column("Người lên nhận", width=52),
        Column("Tác phẩm", width=70),
        Column("Ghi chú", width=26),
    )
    when = [f"Thời gian: {setting.fields[Field.HELD_AT]}." if setting.fields.get(Field.HELD_AT) else ""]
    when.append(f"Địa điểm: {setting.fields[Field.VENUE]}." if setting.fields.get(Field.VENUE) else "")
    sheet = Sheet(
        "DANH SÁCH TRAO GIẢI",
        about=balanced(setting.contest_name, 240, weight=400),
        head=setting.head(numbered=False),
        blocks=(
            *(Paragraph(line, Manner.FLAT) for line in when if line),
            Table(columns, tuple(rows), empty="Không có giải nào."),
            Paragraph(f"Danh sách có {two_digits(number)} lượt trao, xếp theo thứ tự lên nhận giải.", Manner.NOTE),
            *setting.small_print(),
        ),
        lies=True,
    )
    return Document(f"Danh sách trao giải {setting.contest_name}", (sheet,), setting.day)


def in_order(sections: Sequence[Section]) -> Iterator[tuple[str, str, Line]]:
    """Give the prizes in the order in which they are handed over, with what stands over them.

    Tiers of all groups together from the lowest up; then prizes of newsrooms, thematic prizes and special ones.
    """
    groups = [section for section in sections if section.kind in ("category", "group", "pooled")]
    tiers = list(dict.fromkeys(prize.name for section in groups for prize in section.prizes))
    for tier in reversed(tiers):
        for section in groups:
            for prize in section.prizes:
                if prize.name == tier:
                    for line in prize.lines:
                        yield section.name if section.kind != "pooled" else "", tier, line
    for kind in ("collective", "thematic", "special"):
        for section in sections:
            if section.kind == kind:
                for prize in section.prizes:
                    for line in prize.lines:
                        yield "", prize.name, line


def read_aloud(line: Line) -> Words:
    """Write the names as they are read aloud: whole, without pen names, the unit after them."""
    if "title" not in line:
        return str(line["outlet"])
    names = [author["name"] for author in line["authors"]]
    if len(names) < 2:
        who = f"Tác giả {names[0]}" if names else "Tác giả"
    else:
        who = f"Nhóm tác giả {', '.join(names[:-1])} và {names[-1]}"
    return f"{who}, {line['unit']}" if line["unit"] else who


def receiver(line: Line) -> Words:
    """Name who comes to the stage: the author, the head of the group, or somebody of the newsroom."""
    if "title" not in line:
        return "Đại diện lãnh đạo cơ quan"
    lead = next((author for author in line["authors"] if author["lead"]), None)
    lead = lead or (line["authors"][0] if line["authors"] else None)
    if lead is None:
        return ""
    return (keep(lead["name"]), " (đại diện nhóm)") if len(line["authors"]) > 1 else (keep(lead["name"]),)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited, with the prizes for which."""

    name: str
    unit: str
    prizes: tuple[tuple[str, str], ...]
    """Name of each prize and title of its work; newsrooms have no title."""
    is_newsroom: bool = False


def guests(sections: Sequence[Section]) -> tuple[Guest, ...]:
    """Everybody who won, each once, in the order of the list."""
    found: dict[str, Guest] = {}
    for section in sections:
        for prize in section.prizes:
            for line in prize.lines:
                if "title" not in line:
                    entries = [(f"outlet:{line['outlet']}", line["outlet"], "", True)]
                else:
                    entries = [(author["subject"], author["name"], line["unit"], False) for author in line["authors"]]
                won = (prize.name, titled(line) if "title" in line else "")
                for key, name, unit, is_newsroom in entries:
                    before = found.get(key)
                    found[key] = Guest(name, unit, (*(before.prizes if before else ()), won), is_newsroom)
    return tuple(found.values())


def invitations(setting: Setting, invited: Sequence[Guest]) -> Document:
    """Describe the letters, one a sheet."""
    sheets = tuple(_letter(setting, guest) for guest in invited)
    if not sheets:
        sheets = (Sheet("GIẤY MỜI", head=setting.head(), blocks=(Paragraph("Chưa có ai đạt giải."),)),)
    return Document(f"Giấy mời dự lễ trao giải {setting.contest_name}", sheets, setting.day)


def _letter(setting: Setting, guest: Guest) -> Sheet:
    won = "; ".join(
        f"{within(prize)} với tác phẩm {quoted(title)}" if title else within(prize) for prize, title in guest.prizes
    )
    named: tuple[Paragraph, ...]
    if guest.is_newsroom:
        named = (Paragraph(("Đại diện lãnh đạo ", bold(guest.name)), Manner.CENTRED),)
    else:
        named = (
            Paragraph(("Ông (bà) ", bold(guest.name)), Manner.CENTRED),
            *((Paragraph(guest.unit, Manner.CENTRED),) if guest.unit else ()),
        )
    fields = setting.fields
    return Sheet(
        "GIẤY MỜI",
        about=balanced(f"dự lễ trao giải {setting.contest_name}", 140),
        ruled=True,
        head=setting.head(),
        blocks=(
            Paragraph(f"{setting.issuer} trân trọng kính mời:"),
            *named,
            Paragraph(f"tới dự Lễ tổng kết, trao giải Cuộc thi và nhận {won}."),
            Paragraph(("Thời gian: ", bold(fields.get(Field.HELD_AT, "") or "……………………")), Manner.FLAT),
            Paragraph(("Địa điểm: ", bold(fields.get(Field.VENUE, "") or "……………………")), Manner.FLAT),
            *(Paragraph(line) for line in setting.lines(Field.REMARKS)),
            Paragraph("Rất hân hạnh được đón tiếp./."),
            setting.closing(),
            *setting.small_print(),
        ),
    )
