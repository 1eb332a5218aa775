"""Playing the days on which the list is posted: three people complain, and a work is marked again because of one."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from contest import storage
from contest.complaints import queries
from contest.complaints import services as complaints
from contest.complaints.models import Complaint
from contest.complaints.queries import PostedLine
from contest.complaints.rules import About, Verdict
from contest.complaints.services import Evidence, Sender, Subject
from contest.demo import files
from contest.demo.services.founding import DOMAIN, Play
from contest.entries.models import Entry
from contest.interests import services as interests
from contest.judging import queries as judged
from contest.judging import services as judging
from contest.judging.models import Round
from contest.results import queries as results
from contest.web.text import fold

PRINTED_BEFORE = "Tôi thấy bài này có nhiều đoạn giống bài đã đăng từ năm 2019. Đề nghị Ban Tổ chức kiểm tra lại trước khi trao giải."
IS_NEW = (
    "Ban Thư ký đã đối chiếu hai bài: bài năm 2019 cùng viết về địa phương này nhưng khác nhân vật, khác nội dung; phần "
    "giống nhau là tên gọi và số liệu của xã. Tác phẩm được đăng lần đầu trong thời gian quy định tại Thể lệ. Giữ nguyên "
    "đề xuất giải."
)
UNFAIR = (
    "Bài của chúng tôi được nhiều xã dùng làm tài liệu vận động nhưng không được xếp cao hơn. Đề nghị cho giám khảo khác "
    "đọc và chấm lại tác phẩm."
)
MARKED_AGAIN = (
    "Các phiếu của tác phẩm chênh nhau nhiều ở tiêu chí phát hiện; cần ý kiến của giám khảo chưa chấm bài này."
)
STAYS = (
    "Đề nghị chấm lại là có căn cứ. Các giám khảo khác đã chấm lại tác phẩm một cách độc lập; kết quả của vòng chấm đã "
    "được kết luận lại theo phiếu mới. Thứ hạng của tác phẩm không thay đổi nên danh sách niêm yết được giữ nguyên."
)
COMMENT = "Nhân vật rõ, số liệu kiểm được; cách dẫn chuyện chưa có phát hiện riêng."
MISSPELT = (
    "Bài có đoạn ghi sai tên thôn và chức danh của nhân vật. Tôi gửi kèm bản chụp trang báo đã đánh dấu để Ban Tổ chức "
    "xem xét."
)
CORRECTED = (
    "Tên thôn và chức danh trong bài đã được tòa soạn đính chính trong số báo sau, trước khi nộp hồ sơ dự thi. Sai sót này "
    "không làm thay đổi nội dung và kết quả chấm."
)


def hear_complaints(play: Play, until: datetime) -> None:
    """Take in what people complain about while the list is posted, and answer as far as it is time."""
    if not play.contest.regulation.has_posting:
        return
    posting = results.newest_posting(play.contest)
    if posting is None:
        raise RuntimeError("complaints are about a posted list")
    lines = queries.posted_lines(posting)
    _hear_of_an_old_article(play, lines[0].key)
    _hear_of_low_marks(play, lines)
    _hear_of_a_wrong_name(play, lines[-1].key, until)


def _hear_of_an_old_article(play: Play, line: str) -> None:
    """Somebody takes a work for an old one; it is not."""
    hours, secretary = play.hours, play.cast.secretary
    complaint = _receive(play, Subject(About.LINE, line=line), PRINTED_BEFORE, "Lương Thị Mỹ Hòa", hours.hung(1, 9, 12))
    complaints.assign(complaint, secretary, by=play.cast.organizer, now=hours.hung(1, 14))
    complaints.note(complaint, "Đã xin tòa soạn bản chụp bài năm 2019.", by=secretary, now=hours.hung(1, 14, 40))
    complaints.answer(complaint, Verdict.NOT_UPHELD, IS_NEW, by=secretary, now=hours.hung(2, 15, 30))


def _hear_of_low_marks(play: Play, lines: Sequence[PostedLine]) -> None:
    """Authors find their marks too low; others mark the work, and its place stays."""
    hours, organizer = play.hours, play.cast.organizer
    round_ = queries.last_round(play.contest)
    found = next(_works_to_mark_again(round_), None) if round_ is not None and not round_.rule.is_voted else None
    if round_ is None or found is None:
        return
    free = [each.juror for each in judged.jurors_to_remark(round_, found.entry) if not each.is_barred]
    jurors = free[: play.contest.regulation.gates.remark_jurors]
    if len(jurors) < play.contest.regulation.gates.remark_jurors:
        return
    listed = next((line.key for line in lines if line.entry_id == found.entry.id), None)
    subject = Subject(About.LINE, line=listed) if listed else Subject(About.WORK, work=str(found.entry.code))
    complaint = _receive(play, subject, UNFAIR, "Phan Thị Kim Tuyến", hours.hung(1, 16, 5))
    ordered, until = hours.hung(2, 8, 30), hours.hung(3, 11)
    complaints.assign(complaint, organizer, by=organizer, now=ordered)
    complaints.order_remark(complaint, jurors, until=until, reason=MARKED_AGAIN, by=organizer, now=ordered)
    for number, assignment in enumerate(judged.remarking(round_)):
        interests.declare_for_round(play.contest, assignment.juror, round_.code, now=hours.hung(2, 14))
        at = hours.hung(2, 15 + number)
        judging.submit_score_sheet(assignment, found.marks, COMMENT, by=assignment.juror, now=at)
    complaints.conclude_again(play.contest, by=organizer, now=until)
    complaints.answer(complaint, Verdict.PARTLY, STAYS, by=organizer, now=hours.hung(3, 15))


def _hear_of_a_wrong_name(play: Play, line: str, until: datetime) -> None:
    """Somebody sends evidence; it lies there for some days before it is answered."""
    hours, secretary = play.hours, play.cast.secretary
    subject, evidence = Subject(About.LINE, line=line), _page(play)
    complaint = _receive(play, subject, MISSPELT, "Đinh Quang Hưng", hours.hung(3, 10, 20), evidence)
    if until >= (answered := hours.hung(5, 9, 45)):
        complaints.answer(complaint, Verdict.NOT_UPHELD, CORRECTED, by=secretary, now=answered)


def _receive(play: Play, subject: Subject, text: str, name: str, now: datetime, *files: Evidence) -> Complaint:
    sender = Sender(name, email=f"{fold(name.split()[-1])}@{DOMAIN}", unit="tỉnh Quảng Ngãi")
    return complaints.receive(play.contest, subject, text, sender, files, now=now)[0]


def _page(play: Play) -> Evidence:
    page = files.photograph(play.random)
    received = storage.receive(io.BytesIO(page), limit=storage.MEGABYTE)
    return Evidence("Trang báo đã đánh dấu.jpg", received, storage.Sniffed(storage.Kind.IMAGE, "image/jpeg"))


@dataclass(frozen=True)
class Doubted:
    """A work, and marks for it that leave it where it stands."""

    entry: Entry
    marks: Mapping[str, int]


def _works_to_mark_again(round_: Round) -> Iterator[Doubted]:
    """List works of a sealed round, the last of each group first, for which one of their sheets would change no place."""
    result = results.newest_result(round_)
    sheets = judged.sheets_in_force(round_)
    floors = {tier.floor for tier in round_.contest.regulation.prizes}
    works = {row.entry.code: row.entry for row in judged.round_entries(round_)}
    for group in result.result["groups"] if result is not None else ():
        lines = [line for line in group["lines"] if line.get("mean")]
        for place in reversed(range(len(lines))):
            entry = works[lines[place]["entry"]]
            for sheet in sheets:
                mean = Fraction(sum(sheet.marks.values()))
                if sheet.entry_id == entry.id and _leaves_in_place(lines, place, mean, floors):
                    yield Doubted(entry, sheet.marks)


def _leaves_in_place(lines: Sequence[Mapping[str, Any]], place: int, mean: Fraction, floors: Collection[int]) -> bool:
    """Whether a work with another mean stays where it is: no other work and no floor of a prize lies between."""
    old = Fraction(lines[place]["mean"])
    others = [Fraction(line["mean"]) for number, line in enumerate(lines) if number != place]
    low, high = min(old, mean), max(old, mean)
    return not any(low <= mark <= high for mark in (*others, *map(Fraction, floors)))
