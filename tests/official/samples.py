"""Every document described from made-up values, with as many rows as asked."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from contest.official.documents.decision import decision
from contest.official.kinds import Field, Kind
from contest.official.setting import Setting
from contest.printing.official import Document
from contest.results import lists

PARTY = SimpleNamespace(profile="party", superior="TỈNH ỦY QUẢNG NGÃI", issuer="BAN TUYÊN GIÁO VÀ DÂN VẬN")
STATE = SimpleNamespace(profile="state", superior="HỘI NHÀ BÁO VIỆT NAM", issuer="HỘI NHÀ BÁO\nTỈNH QUẢNG NGÃI")
TIERS = (("A", "Giải A"), ("B", "Giải B"), ("C", "Giải C"), ("KK", "Giải Khuyến khích"))
GROUPS = (("BAO_IN", "Báo in"), ("TRUYEN_HINH", "Truyền hình"))


def setting(letterhead: Any = PARTY) -> Setting:
    """The head, the hand and the fields of a document."""
    return Setting(
        contest_name="Cuộc thi báo chí viết về tấm gương “Dân vận khéo” tỉnh Quảng Ngãi, giai đoạn 2021–2025",
        letterhead=letterhead,
        issuer="Ban Tuyên giáo và Dân vận Tỉnh ủy",
        fields={
            Field.NUMBER: "127-QĐ/BTGDVTU",
            Field.DATED_ON: "2025-10-06",
            Field.PLACE: "Quảng Ngãi",
            Field.ADDRESSEE: "Thường trực Tỉnh ủy Quảng Ngãi",
            Field.GROUNDS: "Căn cứ Thể lệ Cuộc thi;\nXét đề nghị của Ban Thư ký Cuộc thi,",
            Field.AUTHORITY: "TRƯỞNG BAN TUYÊN GIÁO VÀ DÂN VẬN",
            Field.HELD_AT: "08 giờ 00 phút, ngày 15 tháng 10 năm 2025",
            Field.VENUE: "Hội trường Tỉnh ủy",
            Field.REMARKS: "Rất mong sự có mặt của quý vị.",
            Field.POWER: "T/M BAN TỔ CHỨC",
            Field.SIGNER_TITLE: "TRƯỞNG BAN",
            Field.SIGNER_NAME: "Phạm Trường Giang",
            Field.RECIPIENTS: "Như Điều 4;\nLưu: VT, hồ sơ Cuộc thi.",
        },
        vouched="Nhật ký hệ thống: dòng 128, mã SHA-256 " + " ".join(["9f2c41ab"] * 8),
    )


def line(number: int) -> dict[str, Any]:
    """One prize of a work; every seventh is of six authors and has a long title."""
    many = number % 7 == 3
    title = (
        "Khi dân bàn, dân làm, dân kiểm tra, dân thụ hưởng ở những công trình đi qua ruộng lúa"
        if many
        else "Tổ dân vận"
    )
    names = ("Đặng Thị Ẩn Hương", "Võ Thanh Lộc", "Nguyễn Đức Khánh", "Hồ Ngọc Ỷ", "Bùi Thị Phượng", "Đinh Xuân Hiếu")
    return {
        "award_id": number,
        "entry_id": number,
        "entry_code": f"BI-{number:04}",
        "shown_code": f"BI-{number:04}",
        "section": GROUPS[number % 2][0],
        "tier": TIERS[min(number % 11 // 2, 3)][0],
        "tier_name": TIERS[min(number % 11 // 2, 3)][1],
        "place": number,
        "title": f"{title} số {number}",
        "category": GROUPS[number % 2][0],
        "category_name": GROUPS[number % 2][1],
        "genre_name": "Phóng sự",
        "instalments": [{"title": "Kỳ 1"}] * (1 + number % 3),
        "authors": [
            {
                "subject": f"{number}-{place}",
                "name": name,
                "pen_names": "Hoài Ân, Sông Vệ" if place % 2 else "",
                "role": "",
                "lead": not place,
            }
            for place, name in enumerate(names[: 6 if many else 1 + number % 2])
        ],
        "unit": "Báo và Phát thanh, Truyền hình Quảng Ngãi",
        "outlet": "Báo Quảng Ngãi",
        "money": 15_000_000 - 1_000_000 * (number % 11),
        "in_kind": "",
        "worth": 0,
    }


def sections(rows: int) -> tuple[lists.Section, ...]:
    """A list of so many prizes."""
    parts = [
        {
            "code": code,
            "name": name,
            "kind": "category",
            "prizes": [{"code": tier, "name": label, "quota": None, "floor": 0} for tier, label in TIERS],
        }
        for code, name in GROUPS
    ]
    return lists.grouped(parts, [line(number) for number in range(rows)])


DOCUMENTS: dict[Kind, Callable[[Setting, int], Document]] = {
    Kind.DECISION: lambda setting, rows: decision(setting, sections(rows), with_money=True),
}
