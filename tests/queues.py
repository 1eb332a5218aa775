"""A Redis of its own, behind a socket in a folder."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from redis import Redis, RedisError


class RedisServer:
    """One running Redis, which keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> RedisServer:
        """Start, and wait until it answers."""
        program = shutil.which("redis-server")
        assert program, "redis-server is missing; see CHECK_PACKAGES in the Makefile"
        words = [program, "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        for _ in range(200):
            with suppress(RedisError):
                if Redis.from_url(self.url).ping():
                    return self
            time.sleep(0.02)
        raise RuntimeError("redis-server did not start")

    def stop(self) -> None:
        """Stop for good, as if its machine had lost its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None
