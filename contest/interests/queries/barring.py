"""Which works somebody may not see or judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from flask import g, has_request_context
from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
)

from contest.accounts.models import Person, User
from contest.accounts.queries import members
from contest.accounts.roles import Role
from contest.database import db
from contest.entries.models import SENT, Byline, Entry, EntryRevision, Instalment
from contest.interests.inference import Leaves, Pair, PersonFacts, Said, find_all, in_order, is_surely, settle
from contest.interests.kinds import Kind, State
from contest.interests.models import Interest, Tie
from contest.interests.queries.facts import (
    COMPETING,
    Newsrooms,
    all_newsrooms,
    known,
    people_facts,
    person_and_newsrooms,
    work_facts,
)
from contest.regulations.models import Contest
from contest.web.text import fold

JUDGES = (Role.JUROR, Role.CHAIR)
KINDS = {kind.value: kind for kind in Kind}


def barred(contest: Contest, user: User | Any) -> frozenset[int]:
    """The works that somebody may not open, judge, count, list, search, export or hear of, whatever their role.

    Those they sent or wrote, of an author with their e-mail or phone, of their newsroom, that compete with an own work
    of a juror, what they declared and what the chair confirmed; without what the chair waived. Two statements, once a
    request. An author's own pages do not ask this.

    :param user: nobody, and somebody not signed in, are kept from nothing
    :return: entry ids
    """
    person: User | None = user._get_current_object() if hasattr(user, "_get_current_object") else user
    if person is None or not person.is_authenticated:
        return frozenset()
    if not has_request_context():
        return _barred(contest, person)
    kept: dict[Pair, frozenset[int]] = g.setdefault("barred", {})
    key = contest.id, person.id
    if key not in kept:
        kept[key] = _barred(contest, person)
    return kept[key]


def forget() -> None:
    """Ask anew within this request: something was said."""
    if has_request_context():
        g.pop("barred", None)


def _barred(contest: Contest, user: User) -> frozenset[int]:
    if contest.version_id is None:
        return frozenset()  # no work was sent: nothing says yet how
    near = person_and_newsrooms(contest, user)
    if near is None:
        return frozenset()
    (email, phone), (now, left, rooms) = near
    judges = any(row.contest_id == contest.id and row.role in JUDGES for row in user.memberships)
    emails, phones = known(user.email.lower(), email.lower()), known(phone)
    leaves = leaves_to_others(contest) if judges else "nothing"
    asked = _asked(bool(now), bool(left - now), leaves, bool(phones))
    about = {
        "contest": contest.id,
        "user": user.id,
        "person": user.person_id,
        "emails": list(emails),
        **({"phones": list(phones)} if phones else {}),
        **_naming(Kind.outlet, now, rooms),
        **_naming(Kind.former_outlet, left - now, rooms),
    }
    found: dict[Pair, set[Kind]] = defaultdict(set)
    lines = []
    for entry_id, kind, state, known_as, name, pens in db.session.connection().execute(asked, about):
        if state is not None:
            lines.append(Said(user.id, entry_id, KINDS[kind], State(state)))
        elif known_as is None or is_surely(known_as, name, pens):
            found[user.id, entry_id].add(KINDS[kind])
    settle(found, lines)
    return frozenset(entry_id for (_user, entry_id), kinds in found.items() if bars(kinds))


def _naming(kind: Kind, newsrooms: frozenset[int], rooms: Newsrooms) -> dict[str, list[Any]]:
    """What newsrooms are known by, for the parts of the question that ask for them."""
    if not newsrooms:
        return {}
    return {f"{kind}_ids": list(rooms.family(newsrooms)), f"{kind}_names": list(rooms.names(newsrooms))}


CONTEST, USER, PERSON = (bindparam(name, type_=Integer) for name in ("contest", "user", "person"))


@cache
def _asked(now: bool, left: bool, leaves: Leaves, has_phone: bool) -> CompoundSelect[Any]:
    """Build the question once for all who are asked about in the same way; every page of staff and jurors sends it.

    :param now: whether they are close to a newsroom
    :param left: whether they left one lately
    :param leaves: what a juror leaves to others
    """
    parts = [
        _entries(Kind.own_entry).where(Entry.owner_id == USER),
        *_written_by(has_phone),
        *(_of_newsrooms(Kind.outlet) if now else ()),
        *(_of_newsrooms(Kind.former_outlet) if left else ()),
        *_competing(leaves),
    ]
    asked = [part.add_columns(null(), null(), null()) for part in parts]
    said = select(Interest.entry_id, cast(Interest.kind, String), cast(Interest.state, String), null(), null(), null())
    said = said.where(Interest.user_id == USER, Interest.ended_at.is_(None)).join(Interest.entry)
    return union(*(part.where(Entry.contest_id == CONTEST) for part in (*asked, _of_people_known(), said)))


def _entries(kind: Kind) -> Any:
    return select(Entry.id, literal(str(kind)), null())


def _any_of(name: str, kind: Any = String) -> BindParameter[Any]:
    return bindparam(name, expanding=True, type_=kind)


def _written_by(has_phone: bool) -> Iterator[Select[Any]]:
    """Works in whose bylines, of any revision, somebody stands, or their e-mail or phone.

    Each way to a work is a question of its own: asked together, a database reads every work of the contest.
    """
    lines = _entries(Kind.contact).join(EntryRevision, EntryRevision.entry_id == Entry.id)
    lines = lines.join(Byline, Byline.revision_id == EntryRevision.id)
    emails, phones = _any_of("emails"), _any_of("phones")
    author = _entries(Kind.author).join(EntryRevision, EntryRevision.entry_id == Entry.id)
    yield author.join(Byline, Byline.revision_id == EntryRevision.id).where(Byline.person_id == PERSON)
    people = lines.join(Person, Person.id == Byline.person_id)
    yield people.where(Person.email.in_(emails))
    yield lines.where(Byline.email.in_(emails))
    if has_phone:
        yield people.where(Person.phone.in_(phones))
        yield lines.where(Byline.phone.in_(phones))


def _of_people_known() -> Any:
    """Works of whose authors one may be somebody whom the person named; who it really is, their names decide."""
    lines = select(Entry.id, cast(Tie.relation, String), null(), Tie.name, Byline.name, Byline.pen_names)
    lines = lines.join(EntryRevision, EntryRevision.entry_id == Entry.id)
    lines = lines.join(Byline, Byline.revision_id == EntryRevision.id)
    return lines.join(Tie, Tie.contest_id == Entry.contest_id).where(
        Tie.user_id == USER, Tie.key != "", Tie.ended_at.is_(None), Entry.folded.contains(Tie.key, autoescape=False)
    )


def _of_newsrooms(kind: Kind) -> Iterator[Select[Any]]:
    """Works that newsrooms sent, that name one as the unit, or that appeared there."""
    outlets, names = _any_of(f"{kind}_ids", Integer), _any_of(f"{kind}_names")
    yield _entries(kind).where(Entry.outlet_id.in_(outlets))
    yield _entries(kind).where(Entry.sender_id.in_(outlets))
    yield _entries(kind).where(Entry.unit_key.in_(names))
    printed = _entries(kind).join(EntryRevision, EntryRevision.entry_id == Entry.id)
    yield printed.join(Instalment, Instalment.revision_id == EntryRevision.id).where(Instalment.outlet_id.in_(outlets))


def leaves_to_others(contest: Contest) -> Leaves:
    """What jurors who have entered a work leave to others, besides that work."""
    entrants = contest.regulation.entrants
    return entrants.jurors_do_not_judge if entrants.jurors_may_enter else "nothing"


def _competing(leaves: Leaves) -> Iterator[Select[Any]]:
    """What competes with the own works of a juror who may enter."""
    if leaves == "nothing":
        return
    here = (Entry.contest_id == CONTEST, Entry.state.in_(COMPETING))
    sent = select(Entry.category).where(Entry.owner_id == USER, *here)
    written = select(Entry.category).join(Byline, Byline.revision_id == Entry.revision_id)
    own = union_all(sent, written.where(Byline.person_id == PERSON, *here)).subquery()
    rivals = _entries(Kind.competes).where(Entry.state.in_(SENT))
    if leaves == "category":
        yield rivals.where(Entry.category.in_(select(own.c.category)))
    else:
        yield rivals.where(select(own.c.category).exists())


def conflicts_between(
    contest: Contest, user_ids: Collection[int], entry_ids: Collection[int] | None = None
) -> dict[Pair, tuple[Kind, ...]]:
    """Everything that ties these people to the works of a contest, by (user id, entry id), the gravest first.

    :param entry_ids: only these works; all that were sent when None
    """
    rooms = all_newsrooms()
    people = people_facts(contest, user_ids, rooms)
    works = work_facts(contest, entry_ids, rooms)
    said = said_in(contest, user_ids)
    return find_all(people.values(), works, said=said, leaves=leaves_to_others(contest))


def ties_of_stranger(
    contest: Contest, *, name: str, pen_names: str = "", email: str = "", outlet_id: int | None = None
) -> dict[Kind, int]:
    """In how many works somebody who might be invited would have an interest, by what it would be."""
    rooms = all_newsrooms()
    who = PersonFacts(
        user_id=0,
        emails=known(email.lower()),
        newsrooms=rooms.of([outlet_id]),
        name=(name, pen_names),
    )
    counted = Counter(kind for kinds in find_all([who], work_facts(contest, None, rooms)).values() for kind in kinds)
    return {kind: counted[kind] for kind in in_order(counted)}


def said_in(contest: Contest, user_ids: Collection[int]) -> list[Said]:
    """What was said last about the ties of these people."""
    rows = db.session.execute(
        select(Interest.user_id, Interest.entry_id, Interest.kind, Interest.state).where(
            Interest.contest_id == contest.id, Interest.user_id.in_(user_ids), Interest.ended_at.is_(None)
        )
    )
    return [Said(*row) for row in rows]


def in_force(user: User, entry: Entry, kind: Kind) -> Interest | None:
    """What was said last about one tie."""
    return db.session.scalar(select(Interest).filter_by(user_id=user.id, entry_id=entry.id, kind=kind, ended_at=None))


def keeping_away(*, at: datetime | None = None) -> Select[Any]:
    """Choose what was declared or confirmed.

    :param at: as it was at a moment; now when None
    """
    rows = select(Interest).where(Interest.state.in_((State.declared, State.confirmed)))
    if at is None:
        return rows.where(Interest.ended_at.is_(None))
    return rows.where(Interest.at <= at, or_(Interest.ended_at.is_(None), Interest.ended_at > at))


def people_without_interests(contest: Contest, roles: Collection[str]) -> list[str]:
    """Name the people with one of these roles who are kept from no work of a contest, by name.

    Works that left the contest count too: whether one did is nothing to be learnt from who is named.
    """
    people = {row.user_id: row.user for row in members(contest.id, *roles) if row.user.is_active}
    return sorted((user.name for user in people.values() if not barred(contest, user)), key=fold)


def bars(kinds: Iterable[Kind]) -> bool:
    """Say whether one of these ties keeps somebody from a work."""
    return any(kind.blocks for kind in kinds)
