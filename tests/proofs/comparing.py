"""What jurors and authors noted of every confirmation, compared with what the database holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from contest import audit, mail, storage
from contest.database import db
from contest.entries.models import Attachment, Entry, EntryRevision
from contest.judging.marks import written
from contest.judging.models import ScoreSheet, SheetDraft
from contest.mail import Letter
from contest.mail.models import LetterState
from contest.operations.invariants.rows import references_lead_to_rows
from tests.jury import DURING_THE_ROUND, Room
from tests.postbox import Postbox
from tests.proofs.authors import AuthorAtWork
from tests.proofs.jurors import JurorAtWork, Saving, newest_by_assignment
from tests.server import Server


def check_nothing_is_lost_or_doubled(jurors: Sequence[JurorAtWork], room: Room) -> None:
    """Find in the database exactly what was confirmed to each juror: every sheet ever sent, and the newest drafts."""
    assert [juror.problem for juror in jurors if juror.problem] == []
    assert all(numbered_without_gap(savings) for juror in jurors for savings in (juror.drafts, juror.sheets))
    with room.app.app_context():
        theirs = {assignment for work in room.work.values() for assignment in work}
        sheets, drafts = ([one for one in kept() if one.assignment in theirs] for kept in (kept_sheets, kept_drafts))
        assert sheets == sorted_savings(saving for juror in jurors for saving in juror.sheets)
        assert drafts == sorted_savings(saving for juror in jurors for saving in newest_by_assignment(juror.drafts))
        assert list(references_lead_to_rows()) == []
        assert audit.verify(room.contest_id) is None


def numbered_without_gap(savings: list[Saving]) -> bool:
    """Say whether the savings of every assignment count 1, 2, 3: none was done twice, none disappeared."""
    numbers: dict[int, list[int]] = {}
    for saving in savings:
        numbers.setdefault(saving.assignment, []).append(saving.number)
    return all(counted == list(range(1, len(counted) + 1)) for counted in numbers.values())


def sorted_savings(savings: Iterable[Saving]) -> list[Saving]:
    """Bring savings into one order."""
    return sorted(savings, key=lambda saving: (saving.assignment, saving.number))


def kept_sheets() -> list[Saving]:
    """Read every sheet of the database as a juror would have noted it."""
    return sorted_savings(
        Saving(
            sheet.assignment_id,
            sheet.revision,
            {code: written(mark) for code, mark in sheet.marks.items()},
            sheet.comment,
        )
        for sheet in db.session.scalars(select(ScoreSheet))
    )


def kept_drafts() -> list[Saving]:
    """Read every draft of the database as a juror would have noted it."""
    return sorted_savings(
        Saving(draft.assignment_id, draft.version, draft.marks, draft.comment)
        for draft in db.session.scalars(select(SheetDraft))
    )


def check_sheets_are_there(sheets: Sequence[Saving]) -> None:
    """Find every sheet that was confirmed; others may have come since."""
    kept = {(saving.assignment, saving.number): saving for saving in kept_sheets()}
    assert [sheet for sheet in sheets if kept.get((sheet.assignment, sheet.number)) != sheet] == []


def texts_sent() -> dict[int, list[str]]:
    """Read what each revision of each work says, oldest first."""
    found: dict[int, list[str]] = {}
    for revision in db.session.scalars(select(EntryRevision).order_by(EntryRevision.entry_id, EntryRevision.number)):
        found.setdefault(revision.entry_id, []).append(revision.content["summary"])
    return found


def check_works_are_there(texts: Mapping[int, Sequence[str]], begun: Sequence[int]) -> None:
    """Find everything that was sent, in its order, and every work that was begun; more may have come since."""
    kept = texts_sent()
    assert [work for work, sent in texts.items() if kept.get(work, [])[: len(sent)] != list(sent)] == []
    assert set(begun) <= set(db.session.scalars(select(Entry.id)))


def check_works_are_as_sent(authors: Sequence[AuthorAtWork], app: Flask) -> None:
    """Find of each author exactly what was confirmed: each sending once, the newest text, the files, the drafts."""
    with app.app_context():
        kept = texts_sent()
        for author in authors:
            assert author.problem is None
            work = db.session.get_one(Entry, author.work)
            assert kept[author.work] == author.sent.texts
            assert work.draft["summary"] == author.sent.text
            there = select(Attachment.sha256).filter_by(entry_id=work.id, slot="trang_bao", removed_at=None)
            first, *added = db.session.scalars(there.order_by(Attachment.id))
            assert set(added) == author.sent.files
            assert all(storage.is_intact(file) for file in (first, *added))
            own = select(Entry.id).where(Entry.owner_id == work.owner_id, Entry.id != work.id).order_by(Entry.id)
            assert list(db.session.scalars(own)) == author.sent.begun


def check_letters_have_come(authors: Sequence[AuthorAtWork], app: Flask, server: Server, postbox: Postbox) -> None:
    """Find a receipt of every sending in the post, each a letter of its own however often it was tried."""
    server.set_clock(DURING_THE_ROUND + timedelta(hours=3))  # what a killed worker held is due again
    app.config["SMTP_URL"] = postbox.url
    with app.app_context():
        while mail.deliver_due():
            pass
        letters = list(db.session.scalars(select(Letter).where(Letter.key.startswith("receipt:"))))
        assert {letter.state for letter in letters} == {LetterState.SENT}
        expected = Counter({author.name: len(author.sent.texts) for author in authors})
        assert {to: many for to, many in Counter(letter.to for letter in letters).items() if to in expected} == expected
    for author in authors:
        assert len({letter["Message-ID"] for letter in postbox.to(author.name)}) == len(author.sent.texts)
