"""The web processes and the worker beside them.

Processes share the pages; threads are there for bodies that arrive slowly (``docs/decisions/0003-server.md`` has the
measurements).
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from contest.web import logs

log = logging.getLogger(__name__)

# A body that arrives slowly holds a thread while it arrives; idle threads cost nothing. Ordinary pages are never
# served by more threads at once than there are requests waiting.
THREADS = 64
BACKLOG = 2048


class Companion:
    """A worker process beside the web processes: started again when it ends, ended when they end."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the worker and keep it running."""
        self._thread.start()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            command = [sys.executable, "-m", "contest", "worker", "--parent", str(os.getpid())]
            self._process = subprocess.Popen(command)  # noqa: S603 - our own program, no foreign words
            self._process.wait()
            if not self._stopping.is_set():
                log.warning("the worker ended with status %s and is started again", self._process.returncode)
                time.sleep(1)

    def stop(self) -> None:
        """End the worker; what it was doing is picked up by the next one."""
        self._stopping.set()
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()


def serve(host: str, port: int, *, workers: int, worker: bool) -> None:
    """Serve until told to stop.

    :param workers: web processes
    :param worker: whether a background worker runs beside them
    """
    logs.configure()
    companion = Companion() if worker else None
    server = Granian(
        target="contest.operations.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        working_dir=Path.cwd(),
    )
    if companion is not None:
        companion.start()
    try:
        server.serve()
    finally:
        if companion is not None:
            companion.stop()
