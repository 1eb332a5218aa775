"""The minute of the announcement: a real server as it is served, and readers on the same machine asking at once.

The readers' share of the two cores is measured and said: it is not the server's, and a server alone would do more.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tests.postbox import free_port

READERS = 2
"""Processes that ask."""

OPEN = 8
"""Requests that each has under way."""

SECONDS = 6.0
WORKERS = 2
START = 60


class Rush(NamedTuple):
    """What a rush came to.

    :ivar rate: answers a second
    :ivar client: processor seconds of the readers in each second
    :ivar each: processor milliseconds of the server for each answer, which other work on the machine changes little
    """

    rate: float
    client: float
    each: float
    kilobytes: float


def rush(folder: Path, paths: dict[str, str]) -> dict[str, Rush]:
    """Serve an instance with two processes and let readers ask for each address as fast as they can."""
    with serving(folder) as (port, group):
        return {name: _rush(port, group, path) for name, path in paths.items()}


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int]]:
    """Run the server on an instance, without the worker, whose work is not a page.

    :return: the port, and the group of its processes
    """
    port = free_port()
    command = [sys.executable, "-m", "contest", "serve", "--port", str(port), "--workers", str(WORKERS), "--no-worker"]
    settings = {"CONTEST_INSTANCE": str(folder), "CONTEST_BASE_URL": f"http://localhost:{port}"}
    with (folder / "rush.log").open("ab") as log:
        server = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(port)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            answer = _answer(_opened(port), _request("/healthz"))
        except OSError:
            time.sleep(0.2)
        else:
            if answer[0] == b"200":
                return
    raise RuntimeError("the server did not start")


def _rush(port: int, group: int, path: str) -> Rush:
    _read(port, path, 1.0)  # each process makes the page once
    with ProcessPoolExecutor(READERS, get_context("spawn")) as readers:
        for started in [readers.submit(_read, port, path, 0.1) for _ in range(READERS)]:
            started.result()
        before = _spent(group)
        found = [each.result() for each in [readers.submit(_read, port, path, SECONDS) for _ in range(READERS)]]
        spent = _spent(group) - before
    asked = sum(count for count, *_ in found)
    return Rush(
        asked / SECONDS,
        sum(own for _, own, _ in found) / SECONDS,
        spent / asked * 1000,
        sum(size for *_, size in found) / asked / 1024,
    )


def _spent(group: int) -> float:
    """Processor seconds that the processes of a group have had, as the kernel counts them."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += (int(fields[11]) + int(fields[12])) if int(fields[2]) == group else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _read(port: int, path: str, seconds: float) -> tuple[int, float, int]:
    """Ask for an address on several connections for some time.

    :return: number of answers, processor seconds spent here, bytes received
    """
    connections = [_opened(port) for _ in range(OPEN)]
    asked = _request(path)
    began, deadline = time.process_time(), time.monotonic() + seconds
    count = size = 0
    for connection in connections:
        connection.sendall(asked)
    while time.monotonic() < deadline:
        for connection in connections:
            status, length = _received(connection)
            if status != b"200":
                raise RuntimeError(f"{path} answered {status.decode()}")
            count, size = count + 1, size + length
            connection.sendall(asked)
    spent = time.process_time() - began
    for connection in connections:
        connection.close()
    return count, spent, size


def _opened(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), 30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _request(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def _answer(connection: socket.socket, asked: bytes) -> tuple[bytes, int]:
    with connection:
        connection.sendall(asked)
        return _received(connection)


def _received(connection: socket.socket) -> tuple[bytes, int]:
    """Read one answer; it says its length, because every page of ours does."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        got += part
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    held = len(body)
    while held < length:
        held += len(connection.recv(65536))
    return head.split(b" ", 2)[1], length
