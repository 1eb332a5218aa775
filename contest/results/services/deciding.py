"""From the posted list to the wall: the notice, the decision, the publication."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from contest import audit
from contest.accounts.models import User
from contest.clock import ZONE
from contest.database import db
from contest.regulations.models import Contest, Stage
from contest.results import emails, gates, lists, queries, record, refusals
from contest.results.gates import Act
from contest.results.models import ActKind, Decision, Posting, Publication
from contest.results.services.recording import make_public, record_act, take_step


class Follower(Protocol):
    """What a room above does with the act that makes results public."""

    def __call__(self, contest: Contest, *, by: User, now: datetime) -> None: ...


_followers: list[Follower] = []


def follows_publication(follower: Follower) -> Follower:
    """Name the function of a room above that is called when results are published, in the same transaction."""
    _followers.append(follower)
    return follower


def post_list(contest: Contest, *, by: User, now: datetime) -> Posting:
    """Hang the proposed list on the public notice from today on.

    It hangs for as many days as the regulation says, today counted unless it is late in the day, and in any case to
    the end of the day that the calendar promised: whoever counts on that day must still be able to object.

    :raise NotNow: if it is not its turn
    """
    take_step(Act.POST, contest, now)
    version, copy = _written(contest)
    calendar = contest.regulation.calendar
    opens_on = now.astimezone(ZONE).date()
    posted: dict[str, Any] = {
        "format": record.FORMAT,
        "contest": contest.slug,
        "sections": copy["sections"],
        "awards": lists.for_notice(copy["awards"]),
        "collective": lists.for_notice(copy["collective"]),
    }
    posting = Posting(
        contest_id=contest.id,
        version=version,
        opens_on=opens_on,
        until=gates.last_day(
            gates.first_full_day(now),
            calendar.posting_days or 1,
            calendar.posting.last if calendar.posting is not None else None,
        ),
        copy=posted,
        sha256=record.fingerprint(posted),
        by_id=by.id,
        at=now,
    )
    db.session.add(posting)
    contest.stage = Stage.POSTED
    db.session.flush()
    audit.record(
        "list.posted",
        contest_id=contest.id,
        by=by,
        about="list",
        now=now,
        details={"sha256": posting.sha256, "until": posting.until.isoformat()},
    )
    emails.tell_of_posting(contest, posting, copy["awards"], now=now)
    emails.tell_newsrooms_of_posting(contest, posting, copy["collective"], now=now)
    return posting


def decide(
    contest: Contest,
    *,
    number: str,
    decided_on: date,
    issuer: str,
    signer_power: str,
    signer_title: str,
    signer_name: str,
    no_open_complaint: bool = False,
    by: User,
    now: datetime,
) -> Decision:
    """Record the decision that gives the prizes, and freeze the copy that certificates and the wall are made from.

    :param no_open_complaint: that whoever records it states that every complaint is answered
    :raise NotNow: if it is not its turn, or the posting has not ended
    :raise ComplaintOpen: if the regulation asks for that statement and it is not made
    :raise ContestError: at the date, if it cannot be the day of the decision
    """
    take_step(Act.DECIDE, contest, now)
    gates.check_decided_on(decided_on, queries.situation_of(contest), now)
    if contest.regulation.gates.no_open_complaint and not no_open_complaint:
        raise refusals.ComplaintOpen
    version, written = _written(contest)
    words = {
        "number": number,
        "issuer": issuer,
        "signer_power": signer_power,
        "signer_title": signer_title,
        "signer_name": signer_name,
    }
    copy = _frozen(contest, {**words, "decided_on": decided_on.isoformat()}, written)
    if no_open_complaint:
        record_act(ActKind.NO_COMPLAINT, contest, subject="list", choice={"version": version}, by=by, now=now)
    decision = Decision(
        contest_id=contest.id,
        version=version,
        decided_on=decided_on,
        **words,
        copy=copy,
        sha256=record.fingerprint(copy),
        by_id=by.id,
        at=now,
    )
    db.session.add(decision)
    contest.stage = Stage.DECIDED
    db.session.flush()
    audit.record(
        "decision.recorded",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={"sha256": decision.sha256, "number": number, "decided_on": decided_on.isoformat()},
    )
    return decision


def _frozen(contest: Contest, decision: dict[str, str], written: dict[str, Any]) -> dict[str, Any]:
    """The copy that certificates and the wall are made from.

    :param decision: what stands on its paper
    :param written: the list
    """
    posting = queries.newest_posting(contest)
    return {
        "format": record.FORMAT,
        "contest": {
            "slug": contest.slug,
            "name": contest.regulation.name,
            "short_name": contest.regulation.short_name,
        },
        "regulation": queries.regulation_hash(contest),
        "letterhead": contest.regulation.letterhead.model_dump(mode="json"),
        "decision": decision,
        "posting": {"opens_on": posting.opens_on.isoformat(), "until": posting.until.isoformat()} if posting else None,
        **written,
    }


def mark_prepared(contest: Contest, *, certificates: int, by: User, now: datetime) -> None:
    """Record that every certificate of the decision is drawn; the room of certificates calls this when it is so.

    :raise NotNow: if it is not its turn
    """
    take_step(Act.PREPARE, contest, now)
    record_act(ActKind.PREPARED, contest, subject="certificates", choice={"certificates": certificates}, by=by, now=now)
    contest.stage = Stage.PREPARED


def publish(contest: Contest, *, by: User, now: datetime) -> Publication:
    """Make the decision public: results show, certificates answer, winners are written to.

    :raise NotNow: if it is not its turn
    """
    take_step(Act.PUBLISH, contest, now)
    decision = queries.newest_decision(contest)
    if decision is None:
        raise refusals.NotDecided
    publication = make_public(decision, by=by, now=now)
    contest.stage = Stage.PUBLISHED
    copy = queries.copy_of(decision)
    emails.tell_of_publication(contest, decision, copy["awards"], now=now)
    emails.tell_newsrooms_of_publication(contest, decision, copy["collective"], now=now)
    for follower in _followers:
        follower(contest, by=by, now=now)
    return publication


def _written(contest: Contest) -> tuple[int, dict[str, Any]]:
    """Write the proposed list as it stands: its version, its parts and its lines; it may be without any."""
    return queries.list_version(contest), {
        "sections": queries.sections_of(contest),
        "awards": queries.lines_of(contest, queries.awards_of(contest)),
        "collective": queries.collective_lines_of(contest, queries.collective_awards_of(contest)),
    }
