"""The front page, what is announced, help: what everybody may read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_login import current_user
from jinja2 import TemplateNotFound
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts.roles import Role
from contest.database import db
from contest.errors import N_
from contest.home import queries
from contest.home.calendar import closing, dated, situation_by
from contest.home.prose import render
from contest.home.situation import Phase, Situation, remaining, steps
from contest.home.tasks import ACTS, STAFF, Numbers, Task, tasks
from contest.regulations.entering import Category
from contest.regulations.models import Contest, NotAdopted
from contest.regulations.schema import Regulation
from contest.storage.serving import serve_original
from contest.web.access import has_role, roles
from contest.web.addresses import (
    absolute_url,
    contest_blueprint,
    current_contest,
    site_contest,
    stand_in_current_contest,
)
from contest.web.navigation import add_item
from contest.web.pagination import paginate
from contest.web.wall import outside

NEWEST = 3
FEED_LENGTH = 30

site = Blueprint("home_site", __name__)
site.before_request(stand_in_current_contest)
bp = outside(contest_blueprint("home", __name__))
blueprints = [site, bp]

add_item("main", "home.front", label=N_("Front page"), order=0)
add_item("desk", "results_office.overview", label=N_("Results"), order=40, roles={Role.CHAIR})
add_item("desk", "regulations.show", label=N_("Regulation"), order=90)
add_item("office", "judging.desk", label=N_("Judging desk"), order=95, roles={Role.CHAIR, Role.JUROR})


# What every page shows ---------------------------------------------------------------------------------------------


def regulation_of(contest: Contest) -> Regulation | None:
    """Give the regulation that a contest has adopted, or None while it is being written."""
    try:
        return contest.regulation
    except NotAdopted:
        return None


def situation_now(contest: Contest) -> Situation:
    """Say what is true of a contest at this moment."""
    regulation = regulation_of(contest)
    return situation_by(regulation, contest.stage, clock.now()) if regulation else Situation(Phase.PREPARING)


def situation_line(contest: Contest) -> str:
    """Say in a few words where a contest stands, for the line above the nameplate."""
    situation = situation_now(contest)
    if situation.phase is Phase.ROUND and situation.round is not None:
        return gettext("Judging: %(round)s", round=situation.round.name)
    return gettext(situation.phase.label)


WORKING = {
    "office": (Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER, Role.CHAIR, Role.PAYER),
    "desk": (Role.CHAIR, Role.JUROR),
    "main": (Role.OUTLET,),
}


def role_name(place: str) -> str:
    """Say in what role somebody sees a page, for the bar of those who work here.

    :param place: ``office`` for the secretariat's pages, ``desk`` for the jurors', ``main`` for the authors'
    """
    if not current_contest:
        return ""
    held = next((role for role in WORKING[place] if role in roles()), None)
    return gettext(held.label) if held else gettext(N_("Author"))


@bp.app_context_processor
def words_of_the_page() -> dict[str, Any]:
    """Give every template what its head says."""
    return {"situation": situation_line, "role_name": role_name}


# The front page ----------------------------------------------------------------------------------------------------


@site.get("/")
def root() -> AnyResponse | str:
    """Lead to the current contest; in an empty instance, say how to begin."""
    contest = site_contest()
    if contest is not None:
        return redirect(url_for("home.front", slug=contest.slug))
    return render_template("home/empty.html")


@bp.get("/")
def front() -> str:
    """Say what the contest is, where it stands, and what the reader can do now."""
    contest: Contest = current_contest
    now = clock.now()
    regulation = regulation_of(contest)
    situation = situation_now(contest)
    published = published_copy(contest)
    return render_template(
        "home/front.html",
        regulation=regulation,
        moment=situation,
        left=remaining(situation.until, now) if situation.until else None,
        closing=closing,
        acts=[(url_for(endpoint), gettext(label)) for endpoint, label in ACTS[situation.phase]],
        categories=categories(regulation) if regulation else [],
        steps=steps(situation, dated(regulation)) if regulation else [],
        received=queries.received_by_category(contest.id) if situation.phase is not Phase.PREPARING else {},
        judged=queries.judged_in(contest.id, situation.round.code) if situation.round is not None else 0,
        prizes=queries.count_winners(published),
        todo=things_to_do(contest, situation),
        announcements=db.session.scalars(queries.announcements(contest.id).limit(NEWEST)).all(),
        exemplars=db.session.execute(
            queries.public_exemplars(contest.id, published=published is not None).limit(NEWEST)
        ).all(),
    )


def categories(regulation: Regulation) -> list[tuple[Category, str]]:
    """List the categories, each with its genres as one phrase."""
    listed = []
    for category in regulation.categories:
        genres = [regulation.genre(code).name for code in category.genres]
        listed.append((category, ", ".join([genres[0], *(name[:1].lower() + name[1:] for name in genres[1:])])))
    return listed


def things_to_do(contest: Contest, situation: Situation) -> list[Task]:
    """List what the reader can do now."""
    signed_in = current_user.is_authenticated
    numbers = queries.numbers_for(current_user, contest, roles()) if signed_in else Numbers()
    return tasks(situation.phase, roles(), numbers, signed_in=signed_in)


# Announcements -----------------------------------------------------------------------------------------------------


@bp.get("/thong-bao")
def announcements() -> str:
    """List what the organizers announced."""
    page = paginate(queries.announcements(current_contest.id), per_page=20)
    return render_template("home/announcements.html", page=page)


@bp.get("/thong-bao/<int:announcement_id>")
def announcement(announcement_id: int) -> str:
    """Show one announcement with its files."""
    found = db.one_or_404(queries.announcement(current_contest.id, announcement_id))
    return render_template("home/announcement.html", announcement=found, text=render(found.text))


@bp.get("/thong-bao/<int:announcement_id>/tep/<int:file_id>")
def announcement_file(announcement_id: int, file_id: int) -> Response:
    """Give a file of an announcement."""
    staff = has_role(*STAFF)
    file = db.one_or_404(queries.announcement_file(current_contest.id, announcement_id, file_id, staff=staff))
    return serve_original(file.blob, file.name)


@bp.get("/thong-bao.xml")
def feed() -> Response:
    """Give the announcements as an Atom feed."""
    contest: Contest = current_contest
    entries = [
        (found, absolute_url("home.announcement", contest=contest, announcement_id=found.id), render(found.text))
        for found in db.session.scalars(queries.announcements(contest.id).limit(FEED_LENGTH))
    ]
    text = render_template(
        "home/feed.xml",
        contest=contest,
        entries=entries,
        updated=max((found.updated_at for found, *_ in entries), default=contest.created_at),
        page_url=absolute_url("home.announcements", contest=contest),
        feed_url=absolute_url("home.feed", contest=contest),
    )
    return make_response(text, {"Content-Type": "application/atom+xml; charset=utf-8"})


def published_copy(contest: Contest) -> dict[str, Any] | None:
    """Give the decision's copy once the contest is published."""
    return queries.published_copy(contest.id) if situation_now(contest).phase is Phase.PUBLISHED else None


# Help --------------------------------------------------------------------------------------------------------------


@site.get("/tro-giup", defaults={"topic": None})
@site.get("/tro-giup/<string:topic>")
def help_page(topic: str | None) -> str:
    """Show the list of help pages, or one of them."""
    if topic == "index" or (topic is not None and not topic.replace("-", "").isalnum()):
        abort(404)
    contest = site_contest()
    try:
        return render_template(
            f"help/{topic or 'index'}.html", topic=topic, regulation=regulation_of(contest) if contest else None
        )
    except TemplateNotFound:
        abort(404)
