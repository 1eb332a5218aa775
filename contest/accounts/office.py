"""The organizers' pages about people: who has which role, who is invited, which newsrooms there are."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from contest import clock
from contest.accounts import queries, services
from contest.accounts.forms import Act, InviteForm, OutletForm, OutletListForm, ResetFactorForm, RoleForm
from contest.accounts.models import Invitation, Membership, Outlet
from contest.accounts.outlets import OutletKind
from contest.accounts.roles import Role
from contest.database import db, transaction
from contest.errors import N_
from contest.web import tables
from contest.web.access import guard_fresh, guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.seconding import people_who_confirm, second_person
from contest.web.tables import Table, offered

bp = contest_blueprint("accounts_office", __name__, url_prefix="/ban-thu-ky/nhan-su")
guard_office(bp, read={"secretary", "organizer", "observer"}, write={"organizer"})
add_item("office", "accounts_office.people", label=N_("People"), order=70, roles={"secretary", "organizer", "observer"})

# A list as it comes from the offices of the province, so its words are theirs.
EXAMPLE = """\
Báo Quảng Ngãi;Báo in, báo điện tử
Đài PT-TH Quảng Ngãi;Phát thanh, truyền hình;;18/05/2025;Báo Quảng Ngãi
Báo Nhân Dân;Báo in, báo điện tử
"""


def members_table() -> Table:
    """Who has which role."""
    columns = [
        tables.text("name", _("Full name"), attrgetter("user.name"), width=28),
        tables.text("role", _("Role"), lambda one: _(one.role.label)),
        tables.text("email", _("E-mail"), attrgetter("user.email"), width=30),
        tables.text("outlet", _("Press agency"), lambda one: one.outlet and one.outlet.name, width=30),
        tables.date("since", _("Since"), attrgetter("granted_at")),
        tables.yes("closed", _("Account closed"), lambda one: one.user.disabled_at is not None),
    ]
    return Table("nhan-su", _("People"), columns, queries.members(current_contest.id), personal=True)


def invitations_table() -> Table:
    """Who is invited and has not accepted yet."""
    columns = [
        tables.text("email", _("E-mail"), width=30),
        tables.text("name", _("Full name"), width=28),
        tables.text("role", _("Role"), lambda one: _(one.role.label)),
        tables.text("outlet", _("Press agency"), lambda one: one.outlet and one.outlet.name, width=30),
        tables.moment("sent_at", _("Sent at")),
        tables.moment("expires_at", _("Valid until")),
    ]
    title = _("Invitations not accepted yet")
    return Table("loi-moi", title, columns, queries.open_invitations(current_contest.id), personal=True)


@bp.get("")
@offered(members_table, invitations_table)
def people() -> AnyResponse:
    """List who has a role here, and who is invited."""
    members = queries.members(current_contest.id)
    return answer(
        "accounts/people.html",
        form=Act(),
        by_role=[(role, [one for one in members if one.role == role]) for role in Role],
        invitations=queries.open_invitations(current_contest.id),
    )


def _appoints(**_address: int) -> bool:
    """Say whether a form makes somebody an organizer; whoever is alone may, or there would never be two."""
    return request.form.get("role") == Role.ORGANIZER and people_who_confirm(current_contest) > 1


def _of_another_organizer(membership_id: int) -> bool:
    membership = _membership(membership_id)
    return membership.role is Role.ORGANIZER and membership.user_id != current_user.id


def _member(membership_id: int) -> str:
    membership = _membership(membership_id)
    return f"{membership.user.name} · {_(membership.role.label)}"


def _invited() -> str:
    return _("Appoint an organizer: %(who)s", who=request.form.get("email", ""))


def _changed(membership_id: int) -> str:
    return _("Change the role: %(who)s", who=_member(membership_id))


def _leaving(membership_id: int) -> str:
    return _("Take the role away: %(who)s", who=_member(membership_id))


@bp.route("/moi", methods=["GET", "POST"])
@guard_fresh
@second_person("change_organizers", about=_invited, when=_appoints)
def invite() -> AnyResponse:
    """Invite somebody to a role."""
    form = InviteForm(role=Role.JUROR)
    form.offer(queries.outlets_on(clock.local(clock.now()).date()))
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.invite(
                    current_contest,
                    email=form.email.data,
                    name=form.name.data,
                    role=form.role.data,
                    outlet_id=form.outlet_id,
                    by=current_user,
                    now=clock.now(),
                )
            flash(_("The invitation to %(email)s is on its way.", email=form.email.data))
            return redirect(url_for(".people"), code=303)
    return answer("accounts/invite.html", form=form, duties=_duties())


@bp.post("/loi-moi/<int:invitation_id>/gui-lai")
@guard_fresh
def resend_invitation(invitation_id: int) -> AnyResponse:
    """Send an invitation again, with a new link."""
    _act()
    invitation = _invitation(invitation_id)
    with transaction():
        services.resend_invitation(invitation, contest=current_contest, by=current_user, now=clock.now())
        email = invitation.email
    flash(_("The invitation to %(email)s is on its way.", email=email))
    return redirect(url_for(".people"), code=303)


@bp.route("/loi-moi/<int:invitation_id>/rut", methods=["GET", "POST"])
@guard_fresh
def withdraw_invitation(invitation_id: int) -> AnyResponse:
    """Ask, or take an invitation back."""
    form = Act()
    invitation = _invitation(invitation_id)
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.withdraw_invitation(invitation, by=current_user, now=clock.now())
            flash(_("The invitation is withdrawn; its link no longer works."))
            return redirect(url_for(".people"), code=303)
    return answer("accounts/withdraw_invitation.html", form=form, invitation=invitation)


@bp.route("/<int:membership_id>", methods=["GET", "POST"])
@guard_fresh
@second_person(
    "change_organizers",
    about=_changed,
    when=lambda membership_id: _appoints() or _of_another_organizer(membership_id),
)
def change_role(membership_id: int) -> AnyResponse:
    """Give a member another role."""
    membership = _membership(membership_id)
    form = RoleForm(role=membership.role.value, outlet=str(membership.outlet_id or ""))
    form.offer(queries.outlets())
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.change_role(
                    membership, form.role.data, outlet_id=form.outlet_id, by=current_user, now=clock.now()
                )
            flash(_("The role is changed."))
            return redirect(url_for(".people"), code=303)
    return answer("accounts/change_role.html", form=form, membership=membership, duties=_duties())


@bp.route("/<int:membership_id>/go", methods=["GET", "POST"])
@guard_fresh
@second_person("change_organizers", about=_leaving, when=_of_another_organizer)
def remove_role(membership_id: int) -> AnyResponse:
    """Ask, or take a role away."""
    membership = _membership(membership_id)
    form = Act()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.remove_role(membership, by=current_user, now=clock.now())
            flash(_("The role is taken away. What the person did stays on record."))
            return redirect(url_for(".people"), code=303)
    return answer("accounts/remove_role.html", form=form, membership=membership)


@bp.route("/<int:membership_id>/yeu-to-thu-hai", methods=["GET", "POST"])
@guard_fresh
@second_person("reset_factor", about=_member)
def reset_factor(membership_id: int) -> AnyResponse:
    """Ask why, or take the second factor away from a member who has lost it."""
    membership = _membership(membership_id)
    form = ResetFactorForm()
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.reset_second_factor(
                    membership.user,
                    by=current_user,
                    contest_id=current_contest.id,
                    reason=form.reason.data,
                    now=clock.now(),
                )
            flash(_("The second factor is taken away, and a letter tells the person."))
            return redirect(url_for(".people"), code=303)
    return answer("accounts/reset_factor.html", form=form, membership=membership)


def outlets_table() -> Table:
    """The newsrooms that works may name."""
    columns = [
        tables.text("name", _("Name of the outlet"), width=40),
        tables.text("kind", _("Kind"), lambda outlet: _(outlet.kind.label)),
        tables.date("valid_from", _("First day under this name")),
        tables.date("valid_until", _("Last day under this name")),
        tables.text("successor", _("Successor"), lambda outlet: outlet.successor and outlet.successor.name, width=40),
    ]
    return Table("co-quan-bao-chi", _("Outlets"), columns, queries.outlets())


@bp.get("/co-quan-bao-chi")
@offered(outlets_table)
def outlets() -> AnyResponse:
    """List the newsrooms that works may name."""
    today = clock.local(clock.now()).date()
    return answer("accounts/outlets.html", outlets=queries.outlets(), today=today)


@bp.route("/co-quan-bao-chi/moi", methods=["GET", "POST"])
def add_outlet() -> AnyResponse:
    """Add a newsroom."""
    return _outlet_page(None, OutletForm())


@bp.route("/co-quan-bao-chi/<int:outlet_id>", methods=["GET", "POST"])
def change_outlet(outlet_id: int) -> AnyResponse:
    """Correct a newsroom."""
    outlet = db.get_or_404(Outlet, outlet_id)
    values = {
        "name": outlet.name,
        "kind": outlet.kind.value,
        "valid_from": outlet.valid_from,
        "valid_until": outlet.valid_until,
        "successor": str(outlet.successor_id or ""),
    }
    return _outlet_page(outlet, OutletForm(data=values))


@bp.route("/co-quan-bao-chi/nhap", methods=["GET", "POST"])
def import_outlets() -> AnyResponse:
    """Add newsrooms from a list."""
    form = OutletListForm()
    kinds = {word: kind for kind in OutletKind for word in (kind.value, _(kind.label).lower())}
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                added, known = services.import_outlets(form.text.data, kinds)
            sentences = [ngettext("%(num)d outlet was added.", "%(num)d outlets were added.", added)]
            if known:
                sentences.append(ngettext("%(num)d was known already.", "%(num)d were known already.", known))
            flash(" ".join(sentences))
            return redirect(url_for(".outlets"), code=303)
    kinds_shown = [_(kind.label) for kind in OutletKind]
    return answer("accounts/import_outlets.html", form=form, kinds=kinds_shown, example=EXAMPLE)


def _outlet_page(outlet: Outlet | None, form: OutletForm) -> AnyResponse:
    form.offer([other for other in queries.outlets() if other is not outlet])
    if form.validate_on_submit():
        with refused_at(form):
            with transaction():
                services.save_outlet(
                    outlet,
                    name=form.name.data,
                    kind=OutletKind(form.kind.data),
                    valid_from=form.valid_from.data,
                    valid_until=form.valid_until.data,
                    successor_id=int(form.successor.data) if form.successor.data else None,
                )
            flash(_("The outlet is saved."))
            return redirect(url_for(".outlets"), code=303)
    return answer("accounts/outlet.html", form=form, outlet=outlet)


def _duties() -> dict[str, str]:
    return {role.value: _(role.duty) for role in Role}


def _act() -> None:
    if not Act().validate_on_submit():
        abort(400)


def _invitation(invitation_id: int) -> Invitation:
    found: Any = queries.invitation_in(current_contest.id, invitation_id)
    return found or abort(404)


def _membership(membership_id: int) -> Membership:
    found: Any = queries.membership_in(current_contest.id, membership_id)
    return found or abort(404)
