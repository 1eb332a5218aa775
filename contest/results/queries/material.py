"""What a round is concluded from, as it stands in the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from contest.accounts.models import Outlet, User
from contest.database import db
from contest.entries.models import Entry, EntryRevision, EntryState, Instalment
from contest.judging import queries as judging
from contest.judging.models import (
    Assignment,
    Panel,
    PanelMember,
    Round,
    RoundEntry,
    ScoreSheet,
)
from contest.regulations.models import Contest
from contest.regulations.schema import Regulation
from contest.results import material
from contest.results.material import Member, RoundMaterial, Work
from contest.results.queries.acts import RoundAct, acts_in
from contest.results.tally import LeftOut, Sheet


def material_of(
    round_: Round, *, ruling: Regulation | None = None, acts: list[RoundAct] | None = None
) -> RoundMaterial:
    """Everything that a round is concluded from: the same rows always give the same result.

    :param ruling: the regulation under which it is concluded; the newest when left out
    :param acts: the acts of the round, where the caller has read them
    """
    contest = round_.contest
    ruling = ruling or contest.regulation
    is_last = ruling.rounds[-1].code == round_.code
    members = members_of(round_)
    return RoundMaterial(
        code=round_.code,
        regulation=round_.regulation,
        ruling=ruling,
        works=tuple(_admitted(round_)),
        sheets=sheets_of(round_),
        members=tuple(members),
        ballots=tuple(_ballots(round_, members)),
        acts=tuple(act.plain for act in (acts if acts is not None else acts_in(round_))),
        accepted_works=tuple(accepted_works(contest)) if is_last and ruling.collective_prizes else (),
    )


def _admitted(round_: Round) -> list[Work]:
    """Every work that was admitted to a round, in the revision that is judged."""
    return _works(
        select(Entry.code, RoundEntry.category, EntryRevision.content, RoundEntry.revision_id, Entry.id, Entry.state)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .join(EntryRevision, EntryRevision.id == RoundEntry.revision_id)
        .where(RoundEntry.round_id == round_.id)
        .order_by(Entry.code)
    )


def accepted_works(contest: Contest) -> list[Work]:
    """Every accepted work of a contest, which the prizes for newsrooms count."""
    return _works(
        select(Entry.code, Entry.category, EntryRevision.content, EntryRevision.id, Entry.id, Entry.state)
        .join(EntryRevision, EntryRevision.id == Entry.revision_id)
        .where(Entry.contest_id == contest.id, Entry.state == EntryState.ACCEPTED)
        .order_by(Entry.code)
    )


def _works(asked: Any) -> list[Work]:
    rows = db.session.execute(asked).all()
    # Queries within queries: a list of a thousand ids would be longer than some databases take.
    revisions = select(asked.subquery().c[3])
    entries = select(asked.subquery().c[4])
    first = aliased(EntryRevision)
    received = dict(
        db.session.execute(
            select(first.entry_id, first.created_at).where(first.number == 1, first.entry_id.in_(entries))
        ).all()
    )
    outlets = {
        revision_id: listed or printed
        for revision_id, listed, printed in db.session.execute(
            select(Instalment.revision_id, Outlet.name, Instalment.outlet)
            .outerjoin(Outlet, Outlet.id == Instalment.outlet_id)
            .where(Instalment.position == 1, Instalment.revision_id.in_(revisions))
        )
    }
    return [
        Work(
            entry=str(code),
            category=category,
            genre=content["genre"],
            topic=content["topic"],
            outlet=outlets.get(revision_id, ""),
            received_at=received[entry_id].isoformat(timespec="microseconds") if entry_id in received else "",
            slots=frozenset(file["slot"] for file in content.get("attachments", ())),
            out=str(state) if state in judging.OUT else "",
        )
        for code, category, content, revision_id, entry_id, state in rows
    ]


def members_of(round_: Round) -> list[Member]:
    """Who sits on which panel of a round."""
    return [
        Member(juror=subject, panel=panel, chair=bool(chair))
        for subject, panel, chair in db.session.execute(
            select(User.subject, Panel.code, PanelMember.chair)
            .join(PanelMember, PanelMember.user_id == User.id)
            .join(Panel, Panel.id == PanelMember.panel_id)
            .where(Panel.round_id == round_.id)
            .order_by(Panel.code, User.subject)
        )
    ]


def _ballots(round_: Round, members: Iterable[Member]) -> list[material.Ballot]:
    """The ballots that count. Where the vote is secret, each has a pseudonym of its own, drawn from its receipt.

    Where the chair's vote may decide, the ballot of the chair keeps its name: who reads the count must find it.
    """
    panels: dict[str, list[Member]] = {}
    for member in members:
        panels.setdefault(member.juror, []).append(member)
    rules = {}
    found = []
    for row in judging.ballots_of(round_):
        if row.question not in rules:
            rules[row.question] = judging.question_of(round_, row.question).rule
        rule, own = rules[row.question], panels.get(row.voter, [])
        is_hidden = rule.secret and not (rule.casting_vote and any(member.chair for member in own))
        found.append(
            material.Ballot(
                ballot=row.ballot,
                question=row.question,
                voter=_pseudonym(row) if is_hidden else row.voter,
                choice=row.choice,
                panel=own[0].panel if len(own) == 1 else "",
            )
        )
    return found


def _pseudonym(row: judging.BallotInForce) -> str:
    """Name a ballot so that whoever holds its receipt finds it, and nobody sees that two are of one voter."""
    return sha256(f"{row.receipt}/{row.question}/{row.ballot}".encode()).hexdigest()[:22]


def sheets_of(round_: Round) -> Mapping[str, tuple[Sheet, ...]]:
    """The newest sheet of every juror by code of the work; those of jurors who stepped back are left out and named."""
    subjects: dict[int, str] = {}
    for user_id, subject in db.session.execute(
        select(User.id, User.subject).where(
            User.id.in_(select(Assignment.juror_id).where(Assignment.round_id == round_.id))
        )
    ):
        subjects[user_id] = subject
    codes: dict[int, str] = {}
    for entry_id, code in db.session.execute(
        select(Entry.id, Entry.code)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id)
    ):
        codes[entry_id] = str(code)
    asked = select(Assignment.id).where(Assignment.round_id == round_.id, Assignment.third)
    third = set(db.session.scalars(asked))
    found: dict[str, list[Sheet]] = {}
    for row in judging.sheets_in_force(round_):
        found.setdefault(codes[row.entry_id], []).append(
            Sheet(
                juror=subjects[row.juror_id],
                marks=row.marks,
                chair=row.is_chair,
                third=row.assignment_id in third,
                revision=row.revision,
                sha256=row.sha256,
            )
        )
    stepped_back: dict[tuple[int, int], Sheet] = {}
    for entry_id, juror_id, extra, marks, revision, fingerprint in db.session.execute(
        select(
            Assignment.entry_id,
            Assignment.juror_id,
            Assignment.third,
            ScoreSheet.marks,
            ScoreSheet.revision,
            ScoreSheet.sha256,
        )
        .join(ScoreSheet.assignment)
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_not(None), ~Assignment.advisory)
        .order_by(ScoreSheet.revision)
    ):
        stepped_back[entry_id, juror_id] = Sheet(
            juror=subjects[juror_id],
            marks=marks,
            third=bool(extra),
            revision=revision,
            left_out=LeftOut.RECUSED,
            sha256=fingerprint,
        )
    for (entry_id, _juror_id), sheet in stepped_back.items():
        found.setdefault(codes[entry_id], []).append(sheet)
    return {code: tuple(sheets) for code, sheets in found.items()}
