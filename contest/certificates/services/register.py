"""What certificates are made from, and how they enter the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contest.certificates import codes, queries, refusals, seal, wording
from contest.certificates.layout import set_certificate
from contest.certificates.models import Certificate, CertificateState
from contest.certificates.services.designing import Designs
from contest.certificates.services.keys import know_code_key
from contest.database import db
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results.models import Decision


def decision_of(contest: Contest) -> Decision:
    """Give the decision in force.

    :raise NothingDecided: if there is none
    """
    decision = results.newest_decision(contest)
    if decision is None:
        raise refusals.NothingDecided
    return decision


def given_on(contest: Contest, decision: Decision) -> date:
    """Tell the date printed above the signature: the ceremony's, which cannot be before the decision."""
    return max(contest.regulation.calendar.ceremony_on, decision.decided_on)


def words_of(contest: Contest, decision: Decision) -> list[wording.Issue]:
    """Word every certificate of a decision, in the order of the register."""
    rule = contest.regulation.certificate
    return list(wording.issues(results.copy_of(decision), rule, given_on=given_on(contest, decision)))


def enter(
    contest: Contest, decision: Decision, issues: Iterable[wording.Issue], *, key: Ed25519PrivateKey, now: datetime
) -> list[Certificate]:
    """Enter certificates into the register, from the next number on, each with the design that is for it now."""
    know_code_key(key.public_key(), now=now)
    rule, first = contest.regulation.certificate, queries.last_number(contest) + 1
    designs = Designs(contest)
    made = []
    for number, issue in enumerate(issues, first):
        register_number = rule.register_number(number, given_on(contest, decision).year)
        printed = {**issue.printed, "register_number": register_number, "register": f"Vào sổ số {register_number}"}
        set_certificate(printed, designs.of(issue))
        code = codes.new()
        made.append(
            Certificate(
                contest_id=contest.id,
                decision_id=decision.id,
                award_id=issue.award_id,
                collective_award_id=issue.collective_id,
                position=issue.position,
                subject=issue.subject,
                number=number,
                code=code,
                printed=printed,
                payload=seal.sign(code, wording.signed_words(printed), key),
                state=CertificateState.PREPARED,
                prepared_at=now,
                design_sha256=designs.keep(issue),
            )
        )
    db.session.add_all(made)
    db.session.flush()
    return made
