"""Every official document with many rows: whole rows, no heading alone, the same words in both files."""

from types import SimpleNamespace

import pytest

from tests.official.reading import check_document
from tests.official.samples import DOCUMENTS, PARTY, STATE, setting

FEW, SOME, MANY = 26, 40, 300


@pytest.fixture
def lengths(request: pytest.FixtureRequest) -> tuple[int, ...]:
    """How many rows are tried: a page and some more; with ``--long`` every length by which a page may end otherwise."""
    return (*range(2, SOME + 2), MANY) if request.config.getoption("--long") else (FEW,)


@pytest.fixture
def letterheads(request: pytest.FixtureRequest) -> tuple[SimpleNamespace, ...]:
    """Whose paper it is: with ``--long`` that of the Party and that of the State, of which the first is the longer."""
    return (PARTY, STATE) if request.config.getoption("--long") else (PARTY,)


@pytest.mark.parametrize("kind", DOCUMENTS, ids=str)
def test_a_document_of_any_length_breaks_where_it_may(app, tmp_path, kind, letterheads, lengths):
    for letterhead in letterheads:
        for rows in lengths:
            check_document(DOCUMENTS[kind](setting(letterhead), rows), tmp_path)
