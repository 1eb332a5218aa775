"""Files to one ZIP and back: the same files give the same bytes, and what is opened is bounded before it is read."""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from contest.errors import N_
from contest.results.recount import layout
from contest.results.recount.flaws import Flaws, shown

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file: the ZIP format begins with it."""
MOST_FILES = 200

NOTHING_THERE = N_("There is no such file or folder: %(path)s.")
NOT_A_ZIP = N_("This is neither a folder nor a ZIP that can be read.")
BROKEN = N_("The file is damaged inside the ZIP.")
LOCKED = N_("The file is locked with a password.")
TOO_LARGE = N_("The file is larger than a bundle's may be: %(most)s bytes at most.")
TOO_LARGE_TOGETHER = N_("The files are larger together than a bundle may be: %(most)s bytes at most.")
TOO_MANY = N_("There are more files than a bundle has: %(most)s at most.")
STRANGE = N_("A bundle has no file of this name: %(name)s. The files stand at its top, not in a folder of their own.")
TWICE = N_("The file is in the ZIP twice.")
NOT_A_FILE = N_("This is not a plain file.")
UNREADABLE = N_("The file cannot be read.")


def pack(files: Mapping[str, bytes]) -> bytes:
    """Write files into a ZIP: sorted by name, all of the same day, so that it can be made again byte for byte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(member, files[name])
    return stream.getvalue()


def opened(path: Path) -> dict[str, bytes]:
    """Read the files of a bundle from a ZIP or a folder. Nothing is unpacked to disk and no link is followed.

    :raise BundleRefused: if there is nothing of the kind, or more than a bundle may have
    """
    flaws = Flaws()
    if not path.exists():
        flaws.refuse("", NOTHING_THERE, path=shown(path, 1000))
    try:
        return _from_folder(path, flaws) if path.is_dir() else _from_zip(path, flaws)
    except OSError:
        flaws.refuse("", UNREADABLE)


class _Room:
    """How much may still be read."""

    def __init__(self, flaws: Flaws) -> None:
        self.flaws = flaws
        self.left = layout.LARGEST_BUNDLE

    def most(self, name: str) -> int:
        """How many bytes of a file may be read."""
        most = layout.largest(name)
        if most is None:
            self.flaws.refuse("", STRANGE, name=shown(name))
        return most

    def take(self, name: str, content: bytes) -> bytes:
        """Take in what was read, at most one byte more than allowed."""
        most = self.most(name)
        if len(content) > most:
            self.flaws.refuse(name, TOO_LARGE, most=most)
        self.left -= len(content)
        if self.left < 0:
            self.flaws.refuse("", TOO_LARGE_TOGETHER, most=layout.LARGEST_BUNDLE)
        return content


def _from_zip(path: Path, flaws: Flaws) -> dict[str, bytes]:
    room, found = _Room(flaws), {}
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES:
                flaws.refuse("", TOO_MANY, most=MOST_FILES)
            for member in members:
                name = member.filename
                most = room.most(name)
                if name in found:
                    flaws.refuse(name, TWICE)
                if member.flag_bits & 1:
                    flaws.refuse(name, LOCKED)
                if member.file_size > most:
                    flaws.refuse(name, TOO_LARGE, most=most)
                try:
                    with archive.open(member) as stream:
                        found[name] = room.take(name, stream.read(most + 1))
                except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
                    flaws.refuse(name, BROKEN)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError, OverflowError):
        flaws.refuse("", NOT_A_ZIP)
    return found


def _from_folder(path: Path, flaws: Flaws) -> dict[str, bytes]:
    room, found = _Room(flaws), {}
    for name in _names(path, flaws):
        most = room.most(name)
        place = path / name
        if not stat.S_ISREG(os.lstat(place).st_mode):
            flaws.refuse(name, NOT_A_FILE)
        with place.open("rb") as stream:
            found[name] = room.take(name, stream.read(most + 1))
    return found


def _names(path: Path, flaws: Flaws) -> list[str]:
    """Names of the files in a folder and in its folder of regulations; hidden ones belong to the system."""
    names: list[str] = []
    for folder, prefix in ((path, ""), (path / "regulations", "regulations/")):
        if prefix and (folder.is_symlink() or not folder.is_dir()):
            continue
        with os.scandir(folder) as places:
            for place in places:
                if place.name.startswith(".") or (not prefix and place.name == "regulations"):
                    continue
                names.append(prefix + place.name)
                if len(names) > MOST_FILES:
                    flaws.refuse("", TOO_MANY, most=MOST_FILES)
    return sorted(names)
