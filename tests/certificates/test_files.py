"""Files that people bring to /tra-cuu: what is said of them, and what nobody learns."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest

from contest import storage
from contest.accounts import attempts
from contest.accounts.attempts import AttemptKind
from contest.certificates import comparing, services, views
from contest.certificates.comparing import Verdict
from contest.certificates.models import CertificateState
from contest.database import db
from contest.storage import files, limited, tracing
from tests.makers.certificates import make_drawn_certificates, make_public_certificates, make_signing_key


@pytest.fixture
def public(app):
    """A signed certificate that is public, and its file."""
    make_signing_key()
    _, _, certificates = make_public_certificates()
    return certificates[0], storage.path(certificates[0].sha256).read_bytes()


def brought(visitor, content: bytes, name: str = "giay.pdf"):
    """Bring a file to the form."""
    visitor.get("/tra-cuu")
    return visitor.send(files={"tep": (content, name)})


def test_the_file_that_was_issued_is_genuine_and_says_who_signed_it(public, browser):
    certificate, content = public
    visitor = browser()

    answer = brought(visitor, content)

    assert answer.status_code == 200
    for words in ("Giấy chứng nhận có thật", "Đinh Thị Mai", "Ban Tổ chức cuộc thi", "tự tạo", certificate.shown_code):
        assert words in visitor.text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CertificateState.REVOKED, "đã bị thu hồi"),
        (CertificateState.SUSPENDED, "tạm"),
        (CertificateState.SUPERSEDED, "đã được thay"),
    ],
)
def test_a_file_that_is_no_longer_in_force_says_what_became_of_it(public, browser, state, words):
    certificate, content = public
    certificate.state, certificate.ended_on, certificate.ended_by = state, date(2025, 11, 12), "19-QĐ/BTC"
    db.session.commit()
    visitor = browser()

    brought(visitor, content)

    assert words in visitor.text
    assert "19-QĐ/BTC" in visitor.text
    assert "Giấy chứng nhận có thật" not in visitor.text


def test_a_changed_name_is_told_line_by_line(public, browser):
    certificate, content = public
    visitor = browser()

    brought(visitor, with_text(content, "Nguyễn Văn Giả"))

    assert "không phải là tệp đã được cấp" in visitor.text
    assert "Giấy chứng nhận có thật" not in visitor.text
    assert certificate.shown_code in visitor.text


def with_text(content: bytes, words: str) -> bytes:
    """Write over a certificate and save it anew, as an editor does."""
    with pikepdf.open(BytesIO(content)) as document:
        page = document.pages[0]
        del document.Root["/AcroForm"], page["/Annots"]
        font = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.Resources.Font["/Added"] = font
        written = words.encode("ascii", "ignore")
        page.contents_add(pikepdf.Stream(document, b"BT /Added 20 Tf 200 300 Td (" + written + b") Tj ET"))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def test_what_was_added_after_signing_is_told_from_what_was_signed(public, browser):
    _, content = public
    visitor = browser()

    brought(visitor, content + b"\n% added\n")

    assert "sau khi ký" in visitor.text


def test_one_flipped_byte_anywhere_is_reported(public, monkeypatch, tmp_path):
    _, content = public
    # The same function as in the limited process, without starting one for each byte.
    monkeypatch.setattr(limited, "ask", lambda _, what, **given: _in_this_process(what, given))
    path, verdicts = tmp_path / "flipped.pdf", set()

    for place in range(0, len(content), len(content) // 60):
        flipped = bytearray(content)
        flipped[place] ^= 1
        path.write_bytes(flipped)
        verdicts.add(services.examine(path).verdict)

    assert verdicts == {Verdict.ALTERED}


def _in_this_process(what, given):
    del given["seconds"], given["megabytes"]
    return {"trace": tracing.trace, "words": tracing.words}[what](**given)


def test_a_file_of_somebody_else_is_unknown(app, browser):
    stranger = pikepdf.new()
    stranger.add_blank_page()
    out = BytesIO()
    stranger.save(out)
    visitor = browser()

    answer = brought(visitor, out.getvalue())

    assert answer.status_code == 200
    assert "không có trong hệ thống" in visitor.text


def test_before_publication_a_file_and_an_altered_one_are_answered_like_an_unknown_one(app, browser):
    make_signing_key()
    _, _, certificates = make_drawn_certificates()
    content = storage.path(certificates[0].sha256).read_bytes()
    visitor = browser()
    stranger = pikepdf.new()
    stranger.add_blank_page()
    out = BytesIO()
    stranger.save(out)

    said = []
    for each in (content, content + b"\n", out.getvalue()):
        brought(visitor, each)
        said.append(visitor.soup.find("main").get_text())

    assert said[0] == said[1] == said[2]


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<script>owned()</script>", b"%PDF-1.7\n" + b"\0" * 4000])
def test_anything_else_is_refused_or_unknown_with_a_sentence(app, browser, content):
    visitor = browser()

    answer = brought(visitor, content)

    assert answer.status_code in (200, 422)
    assert "Giấy chứng nhận có thật" not in visitor.text


def test_a_file_that_is_too_long_is_refused_at_the_field(app, browser, monkeypatch):
    monkeypatch.setattr(views, "LARGEST", 0)
    visitor = browser()

    answer = brought(visitor, b"%PDF-1.7")

    assert answer.status_code == 422
    assert visitor.soup.find(id="e-tep")


def test_nothing_of_a_file_is_kept(public, browser):
    _, content = public
    before = everything_kept()

    brought(browser(), content + b"\n")

    assert everything_kept() == before


def everything_kept():
    return {kept.sha256 for kept in files.kept()} | {file.name for file in files.workspace().rglob("*")}


def test_bringing_files_is_slowed_down(app, browser, monkeypatch):
    monkeypatch.setitem(attempts.BY_ADDRESS, AttemptKind.EXAMINE, (attempts.Limit(2, timedelta(minutes=2)),))
    visitor = browser()

    assert [brought(visitor, b"GIF89a").status_code for _ in range(3)] == [422, 422, 429]


def test_lines_that_differ_are_named_in_order():
    issued, found = ["A", "Lê Na", "GIẢI C", "Z"], ["A", "Lê Nam", "GIẢI C", "Z", "thêm"]

    assert comparing.differences(issued, found) == [
        comparing.Difference("Lê Na", "Lê Nam"),
        comparing.Difference("", "thêm"),
    ]
