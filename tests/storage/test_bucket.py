"""A bucket as the place of files: when its server is away, damages what it is given, or is somebody else's."""

import io
import os
import socket

import obstore
import pytest

from contest import storage
from contest.database import db, transaction
from contest.storage import files
from contest.storage.copies import Copies
from contest.storage.errors import FileUnreadable, StoreUnreachable
from contest.storage.models import Blob
from contest.storage.places import key_of
from tests import stores
from tests.makers.accounts import make_user
from tests.makers.entries import at_receipt, make_draft
from tests.makers.regulations import make_contest
from tests.makers.storage import pdf_bytes


@pytest.fixture
def bucket(app):
    before = app.extensions.pop(files.EXTENSION, None)
    yield stores.at(app, stores.server().bucket())
    app.extensions[files.EXTENSION] = before or files.place_at("")


@pytest.fixture
def away(app):
    """A bucket whose server refuses every connection."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        before = app.extensions.pop(files.EXTENSION, None)
        yield stores.at(app, f"s3+http://a:b@127.0.0.1:{taken.getsockname()[1]}/kho")
    app.extensions[files.EXTENSION] = before or files.place_at("")


def test_nothing_is_taken_in_while_the_store_is_away(app, away):
    """Without a durable copy nothing is confirmed and no row is written. (C6)"""
    with pytest.raises(StoreUnreachable) as refusal, transaction():
        storage.store(io.BytesIO(b"noi dung"), limit=100)

    assert refusal.value.status == 503
    assert db.session.query(Blob).count() == 0
    assert list(files.workspace().iterdir()) == []


def test_an_author_is_told_in_a_sentence_that_the_store_is_away(app, bucket, browser):
    contest = make_contest()
    at_receipt(contest)
    entry = make_draft(contest, make_user(), files=False)
    visitor = browser(entry.owner)
    visitor.get(f"/{contest.slug}/tac-pham/{entry.id}/ho-so")
    app.extensions[files.EXTENSION] = files.place_at("s3+http://a:b@127.0.0.1:1/kho")

    answer = visitor.send(action="/ho-so/trang_bao", files={"file": (pdf_bytes(3), "bai-bao.pdf")})

    assert answer.status_code == 503
    assert "kho tệp" in visitor.soup.find(id="e-tep-trang_bao").get_text().lower()
    assert entry.files == []


def test_what_the_server_does_not_give_back_whole_was_not_taken_in(app, bucket, monkeypatch):
    sent = obstore.put

    def damaging(store, key, content, **options):
        return sent(store, key, b"x" * content.stat().st_size, **options)

    monkeypatch.setattr(obstore, "put", damaging)

    with pytest.raises(StoreUnreachable):
        storage.receive(io.BytesIO(b"noi dung"), limit=100)

    assert list(files.kept()) == []


def test_a_copy_is_compared_with_its_name_when_it_is_fetched(app, bucket):
    """What was altered in the bucket is an incident and no file to work with. (C9)"""
    received = storage.receive(io.BytesIO(b"noi dung"), limit=100)
    stores.alter(received.sha256, b"noi dunh")

    with pytest.raises(FileUnreadable):
        storage.path(received.sha256)


def test_other_objects_in_the_bucket_are_left_alone(app, bucket, now):
    obstore.put(bucket._store, "ghi-chu.txt", b"cua nguoi khac")

    assert list(files.kept()) == []
    assert storage.sweep(now=now).removed == ()


def test_the_store_is_tried_by_writing_and_reading(app, bucket):
    bucket.check()

    assert list(files.kept()) == []


def test_copies_make_room_for_the_newest_but_never_go_while_in_use(tmp_path):
    copies = Copies(tmp_path / "copies", tmp_path / "tmp", limit=250)

    def take(name, *, minutes_ago):
        written = copies.new()
        written.write_bytes(bytes(100))
        path = copies.take(written, name)
        asked = path.stat().st_mtime - 60 * minutes_ago
        os.utime(path, (asked, asked))

    take("a", minutes_ago=90)
    take("b", minutes_ago=80)
    assert copies.find("a") is not None
    take("c", minutes_ago=0)
    assert [copies.find(name) is not None for name in "abc"] == [True, False, True]

    take("d", minutes_ago=0)
    assert [copies.find(name) is not None for name in "acd"] == [True, True, True]


@pytest.mark.parametrize("url", ["ftp://host/kho", "s3://host", "s3:///kho", "file://may-khac/tep", "kho"])
def test_an_address_that_names_no_store_is_refused_without_its_secret(app, url):
    with pytest.raises(files.NoSuchStore) as refusal:
        files.place_at(url.replace("://", "://khoa:bi-mat@"))

    assert "bi-mat" not in str(refusal.value)


def test_files_may_lie_in_a_folder_elsewhere(app, tmp_path):
    place = files.place_at(f"file://{tmp_path}/kho%20tep")
    app.extensions[files.EXTENSION] = place
    try:
        received = storage.receive(io.BytesIO(b"noi dung"), limit=100)
    finally:
        app.extensions.pop(files.EXTENSION)

    assert (tmp_path / "kho tep" / key_of(received.sha256)).read_bytes() == b"noi dung"
