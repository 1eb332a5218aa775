"""Who stands for the newsrooms that receive prizes, and whether these prizes would still be theirs."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from contest.accounts.models import Membership, Outlet, Role, User
from contest.database import db
from contest.interests.newsrooms import newsroom
from contest.interests.queries import successors
from contest.judging import queries as judging
from contest.regulations.models import Contest
from contest.results.freezing import thawed
from contest.results.models import CollectiveAward
from contest.results.newsrooms_now import InQuestion, in_question
from contest.results.prizes_reached import prizes_reached
from contest.results.queries.sealed import newest_result, ruling_of
from contest.results.queries.way import copy_of, newest_decision


def representatives_of(contest: Contest, names: Collection[str]) -> dict[str, list[User]]:
    """Who represents newsrooms in a contest, by the names that these were printed under.

    Of a newsroom that bears another name today, or has become part of another one, they are those of its successor.
    """
    taken_over = successors()
    represented: dict[int, list[User]] = {}
    for outlet_id, user in db.session.execute(
        select(Outlet.id, User)
        .join(Membership, Membership.outlet_id == Outlet.id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.contest_id == contest.id,
            Membership.role == Role.OUTLET,
            User.disabled_at.is_(None),
        )
        .order_by(Membership.id)
    ):
        represented.setdefault(newsroom(outlet_id, taken_over), []).append(user)
    found: dict[str, list[User]] = {name: [] for name in names}
    for outlet_id, name in db.session.execute(select(Outlet.id, Outlet.name).where(Outlet.name.in_(names))):
        known = {user.id for user in found[name]}
        found[name] += [user for user in represented.get(newsroom(outlet_id, taken_over), ()) if user.id not in known]
    return found


def outlets_of(collective_award_ids: Collection[int]) -> dict[int, str]:
    """The newsrooms of prizes, by the name under which they took part, whatever is printed of them."""
    rows = select(CollectiveAward.id, CollectiveAward.outlet).where(CollectiveAward.id.in_(collective_award_ids))
    return dict(db.session.execute(rows).all())


def collective_awards_for(user: User, contest: Contest) -> set[int]:
    """The prizes of newsrooms, of any version of the list, that somebody represents."""
    ids = db.session.scalars(select(CollectiveAward.id).where(CollectiveAward.contest_id == contest.id)).all()
    outlets = outlets_of(ids)
    people = representatives_of(contest, set(outlets.values())) if outlets else {}
    return {number for number, outlet in outlets.items() if user.id in {each.id for each in people[outlet]}}


def newsroom_prizes_in_question(contest: Contest) -> list[InQuestion]:
    """The prizes that count points and would be counted otherwise by the decision in force; none before it."""
    decision = newest_decision(contest)
    round_ = judging.round_of(contest, contest.regulation.rounds[-1].code) if decision is not None else None
    sealed = newest_result(round_) if round_ is not None else None
    if decision is None or round_ is None or sealed is None:
        return []
    ruling = ruling_of(round_, sealed.result)
    if not any(prize.by == "formula" for prize in ruling.collective_prizes):
        return []
    copy = copy_of(decision)
    outlets = outlets_of([line["collective_id"] for line in copy["collective"]])
    holders: dict[str, frozenset[str]] = {}
    for line in copy["collective"]:
        holders[line["tier"]] = holders.get(line["tier"], frozenset()) | {outlets[line["collective_id"]]}
    return in_question(
        thawed(sealed.material, code=round_.code, regulation=round_.regulation, ruling=ruling),
        [(prize.subject, prize.prize) for prize in prizes_reached(sealed.result)],
        [(line["entry_code"], line["tier"]) for line in copy["awards"]],
        holders,
    )
