"""Where the tests keep files: folders, or buckets of a server started for them (``pytest --storage=s3``)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

import obstore
import pytest
from flask import Flask

from contest.storage import files
from contest.storage.bucket import Bucket
from contest.storage.places import Place, key_of
from tests.postbox import free_port

NAMES = ("folder", "s3")
KEY, SECRET = "khoa-cua-kho", "bi-mat-cua-kho"
LONG_AGO = 86_400.0


class S3Server:
    """A server that speaks S3, on a free port and in memory; each bucket is a store of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> S3Server:
        """Start unless it runs, and wait until it answers."""
        if self._process is not None:
            return self
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/moto-api/", timeout=2).close()
                return self
            time.sleep(0.05)
        raise RuntimeError("the S3 server did not start")

    def bucket(self) -> str:
        """Make an empty bucket, and give the address of a store in it."""
        name = f"kho-{token_hex(6)}"
        wanted = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{name}",
            method="PUT",
            headers={"Authorization": f"AWS4-HMAC-SHA256 Credential={KEY}/20250101/us-east-1/s3/aws4_request"},
        )
        urllib.request.urlopen(wanted, timeout=10).close()  # noqa: S310 - the same
        return f"s3+http://{KEY}:{SECRET}@127.0.0.1:{self.port}/{name}/tep?region=us-east-1"

    def stop(self) -> None:
        """Stop for good, as if its machine had lost its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None


_server = S3Server()
_name = NAMES[0]


def choose(name: str) -> None:
    """Say where all tests keep their files."""
    global _name
    _name = name


def server() -> S3Server:
    """Give the server of these tests, started when it is first wanted."""
    return _server.start()


def stop() -> None:
    """End the server, where there is one."""
    _server.stop()


def address() -> str:
    """Give the setting ``CONTEST_STORAGE_URL`` of a new instance."""
    return server().bucket() if _name == "s3" else ""


def clear(app: Flask) -> None:
    """Let go of what a test has kept in a bucket; a folder goes with its instance."""
    place = app.extensions.get(files.EXTENSION)
    if isinstance(place, Bucket):
        for kept in list(place.kept()):
            place.remove(kept.sha256)


def alter(sha256: str, content: bytes) -> None:
    """Put other bytes in the place of a kept file, behind the back of the application."""
    place = files.place()
    if isinstance(place, Bucket):
        obstore.put(place._store, key_of(sha256), content)
        place.copies.drop(sha256)
    else:
        place.at_hand(sha256).write_bytes(content)


def lose(sha256: str) -> bytes:
    """Take a kept file away, behind the back of the application.

    :return: its bytes, for `alter` to bring it back
    """
    content = b"".join(files.read(sha256))
    files.remove(sha256)
    return content


def age(sha256: str) -> None:
    """Let a kept file have come long ago."""
    place: Place = files.place()
    if isinstance(place, Bucket):
        pytest.skip("the server dates what it keeps by its own clock")
    then = time.time() - LONG_AGO
    os.utime(place.at_hand(sha256), (then, then))


def at(app: Flask, url: str) -> Place:
    """Let an application keep its files at another address from now on."""
    with app.app_context():
        app.extensions[files.EXTENSION] = files.place_at(url)
        return files.place()


def folder_of(app: Flask) -> Path:
    """Where an application keeps what is on this machine."""
    return Path(app.instance_path) / "files"
