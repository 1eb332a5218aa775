"""What is known of jurors and authors, to find conflicts."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, or_, select

from contest.accounts.models import Membership, Outlet, Person, User
from contest.database import db
from contest.entries.models import Byline, Entry, EntryState, Instalment
from contest.judging import conflicts
from contest.judging.conflicts import JurorFacts, Kind, WorkFacts, newsroom
from contest.judging.models import Conflict, Round, RoundEntry
from contest.regulations.models import Contest
from contest.web.text import fold

COMPETING = (EntryState.RECEIVED, EntryState.RETURNED, EntryState.ACCEPTED)


def conflicts_in(
    round_: Round, juror_ids: Collection[int], entry_ids: Collection[int] | None = None
) -> dict[tuple[int, int], tuple[Kind, ...]]:
    """Every conflict between these jurors and the works of a round, by (juror id, entry id)."""
    jurors = juror_facts(round_.contest, juror_ids)
    works = work_facts(round_, entry_ids)
    taken_over, known = successors(), declared(juror_ids)
    entrants = round_.contest.regulation.entrants
    leaves = entrants.jurors_do_not_judge if entrants.jurors_may_enter else "nothing"
    found = {}
    for juror_id, juror in jurors.items():
        for entry_id, work in works.items():
            kinds = conflicts.find(juror, work, successors=taken_over, declared=known, entry_id=entry_id, leaves=leaves)
            if kinds:
                found[juror_id, entry_id] = kinds
    return found


def newsrooms_of(contest: Contest, juror: User, names: Collection[str]) -> set[str]:
    """Which of these newsrooms are a juror's own, by the names they print under."""
    taken_over = successors()
    own = {newsroom(outlet, taken_over) for outlet in juror_facts(contest, [juror.id])[juror.id].outlets}
    rows = db.session.execute(select(Outlet.id, Outlet.name).where(Outlet.name.in_(names)))
    return {name for outlet_id, name in rows if newsroom(outlet_id, taken_over) in own}


def successors() -> dict[int, int | None]:
    """The outlet that took over from each outlet."""
    return dict(db.session.execute(select(Outlet.id, Outlet.successor_id)).all())


def declared(juror_ids: Collection[int]) -> set[tuple[int, int]]:
    """Declared interests of these jurors, as (juror id, entry id)."""
    rows = db.session.execute(select(Conflict.juror_id, Conflict.entry_id).where(Conflict.juror_id.in_(juror_ids)))
    return {(juror_id, entry_id) for juror_id, entry_id in rows}


def juror_facts(contest: Contest, juror_ids: Collection[int]) -> dict[int, JurorFacts]:
    """What ties jurors to works: person, contacts, and the newsroom of their role or of their own details."""
    newsrooms: dict[int, set[int]] = {}
    for user_id, outlet_id in db.session.execute(
        select(Membership.user_id, Membership.outlet_id).where(
            Membership.contest_id == contest.id, Membership.user_id.in_(juror_ids)
        )
    ):
        if outlet_id is not None:
            newsrooms.setdefault(user_id, set()).add(outlet_id)
    named = {fold(name): outlet_id for outlet_id, name in db.session.execute(select(Outlet.id, Outlet.name))}
    entered = _entered(contest, juror_ids) if contest.regulation.entrants.jurors_may_enter else {}
    rows = db.session.execute(
        select(User.id, User.person_id, User.email, Person.email, Person.phone, Person.name, Person.unit)
        .join(Person, Person.id == User.person_id)
        .where(User.id.in_(juror_ids))
    )
    return {
        user_id: JurorFacts(
            user_id=user_id,
            person_id=person_id,
            emails=_known(account.lower(), email.lower()),
            phones=_known(phone),
            outlets=frozenset({*newsrooms.get(user_id, ()), *_known_ids(named.get(fold(unit)))}),
            name=fold(name),
            enters=frozenset(entered.get(user_id, ())),
        )
        for user_id, person_id, account, email, phone, name, unit in rows
    }


def _entered(contest: Contest, juror_ids: Collection[int]) -> dict[int, set[str]]:
    """Categories in which people have works in the contest, as senders or as authors."""
    sent = select(Entry.owner_id, Entry.category).where(Entry.owner_id.in_(juror_ids))
    written = (
        select(User.id, Entry.category)
        .join(Byline, Byline.person_id == User.person_id)
        .join(Entry, Entry.revision_id == Byline.revision_id)
        .where(User.id.in_(juror_ids))
    )
    found: dict[int, set[str]] = {}
    for asked in (sent, written):
        rows = db.session.execute(asked.where(Entry.contest_id == contest.id, Entry.state.in_(COMPETING)))
        for user_id, category in rows:
            found.setdefault(user_id, set()).add(category)
    return found


def _known_ids(outlet_id: int | None) -> tuple[int, ...]:
    return () if outlet_id is None else (outlet_id,)


def _known(*values: str) -> frozenset[str]:
    return frozenset(value for value in values if value)


def work_facts(round_: Round, entry_ids: Collection[int] | None = None) -> dict[int, WorkFacts]:
    """What ties the works of a round to jurors: owner, people behind the bylines, newsrooms."""
    wanted = and_(
        RoundEntry.round_id == round_.id,
        or_(entry_ids is None, RoundEntry.entry_id.in_(entry_ids or ())),  # type: ignore[arg-type]
    )
    facts: dict[int, dict[str, Any]] = {}
    for entry_id, owner_id, outlet_id, category in db.session.execute(
        select(RoundEntry.entry_id, Entry.owner_id, Entry.outlet_id, RoundEntry.category)
        .join(RoundEntry.entry)
        .where(wanted)
    ):
        facts[entry_id] = {
            "owner_id": owner_id,
            "category": category,
            "person_ids": set(),
            "emails": set(),
            "phones": set(),
            "outlets": {outlet_id} - {None},
            "names": set(),
        }
    for entry_id, person_id, name, printed, email, phone in db.session.execute(
        select(RoundEntry.entry_id, Byline.person_id, Byline.name, Byline.email, Person.email, Person.phone)
        .join(Byline, Byline.revision_id == RoundEntry.revision_id)
        .join(Byline.person)
        .where(wanted)
    ):
        known = facts[entry_id]
        known["person_ids"].add(person_id)
        known["names"].add(fold(name))
        known["emails"] |= _known(printed.lower(), email.lower())
        known["phones"] |= _known(phone)
    for entry_id, outlet_id in db.session.execute(
        select(RoundEntry.entry_id, Instalment.outlet_id)
        .join(Instalment, Instalment.revision_id == RoundEntry.revision_id)
        .where(wanted, Instalment.outlet_id.is_not(None))
    ):
        facts[entry_id]["outlets"].add(outlet_id)
    return {
        entry_id: WorkFacts(
            owner_id=known.pop("owner_id"),
            category=known.pop("category"),
            **{name: frozenset(values) for name, values in known.items()},
        )
        for entry_id, known in facts.items()
    }
