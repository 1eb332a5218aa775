"""What all pages of accounts have in common: the contest they stand in, and how they refuse."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    make_response,
    render_template,
    request,
    session,
)

from contest import clock
from contest.accounts import access, services
from contest.accounts.attempts import AttemptKind, network_of
from contest.accounts.models import User
from contest.accounts.refusals import DeadLink, TooManyAttempts, WrongCode
from contest.database import transaction
from contest.web.addresses import stand_in_current_contest
from contest.web.forms import Form
from contest.web.pages import told_to_wait
from contest.web.refusals import refused_at, words

ASKED_BEFORE = "asked:"

bp = Blueprint("accounts", __name__.rpartition(".")[0])
bp.before_request(stand_in_current_contest)


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """Let no browser and no proxy keep these pages: their addresses are keys, and their words are somebody's own."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.errorhandler(TooManyAttempts)
def rest(refusal: TooManyAttempts) -> Response:
    """Say when the door may be tried again."""
    page = render_template("accounts/rest.html", sentence=words(refusal))
    return told_to_wait(make_response(page, refusal.status), refusal)


@bp.errorhandler(DeadLink)
def dead_link(refusal: DeadLink) -> Response:
    """Say that a link no longer works, and how to get another."""
    return make_response(render_template("accounts/dead_link.html", sentence=words(refusal)), refusal.status)


def count_attempt(kind: AttemptKind, account: str) -> int:
    """Count one try at a door before it is made.

    :return: id of the try, to be forgiven when it was right
    :raise TooManyAttempts: if the account or the network must rest
    """
    with transaction():
        attempt = services.begin_attempt(
            kind,
            account,
            network=network_of(request.remote_addr),
            known_device=access.is_known_device(account),
            now=clock.now(),
        )
        return attempt.id


def count_question(kind: AttemptKind) -> None:
    """Count that this browser asks for something to sign or to be sent on; coming back with it takes that back.

    Nobody knows yet whose account it will be, so browsers that are known are counted each by itself.

    :raise TooManyAttempts: if the browser or the network must rest
    """
    mark, network = access.known_mark(), network_of(request.remote_addr)
    with transaction():
        attempt = services.begin_attempt(
            kind, mark or f"network:{network}", network=network, known_device=bool(mark), now=clock.now()
        )
        session[f"{ASKED_BEFORE}{kind}"] = attempt.id


def forgive_question(kind: AttemptKind) -> None:
    """Note that what this browser asked for last came back right; inside a transaction."""
    attempt = session.pop(f"{ASKED_BEFORE}{kind}", None)
    if attempt is not None:
        services.forgive_attempt(attempt)


def is_right_code(user: User, typed: str, form: Form, *, field: str = "code") -> bool:
    """Take a code, counted like every try at a door; a refusal stands at the form."""
    attempt = count_attempt(AttemptKind.SECOND_FACTOR, user.email)
    now = clock.now()
    with transaction():
        right = services.is_right_code(user, typed, now=now)
        if right:
            services.forgive_attempt(attempt)
    if not right:
        with refused_at(form):
            raise WrongCode(left=services.tries_left(attempt, now), field=field)
    return right
