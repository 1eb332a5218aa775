"""Everything that the sealed rounds of a contest rest on, as it goes into a bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased, undefer

from contest.accounts.models import User
from contest.audit import erased
from contest.database import db
from contest.entries.models import Entry
from contest.judging.models import Assignment, Panel, PanelMember, Round, RoundEntry, ScoreSheet
from contest.regulations.models import Contest, RegulationVersion
from contest.results.freezing import thawed
from contest.results.models import RoundResult
from contest.results.queries.acts import acts_in
from contest.results.queries.commitments import proof_of
from contest.results.queries.sealed import is_newest
from contest.results.recount import layout
from contest.results.recount.contents import Assigned, Contents, SealedRound, Sent
from contest.results.tally import Sheet


def contents_of(contest: Contest) -> Contents | None:
    """Give the sealed rounds of a contest as they go into a bundle; None while none is sealed.

    Each in its newest version. What happened after a sealing changes nothing in it until the round is concluded again.
    """
    rows = db.session.execute(
        select(Round, RoundResult)
        .join(RoundResult, RoundResult.round_id == Round.id)
        .where(Round.contest_id == contest.id, is_newest())
    )
    found = {round_.code: (round_, result) for round_, result in rows}
    in_order = [found[rule.code] for rule in contest.regulation.rounds if rule.code in found]
    if not in_order:
        return None
    versions = {
        version.sha256: version
        for version in db.session.scalars(
            select(RegulationVersion)
            .where(RegulationVersion.contest_id == contest.id)
            .options(undefer(RegulationVersion.text))
        )
    }
    rounds = tuple(_sealed(round_, result, versions) for round_, result in in_order)
    named = {known for each in rounds for known in (each.regulation, each.ruling)}
    return Contents(
        contest=contest.slug,
        texts={known: version.text for known, version in versions.items() if known in named},
        rounds=rounds,
        result={
            "format": layout.FORMAT,
            "contest": contest.slug,
            "rounds": [result.result for _, result in in_order],
        },
        commitments=proof_of(contest, with_salts=True),
    )


def _sealed(round_: Round, result: RoundResult, versions: Mapping[str, RegulationVersion]) -> SealedRound:
    ruling: str = result.result["regulation"]
    opened_under = round_.version.sha256 if round_.version is not None else ruling
    return SealedRound(
        material=thawed(
            result.material,
            code=round_.code,
            regulation=versions[opened_under].regulation,
            ruling=versions[ruling].regulation,
        ),
        regulation=opened_under,
        ruling=ruling,
        sealed_at=_moment(result.sealed_at),
        opened_at=_moment(round_.opened_at),
        superseded=_superseded(round_, result.sealed_at),
        assignments=tuple(_assignments(round_, result.sealed_at)),
        sent=_sent(round_),
        recorded={
            act.number: (act.by.subject if act.by is not None else "", _moment(act.at)) for act in acts_in(round_)
        },
        sha256=result.sha256,
    )


def _superseded(round_: Round, until: datetime) -> dict[str, tuple[Sheet, ...]]:
    """Sheets that a later revision of the same juror replaced before a moment."""
    newest = (
        select(ScoreSheet.assignment_id, func.max(ScoreSheet.revision).label("revision"))
        .join(ScoreSheet.assignment)
        .where(Assignment.round_id == round_.id, ~Assignment.advisory, ScoreSheet.submitted_at <= until)
        .group_by(ScoreSheet.assignment_id)
        .subquery()
    )
    found: dict[str, list[Sheet]] = {}
    for code, juror, third, chair, sheet in db.session.execute(
        select(Entry.code, User.subject, Assignment.third, _chair(), ScoreSheet)
        .join(ScoreSheet.assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .join(RoundEntry, _same_work())
        .join(newest, newest.c.assignment_id == ScoreSheet.assignment_id)
        .where(ScoreSheet.revision < newest.c.revision)
    ):
        found.setdefault(str(code), []).append(
            Sheet(juror, sheet.marks, chair=chair, third=third, revision=sheet.revision, sha256=sheet.sha256)
        )
    return {code: tuple(sheets) for code, sheets in found.items()}


def _sent(round_: Round) -> dict[tuple[str, str, int], Sent]:
    """How every sheet of a round arrived."""
    typist = aliased(User)
    erasures = erased.expected("score_sheet.comment")
    rows = db.session.execute(
        select(
            Entry.code,
            User.subject,
            ScoreSheet.revision,
            ScoreSheet.submitted_at,
            ScoreSheet.id,
            ScoreSheet.comment,
            typist.subject,
        )
        .join(ScoreSheet.assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .outerjoin(typist, typist.id == ScoreSheet.typed_by_id)
        .where(Assignment.round_id == round_.id, ~Assignment.advisory)
    )
    return {
        (str(code), juror, revision): Sent(
            _moment(at), erased.promised(comment, erasures.get(str(number))), typed_by or ""
        )
        for code, juror, revision, at, number, comment, typed_by in rows
    }


def _assignments(round_: Round, until: datetime) -> list[Assigned]:
    """Who had which work until a moment."""
    in_time = and_(ScoreSheet.assignment_id == Assignment.id, ScoreSheet.submitted_at <= until)
    rows = db.session.execute(
        select(
            Entry.code,
            User.subject,
            RoundEntry.panel,
            _chair(),
            Assignment.third,
            Assignment.assigned_at,
            Assignment.recused_at,
            select(func.min(ScoreSheet.submitted_at)).where(in_time).scalar_subquery(),
            select(func.max(ScoreSheet.submitted_at)).where(in_time).scalar_subquery(),
        )
        .join(Assignment.entry)
        .join(Assignment.juror)
        .join(RoundEntry, _same_work())
        .where(Assignment.round_id == round_.id, ~Assignment.advisory, Assignment.assigned_at <= until)
    )
    return [
        Assigned(
            entry=str(code),
            juror=juror,
            panel=panel,
            chair=chair,
            third=third,
            assigned_at=_moment(assigned_at),
            recused_at=_moment(recused_at),
            first_sheet_at=_moment(first),
            last_sheet_at=_moment(last),
        )
        for code, juror, panel, chair, third, assigned_at, recused_at, first, last in rows
    ]


def _same_work() -> ColumnElement[bool]:
    return and_(RoundEntry.round_id == Assignment.round_id, RoundEntry.entry_id == Assignment.entry_id)


def _chair() -> ColumnElement[bool]:
    return (
        select(PanelMember.id)
        .join(PanelMember.panel)
        .where(
            Panel.round_id == RoundEntry.round_id,
            Panel.code == RoundEntry.panel,
            PanelMember.user_id == Assignment.juror_id,
            PanelMember.chair,
        )
        .exists()
    )


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else ""
