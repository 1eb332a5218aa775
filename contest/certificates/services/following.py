"""Bringing certificates in line with the decision in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from contest import audit
from contest.accounts.models import User
from contest.certificates import queries, wording
from contest.certificates.following import Consequences, Held, Key, Prize, follow, key_of, suspended_prizes
from contest.certificates.models import Certificate, CertificateState
from contest.certificates.services.register import decision_of, enter, given_on
from contest.database import db, lock
from contest.regulations.issuing import CertificateRule
from contest.regulations.models import Contest, Stage
from contest.results import queries as results
from contest.results.models import AmendmentKind, Decision
from contest.results.services import mark_prepared
from contest.winners import queries as winners
from contest.winners.lines import AWARD


def consequences_of(contest: Contest, copy: Mapping[str, Any]) -> Consequences:
    """Say what a copy of the decision would mean for the certificates that were issued; none before they are.

    :param copy: of the version in force, or of one that is only thought of
    """
    issued = [each for each in queries.register_of(contest) if each.state != CertificateState.SUPERSEDED]
    if not issued:
        return Consequences()
    rule, on = _rule(contest, issued), given_on(contest, decision_of(contest))
    words = {
        decision: {
            key_of(issue): issue.printed for issue in wording.issues(results.copy_of(decision), rule, given_on=on)
        }
        for decision in {each.decision for each in issued}
    }
    held = []
    for each in issued:
        own = key_of_issued(each)
        held.append(
            Held(
                each.id,
                own,
                words[each.decision][own],
                is_suspended=each.state == CertificateState.SUSPENDED,
                is_revoked=each.state == CertificateState.REVOKED,
            )
        )
    return follow(held, wording.issues(copy, rule, given_on=on), suspended_prizes(copy), _waiting(contest))


def _waiting(contest: Contest) -> set[Prize]:
    """The prizes that came upon a public list and whose winners have not confirmed their first line."""
    if contest.stage != Stage.PUBLISHED:
        return set()
    asked = {
        Prize(status.line.number, None) if status.line.kind == AWARD else Prize(None, status.line.number)
        for status in winners.unconfirmed(contest)
    }
    return asked - {Prize(each.award_id, each.collective_award_id) for each in queries.register_of(contest)}


def key_of_issued(certificate: Certificate) -> Key:
    """Tell for what and for whom a certificate was issued."""
    member = (certificate.subject or "") if certificate.position else ""
    return Key(Prize(certificate.award_id, certificate.collective_award_id), member)


def _rule(contest: Contest, issued: Sequence[Certificate]) -> CertificateRule:
    """The rule of the regulation, with copies for the members of groups exactly where such were issued."""
    rule = contest.regulation.certificate
    if any(len(each.printed["authors"]) > 1 for each in issued):
        return rule.model_copy(update={"individual_copies": any(each.position for each in issued)})
    return rule


def follow_decision(contest: Contest, *, key: Ed25519PrivateKey, by: User, now: datetime) -> Consequences:
    """Bring the certificates in line with the decision in force: suspend, resume, revoke, replace and issue.

    Each bears the number, the day and the reason of the amending decision. What is issued anew waits to be drawn.
    """
    lock(contest)
    decision = decision_of(contest)
    found = consequences_of(contest, results.copy_of(decision))
    if not found.are_none:
        _apply(contest, decision, found, key=key, by=by, now=now)
    if contest.stage == Stage.DECIDED and not queries.undrawn(contest):
        mark_prepared(contest, certificates=len(queries.register_of(contest)), by=by, now=now)
    return found


def _apply(
    contest: Contest, decision: Decision, found: Consequences, *, key: Ed25519PrivateKey, by: User, now: datetime
) -> None:
    by_id = {each.id: each for each in queries.register_of(contest)}
    made = enter(contest, decision, found.issued, key=key, now=now)
    new = {key_of(issue): certificate for issue, certificate in zip(found.issued, made, strict=True)}
    hold_back(decision, [*made, *(by_id[number] for number in found.suspended)])
    for number in found.revoked:
        _end(by_id[number], CertificateState.REVOKED, decision)
    for number, successor in found.replaced:
        _end(by_id[number], CertificateState.SUPERSEDED, decision)
        by_id[number].replaced_by = new[successor]
    for number in found.resumed:
        resumed = by_id[number]
        resumed.state, resumed.ended_on, resumed.ended_by, resumed.ended_why = CertificateState.PREPARED, None, "", ""
    db.session.flush()
    audit.record(
        "certificates.followed",
        contest_id=contest.id,
        by=by,
        about=f"decision:{decision.version}",
        now=now,
        details={
            "suspended": sorted(by_id[each].number for each in found.suspended),
            "resumed": sorted(by_id[each].number for each in found.resumed),
            "revoked": sorted(by_id[each].number for each in found.revoked),
            "replaced": sorted([by_id[each].number, new[successor].number] for each, successor in found.replaced),
            "issued": [each.number for each in made],
        },
    )


def hold_back(decision: Decision, certificates: Iterable[Certificate]) -> None:
    """Suspend the certificates whose prizes a version of the decision holds back, each by the paper that did."""
    papers = suspended_prizes(results.copy_of(decision))
    for certificate in certificates:
        paper = papers.get(Prize(certificate.award_id, certificate.collective_award_id))
        if paper is not None:
            _end(certificate, CertificateState.SUSPENDED, _version_by(decision, paper))


def _version_by(decision: Decision, paper: Mapping[str, str]) -> Decision:
    """The version of a decision that was written because of a paper."""
    versions = select(Decision).filter_by(
        contest_id=decision.contest_id,
        amended_by=paper["number"],
        amended_on=date.fromisoformat(paper["decided_on"]),
        amended_as=AmendmentKind.SUSPENSION,
    )
    return db.session.scalar(versions.order_by(Decision.version.desc()).limit(1)) or decision


def _end(certificate: Certificate, state: CertificateState, decision: Decision) -> None:
    certificate.state = state
    certificate.ended_on = decision.amended_on
    certificate.ended_by = decision.amended_by
    certificate.ended_why = decision.reason
