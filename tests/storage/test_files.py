"""Bytes on disk, and the rows that speak of them."""

import hashlib
import io
import os
import time

import pytest

from contest import storage
from contest.database import db, transaction
from contest.storage import files
from contest.storage.errors import FileEmpty, FileTooLarge
from contest.storage.models import Blob, Derivative
from tests.makers.storage import make_blob, pdf_bytes


def test_bytes_are_kept_under_their_fingerprint(app):
    with transaction():
        blob = storage.store(io.BytesIO(b"noi dung"), limit=100, media_type="text/plain")

    assert blob.sha256 == hashlib.sha256(b"noi dung").hexdigest()
    assert (blob.size, storage.path(blob.sha256).read_bytes()) == (8, b"noi dung")


def test_the_same_bytes_are_kept_once(app):
    with transaction():
        first = storage.store(io.BytesIO(b"noi dung"), limit=100)
        second = storage.store(io.BytesIO(b"noi dung"), limit=100)

    assert first is second
    assert len(list(files.kept())) == 1


def test_one_byte_over_the_limit_is_refused_and_leaves_nothing(app):
    with pytest.raises(FileTooLarge):
        storage.receive(io.BytesIO(bytes(101)), limit=100)

    assert list(files.kept()) == list(files.workspace().iterdir()) == []


def test_an_empty_file_is_refused(app):
    with pytest.raises(FileEmpty):
        storage.receive(io.BytesIO(b""), limit=100)


def test_a_fingerprint_is_never_a_path(app):
    with pytest.raises(ValueError, match="not a SHA-256"):
        storage.path("../../etc/passwd")


def test_a_flipped_byte_is_noticed(app):
    received = storage.receive(io.BytesIO(b"noi dung"), limit=100)
    storage.path(received.sha256).write_bytes(b"noi dunh")

    assert not storage.is_intact(received.sha256)


def test_the_sweep_removes_old_files_without_a_row_and_names_rows_without_a_file(app, now):
    orphan = storage.receive(io.BytesIO(b"khong ai nhac toi"), limit=100)
    young = storage.receive(io.BytesIO(b"dang duoc nop"), limit=100)
    with transaction():
        lost = storage.store(io.BytesIO(b"mat tren dia"), limit=100)
        kept = storage.store(io.BytesIO(b"con nguyen"), limit=100)
    storage.path(lost.sha256).unlink()
    yesterday = time.time() - 86400
    for sha256 in (orphan.sha256, kept.sha256):
        os.utime(storage.path(sha256), (yesterday, yesterday))

    found = storage.sweep(now=now)

    assert found.removed == (orphan.sha256,)
    assert found.missing == (lost.sha256,)
    assert storage.path(young.sha256).exists()
    assert storage.path(kept.sha256).exists()


def test_bytes_go_with_their_last_reference_and_take_along_what_was_made_of_them(app):
    original = make_blob(pdf_bytes())
    with transaction():
        page = storage.store(io.BytesIO(b"trang 1"), limit=100)
        db.session.add(
            Derivative(
                original_sha256=original.sha256,
                part="page",
                position=1,
                sha256=page.sha256,
                media_type="image/webp",
                size=7,
            )
        )

    with transaction():
        assert not storage.release(page.sha256)
        assert storage.release(original.sha256)

    assert db.session.query(Blob).count() == db.session.query(Derivative).count() == 0
