"""Score sheets on paper, to be filled in by hand or signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from contest.judging import spoken
from contest.judging.marks import written_weight
from contest.printing import official
from contest.printing.official import (
    Blank,
    Closing,
    Column,
    Document,
    Facts,
    Head,
    Holds,
    Manner,
    Paragraph,
    Row,
    RowKind,
    Sheet,
    Signature,
    SmallPrint,
    Table,
    Words,
    bold,
    italic,
    keep,
)
from contest.regulations.issuing import Letterhead
from contest.regulations.scoring import Criterion
from contest.web.formats import as_points


@dataclass(frozen=True)
class Paper:
    """One score sheet as it is printed.

    :ivar marks: as they are read, by criterion code; empty on a blank sheet
    :ivar total: hundredths of a point, rounded as the regulation says; None while a mark is missing
    :ivar received_at: local moment at which the sheet was received; None of a draft and of a blank sheet
    :ivar fingerprint: SHA-256 of the sheet that was received
    """

    name: str
    title: str
    category: str
    genre: str
    instalments: int
    rubric: Sequence[Criterion]
    highest: Fraction
    marks: Mapping[str, str]
    comment: str = ""
    total: Fraction | None = None
    blank: bool = False
    received_at: datetime | None = None
    revision: int = 0
    fingerprint: str = ""

    @property
    def total_in_words(self) -> str:
        """The total as it is read aloud, beginning with a capital letter."""
        said = spoken.in_words(int(self.total or 0))
        return said[:1].upper() + said[1:]


def score_sheets(
    papers: Sequence[Paper], *, title: str, round_name: str, juror: str, letterhead: Letterhead, year: int
) -> bytes:
    """Draw score sheets as one PDF, each on a page of its own.

    :param juror: name of the juror, as it stands under the signature
    :param year: for the date that is filled in by hand
    """
    return official.pdf(
        described(papers, title=title, round_name=round_name, juror=juror, letterhead=letterhead, year=year)
    )


def described(
    papers: Sequence[Paper],
    *,
    title: str,
    round_name: str,
    juror: str,
    letterhead: Letterhead,
    year: int,
    vouched: str = "",
) -> Document:
    """Describe score sheets, each a sheet of its own.

    :param vouched: what is printed small at the foot of each
    """
    sheets = []
    for paper in papers:
        at = paper.received_at
        day = f"ngày {at.day:02} tháng {at.month} năm {at.year}" if at else f"ngày …… tháng …… năm {year}"
        sheets.append(
            Sheet(
                "PHIẾU CHẤM ĐIỂM",
                about=(f"{round_name} – {paper.category}",),
                head=Head.of(letterhead, number=" ", dated=f"{letterhead.place}, {day}"),
                blocks=(
                    _facts(paper, juror),
                    _marks(paper),
                    Paragraph(_in_words(paper), Manner.NOTE),
                    *_remarks(paper),
                    Closing((Signature(("GIÁM KHẢO",), juror, "(Ký, ghi rõ họ tên)"),), aside=_received(paper)),
                    *((SmallPrint(vouched),) if vouched else ()),
                ),
            )
        )
    return Document(title, tuple(sheets) or (Sheet("PHIẾU CHẤM ĐIỂM", blocks=(Paragraph("Không có phiếu nào."),)),))


def _facts(paper: Paper, juror: str) -> Facts:
    genre = f"{paper.genre}, {paper.instalments:02} kỳ" if paper.instalments > 1 else paper.genre
    return Facts(
        (
            ("Mã số tác phẩm", bold(paper.name)),
            ("Tên tác phẩm", bold(paper.title)),
            ("Thể loại", genre),
            ("Giám khảo", keep(juror)),
        )
    )


def _marks(paper: Paper) -> Table:
    columns = (
        Column("STT", Holds.COUNT, 11),
        Column("Tiêu chí"),
        Column("Điểm tối đa", Holds.COUNT, 24),
        Column("Điểm chấm", Holds.COUNT, 24),
    )
    rows = [
        Row((number, _criterion(each, paper), as_points(each.maximum), bold(paper.marks.get(each.code, ""))))
        for number, each in enumerate(paper.rubric, 1)
    ]
    total = "" if paper.total is None else as_points(paper.total)
    rows.append(Row(("", "TỔNG ĐIỂM", as_points(paper.highest), total), RowKind.TOTAL))
    return Table(columns, tuple(rows))


def _criterion(criterion: Criterion, paper: Paper) -> Words:
    name = criterion.name
    if criterion.weight != 1:
        name += f" (hệ số {written_weight(criterion.weight)})"
    notes = []
    if len({each.step for each in paper.rubric}) > 1:
        notes.append(f"bước chấm {as_points(criterion.step)}")
    if criterion.comment_below:
        notes.append(f"dưới {as_points(criterion.comment_below)} điểm phải nêu lý do")
    if not notes:
        return name
    said = "; ".join(notes)
    return (name, "\n", italic(said[0].upper() + said[1:]))


def _in_words(paper: Paper) -> str:
    said = f"{paper.total_in_words} điểm." if paper.total is not None else f"{'…' * 64} điểm."
    steps = {each.step for each in paper.rubric}
    step = f" Bước chấm: {as_points(steps.pop())} điểm." if len(steps) == 1 else ""
    return f"Bằng chữ: {said}{step}"


def _remarks(paper: Paper) -> tuple[Paragraph | Blank, ...]:
    if paper.comment:
        return (Paragraph((bold("Nhận xét:"), f" {paper.comment}"), Manner.REMARKS),)
    return (Paragraph(bold("Nhận xét:"), Manner.REMARKS), Blank(3))


def _received(paper: Paper) -> Words:
    """By what the paper can be held against what was received."""
    if paper.received_at is not None:
        at = paper.received_at
        parts = " ".join(paper.fingerprint[start : start + 16] for start in range(0, len(paper.fingerprint), 16))
        return (
            f"Phiếu gửi lần {paper.revision}, hệ thống nhận lúc {at:%H:%M:%S}, ngày {at:%d/%m/%Y}\n"
            f"Mã SHA-256 của phiếu: {parts}"
        )
    if paper.blank:
        return ""
    return (
        bold("BẢN NHÁP, CHƯA GỬI."),
        " Phiếu chỉ có giá trị khi đã gửi hoặc đã ký và nộp Ban Thư ký.",
    )
