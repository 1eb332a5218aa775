"""Where organizers see what waits for a second person, and how the doors of all rooms ask for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from flask import Flask, abort, flash, g, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import Field, HiddenField, SelectField, SelectMultipleField, SubmitField

from contest import clock
from contest.accounts.roles import Role
from contest.database import Rehearsed, at_the_end, rehearsal, transaction
from contest.errors import N_
from contest.regulations.safeguards import SECOND_PERSON_ACTS
from contest.seconding import queries, services
from contest.seconding.forms import DeclineForm
from contest.seconding.refusals import FilesNotKept
from contest.web import seconding, wall
from contest.web.access import ask_for_proof, guard_office, has_role
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.formats import as_datetime
from contest.web.forms import Form
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.pagination import paginate
from contest.web.refusals import refused_at

READERS = {Role.SECRETARY, Role.ORGANIZER, Role.OBSERVER}
CONFIRMED = "seconded_act"
"""The field by which a form says that it confirms what somebody else asked for."""
NOT_KEPT = ("csrf_token", CONFIRMED)

bp = contest_blueprint("seconding", __name__, url_prefix="/ban-thu-ky/nguoi-thu-hai")
guard_office(bp, read=READERS, write={Role.SECRETARY, Role.ORGANIZER})


def _is_used() -> bool:
    contest = current_contest
    return bool(contest and contest.version is not None and contest.regulation.safeguards.second_person)


add_item(
    "office",
    "seconding.index",
    label=N_("Second person"),
    order=72,
    roles=READERS,
    under="accounts_office.people",
    is_there=_is_used,
)


@bp.before_request
def require_all_works() -> None:
    """Keep what acts are about from whoever may not hear of all works."""
    wall.require_whole(Role.ORGANIZER)


@bp.get("")
def index() -> Response:
    """List what was asked for and what became of it."""
    return answer(
        "seconding/index.html",
        page=paginate(queries.acts_of(current_contest)),
        labels=SECOND_PERSON_ACTS,
        now=clock.now(),
        rule=current_contest.regulation.safeguards if current_contest.version is not None else None,
        organizers=queries.organizers(current_contest),
    )


@bp.route("/<int:seconded_act_id>", methods=["GET", "POST"])
def show(seconded_act_id: int) -> Response:
    """Show what was asked for with everything that was typed; take in why it is declined."""
    act = queries.act_in(current_contest, seconded_act_id) or abort(404)
    is_own = act.asked_by_id == current_user.id
    if request.method == "POST" and not (is_own or has_role(Role.ORGANIZER)):
        abort(403)
    form = DeclineForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.decline(act, form.reason.data or "", by=current_user, now=clock.now())
            flash(_("What was asked for is taken back.") if is_own else _("It is declined, and nothing is done."))
            return redirect(url_for(".index"), code=303)
    return answer(
        "seconding/show.html",
        form=form,
        act=act,
        is_own=is_own,
        is_open=act.is_open(clock.now()),
        mark=act.state(clock.now()),
        label=SECOND_PERSON_ACTS[act.act],
        confirmed=CONFIRMED,
        organizers=queries.organizers(current_contest),
    )


class Seconding:
    """What the doors of all rooms ask."""

    def may_confirm(self, contest: Any) -> int:
        """Count those who could be the second person."""
        return queries.organizers(contest)

    def carry_out(self, act: str, view: Callable[[], Any], about: Callable[[], str]) -> Any:
        """Carry an act out where one person is enough or the second one confirms it; else try it out and keep it.

        What the door itself refuses is said at once to the one who asks: nothing waits that cannot be done.
        """
        if CONFIRMED in request.form:
            return _confirm(view)
        if act not in current_contest.regulation.safeguards.second_person:
            return view()
        try:
            with rehearsal():
                return view()
        except Rehearsed:
            return _ask(act, about())


def _ask(act: str, about: str) -> Response:
    if any(file.filename for file in request.files.values()):
        raise FilesNotKept
    with transaction():
        number = services.ask_for(
            current_contest,
            act,
            about,
            _address(),
            _values(),
            list(_read(g.get("sent_form"))),
            by=current_user,
            now=clock.now(),
        ).id
    flash(_("Nothing is done yet: another organizer must confirm it. They have got a letter."))
    return redirect(url_for("seconding.show", seconded_act_id=number), code=303)


def _confirm(view: Callable[[], Any]) -> Any:
    number = request.form[CONFIRMED]
    asked = queries.act_in(current_contest, int(number)) if number.isdecimal() and len(number) < 10 else None
    if asked is None:
        abort(404)
    if (asking := ask_for_proof()) is not None:
        return asking
    services.check_confirmable(asked, _address(), _values(), by=current_user, now=clock.now())
    g.asked_by = asked.asked_by.subject

    def note() -> None:
        services.confirm(asked, by=current_user, now=clock.now())

    with at_the_end(note):
        return view()


def _address() -> str:
    return request.full_path.rstrip("?")


def _values() -> list[tuple[str, str]]:
    """What the form sent, but for what belongs to this one request."""
    return [
        pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT and not pair[0].startswith("proof_")
    ]


def _read(form: Form | None) -> Iterator[tuple[str, str]]:
    """Write a form as the person read it who filled it in."""
    for field in form if form is not None else ():
        if not isinstance(field, HiddenField | SubmitField) and (said := _said(field)):
            yield str(field.label.text), said


def _said(field: Field) -> str:
    if isinstance(field, SelectField | SelectMultipleField):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return "; ".join(str(choice.label) for choice in field.iter_choices() if choice.value in chosen)
    if isinstance(field.data, bool):
        return _("Yes") if field.data else _("No")
    if hasattr(field, "moment") and field.moment is not None:
        return as_datetime(field.moment)
    if isinstance(field.data, list):
        return "; ".join(str(each) for each in field.data if each)
    return (
        "" if field.data is None else f"{field.data:%d/%m/%Y}" if hasattr(field.data, "strftime") else str(field.data)
    )


@bp.record_once
def offer_to_all_rooms(state: BlueprintSetupState) -> None:
    """Let the doors of all rooms ask for a second person."""
    seconding.bind(cast(Flask, state.app), Seconding())
