"""A demo contest to measure on, and a person at it."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterable
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import event, select

from contest import create_app, migrations
from contest.accounts.models import User
from contest.config import Settings
from contest.database import db
from contest.demo.commands import load
from contest.demo.timetable import Phase
from tests.browser import Browser
from tests.makers.accounts import sign_in

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True)
class Figure:
    """What one act costs."""

    median: float
    p95: float
    queries: int


class Stage:
    """One demo contest of a size in a phase."""

    def __init__(self, folder: Path, count: int, phase: Phase | None) -> None:
        self.count = count
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        self.app: Flask = create_app(Settings(instance=folder, base_url="http://localhost", second_factor="off"))
        self.served = 0.0
        self.inside: WSGIApplication = self.app.wsgi_app
        self.app.wsgi_app = self.timed  # type: ignore[method-assign]
        with self.app.app_context():
            if not (folder / "ready").exists():
                migrations.upgrade()
                if phase is not None:
                    load(phase, count, 2025)
                (folder / "ready").touch()
            db.session.remove()

    @classmethod
    def bare(cls, folder: Path) -> Stage:
        """An instance without a contest."""
        return cls(folder, 0, None)

    def timed(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a request, and remember how long the server took: the measuring client is not the server."""
        start = time.perf_counter()
        body = self.inside(environ, start_response)
        self.served += time.perf_counter() - start
        return body

    def at(self, address: str) -> Browser:
        """Sit down as the demo account of an address."""
        browser = Browser(self.app)
        with self.app.app_context():
            user = db.session.scalars(select(User).where(User.email == address)).one()
            sign_in(browser.client, user)
        return browser

    def measure(
        self, act: Callable[[int], object], *, times: int = 40, before: Callable[[int], object] | None = None
    ) -> Figure:
        """Time an act, after three that are not counted; count the statements of the last.

        :param before: what is done before each act and not timed
        """
        statements = 0

        def count(*_: object) -> None:
            nonlocal statements
            statements += 1

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", count)
        gc.set_threshold(30_000, 20, 50)  # as the served program does
        took = []
        for number in range(times + 3):
            if before is not None:
                before(number)
            gc.collect()  # what the measuring itself left behind is not the server's to clear away
            gc.freeze()
            statements = 0
            self.served = 0.0
            Context().run(act, number)
            if number >= 3:
                took.append(self.served * 1000)
        event.remove(engine, "before_cursor_execute", count)
        return Figure(median(took), quantiles(took, n=20)[-1], statements)
