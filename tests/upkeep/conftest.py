"""Instances with a few rows and files, and the shell of whoever runs them."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr

from contest import create_app, migrations, storage
from contest.config import Settings
from contest.database import db, transaction
from contest.upkeep.tables import take_away
from tests import disk
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest

PASSPHRASE = "một câu thần chú đủ dài"
CONTENT = b"anh chup buoi dan van" * 1000


class Instance:
    """One instance and its shell."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @property
    def folder(self) -> Path:
        """Where everything of it lies."""
        return Path(self.app.instance_path)

    def set(self, **settings: Any) -> None:
        """Run it with other settings."""
        self.app.config["SETTINGS"] = self.app.config["SETTINGS"].model_copy(update=settings)

    def run(self, *words: Any) -> Any:
        """Type a command, and give what it said; what it refuses is raised."""
        with self.app.app_context():
            db.session.remove()
        told = self.app.test_cli_runner().invoke(args=[str(word) for word in words])
        if told.exception and not isinstance(told.exception, SystemExit):
            raise told.exception
        return told


def instance(folder: Path) -> Instance:
    """Make an instance without tables."""
    app = create_app(Settings(instance=folder, base_url="http://localhost", secret_key="k" * 64), TESTING=True)
    disk.spare(app)
    return Instance(app)


@pytest.fixture(scope="module")
def _source(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    made = instance(tmp_path_factory.mktemp("source"))
    with made.app.app_context():
        migrations.upgrade()
        make_contest()
        make_user(email="nguyen@example.vn", name="Nguyễn Thị Đỗ")
        with transaction():
            storage.store(io.BytesIO(CONTENT), limit=1_000_000, media_type="image/jpeg")
        db.session.remove()
        db.engine.dispose()
    (made.folder / "bank.key").write_bytes(b"khoa ngan hang\n")
    shutil.copytree(made.folder, made.folder.with_name("kept"))
    return made


@pytest.fixture
def source(_source: Instance) -> Iterator[Instance]:
    """An instance with a contest, a person, a file and a key."""
    yield _source
    with _source.app.app_context():
        db.session.remove()
        db.engine.dispose()
    _source.set(backup_passphrase=SecretStr(""), backup_folder="")
    shutil.rmtree(_source.folder)
    shutil.copytree(_source.folder.with_name("kept"), _source.folder)


@pytest.fixture(scope="module")
def _target(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return instance(tmp_path_factory.mktemp("target"))


@pytest.fixture
def target(_target: Instance) -> Iterator[Instance]:
    """An instance in which nothing is yet."""
    yield _target
    with _target.app.app_context():
        db.session.remove()
        take_away(db.engine)
    _target.set(backup_passphrase=SecretStr(""))
    shutil.rmtree(_target.folder / "files", ignore_errors=True)
    (_target.folder / "bank.key").unlink(missing_ok=True)


@pytest.fixture
def sealed(source: Instance, target: Instance) -> Callable[[Path], Path]:
    """Back up under a passphrase that the target knows too."""

    def make(out: Path) -> Path:
        for one in (source, target):
            one.set(backup_passphrase=SecretStr(PASSPHRASE))
        source.run("backup", out, "--with-keys")
        return out

    return make
