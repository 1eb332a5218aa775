"""What a file is, by its content alone."""

import io
from pathlib import Path

import pytest
from PIL import Image

from contest.storage import limited
from contest.storage.errors import (
    FileBroken,
    FileKindUnknown,
    FileLocked,
    FileTooComplicated,
    ImageTooManyPixels,
    MacrosInside,
    ParserFailed,
)
from contest.storage.models import Kind
from contest.storage.sniff import sniff
from tests.makers.storage import docx_bytes, image_bytes, mp3_bytes, mp4_bytes, pdf_bytes


def written(tmp_path: Path, content: bytes, name: str = "file") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (pdf_bytes(), Kind.PDF, "application/pdf"),
        (image_bytes(), Kind.IMAGE, "image/jpeg"),
        (image_bytes("PNG"), Kind.IMAGE, "image/png"),
        (image_bytes("WEBP"), Kind.IMAGE, "image/webp"),
        (mp3_bytes(), Kind.AUDIO, "audio/mpeg"),
        (mp4_bytes(), Kind.VIDEO, "video/mp4"),
        (docx_bytes(), Kind.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_content_decides_what_a_file_is(tmp_path, content, kind, media_type):
    found = sniff(written(tmp_path, content, "dung-tin-ten-tep.exe"))

    assert (found.kind, found.media_type) == (kind, media_type)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"MZ" + bytes(200),
        bytes(range(256)) * 40,
        b"#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n",
        "một dòng chữ".encode(),
    ],
)
def test_what_is_none_of_the_five_kinds_is_refused(tmp_path, content):
    with pytest.raises(FileKindUnknown):
        sniff(written(tmp_path, content, "trang-bao.pdf"))


def test_a_pdf_with_a_script_is_taken_and_marked(tmp_path):
    assert sniff(written(tmp_path, pdf_bytes(script=True))).active


def test_a_pdf_behind_a_password_is_refused(tmp_path):
    with pytest.raises(FileLocked):
        sniff(written(tmp_path, pdf_bytes(password="bi-mat")))


def test_half_a_picture_is_refused(tmp_path):
    with pytest.raises(FileBroken):
        sniff(written(tmp_path, image_bytes()[:3000]))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path):
    """Twenty thousand by twenty thousand dots are refused from the header. (C3)"""
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")

    with pytest.raises(ImageTooManyPixels):
        sniff(written(tmp_path, bomb.getvalue()))


def test_a_word_document_with_macros_is_refused(tmp_path):
    with pytest.raises(MacrosInside):
        sniff(written(tmp_path, docx_bytes(extra={"word/vbaProject.bin": b"macro"})))


def test_a_word_document_damaged_on_the_way_is_broken_and_not_too_complicated(tmp_path):
    content = bytearray(docx_bytes("Lời bình " * 400))
    body = content.index(b"word/document.xml") + len("word/document.xml")
    content[body : body + 8] = b"\xff" * 8

    with pytest.raises(FileBroken):
        sniff(written(tmp_path, bytes(content)))


def test_an_archive_that_unpacks_to_a_flood_is_refused(tmp_path):
    """Refused by what its directory promises, before anything is unpacked. (C3)"""
    with pytest.raises(FileTooComplicated):
        sniff(written(tmp_path, docx_bytes(extra={"word/media/flood.bin": bytes(60_000_000)})))


def test_a_link_is_not_followed(tmp_path):
    """A link in the place of a file is no file. (C4)"""
    link = tmp_path / "link"
    link.symlink_to(written(tmp_path, pdf_bytes(), "real"))

    with pytest.raises(FileBroken):
        sniff(link)


def test_a_parser_that_takes_too_much_memory_is_stopped(tmp_path):
    """A bomb of a kind that nobody knows yet ends its own process and nothing else. (C3)"""
    path = written(tmp_path, image_bytes(size=(6000, 6000)))

    with pytest.raises(ParserFailed):
        limited.ask("examining.py", "examine", seconds=10, megabytes=120, path=str(path))
