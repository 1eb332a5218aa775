"""The desk without a connection: a page that holds nothing of anybody, and the worker that shows it.

Both are the same for everybody and need no session: the worker asks for the page as nobody, so that the browser's cache
never holds a word about a person.
"""

from __future__ import annotations

import json
from functools import cache

from flask import current_app, make_response, render_template, url_for
from werkzeug.wrappers import Response

from contest.web.addresses import contest_blueprint
from contest.web.assets import FACES, asset, current_digest, digest_of
from contest.web.languages import choose

bp = contest_blueprint("judging_shell", __name__, url_prefix="/ban-cham")

SCRIPTS = ("desk", "device", "marks", "session", "sheet", "shell", "sign-out", "sync", "unsent")


@bp.get("/ngoai-tuyen")
def page() -> str:
    """Show the page that a script fills in from the device."""
    return render_template("judging/offline.html")


@bp.get("/ngoai-tuyen.js")
def worker() -> Response:
    """Give the worker: its release and what it keeps, then the script itself, which is an asset like the others."""
    shell = {
        "release": _release(),
        "page": url_for(".page", lang=choose()),
        "assets": [asset(name) for name in _drawn_with()],
    }
    response = make_response(
        f"self.shell = {json.dumps(shell)};\nimportScripts({json.dumps(asset('js/judging-worker.js'))});\n"
    )
    response.content_type = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = url_for("judging.desk")
    return response


@cache
def _release() -> str:
    """Name what is kept, so that any change of it reaches devices: the look, the scripts, the page itself."""
    loader, environment = current_app.jinja_loader, current_app.jinja_env
    pages = (
        [loader.get_source(environment, f"judging/{name}.html")[0] for name in ("offline", "_device")] if loader else []
    )
    return digest_of("".join([current_digest("js/core-page.js"), current_digest("house.css"), *pages]).encode())


def _drawn_with() -> list[str]:
    scripts = ["js/core-page.js", "js/core-turns.js", *(f"js/judging-{name}.js" for name in SCRIPTS)]
    fonts = list(dict.fromkeys(face.name for face in FACES))
    return ["bootstrap.css", "house.css", "img/mark.svg", *fonts, *scripts]
