"""What a secretary can do with a work: accept, return, reject, note, check again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contest import audit
from contest.database import db, lock
from contest.entries import eligibility
from contest.entries.draft import gaps
from contest.entries.findings import Finding, Severity
from contest.entries.models import Entry, EntryRevision
from contest.entries.queries import facts
from contest.entries.services import about, draft_as_sent
from contest.errors import NotFound
from contest.screening import acts, emails, queries
from contest.screening.acts import ActKind, Shown
from contest.screening.models import ScreeningAct
from contest.screening.refusals import ActedMeanwhile, GroundUnknown, ReasonMissing, RevisionChanged

if TYPE_CHECKING:
    from contest.accounts.models import User

AUDITED = {
    ActKind.ACCEPT: "entry.accepted",
    ActKind.RETURN: "entry.returned",
    ActKind.REJECT: "entry.rejected",
    ActKind.NOTE: "entry.noted",
    ActKind.CHECK: "entry.checked",
}

TOLD = (Severity.BLOCKS, Severity.WARNS)
"""What the secretariat has to weigh; that prizes are to be declared is a reminder to the author alone."""


def accept(entry: Entry, shown: Shown, *, reason: str = "", by: User, now: datetime) -> ScreeningAct:
    """Let a work go to the jury.

    :param reason: needed when the machine found something that stops the work; the author does not read it
    :raise RevisionChanged, ActedMeanwhile: if the work is no longer what the secretary read
    """
    revision, same = _decide_on(entry, shown, ActKind.ACCEPT, by)
    if same is not None:
        return same
    acts.check_acceptance(entry.blocks, reason)
    act = _record(entry, revision, ActKind.ACCEPT, reason=reason, by=by, now=now)
    _close_return(entry)
    emails.accepted(entry, act, now=now)
    return act


def return_entry(
    entry: Entry, shown: Shown, *, items: Sequence[str], reason: str, until: datetime, by: User, now: datetime
) -> ScreeningAct:
    """Send a work back to its author, who may change only the parts named, until a date.

    :param items: codes as in `acts.items_of`
    :param until: exclusive: the midnight after the last day
    :raise RevisionChanged, ActedMeanwhile: if the work is no longer what the secretary read
    """
    revision, same = _decide_on(entry, shown, ActKind.RETURN, by)
    if same is not None and (same.until, same.items, same.reason) == (until, list(items), reason):
        return same
    regulation = entry.contest.regulation
    known = [item.code for item in acts.items_of(regulation.category(entry.category))]
    acts.check_return(items, reason, until, known=known, now=now, opens=regulation.rounds[0].opens)
    act = _record(entry, revision, ActKind.RETURN, reason=reason, items=list(items), until=until, by=by, now=now)
    entry.returned_until, entry.returned_items, entry.returned_reason = until, list(items), reason
    emails.returned(entry, act, now=now)
    return act


def reject(entry: Entry, shown: Shown, *, rule: str, reason: str, by: User, now: datetime) -> ScreeningAct:
    """Keep a work out of the contest, on an article of the regulation.

    :param rule: code of the rule, as in `acts.grounds_of`
    :raise RevisionChanged, ActedMeanwhile: if the work is no longer what the secretary read
    """
    revision, same = _decide_on(entry, shown, ActKind.REJECT, by)
    if same is not None:
        return same
    articles = {code: article for code, article, _meaning in acts.grounds_of(entry.contest.regulation)}
    if rule not in articles:
        raise GroundUnknown
    if not reason:
        raise ReasonMissing
    act = _record(entry, revision, ActKind.REJECT, reason=reason, article=articles[rule], by=by, now=now)
    _close_return(entry)
    entry.returned_reason = reason
    emails.rejected(entry, act, now=now)
    return act


def note(entry: Entry, text: str, *, by: User, now: datetime) -> ScreeningAct:
    """Leave a word for colleagues; the author never sees it and nothing else changes."""
    if not text:
        raise ReasonMissing
    return _record(entry, _sent(entry), ActKind.NOTE, reason=text, by=by, now=now)


def check_again(entry: Entry, *, by: User, now: datetime) -> ScreeningAct:
    """Hold the revision in force against the regulation in force, and against all that was entered since."""
    lock(entry)
    revision = _sent(entry)
    draft = draft_as_sent(revision)
    regulation = entry.contest.regulation
    found = gaps(draft, regulation) + eligibility.check(
        facts(entry, draft, revision.content["attachments"]), regulation
    )
    told = [finding for finding in found if finding.severity in TOLD]
    entry.count_findings((finding.severity for finding in told), declared=len(draft["prior_awards"]))
    items = [finding.to_store() for finding in told]
    return _record(entry, revision, ActKind.CHECK, items=items, by=by, now=now)


def findings_in_force(revision: EntryRevision, history: Sequence[ScreeningAct]) -> list[Finding]:
    """Give what the machine says of a revision: its latest check, else what it found when the work was sent."""
    checks = [act for act in history if act.kind is ActKind.CHECK and act.revision_id == revision.id]
    kept = checks[-1].items if checks else revision.findings
    return [finding for finding in map(Finding.stored, kept) if finding.severity in TOLD]


def _sent(entry: Entry) -> EntryRevision:
    if entry.revision is None:
        raise NotFound
    return entry.revision


def _decide_on(entry: Entry, shown: Shown, kind: ActKind, by: User) -> tuple[EntryRevision, ScreeningAct | None]:
    """Make sure that the secretary decides on what is there now.

    :return: the revision in force, and the act itself when this is only its button pressed twice
    """
    lock(entry)
    acts.check_stage(kind, entry.contest.stage)
    revision = _sent(entry)
    latest = queries.latest_decision(entry)
    if latest is not None and latest.id != shown.act_id:
        if latest.by_id == by.id and latest.kind is kind and latest.revision_id == shown.revision_id == revision.id:
            return revision, latest
        raise ActedMeanwhile(name=latest.by.name, at=latest.at)
    if revision.id != shown.revision_id:
        raise RevisionChanged(number=revision.number, at=revision.created_at)
    acts.check_state(kind, entry.state)
    return revision, None


def _record(
    entry: Entry, revision: EntryRevision, kind: ActKind, *, by: User, now: datetime, **what: Any
) -> ScreeningAct:
    act = ScreeningAct(entry=entry, revision=revision, kind=kind, by_id=by.id, at=now, **what)
    db.session.add(act)
    if kind in acts.DECISIONS:
        entry.state, entry.updated_at = acts.STATES[kind], now
    db.session.flush()
    details: dict[str, Any] = {"act": act.id, "revision": revision.number}
    if act.article:
        details["article"] = act.article
    if act.until is not None:
        details |= {"items": act.items, "until": act.until.isoformat()}
    audit.record(AUDITED[kind], contest_id=entry.contest_id, by=by, about=about(entry), now=now, details=details)
    return act


def _close_return(entry: Entry) -> None:
    entry.returned_until, entry.returned_items, entry.returned_reason = None, [], ""
