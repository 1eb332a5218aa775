"""A round in its last days: two thousand works, five jurors for each, from eighty; half of the sheets are in."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from contest import clock
from contest.accounts.models import Membership, Role, User
from contest.database import db
from contest.entries.models import Entry, EntryRevision, EntryState
from contest.judging.models import Assignment, Panel, PanelMember, Round, RoundEntry, ScoreSheet, SheetDraft
from contest.regulations.models import Contest
from tests.makers.accounts import LONG_AGO, make_user

WORKS, JURORS, EACH, STEP = 2000, 80, 5, 5000


def fill(contest: Contest, *, seed: int = 4) -> Round:
    """Put the works, jurors, assignments, sheets and drafts into the first round, written straight into the tables."""
    random, regulation = Random(seed), contest.regulation
    rule = regulation.rounds[0]
    now = rule.opens + (rule.closes - rule.opens) / 2
    clock.set_to(now)
    round_ = Round(contest_id=contest.id, code=rule.code, version_id=contest.version_id, opened_at=rule.opens)
    db.session.add(round_)
    jurors = [make_user(name=f"Nguyễn Văn Chấm {number}") for number in range(1, JURORS + 1)]
    db.session.flush()
    categories = [category.code for category in regulation.categories]
    benches = {code: jurors[place :: len(categories)] for place, code in enumerate(categories)}
    db.session.add_all(
        Membership(contest_id=contest.id, user_id=juror.id, role=Role.JUROR, granted_at=LONG_AGO) for juror in jurors
    )
    for code, bench in benches.items():
        panel = Panel(round_id=round_.id, code=code)
        panel.members = [PanelMember(user_id=juror.id, chair=juror is bench[0]) for juror in bench]
        db.session.add(panel)
    db.session.flush()
    _works(round_, categories, jurors[0], random)
    given = [
        (number, juror.id)
        for number in range(1, WORKS + 1)
        for juror in random.sample(benches[categories[number % len(categories)]], EACH)
    ]
    random.shuffle(given)
    span = int((now - rule.opens).total_seconds())
    numbers = range(1, len(given) + 1)
    sent = {number: rule.opens + timedelta(seconds=random.randrange(span)) for number in numbers if number % 2}
    _write(
        Assignment,
        [
            {
                "id": number,
                "round_id": round_.id,
                "entry_id": entry_id,
                "juror_id": juror_id,
                "assigned_at": rule.opens,
                "sent_at": sent.get(number),
            }
            for number, (entry_id, juror_id) in zip(numbers, given, strict=True)
        ],
    )
    marks = {criterion.code: criterion.maximum for criterion in round_.rubric(categories[0])}
    _write(
        ScoreSheet,
        [
            {
                "assignment_id": number,
                "revision": 1,
                "marks": marks,
                "comment": "Bài có phát hiện, chi tiết chọn lọc, lời văn gọn.",
                "submitted_at": at,
                "sha256": f"{number:064x}",
            }
            for number, at in sent.items()
        ],
    )
    typed = dict.fromkeys(marks, "8,5")
    _write(
        SheetDraft,
        [
            {"assignment_id": number, "version": 1, "marks": typed, "comment": "Đang đọc", "updated_at": now}
            for number in numbers
            if number % 3
        ],
    )
    db.session.commit()
    return round_


def _works(round_: Round, categories: list[str], owner: User, random: Random) -> None:
    contest = round_.contest
    works: list[dict[str, Any]] = [
        {
            "id": number,
            "contest_id": contest.id,
            "owner_id": owner.id,
            "start_key": f"k{number}",
            "code": f"TP-{number:04d}",
            "category": categories[number % len(categories)],
            "state": EntryState.ACCEPTED,
            "title": f"Tác phẩm dự thi số {number}, kỳ một đến kỳ ba",
            "draft": {"summary": "Một tấm gương dân vận khéo ở thôn. " * 20},
            "saved_at": LONG_AGO,
            "created_at": LONG_AGO,
            "updated_at": LONG_AGO,
        }
        for number in range(1, WORKS + 1)
    ]
    _write(Entry, works)
    _write(
        EntryRevision,
        [
            {
                "id": work["id"],
                "entry_id": work["id"],
                "number": 1,
                "draft_version": 1,
                "content": {"title": work["title"]},
                "sha256": f"{work['id']:064x}",
                "findings": [],
                "regulation_version_id": contest.version_id,
                "created_at": LONG_AGO,
                "created_by_id": owner.id,
            }
            for work in works
        ],
    )
    aliases = random.sample(range(10_000, 99_999), WORKS)
    _write(
        RoundEntry,
        [
            {
                "round_id": round_.id,
                "entry_id": work["id"],
                "revision_id": work["id"],
                "category": work["category"],
                "panel": work["category"],
                "alias": f"K{alias}",
                "admitted_at": LONG_AGO,
            }
            for work, alias in zip(works, aliases, strict=True)
        ],
    )


def _write(model: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), STEP):
        db.session.execute(insert(model), rows[start : start + STEP])
