"""Answering with files."""

import pytest

from contest import jobs, storage
from contest.database import db
from contest.storage.derivatives import derivatives_of
from contest.storage.errors import FileUnreadable
from contest.storage.serving import serve_derivative, serve_original
from tests.makers.storage import make_blob, mp3_bytes, pdf_bytes


def test_an_original_is_only_ever_saved(app):
    blob = make_blob(pdf_bytes())

    with app.test_request_context():
        answer = serve_original(blob, "Đỗ Đức.html")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Disposition"].endswith(".html.pdf")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    answer.close()


def test_a_player_may_ask_for_any_part_of_a_recording(app):
    sha256 = make_blob(mp3_bytes(2)).sha256
    assert jobs.work_once()
    (recording,) = derivatives_of([sha256])[sha256]

    with app.test_request_context(headers={"Range": "bytes=100-199"}):
        answer = serve_derivative(recording)
        answer.direct_passthrough = False
        content = answer.get_data()

    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes 100-199/{recording.size}"
    assert content == storage.path(recording.sha256).read_bytes()[100:200]
    answer.close()


def test_a_file_that_is_not_what_was_stored_is_an_incident_and_no_download(app):
    blob = make_blob(pdf_bytes())
    storage.path(blob.sha256).write_bytes(b"short")

    with app.test_request_context(), pytest.raises(FileUnreadable):
        serve_original(blob, "a.pdf")
    storage.path(blob.sha256).unlink()
    with app.test_request_context(), pytest.raises(FileUnreadable):
        serve_original(db.session.get_one(storage.Blob, blob.sha256), "a.pdf")
