"""How long somebody waits for the list of commands, and for the first page of a server.

CONTEST_INSTANCE=… python -m tests.bench.starting
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.postbox import free_port

TIMES = 5
PATIENCE = 60  # seconds

Row = tuple[str, float, str, str]


def figures(folder: Path) -> Iterator[Row]:
    """Start both several times, each in a process of its own.

    :param folder: instance with a contest in it
    """
    for name, start in (("help", _help), ("serve_healthz", _serve)):
        took = sorted(start(folder) for _ in range(TIMES))
        note = f"median of {TIMES}, {took[0]:.2f} to {took[-1]:.2f}; load of the machine {os.getloadavg()[0]:.1f}"
        yield f"start_{name}", median(took), "s", note


def _help(folder: Path) -> float:
    def act() -> None:
        command = [sys.executable, "-m", "contest", "--help"]
        subprocess.run(command, env=os.environ | {"CONTEST_INSTANCE": str(folder)}, capture_output=True, check=True)

    return _timed(act)


def _serve(folder: Path) -> float:
    port = free_port()
    command = [sys.executable, "-m", "contest", "serve", "--port", str(port)]
    settings = {"CONTEST_INSTANCE": str(folder), "CONTEST_BASE_URL": f"http://localhost:{port}"}
    with (folder / "starting.log").open("ab") as log:
        start = time.perf_counter()
        server = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
    try:
        return _timed(lambda: _wait(f"http://127.0.0.1:{port}/healthz"), start)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def _timed(act: Callable[[], None], start: float | None = None) -> float:
    start = time.perf_counter() if start is None else start
    act()
    return time.perf_counter() - start


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError("the server did not start")


def main() -> None:
    """Print the two figures of the instance of the environment."""
    for name, value, unit, note in figures(Path(os.environ.get("CONTEST_INSTANCE", "instance")).absolute()):
        print(f"{name:<28}{value:>10.2f} {unit:<10}{note}")


if __name__ == "__main__":
    main()
