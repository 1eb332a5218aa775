"""Where the secretariat starts, and where it writes for the public."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from contest import clock, storage
from contest.accounts.roles import Role
from contest.database import db, let_go, transaction
from contest.entries.models import EntryState
from contest.errors import N_
from contest.exemplars.kinds import ExemplarKind
from contest.home import queries, services
from contest.home.forms import ActForm, AnnouncementForm, announcement_form, story_form
from contest.home.models import Announcement
from contest.home.views import regulation_of, situation_now, things_to_do
from contest.storage.errors import FileRefused
from contest.web import tables
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at
from contest.web.tables import Table, offered

STAFF = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
WRITERS = {Role.SECRETARY, Role.ORGANIZER}
LARGEST_FILE = 10

bp = contest_blueprint("home_office", __name__, url_prefix="/ban-thu-ky")
guard_office(bp, read=STAFF, write=WRITERS)

add_item("office", "home_office.overview", label=N_("Overview"), order=0, roles=STAFF)
add_item("office", "home_office.announcements", label=N_("Announcements"), order=80, roles=STAFF)
add_item("office", "home_office.exemplars", label=N_("Exemplars"), order=85, roles=STAFF)


@bp.get("")
def overview() -> str:
    """Say where the contest stands and what waits for the reader."""
    situation = situation_now(current_contest)
    counted = queries.works_by_state(current_contest.id)
    return render_template(
        "home/office/overview.html",
        moment=situation,
        todo=[task for task in things_to_do(current_contest, situation) if task.endpoint != "home_office.overview"],
        received=queries.received_by_category(current_contest.id),
        states={state: count for state in EntryState if (count := counted.get(state))},
        regulation=regulation_of(current_contest),
    )


# Announcements -----------------------------------------------------------------------------------------------------


def announcements_table() -> Table:
    """All announcements, also those the public does not see."""
    columns = [
        tables.text("title", gettext("Headline"), width=60),
        tables.text("by", gettext("Written by"), attrgetter("created_by.name")),
        tables.text("state", gettext("State"), lambda one: gettext(one.visibility.label)),
        tables.moment("created_at", gettext("Written")),
        tables.moment("published_at", gettext("Published")),
    ]
    listed = tables.streamed(queries.all_announcements(current_contest.id))
    return Table("thong-bao", gettext("Announcements"), columns, listed)


@bp.get("/thong-bao")
@offered(announcements_table)
def announcements() -> str:
    """List all announcements, also those the public does not see."""
    page = paginate(queries.all_announcements(current_contest.id))
    return render_template("home/office/announcements.html", page=page)


@bp.route("/thong-bao/moi", methods=["GET", "POST"])
def new_announcement() -> Response | str:
    """Write an announcement."""
    form = announcement_form()
    if form.validate_on_submit():
        with refused_at(form):
            uploads = received(form)
            with transaction():
                now = clock.now()
                announcement = services.write_announcement(current_contest, form.words, by=current_user, now=now)
                services.attach_files(announcement, uploads, by=current_user, now=now)
                publish = _publish_if_asked(announcement)
                announcement_id = announcement.id
            return _saved(announcement_id, public=publish)
    return answer("home/office/announcement.html", form=form, announcement=None)


@bp.route("/thong-bao/<int:announcement_id>", methods=["GET", "POST"])
def edit_announcement(announcement_id: int) -> Response | str:
    """Change an announcement and its files."""
    wanted = queries.written_announcement(current_contest.id, announcement_id)
    announcement = db.one_or_404(wanted)
    form = announcement_form(announcement)
    if form.validate_on_submit():
        with refused_at(form):
            uploads = received(form)
            with transaction():
                now = clock.now()
                announcement = db.one_or_404(wanted)
                services.change_announcement(announcement, form.words, by=current_user, now=now)
                services.remove_files(announcement, form.removed.data or [], by=current_user, now=now)
                services.attach_files(announcement, uploads, by=current_user, now=now)
                publish = _publish_if_asked(announcement)
            return _saved(announcement_id, public=publish)
        announcement = db.one_or_404(wanted)
    return answer("home/office/announcement.html", form=form, announcement=announcement)


@bp.route("/thong-bao/<int:announcement_id>/rut", methods=["GET", "POST"])
def withdraw_announcement(announcement_id: int) -> Response | str:
    """Ask, then take an announcement off the public pages."""
    wanted = queries.written_announcement(current_contest.id, announcement_id)
    form = ActForm()
    if form.validate_on_submit():
        with transaction():
            services.withdraw_announcement(db.one_or_404(wanted), by=current_user, now=clock.now())
        flash(gettext("The announcement is no longer on the public pages. Its text is kept here."))
        return redirect(url_for(".announcements"), code=303)
    return answer("home/office/withdraw_announcement.html", form=form, announcement=db.one_or_404(wanted))


def received(form: AnnouncementForm) -> list[services.Upload]:
    """Take in the files of a form, before the transaction, so that a slow look into one holds nobody up.

    :raise FileRefused: at the field of the files
    """
    let_go()
    try:
        return [_receive(file) for file in form.files.data or [] if isinstance(file, FileStorage) and file.filename]
    except FileRefused as refusal:
        refusal.field = "files"
        raise


def _receive(file: FileStorage) -> services.Upload:
    arrived = storage.receive(file.stream, limit=LARGEST_FILE * storage.MEGABYTE)
    sniffed = storage.sniff(storage.path(arrived.sha256))
    return services.Upload(storage.clean_name(file.filename), arrived, sniffed)


def _publish_if_asked(announcement: Announcement) -> bool:
    """Put an announcement before the public if that button was pressed; say whether it is public now."""
    if "publish" in request.form:
        services.publish_announcement(announcement, by=current_user, now=clock.now())
    return announcement.published_at is not None and announcement.withdrawn_at is None


def _saved(announcement_id: int, *, public: bool) -> Response:
    if public:
        flash(gettext("The announcement is on the front page and in the feed."))
        return redirect(url_for("home.announcement", announcement_id=announcement_id), code=303)
    flash(gettext("The announcement is saved. The public does not see it yet."))
    return redirect(url_for(".edit_announcement", announcement_id=announcement_id), code=303)


# Exemplars ---------------------------------------------------------------------------------------------------------


def exemplars_table() -> Table:
    """The exemplars that works are about, as they are searched for."""
    columns = [
        tables.text("name", gettext("Exemplar"), lambda row: row[0].name, width=36),
        tables.text("kind", gettext("Kind"), lambda row: gettext(row[0].kind.label)),
        tables.text("unit", gettext("Unit or address"), lambda row: row[0].unit, width=30),
        tables.text("locality", gettext("Place"), lambda row: row[0].locality, width=30),
        tables.text("story", gettext("Story"), lambda row: row[1] and gettext(row[1].visibility.label)),
    ]
    found = queries.exemplars_to_tell(current_contest.id, **_asked())
    return Table("tam-guong", gettext("Exemplars"), columns, tables.streamed(found, scalars=False))


@bp.get("/tam-guong")
@offered(exemplars_table)
def exemplars() -> str:
    """List the exemplars that works are about, with what the public reads of each."""
    asked, regulation = _asked(), regulation_of(current_contest)
    page = paginate(queries.exemplars_to_tell(current_contest.id, **asked), scalars=False)
    return render_template(
        "home/office/exemplars.html",
        page=page,
        asked=asked,
        kinds=list(ExemplarKind),
        topics=regulation.topics if regulation else (),
        standings=list(queries.Standing),
    )


def _asked() -> dict[str, Any]:
    """What exemplars are looked for; a choice that there is not counts as none."""
    kind, standing = request.args.get("loai", ""), request.args.get("tinh-trang", "")
    return {
        "search": request.args.get("tim", "")[:100],
        "kind": ExemplarKind(kind) if kind in set(ExemplarKind) else None,
        "topic": request.args.get("linh-vuc", "")[:100],
        "standing": queries.Standing(standing) if standing in set(queries.Standing) else None,
    }


def told_or_404(exemplar_id: int) -> queries.Told:
    """Find an exemplar of this contest with its story."""
    return queries.told(current_contest.id, exemplar_id) or abort(404)


@bp.route("/tam-guong/<int:exemplar_id>", methods=["GET", "POST"])
def edit_story(exemplar_id: int) -> Response | str:
    """Write the story of an exemplar, publish it or take it back."""
    told = told_or_404(exemplar_id)
    form = story_form(told.story)
    if form.validate_on_submit():
        with refused_at(form), transaction():
            told = told_or_404(exemplar_id)
            story = services.tell_story(told.exemplar, form.words, by=current_user, now=clock.now())
            if "publish" in request.form:
                services.publish_story(story, by=current_user, now=clock.now())
            elif "withdraw" in request.form:
                services.withdraw_story(story, by=current_user, now=clock.now())
        if not form.errors:
            flash(gettext("The story is saved."))
            return redirect(url_for(".exemplars"), code=303)
    return answer("home/office/story.html", form=form, exemplar=told.exemplar, story=told.story)
