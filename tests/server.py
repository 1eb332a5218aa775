"""A real server as a user starts it: web processes, a worker beside, an instance folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from contest import create_app
from contest.clock import Clock
from contest.config import load
from tests import engines, stores
from tests.postbox import free_port

START = 60  # seconds a start may take on a busy machine


class Server:
    """One running system."""

    def __init__(self, folder: Path, *, smtp_url: str = "", settings: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = {
            **os.environ,
            "CONTEST_INSTANCE": str(folder),
            "CONTEST_BASE_URL": self.url,
            "CONTEST_SMTP_URL": smtp_url,
            "CONTEST_SECOND_FACTOR": "off",
            "CONTEST_PROOF_MINUTES": str(engines.A_YEAR),
            "CONTEST_DATABASE_URL": engines.chosen().address(folder),
            "CONTEST_STORAGE_URL": stores.address(),
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def command(self, *words: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a shell command of the system in this instance."""
        return subprocess.run(
            [sys.executable, "-m", "contest", *words],
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )

    def application(self) -> Flask:
        """Make the application that it runs, to write and to look at its rows from here."""
        places = {name: self.environment[f"CONTEST_{name.upper()}"] for name in ("database_url", "storage_url")}
        return create_app(load(instance=self.folder, base_url=self.url, **places))

    def set_clock(self, moment: datetime) -> None:
        """Make it this moment in the instance; it becomes a demo instance by that."""
        Clock(self.folder).set_offset(moment - datetime.now(UTC))

    def start(self) -> Server:
        """Start, and wait until pages are served."""
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "contest", "serve", "--port", str(self.port), "--migrate"],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:  # noqa: S310 - our own server
                    if answer.status == 200:
                        return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise RuntimeError(f"the server did not start:\n{self.log()}")

    @property
    def pid(self) -> int:
        """The first process."""
        assert self._process is not None, "it is not started"
        return self._process.pid

    def log(self) -> str:
        """What the server has printed."""
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End as an operator would."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)
        self._process = None
