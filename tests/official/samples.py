"""Every document described from made-up values, with as many rows as asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from contest.council.documents.minutes import laid_down
from contest.council.documents.telling import Figures, Told
from contest.council.documents.telling import Row as VoteRow
from contest.council.queries import Seat
from contest.council.stages import How
from contest.judging.documents import Paper, described
from contest.official.documents import ceremony, report, scores
from contest.official.documents.amendment import Change, amendment
from contest.official.documents.decision import decision
from contest.official.documents.payment import payment_list
from contest.official.documents.proposal import notice, proposal
from contest.official.kinds import Field, Kind
from contest.official.material import Counted, Group, Payment, Scored, Work
from contest.official.setting import Setting
from contest.printing.official import Document
from contest.results import lists

PARTY = SimpleNamespace(
    profile="party", superior="TỈNH ỦY QUẢNG NGÃI", issuer="BAN TUYÊN GIÁO VÀ DÂN VẬN", before_number="Số"
)
STATE = SimpleNamespace(
    profile="state", superior="HỘI NHÀ BÁO VIỆT NAM", issuer="HỘI NHÀ BÁO\nTỈNH QUẢNG NGÃI", before_number="Số:"
)
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


def sections(rows: int, *, posted: bool = False) -> tuple[lists.Section, ...]:
    """A list of so many prizes, or the same as it is posted."""
    parts = [
        {
            "code": code,
            "name": name,
            "kind": "category",
            "prizes": [{"code": tier, "name": label, "quota": None, "floor": 0} for tier, label in TIERS],
        }
        for code, name in GROUPS
    ]
    lines = [line(number) for number in range(rows)]
    return lists.grouped(parts, lists.for_notice(lines) if posted else lines)


def score_sheets(rows: int) -> Document:
    """So many sheets of one juror, some with a long comment."""
    criteria = [
        SimpleNamespace(code=str(number), name=name, maximum=2500, step=50, weight=1, comment_below=None)
        for number, name in enumerate(("Bám sát chủ đề “Dân vận khéo”", "Tính phát hiện", "Bút pháp, lời văn"))
    ]
    papers = [
        Paper(
            name=f"BI-{number:04}",
            title="Giữ rừng quế Trà Bồng bằng lòng dân",
            category="Báo in",
            genre="Phóng sự",
            instalments=1 + number % 3,
            rubric=criteria,  # type: ignore[arg-type]
            highest=Fraction(7500),
            marks={"0": "18,5", "1": "22", "2": "17"},
            comment="Đề tài sát cơ sở, nhân vật có thật. " * (number % 30),
            total=Fraction(5750),
            received_at=datetime(2025, 9, 16, 21, 14, 7, tzinfo=UTC),
            revision=1,
            fingerprint="9f2c41ab" * 8,
        )
        for number in range(rows)
    ]
    return described(
        papers,
        title="Phiếu chấm",
        round_name="Vòng chung khảo",
        juror="Đặng Thị Ẩn Hương",
        letterhead=SimpleNamespace(**vars(PARTY), place="Quảng Ngãi"),  # type: ignore[arg-type]
        year=2025,
        vouched=setting().vouched,
    )


def meeting(rows: int) -> Document:
    """The minutes of a meeting with so many steps; every tenth is a ballot on several works."""
    people = [SimpleNamespace(id=number, name=f"Đinh Xuân Hiếu {number}") for number in range(3 if rows else 1)]
    at = datetime(2025, 9, 18, 1, 0, tzinfo=UTC)
    held = SimpleNamespace(
        number=2,
        title="Xét giải chung khảo",
        place="Phòng họp số 2",
        reference="03/BB-HĐCK",
        opened_at=at,
        closed_at=at + timedelta(hours=3) if rows else None,
        conclusion="Hội đồng thống nhất.\nNiêm yết từ ngày 20 tháng 9.",
        chair=people[0],
        secretary=people[-1],
        chair_id=people[0].id,
        secretary_id=people[-1].id,
        round=SimpleNamespace(
            name="Vòng chung khảo",
            regulation=SimpleNamespace(
                name=setting().contest_name, letterhead=SimpleNamespace(**vars(STATE), place="Quảng Ngãi")
            ),
        ),
    )
    ballot = Figures(
        "Giải nào cho tác phẩm nào?", ("7 phiếu.",), tuple(VoteRow(f"Tác phẩm {i}", "7/7", "Giải A") for i in range(9))
    )
    steps = [
        Told(
            at,
            at,
            f"Hội đồng thảo luận tác phẩm số {number}.",
            "Đề nghị xem lại\nkỳ 2",
            [ballot] if number % 10 == 4 else (),
            number % 9 == 5,
        )
        for number in range(rows)
    ]
    seats = [Seat(person, (), not person.id, How.ROOM, "", at) for person in people]  # type: ignore[arg-type]
    last = SimpleNamespace(audit_number=128, audit_hash="9f2c41ab" * 8)
    return laid_down(held, seats=seats, quorum=2, steps=steps, last=last)  # type: ignore[arg-type]


def groups(rows: int) -> list[Group]:
    """Works with the totals of seven jurors, in groups of a hundred."""
    jurors = ("Đặng Hương", "Võ Lộc", "Nguyễn Khánh", "Hồ Ỷ", "Bùi Phượng", "Đinh Hiếu", "Lý Vỹ")
    return [
        Group(
            f"Loại hình {first // 100}",
            jurors[: 7 - first // 100],
            tuple(
                Scored(
                    str(number + 1),
                    f"BI-{number:04}",
                    "Người nối nhịp cầu tiếng Hrê ở Ba Tơ " * (1 + number % 3),
                    ("89,5",) * (7 - first // 100),
                    "80",
                    "89,5",
                    "86,25",
                    "Giải A" if number < 3 else "",
                )
                for number in range(first, min(first + 100, rows))
            ),
        )
        for first in range(0, rows, 100)
    ]


def counted(rows: int) -> list[Counted]:
    """Figures of the report, with so many lines each."""
    lines = tuple((f"Trung tâm Văn hóa – Thể thao và Truyền thông huyện số {number}", number) for number in range(rows))
    titles = ("Tác phẩm theo loại hình", "Tác phẩm theo cơ quan báo chí", "Tác phẩm theo địa bàn")
    return [Counted(title, "Tên", "Số tác phẩm", f"Biểu đồ {title.lower()}", lines) for title in titles]


def _scores(setting: Setting, rows: int) -> Document:
    members = ("Đặng Thị Ẩn Hương", "Võ Thanh Lộc")[:rows]
    return scores.scores(
        setting,
        groups(rows),
        round_name="Vòng chung khảo",
        sealed="Niêm phong lúc 11 giờ 30 phút.",
        chair="Võ Thanh Lộc",
        members=members,
    )


def _payment(setting: Setting, rows: int) -> Document:
    payments = [
        Payment(f"Nguyễn Văn {number}", "Tổ dân vận số 4", "Giải A", "Báo Quảng Ngãi", money, paid=0, left=money)
        for number, money in enumerate(range(15_000_000, 15_000_000 + rows))
    ]
    return payment_list(setting, payments, decision="Quyết định số 127-QĐ/BTGDVTU ngày 06/10/2025")


def _report(setting: Setting, rows: int) -> Document:
    jurors = [Work(f"Đinh Xuân {number}", "Vòng sơ khảo", 40, 38, 2) for number in range(rows)]
    return report.report(
        setting,
        opening=("Ban Tổ chức đã nhận 210 tác phẩm.",),
        counted=counted(rows),
        jurors=jurors,
        sections=sections(rows),
        complaints=("Có 01 khiếu nại, đã trả lời.",) * min(rows, 1),
    )


def _amendment(setting: Setting, rows: int) -> Document:
    changed = [Change(f"BI-{number:04}", "Giải A; Đinh Mai", "Không còn giải") for number in range(rows)]
    return amendment(
        setting, changed, kind="revocation", number="127-QĐ/BTGDVTU", day="06/10/2025", reason="Sao chép tác phẩm."
    )


DOCUMENTS: dict[Kind, Callable[[Setting, int], Document]] = {
    Kind.SCORE_SHEETS: lambda setting, rows: score_sheets(rows),
    Kind.SCORES: _scores,
    Kind.MINUTES: lambda setting, rows: meeting(rows),
    Kind.PROPOSAL: lambda setting, rows: proposal(setting, sections(rows), entered=rows, judged=rows),
    Kind.DECISION: lambda setting, rows: decision(setting, sections(rows), with_money=True),
    Kind.AMENDMENT: _amendment,
    Kind.NOTICE: lambda setting, rows: notice(
        setting,
        sections(rows, posted=True),
        opens_on=date(2025, 9, 20),
        until=date(2025, 10, 4),
        contact="Ban Thư ký\nĐT: 0255",
    ),
    Kind.CEREMONY: lambda setting, rows: ceremony.ceremony(setting, sections(rows)),
    Kind.PAYMENT: _payment,
    Kind.INVITATIONS: lambda setting, rows: ceremony.invitations(setting, ceremony.guests(sections(rows))),
    Kind.REPORT: _report,
}
"""A document of each kind with so many rows."""
