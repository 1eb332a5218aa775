"""Who stands for the newsrooms that receive prizes."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from contest.accounts.models import Membership, Outlet, Role, User
from contest.database import db
from contest.interests.newsrooms import newsroom
from contest.interests.queries import successors
from contest.regulations.models import Contest
from contest.results.models import CollectiveAward


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
