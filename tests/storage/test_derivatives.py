"""What is made of a file to be looked at."""

import io

import pikepdf
import pytest
from PIL import Image

from contest import jobs, storage
from contest.database import db, transaction
from contest.storage.derivatives import derivatives_of
from contest.storage.models import Blob, DerivedState
from tests import stores
from tests.makers.storage import docx_bytes, image_bytes, make_blob, mp3_bytes, mp4_bytes, pdf_bytes


def derived(content: bytes) -> list[storage.Derivative]:
    """Keep a file, let the worker do its work, and give what it made."""
    sha256 = make_blob(content).sha256
    assert jobs.work_once()
    assert db.session.get_one(Blob, sha256).derived == DerivedState.DONE
    return derivatives_of([sha256])[sha256]


def test_every_page_of_a_pdf_becomes_an_image(app):
    pages = derived(pdf_bytes(3))

    assert [(page.part, page.position, page.media_type) for page in pages] == [
        ("page", number, "image/webp") for number in (1, 2, 3)
    ]
    with Image.open(storage.path(pages[0].sha256)) as drawn:
        assert drawn.size == (pages[0].width, pages[0].height) == (1198, 1696)


def test_a_broadsheet_page_is_drawn_large_enough_to_read(app):
    (page,) = derived(pdf_bytes(width=1190, height=1684))

    assert page.width == 2397


def test_no_page_of_a_long_document_is_left_out(app):
    pages = derived(pdf_bytes(62, width=200, height=30))

    assert [page.position for page in pages] == list(range(1, 63))


def test_a_photograph_loses_its_place_and_its_author(app):
    """No EXIF, no GPS, no name in what is looked at; the original is kept as it came. (C10)"""
    exif = Image.Exif()
    exif[0x013B] = "Trần Nguyên Khải"
    exif[0x8825] = {1: "N", 2: (15.0, 7.0, 0.0)}
    sizes = derived(image_bytes(size=(3200, 1600), exif=exif.tobytes()))

    assert [(image.width, image.position) for image in sizes] == [(1200, 1), (2800, 2)]
    for image in sizes:
        content = storage.path(image.sha256).read_bytes()
        assert "Trần".encode() not in content
        assert not Image.open(io.BytesIO(content)).getexif()


@pytest.mark.parametrize(("content", "media_type"), [(mp3_bytes, "audio/mpeg"), (mp4_bytes, "video/mp4")])
def test_a_recording_is_copied_without_its_tags(app, content, media_type):
    (recording,) = derived(content(2, "Người kể chuyện"))

    assert (recording.media_type, recording.seconds) == (media_type, 2)
    assert "Người".encode() not in storage.path(recording.sha256).read_bytes()


def test_a_word_document_becomes_a_pdf_and_its_pages(app):
    made = derived(docx_bytes("Lời bình tập một", "&lt;script&gt;alert(1)&lt;/script&gt;"))

    assert [(part.part, part.position) for part in made] == [("page", 1), ("pdf", 1)]
    with pikepdf.open(storage.path(made[1].sha256)) as printed:
        assert len(printed.pages) == 1


def test_a_failure_is_remembered_as_a_sentence(app):
    sha256 = make_blob(pdf_bytes()).sha256
    stores.alter(sha256, b"%PDF-1.7 nothing else")

    assert jobs.work_once()

    blob = db.session.get_one(Blob, sha256)
    assert blob.derived == DerivedState.FAILED
    assert blob.derived_problem == "This file could not be prepared for viewing in the page; use the original file."


def test_the_same_content_is_drawn_once_however_often_it_arrives(app):
    content = pdf_bytes()
    make_blob(content)
    make_blob(content)

    assert jobs.work_once()
    assert not jobs.work_once()


def test_a_file_that_was_forgotten_and_comes_again_is_drawn_again(app):
    content = pdf_bytes()
    sha256 = make_blob(content).sha256
    assert jobs.work_once()
    with transaction():
        assert storage.release(sha256)

    assert len(derived(content)) == 1


def test_a_file_that_looks_like_another_is_looked_at_through_what_was_made_of_it(app):
    first = make_blob(pdf_bytes(2))
    while jobs.work_once():
        pass
    with transaction():
        received = storage.receive(io.BytesIO(pdf_bytes(2) + b"\n% 2\n"), limit=1_000_000)
        copy = storage.register(received, sniffed=storage.Sniffed(storage.Kind.PDF, "application/pdf"))
        storage.derive_later(copy, now=copy.created_at, like=db.session.get_one(Blob, first.sha256))
    while jobs.work_once():
        pass

    made = derivatives_of([first.sha256, copy.sha256])

    assert copy.derived == DerivedState.DONE
    assert [page.sha256 for page in made[copy.sha256]] == [page.sha256 for page in made[first.sha256]]
