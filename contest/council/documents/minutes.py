"""The minutes on paper, to be signed by whoever presided and by the secretary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from contest import clock
from contest.council import queries
from contest.council.documents.naming import Named
from contest.council.documents.telling import Told, tell
from contest.council.models import Meeting, MinuteLine
from contest.council.queries import Seat
from contest.council.stages import Step
from contest.printing import official
from contest.printing.official import (
    Closing,
    Column,
    Document,
    Head,
    Heading,
    Holds,
    Manner,
    Paragraph,
    Row,
    Sheet,
    Signature,
    SmallPrint,
    Table,
    bold,
    italic,
)
from contest.printing.official.balance import balanced
from contest.printing.official.language import dotted
from contest.results import queries as results

VOTES = (Column("Tác phẩm, đơn vị"), Column("Số phiếu", width=48), Column("Kết quả", Holds.COUNT, 32))
SIGNING = (Column("STT", Holds.COUNT, 12), Column("Họ và tên"), Column("Chữ ký", width=60))


def minutes(meeting: Meeting) -> bytes:
    """Draw the minutes of a meeting as a PDF, as they are at this moment; the same minutes give the same bytes."""
    return official.pdf(described(meeting))


def described(meeting: Meeting) -> Document:
    """Describe the minutes of a meeting as they are at this moment."""
    lines = queries.lines_of(meeting)
    named = Named(meeting, lines)
    told = {line.number: one for line, one in zip(lines, tell(lines, named), strict=True)}
    framing = (Step.OPENED, Step.ROLL, Step.CLOSED, Step.SIGNED)
    seats = queries.seats_of(meeting)
    last = max(lines, key=lambda line: line.number, default=None)
    bound = results.commitment_at(meeting.round, last.recorded_at) if last is not None else None
    return laid_down(
        meeting,
        seats=seats,
        quorum=queries.house_of(meeting, seats=seats).quorum,
        steps=[told[line.number] for line in lines if line.step not in framing],
        last=last,
        commitment=bound.root if bound is not None else "",
    )


def laid_down(
    meeting: Meeting,
    *,
    seats: Sequence[Seat],
    quorum: int,
    steps: Sequence[Told],
    last: MinuteLine | None,
    commitment: str = "",
) -> Document:
    """Lay the minutes down in the order that minutes have: who was there, what was done, what was concluded.

    :param steps: what was done, in its order, without the opening and the closing
    :param last: the newest line, by whose hash the paper can be checked
    :param commitment: what the round was bound to by then, if it was sealed
    """
    regulation = meeting.round.regulation
    opened, closed = _local(meeting.opened_at), _local(meeting.closed_at)
    day = closed or opened
    council = f"Họp Hội đồng {meeting.round.name.lower().replace('vòng ', '')}"
    if meeting.number > 1:
        council += f" (phiên thứ {meeting.number})"
    leading = (meeting.chair_id, meeting.secretary_id)
    names = [each.user.name for each in present_of(meeting, seats) if each.user.id not in leading]
    sheet = Sheet(
        "BIÊN BẢN",
        about=(council, *balanced(regulation.name, 140, weight=400)),
        head=Head.of(
            regulation.letterhead,
            number=_number(meeting),
            dated=f"{regulation.letterhead.place}, {_day(day) if day else 'ngày …… tháng …… năm ………'}",
        ),
        blocks=(
            Heading("I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN"),
            *(Paragraph(f"{number}. {said}") for number, said in enumerate(_attendance(meeting, seats, quorum), 1)),
            Heading("II. NỘI DUNG"),
            *_steps(steps),
            Heading("III. KẾT LUẬN"),
            *_conclusion(meeting, closed),
            Closing(
                (
                    Signature(("THƯ KÝ",), meeting.secretary.name),
                    Signature(("CHỦ TRÌ PHIÊN HỌP",), meeting.chair.name),
                )
            ),
            *_members(names),
            *_vouched(meeting, last, commitment),
        ),
    )
    title = f"Biên bản {council[0].lower()}{council[1:]}"
    return Document(title, (sheet,), day.date() if day is not None else None)


def _number(meeting: Meeting) -> str:
    letterhead = meeting.round.regulation.letterhead
    open_number = "……-BB/HĐ" if letterhead.profile == "party" else "……/BB-HĐ"
    return f"{letterhead.before_number} {meeting.reference or open_number}"


def _day(day: datetime) -> str:
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _hour(moment: datetime) -> str:
    return f"{moment.hour:02} giờ {moment.minute:02} phút"


def _attendance(meeting: Meeting, seats: Sequence[Seat], quorum: int) -> Iterator[str]:
    present = present_of(meeting, seats)
    opened = _local(meeting.opened_at)
    if opened is not None:
        yield f"Thời gian: bắt đầu lúc {_hour(opened)}, {_day(opened)}."
    yield f"Địa điểm: {meeting.place or '…' * 48}."
    yield f"Nội dung họp: {meeting.title}."
    said = f"Có mặt: {len(present):02}/{len(seats):02} thành viên"
    online = [seat.user.name for seat in present if seat.how == "online"]
    said += f" (trực tuyến: {'; '.join(online)})." if online else "."
    absent = [
        f"{seat.user.name}, {seat.reason}" if seat.reason else seat.user.name for seat in seats if seat not in present
    ]
    if absent:
        said += f" Vắng: {len(absent):02} ({'; '.join(absent)})."
    yield f"{said} Số thành viên tối thiểu để Hội đồng quyết định: {quorum:02}."
    yield f"Chủ trì: {meeting.chair.name}."
    yield f"Thư ký: {meeting.secretary.name}."


def _steps(steps: Sequence[Told]) -> Iterator[Paragraph | Table]:
    if not steps:
        yield Paragraph("Không có nội dung nào được ghi.")
    for number, step in enumerate(steps, 1):
        hour = f"({clock.local(step.at):%H giờ %M}{'*' if step.is_later else ''})"
        quote = f" “{step.quote}”" if step.quote else ""
        yield Paragraph((f"{number}. ", italic(hour), f" {step.sentence}{quote}"))
        for asked in step.figures:
            yield Paragraph((bold(f"{asked.question}."), f" {' '.join(asked.held)}"), Manner.FLAT)
            if asked.rows:
                yield Table(VOTES, tuple(Row((row.subject, row.votes, row.outcome)) for row in asked.rows))
    if any(step.is_later for step in steps):
        yield Paragraph("(*) Nội dung được nhập vào hệ thống sau giờ diễn ra.", Manner.NOTE)


def _conclusion(meeting: Meeting, closed: datetime | None) -> Iterator[Paragraph]:
    if closed is None:
        yield Paragraph("Phiên họp chưa kết thúc; đây là bản ghi tạm, chưa có giá trị ký.")
        return
    for line in meeting.conclusion.splitlines():
        if line.strip():
            yield Paragraph(line.strip())
    yield Paragraph(
        f"Phiên họp kết thúc lúc {_hour(closed)}, {_day(closed)}. Biên bản đã được đọc lại cho các thành viên cùng "
        "nghe, thống nhất và ký tên./."
    )


def _members(names: Sequence[str]) -> tuple[Heading | Table, ...]:
    if not names:
        return ()
    rows = tuple(Row((number, name, "")) for number, name in enumerate(names, 1))
    return (Heading("CÁC THÀNH VIÊN HỘI ĐỒNG"), Table(SIGNING, rows, is_form=True))


def _vouched(meeting: Meeting, last: MinuteLine | None, commitment: str) -> tuple[SmallPrint, ...]:
    if last is None:
        return ()
    said = f"Nhật ký hệ thống: dòng {dotted(last.audit_number)}, mã SHA-256 {_in_parts(last.audit_hash)}"
    if commitment:
        said += f"; Mã cam kết phiếu {meeting.round.name}: {_in_parts(commitment)}"
    return (SmallPrint(said),)


def _in_parts(sha256: str) -> str:
    return " ".join(sha256[start : start + 8] for start in range(0, 64, 8))


def present_of(meeting: Meeting, seats: Sequence[Seat]) -> list[Seat]:
    """Who took part in a meeting, also those who left before its end."""
    return [seat for seat in seats if seat.arrived_at is not None]


def _local(moment: datetime | None) -> datetime | None:
    return clock.local(moment) if moment is not None else None
