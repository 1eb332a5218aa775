"""Back up and bring back a contest with all its files, each in a process of its own, and compare every byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from contest import storage
from contest.database import db, transaction
from contest.upkeep.tables import Fingerprint, fingerprint, lines, tables_of
from tests.bench.stage import Stage

SIZE = 5_000_000_000
EACH = 10_000_000
"""Bytes of all files, and of one: what no compression makes smaller, as photographs and recordings are."""
ROOM = 4
"""The files lie here four times: as they came, in the archive, brought back, and while they are written."""
PASSPHRASE = "câu thần chú của phép đo"
LOGGED = {"audit_line", "audit_head"}


class Run(NamedTuple):
    """What one command took."""

    seconds: float
    megabytes: float  # largest resident size


def figures(published: Path, folder: Path) -> Iterator[tuple[str, float, str, float | None, str]]:
    """Measure a backup of a published contest and its way back.

    :param published: instance folder of the contest, which is copied
    :param folder: where everything is done, removed afterwards
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(published, folder / "source", ignore=shutil.ignore_patterns("metrics"))
    size = min(SIZE, shutil.disk_usage(folder).free // (ROOM + 1) // EACH * EACH)
    source = Stage(folder / "source", 0, None)
    fill_up(source, size)
    whole = sum(file.stat().st_size for file in (folder / "source" / "files").glob("??/??/*")) / 1_000_000
    floor = copied(folder)
    out, back = folder / "out.backup", folder / "back"
    saved = run(folder / "source", "backup", str(out))
    restored = run(back, "restore", str(out))
    rows = compare(source, Stage(back, 0, None), folder)
    shutil.rmtree(folder)
    scaled = "" if size == SIZE else f"; scaled down to {size / 1e9:.1f} GB, the disk has no more room"
    about = f"{whole:.0f} MB of files and {rows} rows, encrypted; floor: cp and fsync{scaled}"
    yield "backup_mb_s", whole / saved.seconds, "MB/s", floor, f"{saved.seconds:.1f} s; {about}"
    yield (
        "restore_mb_s",
        whole / restored.seconds,
        "MB/s",
        floor,
        f"{restored.seconds:.1f} s: read twice, written, every table and file compared, log and invariants checked",
    )
    yield "backup_memory", saved.megabytes, "MB", None, "largest resident size of contest backup"
    yield "restore_memory", restored.megabytes, "MB", None, "largest resident size of contest restore"


def fill_up(stage: Stage, size: int) -> None:
    """Put files into the store, a few at a time."""
    with stage.app.app_context():
        for _ in range(size // EACH):
            received = storage.receive(BytesIO(os.urandom(EACH)), limit=EACH)
            with transaction():
                storage.register(received, media_type="image/jpeg")
        db.session.remove()
        db.engine.dispose()


def copied(folder: Path) -> float:
    """Say how fast the machine copies the files when nothing is looked at."""
    start = time.perf_counter()
    subprocess.run(["cp", "-r", folder / "source" / "files", folder / "copy"], check=True)
    subprocess.run(["sync", "-f", folder / "copy"], check=True)
    seconds = time.perf_counter() - start
    size = sum(file.stat().st_size for file in (folder / "copy").rglob("*") if file.is_file())
    shutil.rmtree(folder / "copy")
    return size / 1_000_000 / seconds


def run(instance: Path, *words: str) -> Run:
    """Run a command in an instance."""
    environment = {
        **os.environ,
        "CONTEST_INSTANCE": str(instance),
        "CONTEST_BASE_URL": "http://localhost",
        "CONTEST_BACKUP_PASSPHRASE": PASSPHRASE,
    }
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "contest", *words], env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return Run(time.perf_counter() - start, used.ru_maxrss / 1024)


def compare(source: Stage, back: Stage, folder: Path) -> int:
    """Compare all tables and all files of two instances.

    :return: number of rows that were compared
    """
    before, after = fingerprints(source), fingerprints(back)
    assert {name: before[name] for name in before.keys() - LOGGED} == {
        name: after[name] for name in after.keys() - LOGGED
    }
    assert hashes(folder / "source") == hashes(folder / "back")
    return sum(table.rows for table in after.values())


def fingerprints(stage: Stage) -> dict[str, Fingerprint]:
    """Hash every table."""
    with stage.app.app_context(), db.engine.connect() as connection:
        return {name: fingerprint(lines(connection, table)) for name, table in tables_of(connection).items()}


def hashes(instance: Path) -> dict[str, str]:
    """Hash every file."""
    found = {}
    for file in (instance / "files").glob("??/??/*"):
        with file.open("rb") as content:
            digest = sha256()
            while chunk := content.read(1 << 20):
                digest.update(chunk)
        found[file.name] = digest.hexdigest()
    return found
