"""The press contest system "Dân vận khéo".

A contest is a regulation (data) applied to entries by jurors, giving results that are exact, explainable, provable,
and printed as certificates. ``create_app`` puts the rooms together; nothing else knows all of them.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from contest import clock, config, database
from contest.web import addresses, bodies, formats, headers, languages, logs, pages, wall

ROOMS = (
    "audit",
    "mail",
    "jobs",
    "storage",
    "printing",
    "regulations",
    "accounts",
    "seconding",
    "exemplars",
    "entries",
    "interests",
    "screening",
    "judging",
    "ballots",
    "results",
    "calibration",
    "council",
    "complaints",
    "winners",
    "certificates",
    "revocations",
    "delivery",
    "official",
    "privacy",
    "operations",
    "upkeep",
    "showcase",
    "proof",
    "home",
    "portraits",
    "demo",
)


def create_app(settings: config.Settings | None = None, *, shell_of: str = "", **overrides: Any) -> Flask:
    """Make the application from its settings.

    :param settings: read from the environment and the instance folder when None
    :param shell_of: the one room whose commands are wanted: no page is served and no work done in the background,
        which takes two thirds of the memory
    :param overrides: Flask configuration, for tests
    """
    settings = settings or config.load()
    here = Path(__file__).parent
    beside = here.parent if (here.parent / "templates").is_dir() else here
    app = Flask(
        __name__,
        instance_path=str(settings.instance.absolute()),
        template_folder=str(beside / "templates"),
        static_folder=str(beside / "static"),
    )
    url = config.database_url(settings)
    secure = settings.base_url.startswith("https://")
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=config.secret_key(settings),
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url),
        BASE_URL=settings.base_url.rstrip("/"),
        SMTP_URL=settings.smtp_url,
        MAIL_FROM=settings.mail_from,
        TRUSTED_HOSTS=trusted_hosts(settings),
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.config.update(overrides)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.url_map.converters["int"] = addresses.RowNumber
    app.url_rule_class = addresses.Address
    clock.init_app(app)
    _import_models()
    database.init_app(app)
    for part in (logs, languages, formats, headers, pages):
        part.init_app(app)
    bodies.init_app(app)
    CSRFProtect(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _connect_rooms(app)
    if shell_of:
        _open_shell(app, shell_of)
        return app
    _open_rooms(app)
    addresses.fill_slug(app)
    addresses.add_bare_addresses(app)
    wall.guard_addresses(app)
    return app


def trusted_hosts(settings: config.Settings) -> list[str]:
    """List the host names that are answered."""
    named = [name.strip() for name in settings.trusted_hosts.split(",") if name.strip()]
    return named or [urlsplit(settings.base_url).hostname or "localhost", "localhost", "127.0.0.1"]


def _import_models() -> None:
    for room in ROOMS:
        _optional(room, "models")


def _optional(room: str, door: str) -> Any:
    name = f"contest.{room}.{door}"
    return import_module(name) if find_spec(name) else None


def _connect_rooms(app: Flask) -> None:
    """Tell lower rooms what the higher ones know: whose rows are personal, use a file, follow from another."""
    from contest.accounts import access
    from contest.interests.queries import barred, people_without_interests
    from contest.privacy import registry
    from contest.regulations import queries

    addresses.bind(app, lambda slug: queries.contest_by_slug(slug) if slug else queries.current_contest())
    access.init_app(app)
    wall.bind(app, barred, people_without_interests)
    personal = {room: _optional(room, "personal") for room in ROOMS}
    registry.bind(app, {room: found for room, found in personal.items() if found is not None})
    for room in ROOMS:
        _optional(room, "usage")
        _optional(room, "consequences")


def _open_rooms(app: Flask) -> None:
    """Register what each room has: doors, work in the background, shell commands."""
    from contest.upkeep import documents as figures
    from contest.web import assets

    assets.init_app(app)
    figures.init_app(app)
    for room in ROOMS:
        _optional(room, "background")
        for door in ("views", "office"):
            module = _optional(room, door)
            for blueprint in getattr(module, "blueprints", None) or ([module.bp] if module else []):
                app.register_blueprint(blueprint)
        _open_shell(app, room)


def _open_shell(app: Flask, room: str) -> None:
    commands = _optional(room, "commands")
    if commands is not None:
        for command in getattr(commands, "commands", None) or [commands.cli]:
            app.cli.add_command(command)
