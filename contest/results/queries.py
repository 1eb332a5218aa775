"""Finding what results rest on and what they came to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from contest.accounts.models import Person, User
from contest.database import db
from contest.entries.models import Byline, Entry, EntryRevision, Instalment
from contest.judging import queries as judging
from contest.judging.models import Assignment, Reopening, Round, RoundEntry, ScoreSheet
from contest.regulations.models import Contest, RegulationVersion
from contest.regulations.schema import Regulation
from contest.results.blockers import Blocker, Reopened, Sheets, blockers
from contest.results.gates import Situation
from contest.results.models import ActKind, Award, Decision, Posting, Publication, RecordedAct, RoundResult
from contest.results.outcome import Outcome, Terms, conclude
from contest.results.tally import LeftOut, Sheet
from contest.results.visibility import Moment

# What is frozen, by its hash -----------------------------------------------------------------------------------------

KEPT = 64
_frozen: OrderedDict[str, Any] = OrderedDict()
Made = TypeVar("Made")


def frozen(key: str, make: Callable[[], Made]) -> Made:
    """Give what is read or made from a frozen document, at most once a process: what never changes may be kept.

    :param key: begins with the hash of the document
    """
    known: Made | None = _frozen.get(key)
    if known is None:
        known = _frozen[key] = make()
        while len(_frozen) > KEPT:
            _frozen.popitem(last=False)
    return known


# Rounds --------------------------------------------------------------------------------------------------------------


def terms_of(round_: Round, regulation: Regulation) -> list[Terms]:
    """What the regulation says of each category of a round.

    Rubric of the version at the opening of the round; everything that computes, of the version at sealing.
    """
    rule = regulation.round(round_.code)
    is_last = regulation.rounds[-1].code == round_.code
    return [
        Terms(
            category=category.code,
            criteria=tuple(criterion.code for criterion in round_.rubric(category.code)),
            minimum=rule.minimum_sheets,
            discrepancy=rule.discrepancy,
            tie_breaks=rule.tie_breaks,
            share=rule.advancement.share if rule.advancement is not None else None,
            tiers=regulation.prizes if is_last else (),
        )
        for category in regulation.categories
    ]


def works_of(round_: Round) -> dict[str, dict[str, str]]:
    """Titles of the works in a round that are still in the contest, by category and code."""
    found: dict[str, dict[str, str]] = {}
    for category, code, title in db.session.execute(
        select(RoundEntry.category, Entry.code, Entry.title)
        .join(RoundEntry.entry)
        .where(RoundEntry.round_id == round_.id, judging.IN_CONTEST)
        .order_by(RoundEntry.category, Entry.code)
    ):
        found.setdefault(category, {})[str(code)] = title
    return found


def out_of(round_: Round) -> dict[str, str]:
    """Works that were admitted to a round and left the contest since, with their state."""
    rows = db.session.execute(
        select(Entry.code, Entry.state)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id, Entry.state.in_(judging.OUT))
        .order_by(Entry.code)
    )
    return {str(code): str(state) for code, state in rows}


def sheets_of(round_: Round) -> dict[str, list[Sheet]]:
    """Every newest sheet of a round by code of the work; those of jurors who stepped back are marked as left out."""
    found: dict[str, list[Sheet]] = {}
    subjects: dict[int, str] = {}
    codes: dict[int, str] = {}
    for user_id, subject in db.session.execute(
        select(User.id, User.subject).where(
            User.id.in_(select(Assignment.juror_id).where(Assignment.round_id == round_.id))
        )
    ):
        subjects[user_id] = subject
    for entry_id, code in db.session.execute(
        select(Entry.id, Entry.code)
        .join(RoundEntry, RoundEntry.entry_id == Entry.id)
        .where(RoundEntry.round_id == round_.id)
    ):
        codes[entry_id] = str(code)
    for row in judging.sheets_in_force(round_):
        found.setdefault(codes[row.entry_id], []).append(
            Sheet(subjects[row.juror_id], row.marks, row.is_chair, row.revision, sha256=row.sha256)
        )
    for entry_id, juror_id, marks, revision, sha256 in db.session.execute(
        select(Assignment.entry_id, Assignment.juror_id, ScoreSheet.marks, ScoreSheet.revision, ScoreSheet.sha256)
        .join(ScoreSheet.assignment)
        .where(Assignment.round_id == round_.id, Assignment.recused_at.is_not(None))
        .order_by(ScoreSheet.revision)
    ):
        found.setdefault(codes[entry_id], []).append(
            Sheet(subjects[juror_id], marks, revision=revision, left_out=LeftOut.RECUSED, sha256=sha256)
        )
    return found


def acts_of(contest: Contest, *kinds: ActKind, round_: Round | None = None) -> list[RecordedAct]:
    """Recorded acts in the order in which they were done."""
    asked = (
        select(RecordedAct)
        .where(RecordedAct.contest_id == contest.id)
        .options(joinedload(RecordedAct.by))
        .order_by(RecordedAct.id)
    )
    if kinds:
        asked = asked.where(RecordedAct.kind.in_(kinds))
    if round_ is not None:
        asked = asked.where(RecordedAct.round_id == round_.id)
    return list(db.session.scalars(asked))


def awaited(round_: Round, now: datetime) -> list[Reopened]:
    """Reopened sheets that have not come back: no new revision since, and time left."""
    rows = db.session.execute(
        select(Entry.code, User.subject, func.max(Reopening.until))
        .join(Reopening.assignment)
        .join(Assignment.entry)
        .join(Assignment.juror)
        .where(
            Reopening.round_id == round_.id,
            Reopening.until > now,
            Assignment.recused_at.is_(None),
            judging.IN_CONTEST,
            ~select(ScoreSheet.id)
            .where(ScoreSheet.assignment_id == Reopening.assignment_id, ScoreSheet.submitted_at >= Reopening.at)
            .exists(),
        )
        .group_by(Entry.code, User.subject)
        .order_by(Entry.code, User.subject)
    )
    return [Reopened(str(code), subject, until) for code, subject, until in rows]


@dataclass(frozen=True)
class Assessment:
    """A round as it stands before sealing.

    :ivar accepted: act that accepted the range of a work's sheets, by code
    :ivar settled: act that settled a tie, by the set of works
    """

    outcomes: tuple[Outcome, ...]
    blockers: tuple[Blocker, ...]
    titles: Mapping[str, str]
    accepted: Mapping[str, int]
    settled: Mapping[frozenset[str], int]

    @property
    def works(self) -> int:
        """Number of works in the round."""
        return sum(len(outcome.standings) for outcome in self.outcomes)

    @property
    def complete(self) -> int:
        """Number of works that have their minimum of sheets."""
        return sum(not standing.missing for outcome in self.outcomes for standing in outcome.standings)


def assess(round_: Round, contest: Contest, now: datetime) -> Assessment:
    """Compute a round from its sheets and recorded acts, with everything that blocks sealing."""
    regulation = contest.regulation
    works, sheets = works_of(round_), sheets_of(round_)
    accepted: dict[str, Sheets] = {}
    accepting: dict[str, int] = {}
    orders: dict[frozenset[str], tuple[str, ...]] = {}
    settled: dict[frozenset[str], int] = {}
    for act in acts_of(contest, ActKind.DISCREPANCY_ACCEPTED, ActKind.TIE_SETTLED, round_=round_):
        if act.kind is ActKind.DISCREPANCY_ACCEPTED:
            code = act.choice["entry"]
            accepted[code] = frozenset((juror, revision) for juror, revision in act.choice["sheets"])
            accepting[code] = act.id
        else:
            order = tuple(act.choice["order"])
            orders[frozenset(order)], settled[frozenset(order)] = order, act.id
    outcomes = tuple(
        conclude(terms, {code: sheets.get(code, ()) for code in works.get(terms.category, ())}, orders)
        for terms in terms_of(round_, regulation)
    )
    return Assessment(
        outcomes=outcomes,
        blockers=tuple(
            blockers(
                outcomes,
                closes=regulation.round(round_.code).closes,
                now=now,
                reopened=awaited(round_, now),
                accepted=accepted,
                unsealed=unsealed_before(contest, round_.code),
            )
        ),
        titles={code: title for by_code in works.values() for code, title in by_code.items()},
        accepted=accepting,
        settled=settled,
    )


def unsealed_before(contest: Contest, code: str | None = None) -> list[str]:
    """Codes of the rounds that come before this one (or of all rounds) and are not sealed."""
    sealed = set(
        db.session.scalars(select(Round.code).where(Round.contest_id == contest.id, Round.sealed_at.is_not(None)))
    )
    codes = [rule.code for rule in contest.regulation.rounds]
    return [each for each in (codes[: codes.index(code)] if code else codes) if each not in sealed]


def result_hash(round_: Round) -> str | None:
    """SHA-256 of the frozen result of a sealed round."""
    return db.session.scalar(select(RoundResult.sha256).where(RoundResult.round_id == round_.id))


def result_of(round_: Round) -> dict[str, Any] | None:
    """The frozen result of a sealed round; not to be changed by whoever reads it."""
    sha256 = result_hash(round_)
    if sha256 is None:
        return None
    return frozen(sha256, lambda: db.session.get_one(RoundResult, round_.id).result)


def prizes_reached(result: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The lines of a sealed result that reached a prize, each with its category."""
    return [
        (category["category"], line)
        for category in result["categories"]
        for line in category["lines"]
        if line["tier"] is not None
    ]


def ruling(contest: Contest) -> Regulation:
    """The regulation that rules the prizes: the one the last round was sealed under, before that the newest.

    Tiers, quotas and money stay as they were when the marks were opened; whoever amends them later knows the winners.
    """
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code)
    result = result_of(round_) if round_ is not None else None
    if result is None:
        return contest.regulation
    sealed_under = (
        select(RegulationVersion)
        .where(RegulationVersion.contest_id == contest.id, RegulationVersion.sha256 == result["regulation"])
        .order_by(RegulationVersion.number.desc())
        .limit(1)
    )
    return db.session.scalars(sealed_under).one().regulation


def titles_of(contest: Contest, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """Id and title of works by code."""
    rows = db.session.execute(
        select(Entry.code, Entry.id, Entry.title).where(Entry.contest_id == contest.id, Entry.code.in_(codes))
    )
    return {str(code): (entry_id, title) for code, entry_id, title in rows}


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """Names of jurors by subject."""
    rows = db.session.execute(
        select(User.subject, Person.name)
        .join(Person, Person.id == User.person_id)
        .where(User.subject.in_(set(subjects)))
    )
    return {row.subject: row.name for row in rows}


def assignments_on(round_: Round, code: str) -> list[Assignment]:
    """Who may be asked to mark a work again: its jurors who have sent a sheet and did not step back."""
    return list(
        db.session.scalars(
            select(Assignment)
            .join(Assignment.entry)
            .where(
                Assignment.round_id == round_.id,
                Entry.code == code,
                Assignment.recused_at.is_(None),
                select(ScoreSheet.id).where(ScoreSheet.assignment_id == Assignment.id).exists(),
            )
            .options(joinedload(Assignment.juror), joinedload(Assignment.entry).options(defer(Entry.draft)))
            .order_by(Assignment.id)
        )
    )


# From sealing to the wall --------------------------------------------------------------------------------------------


def situation_of(contest: Contest) -> Situation:
    """What the gates look at."""
    regulation = contest.regulation
    return Situation(
        stage=str(contest.stage),
        unsealed=tuple(regulation.round(code).name for code in unsealed_before(contest)),
        posted_until=db.session.scalar(select(func.max(Posting.until)).where(Posting.contest_id == contest.id)),
    )


def moment_of(contest: Contest) -> Moment:
    """Where the contest stands between the first sheet and the wall."""
    reached = {str(moment): moment for moment in Moment}.get(str(contest.stage))
    if reached is not None:
        return reached
    return Moment.JUDGING if contest.version is None or unsealed_before(contest) else Moment.SEALED


def newest_posting(contest: Contest) -> Posting | None:
    """The posting that hangs or hung last."""
    return db.session.scalar(
        select(Posting)
        .where(Posting.contest_id == contest.id)
        .options(joinedload(Posting.by), defer(Posting.copy))
        .order_by(Posting.version.desc())
        .limit(1)
    )


def newest_decision(contest: Contest) -> Decision | None:
    """The decision in force; its copy is read only when asked for."""
    return db.session.scalar(
        select(Decision)
        .where(Decision.contest_id == contest.id)
        .options(joinedload(Decision.by), defer(Decision.copy))
        .order_by(Decision.version.desc())
        .limit(1)
    )


def publication_of(contest: Contest) -> Publication | None:
    """The publication in force, with its decision; None before the contest is published."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.contest_id == contest.id)
        .options(joinedload(Publication.decision).defer(Decision.copy), joinedload(Publication.by))
        .order_by(Publication.version.desc())
        .limit(1)
    )


def copy_of(row: Decision | Posting) -> dict[str, Any]:
    """The frozen copy of a decision or a posting; not to be changed by whoever reads it."""
    return frozen(row.sha256, lambda: row.copy)


def awards_of(contest: Contest) -> list[Award]:
    """The newest proposed list, by category, tier and place in the order of the regulation.

    A work that was rejected or withdrawn since has no prize any more; nobody moves up into its place.
    """
    regulation = ruling(contest)
    categories = [category.code for category in regulation.categories]
    tiers = [tier.code for tier in regulation.prizes]
    newest = select(func.max(Award.version)).where(Award.contest_id == contest.id).scalar_subquery()
    found = db.session.scalars(
        select(Award)
        .join(Award.entry)
        .where(Award.contest_id == contest.id, Award.version == newest, judging.IN_CONTEST)
        .options(contains_eager(Award.entry).options(defer(Entry.draft), joinedload(Entry.owner)))
    )
    return sorted(
        found, key=lambda award: (categories.index(award.category), tiers.index(award.tier), award.place, award.id)
    )


def lines_of(contest: Contest, awards: list[Award]) -> list[dict[str, Any]]:
    """Write the proposed list as it will be frozen: names, titles and outlets as in the revision that was judged."""
    regulation = ruling(contest)
    revisions = {award.revision_id for award in awards}
    contents = {
        revision.id: revision.content
        for revision in db.session.scalars(select(EntryRevision).where(EntryRevision.id.in_(revisions)))
    }
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
    instalments: dict[int, list[dict[str, Any]]] = {}
    for instalment in db.session.scalars(
        select(Instalment)
        .where(Instalment.revision_id.in_(revisions))
        .order_by(Instalment.revision_id, Instalment.position)
    ):
        instalments.setdefault(instalment.revision_id, []).append(
            {
                "title": instalment.title,
                "published_on": instalment.published_on.isoformat(),
                "outlet": instalment.outlet,
                "url": instalment.url,
            }
        )

    lines = []
    for award in awards:
        content, parts = contents[award.revision_id], instalments.get(award.revision_id, [])
        tier = regulation.tier(award.tier)
        outlet = parts[0]["outlet"] if parts else ""
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
                "tier": tier.code,
                "tier_name": tier.name,
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
            }
        )
    return lines


def categories_of(contest: Contest) -> list[dict[str, Any]]:
    """The categories and tiers of a list, so that an empty tier can be shown as empty."""
    regulation = ruling(contest)
    return [
        {
            "code": category.code,
            "name": category.name,
            "tiers": [
                {"code": tier.code, "name": tier.name, "quota": tier.quota, "floor": tier.floor}
                for tier in regulation.prizes
            ],
        }
        for category in regulation.categories
    ]


def regulation_hash(contest: Contest) -> str:
    """SHA-256 of the regulation in force."""
    return db.session.scalar(select(RegulationVersion.sha256).where(RegulationVersion.id == contest.version_id)) or ""
