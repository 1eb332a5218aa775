"""Changing one award: the next version of the decision, and the certificates that follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contest.accounts.models import User
from contest.certificates import queries as certificates
from contest.certificates import services as certificate_services
from contest.certificates.models import Certificate
from contest.database import lock
from contest.regulations.models import Contest, Stage
from contest.results import services as results
from contest.results.award_changes import AwardRef, Paper
from contest.results.models import AmendmentKind, Decision
from contest.winners import queries as winners
from contest.winners import services as winner_services


@dataclass(frozen=True)
class Plan:
    """Everything that an act on one award would change.

    :ivar change: of the list
    :ivar suspended: certificates that are held back
    :ivar resumed: certificates that are in force again
    :ivar revoked: certificates that end
    :ivar replaced: certificates that end because another is issued for the same work
    :ivar issued: how many new ones there will be
    """

    change: results.AwardChange
    suspended: Sequence[Certificate]
    resumed: Sequence[Certificate]
    revoked: Sequence[Certificate]
    replaced: Sequence[Certificate]
    issued: int


def plan(contest: Contest, ref: AwardRef, kind: AmendmentKind, paper: Paper) -> Plan:
    """Work out what an act would change, on the list and among the certificates; nothing is written.

    :raise ContestError: if it cannot be done with the award as it stands
    """
    change = results.award_change(contest, ref, kind, paper)
    found = certificate_services.consequences_of(contest, change.copy)
    register = {each.id: each for each in certificates.register_of(contest)}
    return Plan(
        change,
        suspended=[register[number] for number in found.suspended],
        resumed=[register[number] for number in found.resumed],
        revoked=[register[number] for number in found.revoked],
        replaced=[register[number] for number, _ in found.replaced],
        issued=len(found.issued),
    )


def change_award(
    contest: Contest,
    ref: AwardRef,
    kind: AmendmentKind,
    *,
    number: str,
    decided_on: date,
    signer: str,
    reason: str,
    key: Ed25519PrivateKey,
    by: User,
    now: datetime,
) -> Decision:
    """Suspend, revoke or restore an award, and bring the certificates in line; new ones are drawn in the background.

    Where winners of a decision that is not public yet have still to confirm their lines, as those who move up, nothing
    is issued: the certificates are brought in line once they have. Once results are public, those who move up are asked
    with this very act; their certificates alone wait for them.

    :param key: signs the codes of new certificates
    :raise ContestError: as `results.services.change_award`
    """
    lock(contest)
    decision, _ = results.change_award(
        contest, ref, kind, number=number, decided_on=decided_on, signer=signer, reason=reason, by=by, now=now
    )
    is_public = contest.stage == Stage.PUBLISHED
    waiting = winners.unconfirmed(contest)
    if is_public and waiting and not winners.are_asked(contest):
        winner_services.ask(contest, by=by, now=now)
    if certificates.last_number(contest) and (is_public or not waiting):
        followed = certificate_services.follow_decision(contest, key=key, by=by, now=now)
        if not followed.are_none:
            certificate_services.request_drawing(contest, by=by, now=now)
    return decision
