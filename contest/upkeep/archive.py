"""The form of a backup: a tar file, under a passphrase or not, whose last part says what must be in it.

| part | what it is |
|---|---|
| ``head.json`` | who made it, when, the step of the rows, whether it is encrypted |
| ``rows/<table>/<n>.jsonl.gz`` | the rows of a table, see `tables` |
| ``files/<sha256>`` | a file of the store |
| ``keys/<name>`` | a key of the instance, only if asked for |
| ``manifest.json`` | count and hash of every table, every file, every key: without it the backup is not whole |

Both ways it is read and written from start to end, a piece at a time.
"""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from contest.upkeep.envelope import OpeningReader, SealingWriter, is_sealed
from contest.upkeep.refusals import BackupAltered, BackupIncomplete, NoBackup, PassphraseMissing
from contest.upkeep.tables import Fingerprint

FORMAT = 1
BLOCK = 1 << 20
HEAD, MANIFEST = "head.json", "manifest.json"
PART = re.compile(r"(?P<kind>rows|files|keys)/(?P<name>[A-Za-z0-9_.-]{1,100})(?:/(?P<number>\d{5}))?(?:\.jsonl\.gz)?")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*\.(key|p12|pem)")
MOST = 64 << 20  # bytes of a part that is read whole


def is_key(name: str) -> bool:
    """Say whether a file of the instance folder is a key by its name; nothing else is taken along or put back."""
    return KEY.fullmatch(name) is not None


@dataclass(frozen=True)
class Head:
    """What one must know before reading on."""

    made_at: str
    version: str
    step: str
    engine: str
    encrypted: bool
    keys: bool
    clock_offset: float | None = None  # seconds, of a demo
    format: int = FORMAT


@dataclass
class Manifest:
    """What a whole backup holds.

    :ivar files: size by SHA-256
    :ivar absent: files that a row knew and that were missing or altered already when the backup was made
    :ivar keys: SHA-256 by name
    """

    head: Head
    tables: dict[str, Fingerprint] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Number of all rows."""
        return sum(table.rows for table in self.tables.values())

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(self.files.values())

    def written(self) -> bytes:
        """Write it as JSON."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> Manifest:
        """Read it from JSON.

        :raise BackupAltered: if it is none
        """
        try:
            found = json.loads(content)
            tables = {name: Fingerprint(**table) for name, table in found.pop("tables").items()}
            return cls(head=Head(**found.pop("head")), tables=tables, **found)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupAltered(place=MANIFEST) from error


class Writer:
    """Writes the parts of a backup, one after the other."""

    def __init__(self, out: IO[bytes], passphrase: str | None) -> None:
        self._sealed = SealingWriter(out, passphrase) if passphrase else None
        self._tar = tarfile.open(fileobj=self._sealed or out, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK)  # type: ignore[call-overload]  # noqa: SIM115 - closed by `close`

    def add(self, name: str, content: bytes) -> None:
        """Write a small part."""
        self.copy(name, io.BytesIO(content), len(content))

    def copy(self, name: str, stream: Any, size: int) -> None:
        """Write a part of exactly so many bytes."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, stream)

    def close(self) -> None:
        """Write the end."""
        self._tar.close()
        if self._sealed is not None:
            self._sealed.close()


@dataclass(frozen=True)
class Part:
    """One part of a backup that is being read."""

    kind: str  # head.json, manifest.json, rows, files, keys
    name: str
    size: int
    stream: IO[bytes]

    def whole(self) -> bytes:
        """Read it at once.

        :raise BackupAltered: if it is larger than any such part of ours
        """
        if self.size > MOST:
            raise BackupAltered(place=self.kind)
        return self.stream.read()


@contextmanager
def parts(file: Path, passphrase: str | None) -> Iterator[Iterator[Part]]:
    """Open a backup and give its parts in their order.

    :raise NoBackup, PassphraseMissing: before anything is read
    :raise BackupAltered, BackupIncomplete, PassphraseWrong: while it is read
    """
    with file.open("rb") as source:
        start = source.read(64)
        source.seek(0)
        if is_sealed(start):
            if not passphrase:
                raise PassphraseMissing
            opened = OpeningReader(source, passphrase)
        elif HEAD.encode() not in start:
            raise NoBackup(file=file)
        else:
            opened = None
        try:
            yield _parts(opened or source, str(file))
        except (tarfile.ReadError, EOFError) as error:
            raise BackupIncomplete from error
        except tarfile.TarError as error:
            raise BackupAltered(place="tar") from error
        if opened is not None:
            opened.finish()


def _parts(source: Any, file: str) -> Iterator[Part]:
    with tarfile.open(fileobj=source, mode="r|", bufsize=BLOCK) as tar:
        for number, member in enumerate(tar):
            named = PART.fullmatch(member.name)
            stream = tar.extractfile(member) if member.isreg() else None
            if stream is None or (named is None and member.name not in (HEAD, MANIFEST)):
                raise BackupAltered(place=member.name[:100])
            if (number == 0) != (member.name == HEAD):
                raise NoBackup(file=file)
            if named is None:
                yield Part(member.name, "", member.size, stream)
            else:
                yield Part(named["kind"], named["name"], member.size, stream)
