"""The web processes and the worker beside them.

Processes share the pages; threads are there for bodies that arrive slowly (``docs/decisions/0003-server.md`` has the
measurements). The application is made once: web processes are forked off it, so they serve as soon as they are there
and share its memory.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from contest.web import logs

log = logging.getLogger(__name__)

# A body that arrives slowly holds a thread while it arrives; idle threads cost nothing. Ordinary pages are never
# served by more threads at once than there are requests waiting.
THREADS = 64
BACKLOG = 2048

# A page makes tens of thousands of objects that die with it: looking for cycles at every 700 costs a twentieth of it.
COLLECT_AFTER = (30_000, 20, 50)

TELL_WHEN_PARENT_ENDS = 1
"""``PR_SET_PDEATHSIG`` of Linux, see ``prctl(2)``."""


class Companion:
    """A worker process beside the web processes: started again when it ends, ended when they end."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the worker and keep it running.

        The first is started before any web process is forked off, which would hold open what is opened for a moment.
        """
        self._process = self._begin()
        self._thread.start()

    @staticmethod
    def _begin() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "contest", "worker", "--parent", str(os.getpid())]
        return subprocess.Popen(command)  # noqa: S603 - our own program, no foreign words

    def _keep(self) -> None:
        while True:
            self._process.wait()
            if self._stopping.is_set():
                return
            log.warning("the worker ended with status %s and is started again", self._process.returncode)
            if self._stopping.wait(1):
                return
            self._process = self._begin()

    def stop(self) -> None:
        """End the worker; what it was doing is picked up by the next one."""
        self._stopping.set()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()


def load_demo() -> None:
    """Load the demo in a process of its own: drawing and storing start threads, which do not outlive a fork."""
    done = subprocess.run([sys.executable, "-m", "contest", "demo"], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def end_when_told(parent: int) -> None:
    """Let a process that has just been forked off end at once when it is told to, and be told when its parent is gone.

    Until it serves it would have the handler of its parent, which only notes the signal: one that is told to end in its
    first tenth of a second would go on, and its parent would wait for it without end. One whose parent was killed would
    hold the port against whatever is started next; where the system is not Linux, that is left to the supervisor.

    :param parent: the first process; what others fork off is theirs to end
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux" and os.getppid() == parent:  # not for what a web process forks off, thread by thread
        ctypes.CDLL(None).prctl(TELL_WHEN_PARENT_ENDS, signal.SIGTERM)


def serve(app: Flask, host: str, port: int, *, workers: int, worker: bool) -> None:
    """Serve until told to stop.

    :param app: with no connection open and no thread started, which a fork would not bring along
    :param workers: web processes
    :param worker: whether a background worker runs beside them
    """
    logs.configure()
    gc.set_threshold(*COLLECT_AFTER)
    multiprocessing.set_start_method("fork", force=True)
    os.register_at_fork(after_in_child=partial(end_when_told, os.getpid()))
    companion = Companion() if worker else None
    server = Granian(
        target=app.import_name,
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
        server.serve(target_loader=lambda: app, wrap_loader=False)
    finally:
        if companion is not None:
            companion.stop()
