"""Templates: kept by version, retired, chosen for each certificate, and kept as they were when it was prepared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from contest import audit, storage
from contest.accounts.models import User
from contest.audit.chain import canonical
from contest.certificates import queries, refusals
from contest.certificates.choosing import TemplateKind, choose, taken_by
from contest.certificates.design import Design
from contest.certificates.models import CertificateTemplate, KeptDesign
from contest.certificates.wording import Issue
from contest.database import db, lock
from contest.regulations.models import Contest


@dataclass(frozen=True)
class Meant:
    """What a template is called, for which certificates it is, and how it draws them.

    :ivar tiers: codes of prizes; none for all
    """

    name: str
    kind: TemplateKind
    tiers: list[str]
    design: Design


def begin_template(contest: Contest, meant: Meant, *, by: User, now: datetime) -> CertificateTemplate:
    """Keep a new template.

    :raise TemplateTaken: if another is for the same certificates
    """
    lock(contest)
    _check_free(meant, queries.templates_of(contest))
    template = CertificateTemplate(
        contest_id=contest.id, version=1, created_at=now, created_by_id=by.id, updated_at=now, updated_by_id=by.id
    )
    _keep(template, meant)
    db.session.add(template)
    _record("begun", template, by=by, now=now)
    return template


def save_template(
    template: CertificateTemplate, meant: Meant, *, version: int, by: User, now: datetime
) -> CertificateTemplate:
    """Keep the next version of a template; certificates that are prepared already keep theirs.

    :param version: the version that the form was opened with
    :raise TemplateChanged: if somebody has saved it since
    :raise TemplateTaken: if another is for the same certificates
    """
    contest = db.session.get_one(Contest, template.contest_id)
    lock(contest)
    if template.version != version:
        raise refusals.TemplateChanged(by=template.updated_by.name, at=template.updated_at)
    if template.retired_at is None:
        _check_free(meant, (each for each in queries.templates_of(contest) if each.id != template.id))
    before = template.background_sha256
    _keep(template, meant)
    template.version, template.updated_at, template.updated_by_id = version + 1, now, by.id
    _record("saved", template, by=by, now=now)
    if before is not None and before != template.background_sha256:
        storage.release(before)
    return template


def retire_template(template: CertificateTemplate, *, by: User, now: datetime) -> None:
    """Let a template draw no certificate that is prepared from now on."""
    if template.retired_at is None:
        template.retired_at = now
        _record("retired", template, by=by, now=now)


def restore_template(template: CertificateTemplate, *, by: User, now: datetime) -> None:
    """Take a retired template into use again.

    :raise TemplateTaken: if another has taken its place
    """
    contest = db.session.get_one(Contest, template.contest_id)
    lock(contest)
    if template.retired_at is not None:
        _check_free(template, queries.templates_of(contest))
        template.retired_at = None
        _record("restored", template, by=by, now=now)


class Designs:
    """What draws the certificates of a contest that are prepared now: the templates in use, and the house's look."""

    def __init__(self, contest: Contest) -> None:
        self._templates = queries.templates_of(contest)
        self._designs = {None: Design.default()} | {each.id: Design.of(each.design) for each in self._templates}
        self._fingerprints = {key: _fingerprint(design) for key, design in self._designs.items()}
        self._kept: set[str] = set()

    def of(self, issue: Issue) -> Design:
        """Give the design of a certificate."""
        return self._designs[self._template(issue)]

    def fingerprint(self, issue: Issue) -> str:
        """Give the hash of the design of a certificate."""
        return self._fingerprints[self._template(issue)]

    def keep(self, issue: Issue) -> str:
        """Keep the design of a certificate as it is now.

        :return: the hash under which it is kept
        """
        fingerprint = self.fingerprint(issue)
        if fingerprint not in self._kept:
            self._kept.add(fingerprint)
            _keep_design(fingerprint, self.of(issue))
        return fingerprint

    def _template(self, issue: Issue) -> int | None:
        chosen = choose(self._templates, tier=issue.tier, kind=issue.kind)
        return chosen.id if chosen is not None else None


def _fingerprint(design: Design) -> str:
    return sha256(canonical(design.document())).hexdigest()


HOUSE = _fingerprint(Design.default())


def _keep_design(fingerprint: str, design: Design) -> None:
    if db.session.get(KeptDesign, fingerprint) is None:
        kept = KeptDesign(sha256=fingerprint, design=design.document(), background_sha256=design.background)
        db.session.add(kept)
        db.session.flush()


def _check_free(claim: Meant | CertificateTemplate, others: Iterable[CertificateTemplate]) -> None:
    other = taken_by(claim, others)
    if other is not None:
        raise refusals.TemplateTaken(name=other.name)


def _keep(template: CertificateTemplate, meant: Meant) -> None:
    template.name, template.kind, template.tiers = meant.name, meant.kind, list(meant.tiers)
    template.design, template.background_sha256 = meant.design.document(), meant.design.background


def _record(what: str, template: CertificateTemplate, *, by: User, now: datetime) -> None:
    db.session.flush()
    audit.record(
        f"certificates.template_{what}",
        contest_id=template.contest_id,
        by=by,
        about=f"certificate_template:{template.id}",
        now=now,
        details={
            "version": template.version,
            "kind": str(template.kind),
            "tiers": template.tiers,
            "sha256": sha256(canonical(template.design)).hexdigest(),
        },
    )
