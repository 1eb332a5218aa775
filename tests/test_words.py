"""Every sentence has its Vietnamese, says the same, and is kept in one form."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from contest.translations.__main__ import ROOT, catalogue, everything_said, sentences
from tests.walking import walked
from tests.world import World

PLACES = re.compile(r"%\((\w+)\)[sd]")
TAG = re.compile(r"<(?:!--.*?--|[^>]*)>", re.DOTALL)
READ_ALOUD = re.compile(r'\s(?:title|placeholder|aria-label|alt)="([^"]+)"')
HIDDEN = re.compile(r"<(script|style|textarea|pre|code)\b.*?</\1>", re.DOTALL)
VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
MARK_AT_THE_END = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
"""How “hoá” and “thuý” are written where it is the last vowel that bears the mark; here it is “hóa” and “thúy”."""
WRITTEN_IN_VIETNAMESE = ("documents/", "help/", "printing/")
"""Papers and help pages are written in the one language they are printed and read in."""


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


def test_a_word_that_follows_a_number_is_no_label_elsewhere() -> None:
    counted = {
        message[0] for _, message, _ in everything_said() if not isinstance(message, str) and message[0][:1].islower()
    }
    labels = {message: file for file, message, _ in everything_said() if isinstance(message, str)}
    units = {word for word in counted if not PLACES.search(word)}

    assert {word: labels[word] for word in units if word in labels} == {}


def test_vietnamese_puts_its_marks_where_the_others_stand(vietnamese: Catalog) -> None:
    said_so = [text for message in vietnamese if message.id for text in texts(message.string)]

    assert [text for text in said_so if MARK_AT_THE_END.search(text)] == []


def written_by_hand(template: str) -> str:
    """Give what a template prints by itself, without what comes from the catalogue or from values."""
    tree = Environment(autoescape=True).parse(template)
    return "".join(piece.data for piece in tree.find_all(nodes.TemplateData))


def test_templates_say_nothing_but_through_the_catalogue() -> None:
    templates = ROOT / "templates"
    wrong = []
    for path in sorted(templates.rglob("*.*")):
        name = path.relative_to(templates).as_posix()
        text = written_by_hand(path.read_text("utf-8"))
        if not name.startswith(WRITTEN_IN_VIETNAMESE):
            english = [piece.strip() for piece in TAG.split(HIDDEN.sub("", text)) if re.search(r"[a-z]{3,}", piece)]
            wrong += [(name, piece) for piece in [*english, *VIETNAMESE.findall(text)]]

    assert wrong == []


def patterns(vietnamese: Catalog) -> re.Pattern[str]:
    """Match any sentence that has another Vietnamese, whatever is filled in."""
    english = [
        text
        for message in vietnamese
        if message.id and message.string
        for text in texts(message.id)
        if text not in texts(message.string) and re.search("[A-Za-z]{3}", PLACES.sub("", text))
    ]
    return re.compile("|".join(".+?".join(map(re.escape, PLACES.split(text)[::2])) for text in english))


def shown(html: str) -> set[str]:
    """List what a page shows or reads aloud, piece by piece."""
    visible = HIDDEN.sub("", html)
    pieces = [*TAG.split(visible), *READ_ALOUD.findall(visible)]
    return {" ".join(unescape(piece).split()) for piece in pieces} - {""}


def test_no_page_shows_an_english_sentence_to_a_vietnamese_reader(world: World, vietnamese: Catalog) -> None:
    seen: dict[str, str] = {}
    for page in walked(world):
        for piece in shown(page.html):
            seen.setdefault(piece, f"{page.person} on {page.path}")
    english = patterns(vietnamese)

    assert {piece: where for piece, where in seen.items() if english.fullmatch(piece)} == {}


def test_every_page_says_in_what_language_it_is(world: World) -> None:
    assert {page.path for page in walked(world) if '<html lang="vi"' not in page.html} == set()
