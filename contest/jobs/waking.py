"""Waking workers as soon as there is work, through a Redis that they share.

What is to be done is in the rows and nowhere else. A call that is lost, or a Redis that is away, costs a second: that
often a worker looks anyway.
"""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any, Protocol

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from contest import config
from contest.database import db

EXTENSION = "contest.jobs.bell"
WANTED = "wake"
SECONDS = 1.0  # that Redis has to answer
REST = 30.0  # seconds for which a Redis that was away is not asked

log = logging.getLogger(__name__)


class Bell(Protocol):
    """What is rung when there is work."""

    def is_there(self) -> bool:
        """Say whether it can be rung."""

    def ring(self) -> None:
        """Wake whoever waits. It never fails and never takes long."""

    def wait(self, seconds: float) -> None:
        """Wait until it is rung, and no longer than so many seconds."""


class Silence:
    """No bell: whoever waits looks again by himself."""

    def is_there(self) -> bool:
        """Nothing is missing."""
        return True

    def ring(self) -> None:
        """Wake nobody."""

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


class RedisBell:
    """A channel of Redis. What is said on it is always the same word."""

    def __init__(self, url: str, channel: str) -> None:
        from redis import Redis, RedisError  # sixty modules, which an instance without Redis can do without

        self._failures = (RedisError, OSError)
        self._channel = channel
        self._redis = Redis.from_url(
            url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, health_check_interval=15, retry=None
        )
        self._heard: Any = None
        self._asked_again_at = 0.0

    def is_there(self) -> bool:
        """Ask whether Redis answers."""
        try:
            return bool(self._redis.ping())
        except self._failures:
            return False

    def ring(self) -> None:
        """Say that there is work."""
        if time.monotonic() < self._asked_again_at:
            return
        try:
            self._redis.publish(self._channel, b"work")
        except self._failures as error:
            self._rest(error)

    def wait(self, seconds: float) -> None:
        """Listen. Several calls at once are one: everything that is due is looked for."""
        until = time.monotonic() + seconds
        if time.monotonic() >= self._asked_again_at:
            try:
                self._listen(until)
                return
            except self._failures as error:
                self._heard = None
                self._rest(error)
        time.sleep(max(0.0, until - time.monotonic()))

    def _listen(self, until: float) -> None:
        if self._heard is None:
            self._heard = self._redis.pubsub(ignore_subscribe_messages=True)
            self._heard.subscribe(self._channel)
        while (left := until - time.monotonic()) > 0:
            if self._heard.get_message(timeout=left) is not None:
                while self._heard.get_message(timeout=0) is not None:
                    pass
                return

    def _rest(self, error: Exception) -> None:
        self._asked_again_at = time.monotonic() + REST
        log.warning("workers are not woken through Redis for the next %.0f s: %s", REST, type(error).__name__)


def bell() -> Bell:
    """Give the bell of this instance, the same in all its processes and on all its machines."""
    found: Bell | None = current_app.extensions.get(EXTENSION)
    if found is None:
        settings: config.Settings = current_app.config["SETTINGS"]
        found = Silence()
        if settings.queue_url:
            secret = hashlib.sha256(f"workers of {current_app.secret_key!s}".encode()).hexdigest()
            found = RedisBell(settings.queue_url, f"contest:{secret[:24]}")
        current_app.extensions[EXTENSION] = found
    return found


def call_workers() -> None:
    """Have workers woken when the transaction that asks for work is committed, and not if it is not."""
    db.session.info[WANTED] = True


@event.listens_for(db.session, "after_commit")
def _ring(session: Session) -> None:
    if session.info.pop(WANTED, False):
        bell().ring()


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(WANTED, None)
