"""Every official document with many rows: whole rows, no heading alone, the same words in both files."""

import pytest

from tests.official.reading import check_document
from tests.official.samples import DOCUMENTS, PARTY, STATE, setting

SOME, MANY = 40, 300


@pytest.fixture
def lengths(request: pytest.FixtureRequest) -> tuple[int, ...]:
    """How many rows are tried: some pages, and with ``--long`` every length by which a page may end otherwise."""
    return (*range(2, SOME + 2), MANY) if request.config.getoption("--long") else (SOME,)


@pytest.mark.parametrize("kind", DOCUMENTS, ids=str)
@pytest.mark.parametrize("letterhead", [PARTY, STATE], ids=["party", "state"])
def test_a_document_of_any_length_breaks_where_it_may(app, tmp_path, kind, letterhead, lengths):
    for rows in lengths:
        check_document(DOCUMENTS[kind](setting(letterhead), rows), tmp_path)
