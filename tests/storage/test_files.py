"""Bytes in the store, and the rows that speak of them: in a folder and in a bucket alike."""

import hashlib
import io
import tracemalloc

import pytest

from contest import storage
from contest.database import db, transaction
from contest.storage import files
from contest.storage.errors import FileEmpty, FileTooLarge, FileUnreadable
from contest.storage.models import Blob, Derivative
from contest.storage.services import GRACE
from tests import stores
from tests.makers.storage import make_blob, pdf_bytes

pytestmark = pytest.mark.usefixtures("place")


def test_bytes_are_kept_under_their_fingerprint(app):
    with transaction():
        blob = storage.store(io.BytesIO(b"noi dung"), limit=100, media_type="text/plain")

    assert blob.sha256 == hashlib.sha256(b"noi dung").hexdigest()
    assert (blob.size, b"".join(storage.read(blob.sha256))) == (8, b"noi dung")
    assert storage.path(blob.sha256).read_bytes() == b"noi dung"
    assert b"".join(storage.read(blob.sha256, 4)) == b"dung"


def test_the_same_bytes_are_kept_once(app):
    with transaction():
        first = storage.store(io.BytesIO(b"noi dung"), limit=100)
        second = storage.store(io.BytesIO(b"noi dung"), limit=100)

    assert first is second
    assert len(list(files.kept())) == 1


def test_a_file_that_was_damaged_is_whole_again_when_it_comes_again(app):
    received = storage.receive(io.BytesIO(b"noi dung"), limit=100)
    stores.alter(received.sha256, b"noi dunh")

    storage.receive(io.BytesIO(b"noi dung"), limit=100)

    assert storage.is_intact(received.sha256)


def test_one_byte_over_the_limit_is_refused_and_leaves_nothing(app):
    with pytest.raises(FileTooLarge):
        storage.receive(io.BytesIO(bytes(101)), limit=100)

    assert list(files.kept()) == list(files.workspace().iterdir()) == []


def test_an_empty_file_is_refused(app):
    with pytest.raises(FileEmpty):
        storage.receive(io.BytesIO(b""), limit=100)


def test_a_fingerprint_is_never_a_path(app, place):
    for touched in (storage.path, storage.look, place.remove, lambda name: list(storage.read(name))):
        with pytest.raises(ValueError, match="not a SHA-256"):
            touched("../../etc/passwd")


def test_a_flipped_byte_is_noticed(app):
    """A file that is no longer what was stored is found by reading it. (C9)"""
    received = storage.receive(io.BytesIO(b"noi dung"), limit=100)
    stores.alter(received.sha256, b"noi dunh")

    assert not storage.is_intact(received.sha256)


def test_large_files_pass_through_little_memory_both_ways(app):
    size = 40 << 20
    tracemalloc.start()
    try:
        received = storage.receive(Zeros(size), limit=size)
        read = sum(map(len, storage.read(received.sha256)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert read == size
    assert peak < 24 << 20


def test_the_sweep_removes_old_files_without_a_row_and_names_rows_without_a_file(app, now):
    orphan = storage.receive(io.BytesIO(b"khong ai nhac toi"), limit=100)
    with transaction():
        lost = storage.store(io.BytesIO(b"mat tren dia"), limit=100)
        kept = storage.store(io.BytesIO(b"con nguyen"), limit=100)
    stores.lose(lost.sha256)

    young = storage.sweep(now=now)
    old = storage.sweep(now=now, grace=-GRACE)

    assert young.removed == ()
    assert old.removed == (orphan.sha256,)
    assert young.missing == old.missing == (lost.sha256,)
    assert [file.sha256 for file in files.kept()] == [kept.sha256]


def test_bytes_go_with_their_last_reference_and_take_along_what_was_made_of_them(app, now):
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
    assert len(storage.sweep(now=now, grace=-GRACE).removed) == 2
    assert list(files.kept()) == []


def test_a_file_that_is_gone_is_said_to_be(app):
    received = storage.receive(io.BytesIO(b"noi dung"), limit=100)
    stores.lose(received.sha256)

    assert storage.look(received.sha256) is None
    assert not storage.is_intact(received.sha256)
    with pytest.raises((FileUnreadable, FileNotFoundError)):
        storage.path(received.sha256).read_bytes()
    files.remove(received.sha256)


class Zeros(io.RawIOBase):
    """So many zeros, without a place where they are."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left = size

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)
