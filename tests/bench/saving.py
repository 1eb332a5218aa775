"""Jurors who save and send at once, on each engine: real clients, the real server, every commit waited for.

The jurors' share of the two cores is theirs and not the server's, as in `tests.bench.showcase`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from tests import engines
from tests.jury import open_jury_room
from tests.makers.accounts import PASSWORD
from tests.proofs.jurors import JurorAtWork, Saving
from tests.server import Server

JURORS, WORKS = 50, 8
SECONDS = 30.0
Row = tuple[str, float, str, str]


class TimedJuror(JurorAtWork):
    """A juror with a watch: how long each saving took, from the click to the confirmation."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.took: list[float] = []

    def _save_draft(self, assignment: int) -> None:
        self._timed(super()._save_draft, assignment)

    def _send_sheet(self, assignment: int) -> None:
        self._timed(super()._send_sheet, assignment)

    def _timed(self, save: object, assignment: int) -> None:
        begun = time.perf_counter()
        save(assignment)  # type: ignore[operator]
        self.took.append(time.perf_counter() - begun)

    @property
    def savings(self) -> list[Saving]:
        """Everything that was confirmed."""
        return [*self.drafts, *self.sheets]


def figures(folder: Path) -> Iterator[Row]:
    """Let fifty jurors save and send for half a minute on SQLite, then on PostgreSQL."""
    for name in engines.NAMES:
        engines.choose(name, durable=True)
        try:
            yield from _on(name, folder / f"saving-{name}")
        finally:
            engines.chosen().stop()
            engines.choose(engines.NAMES[0])


def _on(name: str, folder: Path) -> Iterator[Row]:
    server = Server(folder)
    room = open_jury_room(server, jurors=JURORS, works=WORKS)
    server.start()
    jurors = [
        TimedJuror(server.port, room.slug, email, PASSWORD, work, room.maxima) for email, work in room.work.items()
    ]
    try:
        for juror in jurors:
            juror.start()
        while not all(juror.took or juror.problem for juror in jurors):
            time.sleep(0.2)  # until the last one has signed in
        before = [(len(juror.took), len(juror.sheets)) for juror in jurors]
        time.sleep(SECONDS)
        after = [(len(juror.took), len(juror.sheets)) for juror in jurors]
    finally:
        for juror in jurors:
            juror.finish()
        for juror in jurors:
            juror.join()
        server.stop()
    problems = [juror.problem for juror in jurors if juror.problem]
    if problems:
        raise RuntimeError(problems[0])
    saved, sent = (sum(new[place] - old[place] for old, new in zip(before, after, strict=True)) for place in (0, 1))
    took = [
        each
        for juror, (start, _), (end, _) in zip(jurors, before, after, strict=True)
        for each in juror.took[start:end]
    ]
    middle, slow = quantiles(took, n=100)[49] * 1000, quantiles(took, n=100)[94] * 1000
    yield (
        f"sheets_saved_rps_{name}",
        saved / SECONDS,
        "savings/s",
        f"{JURORS} jurors without pause, {sent} of {saved} savings were sheets sent; {middle:.0f} ms each, "
        f"p95 {slow:.0f}",
    )
