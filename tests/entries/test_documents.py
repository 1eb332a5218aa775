from __future__ import annotations

from unicodedata import normalize

from flask import Flask
from pypdfium2 import PdfDocument

from contest.entries import documents
from tests.makers import entries as make
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest


def test_the_receipt_is_one_page_with_the_exact_names_the_code_and_the_files(app: Flask) -> None:
    authors = [make.byline(name="Đặng Thị Mỹ Ửng"), make.byline(name="Đinh Văn Rố", lead=False)]
    entry = make.make_entry(make_contest(), make_user(), "received", "BAO_DIEN_TU", bylines=authors)

    drawn = documents.receipt(entry, entry.revision)

    document = PdfDocument(drawn)
    text = normalize("NFC", " ".join(document[0].get_textpage().get_text_range().split()))
    pages = len(document)
    document.close()
    assert pages == 1
    for words in ("BĐT-0001", "Đặng Thị Mỹ Ửng", "Đinh Văn Rố", entry.title, "Bản chụp toàn trang.pdf"):
        assert words in text
    assert documents.receipt(entry, entry.revision) == drawn
