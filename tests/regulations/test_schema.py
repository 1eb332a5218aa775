"""Reading a document: once, exactly, and described for editors."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest

from contest.regulations import document, presets, schema
from contest.regulations.problems import RegulationInvalid
from tests.makers.regulations import preset_text


def test_the_same_text_is_parsed_once():
    text = preset_text("quang_ngai_2025", ("works_per_author = 5", "works_per_author = 4"))

    assert schema.parse(text) is schema.parse(str(text.encode(), "utf-8"))
    assert schema.remembered(hashlib.sha256(text.encode()).hexdigest()) is schema.parse(text)


def test_a_refused_text_is_not_remembered():
    text = preset_text("quang_ngai_2025", ("format = 1", "format = 7"))

    with pytest.raises(RegulationInvalid):
        schema.parse(text)
    assert schema.remembered(schema.fingerprint(text)) is None


def test_no_more_than_some_documents_are_remembered():
    for number in range(schema.REMEMBERED + 5):
        schema.parse(presets.text("quang_ngai_2025") + f"# {number}\n")

    assert len(schema._parsed) == schema.REMEMBERED


def test_texts_are_brought_to_nfc():
    decomposed = unicodedata.normalize("NFD", presets.text("quang_ngai_2025"))

    assert schema.parse(decomposed).short_name == "Dân vận khéo"


def test_windows_line_ends_change_nothing():
    text = presets.text("quang_ngai_2025")

    assert schema.parse(text.replace("\n", "\r\n")) == schema.parse(text)


def test_a_file_that_is_not_utf_8_is_refused_at_its_line():
    with pytest.raises(RegulationInvalid) as refusal:
        document.decode(b'format = 1\nname = "\xe9"\n')

    assert refusal.value.problems[0].line == 2


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert document.decode(b"\xef\xbb\xbfformat = 1\n") == "format = 1\n"
