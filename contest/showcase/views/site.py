"""For search engines: which pages there are, and which are not for them."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, render_template
from werkzeug.wrappers import Response

from contest import clock
from contest.regulations.models import Contest
from contest.regulations.queries import contests
from contest.showcase import queries
from contest.web import sitemaps
from contest.web.addresses import absolute_url

bp = Blueprint("showcase_site", __name__)

ALWAYS = ("home.front", "regulations.show", "home.announcements")
"""Pages of every contest that has a regulation."""

PUBLISHED = ("showcase.show", "showcase.gallery", "showcase.newsrooms")
"""Pages of results."""

PRIVATE = ("/*/ban-thu-ky", "/*/ban-cham", "/*/tac-pham", "/tai-khoan", "/dang-nhap", "/dang-ky", "/*?lang=")
"""Where nothing is that everybody may read, or a page is that is there under another address."""


@bp.get("/robots.txt")
def robots() -> Response:
    """Say what search engines may read; of a demonstration nothing, because its people and works are invented."""
    lines = ["User-agent: *"]
    if clock.is_demo():
        lines.append("Disallow: /")
    else:
        lines += [f"Disallow: {path}" for path in PRIVATE]
        lines.append(f"Sitemap: {current_app.config['BASE_URL']}/sitemap.xml")
    return make_response("\n".join(lines) + "\n", {"Content-Type": "text/plain; charset=utf-8"})


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """List the public pages of all contests; those of results once they are published."""
    listed = [page for contest in contests() if contest.version_id is not None for page in sitemaps.pages(contest)]
    text = render_template("showcase/sitemap.xml", pages=listed)
    return make_response(text, {"Content-Type": "application/xml; charset=utf-8"})


@sitemaps.source
def pages(contest: Contest) -> sitemaps.Pages:
    """What every contest has, and the pages of results once they are published."""
    for endpoint in ALWAYS:
        yield absolute_url(endpoint, contest=contest), None
    published = queries.in_force(contest)
    if published is None:
        return
    changed = published.published_at.isoformat()
    for endpoint in PUBLISHED:
        yield absolute_url(endpoint, contest=contest), changed
    for code in queries.works_of(published):
        yield absolute_url("showcase.winner", contest=contest, code=code), changed
