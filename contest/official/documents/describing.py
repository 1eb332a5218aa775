"""From a contest and the fields of a draft to the description of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import force_locale

from contest import audit, clock
from contest.council import documents as council
from contest.council import queries as meetings
from contest.database import db
from contest.judging import documents as judging_documents
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.official import queries
from contest.official.documents.amendment import amendment, changes
from contest.official.documents.ceremony import ceremony, guests, invitations
from contest.official.documents.decision import decision
from contest.official.documents.payment import payment_list
from contest.official.documents.proposal import notice, proposal
from contest.official.documents.report import report
from contest.official.documents.scores import scores
from contest.official.drafting import defaults
from contest.official.kinds import Field, Kind
from contest.official.queries import Offer
from contest.official.setting import Setting, long_date
from contest.printing.official import Document
from contest.printing.official.language import dotted
from contest.printing.official.spoken import Usage
from contest.regulations.models import Contest
from contest.results import lists
from contest.results import queries as results
from contest.results.models import ActKind, Decision


def described(contest: Contest, offered: Offer) -> Document:
    """Describe a document from what is recorded now, with the fields that were typed for it; always in Vietnamese."""
    with force_locale("vi"):
        return DESCRIBED[offered.kind](contest, setting_of(contest, offered), offered.subject)


def fields_of(contest: Contest, offered: Offer) -> dict[Field, str]:
    """The fields of a draft: what was typed, else what is known."""
    newest = results.newest_decision(contest)
    posting = results.newest_posting(contest)
    known = defaults(
        offered.kind,
        contest.regulation,
        decided=results.copy_of(newest)["decision"] if newest is not None else None,
        posting={"opens_on": posting.opens_on.isoformat(), "until": posting.until.isoformat()} if posting else None,
        adopted=queries.adopted_words(contest),
    )
    draft = queries.draft_of(contest, offered.kind, offered.subject)
    typed = {Field(name): str(value) for name, value in draft.fields.items()} if draft is not None else {}
    return known | {field: value for field, value in typed.items() if field in known}


BOUND = frozenset({Kind.SCORE_SHEETS, Kind.SCORES, Kind.MINUTES})
"""Documents that bear what the sealed rounds are bound to, so that paper vouches for every sheet."""


def _commitments(contest: Contest) -> list[str]:
    """Say what each sealed round is bound to."""
    names = {rule.code: rule.name for rule in contest.regulation.rounds}
    return [
        f"Mã cam kết phiếu {names.get(code, code)}: {' '.join(found.root[at : at + 8] for at in range(0, 64, 8))}"
        for code, found in results.newest_commitments(contest).items()
    ]


def setting_of(contest: Contest, offered: Offer) -> Setting:
    """What the document shares with the others of its contest."""
    regulation = contest.regulation
    number, sha256 = audit.head(contest.id)
    vouched = ""
    if number:
        parts = " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))
        vouched = f"Nhật ký hệ thống: dòng {dotted(number)}, mã SHA-256 {parts}"
    if offered.kind in BOUND:
        vouched = "; ".join([vouched, *_commitments(contest)])
    return Setting(
        contest_name=regulation.name,
        letterhead=regulation.letterhead,
        issuer=regulation.issuer,
        fields=fields_of(contest, offered),
        vouched=vouched,
        usage=Usage(regulation.letterhead.zero_tens, regulation.letterhead.thousand),
    )


def _score_sheets(contest: Contest, setting: Setting, subject: str) -> Document:
    code, _, juror = subject.rpartition(".")
    round_ = _round(contest, code)
    return judging_documents.described(
        queries.papers_of(round_, int(juror)),
        title=f"Phiếu chấm điểm, {round_.name}",
        round_name=round_.name,
        juror=judging.people([int(juror)])[int(juror)].name,
        letterhead=round_.regulation.letterhead,
        year=round_.rule.closes.year,
        vouched=setting.vouched,
    )


def _round(contest: Contest, code: str) -> Round:
    round_ = judging.round_of(contest, code)
    if round_ is None:
        raise LookupError(code)
    return round_


def _scores(contest: Contest, setting: Setting, subject: str) -> Document:
    round_ = _round(contest, subject)
    chair, members = queries.council_of(round_)
    return scores(
        setting,
        queries.groups_of(round_),
        round_name=round_.name,
        sealed=queries.sealed_words(round_),
        chair=chair,
        members=members,
    )


def _minutes(contest: Contest, setting: Setting, subject: str) -> Document:
    meeting = meetings.meeting_in(contest, int(subject))
    if meeting is None:
        raise LookupError(subject)
    return council.described(meeting)


def _proposal(contest: Contest, setting: Setting, subject: str) -> Document:
    numbers = queries.numbers_of(contest)
    return proposal(setting, queries.sections_first(contest), entered=numbers["entered"], judged=numbers["judged"])


def _decision(contest: Contest, setting: Setting, subject: str) -> Document:
    return decision(setting, queries.sections_first(contest), with_money=False)


def _notice(contest: Contest, setting: Setting, subject: str) -> Document:
    posting = results.newest_posting(contest)
    if posting is None:
        raise LookupError(subject)
    return notice(
        setting,
        lists.of_copy(results.copy_of(posting)),
        opens_on=posting.opens_on,
        until=posting.until,
        contact=contest.regulation.contact,
    )


def _ceremony(contest: Contest, setting: Setting, subject: str) -> Document:
    return ceremony(setting, queries.sections_in_force(contest))


def _invitations(contest: Contest, setting: Setting, subject: str) -> Document:
    return invitations(setting, guests(queries.sections_in_force(contest)))


def _payment(contest: Contest, setting: Setting, subject: str) -> Document:
    newest = results.newest_decision(contest)
    said = f"Quyết định số {newest.number} {long_date(newest.decided_on)}" if newest is not None else ""
    return payment_list(setting, queries.payments_of(contest), decision=said)


def _report(contest: Contest, setting: Setting, subject: str) -> Document:
    numbers, regulation = queries.numbers_of(contest), contest.regulation
    receipt = regulation.calendar.receipt
    last = regulation.rounds[-1].name.lower().removeprefix("vòng ")
    opening = (
        f"{regulation.name} do {' và '.join(regulation.organiser)} tổ chức; nhận tác phẩm từ "
        f"{long_date(clock.local(receipt.opens).date())} đến hết {_last_day(receipt.closes)}.",
        f"Ban Tổ chức đã nhận {dotted(numbers['entered'])} tác phẩm, trong đó {dotted(numbers['valid'])} tác phẩm "
        f"hợp lệ; {dotted(numbers['judged'])} tác phẩm được chấm ở vòng {last}.",
    )
    return report(
        setting,
        opening=opening,
        counted=queries.counted_works(contest),
        jurors=queries.jurors_work(contest),
        sections=queries.sections_in_force(contest),
        complaints=_complaints(contest),
    )


def _last_day(closes: datetime) -> str:
    """Write the last day of a span that ends with an instant of its own."""
    return long_date((clock.local(closes) - timedelta(microseconds=1)).date())


def _complaints(contest: Contest) -> tuple[str, ...]:
    acts = results.acts_of(contest, ActKind.COMPLAINT_RECEIVED, ActKind.COMPLAINT_ANSWERED)
    received = sum(act.kind is ActKind.COMPLAINT_RECEIVED for act in acts)
    if not received:
        return ()
    answered = len(acts) - received
    return (f"Đã nhận {received:02} khiếu nại, đã trả lời {answered:02}.",)


def _amendment(contest: Contest, setting: Setting, subject: str) -> Document:
    rows = {row.version: row for row in db.session.scalars(db.select(Decision).filter_by(contest_id=contest.id))}
    after, before, first = rows[int(subject)], rows[int(subject) - 1], rows[min(rows)]
    fields: Mapping[Field, str] = {
        **setting.fields,
        Field.NUMBER: after.amended_by,
        Field.DATED_ON: after.amended_on.isoformat() if after.amended_on is not None else "",
        Field.SIGNER_TITLE: contest.regulation.letterhead.signer_title,
        Field.SIGNER_NAME: after.amending_signer,
    }
    return amendment(
        replace(setting, fields=fields),
        changes(results.copy_of(before), results.copy_of(after)),
        kind=str(after.amended_as),
        number=first.number,
        day=long_date(first.decided_on),
        reason=after.reason,
    )


DESCRIBED: Mapping[Kind, Callable[[Contest, Setting, str], Document]] = {
    Kind.SCORE_SHEETS: _score_sheets,
    Kind.SCORES: _scores,
    Kind.MINUTES: _minutes,
    Kind.PROPOSAL: _proposal,
    Kind.DECISION: _decision,
    Kind.AMENDMENT: _amendment,
    Kind.NOTICE: _notice,
    Kind.CEREMONY: _ceremony,
    Kind.PAYMENT: _payment,
    Kind.INVITATIONS: _invitations,
    Kind.REPORT: _report,
}
