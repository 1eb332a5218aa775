"""What an organizer can do with a regulation: begin a contest, write its draft, adopt it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from contest import audit
from contest.clock import ZONE
from contest.database import db, lock
from contest.errors import N_, ContestError
from contest.regulations import amending, document, editing, presets, queries, schema, usage
from contest.regulations.models import Contest, RegulationVersion, Stage
from contest.regulations.problems import RegulationInvalid


class Account(Protocol):
    """A signed-in person, as far as this room knows people."""

    id: int
    subject: str


class SlugTaken(ContestError):
    """Two contests cannot share an address."""

    message = N_("There is already a contest at “%(slug)s”; please choose another address.")
    field = "slug"


class DraftChanged(ContestError):
    """Somebody else saved the draft in the meantime."""

    message = N_(
        "Somebody else has saved the draft since you opened it. What you typed is still here: copy it, reload the page "
        "and enter it again."
    )


class PlaceMissing(ContestError):
    """A form cannot write into a table that the document does not have."""

    message = N_("The draft has no place “%(place)s” any more; please correct it in the whole text first.")


class NothingToAdopt(ContestError):
    """Adopting the same text again would make a version without a difference."""

    message = N_("The draft is the same as version %(number)s in force; there is nothing to adopt.")


class DecisionInTheFuture(ContestError):
    """A decision is dated when it has been signed."""

    message = N_("The decision cannot be dated later than today.")
    field = "decision_date"


def create_contest(
    *,
    slug: str,
    name: str,
    short_name: str,
    preset: str,
    by: Account | None,
    now: datetime,
    parent: Contest | None = None,
    is_demo: bool = False,
) -> Contest:
    """Begin a contest with the draft of a preset, under its own name and address.

    :raise SlugTaken: if another contest lies at the address
    """
    if queries.contest_by_slug(slug) is not None:
        raise SlugTaken(slug=slug)
    draft = editing.written(presets.text(preset), {"name": name, "short_name": short_name, "slug": slug})
    contest = Contest(
        slug=slug,
        name=name,
        short_name=short_name,
        stage=Stage.SETUP,
        parent_id=parent.id if parent else None,
        draft_text=draft,
        is_demo=is_demo,
        created_at=now,
    )
    db.session.add(contest)
    db.session.flush()
    audit.record(
        "contest.created", contest_id=contest.id, by=by, about=f"contest:{slug}", now=now, details={"preset": preset}
    )
    return contest


def save_draft_text(contest: Contest, text: str, *, draft_version: int, by: Account | None, now: datetime) -> None:
    """Keep a draft, right or wrong; adopting checks it.

    :param draft_version: the version that was opened for editing
    :raise DraftChanged: if the draft has been saved since
    :raise RegulationInvalid: if the text is larger than a regulation may be, or no TOML
    """
    lock(contest)
    if contest.draft_version != draft_version:
        raise DraftChanged
    text = text.replace("\r\n", "\n")
    document.read(text)
    _keep_draft(contest, text, by=by, now=now)


def save_draft_values(
    contest: Contest, values: Mapping[str, Any], *, draft_version: int, by: Account | None, now: datetime
) -> None:
    """Write single values into the draft, keeping how the rest is written.

    :param values: by dotted path, as `editing.written` takes them; lists of tables as `editing.Rows`
    :raise DraftChanged: if the draft has been saved since
    :raise PlaceMissing: if the draft no longer has the table that a value belongs into
    """
    lock(contest)
    _keep_draft(contest, tried(contest, values, draft_version=draft_version), by=by, now=now)


def tried(contest: Contest, values: Mapping[str, Any], *, draft_version: int) -> str:
    """Give the draft as it would be with some values written into it; nothing is kept.

    :raise DraftChanged: if the draft has been saved since
    :raise PlaceMissing: if the draft no longer has the table that a value belongs into
    """
    if contest.draft_version != draft_version:
        raise DraftChanged
    try:
        return editing.written(contest.draft_text, values)
    except KeyError as error:
        raise PlaceMissing(place=str(error.args[0])) from error


def _keep_draft(contest: Contest, text: str, *, by: Account | None, now: datetime) -> None:
    if text == contest.draft_text:
        return
    contest.draft_text = text
    contest.draft_version += 1
    audit.record(
        "regulation.drafted",
        contest_id=contest.id,
        by=by,
        about=f"contest:{contest.slug}",
        now=now,
        details={"sha256": schema.fingerprint(text)},
    )


def adopt(
    contest: Contest,
    *,
    decision_number: str,
    decision_date: date,
    signer: str,
    draft_version: int | None = None,
    by: Account | None,
    now: datetime,
) -> RegulationVersion:
    """Put the draft into force as the next version.

    :param draft_version: the version of the draft that was read before deciding, None where nobody else can write
    :raise DraftChanged: if the draft has been saved since it was read
    :raise DecisionInTheFuture: if the decision is dated after today
    :raise RegulationInvalid: with everything that is wrong with the draft, or with adopting it after the one in force
    :raise NothingToAdopt: if the draft is the version in force
    """
    lock(contest)
    if draft_version is not None and contest.draft_version != draft_version:
        raise DraftChanged
    if decision_date > now.astimezone(ZONE).date():
        raise DecisionInTheFuture
    regulation = schema.parse(contest.draft_text)
    before = contest.version
    sha256 = schema.fingerprint(contest.draft_text)
    if before is not None and before.sha256 == sha256:
        raise NothingToAdopt(number=before.number)
    in_use = usage.codes_in_use(contest.id)
    in_force = before.regulation if before else None
    problems = list(amending.obstacles(in_force, regulation, slug=contest.slug, in_use=in_use, now=now))
    if problems:
        raise RegulationInvalid(problems)
    version = RegulationVersion(
        contest_id=contest.id,
        number=before.number + 1 if before else 1,
        text=contest.draft_text,
        sha256=sha256,
        adopted_at=now,
        adopted_by_id=by.id if by else None,
        decision_number=decision_number,
        decision_date=decision_date,
        signer=signer,
    )
    db.session.add(version)
    db.session.flush()
    contest.version = version
    contest.name, contest.short_name = regulation.name, regulation.short_name
    if contest.stage == Stage.SETUP:
        contest.stage = Stage.RUNNING
    db.session.flush()
    audit.record(
        "regulation.adopted",
        contest_id=contest.id,
        by=by,
        about=f"regulation:{version.number}",
        now=now,
        details={
            "sha256": sha256,
            "decision_number": decision_number,
            "decision_date": decision_date.isoformat(),
        },
    )
    return version
