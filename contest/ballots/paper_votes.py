"""Rows of a table of votes, one for each work on each paper, put together to ballots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contest.ballots.facts import Juror, Round, Topic
from contest.ballots.heads import Field, Heads
from contest.ballots.outcomes import Outcome, Problem
from contest.errors import N_, ContestError
from contest.judging import ballots
from contest.web.reading_tables import Row, Table
from contest.web.text import fold

YES_WORDS = frozenset(map(fold, ("có", "đồng ý", "tán thành", "x", "yes", "1")))
NO_WORDS = frozenset(map(fold, ("không", "không đồng ý", "không tán thành", "no", "0")))

NO_VOTE = N_("The council does not vote in this round, or no sitting takes ballots now.")
SAY_QUESTION = N_("Say what is voted on: %(known)s.")
UNKNOWN_QUESTION = N_("Nothing of this name is voted on now: %(name)s. It would be: %(known)s.")
SAY_BALLOT = N_("Say which ballot on this: %(known)s.")
NO_MEMBER = N_("%(juror)s does not vote on this.")
NOT_ON_BALLOT = N_("This is not on the ballot: %(name)s.")
STAYS_AWAY = N_("%(juror)s stays away from the vote on %(name)s: an own work, an own newsroom or a declared interest.")
CAST_ALREADY = N_("%(juror)s has cast a different ballot on their own; it stands.")
NOT_A_VOTE = N_("This cannot be read as a vote: %(name)s. It would be: %(known)s.")
VOTED_TWICE = N_("The paper says something about %(name)s twice, here and in row %(row)s.")

Add = Callable[..., None]


@dataclass(frozen=True, slots=True)
class VoteRow:
    """What one row says: one member about one work or newsroom."""

    table: Table
    row: Row
    column: int
    round: Round
    topic: Topic
    juror: Juror
    subject: str
    choice: str


@dataclass(frozen=True, slots=True)
class PaperVote:
    """One ballot from paper, ready to be recorded.

    :ivar row: the first row that says something of it
    """

    table: str
    row: int
    round: Round
    topic: Topic
    juror: Juror
    choice: Mapping[str, str]
    outcome: Outcome


def read_row(table: Table, row: Row, found: Heads, round_: Round, juror: Juror, add: Add) -> VoteRow | None:
    """Read a row of votes; what is wrong is noted, and then there is none."""
    topic = _topic(table, row, found, round_, add)
    if topic is None:
        return None
    if juror.id not in topic.offered:
        add(table, row, found.fields.get(Field.EMAIL, found.fields.get(Field.JUROR)), NO_MEMBER, juror=juror.name)
        return None
    said = found.cell(row.cells, Field.WORK)
    works = {work.code for work in round_.works_called(said)}
    subject = next((each for each in topic.subjects if each in works or fold(each) == fold(said)), None)
    if subject is None:
        add(table, row, found.fields[Field.WORK], NOT_ON_BALLOT, name=said[:60] or "–")
        return None
    if subject not in topic.offered[juror.id]:
        add(table, row, found.fields[Field.WORK], STAYS_AWAY, juror=juror.name, name=said[:60])
        return None
    written = found.cell(row.cells, Field.CHOICE)
    choice = _choice(topic, written)
    if choice is None:
        known = ", ".join(_expected(topic))
        add(table, row, found.fields[Field.CHOICE], NOT_A_VOTE, name=written[:60] or "–", known=known)
        return None
    return VoteRow(table, row, found.fields[Field.WORK], round_, topic, juror, subject, choice)


def _topic(table: Table, row: Row, found: Heads, round_: Round, add: Add) -> Topic | None:
    if not round_.topics:
        add(table, row, None, NO_VOTE)
        return None
    said, number = found.cell(row.cells, Field.QUESTION), found.cell(row.cells, Field.BALLOT)
    names = list(dict.fromkeys(topic.name for topic in round_.topics))
    fitting = [
        topic for topic in round_.topics if not said or fold(said) in (fold(topic.question.code), fold(topic.name))
    ]
    if not fitting or (not said and len(names) > 1):
        message = UNKNOWN_QUESTION if said else SAY_QUESTION
        add(table, row, found.fields.get(Field.QUESTION), message, name=said[:60], known=", ".join(names))
        return None
    held = [topic for topic in fitting if not number or number == str(topic.ballot)]
    if len(held) != 1:
        known = ", ".join(str(topic.ballot) for topic in fitting)
        add(table, row, found.fields.get(Field.BALLOT), SAY_BALLOT, known=known)
        return None
    return held[0]


def _choice(topic: Topic, written: str) -> str | None:
    word = fold(written)
    match topic.question.kind:
        case "ranking":
            return word if word.isascii() and word.isdecimal() and len(word) <= 5 and int(word) else None
        case "tier":
            return next((code for code, name in topic.question.tiers if word in (fold(code), fold(name))), None)
        case "approval":
            return ballots.YES if word in YES_WORDS else None
        case _:
            return ballots.YES if word in YES_WORDS else ballots.NO if word in NO_WORDS else None


def _expected(topic: Topic) -> list[str]:
    match topic.question.kind:
        case "ranking":
            return ["1, 2, 3…"]
        case "tier":
            return [name for _code, name in topic.question.tiers]
        case "approval":
            return ["Có"]
        case _:
            return ["Có", "Không"]


def together(rows: list[VoteRow], problems: list[Problem]) -> list[PaperVote]:
    """Put the rows of each paper together, and hold each paper against the rule of its vote."""
    papers: dict[tuple[str, int, str, int], list[VoteRow]] = {}
    for row in rows:
        papers.setdefault((row.round.code, row.topic.ballot, row.topic.question.code, row.juror.id), []).append(row)
    return [vote for paper in papers.values() if (vote := _paper(paper, problems)) is not None]


def _paper(rows: list[VoteRow], problems: list[Problem]) -> PaperVote | None:
    first = rows[0]
    said: dict[str, VoteRow] = {}
    whole = True
    for row in rows:
        twin = said.setdefault(row.subject, row)
        if twin is not row:
            about = {"name": row.subject, "row": twin.row.number}
            problems.append(Problem(row.table.name, row.row.number, row.column, VOTED_TWICE, about))
            whole = False
    topic = first.topic
    try:
        written = {subject: row.choice for subject, row in said.items()}
        choice = ballots.clean(topic.question, written, topic.offered[first.juror.id])
    except ContestError as refusal:
        problems.append(Problem(first.table.name, first.row.number, None, refusal.message, dict(refusal.parameters)))
        return None
    if not whole:
        return None
    earlier = topic.cast.get(first.juror.id)
    outcome = Outcome.NEW
    if earlier is not None:
        outcome = Outcome.UNCHANGED if dict(earlier.choice) == choice else Outcome.CORRECTION
        if outcome is Outcome.CORRECTION and not earlier.typed:
            about = {"juror": first.juror.name}
            problems.append(Problem(first.table.name, first.row.number, None, CAST_ALREADY, about))
            return None
    return PaperVote(first.table.name, first.row.number, first.round, topic, first.juror, choice, outcome)
