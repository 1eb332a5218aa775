from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as some

from contest.entries import revision
from contest.entries.draft import BYLINE, blank

NAMES = some.text(some.characters(codec="utf-8"), max_size=40)


def written(name: str, salt: str) -> dict[str, object]:
    draft = blank("BAO_IN", "Giữ nước đầu nguồn")
    draft["bylines"] = [BYLINE | {"name": name, "email": "mai@toasoan.example", "phone": "+84905123456", "lead": True}]
    return revision.content(draft, [("subject-1", revision.digest(draft["bylines"][0], salt))], [])


def test_the_content_holds_no_name_and_no_contact_data() -> None:
    content = revision.canonical(written("Đinh Thị Mai", "a" * 32)).decode()

    assert "Mai" not in content
    assert "mai@toasoan.example" not in content
    assert "+84905123456" not in content
    assert "subject-1" in content


def test_another_name_gives_another_fingerprint() -> None:
    assert revision.fingerprint(written("Mai", "a" * 32)) != revision.fingerprint(written("Trà", "a" * 32))


def test_the_same_name_cannot_be_recognised_under_another_salt() -> None:
    assert revision.digest({"name": "Mai"}, revision.salt()) != revision.digest({"name": "Mai"}, revision.salt())


@given(NAMES)
def test_the_two_ways_of_writing_a_letter_give_one_fingerprint(name: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))

    assert revision.digest({"name": composed}, "s") == revision.digest({"name": decomposed}, "s")


@given(some.dictionaries(NAMES, some.integers(), max_size=5))
def test_the_order_of_keys_does_not_matter(values: dict[str, int]) -> None:
    assert revision.canonical(values) == revision.canonical(dict(reversed(values.items())))
