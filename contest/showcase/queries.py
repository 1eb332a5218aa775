"""Finding what is public of the results, and what the pages of winning works show beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import BindParameter, Executable, bindparam, func, select
from sqlalchemy.orm import joinedload

from contest.certificates.models import Certificate, CertificateState
from contest.database import db
from contest.entries import prizes
from contest.entries.models import Attachment, EntryRevision, RevisionExemplar
from contest.entries.prizes import Prize
from contest.exemplars.models import Exemplar
from contest.regulations.models import Contest
from contest.regulations.schema import Regulation
from contest.results import queries as results
from contest.results.models import Award, Decision, Publication
from contest.results.visibility import Fact, Moment, Viewer, may_see
from contest.showcase import listing
from contest.showcase.listing import Work
from contest.showcase.models import ShareCard, WinnerNote
from contest.storage import Derivative
from contest.storage.models import Part
from contest.web.text import fold

MEDIA_CONSENT: Final = "su_dung_lai"
"""Code of the statement by which an author lets the organizers use the work again, pictures and recordings included.

Every ready regulation has it, and none requires it. Where a regulation has no such statement, nothing is shown.
"""

LOOKED_AT: Final = frozenset({"image", "audio", "video"})
"""A slot that takes one of these is made to be looked at; scripts and letters of confirmation lie in others."""

PAGES_SHOWN: Final = 6
"""Pages of one scanned file that a page of a work shows."""


def is_public(contest: Contest) -> bool:
    """Say whether the results of a contest may be seen by everybody now; asks the database nothing.

    Before the list is proposed a contest is sealed at the most, so it is taken as sealed.
    """
    moment = {str(moment): moment for moment in Moment}.get(str(contest.stage), Moment.SEALED)
    return may_see(Fact.RESULTS, (Viewer.PUBLIC,), moment)


class InForce(NamedTuple):
    """What the public pages are made from at present, read in one statement so that nobody sees half of a change.

    :ivar note: the newest note on any work, 0 before the first; it changes what pages say
    :ivar card: the newest card drawn, the same
    """

    decision_id: int
    version: int
    sha256: str
    number: str
    decided_on: date
    published_at: datetime
    first_published_at: datetime
    note: int
    card: int


@cache
def _in_force() -> Executable:
    contest_id: BindParameter[int] = bindparam("contest_id")
    first = select(func.min(Publication.at)).where(Publication.contest_id == contest_id).scalar_subquery()
    note = select(func.max(WinnerNote.id)).where(WinnerNote.contest_id == contest_id).scalar_subquery()
    card = select(func.max(ShareCard.id)).where(ShareCard.contest_id == contest_id).scalar_subquery()
    return (
        select(
            Decision.id,
            Decision.version,
            Decision.sha256,
            Decision.number,
            Decision.decided_on,
            Publication.at,
            first,
            func.coalesce(note, 0),
            func.coalesce(card, 0),
        )
        .join(Publication, Publication.decision_id == Decision.id)
        .where(Publication.contest_id == contest_id)
        .order_by(Publication.version.desc())
        .limit(1)
    )


def in_force(contest: Contest) -> InForce | None:
    """Say what is published; None before the publication."""
    if not is_public(contest):
        return None
    row = db.session.execute(_in_force(), {"contest_id": contest.id}).one_or_none()
    return InForce(*row) if row is not None else None


def copy_of(published: InForce) -> dict[str, Any]:
    """The copy that the decision froze; not to be changed by whoever reads it."""

    def read() -> dict[str, Any]:
        found: dict[str, Any] = db.session.scalars(
            select(Decision.copy).where(Decision.id == published.decision_id)
        ).one()
        return found

    return results.frozen(published.sha256, read)


def works_of(published: InForce) -> dict[str, Work]:
    """The works that received a prize, by code."""
    return results.frozen(f"{published.sha256}.works", lambda: listing.works_of(copy_of(published)))


@prizes.source
def prizes_by_work(contest: Contest) -> Mapping[str, Sequence[Prize]] | None:
    """The prizes of every work that received one, for the pages of those who entered it; None before publication."""
    published = in_force(contest)
    if published is None:
        return None
    return {
        code: tuple(Prize(given.name, given.suspended) for given in work.prizes)
        for code, work in works_of(published).items()
    }


# What stands beside a work --------------------------------------------------------------------------------------------


def notes_of(contest: Contest, works: Iterable[Work]) -> dict[str, WinnerNote]:
    """The newest note of each of some works, by code."""
    codes = {work.line["entry_id"]: work.code for work in works}
    newest = select(func.max(WinnerNote.id)).where(WinnerNote.contest_id == contest.id).group_by(WinnerNote.entry_id)
    found = db.session.scalars(select(WinnerNote).where(WinnerNote.id.in_(newest)).options(joinedload(WinnerNote.by)))
    return {codes[note.entry_id]: note for note in found if note.entry_id in codes}


def note_of(work: Work) -> WinnerNote | None:
    """The newest note of one work."""
    return db.session.scalar(
        select(WinnerNote).filter_by(entry_id=work.line["entry_id"]).order_by(WinnerNote.version.desc()).limit(1)
    )


def certificate_codes_of(work: Work) -> list[str]:
    """Codes of the certificates in force that were issued to a work as a whole, else of those to its authors."""
    found = db.session.execute(
        select(Certificate.position, Certificate.code)
        .where(Certificate.award_id.in_([prize.award_id for prize in work.prizes]))
        .where(Certificate.state == CertificateState.PREPARED)
        .order_by(Certificate.number)
    ).all()
    of_group = [code for position, code in found if position == 0]
    return of_group or [code for _, code in found]


def exemplar_ids_of(work: Work) -> list[int | None]:
    """The rows of the exemplars that a work is about, in the order in which the decision names them."""
    rows = db.session.execute(
        select(Exemplar.id, Exemplar.name)
        .join(RevisionExemplar, RevisionExemplar.exemplar_id == Exemplar.id)
        .join(Award, Award.revision_id == RevisionExemplar.revision_id)
        .where(Award.id == work.prizes[0].award_id)
        .order_by(RevisionExemplar.position)
    ).all()
    named = {fold(name): number for number, name in rows}
    told = work.line.get("exemplars", ())
    in_order = [number for number, _ in rows] if len(rows) == len(told) else [None] * len(told)
    return [named.get(fold(each["name"]), other) for each, other in zip(told, in_order, strict=True)]


@dataclass(frozen=True, slots=True)
class Medium:
    """One picture or recording of a work that may be shown: always what we made from a file, never the file.

    :ivar larger: the same picture in its largest size, the picture itself where there is one size
    """

    kind: str  # picture, audio or video
    sha256: str
    larger: str
    width: int | None
    height: int | None
    seconds: int | None


def media_of(contest: Contest, works: Sequence[Work]) -> dict[str, list[Medium]]:
    """The pictures and recordings of works whose authors allowed them, by code; works without any are left out."""
    shown = _files_shown(contest, works)
    hashes = {sha256 for files in shown.values() for sha256 in files}
    made: dict[str, list[Derivative]] = {}
    for derivative in db.session.scalars(
        select(Derivative)
        .where(Derivative.original_sha256.in_(hashes), Derivative.part.in_([Part.IMAGE, Part.PAGE, Part.MEDIA]))
        .order_by(Derivative.original_sha256, Derivative.part, Derivative.position)
    ):
        made.setdefault(derivative.original_sha256, []).append(derivative)
    found = {
        code: [medium for sha256 in files for medium in _media(made.get(sha256, ()))] for code, files in shown.items()
    }
    return {code: media for code, media in found.items() if media}


def _files_shown(contest: Contest, works: Sequence[Work]) -> dict[str, list[str]]:
    """The originals behind what may be shown of each work, by code."""
    by_award = {work.prizes[0].award_id: work.code for work in works}
    withheld = {code for code, note in notes_of(contest, works).items() if note.media_withheld}
    slots = _slots_looked_at(contest.regulation)
    allowed: dict[str, list[dict[str, Any]]] = {}
    for award_id, content in db.session.execute(
        select(Award.id, EntryRevision.content)
        .join(EntryRevision, EntryRevision.id == Award.revision_id)
        .where(Award.id.in_(by_award))
    ):
        code = by_award[award_id]
        if code not in withheld and MEDIA_CONSENT in content["statements"]:
            allowed[code] = [
                file for file in content["attachments"] if file["slot"] in slots.get(content["category"], ())
            ]
    kept = _not_removed(file["id"] for files in allowed.values() for file in files)
    return {code: [file["sha256"] for file in files if file["id"] in kept] for code, files in allowed.items()}


def _slots_looked_at(regulation: Regulation) -> Mapping[str, frozenset[str]]:
    return {
        category.code: frozenset(
            slot.code for slot in category.slots if slot.juror_may_see and not LOOKED_AT.isdisjoint(slot.kinds)
        )
        for category in regulation.categories
    }


def _not_removed(attachments: Iterable[int]) -> set[int]:
    """Which files of revisions their authors have not taken away since."""
    return set(
        db.session.scalars(
            select(Attachment.id).where(Attachment.id.in_(list(attachments)), Attachment.removed_at.is_(None))
        )
    )


def _media(made: Sequence[Derivative]) -> list[Medium]:
    images = [each for each in made if each.part == Part.IMAGE]
    if images:
        return [_medium("picture", images[0], images[-1])]
    recordings = [each for each in made if each.part == Part.MEDIA]
    if recordings:
        kind = "video" if recordings[0].media_type.startswith("video/") else "audio"
        return [_medium(kind, recordings[0], recordings[0])]
    return [_medium("picture", page, page) for page in made[:PAGES_SHOWN]]


def _medium(kind: str, shown: Derivative, larger: Derivative) -> Medium:
    return Medium(kind, shown.sha256, larger.sha256, shown.width, shown.height, shown.seconds)


def derivative(sha256: str) -> Derivative | None:
    """What was made under a hash; who may have it is decided before."""
    return db.session.scalar(select(Derivative).filter_by(sha256=sha256).limit(1))


# Cards ----------------------------------------------------------------------------------------------------------------


def card_of(published: InForce, code: str = "") -> ShareCard | None:
    """The card of a work, or of the results as a whole; None until it is drawn."""
    return db.session.scalar(select(ShareCard).filter_by(decision_id=published.decision_id, code=code))


def card_with(published: InForce, sha256: str) -> ShareCard | None:
    """The card with these bytes among those of the decision in force."""
    return db.session.scalar(
        select(ShareCard)
        .filter_by(decision_id=published.decision_id, sha256=sha256)
        .options(joinedload(ShareCard.blob))
        .limit(1)
    )


def cards_drawn(contest_id: int) -> dict[str, str]:
    """The bytes of every card drawn for a contest, by what it says."""
    found = db.session.execute(select(ShareCard.facts, ShareCard.sha256).filter_by(contest_id=contest_id))
    return dict(found.all())


def decisions_without_cards() -> list[tuple[int, int]]:
    """The published decisions in force whose cards are not drawn: contest and decision."""
    newest = select(func.max(Publication.id)).group_by(Publication.contest_id)
    return [
        (contest_id, decision_id)
        for contest_id, decision_id in db.session.execute(
            select(Publication.contest_id, Publication.decision_id)
            .outerjoin(ShareCard, (ShareCard.decision_id == Publication.decision_id) & (ShareCard.code == ""))
            .where(Publication.id.in_(newest), ShareCard.id.is_(None))
        )
    ]
