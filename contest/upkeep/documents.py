"""Figures for Prometheus: what the web processes count together, and how the machine is at this moment.

Several processes count into files of one folder (`contest serve` names it in ``PROMETHEUS_MULTIPROC_DIR`` before they
start), and whichever is asked adds them up. No figure names a person, a work or a mark.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Flask, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from contest import clock
from contest.database import db
from contest.jobs.models import Job, JobState
from contest.mail.models import Letter, LetterState
from contest.operations.queries import known_damaged
from contest.upkeep import queries
from contest.upkeep.models import Pulse

CONTENT_TYPE = CONTENT_TYPE_LATEST
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
REGISTRY = CollectorRegistry()
REQUESTS = Counter("contest_requests", "Requests answered", ["endpoint", "method", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "contest_request_seconds",
    "Time an answer took",
    ["room"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60),
    registry=REGISTRY,
)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Count every answer."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(endpoint, method, f"{response.status_code // 100}xx").inc()
        SECONDS.labels(endpoint.partition(".")[0]).observe(time.perf_counter() - g.get("began", time.perf_counter()))
        return response


def written(now: datetime) -> bytes:
    """Write all figures in the form of Prometheus."""
    registry = CollectorRegistry()
    if FOLDER in os.environ:
        MultiProcessCollector(registry)
    counted = generate_latest(registry if FOLDER in os.environ else REGISTRY)
    machine = CollectorRegistry()
    machine.register(_Machine(now))
    return counted + generate_latest(machine)


class _Machine:
    """How the machine is, looked at when asked."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[Metric]:
        """Give each figure."""
        yield _by("contest_jobs", "Pieces of background work", "state", _count(Job.state, JobState))
        yield _by("contest_letters", "Letters in the outbox", "state", _count(Letter.state, LetterState))
        seen = db.session.scalar(select(func.max(Pulse.seen_at)))
        if seen is not None:
            yield _one("contest_worker_seen_seconds", "Seconds since a worker was seen", self.now - seen)
        last = queries.newest_backup()
        if last is not None and last.finished_at is not None:
            yield _one("contest_backup_age_seconds", "Seconds since the newest backup", self.now - last.finished_at)
            yield GaugeMetricFamily("contest_backup_bytes", "Size of the newest backup", value=last.result["size"])
        yield GaugeMetricFamily("contest_disk_free_bytes", "Room on the disk", value=queries.free_room())
        yield GaugeMetricFamily("contest_files_damaged", "Files missing or altered", value=len(known_damaged()))
        yield _one("contest_clock_set_back_seconds", "How far the clock was set back", clock.of_instance().set_back())
        faults = [state.code for state in queries.states(self.now) if state.is_well is False]
        yield _by("contest_faults", "Lines of the status page that are red", "line", dict.fromkeys(faults, 1))


def _one(name: str, about: str, time_passed: object) -> Metric:
    return GaugeMetricFamily(name, about, value=time_passed.total_seconds())  # type: ignore[attr-defined]


def _by(name: str, about: str, label: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, about, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family


def _count(column: Any, states: Iterable[JobState | LetterState]) -> dict[str, int]:
    found: dict[Any, int] = {}
    for state, count in db.session.execute(select(column, func.count()).group_by(column)):
        found[state] = count
    return {str(state): found.get(state, 0) for state in states}
