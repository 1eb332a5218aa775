"""Invariants of results, prizes and certificates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, String, and_, select

from contest.audit import erased
from contest.certificates import queries as certificates
from contest.certificates.models import Certificate
from contest.database import db
from contest.judging import queries as judging
from contest.judging.models import Assignment, Ballot, Reopening, Round, RoundEntry, ScoreSheet, Sitting
from contest.regulations import schema
from contest.regulations.models import Contest, RegulationVersion
from contest.results import freezing, queries, record
from contest.results.material import REMARK_ORDERED
from contest.results.models import BEFORE_SEALING, Decision, Posting, RecordedAct, RoundResult
from contest.results.outcome import conclude


def frozen_documents_are_as_frozen() -> Iterator[str]:
    """Regulations, results, postings and decisions still give the hash they were frozen with, or that of an erasure."""
    versions = select(RegulationVersion.id, RegulationVersion.sha256, RegulationVersion.text)
    key = RoundResult.round_id.cast(String).concat(":").concat(RoundResult.version.cast(String))
    results = select(key, RoundResult.sha256, RoundResult.result)
    postings = select(Posting.id, Posting.sha256, Posting.copy)
    decisions = select(Decision.id, Decision.sha256, Decision.copy)
    for asked, place, column, hash_of in (
        (versions, "regulation_version", "text", schema.fingerprint),
        (results, "round_result", "result", record.fingerprint),
        (postings, "posting", "copy", record.fingerprint),
        (decisions, "decision", "copy", record.fingerprint),
    ):
        erasures = erased.expected(f"{place}.{column}")
        for number, sha256, document in db.session.execute(asked.execution_options(yield_per=1)):
            if not erased.as_promised(hash_of(document), sha256, erasures.get(str(number))):
                yield _("%(place)s %(number)s is no longer what was frozen.", place=place, number=number)


def sealed_results_come_out_again() -> Iterator[str]:
    """Computed anew from the sheets and acts it names, under the regulation it names, every result is the same."""
    for result in _one_by_one():
        if _computed_again(result) != result.result:
            yield _("The result of round %(round)s does not come out again.", round=result.result["round"])


def _one_by_one(*which: ColumnElement[bool]) -> Iterator[RoundResult]:
    """Read results one after the other: each names every sheet, and all at once would fill the memory."""
    keys = db.session.execute(select(*RoundResult.__mapper__.primary_key).where(*which)).all()
    for key in keys:
        result = db.session.get(RoundResult, tuple(key))
        if result is not None:
            yield result
            db.session.expire(result)


def _computed_again(result: RoundResult) -> dict[str, Any]:
    round_, kept = result.round, result.result
    material = freezing.thawed(
        result.material, code=round_.code, regulation=round_.regulation, ruling=queries.ruling_of(round_, kept)
    )
    return record.document(
        conclude(material),
        contest=kept["contest"],
        regulation=kept["regulation"],
        sealed_at=result.sealed_at,
    )


def sealed_results_rest_on_their_rows() -> Iterator[str]:
    """What a sealed result was concluded from is what the rows of sheets, votes and acts still say."""
    for result in _one_by_one(queries.is_newest()):
        acts = [act for act in queries.acts_in(result.round) if act.at <= result.sealed_at]
        ruling = queries.ruling_of(result.round, result.result)
        now = freezing.frozen(queries.material_of(result.round, ruling=ruling, acts=acts))
        for part in ("sheets", "ballots", "acts", "members"):
            if _in_contest(now[part], result) != _in_contest(result.material[part], result):
                yield _(
                    "The %(part)s of round %(round)s are no longer those it was sealed with.",
                    part=part,
                    round=result.result["round"],
                )


def _in_contest(part: Any, result: RoundResult) -> Any:
    """Leave out what is of works that left the contest before or after the sealing; in which order sheets lie is open.

    The sheets of those who marked a work again were put behind the others, whenever they got their accounts.
    """
    gone = set(queries.out_of(result.round))
    if not isinstance(part, dict):
        return [one for one in part if one.get("kind") != REMARK_ORDERED or one["choice"]["entry"] not in gone]
    present = {work["entry"] for work in result.material["works"] if not work["out"]}
    return {
        entry: sorted(sheets, key=lambda sheet: (sheet["juror"], sheet["revision"]))
        for entry, sheets in part.items()
        if entry in present - gone
    }


def sealed_rounds_rest() -> Iterator[str]:
    """Nothing in a sealed round is newer than its result, and nothing in its result is not among its sheets.

    What belongs to a work that is marked again may be newer, until the round is concluded again.
    """
    for round_ in db.session.scalars(select(Round).where(Round.sealed_at.is_not(None))):
        result = queries.newest_result(round_)
        for place, newer in _newer(round_, result.sealed_at if result is not None else round_.sealed_at):
            for number in db.session.scalars(newer):
                yield _(
                    "%(place)s %(number)s was changed after round %(round)s had been sealed.",
                    place=place,
                    number=number,
                    round=round_.code,
                )
        if result is None:
            yield _("Round %(round)s is sealed but has no result.", round=round_.code)
            continue
        sent = select(ScoreSheet.sha256).join(ScoreSheet.assignment).where(Assignment.round_id == round_.id)
        known = set(db.session.scalars(sent))
        for sha256 in sorted(_counted(result.result) - known):
            yield _(
                "The result of round %(round)s counts the sheet %(sha256)s, which does not exist.",
                round=round_.code,
                sha256=sha256,
            )


def _newer(round_: Round, sealed_at: datetime | None) -> Iterator[tuple[str, Any]]:
    round_id = round_.id
    of_round: ColumnElement[bool] = and_(Assignment.round_id == round_id, ~Assignment.remarking)
    moments = (Assignment.assigned_at, Assignment.recused_at)
    yield "assignment", select(Assignment.id).where(of_round, db.or_(*(moment > sealed_at for moment in moments)))
    yield (
        "score_sheet",
        select(ScoreSheet.id).join(ScoreSheet.assignment).where(of_round, ScoreSheet.submitted_at > sealed_at),
    )
    yield "reopening", select(Reopening.id).join(Reopening.assignment).where(of_round, Reopening.at > sealed_at)
    yield (
        "round_entry",
        select(RoundEntry.id).where(RoundEntry.round_id == round_id, RoundEntry.admitted_at > sealed_at),
    )
    yield (
        "ballot",
        select(Ballot.id).join(Ballot.sitting).where(Sitting.round_id == round_id, Ballot.cast_at > sealed_at),
    )
    if not judging.remarking(round_):
        acts = select(RecordedAct.id).where(RecordedAct.round_id == round_id, RecordedAct.kind.in_(BEFORE_SEALING))
        yield "recorded_act", acts.where(RecordedAct.at > sealed_at)


def advisory_sheets_count_nowhere() -> Iterator[str]:
    """No sealed result rests on a sheet that was only asked for to compare jurors."""
    compared = set(db.session.scalars(select(ScoreSheet.sha256).join(ScoreSheet.assignment).where(Assignment.advisory)))
    for code, result in db.session.execute(select(Round.code, RoundResult.result).join(Round)):
        for sha256 in sorted(_counted(result) & compared):
            yield _(
                "The result of round %(round)s counts the sheet %(sha256)s, which only compares.",
                round=code,
                sha256=sha256,
            )


def _counted(result: dict[str, Any]) -> set[str]:
    lines = (line for group in result["groups"] for line in group["lines"])
    return {sheet["sha256"] for line in lines for sheet in line.get("sheets", ())}


def registers_have_no_gap() -> Iterator[str]:
    """The certificates of a contest are numbered from one without a gap."""
    numbers = defaultdict(list)
    for slug, number in db.session.execute(
        select(Contest.slug, Certificate.number)
        .join(Contest, Contest.id == Certificate.contest_id)
        .order_by(Certificate.number)
    ):
        numbers[slug].append(number)
    for slug, found in numbers.items():
        if found != list(range(1, len(found) + 1)):
            yield _("The register of certificates of %(contest)s has gaps.", contest=slug)


def certificates_stand_in_their_decision() -> Iterator[str]:
    """Every certificate is of a prize that its decision gives."""
    given = {
        decision.id: (
            {line["award_id"] for line in decision.copy["awards"]},
            {line["collective_id"] for line in decision.copy["collective"]},
        )
        for decision in db.session.scalars(select(Decision))
    }
    for certificate in db.session.scalars(select(Certificate)):
        awards, collective = given[certificate.decision_id]
        if certificate.award_id not in awards and certificate.collective_award_id not in collective:
            yield _("Certificate %(number)s is of a prize that its decision does not give.", number=certificate.number)


def public_certificates_are_drawn() -> Iterator[str]:
    """Every certificate of a published decision has its file."""
    for number in db.session.scalars(
        select(Certificate.number).where(certificates.IS_PUBLIC, Certificate.sha256.is_(None))
    ):
        yield _("Certificate %(number)s is public but was never drawn.", number=number)
