"""Answering with files, from a folder and from a bucket alike."""

import shutil

import pytest

from contest import jobs, storage
from contest.database import db
from contest.storage import serving
from contest.storage.derivatives import derivatives_of
from contest.storage.errors import FileUnreadable, StoreUnreachable
from contest.storage.serving import serve_derivative, serve_original
from tests import stores
from tests.makers.storage import make_blob, mp3_bytes, pdf_bytes


@pytest.fixture(params=["compared before", "compared on the way"])
def either_size(request, monkeypatch):
    """Small files are compared before they are sent, large ones while they are."""
    if request.param == "compared on the way":
        monkeypatch.setattr(serving, "COMPARED_BEFORE", 0)


def content_of(answer):
    answer.direct_passthrough = False
    content = answer.get_data()
    answer.close()
    return content


@pytest.mark.usefixtures("place", "either_size")
def test_an_original_is_only_ever_saved(app):
    """Nothing that was sent is opened in the page: fixed type, no guessing, no script, saved under its name. (C1)"""
    sent = pdf_bytes()
    blob = make_blob(sent)

    with app.test_request_context():
        answer = serve_original(blob, "Đỗ Đức.html")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Disposition"].endswith("%C4%90%E1%BB%97%20%C4%90%E1%BB%A9c.html.pdf")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (answer.mimetype, answer.content_length) == ("application/pdf", len(sent))
    assert blob.sha256 not in str(answer.headers)
    assert content_of(answer) == sent


@pytest.mark.usefixtures("place", "either_size")
def test_a_player_may_ask_for_any_part_of_a_recording(app):
    sha256 = make_blob(mp3_bytes(2)).sha256
    assert jobs.work_once()
    (recording,) = derivatives_of([sha256])[sha256]

    with app.test_request_context(headers={"Range": "bytes=100-199"}):
        answer = serve_derivative(recording)
        content = content_of(answer)

    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes 100-199/{recording.size}"
    assert content == b"".join(storage.read(recording.sha256))[100:200]


@pytest.mark.usefixtures("place", "either_size")
def test_a_part_beyond_the_end_is_refused(app):
    blob = make_blob(pdf_bytes())

    with app.test_request_context(headers={"Range": "bytes=9000000-"}):
        answer = serving_status(blob)

    assert answer == 416


def serving_status(blob):
    try:
        answer = serve_original(blob, "a.pdf")
        answer.close()
        return answer.status_code
    except Exception as refusal:
        return refusal.code


@pytest.mark.usefixtures("place", "either_size")
def test_a_file_that_is_not_what_was_stored_is_an_incident_and_no_download(app):
    """A shorter file, one with other bytes of the same length, and one that is gone are never sent whole. (C9)"""
    sent = pdf_bytes()
    blob = make_blob(sent)
    sha256 = blob.sha256

    for altered in (b"short", sent[:-1] + b"?", sent + b"more"):
        stores.alter(sha256, altered)
        with app.test_request_context(), pytest.raises(FileUnreadable):
            content_of(serve_original(blob, "a.pdf"))
    stores.alter(sha256, sent)
    with app.test_request_context():
        assert content_of(serve_original(blob, "a.pdf")) == sent
    stores.lose(sha256)
    with app.test_request_context(), pytest.raises(FileUnreadable):
        serve_original(db.session.get_one(storage.Blob, sha256), "a.pdf")


def test_whoever_wants_a_file_while_the_store_is_away_is_asked_to_come_again(app, monkeypatch):
    blob = make_blob(pdf_bytes())
    shutil.rmtree(stores.folder_of(app) / "copies", ignore_errors=True)
    stores.at(app, "s3+http://a:b@127.0.0.1:1/kho")
    try:
        with app.test_request_context(), pytest.raises(StoreUnreachable) as refusal:
            serve_original(blob, "a.pdf")
    finally:
        app.extensions.pop("contest.storage")

    assert refusal.value.status == 503
