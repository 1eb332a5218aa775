"""Who is there: the session behind the cookie, and the predicate that the doors of all rooms ask.

Flask-Login keeps a "user id" in the signed cookie; here it is a random session token whose row can be ended from the
server. Session, user and all roles come in one query.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Flask, Response, current_app, g, request, session
from flask_login import LoginManager, current_user
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import queries, services
from contest.accounts.attempts import fingerprint
from contest.accounts.models import User
from contest.accounts.roles import Role
from contest.accounts.second_factor import Demand, must_have
from contest.accounts.sessions import proof_is_fresh, session_is_over
from contest.config import Settings
from contest.database import transaction
from contest.web import access
from contest.web.languages import KEY as LANGUAGE

TOKEN = "_user_id"  # noqa: S105 - the key under which Flask-Login keeps it, not a secret
ENDED = "session_ended"
NOTED_EVERY = timedelta(minutes=5)
HALFWAY = "halfway"
HALFWAY_FOR = timedelta(minutes=10)
BY_TWO = "by_two"
KNOWN = "known"
KNOWN_FOR = timedelta(days=365)
MOST_KNOWN = 8


class SessionHere(NamedTuple):
    """The session of this request."""

    id: int
    last_seen_at: datetime
    proved_at: datetime


def init_app(app: Flask) -> None:
    """Load people from their session, and bind the predicate of the doors."""
    manager = LoginManager(app)
    manager.session_protection = None  # the session row itself is what a thief cannot make
    manager.user_loader(load_user)
    manager.unauthorized_handler(access.to_sign_in)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    settings: Settings = app.config["SETTINGS"]
    app.permanent_session_lifetime = timedelta(hours=settings.session_hours)
    app.after_request(note_presence)
    access.bind(app, roles_of=roles_here, sign_in_endpoint="accounts.sign_in", make_organizer=make_organizer)


def longest_session() -> timedelta:
    """Tell after how long a session ends in any case."""
    settings: Settings = current_app.config["SETTINGS"]
    return timedelta(hours=settings.session_hours)


def load_user(token: str) -> User | None:
    """Find who holds a session token; a session that is over, or whose account is closed, is nobody's."""
    found = queries.session_of(token)
    settings: Settings = current_app.config["SETTINGS"]
    if found is None or session_is_over(
        created_at=found.created_at,
        last_seen_at=found.last_seen_at,
        now=clock.now(),
        idle=timedelta(minutes=settings.session_idle_minutes),
        absolute=longest_session(),
    ):
        session.pop(TOKEN, None)
        session[ENDED] = True
        return None
    if not found.user.is_active:
        return None
    g.user_session = SessionHere(found.id, found.last_seen_at, found.proved_at or found.created_at)
    return found.user


def session_id() -> int | None:
    """Give the id of the session of this request; asking who is there is what finds it."""
    here = session_here()
    return here.id if here else None


def session_here() -> SessionHere | None:
    """Give the session of this request, if it has one."""
    here: SessionHere | None = g.get("user_session") if current_user.is_authenticated else None
    return here


def demand() -> Demand:
    """Tell of whom this instance asks a second factor: of a demo's people of nobody, unless it is set."""
    settings: Settings = current_app.config["SETTINGS"]
    return Demand(settings.second_factor or ("off" if clock.is_demo() else "staff-and-jurors"))


def must_have_second_factor(user: User) -> bool:
    """Say whether the roles of somebody ask for a second factor."""
    roles = {membership.role for membership in user.memberships}
    return must_have(demand(), roles, is_founder=user.may_create_contests)


def lacks_second_factor() -> bool:
    """Say whether the person here must add a second factor before anything else is opened."""
    return (
        current_user.is_authenticated
        and current_user.second_factor_since is None
        and not came_by_two()
        and must_have_second_factor(current_user)
    )


def came_by_two() -> bool:
    """Say whether the provider of the office has asked for a second factor when this session began."""
    settings: Settings = current_app.config["SETTINGS"]
    return bool(settings.oidc_issuer and settings.oidc_second_factor and session.get(BY_TWO))


def is_fresh() -> bool:
    """Say whether the person here has proved within the last minutes to be the owner of the account."""
    here = session_here()
    settings: Settings = current_app.config["SETTINGS"]
    fresh_for = timedelta(minutes=settings.proof_minutes)
    return here is not None and proof_is_fresh(here.proved_at, clock.now(), fresh_for)


def note_proof() -> None:
    """Remember that the person here has just proved to be the owner of the account."""
    here = session_here()
    if here is not None:
        now = clock.now()
        with transaction():
            services.note_proof(here.id, now=now)
        g.user_session = here._replace(proved_at=now)


def note_presence(response: Response) -> Response:
    """Remember every few minutes that the session is in use; most requests write nothing."""
    found: SessionHere | None = g.get("user_session")
    if found is not None and clock.now() - found.last_seen_at >= NOTED_EVERY:
        with transaction():
            services.note_presence(found.id, now=clock.now())
    return response


def roles_here(contest_id: int) -> frozenset[str]:
    """Give the roles of the signed-in person in a contest."""
    return queries.roles_of(current_user, contest_id)


def make_organizer(contest_id: int) -> None:
    """Make the signed-in person the organizer of a contest that they have just begun."""
    services.grant_role(contest_id, current_user, Role.ORGANIZER, by=current_user, now=clock.now())


def wait_halfway(user: User) -> None:
    """Remember in this browser that somebody has given the right password and owes the second factor."""
    leave()
    session[HALFWAY] = [user.subject, services.state_mark(user), int(clock.now().timestamp())]


def user_halfway() -> User | None:
    """Find who has given the password here within the last minutes and owes the second factor."""
    waiting = session.get(HALFWAY)
    if waiting is None:
        return None
    subject, mark, since = waiting
    user = queries.user_by_subject(subject)
    young = 0 <= clock.now().timestamp() - since < HALFWAY_FOR.total_seconds()
    if user is None or not young or not user.is_active or services.state_mark(user) != mark:
        session.pop(HALFWAY, None)
        return None
    return user


def enter(token: str, *, by_two: bool = False) -> None:
    """Begin a session in this browser: nothing of the one before is kept but the language.

    :param by_two: whether the provider of the office has asked for a second factor
    """
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language
    session.permanent = True
    session[TOKEN] = token
    if by_two:
        session[BY_TWO] = True


def leave() -> None:
    """Forget the session in this browser."""
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language


def is_known_device(email: str) -> bool:
    """Say whether somebody has signed in to this account from this browser before."""
    return _short(email) in _known_here()


def known_mark() -> str:
    """Give what tells this browser from others if somebody has signed in here before; else nothing."""
    return next(iter(_known_here()), "")


def remember_device(response: AnyResponse, email: str) -> None:
    """Let this browser prove later that it has signed in to this account before."""
    known = [_short(email), *(mark for mark in _known_here() if mark != _short(email))][:MOST_KNOWN]
    response.set_cookie(
        _known_cookie(),
        _serializer().dumps(known),
        max_age=KNOWN_FOR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def _known_cookie() -> str:
    """Name the cookie so that no other host of the same domain can set it, where the connection is encrypted."""
    return f"__Host-{KNOWN}" if current_app.config["SESSION_COOKIE_SECURE"] else KNOWN


def _known_here() -> list[str]:
    try:
        known: list[str] = _serializer().loads(request.cookies.get(_known_cookie(), ""))
    except BadSignature:
        return []
    return known


def _short(email: str) -> str:
    return fingerprint(current_app.config["SECRET_KEY"], f"device:{email.lower()}")[:20]


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="contest.accounts.device")
