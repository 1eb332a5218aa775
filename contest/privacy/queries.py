"""Finding who somebody is in the rows, what is kept of them, and what they asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import CompoundSelect, Select, func, or_, select, union

from contest.accounts.identity import spoken_phone
from contest.accounts.models import Invitation, Outlet, Person, User
from contest.complaints import personal as complaints
from contest.complaints.models import Complainant, Complaint
from contest.database import db
from contest.entries import personal as entries
from contest.entries.models import Byline, Entry, EntryRevision
from contest.exemplars.models import Exemplar
from contest.jobs import Job, JobState
from contest.mail import Letter
from contest.privacy import registry
from contest.privacy.models import DataRequest, Incident, Opening
from contest.privacy.sweeping import SHORTEST_NAME
from contest.privacy.terms import OPEN, Wish
from contest.regulations.models import Contest
from contest.results import personal as results
from contest.subjects import Section, Subject
from contest.web import wall
from contest.web.text import fold

MOST_FOUND = 20
KEEP_PERIODS = "privacy.keep_periods"
REPORTS = 30  # days


def subject_of(person_ids: Iterable[int], *, pseudonym: str = "") -> Subject:
    """Put together who somebody is: rows of people and their account, every name and address that is known."""
    people = list(db.session.scalars(select(Person).where(Person.id.in_(set(person_ids)))))
    ids = frozenset(person.id for person in people)
    users = list(db.session.scalars(select(User).where(User.person_id.in_(ids))))
    names: set[str] = set()
    pen_names: set[str] = set()
    emails: set[str] = set()
    phones: set[str] = set()
    units: set[str] = set()
    forms = [(person.name, person.pen_names, person.phone, person.email, person.unit) for person in people]
    for name, pens, phone, email, unit in (*forms, *entries.written_as(ids)):
        names.add(name)
        units.add(unit)
        pen_names.update(one.strip() for one in pens.replace(";", ",").split(","))
        phones.add(phone)
        emails.add(email)
    for user in users:
        emails.update((user.email, user.new_email))
    emails.discard("")
    for kind in (Complainant, Invitation):
        names.update(db.session.scalars(select(kind.name).where(kind.email.in_(emails))))
    names.discard("")
    written = {form for phone in phones if phone for form in _phone_forms(phone)}
    return Subject(
        user_ids=frozenset(user.id for user in users),
        person_ids=ids,
        subjects=frozenset(person.subject for person in people) | {user.subject for user in users},
        names=tuple(sorted(names, key=len, reverse=True)),
        pen_names=tuple(sorted((pen_names | _own_units(units, ids)) - {""}, key=len, reverse=True)),
        addresses=tuple(sorted({*emails, *written})),
        emails=frozenset(emails),
        pseudonym=pseudonym,
    )


def _own_units(units: set[str], person_ids: frozenset[int]) -> set[str]:
    """Those units that nobody else belongs to, such as the village of somebody who writes at home."""
    others = {
        *db.session.scalars(select(Person.unit).where(Person.id.not_in(person_ids)).distinct()),
        *db.session.scalars(select(Byline.unit).where(Byline.person_id.not_in(person_ids)).distinct()),
        *db.session.scalars(select(Outlet.name)),
    }
    known = {fold(unit) for unit in others}
    return {unit for unit in units if fold(unit) not in known}


def _phone_forms(phone: str) -> set[str]:
    spoken = spoken_phone(phone) if phone.startswith("+") else phone
    return {phone, spoken, "".join(spoken.split()), ".".join(spoken.split()), "-".join(spoken.split())}


def subject_of_user(user: User) -> Subject:
    """Put together who the owner of an account is; people with the same address are them."""
    same = select(Person.id).where(Person.email.in_({user.email, user.person.email} - {""}))
    return subject_of({user.person_id, *db.session.scalars(same)})


def sections(subject: Subject) -> list[Section]:
    """Everything that is kept of somebody, room by room."""
    return [one for room in registry.rooms().values() for one in room.export(subject)]


def is_awarded(subject: Subject) -> bool:
    """Whether a decision names somebody, which stays as the law on archives has it."""
    return bool(results.awarded_entries(subject))


def shared_names(subject: Subject) -> set[str]:
    """Those of the names that somebody else bears too, and names too short to tell."""
    others = [
        select(Person.name).where(Person.id.not_in(subject.person_ids), Person.erased_at.is_(None)).distinct(),
        select(Byline.name).where(Byline.person_id.not_in(subject.person_ids)).distinct(),
        select(Exemplar.name).distinct(),
    ]
    known = {fold(name) for asked in others for name in db.session.scalars(asked)}
    return {name for name in subject.names if fold(name) in known or len(name) < SHORTEST_NAME}


def works_in_progress(subject: Subject) -> list[Entry]:
    """The works of somebody that stand in a contest whose prizes are not decided."""
    undecided = ("setup", "running", "proposed", "approved", "posted")
    return [work for work in entries.works_of(subject) if work.is_sent and str(work.contest.stage) in undecided]


def own_complaints(subject: Subject) -> list[int]:
    """Numbers of the rows of complaints that somebody sent."""
    return complaints.complaints_of(subject)


def people_like(contest: Contest, words: str) -> list[Person]:
    """Find people of a contest by name, address or number, for a request on paper; the first ones without words."""
    wanted = fold(words)
    signed = (
        select(Byline.person_id).join(Byline.revision).join(EntryRevision.entry).where(Entry.contest_id == contest.id)
    )
    owners = select(User.person_id).where(
        or_(
            User.memberships.any(contest_id=contest.id),
            User.id.in_(select(Entry.owner_id).where(Entry.contest_id == contest.id)),
        )
    )
    rows = select(Person).where(Person.erased_at.is_(None), or_(Person.id.in_(signed), Person.id.in_(owners)))
    found = [
        person
        for person in db.session.scalars(rows.order_by(Person.id))
        if wanted in fold(f"{person.name} {person.pen_names} {person.email} {person.phone}")
        or wanted.replace(" ", "") in spoken_phone(person.phone).replace(" ", "")
    ]
    return found[:MOST_FOUND]


def requests_of(contest: Contest) -> Select[DataRequest]:
    """List the requests of a contest, those that wait first, then the newest."""
    waiting = DataRequest.standing.in_(OPEN)
    asked = select(DataRequest).filter_by(contest_id=contest.id)
    return asked.order_by(waiting.desc(), DataRequest.received_at.desc(), DataRequest.id.desc())


def request_in(contest: Contest, number: int) -> DataRequest | None:
    """Find one request among those of a contest."""
    return db.session.scalar(select(DataRequest).filter_by(contest_id=contest.id, id=number))


def own_requests(user: User) -> Sequence[DataRequest]:
    """List what somebody asked, the newest first."""
    return db.session.scalars(select(DataRequest).filter_by(user_id=user.id).order_by(DataRequest.id.desc())).all()


def open_request(user: User, wish: Wish) -> DataRequest | None:
    """Find what somebody has asked and is waiting for."""
    waiting = select(DataRequest).filter_by(user_id=user.id, wish=wish).where(DataRequest.standing.in_(OPEN))
    return db.session.scalars(waiting.order_by(DataRequest.id)).first()


def openings_in(contest: Contest) -> Select[Opening]:
    """List who opened data of whom in a contest, the latest first.

    A line names people and not works, so the wall does not see it: whoever must not hear of a work finds no line of its
    people either, nor of complaints about it.
    """
    listed = select(Opening).filter_by(contest_id=contest.id).order_by(Opening.last_at.desc(), Opening.id.desc())
    works = wall.hidden()
    if not works:
        return listed
    complaint = "complaint:"
    heard_of = [f"{complaint}{number}" for number in db.session.scalars(select(Complaint.number))]
    with wall.lowered():
        people = set(db.session.scalars(_people_of(works)))
    return listed.where(
        Opening.subject.not_in(people),
        Opening.about.not_in([f"entry:{code}" for code in wall.names()]),
        or_(~Opening.about.startswith(complaint), Opening.about.in_(heard_of)),
    )


def _people_of(works: Iterable[int]) -> CompoundSelect[str]:
    """The random ids of the people under works, and of the people and accounts of those who sent them."""
    written = select(Person.subject).join(Byline, Byline.person_id == Person.id).join(Byline.revision)
    sent = select(User).join(Entry, Entry.owner_id == User.id).where(Entry.id.in_(works))
    return union(
        written.where(EntryRevision.entry_id.in_(works)),
        sent.with_only_columns(User.subject),
        sent.join(Person, Person.id == User.person_id).with_only_columns(Person.subject),
    )


def openings_of(subject: Subject) -> Sequence[Opening]:
    """List who opened the data of one person, the latest first."""
    mine = select(Opening).where(Opening.subject.in_(subject.subjects))
    return db.session.scalars(mine.order_by(Opening.last_at.desc(), Opening.id.desc()).limit(200)).all()


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """Find the names that stand behind random ids of people or accounts."""
    wanted = set(subjects)
    found = dict(db.session.execute(select(Person.subject, Person.name).where(Person.subject.in_(wanted))).all())
    found |= dict(db.session.execute(select(User.subject, User.name).where(User.subject.in_(wanted))).all())
    return found


def incidents_of(contest: Contest) -> Sequence[Incident]:
    """List the incidents of a contest, the newest first."""
    return db.session.scalars(select(Incident).filter_by(contest_id=contest.id).order_by(Incident.number.desc())).all()


def incident_in(contest: Contest, number: int) -> Incident | None:
    """Find one incident by its number in the record."""
    return db.session.scalar(select(Incident).filter_by(contest_id=contest.id, number=number))


def next_incident(contest: Contest) -> int:
    """Give the number of the next incident."""
    return (db.session.scalar(select(func.max(Incident.number)).filter_by(contest_id=contest.id)) or 0) + 1


def sweeps() -> Sequence[Job]:
    """List what was deleted by itself on the last days, the latest first."""
    done = select(Job).filter_by(kind=KEEP_PERIODS, state=JobState.DONE)
    return db.session.scalars(done.order_by(Job.id.desc()).limit(REPORTS)).all()


def work_in(contest: Contest, entry_id: int) -> Entry | None:
    """Find a work among those of a contest that were sent."""
    return db.session.scalar(
        select(Entry).where(Entry.contest_id == contest.id, Entry.id == entry_id, Entry.revision_id.is_not(None))
    )


def subjects_of_users(user_ids: Iterable[int]) -> list[str]:
    """Give the random ids of accounts."""
    return list(db.session.scalars(select(User.subject).where(User.id.in_(set(user_ids)))))


def subjects_of_letter(contest_id: int, number: int) -> list[str]:
    """Give the random ids of the people to whom a letter is."""
    to = select(Letter.to).filter_by(contest_id=contest_id, id=number).scalar_subquery()
    return list(db.session.scalars(select(Person.subject).where(Person.email == to, Person.email != "")))


def authors_of(work: Entry) -> list[str]:
    """Give the random ids of the people under a work as it was sent last."""
    return [line.person.subject for line in work.revision.bylines] if work.revision is not None else []
