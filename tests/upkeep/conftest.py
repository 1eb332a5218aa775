"""Instances with a few rows and files, and the shell of whoever runs them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr

from contest import create_app, migrations, storage
from contest.database import db, transaction
from contest.upkeep.tables import take_away
from tests import engines, stores
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest

PASSPHRASE = "một câu thần chú đủ dài"
CONTENT = b"anh chup buoi dan van" * 1000
NAME = sha256(CONTENT).hexdigest()


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
    folder.mkdir(exist_ok=True)
    app = create_app(engines.settings(folder), TESTING=True)
    engines.chosen().spare(app)
    return Instance(app)


@pytest.fixture(scope="module")
def _source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Instance, engines.Rows]:
    made = instance(tmp_path_factory.mktemp("source"))
    with made.app.app_context():
        migrations.upgrade()
        make_contest()
        make_user(email="nguyen@example.vn", name="Nguyễn Thị Đỗ")
        with transaction():
            storage.store(io.BytesIO(CONTENT), limit=1_000_000, media_type="image/jpeg")
        db.session.remove()
    rows = engines.chosen().rows(made.app)
    rows.keep("first")
    (made.folder / "bank.key").write_bytes(b"khoa ngan hang\n")
    return made, rows


@pytest.fixture
def source(_source: tuple[Instance, engines.Rows]) -> Iterator[Instance]:
    """An instance with a contest, a person, a file and a key."""
    made, rows = _source
    rows.begin_with("first")
    with made.app.app_context():
        stores.alter(NAME, CONTENT)
    made.set(backup_passphrase=SecretStr(""), backup_folder="")
    return made


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
        for file in list(storage.files.kept()):
            storage.files.remove(file.sha256)
    _target.set(backup_passphrase=SecretStr(""))
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
