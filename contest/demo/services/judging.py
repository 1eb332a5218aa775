"""Playing the rounds: panels, sheets, votes, and what people settle before a round is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy import select

from contest.accounts.models import User
from contest.council import queries as meetings
from contest.council import services as council
from contest.database import db
from contest.demo.services.founding import CHAIR, Play
from contest.demo.works import marks
from contest.entries.models import Entry
from contest.interests import services as interests
from contest.interests.kinds import Kind
from contest.judging import ballots as papers
from contest.judging import queries as judged
from contest.judging import services as judging
from contest.judging.ballots import Question
from contest.judging.models import Assignment, Round, Sitting
from contest.judging.refusals import AssignmentRefused
from contest.results import choosing
from contest.results import queries as results_queries
from contest.results import services as results
from contest.results.blockers import Blocker, Blocks
from contest.results.outcome import RoundOutcome

MOST_ACTS = 2_000
SEPARATE = (Blocks.DISCREPANCY, Blocks.THIRD_MISSING, Blocks.TIE, Blocks.SHORT)
"""What can be settled one after the other without looking anew."""
GOOD = 75.0
"""What a work of usual quality is worth, in points of a hundred."""
DIFFERING = "Điểm của hai giám khảo chênh lệch quá mức quy định."

COMMENTS = (
    "Chi tiết đời thường tốt, nhân vật nói bằng lời của mình. Phần kết còn gấp.",
    "Đề tài quen nhưng góc nhìn mới; số liệu kiểm được.",
    "Nên tiết chế lời bình, để hình ảnh tự nói.",
    "Mô hình có sức lan tỏa, nơi khác có thể học theo.",
    "Bố cục chặt. Ảnh minh họa chưa có chuyện riêng.",
)


def open_round(play: Play, code: str, *, now: datetime, seed: int) -> Round:
    """Form the panels of a round, take the works in, open it and, where works are scored, spread them evenly."""
    contest, cast = play.contest, play.cast
    round_ = judging.begin_round(contest, code)
    rule = contest.regulation.round(code)
    is_first = contest.regulation.rounds[0].code == code
    for panel in contest.regulation.panels_of(rule):
        members = cast.panels[panel.code] if is_first else cast.council[: rule.panel_size]
        judging.form_panel(round_, panel.code, members=members, chair=members[CHAIR], by=cast.secretary, now=now)
        for member in members:
            interests.declare_for_round(contest, member, code, now=now)
    if is_first:
        judging.admit_accepted(round_, by=cast.secretary, now=now)
        tell_interests(play, round_, now=now)
    judging.open_round(round_, by=cast.organizer, now=now)
    if not rule.is_voted:
        judging.spread(round_, seed=seed, by=cast.secretary, now=now)
    return round_


def tell_interests(play: Play, round_: Round, *, now: datetime) -> None:
    """Let three jurors tell what ties them to works: a newsroom left lately, somebody's brother, an old pupil.

    Nobody does where a panel has no juror to spare: the demo would not come to an end.
    """
    works = judged.round_entries(round_)
    panels = [panel for panel in play.cast.panels.values() if len(panel) > round_.rule.jurors_per_entry]
    if not panels:
        return
    first, second, third = (panel[seat] for panel, seat in zip(cycle(panels), (0, 2, 3), strict=False))
    contest = play.contest
    year = contest.regulation.calendar.receipt.closes.year
    outlet = works[0].entry.outlet
    if outlet is not None:
        interests.tell_of_newsroom(contest, first, outlet, until=year - 2, by=first, now=now)
    told = ((second, works[len(works) // 2], Kind.relative), (third, works[-1], Kind.taught))
    for juror, work, relation in told:
        family, *middle, given = work.revision.bylines[0].name.split()
        name = " ".join([family, *(f"{word[0]}." for word in middle), given])
        interests.tell_of_person(contest, juror, name, relation, by=juror, now=now)


def assignments(round_: Round) -> list[int]:
    """List the assignments of a round, in the order in which they are worked through."""
    found = select(Assignment.id).where(Assignment.round_id == round_.id, Assignment.recused_at.is_(None))
    return list(db.session.scalars(found.order_by(Assignment.id)))


def mark(play: Play, assignment: Assignment, *, now: datetime, draft: bool = False) -> None:
    """Let a juror mark one work, or begin to."""
    round_ = assignment.round
    work = play.works[assignment.entry_id]
    given = marks(play.random, round_.rubric(work.category), work.quality, play.cast.severities[assignment.juror_id])
    if draft:
        typed = {code: str(value / 100).replace(".", ",") for code, value in list(given.items())[:3]}
        judging.save_sheet_draft(assignment, typed, "", version=0, by=assignment.juror, now=now)
        return
    low = [one for one in round_.rubric(work.category) if one.comment_below and given[one.code] < one.comment_below]
    comment = play.random.choice(COMMENTS) if low or play.random.random() < 0.4 else ""
    judging.submit_score_sheet(assignment, given, comment, by=assignment.juror, now=now)


# Votes ---------------------------------------------------------------------------------------------------------------


def vote(play: Play, round_: Round, *, now: datetime) -> None:
    """Put everything that is left on the agenda to the vote in the meeting that is under way, until nothing is."""
    meeting = meetings.unfinished(round_)
    if meeting is None:
        raise RuntimeError("a council votes in a meeting")
    secretary = play.cast.secretary
    for _ in range(MOST_ACTS):
        agenda = judged.agenda_of(round_)
        if not agenda:
            return
        sitting = council.open_vote(meeting, [agenda[0].question], by=secretary, now=now).sitting
        for seat in meetings.seats_of(meeting):
            if sitting is not None and seat.is_present:
                _cast(play, round_, sitting, seat.user, now=now)
        council.close_vote(meeting, by=secretary, now=now)
    raise RuntimeError("the votes do not come to an end")


def _cast(play: Play, round_: Round, sitting: Sitting, member: User, *, now: datetime) -> None:
    choices = {}
    for topic in judged.topics_of(sitting):
        offered = judged.candidates(member, round_, [topic])[topic.question]
        subjects = [candidate.key for candidate in offered if not candidate.is_barred]
        if subjects:
            choices[topic.question] = _choice(play, judged.question_of(round_, topic.question), subjects)
    if choices:
        judging.cast_ballot(sitting, choices, by=member, now=now)


def _choice(play: Play, question: Question, subjects: Sequence[str]) -> dict[str, str]:
    """Vote as somebody would who mostly agrees with the others about what is good."""
    best = sorted(subjects, key=lambda subject: -_liking(play, subject))
    match question.kind:
        case "yes_no":
            return {subject: papers.YES if _liking(play, subject) > GOOD else papers.NO for subject in subjects}
        case "tier":
            codes = [code for code, _name in question.tiers]
            bounds = [GOOD + 12 - 6 * place for place in range(len(codes))]
            tiers = {subject: _tier(codes, bounds, _liking(play, subject)) for subject in subjects}
            return {subject: tier for subject, tier in tiers.items() if tier}
        case "approval":
            return dict.fromkeys(best[: question.rule.most or len(best) // 2 or 1], papers.YES)
        case "ranking":
            return {subject: str(place) for place, subject in enumerate(best, 1)}


def _liking(play: Play, subject: str) -> float:
    quality = play.qualities.get(subject, GOOD)
    return quality + play.random.gauss(0, 2)


def _tier(codes: Sequence[str], bounds: Sequence[float], liking: float) -> str:
    return next((code for code, bound in zip(codes, bounds, strict=True) if liking >= bound), "")


# Settling ------------------------------------------------------------------------------------------------------------


def close_round(play: Play, round_: Round, *, now: datetime) -> None:
    """Settle what the rules leave to people, and seal the round."""
    if judged.agenda_of(round_):
        vote(play, round_, now=now)
    for _ in range(MOST_ACTS):
        open_points = results_queries.assess(round_, play.contest, now).blockers
        if not open_points:
            break
        first = open_points[0]
        alike = [each for each in open_points if each.code is first.code] if first.code in SEPARATE else [first]
        for blocker in alike:
            settle(play, round_, blocker, now=now)
    results.seal_round(round_, by=play.cast.organizer, now=now)


def settle(play: Play, round_: Round, blocker: Blocker, *, now: datetime) -> None:
    """Do what a blocker waits for.

    :raise RuntimeError: where only more sheets would help
    """
    by = play.cast.organizer
    match blocker.code:
        case Blocks.DISCREPANCY:
            reason = "Hội đồng đã trao đổi; các giám khảo giữ nguyên điểm và nêu rõ lý do."
            results.settle_discrepancy(round_, _entry(play, blocker.entries[0]), reason=reason, by=by, now=now)
        case Blocks.THIRD_MISSING:
            _mark_a_third_time(play, round_, _entry(play, blocker.entries[0]), now=now)
        case Blocks.TIE if results.method_of_ties(round_) == "lot":
            results.draw_lot(round_, blocker.entries, by=by, now=now)
        case Blocks.TIE:
            reason = "Hội đồng biểu quyết sau khi xem lại từng tác phẩm bằng điểm."
            results.settle_tie(round_, blocker.entries, reason=reason, by=by, now=now)
        case Blocks.SHORT:
            reason = "Không còn tác phẩm đạt mức điểm của hạng giải."
            results.accept_short(round_, str(blocker.group), str(blocker.prize), reason=reason, by=by, now=now)
        case Blocks.PRIZE_OPEN if (choice := choosing.open_choice(_outcome(play, round_, now))) is not None:
            best = sorted(choice.candidates, key=lambda subject: -play.qualities.get(subject, 0))
            reason = "Hội đồng thống nhất chọn sau khi thảo luận."
            results.choose_prize(round_, choice.prize, best[: choice.quota], reason=reason, by=by, now=now)
        case Blocks.PRIZE_OPEN | Blocks.VOTE_MISSING if judged.agenda_of(round_):
            vote(play, round_, now=now)
        case _:
            raise RuntimeError(f"the round cannot be sealed: {blocker}")


def _outcome(play: Play, round_: Round, now: datetime) -> RoundOutcome:
    return results_queries.assess(round_, play.contest, now).outcome


def _entry(play: Play, code: str) -> Entry:
    return db.session.scalars(select(Entry).filter_by(contest_id=play.contest.id, code=code)).one()


def _mark_a_third_time(play: Play, round_: Round, entry: Entry, *, now: datetime) -> None:
    """Give a work over which jurors differ to one more of its panel, who marks it at once."""
    for line in judged.members_of(round_):
        juror = db.session.get_one(User, line.juror_id)
        with suppress(AssignmentRefused):
            third = judging.assign_third(
                round_, entry, juror, until=now + timedelta(days=1), reason=DIFFERING, by=play.cast.organizer, now=now
            )
            mark(play, third, now=now)
            return
    raise RuntimeError(f"nobody is left to mark {entry.code} a third time")
