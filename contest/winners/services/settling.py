"""How the staff asks the winners, answers their corrections, and goes on without those who are silent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contest import audit, clock
from contest.accounts.models import User
from contest.database import db, lock
from contest.errors import NotFound
from contest.regulations.models import Contest, Stage
from contest.results import queries as results
from contest.results.models import ActKind, AmendmentKind, Decision, RecordedAct
from contest.results.refusals import NumberNeeded
from contest.results.services import amend_decision, record_act
from contest.winners import emails, lines, queries, refusals
from contest.winners.answers import Asked, Status
from contest.winners.lines import Change
from contest.winners.models import LineAnswer, Settlement
from contest.winners.services.following import carry_through
from contest.winners.services.wishing import Wish, changes_of


def ask(contest: Contest, *, by: User, now: datetime) -> RecordedAct:
    """Write to the winners and ask them to read what will be printed; from now on their days are counted.

    Whoever has answered already is not written to again.

    :raise AskedAlready: about the same version of the list
    """
    _check_open(contest)
    decision = _decision(contest)
    if any(act.choice["version"] == decision.version for act in results.acts_of(contest, ActKind.WINNERS_ASKED)):
        raise refusals.AskedAlready
    found = queries.unconfirmed(contest)
    choice = {"version": decision.version, "lines": len(queries.confirmable(contest)), "sha256": decision.sha256}
    act = record_act(ActKind.WINNERS_ASKED, contest, subject="list", choice=choice, by=by, now=now)
    _write(contest, found, decision, now)
    return act


def _write(contest: Contest, found: Sequence[Status], decision: Decision, now: datetime) -> None:
    until = queries.answers_until(contest)
    if until is None:
        raise refusals.NotAskedYet
    for person, own in emails.first_asked(found).items():
        emails.ask(contest, person, own, version=decision.version, until=until, now=now)


def remind(contest: Contest, *, by: User, now: datetime) -> int:
    """Write to everybody who is silent; once a day at most.

    :return: number of people
    :raise NobodySilent: if nobody is
    """
    _check_open(contest)
    if not queries.are_asked(contest):
        raise refusals.NotAskedYet
    silent: dict[Asked, list[lines.Line]] = {}
    for status in queries.unconfirmed(contest):
        for person in status.silent:
            own = next((one for one in silent if one.user_id == person.user_id), person)
            silent.setdefault(own, []).append(status.line)
    if not silent:
        raise refusals.NobodySilent
    until = queries.answers_until(contest)
    for person, own_lines in silent.items():
        emails.remind(contest, person, own_lines, until=until, now=now)
    audit.record(
        "winners.reminded", contest_id=contest.id, by=by, about="list", now=now, details={"people": len(silent)}
    )
    return len(silent)


def accept(
    contest: Contest,
    answer_ids: Collection[int],
    *,
    number: str = "",
    decided_on: date,
    reason: str,
    by: User,
    now: datetime,
) -> Decision:
    """Make corrections: the decision gets its next version, in which only names as printed differ.

    Where a work or a newsroom has several prizes, a correction of one line reaches all of them.

    Whoever asked for a correction has confirmed the line as they wrote it; everybody else who is asked about that line
    reads it again.

    :param number: of the paper that corrects the decision, where there is one; once results are public there is
    :raise NumberNeeded: without a number then
    :raise SettledAlready: if one of them does not wait any more
    :raise Contradicting: if two of them cannot both be made
    """
    _check_takes_corrections(contest)
    chosen = _waiting(contest, answer_ids)
    before = {status.line.key: status for status in queries.statuses(contest)}
    called = {key: (status.line.kind, status.line.called) for key, status in before.items()}
    _check_agree(chosen, called)
    paper = Paper(number, decided_on, reason)
    decision = _corrected(contest, list(_made_once(chosen, called)), paper, by=by, now=now)
    after = {status.line.key: status for status in queries.statuses(contest)}
    for answer in chosen:
        _settle(answer, Settlement.ACCEPTED, reason, by, now)
        status = after[answer.key]
        answer.fingerprint = status.line.fingerprint
        for person in status.asked:
            if person.user_id == answer.user_id:
                emails.accepted(contest, person, answer, status.line, now=now)
    db.session.flush()
    _tell_others(contest, chosen, before, after, decision, now)
    carry_through(contest, by=by, now=now)
    return decision


def correct(
    contest: Contest, key: str, wish: Wish, *, number: str = "", decided_on: date, reason: str, by: User, now: datetime
) -> Decision:
    """Correct a line without having been asked to: the decision gets its next version, as when a winner asked for it.

    Everybody who is asked about the line reads it again; once results are public they are told how it reads, and the
    certificates follow with this very act.

    :raise NotNow: before the decision
    :raise NotFound: if there is no such line
    :raise NumberNeeded: without a number, once results are public
    :raise NameMissing, NotAnOrder, NothingAsked: if it is no line, or the same
    """
    lock(contest)
    if not queries.may_be_corrected(contest):
        raise refusals.NotNow
    before = {status.line.key: status for status in queries.statuses(contest)}
    if key not in before:
        raise NotFound
    asked = changes_of(before[key].line, wish)
    decision = _corrected(contest, [(key, asked)], Paper(number, decided_on, reason), by=by, now=now)
    after = {status.line.key: status for status in queries.statuses(contest)}
    _tell_others(contest, (), before, after, decision, now)
    carry_through(contest, by=by, now=now)
    return decision


@dataclass(frozen=True, slots=True)
class Paper:
    """The decision that corrects: its number, where there is one, its day and its reason."""

    number: str
    decided_on: date
    reason: str


def _corrected(
    contest: Contest, wanted: Sequence[tuple[str, Sequence[Change]]], paper: Paper, *, by: User, now: datetime
) -> Decision:
    """Write the next version of the decision; what is public already is corrected by a paper with a number.

    :raise NumberNeeded: if it has none
    """
    if contest.stage == Stage.PUBLISHED and not paper.number:
        raise NumberNeeded

    def made(copy: dict[str, Any]) -> dict[str, Any]:
        for key, asked in wanted:
            copy = lines.corrected(copy, key, asked)
        return copy

    return amend_decision(
        contest,
        made,
        kind=AmendmentKind.CORRECTION,
        number=paper.number,
        decided_on=paper.decided_on,
        reason=paper.reason,
        by=by,
        now=now,
    )


def _tell_others(
    contest: Contest,
    chosen: Sequence[LineAnswer],
    before: Mapping[str, Status],
    after: Mapping[str, Status],
    decision: Decision,
    now: datetime,
) -> None:
    """Ask the others of a line that reads otherwise now; where nobody is asked any more, tell them how it reads."""
    until = queries.answers_until(contest) or clock.local(now).date()
    done, asked = {(answer.key, answer.user_id) for answer in chosen}, queries.confirmable(contest)
    changed = [status for key, status in after.items() if status.line.fingerprint != before[key].line.fingerprint]
    for person, own in emails.first_asked(changed).items():
        others = [line for line in own if (line.key, person.user_id) not in done]
        to_read = [line for line in others if line.key in asked]
        if to_read:
            emails.ask(contest, person, to_read, version=decision.version, until=until, now=now)
        settled = [line for line in others if line.key not in asked]
        if settled and queries.shows_lines(contest):
            emails.corrected(contest, person, settled, version=decision.version, now=now)


def decline(contest: Contest, answer: LineAnswer, *, reason: str, by: User, now: datetime) -> None:
    """Leave a line as it stands, and write to whoever wanted it otherwise why.

    :raise SettledAlready: if it does not wait any more
    """
    _check_takes_corrections(contest)
    (waiting,) = _waiting(contest, [answer.id])
    status = queries.status_of(contest, waiting.key)
    if status is None:
        raise refusals.SettledAlready
    _settle(waiting, Settlement.DECLINED, reason, by, now)
    waiting.fingerprint = status.line.fingerprint
    for person in status.asked:
        if person.user_id == waiting.user_id:
            emails.declined(contest, person, waiting, status.line, now=now)
    db.session.flush()
    carry_through(contest, by=by, now=now)


def pass_over(contest: Contest, *, reason: str, by: User, now: datetime) -> RecordedAct:
    """Go on without the winners who are silent: their lines are printed as they stand.

    :raise NotAskedYet: while there is a line about which nobody was asked
    :raise NotYetPassed: before their days are over
    :raise NobodySilent: if no line waits for anybody's silence
    """
    _check_open(contest)
    until = queries.answers_until(contest)
    if until is None or not queries.are_asked(contest):
        raise refusals.NotAskedYet
    if clock.local(now).date() <= until:
        raise refusals.NotYetPassed(until=f"{until:%d/%m/%Y}")
    silent = [status.line for status in queries.unconfirmed(contest) if not status.open_corrections]
    if not silent:
        raise refusals.NobodySilent
    choice = {"lines": {line.key: line.fingerprint for line in silent}}
    act = record_act(ActKind.WINNERS_PASSED, contest, subject="list", choice=choice, reason=reason, by=by, now=now)
    carry_through(contest, by=by, now=now)
    return act


def check_confirmed(contest: Contest) -> None:
    """Pass when certificates may be prepared.

    :raise LinesUnconfirmed: while lines are neither confirmed nor passed over
    """
    waiting = queries.unconfirmed(contest)
    if waiting:
        raise refusals.LinesUnconfirmed(count=len(waiting))


def _check_open(contest: Contest) -> None:
    """Keep others from answering meanwhile, and pass while winners are asked about a line."""
    lock(contest)
    if not contest.regulation.gates.winners_confirm:
        raise refusals.NotAskedFor
    if not queries.takes_answers(contest):
        raise refusals.NotNow


def _check_takes_corrections(contest: Contest) -> None:
    """Keep others from answering meanwhile, and pass while winners may ask for corrections."""
    lock(contest)
    if contest.stage != Stage.PUBLISHED and not contest.regulation.gates.winners_confirm:
        raise refusals.NotAskedFor
    if not queries.takes_corrections(contest):
        raise refusals.NotNow


def _decision(contest: Contest) -> Decision:
    decision = results.newest_decision(contest)
    if decision is None:
        raise refusals.NotNow
    return decision


def _waiting(contest: Contest, answer_ids: Collection[int]) -> list[LineAnswer]:
    """The corrections as they wait now, in the order in which they were asked for."""
    if not answer_ids:
        raise refusals.NothingChosen
    waiting = {answer.id for status in queries.statuses(contest) for answer in status.open_corrections}
    found = [queries.correction(contest, answer_id) for answer_id in sorted(set(answer_ids))]
    chosen = [answer for answer in found if answer is not None and answer.id in waiting]
    if len(chosen) < len(found):
        raise refusals.SettledAlready
    return chosen


def _check_agree(chosen: Sequence[LineAnswer], called: Mapping[str, object]) -> None:
    for place, one in enumerate(chosen):
        for other in chosen[place + 1 :]:
            if called[one.key] == called[other.key] and lines.contradict(_changes(one), _changes(other)):
                raise refusals.Contradicting


def _made_once(chosen: Sequence[LineAnswer], called: Mapping[str, object]) -> Iterator[tuple[str, list[Change]]]:
    """What is changed, each time at one line of a work or newsroom; what several people want alike is changed once.

    :param called: whose words stand on each line, by its key
    """
    keys: dict[object, str] = {}
    found: dict[str, list[Change]] = {}
    for answer in chosen:
        asked = found.setdefault(keys.setdefault(called[answer.key], answer.key), [])
        asked += [change for change in _changes(answer) if change not in asked]
    yield from found.items()


def _changes(answer: LineAnswer) -> list[Change]:
    return [Change(**change) for change in answer.changes]


def _settle(answer: LineAnswer, settlement: Settlement, reason: str, by: User, now: datetime) -> None:
    answer.settlement, answer.settled_why = settlement, reason
    answer.settled_by_id, answer.settled_at = by.id, now
    audit.record(
        f"line.correction_{settlement}",
        contest_id=answer.contest_id,
        by=by,
        about=f"line:{answer.key}",
        now=now,
        details={"answer": answer.id},
    )
