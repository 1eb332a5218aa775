"""Every document: the same words as PDF and as DOCX, whole rows, no heading alone, a file that needs no mending."""

from unicodedata import is_normalized

import pytest

from contest.official.kinds import Kind
from contest.printing import official
from tests.official.reading import HEADINGS, fonts_of, is_sound, lay_out, words_of_docx, words_of_pdf
from tests.official.samples import DOCUMENTS, PARTY, STATE, setting

MANY = 300
#: In every check: each document with nothing in it and with one line, and one of many pages. The rest is in the proofs.
CHEAP = [*((kind, rows) for kind in DOCUMENTS for rows in (0, 1)), (Kind.DECISION, MANY)]


@pytest.mark.parametrize(("kind", "rows"), CHEAP, ids=str)
def test_a_document_says_the_same_in_both_files_and_breaks_where_it_may(app, tmp_path, kind, rows):
    document = DOCUMENTS[kind](setting(PARTY if rows else STATE), rows)

    laid, written = lay_out(document), official.docx(document)

    words = words_of_pdf(laid.pdf, document, tmp_path / "document.pdf")
    assert words == words_of_docx(written)
    assert all(is_normalized("NFC", word) for word in words)
    assert laid.parted_rows == 0
    assert [foot for foot in laid.feet if foot in HEADINGS] == []
    assert is_sound(laid.pdf, tmp_path / "document.pdf")
    names, whole = fonts_of(laid.pdf)
    assert whole and all(name.startswith("Liberation-Serif") for name in names)
