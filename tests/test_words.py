"""Every sentence has its Vietnamese, says the same, and is kept in one form."""

from __future__ import annotations

import re
import unicodedata

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from contest.translations.__main__ import catalogue, sentences

PLACES = re.compile(r"%\((\w+)\)[sd]")


def read(language: str) -> Catalog:
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


def texts(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


@pytest.fixture(scope="module")
def vietnamese() -> Catalog:
    return read("vi")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_of_code_and_templates_is_translated(language):
    catalog = read(language)
    missing = []
    for message in sentences():
        if message.id:
            known = catalog.get(texts(message.id)[0], message.context)
            if known is None or not all(texts(known.string)):
                missing.append(message.id)

    assert missing == []


def test_no_catalogue_keeps_sentences_that_nobody_says(vietnamese):
    said = {texts(message.id)[0] for message in sentences() if message.id}

    assert [message.id for message in vietnamese if message.id and texts(message.id)[0] not in said] == []


def test_a_translation_fills_in_the_same_places(vietnamese):
    wrong = []
    for message in vietnamese:
        if message.id:
            wanted = set(PLACES.findall(" ".join(texts(message.id))))
            wrong += [message.id for text in texts(message.string) if set(PLACES.findall(text)) - wanted]
            wrong += [message.id for text in texts(message.string) if wanted - set(PLACES.findall(text)) - {"num"}]

    assert wrong == []


def test_vietnamese_is_kept_in_nfc(vietnamese):
    assert all(
        unicodedata.is_normalized("NFC", text) for message in vietnamese if message.id for text in texts(message.string)
    )


def test_plurals_have_the_one_form_that_vietnamese_has(vietnamese):
    assert vietnamese.num_plurals == 1
