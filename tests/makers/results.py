"""Judged contests for tests, taken as far on the way to the wall as asked. Everything made is committed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from contest.database import db, transaction
from contest.entries.draft import EXEMPLAR, INSTALMENT
from contest.entries.models import Byline, Entry, EntryRevision, EntryState, Instalment
from contest.judging.models import Assignment, Round
from contest.regulations.models import Contest
from contest.results import services
from contest.results.gates import end_of
from contest.results.models import Award, Decision, Posting, Publication
from tests.makers.accounts import LONG_AGO, make_member, make_user
from tests.makers.judging import make_assignment, make_panel, make_round, make_sheet
from tests.makers.regulations import make_contest


def after(contest: Contest, code: str = "chung_khao") -> datetime:
    """An hour after a round has closed."""
    closes: datetime = contest.regulation.round(code).closes
    return closes + timedelta(hours=1)


def make_jurors(contest: Contest, number: int) -> list[Any]:
    """So many jurors; the first will chair."""
    return [make_member(contest, "juror", name=f"Giám khảo {letter}") for letter in "ABCDEFG"[:number]]


def make_works(contest: Contest, owner: Any, number: int, category: str = "BAO_IN") -> list[Entry]:
    """Accepted works with a revision, an author and an instalment each, written straight into the tables."""
    rule = contest.regulation.category(category)
    taken = db.session.scalar(select(func.count()).select_from(Entry).filter_by(category=category)) or 0
    entries = []
    for position in range(taken + 1, taken + number + 1):
        title = f"Giữ nước đầu nguồn sông Re {position}"
        entry = Entry(
            contest_id=contest.id,
            owner_id=owner.id,
            start_key=f"{category}-{position}",
            code=f"{rule.prefix}-{position:04}",
            category=category,
            state=EntryState.ACCEPTED,
            title=title,
            draft={},
            saved_at=LONG_AGO,
            submitted_at=LONG_AGO,
            created_at=LONG_AGO,
            updated_at=LONG_AGO,
        )
        db.session.add(entry)
        entries.append(entry)
    db.session.flush()
    for entry in entries:
        content = {
            "title": entry.title,
            "genre": rule.genres[0],
            "topic": contest.regulation.topics[0].code,
            "summary": "Chuyện một tổ dân vận giữ rừng và giữ nước ở đầu nguồn.",
            "exemplars": [EXEMPLAR | {"name": "Tổ dân vận thôn Gò Re", "kind": "collective", "locality": "Ba Tơ"}],
            "instalments": [INSTALMENT | {"title": "Kỳ 1", "published_on": "2024-06-12", "outlet": "Báo Quảng Ngãi"}],
            "category": category,
            "bylines": [],
            "prior_awards": [],
            "statements": {},
            "attachments": [],
        }
        entry.revision = EntryRevision(
            entry_id=entry.id,
            number=1,
            draft_version=1,
            content=content,
            sha256="0" * 64,
            findings=[],
            regulation_version_id=contest.version_id,
            created_at=LONG_AGO,
            created_by_id=owner.id,
            bylines=[
                Byline(
                    position=1,
                    person_id=owner.person_id,
                    name="Đinh Thị Mai",
                    pen_names="Mai Trà",
                    role=rule.roles[0],
                    unit="Báo Quảng Ngãi",
                    lead=True,
                    salt="0" * 32,
                    digest="0" * 64,
                )
            ],
            instalments=[
                Instalment(
                    position=1,
                    title="Kỳ 1",
                    published_on=date(2024, 6, 12),
                    outlet="Báo Quảng Ngãi",
                    url="https://baoquangngai.example/tin/1.htm",
                )
            ],
        )
    db.session.commit()
    return entries


def judge(round_: Round, entry: Entry, jurors: Iterable[Any], shares: Sequence[int]) -> list[Assignment]:
    """Let jurors send sheets of so many per cent of every maximum."""
    assignments = []
    for juror, share in zip(jurors, shares, strict=False):
        assignment = make_assignment(round_, entry, juror)
        make_sheet(assignment, share)
        assignments.append(assignment)
    return assignments


def make_judged_round(
    contest: Contest,
    *works: Sequence[int],
    code: str = "chung_khao",
    category: str = "BAO_IN",
    jurors: Sequence[Any] | None = None,
) -> tuple[Round, list[Entry]]:
    """A round in which each work has the sheets given as shares in per cent; earlier rounds count as sealed.

    The first juror chairs.
    """
    codes = [rule.code for rule in contest.regulation.rounds]
    for earlier in codes[: codes.index(code)]:
        make_round(contest, earlier, sealed_at=contest.regulation.round(earlier).closes)
    owner = make_user()
    entries = make_works(contest, owner, len(works), category)
    round_ = make_round(contest, code, entries=entries)
    panel = list(jurors or make_jurors(contest, max((len(shares) for shares in works), default=1)))
    make_panel(round_, panel, category)
    for entry, shares in zip(entries, works, strict=True):
        judge(round_, entry, panel, shares)
    return round_, entries


FIVE = ((92,) * 5, (86,) * 5, (84,) * 5, (75,) * 5, (50,) * 5)
"""Five works: one for A, two for B, one for C, one without a prize."""


def make_sealed(*works: Sequence[int], contest: Contest | None = None, by: Any = None) -> tuple[Contest, list[Entry]]:
    """A contest whose last round is sealed."""
    contest = contest or make_contest()
    organizer = by or make_member(contest, "organizer")
    round_, entries = make_judged_round(contest, *(works or FIVE))
    with transaction():
        services.seal_round(round_, by=organizer, now=after(contest))
    return contest, entries


def make_proposed(contest: Contest, *, by: Any) -> list[Award]:
    """Take the prizes of a sealed contest as the proposed list."""
    with transaction():
        return services.propose(contest, by=by, now=after(contest))


def make_approved(contest: Contest, *, by: Any) -> None:
    """Propose and approve."""
    make_proposed(contest, by=by)
    with transaction():
        services.approve(
            contest,
            body="Ban Tổ chức cuộc thi",
            held_on=after(contest).date(),
            number="12-BB/BTC",
            by=by,
            now=after(contest),
        )


def make_posted(contest: Contest, *, by: Any) -> Posting:
    """Propose, approve and post."""
    make_approved(contest, by=by)
    with transaction():
        return services.post_list(contest, by=by, now=after(contest))


def make_decided(contest: Contest, *, by: Any) -> Decision:
    """Take the list as far as the decision, dated the day after the posting."""
    posting = make_posted(contest, by=by)
    with transaction():
        return services.decide(contest, **decision_words(posting.until + timedelta(days=1)), by=by, now=later(posting))


def later(posting: Posting) -> datetime:
    """Two days after a posting has ended."""
    return end_of(posting.until) + timedelta(days=1)


def decision_words(decided_on: date) -> dict[str, Any]:
    """What stands on a decision."""
    return {
        "number": "127-QĐ/BTGDVTU",
        "decided_on": decided_on,
        "issuer": "Ban Tuyên giáo và Dân vận Tỉnh ủy Quảng Ngãi",
        "signer_power": "",
        "signer_title": "Trưởng Ban",
        "signer_name": "Phạm Trường Giang",
    }


def make_prepared(contest: Contest, *, by: Any) -> Decision:
    """Take the list as far as prepared certificates."""
    decision = make_decided(contest, by=by)
    with transaction():
        services.mark_prepared(contest, certificates=len(decision.copy["awards"]), by=by, now=decision.at)
    return decision


def make_published(*works: Sequence[int], contest: Contest | None = None) -> tuple[Contest, Publication]:
    """A contest whose results are public."""
    contest = contest or make_contest()
    organizer = make_member(contest, "organizer")
    make_sealed(*works, contest=contest, by=organizer)
    decision = make_prepared(contest, by=organizer)
    with transaction():
        publication = services.publish(contest, by=organizer, now=decision.at + timedelta(hours=1))
    db.session.commit()
    return contest, publication
