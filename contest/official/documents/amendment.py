"""The decision that changes an earlier one: corrects a name, suspends, revokes or gives back a prize."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contest.official.documents.decision import opening
from contest.official.documents.prize_list import authors_of, titled
from contest.official.setting import Setting, giving
from contest.printing.official import Article, Column, Document, Holds, Row, Sheet, Table, plain
from contest.printing.official.balance import balanced
from contest.results.lists import Kind
from contest.web.quoting import quoted

ABOUT = {
    "correction": "đính chính",
    "suspension": "tạm thu hồi giải tại",
    "revocation": "thu hồi giải tại",
    "restoration": "khôi phục giải tại",
}
FIRST = {
    "correction": "Đính chính nội dung của Quyết định số {number} {day} như sau:",
    "suspension": "Tạm thu hồi giải đã tặng theo Quyết định số {number} {day}, gồm:",
    "revocation": "Thu hồi giải đã tặng theo Quyết định số {number} {day}; danh sách đạt giải thay đổi như sau:",
    "restoration": "Khôi phục giải đã tặng theo Quyết định số {number} {day}, gồm:",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What is different of one prize: as it stood, and as it stands now."""

    what: str
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Compare two copies of a decision, prize by prize."""
    old, new = _written(before), _written(after)
    found = []
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was != now:
            what = (now or was or ("", ""))[0]
            found.append(Change(what, was[1] if was else "Không có giải", now[1] if now else "Không còn giải"))
    return tuple(found)


def _written(copy: Mapping[str, Any]) -> dict[tuple[Any, ...], tuple[str, str]]:
    """Every prize of a copy by what it is given for: what that is called, and how the list has it."""
    found: dict[tuple[Any, ...], tuple[str, str]] = {}
    kinds = {section["code"]: section.get("kind") for section in copy["sections"]}
    for line in copy["awards"]:
        said = [line["tier_name"], plain(authors_of(line)).replace("\n", " "), line["unit"], titled(line), _state(line)]
        name = f"{line.get('shown_code') or line.get('entry_code', '')} {quoted(line['title'])}"
        # In a group a work has one prize, which may become another; over the groups it may have several.
        several = line["tier"] if kinds.get(line["section"]) in (Kind.SPECIAL, Kind.THEMATIC) else ""
        found[line["entry_code"], line["section"], several] = (name, "; ".join(part for part in said if part))
    for line in copy["collective"]:
        said = [line["tier_name"], line["outlet"], _state(line)]
        found["", line["collective_id"]] = (line["outlet"], "; ".join(part for part in said if part))
    return found


def _state(line: Mapping[str, Any]) -> str:
    return "đang tạm thu hồi" if line.get("suspended") else ""


def amendment(
    setting: Setting, changed: Sequence[Change], *, kind: str, number: str, day: str, reason: str
) -> Document:
    """Describe the decision.

    :param kind: correction, suspension, revocation or restoration
    :param number: of the decision that it changes
    :param day: of that decision, in words
    """
    about = f"{ABOUT[kind]} {setting.contest_name}"
    if kind == "correction":
        about = f"đính chính Quyết định {giving(setting.contest_name)}"
    columns = (
        Column("STT", Holds.COUNT, 11),
        Column("Tác phẩm, đơn vị", width=42),
        Column("Đã ghi"),
        Column("Nay là"),
    )
    rows = tuple(Row((place, each.what, each.before, each.after)) for place, each in enumerate(changed, 1))
    return Document(
        f"Quyết định {about}",
        (
            Sheet(
                "QUYẾT ĐỊNH",
                about=balanced(about, 140),
                ruled=True,
                head=setting.head(),
                blocks=(
                    *opening(setting),
                    Article(1, FIRST[kind].format(number=number, day=day)),
                    Table(columns, rows, empty="Không có thay đổi nào trong danh sách."),
                    Article(2, f"Lý do: {reason.rstrip('.')}."),
                    Article(3, "Các nội dung khác của Quyết định nêu tại Điều 1 không thay đổi."),
                    Article(
                        4,
                        "Quyết định này có hiệu lực kể từ ngày ký. Ban Tổ chức, Ban Thư ký Cuộc thi và các tác "
                        "giả, đơn vị có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
                    ),
                    setting.closing(),
                    *setting.small_print(),
                ),
            ),
        ),
        setting.day,
    )
