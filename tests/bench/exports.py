"""How fast tables and archives are written, and that they hold no more in memory when they grow."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NOW = datetime(2025, 9, 12, 2, 30, tzinfo=UTC)
ROWS = 20_000
PART = 64 * 2**20
PARTS = 16

Row = tuple[str, float, str, str]


def measured() -> Iterator[Row]:
    """Give name, value, unit and note of each figure."""
    for kind in ("xlsx", "csv", "json"):
        seconds, grown = in_a_child(_table, kind)
        yield f"table_{kind}_20000", seconds, "s", f"{ROWS:,} rows of 8 cells; {grown:.0f} MB more in memory"
    seconds, grown = in_a_child(_archive, "")
    speed = PART * PARTS / 2**20 / seconds
    yield "dossiers_zip_mb_s", speed, "MB/s", f"1 GB in {PARTS} files, hashes checked; {grown:.0f} MB more in memory"


def in_a_child(act: Callable[[str], float], argument: str) -> tuple[float, float]:
    """Do something in a process of its own.

    :return: seconds, and megabytes by which its largest resident size grew
    """
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_report, args=(act, argument, theirs))
    child.start()
    found: tuple[float, float] = ours.recv()
    child.join()
    return found


def _report(act: Callable[[str], float], argument: str, pipe: Any) -> None:
    from contest import create_app  # noqa: F401 - what is imported does not count

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = act(argument)
    pipe.send((seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024))


def _table(kind: str) -> float:
    from flask import Flask
    from flask_babel import Babel

    from contest.web import tables

    columns = [
        *(tables.text(name, name.title(), lambda row, name=name: f"{name} {row}") for name in ("code", "title", "who")),
        *(tables.number(name, name.title(), lambda row: row) for name in ("blocks", "warns")),
        tables.points("mark", "Mark", lambda row: row % 10_000),
        *(tables.moment(name, name.title(), lambda row: NOW) for name in ("sent", "until")),
    ]
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context(), tempfile.TemporaryFile() as target:
        start = time.perf_counter()
        tables.FORMATS[kind][1](tables.Table("t", "T", columns, range(ROWS)), target, now=NOW)
        return time.perf_counter() - start


def _archive(_argument: str) -> float:
    from contest import create_app
    from contest.config import Settings
    from contest.storage.archives import serve_archive
    from contest.storage.files import path

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder), base_url="http://localhost", secret_key="k" * 64, second_factor="off"
        )
        app = create_app(settings, TESTING=True)
        with app.test_request_context():
            content = io.BytesIO(os.urandom(2**20)).getvalue() * (PART // 2**20)
            digest = hashlib.sha256(content).hexdigest()
            path(digest).parent.mkdir(parents=True, exist_ok=True)
            path(digest).write_bytes(content)
            del content
            names = {f"BI-{number:04} Vườn quế/01 Bài/bai.pdf": (digest, PART) for number in range(PARTS)}
            answer = serve_archive("a.zip", {}, names)
            start = time.perf_counter()
            size = sum(map(len, answer.iter_encoded()))
            assert size == answer.content_length
            return time.perf_counter() - start
