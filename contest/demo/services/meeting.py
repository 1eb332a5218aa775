"""Playing the meetings of the councils: one that is over at the end of a round, one that is under way."""

from __future__ import annotations

from datetime import datetime, timedelta

from contest.council import queries
from contest.council import services as council
from contest.council.counting import Hands
from contest.council.models import Meeting
from contest.council.services import Answer
from contest.council.stages import How, Move
from contest.demo.services.founding import Play
from contest.interests.queries import barred
from contest.judging.models import Round, RoundEntry

PLACE = "Phòng họp số 2, trụ sở Hội Nhà báo tỉnh"
SAID = (
    "Tác phẩm bám sát cơ sở, nhân vật có tên tuổi và việc làm cụ thể. Một số thành viên thấy phần kết còn dàn trải.",
    "Các thành viên trao đổi về chỗ chênh lệch ở tiêu chí phát hiện; thống nhất cách hiểu tiêu chí như trong thể lệ.",
)


def begin_meeting(play: Play, round_: Round, *, title: str, now: datetime) -> Meeting:
    """Call the council of a round together, open the meeting and call the roll: one is online, one is away."""
    secretary, seats = play.cast.secretary, queries.members_of(round_)
    meeting = council.call_meeting(
        round_,
        title=title,
        place=PLACE,
        convenes_at=now,
        chair=seats[0].user,
        secretary=secretary,
        by=secretary,
        now=now - timedelta(days=2),
    )
    council.open_meeting(meeting, by=secretary, now=now)
    roll = {seat.user.id: Answer(How.ROOM) for seat in seats}
    roll[seats[-2].user.id] = Answer(How.ONLINE)
    roll[seats[-1].user.id] = Answer(How.ABSENT, "đi công tác")
    council.call_the_roll(meeting, roll, by=secretary, now=now + timedelta(minutes=3))
    return meeting


def discuss(play: Play, meeting: Meeting, *, now: datetime) -> None:
    """Discuss two works, and decide on something by a show of hands."""
    secretary = play.cast.secretary
    for number, work in enumerate(_works(play, meeting)):
        at = now + timedelta(minutes=10 * number)
        council.take_up_work(meeting, work.entry_id, by=secretary, now=at)
        council.write_note(meeting, SAID[number], by=secretary, now=at + timedelta(minutes=6))
    at = now + timedelta(minutes=21)
    council.propose(meeting, "Xem lại phiếu của những tác phẩm có điểm chênh lệch.", by=secretary, now=at)
    entitled = queries.house_of(meeting, meeting.item.about if meeting.item else ()).entitled
    council.decide_proposal(meeting, Hands(entitled - 1, 0, 1), by=secretary, now=at + timedelta(minutes=4))


def _works(play: Play, meeting: Meeting) -> list[RoundEntry]:
    return queries.works_to_take_up(meeting, barred(play.contest, play.cast.secretary))[: len(SAID)]


def end_meeting(play: Play, meeting: Meeting, *, now: datetime) -> None:
    """Go through the standings of the sealed round, close the meeting, and have its minutes signed."""
    secretary = play.cast.secretary
    groups = queries.groups_to_take_up(meeting, barred(play.contest, secretary))
    if groups:
        council.take_up_standings(meeting, groups[0].code, by=secretary, now=now)
    is_party = play.contest.regulation.letterhead.profile == "party"
    council.close_meeting(
        meeting,
        conclusion="Hội đồng thống nhất kết quả của vòng chấm và đề nghị Ban Tổ chức thực hiện các bước tiếp theo.",
        reference=f"{meeting.id:02}{'-BB/' if is_party else '/BB-'}HĐ",
        by=secretary,
        now=now + timedelta(minutes=15),
    )
    council.move(meeting, Move.SIGN, by=secretary, now=now + timedelta(minutes=40))


def meet_now(play: Play, round_: Round, *, now: datetime) -> None:
    """Leave a meeting under way: a work is on the table, and a proposal waits for a decision."""
    secretary = play.cast.secretary
    begun = now - timedelta(minutes=30)
    title = "Thống nhất cách hiểu tiêu chí và tiến độ chấm"
    meeting = begin_meeting(play, round_, title=title, now=begun)
    works = _works(play, meeting)
    if works:
        council.take_up_work(meeting, works[0].entry_id, by=secretary, now=begun + timedelta(minutes=9))
        council.write_note(meeting, SAID[0], by=secretary, now=begun + timedelta(minutes=16))
    words = "Giữ nguyên tiến độ chấm đã phân công."
    council.propose(meeting, words, by=secretary, now=begun + timedelta(minutes=24))
