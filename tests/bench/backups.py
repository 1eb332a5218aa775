"""Back up and bring back a contest with all its files, each in a process of its own, and compare every byte.

    python -m tests.bench.backups

does it with 2,000 works and 5 GB of files, needs 20 GB of room while it runs, and cleans up. ``make bench`` does it
with 200 works and their own files. The exit status is 1 if anything that came back is another than it was.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import re
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
from contest.demo.timetable import Phase
from contest.upkeep.tables import lines, tables_of
from tests.bench.stage import Stage

WORKS, MEGABYTES = 2000, 5000
MEGABYTE = 1_000_000
FILES = ((0.5, 250 * MEGABYTE), (0.46, 10 * MEGABYTE), (0.04, MEGABYTE // 10))
"""Share of all bytes and size of a file: recordings, photographs, and many small ones; no compression helps."""
COPIES = 3
"""The files lie here three times: as they came, in the archive, and brought back."""
PASSPHRASE = "câu thần chú của phép đo"
LOG, HEAD = "audit_line", "audit_head"
OFTEN = 0.02  # seconds between two looks at the memory

Row = tuple[str, float, str, float | None, str]


class Run(NamedTuple):
    """What one command took."""

    seconds: float
    megabytes: float  # largest resident size of the process and of all that it started, together


def main() -> None:
    """Print the figures of the large backup."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=WORKS)
    parser.add_argument("--megabytes", type=int, default=MEGABYTES, help="of files, beside those of the works")
    options = parser.parse_args()
    folder = Path(os.environ.get("CONTEST_INSTANCE", "instance")).absolute() / "bench"
    published = folder / f"published-{options.works}"
    Stage(published, options.works, Phase.PUBLISHED)
    for name, value, unit, floor, note in figures(published, folder / "backup", megabytes=options.megabytes):
        beside = f"{floor:10.2f}" if floor is not None else " " * 10
        print(f"{name:<20}{value:>10.2f} {unit:<6}{beside}  {note}", flush=True)


def figures(published: Path, folder: Path, *, megabytes: int = 0) -> Iterator[Row]:
    """Measure a backup of a published contest and its way back.

    :param published: instance folder of the contest, which is copied
    :param folder: where everything is done, removed afterwards
    :param megabytes: of files that are added to those of the works
    """
    try:
        yield from _measured(published, folder, megabytes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(published: Path, folder: Path, megabytes: int) -> Iterator[Row]:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(published, folder / "source", ignore=shutil.ignore_patterns("metrics"))
    there = shutil.disk_usage(folder).free // MEGABYTE
    if there < (COPIES + 1) * megabytes:
        sys.exit(f"{(COPIES + 1) * megabytes} MB are needed in {folder}, and {there} MB are there.")
    out, back = folder / "out.backup", folder / "back"
    run(folder / "source", "migrate")
    source = Stage(folder / "source", 0, None)
    fill_up(source, megabytes * MEGABYTE)
    files = kept(folder / "source")
    whole = sum(file.stat().st_size for file in files.values()) / MEGABYTE
    floor = copied(folder)
    saved = run(folder / "source", "backup", str(out))
    restored = run(back, "restore", str(out))
    verified = run(back, "audit", "verify")
    (back / "ready").touch()
    rows, different = compare(source, Stage(back, 0, None))
    works = f"{len(files)} files of {whole:.0f} MB and {rows} rows, encrypted; floor: cp and fsync"
    yield "backup_mb_s", whole / saved.seconds, "MB/s", floor, f"{saved.seconds:.1f} s; {works}"
    note = f"{restored.seconds:.1f} s: read twice, written, tables and files compared, log and invariants checked"
    yield "restore_mb_s", whole / restored.seconds, "MB/s", floor, note
    yield "backup_memory", saved.megabytes, "MB", None, "largest resident size of contest backup, all its processes"
    yield (
        "restore_memory",
        restored.megabytes,
        "MB",
        None,
        "largest resident size of contest restore, all its processes",
    )
    yield "backup_size", out.stat().st_size / MEGABYTE, "MB", None, "the archive"
    yield "restore_verified", verified.seconds, "s", None, "contest audit verify of what came back: it holds"
    note = f"tables and files that are not, byte for byte, what they were: {', '.join(different) or 'same'}"
    yield "restore_different", len(different), "", None, note
    if different:
        sys.exit(f"different: {', '.join(different)}")


def fill_up(stage: Stage, size: int) -> None:
    """Put files into the store, one at a time."""
    with stage.app.app_context():
        for share, each in FILES:
            for _ in range(round(share * size / each)):
                received = storage.receive(BytesIO(os.urandom(each)), limit=each)
                with transaction():
                    storage.register(received, media_type="image/jpeg")
        db.session.remove()
        db.engine.dispose()


def copied(folder: Path) -> float:
    """Say how many megabytes a second the machine copies when nothing is looked at."""
    start = time.perf_counter()
    subprocess.run(["cp", "-r", folder / "source" / "files", folder / "copy"], check=True)
    subprocess.run(["sync", "-f", folder / "copy"], check=True)
    seconds = time.perf_counter() - start
    size = sum(file.stat().st_size for file in (folder / "copy").rglob("*") if file.is_file())
    shutil.rmtree(folder / "copy")
    return size / MEGABYTE / seconds


def run(instance: Path, *words: str) -> Run:
    """Run a command in an instance; the measuring ends if it refuses."""
    environment = {
        **os.environ,
        "CONTEST_INSTANCE": str(instance),
        "CONTEST_BASE_URL": "http://localhost",
        "CONTEST_BACKUP_PASSPHRASE": PASSPHRASE,
    }
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "contest", *words], env=environment, stdout=subprocess.DEVNULL)
    largest = 0
    while process.poll() is None:
        largest = max(largest, sum(map(most_resident, family(process.pid))))
        time.sleep(OFTEN)
    if process.returncode:
        sys.exit(f"contest {' '.join(words)}: status {process.returncode}")
    return Run(time.perf_counter() - start, largest / 1024)


def family(process: int) -> Iterator[int]:
    """Name a process and everything that it started, as far as it runs."""
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return
    for child in children.split():
        yield from family(int(child))


def most_resident(process: int) -> int:
    """Say how many KiB of a process have lain in memory at most; none once it has ended.

    What ``wait4`` says instead begins with the process from which it was started, which is this one.
    """
    try:
        told = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) if found else 0


def compare(source: Stage, back: Stage) -> tuple[int, list[str]]:
    """Compare all rows and all files of two instances, byte by byte.

    Of the log everything that was there must be there, but for the line that tells of the backup itself.

    :return: number of rows that were compared, and what is different
    """
    before, after = written(source), written(back)
    lacking, invented = before[LOG] - after.pop(LOG), after.pop(HEAD) - before.pop(HEAD)
    different = [f"{len(lacking)} lines of {LOG}"] if len(lacking) != 1 else []
    different += [f"{len(invented)} chains of {HEAD}"] if len(invented) > 1 else []
    rows = sum(map(len, before.values()))
    del before[LOG]
    different += [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    ours, theirs = (kept(Path(stage.app.instance_path)) for stage in (source, back))
    for name in sorted(ours.keys() | theirs.keys()):
        if name not in ours or name not in theirs or not filecmp.cmp(ours[name], theirs[name], shallow=False):
            different.append(name)
    return rows, different


def written(stage: Stage) -> dict[str, set[bytes]]:
    """Hash every row as a backup writes it, table by table."""
    with stage.app.app_context(), db.engine.connect() as connection:
        return {
            name: {sha256(line).digest() for line in lines(connection, table)}
            for name, table in tables_of(connection).items()
        }


def kept(instance: Path) -> dict[str, Path]:
    """Find every file of an instance by its name."""
    return {file.name: file for file in (instance / "files").glob("??/??/*")}


if __name__ == "__main__":
    main()
