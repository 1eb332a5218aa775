"""Keys are made once and found whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contest.config import Settings, kept_secret, secret_key


def found_by(folder: Path) -> str:
    return secret_key(Settings(instance=folder, secret_key=""))


def test_all_who_start_together_find_the_same_whole_key(tmp_path):
    with ThreadPoolExecutor(8) as starting:
        keys = list(starting.map(found_by, [tmp_path / "new"] * 32))

    assert len(set(keys)) == 1
    assert len(keys[0]) == 64
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret.key"]


def test_whoever_comes_second_keeps_the_key_of_the_first(tmp_path):
    file = tmp_path / "some.key"

    def make() -> bytes:
        file.write_bytes(b"first")  # another process is done in the meantime
        return b"second"

    assert kept_secret(file, make) == b"first"
