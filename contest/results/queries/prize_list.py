"""The proposed list, and how it is written down when it is posted or decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, defer, joinedload

from contest.accounts.models import Person
from contest.database import db
from contest.entries.models import Byline, Entry, EntryRevision, Instalment
from contest.judging import queries as judging
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.prizes import CollectivePrize, Tier
from contest.results.lists import Kind
from contest.results.models import ActKind, Award, CollectiveAward, RecordedAct
from contest.results.prize_rules import Prize, prizes_by_code
from contest.results.queries.sealed import ruling


def list_version(contest: Contest) -> int:
    """The version of the newest proposed list, 0 before the first.

    The act that wrote the list says it: a list may be without any prize, and works that move up later get rows of
    versions that were never proposed.
    """
    newest = db.session.scalars(
        select(RecordedAct.choice)
        .where(RecordedAct.contest_id == contest.id, RecordedAct.kind == ActKind.PROPOSED)
        .order_by(RecordedAct.id.desc())
        .limit(1)
    ).first()
    return int(newest["version"]) if newest is not None else 0


def awards_of(contest: Contest) -> list[Award]:
    """The newest proposed list, by prize and place in the order of the regulation.

    A work that was rejected or withdrawn since has no prize any more; nobody moves up into its place.
    """
    regulation = ruling(contest)
    groups = ["", *(group.code for group in regulation.award_groups)]
    prizes = list(prizes_by_code(regulation))
    categories = [category.code for category in regulation.categories]
    found = db.session.scalars(
        select(Award)
        .join(Award.entry)
        .where(Award.contest_id == contest.id, Award.version == list_version(contest), judging.IN_CONTEST)
        .options(contains_eager(Award.entry).options(defer(Entry.draft), joinedload(Entry.owner)))
    )
    thematic = {prize.code for prize in regulation.thematic_prizes}
    return sorted(
        found,
        key=lambda award: (
            award.tier in thematic,
            groups.index(award.group),
            prizes.index(award.tier),
            award.place or 0,
            categories.index(award.category),
            award.id,
        ),
    )


def collective_awards_of(contest: Contest) -> list[CollectiveAward]:
    """The prizes of newsrooms on the newest proposed list, in the order of the regulation."""
    prizes = list(prizes_by_code(ruling(contest)))
    found = db.session.scalars(
        select(CollectiveAward).where(
            CollectiveAward.contest_id == contest.id, CollectiveAward.version == list_version(contest)
        )
    )
    return sorted(found, key=lambda award: (prizes.index(award.prize), award.id))


def sections_of(contest: Contest) -> list[dict[str, Any]]:
    """The parts of a list with the prizes that each can hold, so that one not given can be shown as not given."""
    regulation = ruling(contest)
    of_group = {"category": Kind.CATEGORY, "pooled": Kind.POOLED, "groups": Kind.GROUP}[regulation.awarding.scope]
    parts: list[tuple[str, str, Kind, Sequence[Prize]]] = [
        (Kind.SPECIAL, "", Kind.SPECIAL, regulation.special_prizes),
        *((group.code, group.name, of_group, regulation.prizes) for group in regulation.award_groups),
        (Kind.THEMATIC, "", Kind.THEMATIC, regulation.thematic_prizes),
        (Kind.COLLECTIVE, "", Kind.COLLECTIVE, regulation.collective_prizes),
    ]
    return [
        {
            "code": str(code),
            "name": name,
            "kind": str(kind),
            "prizes": [
                {"code": prize.code, "name": prize.name, "quota": _quota(prize, code), "floor": _floor(prize)}
                for prize in prizes
                if _quota(prize, code) != 0
            ],
        }
        for code, name, kind, prizes in parts
        if prizes
    ]


def _quota(prize: Prize, group: str) -> int | None:
    return prize.quota_in(group) if isinstance(prize, Tier) else prize.quota


def _floor(prize: Prize) -> int:
    return 0 if isinstance(prize, CollectivePrize) else prize.floor


def collective_lines_of(contest: Contest, awards: Iterable[CollectiveAward]) -> list[dict[str, Any]]:
    """Write the prizes of newsrooms as they will be frozen."""
    prizes = prizes_by_code(ruling(contest))
    return [
        {
            "collective_id": award.id,
            "section": str(Kind.COLLECTIVE),
            "tier": award.prize,
            "tier_name": prizes[award.prize].name,
            "outlet": award.outlet,
            "works": award.works,
            "points": award.points,
            "money": award.money,
            "in_kind": award.in_kind,
            "worth": award.worth,
        }
        for award in awards
    ]


def lines_of(contest: Contest, awards: Sequence[Award]) -> list[dict[str, Any]]:
    """Write the prizes of works as they will be frozen: names, titles and outlets as in the revision judged."""
    regulation = ruling(contest)
    revisions = {award.revision_id for award in awards}
    contents = {
        revision.id: revision.content
        for revision in db.session.scalars(select(EntryRevision).where(EntryRevision.id.in_(revisions)))
    }
    bylines, units = _bylines(revisions)
    instalments = _instalments(revisions)
    prizes = prizes_by_code(regulation)
    thematic = {prize.code for prize in regulation.thematic_prizes}

    lines = []
    for award in awards:
        content, parts = contents[award.revision_id], instalments.get(award.revision_id, [])
        outlet = parts[0]["outlet"] if parts else ""
        over_all = Kind.THEMATIC if award.tier in thematic else Kind.SPECIAL
        lines.append(
            {
                "award_id": award.id,
                "entry_id": award.entry_id,
                "entry_code": award.entry.code,
                "shown_code": award.entry.shown_code,
                "category": award.category,
                "category_name": regulation.category(award.category).name,
                "genre_name": regulation.genre(content["genre"]).name,
                "topic_name": regulation.topic(content["topic"]).name,
                "section": award.group or str(over_all),
                "tier": award.tier,
                "tier_name": prizes[award.tier].name,
                "place": award.place,
                "title": content["title"],
                "summary": content.get("summary", ""),
                "instalments": parts,
                "exemplars": [
                    {"name": each["name"], "locality": each.get("locality", "")}
                    for each in content.get("exemplars", ())
                ],
                "authors": bylines.get(award.revision_id, []),
                "unit": units.get(award.revision_id, "") or outlet,
                "outlet": outlet,
                "money": award.money,
                "in_kind": award.in_kind,
                "worth": award.worth,
            }
        )
    return lines


def _bylines(revisions: set[int]) -> tuple[dict[int, list[dict[str, Any]]], dict[int, str]]:
    """Authors as printed, and the unit of the lead author, by revision."""
    bylines: dict[int, list[dict[str, Any]]] = {}
    units: dict[int, str] = {}
    for byline, subject in db.session.execute(
        select(Byline, Person.subject)
        .join(Byline.person)
        .where(Byline.revision_id.in_(revisions))
        .order_by(Byline.revision_id, Byline.position)
    ):
        bylines.setdefault(byline.revision_id, []).append(
            {
                "subject": subject,
                "name": byline.name,
                "pen_names": byline.pen_names,
                "role": byline.role,
                "lead": byline.lead,
            }
        )
        if byline.lead or byline.revision_id not in units:
            units[byline.revision_id] = byline.unit
    return bylines, units


def _instalments(revisions: set[int]) -> dict[int, list[dict[str, Any]]]:
    """Where each revision appeared."""
    found: dict[int, list[dict[str, Any]]] = {}
    for instalment in db.session.scalars(
        select(Instalment)
        .where(Instalment.revision_id.in_(revisions))
        .order_by(Instalment.revision_id, Instalment.position)
    ):
        found.setdefault(instalment.revision_id, []).append(
            {
                "title": instalment.title,
                "published_on": instalment.published_on.isoformat(),
                "outlet": instalment.outlet,
                "url": instalment.url,
            }
        )
    return found


def regulation_hash(contest: Contest) -> str:
    """SHA-256 of the regulation in force."""
    return db.session.scalar(select(RegulationVersion.sha256).where(RegulationVersion.id == contest.version_id)) or ""
