"""The worker: does what is due, delivers letters, and looks again."""

from __future__ import annotations

import logging
import os
import signal
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from contest import jobs, mail
from contest.database import db, look_at_tables
from contest.web import logs

PAUSE = 1.0  # seconds between two looks when there was nothing to do
COUNTING = 600.0  # seconds between two looks at what the tables hold

log = logging.getLogger(__name__)


def work(app: Flask, *, parent: int | None = None, once: bool = False) -> None:
    """Work until told to stop, or until the parent process is gone.

    :param parent: process whose end ends the work
    :param once: do what is due and return
    """
    stopping, counted = False, -COUNTING

    def stop(number: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    if not once:
        logs.configure()
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    while not stopping:
        busy = False
        with app.app_context():
            try:
                jobs.ask_for_daily()
                jobs.look_out()
                busy = jobs.work_once()
                busy = bool(mail.deliver_due()) or busy
                if time.monotonic() - counted >= COUNTING:
                    look_at_tables()
                    counted = time.monotonic()
            except SQLAlchemyError:  # it is locked for too long or away, or another worker was first
                log.exception("the database did not take it; trying again")
            finally:
                db.session.remove()
        if once and not busy:
            return
        if parent is not None and os.getppid() != parent:
            return
        if not busy:
            with app.app_context():
                bell = jobs.bell()
            bell.wait(PAUSE)
