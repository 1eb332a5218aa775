"""Preparing certificates: words, numbers and codes."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contest import audit
from contest.accounts.models import User
from contest.audit.chain import canonical
from contest.certificates import queries
from contest.certificates.models import Certificate
from contest.certificates.services.following import follow_decision, hold_back
from contest.certificates.services.register import decision_of, enter, words_of
from contest.database import lock
from contest.regulations.models import Contest, Stage
from contest.winners.services import check_confirmed


def prepare(contest: Contest, *, key: Ed25519PrivateKey, by: User, now: datetime) -> list[Certificate]:
    """Give every certificate of the decision its words, its number in the register and its code; once.

    Where an earlier version of the decision has issued certificates, they are brought in line with the one in force;
    once results are public only those lines wait for their winners that came upon the list since.
    Numbers follow the order of the decision and have no gaps: they are counted under the lock of the contest. Words
    that do not fit on a sheet are refused now, before any number is given.

    :return: the certificates that the decision in force issued, by number, also when they were prepared before
    :raise NothingDecided: if there is no decision
    :raise LinesUnconfirmed: while winners have not confirmed what is printed of them
    :raise ContestError: if the words of one cannot be set
    """
    lock(contest)
    decision = decision_of(contest)
    if contest.stage != Stage.PUBLISHED:
        check_confirmed(contest)
    if queries.last_number(contest):
        follow_decision(contest, key=key, by=by, now=now)
        return queries.certificates_of(decision)
    made = enter(contest, decision, words_of(contest, decision), key=key, now=now)
    hold_back(decision, made)
    audit.record(
        "certificates.numbered",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={
            "first": made[0].number if made else None,
            "last": made[-1].number if made else None,
            "sha256": sha256(canonical([each.printed for each in made])).hexdigest(),
        },
    )
    return made
