"""A backup is made while everybody works, and brought back whole or not at all."""

from __future__ import annotations

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, update

from contest import clock, mail, storage
from contest.accounts.models import User
from contest.audit.models import AuditLine
from contest.database import db, transaction
from contest.jobs import Job
from contest.operations import invariants
from contest.privacy import journal
from contest.storage import Blob
from contest.upkeep import background, making
from contest.upkeep.refusals import (
    AlreadyThere,
    BackupAltered,
    BackupIncomplete,
    BackupTooNew,
    FilesMoved,
    FilesWereMissing,
    KeysInTheOpen,
    NoBackup,
    NotEmpty,
    PassphraseMissing,
    PassphraseWrong,
)
from contest.upkeep.restoring import is_empty
from contest.upkeep.tables import LEFT_BEHIND
from tests import stores
from tests.tampering import tampering
from tests.upkeep.conftest import CONTENT, NAME, Instance, instance

LOGGED = {"audit_line", "audit_head"}
"""Tables in which the backup and the way back leave a line."""


def rows_of(app: Flask) -> dict[str, list[str]]:
    """Read every table as the database gives it, past everything that made it."""
    with app.app_context(), db.engine.connect() as connection:
        names = set(inspect(connection).get_table_names()) - LEFT_BEHIND - LOGGED
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()))  # noqa: S608 - our own tables
            for name in names
        }


def files_of(app: Flask) -> dict[str, bytes]:
    """Read every file of a store."""
    with app.app_context():
        return {file.sha256: b"".join(storage.read(file.sha256)) for file in storage.files.kept()}


def has_nothing(app: Flask) -> bool:
    """Say whether nothing was brought into an instance."""
    with app.app_context():
        return is_empty()


def test_the_whole_world_comes_back_from_its_backup_byte_for_byte(world, tmp_path):
    """Rows, files and log of contests at every stage. What does not hold in it, for its rows were put there past the
    system, is named after the way back, and nothing else is. (G2)"""
    out = tmp_path / "sao-luu"
    with world.app.app_context():
        known = {blob.sha256 for blob in db.session.query(Blob)}
        faults = invariants.broken()
        db.session.remove()
    rows = rows_of(world.app)
    told = world.app.test_cli_runner().invoke(args=["backup", str(out)])
    world.restore()
    assert told.exit_code == 0, told.output
    assert "KHÔNG được mã hóa" in told.stderr
    assert out.stat().st_mode & 0o777 == 0o600

    elsewhere = instance(tmp_path / "elsewhere")
    told = elsewhere.run("restore", out, "--with-faults")

    assert (told.exit_code, sorted(told.stderr.splitlines())) == (1 if faults else 0, sorted(faults))
    assert rows_of(elsewhere.app) == rows
    assert files_of(elsewhere.app) == {
        sha256: content for sha256, content in files_of(world.app).items() if sha256 in known
    }
    with elsewhere.app.app_context():
        assert db.session.query(AuditLine).filter_by(action="backup.restored").count() == 1
        db.session.remove()
        db.engine.dispose()


def test_a_sealed_backup_brings_rows_files_and_keys_back(source, target, sealed, tmp_path):
    out = sealed(tmp_path / "out")
    (target.folder / "bank.key").unlink(missing_ok=True)

    target.run("restore", out)

    assert CONTENT in files_of(target.app).values()
    assert (target.folder / "bank.key").read_bytes() == b"khoa ngan hang\n"
    assert (target.folder / "bank.key").stat().st_mode & 0o777 == 0o600
    for words in (b"nguyen@example.vn", b"khoa ngan hang", CONTENT[:40]):
        assert words not in out.read_bytes()


def test_keys_are_never_taken_along_in_the_open(source, tmp_path):
    with pytest.raises(KeysInTheOpen):
        source.run("backup", tmp_path / "out", "--with-keys")
    source.run("backup", tmp_path / "out")

    with tarfile.open(tmp_path / "out") as parts:
        assert [name for name in parts.getnames() if name.startswith("keys/")] == []
        assert json.load(parts.extractfile("manifest.json"))["head"]["encrypted"] is False
    assert b"khoa ngan hang" not in (tmp_path / "out").read_bytes()


def test_nobody_stays_signed_in_through_a_backup(source, tmp_path):
    source.run("backup", tmp_path / "out")

    with tarfile.open(tmp_path / "out") as parts:
        assert not [name for name in parts.getnames() if name.startswith("rows/user_session")]


def test_no_backup_is_written_over_a_file(source, tmp_path):
    (tmp_path / "out").write_text("something")

    with pytest.raises(AlreadyThere):
        source.run("backup", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "something"


def test_a_passphrase_is_asked_for_and_another_one_refused(source, target, sealed, tmp_path):
    out = sealed(tmp_path / "out")

    for given, refused in ((target.app.config["SETTINGS"].backup_passphrase, None), ("", PassphraseMissing)):
        if refused is not None:
            target.set(backup_passphrase=type(target.app.config["SETTINGS"].backup_passphrase)(given))
            with pytest.raises(refused):
                target.run("restore", out)
    target.set(backup_passphrase=type(target.app.config["SETTINGS"].backup_passphrase)("một câu thần chú khác"))
    with pytest.raises(PassphraseWrong):
        target.run("restore", out)
    assert has_nothing(target.app)


@pytest.mark.parametrize("under_a_passphrase", [True, False])
def test_what_is_altered_or_cut_off_is_refused_before_anything_is_touched(
    source, target, sealed, tmp_path, under_a_passphrase
):
    """(G2)"""
    out = tmp_path / "out"
    if under_a_passphrase:
        sealed(out)
    else:
        source.run("backup", out)
    whole = out.read_bytes()
    altered = bytearray(whole)
    altered[whole.find(CONTENT[:21]) if not under_a_passphrase else len(whole) // 2] ^= 1

    for content in (bytes(altered), whole[: len(whole) // 2], whole[:-20_000], whole[:100]):
        out.write_bytes(content)
        with pytest.raises((BackupAltered, BackupIncomplete, PassphraseWrong, NoBackup)):
            target.run("restore", out)
    assert has_nothing(target.app)
    assert files_of(target.app) == {}


def test_a_file_that_is_no_backup_is_refused(target, tmp_path):
    (tmp_path / "photo").write_bytes(b"\xff\xd8\xff" * 400)
    with pytest.raises(NoBackup):
        target.run("restore", tmp_path / "photo")


def rewritten(source: Path, out: Path, **changes: object) -> Path:
    """Write a backup that is not encrypted anew, with another head or other parts."""
    with tarfile.open(source) as old, tarfile.open(out, "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name in ("head.json", "manifest.json"):
                about = json.loads(content)
                about["head"] |= {name: value for name, value in changes.items() if name != "keys"}
                content = json.dumps(about).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
            if member.name == "head.json" and "keys" in changes:
                hidden = tarfile.TarInfo(f"keys/{changes['keys']}")
                new.addfile(hidden, io.BytesIO(b""))
    return out


def test_a_backup_of_a_newer_system_is_refused(source, target, tmp_path):
    """(G4)"""
    source.run("backup", tmp_path / "out")

    for change in ({"step": "9999"}, {"format": 2}):
        with pytest.raises(BackupTooNew):
            target.run("restore", rewritten(tmp_path / "out", tmp_path / "newer", **change))


@pytest.mark.parametrize("name", ["config.py", "..", "contest.sqlite"])
def test_a_backup_brings_nothing_but_keys_into_the_folder(source, target, tmp_path, name):
    source.run("backup", tmp_path / "out")

    with pytest.raises(BackupAltered):
        target.run("restore", rewritten(tmp_path / "out", tmp_path / "hostile", keys=name))


def test_an_instance_in_which_something_is_stays_as_it_is_unless_told(source, tmp_path):
    source.run("backup", tmp_path / "out")
    with pytest.raises(NotEmpty):
        source.run("restore", tmp_path / "out")
    with source.app.app_context(), transaction():
        db.session.query(Blob).delete()
        db.session.execute(update(Blob).values(size=1))

    assert source.run("restore", tmp_path / "out", "--replace").exit_code == 0

    with source.app.app_context():
        assert db.session.query(Blob).one().size == len(CONTENT)


def test_files_that_were_damaged_already_are_told_and_do_not_keep_the_rest_from_being_saved(source, target, tmp_path):
    """(C9)"""
    for damage in (b"anh" * 7000, b"ngan", None):
        with source.app.app_context():
            if damage is None:
                stores.lose(NAME)
            else:
                stores.alter(NAME, damage)
        out = tmp_path / f"out{damage and len(damage)}"

        told = source.run("backup", out)
        assert (told.exit_code, "1 tệp" in told.stderr) == (1, True)
        with pytest.raises(FilesWereMissing):
            target.run("restore", out)

    told = target.run("restore", out, "--with-faults")

    assert told.exit_code == 1
    assert NAME in told.stderr
    with target.app.app_context():
        assert db.session.query(AuditLine).count() > 0


def test_files_that_are_deleted_meanwhile_make_the_backup_begin_again(source):
    with source.app.app_context():

        def delete(done: int, total: int) -> None:
            if not done:
                stores.lose(NAME)
                with transaction():
                    db.session.query(Blob).delete()

        with pytest.raises(FilesMoved):
            making.make(io.BytesIO(), passphrase=None, with_keys=False, progress=delete)
        assert making.make(io.BytesIO(), passphrase=None, with_keys=False, progress=lambda *_: None).files == 0


def test_rows_that_somebody_altered_before_the_backup_do_not_come_back(source, target, tmp_path):
    with source.app.app_context(), tampering():
        db.session.execute(update(AuditLine).where(AuditLine.number == 1).values(action="contest.forged"))
    source.run("backup", tmp_path / "out")

    told = target.run("restore", tmp_path / "out")

    assert told.exit_code == 1
    assert "Dòng 1 trong nhật ký" in told.stderr
    assert has_nothing(target.app)


def erased_since(instance: Instance, folder: Path) -> None:
    """Write into the journal of a folder that the person of an instance was erased."""
    with instance.app.app_context():
        user = db.session.query(User).filter_by(email="nguyen@example.vn").one()
        journal.add(folder, (user.subject, user.person.subject), clock.now())
        db.session.remove()


@pytest.mark.only_on("sqlite")
def test_nothing_of_somebody_erased_since_is_left_in_the_file_of_the_rows_after_a_restore(source, target, tmp_path):
    """Not in a table, and not in a page that no table uses any more. (G7)"""
    with source.app.app_context(), transaction():
        text = "Kính gửi Nguyễn Thị Đỗ\n" * 2000
        mail.post(key="a", to="nguyen@example.vn", subject="Thư dài", text=text, now=clock.now())
    source.run("backup", tmp_path / "out")
    erased_since(source, tmp_path)

    told = target.run("restore", tmp_path / "out")

    assert told.exit_code == 0, told.stderr
    there = b"".join(file.read_bytes() for file in target.folder.glob("contest.sqlite*"))
    assert b"contest.created" in there
    assert [each for each in ("nguyen@example.vn", "Nguyễn Thị Đỗ", "nguyen thi do") if each.encode() in there] == []


def test_erasures_of_every_machine_lie_beside_the_backups(source, target, tmp_path):
    """A backup made by one machine forgets nobody whom another one has erased. (G7)"""
    folder = tmp_path / "backups"
    folder.mkdir()
    moment = datetime.now(UTC)
    journal.add(folder, ("of another machine",), moment)
    journal.add(source.folder, ("of this machine",), moment)
    source.set(backup_folder=str(folder))
    with source.app.app_context():
        background.back_up(Job(), lambda done, total: None)
        background.back_up(Job(), lambda done, total: None)

    (source.folder / journal.FILE).unlink()
    assert [line.subjects for line in journal.lines(folder)] == [("of another machine",), ("of this machine",)]
