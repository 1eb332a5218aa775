"""Keeping names from jurors: copies without names, other words for a title, and telling the names after the sealing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contest import audit, jobs, storage
from contest.accounts.models import User
from contest.accounts.services import check_names_nobody
from contest.database import db, lock
from contest.entries.models import Attachment
from contest.judging import queries
from contest.judging.byline import Telling
from contest.judging.models import LookedThrough, RedactedCopy, Round, RoundEntry
from contest.judging.refusals import AlreadyUnblinded, NotBlind, NotSealedYet, UnblindingNeedsReason, WrongKindOfCopy
from contest.judging.services.rounds import check_not_sealed

LOOKING = "judging.look_for_names"


def check_blind(round_: Round) -> None:
    """Pass while names are hidden and the round still goes on.

    :raise NotBlind: if the regulation hides no names in this round
    :raise RoundSealed: once the round is sealed
    """
    if not round_.rule.blind:
        raise NotBlind(round=round_.name)
    check_not_sealed(round_)


def look_for_names(round_: Round, *, by: User | None, now: datetime) -> jobs.Job:
    """Ask that everything jurors of a round see is looked through for names."""
    check_blind(round_)
    key = f"{LOOKING}:{round_.id}:{now.isoformat()}"
    return jobs.enqueue(LOOKING, {"round": round_.id}, key=key, now=now, contest_id=round_.contest_id, by=by)


def keep_found(attachment_id: int, sha256: str, found: Sequence[Telling], *, readable: bool, now: datetime) -> None:
    """Keep what was found in the bytes of a file; what somebody said of other bytes holds no longer."""
    looked = db.session.get(LookedThrough, attachment_id)
    if looked is None:
        looked = LookedThrough(attachment_id=attachment_id)
    elif looked.sha256 != sha256:
        looked.cleared_at = looked.cleared_by_id = None
    looked.sha256, looked.telling, looked.readable, looked.at = sha256, [one.kept() for one in found], readable, now
    db.session.add(looked)


def supply_copy(
    work: RoundEntry, attachment: Attachment, blob: storage.Blob, *, note: str = "", by: User, now: datetime
) -> RedactedCopy:
    """Let jurors see this file in place of another, which stays as it is.

    :raise WrongKindOfCopy: if it is neither of the kind of the file it stands for nor a PDF
    """
    check_blind(work.round)
    original = db.session.get_one(storage.Blob, attachment.sha256)
    if blob.kind not in (original.kind, storage.Kind.PDF):
        raise WrongKindOfCopy
    lock(attachment)
    _lay_aside(queries.copy_in_force(attachment.id), now)
    copy = RedactedCopy(attachment_id=attachment.id, sha256=blob.sha256, note=note, by_id=by.id, at=now)
    db.session.add(copy)
    db.session.flush()
    storage.derive_later(blob, contest_id=work.round.contest_id, by=by, now=now)
    look_for_names(work.round, by=by, now=now)
    _record("work.redacted", work, by, now, {"attachment": attachment.id, "sha256": blob.sha256})
    return copy


def take_copy_away(work: RoundEntry, attachment: Attachment, *, by: User, now: datetime) -> None:
    """Let jurors see the file itself again."""
    check_blind(work.round)
    lock(attachment)
    copy = queries.copy_in_force(attachment.id)
    if copy is not None:
        _lay_aside(copy, now)
        _record("work.redaction_removed", work, by, now, {"attachment": attachment.id})


def _lay_aside(copy: RedactedCopy | None, now: datetime) -> None:
    if copy is not None:
        copy.removed_at = now
        db.session.flush()


def clear_file(work: RoundEntry, attachment: Attachment, *, sha256: str, by: User, now: datetime) -> None:
    """Say that the bytes one has looked at give nobody away.

    :param sha256: of these bytes; others that came in between are not cleared
    """
    check_blind(work.round)
    looked = db.session.get(LookedThrough, attachment.id)
    if looked is None:
        looked = LookedThrough(attachment_id=attachment.id, telling=[], readable=False, at=now)
    looked.sha256, looked.cleared_at, looked.cleared_by_id = sha256, now, by.id
    db.session.add(looked)
    _record("work.found_nameless", work, by, now, {"attachment": attachment.id, "sha256": sha256})


def reword(work: RoundEntry, *, title: str, summary: str, links_shown: bool, by: User, now: datetime) -> None:
    """Let jurors read another title or summary, and open the articles themselves or not."""
    check_blind(work.round)
    lock(work)
    work.shown_title, work.shown_summary, work.links_shown = title, summary, links_shown
    changed = {"title": bool(title), "summary": bool(summary), "links": links_shown}
    _record("work.reworded", work, by, now, changed)


def unblind(round_: Round, *, reason: str, by: User, now: datetime) -> None:
    """Tell jurors, after the sealing, whose works they have judged. There is no way back.

    :raise UnblindingRefused: if the round hides nothing, is not sealed, was unblinded, or without a reason
    :raise NamesSomebody: if the reason does
    """
    lock(round_)
    if not round_.rule.blind:
        raise NotBlind(round=round_.name)
    if round_.sealed_at is None:
        raise NotSealedYet(round=round_.name)
    if round_.unblinded_at is not None:
        raise AlreadyUnblinded(at=round_.unblinded_at)
    if not reason:
        raise UnblindingNeedsReason
    check_names_nobody(reason)
    round_.unblinded_at, round_.unblinded_by_id, round_.unblinding_reason = now, by.id, reason
    audit.record(
        "round.unblinded",
        contest_id=round_.contest_id,
        by=by,
        about=f"round:{round_.code}",
        now=now,
        details={"reason": reason},
    )


def _record(act: str, work: RoundEntry, by: User, now: datetime, details: dict[str, Any]) -> None:
    details = {"round": work.round.code, **details}
    audit.record(
        act, contest_id=work.round.contest_id, by=by, about=f"entry:{work.entry.code}", now=now, details=details
    )
