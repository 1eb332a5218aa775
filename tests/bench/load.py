"""The minute of the announcement and the last evening of a round at once, on each engine.

A thousand readers open the results and the pages of works, each every few seconds; fifty jurors save and send, each
with a watch and a log of what was confirmed; the server is the one that users start, and every commit waits for the
disk. All of them share the two cores.

    python -m tests.bench.load --engine postgresql --minutes 5
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import NamedTuple

from contest.clock import ZONE
from contest.database import db
from contest.demo.commands import load
from contest.demo.timetable import Phase
from contest.regulations.queries import current_contest
from tests import engines
from tests.bench.saving import TimedJuror
from tests.jury import Room, open_jury_room
from tests.makers.accounts import PASSWORD
from tests.proofs.comparing import check_nothing_is_lost_or_doubled
from tests.server import Server

JURORS, WORKS, READERS = 50, 8, 1000
PUBLISHED = 60
"""Works of the contest whose results are announced."""

PAUSE = (1.0, 3.0)
"""Seconds that a juror types before something is saved."""

READING = 8.0
"""Seconds that a reader stays on a page, in the mean."""

ARRIVING = 5.0
"""Seconds within which all readers come."""

A_YEAR_LATER = tuple((f"2025-{month}-", f"2026-{month}-") for month in ("08", "09", "10"))
DURING = datetime(2026, 8, 28, 9, tzinfo=ZONE)
"""When one contest is published long since, and the round of another is open."""

Row = tuple[str, float, str, str]


class PacedJuror(TimedJuror):
    """A juror who types before saving."""

    def _timed(self, save: object, assignment: int) -> None:
        self._stopping.wait(self._random.uniform(*PAUSE))
        super()._timed(save, assignment)


class Read(NamedTuple):
    """What readers met with: seconds of each answer, and what was no answer."""

    took: list[float]
    errors: list[str]


def figures(folder: Path, *, minutes: float, names: Sequence[str] = engines.NAMES) -> Iterator[Row]:
    """Let readers and jurors come on each engine."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 16_384)), hard))
    for name in names:
        engines.choose(name, durable=True)
        try:
            yield from _on(name, folder / f"load-{name}", minutes)
        finally:
            engines.chosen().stop()
            engines.choose(engines.NAMES[0])


def _on(name: str, folder: Path, minutes: float) -> Iterator[Row]:
    server = Server(folder)
    paths, room = _prepared(server)
    server.start()
    jurors = [
        PacedJuror(server.port, room.slug, email, PASSWORD, work, room.maxima) for email, work in room.work.items()
    ]
    with ProcessPoolExecutor(1, get_context("spawn")) as outside:
        outside.submit(os.getpid).result()
        for juror in jurors:
            juror.start()
        try:
            while not all(juror.took or juror.problem for juror in jurors):
                jurors[0]._stopping.wait(0.2)  # until the last one has signed in
            before = [len(juror.took) for juror in jurors]
            found = outside.submit(read, server.port, paths, READERS, minutes * 60).result()
            took = [each for juror, start in zip(jurors, before, strict=True) for each in juror.took[start:]]
        finally:
            for juror in jurors:
                juror.finish()
            for juror in jurors:
                juror.join()
            server.stop()
    check_nothing_is_lost_or_doubled(jurors, room)
    asked_again = sum(juror.interruptions for juror in jurors)
    sheets = sum(len(juror.sheets) for juror in jurors)
    said = f"{JURORS} jurors, one saving each {sum(PAUSE) / 2:.0f} s, and {READERS} readers for {minutes:g} min"
    yield f"load_saving_p95_{name}", _slow(took), "ms", f"{said}; {len(took)} savings, the slowest {max(took):.2f} s"
    rate = len(found.took) / minutes / 60
    yield f"load_reading_p95_{name}", _slow(found.took), "ms", f"{rate:.0f} answers/s, slowest {max(found.took):.2f} s"
    why = f"; {found.errors[0]}" if found.errors else ""
    yield f"load_errors_{name}", len(found.errors) + asked_again, "errors", f"of readers and jurors{why}"
    yield f"load_sheets_lost_{name}", 0, "sheets", f"of {sheets} confirmed, each found in the rows and in the log"


def _slow(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[18] * 1000


def _prepared(server: Server) -> tuple[list[str], Room]:
    """Make a contest whose results are out, and another one whose jurors sit."""
    assert server.command("migrate").returncode == 0
    app = server.application()
    with app.app_context():
        load(Phase.PUBLISHED, PUBLISHED, 2025)
        slug = current_contest().slug
        db.session.remove()
    codes = [work["code"] for work in app.test_client().get(f"/{slug}/ket-qua.json").json["works"]]
    room = open_jury_room(server, jurors=JURORS, works=WORKS, now=DURING, replacements=A_YEAR_LATER)
    return [f"/{slug}/ket-qua", *(f"/{slug}/ket-qua/{code}" for code in codes[:20])], room


def read(port: int, paths: Sequence[str], readers: int, seconds: float) -> Read:
    """Let readers come and read for some time, each over a connection of its own."""
    return asyncio.run(_read(port, paths, readers, seconds))


async def _read(port: int, paths: Sequence[str], readers: int, seconds: float) -> Read:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 16_384)), hard))
    found = Read([], [])
    end = asyncio.get_running_loop().time() + seconds
    await asyncio.gather(*(_reader(port, paths, Random(number), end, found) for number in range(readers)))
    return found


async def _reader(port: int, paths: Sequence[str], random: Random, end: float, found: Read) -> None:
    """Open the results first, then one page after the other."""
    clock = asyncio.get_running_loop().time
    await asyncio.sleep(random.uniform(0, ARRIVING))
    path, streams = paths[0], None
    while clock() < end:
        began = clock()
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", port)
            status = await _answer(*streams, path)
            found.took.append(clock() - began)
            if status != 200:
                found.errors.append(f"{path} answered {status}")
        except (OSError, EOFError, asyncio.IncompleteReadError) as error:
            found.errors.append(f"{path}: {error!r}")
            streams = None
        path = random.choice(paths)
        await asyncio.sleep(max(0.0, min(random.expovariate(1 / READING), 20.0, end - clock())))
    if streams is not None:
        streams[1].close()


async def _answer(incoming: asyncio.StreamReader, out: asyncio.StreamWriter, path: str) -> int:
    out.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await incoming.readuntil(b"\r\n\r\n")).lower()
    await incoming.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
    return int(head.split(b" ", 2)[1])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=engines.NAMES, nargs="+", default=engines.NAMES)
    parser.add_argument("--minutes", type=float, default=5.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="contest-load-") as place:
        for name, value, unit, note in figures(Path(place), minutes=options.minutes, names=options.engine):
            print(f"{name:<32}{value:>10.1f} {unit:<8}{note}", flush=True)


if __name__ == "__main__":
    main()
