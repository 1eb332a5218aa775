"""Where anybody complains about the posted list, and follows what comes of it."""

from __future__ import annotations

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock, storage
from contest.accounts import services as accounts
from contest.accounts.attempts import AttemptKind, network_of
from contest.complaints import queries, refusals, rules, services
from contest.complaints.forms import ComplaintForm, FollowForm
from contest.complaints.rules import About
from contest.complaints.services import Evidence, Sender, Subject
from contest.database import transaction
from contest.results import queries as results
from contest.storage.errors import FileTooLarge
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.pages import answer
from contest.web.refusals import refused_at
from contest.web.wall import outside

bp = outside(contest_blueprint("complaints", __name__, url_prefix="/khieu-nai"))

RECEIPT = "complaint_receipt"


@bp.route("", methods=["GET", "POST"])
def complain() -> Response:
    """Take in a complaint while the list is posted, and as long after as the regulation says."""
    now = clock.now()
    window = queries.window_of(current_contest)
    if window is None or not window.takes(now):
        return answer("complaints/closed.html", form=ComplaintForm(formdata=None), window=window)
    posting = results.newest_posting(current_contest)
    lines = queries.posted_lines(posting) if posting is not None else []
    form = _form(lines)
    if form.validate_on_submit():
        with refused_at(form):
            number, code = _receive(form)
            session[RECEIPT] = [number, code]
            return redirect(url_for(".receipt"), code=303)
    return answer(
        "complaints/complain.html",
        form=form,
        window=window,
        line_is_gone=_line_is_gone(lines),
        gates=current_contest.regulation.gates,
        most_files=rules.MOST_FILES,
        most_megabytes=rules.MOST_MEGABYTES,
    )


def _line_is_gone(lines: list[queries.PostedLine]) -> bool:
    """Say whether somebody came from a line of a list that was posted anew since."""
    asked = request.args.get("dong", "")
    return bool(asked) and all(line.key != asked for line in lines)


def _form(lines: list[queries.PostedLine]) -> ComplaintForm:
    """The form, with what is known of whoever is signed in and the line from which they came."""
    asked = request.args.get("dong", "")
    known = {"about": str(About.LINE), "line": asked} if any(line.key == asked for line in lines) else {}
    if current_user.is_authenticated:
        person = current_user.person
        known |= {"name": current_user.name, "email": current_user.email}
        known |= {"phone": person.phone or "", "unit": person.unit or ""} if person is not None else {}
    form = ComplaintForm(data=known)
    form.offer(lines)
    return form


def _receive(form: ComplaintForm) -> tuple[int, str]:
    """Count the try, store the files, and take in the complaint."""
    with transaction():
        accounts.begin_attempt(
            AttemptKind.COMPLAIN,
            form.email.data or form.phone.data or "",
            network=network_of(request.remote_addr),
            now=clock.now(),
        )
    files = _evidence(form)
    with transaction():
        complaint, code = services.receive(
            current_contest,
            Subject(About(form.about.data), line=form.line.data or "", work=form.work.data or ""),
            form.text.data or "",
            Sender(
                name=form.name.data or "",
                email=form.email.data or "",
                phone=form.phone.data or "",
                unit=form.unit.data or "",
                user=current_user._get_current_object() if current_user.is_authenticated else None,
            ),
            files,
            now=clock.now(),
        )
        return complaint.number, code


def _evidence(form: ComplaintForm) -> list[Evidence]:
    """Store the files and look into them in the limited process, before any transaction.

    :raise TooManyFiles: before any is stored
    :raise FileRefused: if one is of no known kind, or they are too large together
    """
    if len(form.evidence) > rules.MOST_FILES:
        raise refusals.TooManyFiles(count=rules.MOST_FILES)
    left, found = rules.MOST_MEGABYTES * storage.MEGABYTE, []
    for file in form.evidence:
        try:
            received = storage.receive(file.stream, limit=left)
        except FileTooLarge as error:
            raise FileTooLarge(limit=rules.MOST_MEGABYTES) from error
        left -= received.size
        found.append(Evidence(file.filename or "", received, storage.sniff(storage.path(received.sha256))))
    return found


@bp.get("/bien-nhan")
def receipt() -> Response:
    """Show the number and the follow-up code, once."""
    number, code = session.pop(RECEIPT, (None, None))
    complaint = queries.complaint_with_code(current_contest, number, code or "")
    if complaint is None:
        flash(_("The receipt is shown once. Number and code are also in the letter to you."))
        return redirect(url_for(".follow"), code=302)
    return answer(
        "complaints/receipt.html", form=FollowForm(formdata=None), complaint=complaint, code=rules.written_code(code)
    )


@bp.route("/theo-doi", methods=["GET", "POST"])
def follow() -> Response:
    """Show whoever has the receipt where their complaint stands, and its answer."""
    form = FollowForm()
    complaint = None
    if form.validate_on_submit():
        with refused_at(form):
            complaint = _followed(form)
    if complaint is not None:
        return answer(
            "complaints/followed.html",
            form=form,
            complaint=complaint,
            states=rules.STATE_NAMES,
            verdicts=rules.VERDICT_NAMES,
        )
    return answer("complaints/follow.html", form=form)


def _followed(form: FollowForm) -> queries.Complaint:
    """Find a complaint by number and code; every try counts.

    :raise FollowRefused: if there is none
    :raise TooManyAttempts: if somebody guesses
    """
    with transaction():
        attempt = accounts.begin_attempt(
            AttemptKind.FOLLOW_UP,
            f"{current_contest.slug}:{form.number.data}",
            network=network_of(request.remote_addr),
            now=clock.now(),
        ).id
    complaint = queries.complaint_with_code(
        current_contest, rules.number_in(form.number.data or ""), form.code.data or ""
    )
    if complaint is None:
        raise refusals.FollowRefused
    with transaction():
        accounts.forgive_attempt(attempt)
    return queries.complaint_at(current_contest, rules.number_in(form.number.data or "") or 0) or complaint
