"""A server under the supervisor of docs/deployment.md, by the very scripts that are printed there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.server import START, Server

DOCUMENT = Path(__file__).parent.parent / "docs" / "deployment.md"
PROGRAM = "/srv/contest/app/.venv/bin/contest"


def printed(file: str) -> str:
    """Give what docs/deployment.md prints as the content of a file."""
    found = re.search(rf"^`{re.escape(file)}`[^\n]*\n\n```\w*\n(.*?)^```", DOCUMENT.read_text("utf-8"), re.M | re.S)
    assert found is not None, f"docs/deployment.md does not print {file}"
    return found[1]


class SupervisedServer(Server):
    """A system that comes back by itself."""

    def start(self) -> SupervisedServer:
        """Start the supervisor, and wait until pages are served."""
        program = shutil.which("runsv")
        assert program, "runsv is missing; see CHECK_PACKAGES in the Makefile"
        self._service = self.folder / "service"
        self._write_service()
        with (self.folder / "server.log").open("ab") as log:
            words = ["setpriv", "--pdeathsig", "TERM", program, str(self._service)]  # it does not outlive the tests
            kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
            self._process = subprocess.Popen(words, stdout=log, stderr=log, env=kept)
        self._killed, self._left = time.monotonic(), 0
        self.wait_until_back(START)
        return self

    def _write_service(self) -> None:
        settings = self._service / "env"
        settings.mkdir(parents=True, exist_ok=True)
        for name, value in self.environment.items():
            if name.startswith("CONTEST_"):
                (settings / name).write_text(value, "utf-8")
        (settings / "PYTHONPATH").write_text(str(Path.cwd()), "utf-8")
        (settings / "CONTEST_INSTANCE").write_text(str(self.folder), "utf-8")
        run = (
            printed("/etc/sv/contest/run")
            .replace("-u contest:contest ", "")
            .replace("/etc/sv/contest", str(self._service))
        )
        run = run.replace(PROGRAM, f"{sys.executable} -m contest").replace("--port 8001", f"--port {self.port}")
        run = run.replace("cd /srv/contest", f"cd {self.folder}")
        for name, text in {"run": run, "finish": printed("/etc/sv/contest/finish")}.items():
            (self._service / name).write_text(text, "utf-8")
            (self._service / name).chmod(0o755)

    def processes(self) -> list[int]:
        """List the processes of the server: the first one, the web processes, the worker, and what they started."""
        group = self._group()
        return sorted(pid for pid, of in _processes().items() if of == group)

    def _group(self) -> int:
        with suppress(FileNotFoundError, ValueError):
            return int((self._service / "group").read_text())
        return 0

    def kill(self) -> None:
        """End every process at once, as a power cut would; the supervisor starts them again."""
        self._end_now(self._group(), whole=True)

    def kill_one(self, random: Random) -> None:
        """End the first process, a web process or the worker, whichever chance chooses."""
        self._end_now(random.choice(self.processes() or [self._group()]), whole=False)

    def _end_now(self, process: int, *, whole: bool) -> None:
        self._killed = time.monotonic()
        with suppress(ProcessLookupError):
            (os.killpg if whole else os.kill)(process, signal.SIGKILL)
        self._left = process if process == self._group() else 0

    def wait_until_back(self, patience: float) -> float:
        """Wait until pages are served, and give how many seconds that took from the moment of the end.

        Where the first process was ended, those that were left behind and still answer do not count.
        """
        while time.monotonic() - self._killed < patience:
            try:
                if self._left and self._left in _processes().values():
                    raise ConnectionError("the processes of before")
                self._left = 0  # looking through all processes again and again would slow the start that is timed
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=patience) as answer:  # noqa: S310 - our own server
                    if answer.status == 200:
                        return time.monotonic() - self._killed
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise RuntimeError(f"the server did not come back:\n{self.log()[-5000:]}")

    def stop(self) -> None:
        """Stop the service and its supervisor, as an operator would."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)
            self.kill()
        self._process = None


def _processes() -> dict[int, int]:
    """Give the group of each process of the machine."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                found[int(stat.parent.name)] = int(fields[2])
    return found
