"""Taking in a complaint from anybody."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contest import storage
from contest.accounts.models import User
from contest.complaints import emails, queries, refusals, rules
from contest.complaints.models import Complainant, Complaint, ComplaintFile
from contest.complaints.rules import About
from contest.database import db, lock
from contest.regulations.models import Contest
from contest.results import queries as results
from contest.results import services as results_services
from contest.results.models import ActKind, Posting


@dataclass(frozen=True, slots=True)
class Sender:
    """Who complains. One way to answer them must be there."""

    name: str
    email: str = ""
    phone: str = ""
    unit: str = ""
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a complaint is about.

    :ivar line: key of a line of the posted list
    :ivar work: code or title as somebody wrote it
    """

    about: About
    line: str = ""
    work: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file, stored and looked into before the transaction."""

    name: str
    received: storage.Received
    sniffed: storage.Sniffed


def receive(
    contest: Contest, subject: Subject, text: str, sender: Sender, files: Sequence[Evidence] = (), *, now: datetime
) -> tuple[Complaint, str]:
    """Take in a complaint about the posted list, with its number and its receipt.

    :return: the complaint, and the follow-up code, which stands nowhere but in the letter to the complainant
    :raise NotTakenNow: outside the days of complaints
    :raise NoWayToAnswer: without an address and a telephone number
    :raise NoSuchLine, SubjectNeeded: if it does not say what it is about
    :raise TooManyFiles: with more evidence than is taken in
    """
    lock(contest)
    window, posting = queries.window_of(contest), results.newest_posting(contest)
    if window is None or posting is None or not window.takes(now):
        raise refusals.NotTakenNow
    if not sender.email and not sender.phone:
        raise refusals.NoWayToAnswer
    if len(files) > rules.MOST_FILES:
        raise refusals.TooManyFiles(count=rules.MOST_FILES)
    words, entry_id = _meant(contest, posting, subject)
    code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    complaint = Complaint(
        contest_id=contest.id,
        number=queries.next_number(contest),
        posting_id=posting.id,
        about=subject.about,
        entry_id=entry_id,
        subject=words,
        text=text,
        received_at=now,
        due_on=rules.due_on(now, contest.regulation.gates.answer_days),
        code_digest=rules.digest(contest.slug, code),
        complainant=Complainant(
            user_id=sender.user.id if sender.user is not None else None,
            name=sender.name,
            email=sender.email,
            phone=sender.phone,
            unit=sender.unit,
        ),
        files=[_file(evidence) for evidence in files],
    )
    db.session.add(complaint)
    db.session.flush()
    results_services.record_act(
        ActKind.COMPLAINT_RECEIVED,
        contest,
        subject=rules.subject_of(complaint.number),
        choice={"about": str(subject.about), "posting": posting.version, "files": len(files)} | _work(complaint),
        by=sender.user,
        now=now,
    )
    emails.received(complaint, code, now=now)
    return complaint, code


def _meant(contest: Contest, posting: Posting, subject: Subject) -> tuple[str, int | None]:
    """What the complaint is about in words, and the work where it is one."""
    if subject.about is About.LIST:
        return "", None
    if subject.about is About.WORK:
        if not subject.work:
            raise refusals.SubjectNeeded
        return subject.work, queries.work_called(contest, subject.work)
    line = next((line for line in queries.posted_lines(posting) if line.key == subject.line), None)
    if line is None:
        raise refusals.NoSuchLine
    return line.words[:400], line.entry_id


def _file(evidence: Evidence) -> ComplaintFile:
    blob = storage.register(evidence.received, sniffed=evidence.sniffed)
    return ComplaintFile(
        name=storage.clean_name(evidence.name), sha256=blob.sha256, size=blob.size, media_type=blob.media_type
    )


def _work(complaint: Complaint) -> dict[str, str]:
    """Name the work of a complaint, for the record."""
    return {"entry": str(complaint.entry.code)} if complaint.entry is not None else {}
