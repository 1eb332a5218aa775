"""What the organizers tell the public in the course of a contest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction

from contest.demo.services.founding import Play
from contest.demo.timetable import Timetable, at
from contest.home import services as home


def announce(play: Play, now: datetime) -> None:
    """Write what the organizers have told the public by now."""
    for said_at, words in announcements(play.hours):
        if said_at <= now:
            announcement = home.write_announcement(play.contest, words, by=play.cast.secretary, now=said_at)
            home.publish_announcement(announcement, by=play.cast.organizer, now=said_at)


def announcements(hours: Timetable) -> Iterator[tuple[datetime, home.Words]]:
    """Say what is announced in the course of a contest, and when."""
    regulation, calendar = hours.regulation, hours.regulation.calendar
    opens, last = calendar.receipt.first_day, calendar.receipt.last_day
    yield (
        at(opens, 7),
        home.Words(
            "Bắt đầu nhận tác phẩm dự thi",
            f"Hệ thống nhận tác phẩm từ ngày {opens:%d/%m/%Y} đến ngày {last:%d/%m/%Y}.",
            "Tác giả đăng ký tài khoản, điền hồ sơ theo từng bước và tải tệp lên. Bản nháp được giữ cho đến khi đóng nhận."
            "\n\nMỗi tác phẩm nộp thành công có **mã số** và **phiếu tiếp nhận**; hãy giữ phiếu để tra cứu, bổ sung hoặc rút "
            "tác phẩm.",
        ),
    )
    if regulation.limits.window_share == Fraction(2, 3):
        yield (
            at(opens + timedelta(days=4), 9),
            home.Words(
                "Loạt bài có kỳ đăng ngoài thời hạn vẫn dự thi được nếu ít nhất hai phần ba số kỳ trong hạn",
                "Giải thích cách tính đối với loạt 3 kỳ và loạt 5 kỳ.",
                "- Loạt 3 kỳ: cần ít nhất 2 kỳ trong thời hạn.\n- Loạt 5 kỳ: cần ít nhất 4 kỳ trong thời hạn.\n\n"
                "Trang *Kiểm tra tác phẩm* trả lời ngay cho từng trường hợp, không cần đăng nhập.",
            ),
        )
    yield (
        at(calendar.screening.first, 8),
        home.Words(
            "Ban Thư ký bắt đầu kiểm tra hồ sơ",
            "Tác phẩm cần bổ sung được trả lại kèm lý do và thời hạn.",
            "Thư của Ban Thư ký nêu rõ phần cần sửa. Tác giả chỉ sửa được phần ấy và nộp lại trước thời hạn ghi trong thư.",
        ),
    )
    if calendar.posting:
        yield (
            hours.posted,
            home.Words(
                "Niêm yết danh sách tác phẩm dự kiến đạt giải",
                f"Danh sách được niêm yết {calendar.posting.days} ngày, đến hết ngày {calendar.posting.last:%d/%m/%Y}.",
                "Trong thời gian niêm yết, mọi người có quyền gửi ý kiến, khiếu nại đến Ban Thư ký Cuộc thi.",
            ),
        )
