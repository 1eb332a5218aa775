"""A virus scanner of the tests' own: clamd with one signature, behind a socket in a folder."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from contest.storage.scanning import Scanner

VIRUS = b"CHUOI-THU-VI-RUT-CUA-BAN-TO-CHUC"
NAME = "Thu.VirusThu"
LONGEST = 1_000_000  # bytes that it looks at

SETTINGS = """
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength 1M
MaxThreads 2
"""


class Clamd:
    """One scanner, started and stopped by a test."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="clamd-"))
        self.url = f"unix://{self.folder}/clamd.sock"
        self._process: subprocess.Popen[bytes] | None = None
        (self.folder / "signatures").mkdir()
        (self.folder / "signatures" / "thu.ndb").write_text(f"{NAME}:0:*:{VIRUS.hex()}\n")
        (self.folder / "clamd.conf").write_text(SETTINGS.format(folder=self.folder))

    def start(self) -> Clamd:
        """Start, and wait until it answers."""
        program = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
        assert program, "clamd is missing; see CHECK_PACKAGES in the Makefile"
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, "--config-file", str(self.folder / "clamd.conf")], stdout=log, stderr=log
            )
        for _ in range(600):
            if Scanner(self.url).is_there():
                return self
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text("utf-8", "replace"))

    def stop(self) -> None:
        """Stop, so that nobody answers."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None
        (self.folder / "clamd.sock").unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop for good."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
