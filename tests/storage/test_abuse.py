"""Files made to do harm: what they are taken for, what is refused before it unfolds, and what is left of them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, TiffImagePlugin

from contest import jobs, storage
from contest.database import db
from contest.storage import limited
from contest.storage.derivatives import derivatives_of
from contest.storage.examining import examine
from contest.storage.models import Blob
from contest.storage.serving import serve_original
from tests.makers.storage import docx_bytes, image_bytes, make_blob, pdf_bytes

SCRIPT = b"<script>alert(document.domain)</script>"


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "trang-bao.pdf"
    path.write_bytes(content)
    return path


def found(tmp_path: Path, content: bytes) -> dict:
    """What the limited process answers, asked without one: that there is one is for `test_sniff` to show."""
    return examine(str(written(tmp_path, content)))


def pdf(change) -> bytes:
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(*members: zipfile.ZipInfo | str) -> bytes:
    out = io.BytesIO(docx_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        for member in members:
            archive.writestr(member, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html>" + SCRIPT,
        b"\xef\xbb\xbf<html>" + SCRIPT,
        b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        b'<?xml version="1.0"?><!DOCTYPE svg><svg onload="alert(1)"/>',
        b"alert(1)//",
        b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)",
        b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
        b"\x7fELF" + bytes(300),
        b"#!/bin/sh\nid\n",
        b"PK\x03\x04" + bytes(200),
    ],
    ids=["html", "html-bom", "svg", "svg-dtd", "js", "gif-js", "ps", "elf", "sh", "zip"],
)
def test_what_a_browser_or_a_shell_would_run_is_not_taken(tmp_path, content):
    """HTML, SVG, scripts and programs are refused by their content, under any name. (C1)"""
    assert found(tmp_path, content)["refused"] in ("unknown", "broken")


def test_a_picture_that_is_also_a_page_is_a_picture_and_loses_the_page(app):
    """A polyglot keeps the type that we found; what is looked at was encoded anew. (C2)"""
    blob = make_blob(image_bytes(comment=SCRIPT) + SCRIPT)
    sha256 = blob.sha256
    assert jobs.work_once()

    with app.test_request_context():
        answer = serve_original(db.session.get_one(Blob, sha256), "anh.jpg.html")
        answer.close()
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer.headers["Content-Disposition"] == "attachment; filename=anh.jpg.html.jpg"
    for made in derivatives_of([sha256])[sha256]:
        assert b"script" not in b"".join(storage.read(made.sha256))


def test_a_document_that_is_also_an_archive_or_a_page_is_one_thing_only(tmp_path):
    """An archive behind a PDF changes nothing about it; a page before one makes it no PDF. (C2)"""
    assert found(tmp_path, pdf_bytes() + docx_bytes())["kind"] == "pdf"
    assert found(tmp_path, b"<!doctype html>" + SCRIPT + pdf_bytes()) == {"refused": "unknown"}


@pytest.mark.parametrize("name", ["bai.pdf.exe", "bai.exe", "bai.pdf\u202efdp.exe", "bai.pdf .html", "bai.pdf%00.exe"])
def test_a_download_ends_in_what_it_is_whatever_came_before(name):
    """A second extension never stands last. (C2)"""
    assert storage.download_name(name, "application/pdf").endswith(".pdf")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.Root.__setattr__("OpenAction", pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")),
        lambda d: d.Root.__setattr__(
            "OpenAction",
            pikepdf.Dictionary(
                S=pikepdf.Name.GoTo, Next=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
            ),
        ),
        lambda d: d.Root.__setattr__("Names", pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())),
        lambda d: d.Root.__setattr__("AcroForm", pikepdf.Dictionary(XFA=pikepdf.Array())),
        lambda d: d.pages[0].obj.__setattr__("AA", pikepdf.Dictionary()),
        lambda d: d.pages[0].obj.__setattr__(
            "Annots",
            pikepdf.Array(
                [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm))]
            ),
        ),
        lambda d: d.attachments.__setitem__("a.exe", pikepdf.AttachedFileSpec(d, b"MZ", filename="a.exe")),
    ],
    ids=["launch", "script-next", "script-names", "xfa", "page", "press", "attachment"],
)
def test_a_pdf_that_does_something_by_itself_is_marked(tmp_path, change):
    """Scripts, programs to launch, forms that send and files inside: taken as evidence, and marked. (C2)"""
    assert found(tmp_path, pdf(change))["active"]


def test_a_pdf_with_plain_links_is_not_marked(tmp_path):
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://baoquangngai.vn"))
    pressed = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=link)

    assert not found(tmp_path, pdf(lambda d: d.pages[0].obj.__setattr__("Annots", pikepdf.Array([pressed]))))["active"]


@pytest.mark.parametrize("extra", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/x/vbaProject.bin"])
def test_macros_in_a_word_document_are_refused_with_what_to_do(tmp_path, extra):
    """A document with macros is refused by its exact reason, however it is called. (C2)"""
    assert found(tmp_path, docx_bytes(extra={extra: b"macro"})) == {"refused": "macros"}


@pytest.mark.parametrize(
    "extra",
    [
        {"word/embeddings/oleObject1.bin": b"MZ"},
        {"word/activeX/activeX1.xml": b"<x/>"},
        {
            "word/_rels/settings.xml.rels": b'<Relationships><Relationship TargetMode="External" Type="http://x/'
            b'attachedTemplate" Target="http://10.0.0.1/a.dotm"/></Relationships>'
        },
    ],
    ids=["object", "control", "template"],
)
def test_a_word_document_with_objects_or_a_template_elsewhere_is_marked(tmp_path, extra):
    """What a word processor would run or fetch is known before anybody opens it. (C2)"""
    assert found(tmp_path, docx_bytes(extra=extra))["active"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_declares_entities_is_refused_before_they_unfold(tmp_path, encoding):
    """A billion laughs are not begun. (C3)"""
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'.encode(encoding)

    assert found(tmp_path, docx_bytes(extra={"word/numbering.xml": laughs})) == {"refused": "complicated"}


def test_an_archive_of_too_many_members_is_refused_by_its_directory(tmp_path):
    """Counted, not unpacked. (C3)"""
    names = [zipfile.ZipInfo(f"word/{number}") for number in range(3001)]

    assert found(tmp_path, zipped(*names)) == {"refused": "complicated"}


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, of few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_picture_is_measured_by_its_header_in_a_process_that_could_not_hold_it(tmp_path):
    """Twenty thousand by twenty thousand dots need 1.2 GB; it is refused where there are 300 MB. (C3)"""
    path = written(tmp_path, png(20_000, 20_000))

    answer = limited.ask("examining.py", "examine", seconds=5, megabytes=300, path=str(path))

    assert answer == {"refused": "pixels"}


def test_a_picture_of_many_pages_is_taken_as_its_first(tmp_path):
    """A TIFF of a hundred pages costs no more than one. (C3)"""
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out, True) as pages:
        for _ in range(100):
            Image.new("1", (16, 16)).save(pages, "TIFF")
            pages.newFrame()

    assert found(tmp_path, out.getvalue())["media_type"] == "image/tiff"


def link() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("word/media/anh.png")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    "member",
    ["../../../etc/cron.d/x", "/etc/passwd", "..\\..\\windows\\x", "C:\\windows\\x", "word/../../x", link()],
    ids=["slip", "absolute", "windows-slip", "drive", "inner-slip", "link"],
)
def test_an_archive_whose_members_lead_elsewhere_is_refused(tmp_path, member):
    """Nothing is ever unpacked to a name of theirs, and such a document is not taken at all. (C4)"""
    assert found(tmp_path, zipped(member)) == {"refused": "broken"}


def test_an_archive_without_a_document_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"x")

    assert found(tmp_path, out.getvalue()) == {"refused": "unknown"}
