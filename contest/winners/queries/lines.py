"""The lines of the decision in force, who is asked about them, and what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select

from contest import clock
from contest.accounts.models import Person, User
from contest.database import db
from contest.entries.models import Entry
from contest.regulations.models import Contest, Stage
from contest.results import gates
from contest.results import queries as results
from contest.results.models import ActKind, Decision, Publication, RecordedAct
from contest.results.visibility import Fact, Viewer, may_see
from contest.winners import answers, refusals
from contest.winners.answers import Answer, Asked, Status
from contest.winners.lines import Change, Line, given_lines, lines_of
from contest.winners.models import LineAnswer, Settlement


def decided_lines(contest: Contest) -> list[Line]:
    """The lines of the decision in force; none before there is one."""
    decision = results.newest_decision(contest)
    return list(lines_of(results.copy_of(decision))) if decision is not None else []


def statuses(contest: Contest, *keys: str) -> list[Status]:
    """Every line with who is asked and what they answered, in the order of the decision.

    :param keys: only these lines; all when none is named
    """
    lines = [line for line in decided_lines(contest) if not keys or line.key in keys]
    people, given = people_of(contest, lines), answers_of(contest)
    passed = _passed(contest)
    return [
        Status(line, people[line.key], given.get(line.key, {}), passed.get(line.key) == line.fingerprint)
        for line in lines
    ]


def status_of(contest: Contest, key: str) -> Status | None:
    """One line with who is asked and what they answered."""
    return next(iter(statuses(contest, key)), None)


def people_of(contest: Contest, lines: Sequence[Line]) -> dict[str, tuple[Asked, ...]]:
    """Who is asked about each line: authors who have an account, whoever sent the work, who stands for the newsroom.

    An account is an author's when it is the person of the byline, or has the e-mail that the byline was sent with.
    """
    senders = _senders({line.entry_id for line in lines if line.entry_id is not None})
    accounts = _accounts({author.subject for line in lines for author in line.authors if author.subject})
    outlets = results.outlets_of({line.number for line in lines if line.is_of_newsroom})
    newsrooms = results.representatives_of(contest, {*outlets.values(), ""})
    found = {}
    for line in lines:
        subjects: dict[int, set[str]] = defaultdict(set)
        users: dict[int, User] = {}
        for author in line.authors:
            for user in accounts.get(author.subject, ()):
                users[user.id] = user
                subjects[user.id].add(author.subject)
        sending = newsrooms.get(outlets[line.number], []) if line.is_of_newsroom else senders.get(line.entry_id, [])
        users |= {user.id: user for user in sending}
        sent = {user.id for user in sending}
        found[line.key] = tuple(
            Asked(user.id, user.name, user.email, frozenset(subjects[user.id]), user.id in sent)
            for user in users.values()
        )
    return found


def _senders(entry_ids: set[int]) -> dict[int | None, list[User]]:
    rows = db.session.execute(
        select(Entry.id, User).join(User, User.id == Entry.owner_id).where(Entry.id.in_(entry_ids))
    )
    return {entry_id: [user] for entry_id, user in rows if user.is_active}


def _accounts(subjects: set[str]) -> dict[str, list[User]]:
    """The accounts of authors, by the random id of the person in the byline."""
    same = or_(User.person_id == Person.id, and_(Person.email != "", User.email == Person.email))
    rows = db.session.execute(
        select(Person.subject, User.id).join(User, same).where(Person.subject.in_(subjects))
    ).all()
    asked = select(User).where(User.id.in_({user_id for _subject, user_id in rows}))
    users = {user.id: user for user in db.session.scalars(asked)} if rows else {}
    found: dict[str, list[User]] = defaultdict(list)
    for subject, user_id in rows:
        if users[user_id].is_active:
            found[subject].append(users[user_id])
    return found


def answers_of(contest: Contest) -> dict[str, dict[int, Answer]]:
    """The newest answer of everybody, by line and person."""
    found: dict[str, dict[int, Answer]] = defaultdict(dict)
    rows = db.session.scalars(select(LineAnswer).filter_by(contest_id=contest.id).order_by(LineAnswer.id))
    for row in rows:
        found[row.key][row.user_id] = Answer(
            id=row.id,
            user_id=row.user_id,
            at=row.at,
            fingerprint=row.fingerprint,
            changes=tuple(Change(**change) for change in row.changes),
            reason=row.reason,
            open=bool(row.changes) and row.settlement is None,
            declined=row.settlement == Settlement.DECLINED,
        )
    return found


def _passed(contest: Contest) -> dict[str, str]:
    """The lines that were passed over, each with its fingerprint at that time."""
    return {
        key: fingerprint
        for act in results.acts_of(contest, ActKind.WINNERS_PASSED)
        for key, fingerprint in act.choice["lines"].items()
    }


def asked_act(contest: Contest) -> RecordedAct | None:
    """The last time that winners were asked."""
    return next(reversed(results.acts_of(contest, ActKind.WINNERS_ASKED)), None)


def answers_until(contest: Contest) -> date | None:
    """The last day on which winners may answer before they are passed over; None before they were asked.

    Whoever reads a line anew because the decision was changed since has all of their days again.
    """
    act, decision = asked_act(contest), results.newest_decision(contest)
    if act is None or decision is None:
        return None
    since = max(act.at, decision.at) if decision.version > act.choice["version"] else act.at
    return gates.last_day(clock.local(since).date(), contest.regulation.gates.winners_days + 1)


def are_asked(contest: Contest) -> bool:
    """Whether the winners have been asked about every line: also about those that came upon the list since."""
    act = asked_act(contest)
    if act is None:
        return False
    asked = select(Decision).filter_by(contest_id=contest.id, version=act.choice["version"])
    keys = {line.key for line in lines_of(results.copy_of(db.session.scalars(asked).one()))}
    return all(line.key in keys for line in decided_lines(contest))


def confirmable(contest: Contest) -> frozenset[str]:
    """The keys of the lines about which winners are asked now, where the regulation asks for it.

    Between the decision and the certificates these are all; once results are public, those that came upon the list
    since, as of works that moved up.
    """
    if contest.version is None or not contest.regulation.gates.winners_confirm:
        return frozenset()
    if contest.stage not in (Stage.DECIDED, Stage.PUBLISHED):
        return frozenset()
    keys = frozenset(line.key for line in decided_lines(contest))
    return keys - _published_first(contest) if contest.stage == Stage.PUBLISHED else keys


def _published_first(contest: Contest) -> set[str]:
    """The keys of the lines with which the results became public, those of suspended awards among them."""
    first = select(Publication).filter_by(contest_id=contest.id).order_by(Publication.version).limit(1)
    return {line.key for line in given_lines(results.copy_of(db.session.scalars(first).one().decision))}


def takes_answers(contest: Contest) -> bool:
    """Whether winners are asked about any line now."""
    return bool(confirmable(contest))


def takes_corrections(contest: Contest) -> bool:
    """Whether winners may say that their line is wrong: while they are asked, and once results are public."""
    return contest.version is not None and (contest.stage == Stage.PUBLISHED or takes_answers(contest))


def may_be_corrected(contest: Contest) -> bool:
    """Whether the staff may correct a line of its own accord: from the decision on."""
    return contest.version is not None and gates.is_done(gates.Act.DECIDE, str(contest.stage))


def shows_lines(contest: Contest) -> bool:
    """Whether winners see their own lines: from the decision on where they are asked, else from the publication on."""
    if contest.version is None or not may_see(Fact.OWN_LINE, {Viewer.AUTHOR}, results.moment_of(contest)):
        return False
    return contest.regulation.gates.winners_confirm or contest.stage == Stage.PUBLISHED


def own_statuses(contest: Contest, user: User) -> list[Status]:
    """The lines about which somebody is asked; none before they may see them."""
    if not shows_lines(contest):
        return []
    return [status for status in statuses(contest) if any(person.user_id == user.id for person in status.asked)]


def own_status(contest: Contest, user: User, key: str) -> Status | None:
    """One of the lines about which somebody is asked."""
    return next((status for status in own_statuses(contest, user) if status.line.key == key), None)


def unconfirmed(contest: Contest) -> list[Status]:
    """The lines for which certificates wait; none where the regulation does not ask winners, or where they exist."""
    keys = confirmable(contest)
    return answers.unconfirmed(statuses(contest, *keys)) if keys else []


@results.keeps(gates.Act.PREPARE)
def keeps_certificates(contest: Contest) -> refusals.LinesUnconfirmed | None:
    """Say why certificates wait, for the way from the result to the wall."""
    waiting = unconfirmed(contest) if contest.stage != Stage.PUBLISHED else []
    return refusals.LinesUnconfirmed(count=len(waiting)) if waiting else None


def correction(contest: Contest, line_answer_id: int) -> LineAnswer | None:
    """A correction that waits for the staff."""
    return db.session.scalar(
        select(LineAnswer)
        .where(LineAnswer.contest_id == contest.id, LineAnswer.id == line_answer_id)
        .where(LineAnswer.settlement.is_(None))
    )
