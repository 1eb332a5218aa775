"""What the public sees on the way: the notice, while the list is posted. The results have a room of their own."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from contest.results import gates, lists, queries
from contest.results.visibility import Fact, may_see, viewers
from contest.web.access import roles
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.wall import outside

bp = outside(contest_blueprint("results", __name__))


def sees(fact: Fact) -> bool:
    """Say whether whoever is reading may see a fact now."""
    quality = viewers(roles(), signed_in=current_user.is_authenticated)
    return may_see(fact, quality, queries.moment_of(current_contest))


@bp.get("/niem-yet")
def notice() -> str | Response:
    """Show the public notice: titles, names and tiers, for as long as the list is posted."""
    if sees(Fact.RESULTS):
        return redirect(url_for("showcase.show"), code=302)
    posting = queries.newest_posting(current_contest) if sees(Fact.POSTED_LIST) else None
    if posting is None:
        calendar = current_contest.regulation.calendar if current_contest.version is not None else None
        was_posted = str(current_contest.stage) in ("proposed", "approved") and queries.newest_posting(current_contest)
        return render_template("results/no_notice.html", calendar=calendar, was_posted=was_posted)
    copy = queries.copy_of(posting)
    return render_template(
        "results/notice.html",
        posting=posting,
        ends=gates.end_of(posting.until),
        sections=lists.grouped(
            copy["sections"], [{**line, "key": key} for key, line in lists.keyed(copy, posting.version)]
        ),
        works=len({line["entry_id"] for line in copy["awards"]}),
        newsrooms=len({line["outlet"] for line in copy["collective"]}),
    )
