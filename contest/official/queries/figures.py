"""The contest in figures: works by what they are, jurors by what they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from contest import clock
from contest.accounts.models import Person, User
from contest.database import db
from contest.entries.models import SENT, Entry, EntryRevision, EntryState
from contest.judging import queries as judging
from contest.judging.models import Assignment, Round
from contest.official.material import Counted, Work
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.web.text import fold


def numbers_of(contest: Contest) -> dict[str, int]:
    """How many works were received, how many of them are valid, and how many came to the last round."""
    states = dict(
        db.session.execute(
            select(Entry.state, func.count())
            .where(Entry.contest_id == contest.id, Entry.state.in_(SENT))
            .group_by(Entry.state)
        ).all()
    )
    last = judging.round_of(contest, contest.regulation.rounds[-1].code)
    return {
        "entered": sum(states.values()),
        "valid": states.get(EntryState.ACCEPTED, 0),
        "judged": len(results.works_in(last)) if last is not None else 0,
    }


def counted_works(contest: Contest) -> list[Counted]:
    """Works by category, newsroom, place, topic and week."""
    regulation = contest.regulation
    rows = db.session.execute(
        select(Entry.category, Entry.topic, Entry.outlet_name, Entry.submitted_at, Entry.revision_id).where(
            Entry.contest_id == contest.id, Entry.state.in_(SENT)
        )
    ).all()
    categories = {each.code: each.name for each in regulation.categories}
    topics = {each.code: each.name for each in regulation.topics}
    by_category = Counter(row.category for row in rows)
    by_topic = Counter(row.topic for row in rows)
    weeks = Counter(
        day - timedelta(days=day.weekday())
        for day in (clock.local(row.submitted_at).date() for row in rows if row.submitted_at is not None)
    )
    return [
        _counted(
            "Tác phẩm theo loại hình", "Loại hình", ((name, by_category[code]) for code, name in categories.items())
        ),
        _counted(
            "Tác phẩm theo cơ quan báo chí",
            "Cơ quan báo chí",
            _commonest(row.outlet_name or "Không ghi" for row in rows),
        ),
        _counted(
            "Tác phẩm theo địa bàn",
            "Địa bàn",
            _commonest(_localities([row.revision_id for row in rows])),
            is_summed=False,
        ),
        _counted("Tác phẩm theo lĩnh vực", "Lĩnh vực", ((name, by_topic[code]) for code, name in topics.items())),
        _counted(
            "Tác phẩm theo tuần nhận",
            "Tuần, từ thứ Hai ngày",
            ((f"{week:%d/%m/%Y}", weeks[week]) for week in sorted(weeks)),
        ),
    ]


def _counted(title: str, by: str, lines: Iterable[tuple[str, int]], *, is_summed: bool = True) -> Counted:
    listed = tuple(lines)
    most = max(listed, key=lambda line: line[1], default=None)
    says = f"Biểu đồ {title[0].lower()}{title[1:]}"
    if most is not None:
        says += f"; nhiều nhất: {most[0]}, {most[1]} tác phẩm"
    return Counted(title, by, "Số tác phẩm", f"{says}.", listed, is_summed)


def _commonest(words: Iterable[str]) -> list[tuple[str, int]]:
    """Count words, the commonest first; equally common ones by the alphabet."""
    return sorted(Counter(words).items(), key=lambda pair: (-pair[1], fold(pair[0]), pair[0]))


def _localities(revisions: list[int | None]) -> Iterable[str]:
    """The places that works tell of; a work names each of its places once."""
    contents = db.session.scalars(select(EntryRevision.content).where(EntryRevision.id.in_(revisions)))
    for content in contents:
        named = {each.get("locality", "").strip() for each in content.get("exemplars", ())}
        yield from sorted(named - {""}) or ["Không ghi"]


def jurors_work(contest: Contest) -> list[Work]:
    """What each juror was given, sent and gave back in each round; advisory sheets count for nobody."""
    rows = db.session.execute(
        select(
            Person.name,
            Round.code,
            func.count(Assignment.id),
            func.count(Assignment.sent_at),
            func.count(Assignment.recused_at),
        )
        .join(Assignment.round)
        .join(Assignment.juror)
        .join(Person, Person.id == User.person_id)
        .where(Round.contest_id == contest.id, ~Assignment.advisory)
        .group_by(User.id, Person.name, Round.code)
    ).all()
    rounds = [rule.code for rule in contest.regulation.rounds]
    names = {rule.code: rule.name for rule in contest.regulation.rounds}
    found = sorted(
        (row for row in rows if row[1] in names),
        key=lambda row: (rounds.index(row[1]), fold(row[0].split()[-1]), fold(row[0])),
    )
    return [Work(name, names[code], assigned, sent, recused) for name, code, assigned, sent, recused in found]
