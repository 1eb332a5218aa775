"""Taking a revision from a draft: checked once more, and written with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from contest.accounts.models import Outlet, Person
from contest.database import db
from contest.entries import codes, eligibility, queries, revision
from contest.entries.draft import gaps
from contest.entries.findings import Finding, Severity, blocking
from contest.entries.matching import same_address, same_title
from contest.entries.models import Byline, Entry, EntryRevision, EntryState, Instalment, RevisionExemplar
from contest.entries.refusals import FindingsBlock
from contest.exemplars.services import remember
from contest.web.text import fold

if TYPE_CHECKING:
    from contest.accounts.models import User


def findings_of(entry: Entry, draft: Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """Hold a draft against the regulation in force: what is missing and what the rules say, what stops it first.

    :param draft: another state of the draft than the one saved
    """
    draft = entry.draft if draft is None else draft
    files = [file.described() for file in entry.files]
    return _findings(entry, draft, files)


def _findings(entry: Entry, draft: Mapping[str, Any], files: list[dict[str, Any]]) -> tuple[Finding, ...]:
    regulation = entry.contest.regulation
    return gaps(draft, regulation) + eligibility.check(queries.facts(entry, draft, files), regulation)


def write_revision(entry: Entry, draft: Mapping[str, Any], *, by: User, now: datetime) -> EntryRevision:
    """Check once more, and write the next revision with its rows; the work is received."""
    files = [file.described() for file in entry.files]
    found = _findings(entry, draft, files)
    stopping = blocking(found)
    if stopping:
        raise FindingsBlock(count=len(stopping))
    contest = entry.contest
    bylines = _bylines(draft["bylines"], now)
    content = revision.content(draft, [(line.person.subject, line.digest) for line in bylines], files)
    sent = EntryRevision(
        entry=entry,
        number=len(entry.revisions) + 1,
        draft_version=entry.draft_version,
        content=content,
        sha256=revision.fingerprint(content),
        findings=[finding.to_store() for finding in found if finding.severity is not Severity.FINE],
        regulation_version_id=contest.version_id,
        created_at=now,
        created_by_id=by.id,
        bylines=bylines,
        instalments=_instalments(draft["instalments"]),
        exemplars=[
            RevisionExemplar(exemplar=exemplar, position=position)
            for position, exemplar in enumerate(remember(contest.id, draft["exemplars"]), start=1)
        ],
    )
    db.session.add(sent)
    db.session.flush()
    if entry.code is None:
        prefix = contest.regulation.category(entry.category).prefix
        entry.code = codes.following(prefix, queries.last_code(contest.id, prefix))
    entry.revision = sent
    entry.state, entry.submitted_at, entry.updated_at = EntryState.RECEIVED, now, now
    entry.returned_until, entry.returned_items, entry.returned_reason = None, [], ""
    entry.title, entry.title_key = draft["title"], same_title(draft["title"])
    entry.outlet_id, entry.outlet_name = sent.instalments[0].outlet_id, sent.instalments[0].outlet
    entry.unit_key = _unit_key(entry, draft, sent)
    entry.genre, entry.topic, entry.author_count = draft["genre"], draft["topic"], len(bylines)
    entry.lead_author = _printed_name(next((line for line in bylines if line.lead), bylines[0]))
    entry.count_findings((finding.severity for finding in found), declared=len(draft["prior_awards"]))
    entry.folded = searched(entry, sent)
    db.session.flush()
    return sent


def _unit_key(entry: Entry, draft: Mapping[str, Any], sent: EntryRevision) -> str:
    names = {part.outlet_id: part.outlet for part in sent.instalments if part.outlet_id is not None}
    return fold(queries.unit_name(entry.sender, draft, names))


def _bylines(rows: list[dict[str, Any]], now: datetime) -> list[Byline]:
    people = queries.people_of(rows)
    bylines = []
    for place, row in enumerate(rows):
        person = people.get(place)
        if person is None:
            known = {key: row[key] for key in ("name", "pen_names", "phone", "email", "unit")}
            person = Person(**known, created_at=now)
            db.session.add(person)
            db.session.flush()
        salt = revision.salt()
        printed = {key: row[key] for key in revision.PRINTED}
        bylines.append(
            Byline(
                position=place + 1,
                person=person,
                lead=row["lead"],
                salt=salt,
                digest=revision.digest(row, salt),
                **printed,
            )
        )
    return bylines


def _instalments(rows: list[dict[str, Any]]) -> list[Instalment]:
    named = [row["outlet_id"] for row in rows if row["outlet_id"]]
    names = {outlet.id: outlet.name for outlet in db.session.query(Outlet).where(Outlet.id.in_(named))}
    instalments = []
    for position, row in enumerate(rows, start=1):
        kept = {key: row[key] for key in ("title", "url", "issue", "page", "channel", "hour", "minutes", "words")}
        instalments.append(
            Instalment(
                position=position,
                published_on=date.fromisoformat(row["published_on"]),
                outlet_id=row["outlet_id"],
                outlet=names.get(row["outlet_id"], row["outlet"]),
                address=same_address(row["url"]),
                **kept,
            )
        )
    return instalments


def _printed_name(line: Byline) -> str:
    return f"{line.name} ({line.pen_names})" if line.pen_names else line.name


def searched(entry: Entry, sent: EntryRevision) -> str:
    """Give the text in which a work is searched: code, title, authors and outlets."""
    words = [entry.code or "", entry.shown_code, entry.title]
    words += [f"{line.name} {line.pen_names}" for line in sent.bylines]
    words += [f"{part.title} {part.outlet}" for part in sent.instalments]
    return fold(" ".join(words))
