"""The outbox and the state of the machine, as the staff sees them."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import audit, clock, mail
from contest.database import db, transaction
from contest.errors import N_
from contest.mail.models import LETTER_STATES, Letter
from contest.operations import queries
from contest.operations.forms import ResendForm
from contest.web import tables
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pagination import paginate
from contest.web.tables import Table, offered

READERS = {"secretary", "organizer"}

bp = contest_blueprint("operations_office", __name__, url_prefix="/ban-thu-ky/thu")
guard_office(bp, read=READERS, write=READERS)
add_item("office", "operations_office.letters", label=N_("Letters"), order=70, roles=READERS)


UNSEEN = "complaint:"
"""Letters about these are to people whom staff look at on another page, which records that they looked."""


def is_unseen(letter: Letter) -> bool:
    """Say whether neither the address nor the text of a letter stands here."""
    return letter.about.startswith(UNSEEN)


def addressee(letter: Letter) -> str:
    """Say to whom a letter is."""
    return _("Whoever complained") if is_unseen(letter) else letter.to


@bp.context_processor
def words() -> dict[str, object]:
    """Give templates whom a letter is to, and whether its text is read elsewhere."""
    return {"addressee": addressee, "is_unseen": is_unseen}


def letters_table() -> Table:
    """The outbox, without what the letters say."""
    return Table(
        "thu",
        _("Letters"),
        [
            tables.text("subject", _("Subject"), width=60),
            tables.text("to", _("To"), addressee, width=32),
            tables.text("state", _("State"), lambda letter: _(LETTER_STATES[letter.state])),
            tables.number("attempts", _("Attempts")),
            tables.moment("created_at", _("Written")),
            tables.moment("sent_at", _("Sent at")),
        ],
        tables.streamed(queries.letters_of(current_contest.id, request.args.get("trang-thai"))),
        personal=True,
    )


@bp.get("/")
@offered(letters_table)
def letters() -> str:
    """Show the outbox: what was written to whom, and what became of it."""
    state = request.args.get("trang-thai")
    counts = queries.letter_counts(current_contest.id)
    return render_template(
        "operations/letters.html",
        page=paginate(queries.letters_of(current_contest.id, state)),
        counts=counts,
        total=sum(counts.values()),
        state=state,
        spooling=not current_app.config["SMTP_URL"],
        stuck=queries.stuck_jobs(current_contest.id),
        damaged=queries.damaged_files(current_contest.id),
    )


@bp.route("/<int:number>", methods=["GET", "POST"])
def letter(number: int) -> str | Response:
    """Show one letter whole, and send it again on request."""
    found = db.first_or_404(queries.letters_of(current_contest.id).where(Letter.id == number))
    form = ResendForm()
    if found.text and form.validate_on_submit():
        with transaction():
            now = clock.now()
            mail.resend(found, now=now)
            audit.record(
                "letter.resent", contest_id=current_contest.id, by=current_user, about=f"letter:{found.id}", now=now
            )
        flash(_("The letter is in the queue again."))
        return redirect(url_for(".letter", number=number), code=303)
    return render_template(
        "operations/letter.html", letter=found, form=form, spooling=not current_app.config["SMTP_URL"]
    )
