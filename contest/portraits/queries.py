"""Finding what everybody may know of the exemplars of a contest, at this moment."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from contest import audit
from contest.database import db
from contest.entries.models import Entry, EntryState, Instalment, RevisionExemplar
from contest.exemplars.localities import province_of
from contest.exemplars.models import Exemplar
from contest.exemplars.queries import STANDS_FOR
from contest.home import queries as home
from contest.home.models import ExemplarStory
from contest.portraits import collection
from contest.portraits.collection import Collection, Portrait, Story, Work
from contest.regulations.models import Contest
from contest.regulations.schema import Regulation
from contest.results.models import Decision, Publication
from contest.showcase import listing
from contest.showcase import queries as showcase
from contest.web.text import fold

MOST_KEPT = 8
"""Contests whose collections one process keeps."""

_kept: dict[int, tuple[object, Collection]] = {}


def collection_of(contest: Contest) -> Collection:
    """Give the exemplars of a contest that everybody may know, with the works about them once these are public.

    Before the publication of results no work is named at all: who reads blind, and who waits, learns nothing here.

    What was gathered is kept in the process until anything is done in the contest: every act that could change it is a
    line of the audit log.
    """
    as_of = (audit.head(contest.id), contest.stage, contest.version_id)
    at, collected = _kept.get(contest.id, (None, None))
    if collected is None or at != as_of:
        collected = _gathered(contest)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[contest.id] = as_of, collected
    return collected


def _gathered(contest: Contest) -> Collection:
    published = showcase.in_force(contest)
    found = db.session.execute(home.public_exemplars(contest.id, published=published is not None)).all()
    regulation = contest.regulation if contest.version_id is not None else None
    works = _works(contest, regulation, showcase.works_of(published)) if published and regulation else {}
    also = _also(contest.id) if found else {}
    fields = {term.code: term.name for term in regulation.topics} if regulation else {}
    province = province_of(regulation.letterhead.place) if regulation else None
    places = {code: number for number, code in enumerate(fields)}
    portraits = [
        Portrait(
            exemplar.id,
            exemplar.name,
            exemplar.kind,
            (exemplar.topic, fields.get(exemplar.topic, "")),
            exemplar.unit,
            exemplar.locality,
            province.place_of(exemplar.locality) if province and exemplar.locality else None,
            exemplar.portrait,
            exemplar.replicated,
            exemplar.replication_reason if exemplar.replicated else "",
            tuple(name for name in also.get(exemplar.id, ()) if fold(name) != fold(exemplar.name)),
            _story(story),
            tuple(works.get(exemplar.id, ())),
        )
        for exemplar, story in found
    ]
    portraits.sort(key=lambda each: (places.get(each.topic[0], len(places)), fold(each.name), each.id))
    return Collection(contest.id, fields, province, tuple(portraits))


def _story(story: ExemplarStory | None) -> Story | None:
    return Story(story.title, story.summary, story.text) if story is not None else None


def _also(contest_id: int) -> dict[int, list[str]]:
    """The names of exemplars that another one stands for, by the number of that one."""
    found: dict[int, list[str]] = defaultdict(list)
    for number, name in db.session.execute(
        select(STANDS_FOR, Exemplar.name)
        .where(Exemplar.contest_id == contest_id, Exemplar.merged_into_id.is_not(None))
        .order_by(Exemplar.folded)
    ):
        found[number].append(name)
    return {number: list(dict.fromkeys(names)) for number, names in found.items()}


def _works(contest: Contest, regulation: Regulation, winners: dict[str, listing.Work]) -> dict[int, list[Work]]:
    """The accepted works by the exemplar that they are about, as far as everybody may know them."""
    categories = {category.code: category.name for category in regulation.categories}
    rows = db.session.execute(
        select(STANDS_FOR, Entry.id, Entry.code, Entry.title, Entry.category, Entry.revision_id)
        .join(RevisionExemplar, RevisionExemplar.exemplar_id == Exemplar.id)
        .join(Entry, Entry.revision_id == RevisionExemplar.revision_id)
        .where(Entry.contest_id == contest.id, Entry.state == EntryState.ACCEPTED)
        .order_by(Entry.code, Entry.id)
    ).all()
    parts = _instalments(contest.id)
    taken_back = _taken_back(contest.id, winners)
    found: dict[int, dict[int, Work]] = defaultdict(dict)
    for exemplar_id, entry_id, code, title, category, revision_id in rows:
        if entry_id in taken_back:
            continue
        instalments, winner = tuple(parts.get(revision_id or 0, ())), winners.get(code or "")
        found[exemplar_id][entry_id] = (
            _won(winner, instalments) if winner else Work(title, categories.get(category, ""), instalments)
        )
    return {
        number: sorted(works.values(), key=lambda work: not work.prizes) for number, works in found.items()
    }  # those that won first, each in the order of their codes


def _won(winner: listing.Work, instalments: tuple[collection.Instalment, ...]) -> Work:
    return Work(
        winner.title,
        winner.line["category_name"],
        instalments,
        winner.code,
        tuple((author["name"], author["pen_names"]) for author in winner.authors),
        tuple(prize.name for prize in winner.prizes if not prize.suspended),
    )


def _instalments(contest_id: int) -> dict[int, list[collection.Instalment]]:
    """Where the accepted works of a contest appeared, by revision."""
    found: dict[int, list[collection.Instalment]] = defaultdict(list)
    for part in db.session.scalars(
        select(Instalment)
        .join(Entry, Entry.revision_id == Instalment.revision_id)
        .where(Entry.contest_id == contest_id, Entry.state == EntryState.ACCEPTED)
        .order_by(Instalment.revision_id, Instalment.position)
    ):
        found[part.revision_id].append(collection.Instalment(part.title, part.outlet, part.published_on, part.url))
    return found


def _taken_back(contest_id: int, winners: dict[str, Any]) -> set[int]:
    """The works whose prizes were public once and are no more: they are not shown without them either."""
    versions = db.session.scalars(
        select(Decision.copy)
        .join(Publication, Publication.decision_id == Decision.id)
        .where(Publication.contest_id == contest_id)
        .order_by(Publication.version.desc())
        .offset(1)
    )
    return {line["entry_id"] for copy in versions for line in copy["awards"] if line["entry_code"] not in winners}
