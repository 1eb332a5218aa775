"""Five hundred certificates with the longest names, groups and titles."""

from __future__ import annotations

import pytest

from tests.certificates.test_long_words import found


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    """How many certificates are set: sixty, or five hundred with ``--long``."""
    return 500 if request.config.getoption("--long") else 60


def test_five_hundred_certificates_have_every_letter_on_its_place(count: int) -> None:
    wrong, refused = found(count)

    assert wrong == []
    assert refused <= count // 20
