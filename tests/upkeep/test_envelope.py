"""Bytes under a passphrase."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contest.upkeep import envelope
from contest.upkeep.envelope import EXTRA, HEADER, OpeningReader, SealingWriter
from contest.upkeep.refusals import BackupIncomplete, NoBackup, PassphraseTooShort, PassphraseWrong

PASSPHRASE = "một câu thần chú đủ dài"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Small pieces and a key that costs little: what is proved does not depend on either."""
    monkeypatch.setattr(envelope, "PIECE", 100)
    monkeypatch.setattr(envelope, "MEMORY", 8192 << 4)
    monkeypatch.setattr(envelope, "OPERATIONS", 1)


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    writer = SealingWriter(out, PASSPHRASE)
    writer.write(content)
    writer.close()
    return out.getvalue()


def opened(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader = OpeningReader(io.BytesIO(content), passphrase)
    found = reader.read()
    reader.finish()
    return found


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 1234])
def test_what_was_sealed_comes_back(size):
    content = bytes(range(256)) * 5

    assert opened(sealed(content[:size])) == content[:size]


@settings(max_examples=30)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_single_bit_that_was_changed_anywhere_is_noticed(place, bit):
    content = bytearray(sealed(b"a" * 350))
    content[place % len(content)] ^= 1 << bit

    with pytest.raises((PassphraseWrong, BackupIncomplete, NoBackup)):
        opened(bytes(content))


def test_pieces_that_were_left_out_moved_or_added_are_noticed():
    whole = sealed(b"a" * 350)
    start = whole.index(b"\n") + 1 + HEADER
    size = 100 + EXTRA
    head, pieces = whole[:start], [whole[place : place + size] for place in range(start, len(whole), size)]
    assert len(pieces) == 4

    for changed in (pieces[1:], pieces[:-1], [pieces[1], pieces[0], *pieces[2:]], [*pieces, pieces[0]]):
        with pytest.raises((PassphraseWrong, BackupIncomplete)):
            opened(head + b"".join(changed))


def test_another_passphrase_opens_nothing():
    with pytest.raises(PassphraseWrong):
        opened(sealed(b"a"), "một câu thần chú khác")


def test_a_passphrase_that_can_be_guessed_is_refused():
    with pytest.raises(PassphraseTooShort):
        SealingWriter(io.BytesIO(), "ngan")


def test_no_file_makes_us_spend_any_amount_of_memory_on_its_key():
    greedy = sealed(b"a").replace(str(envelope.MEMORY).encode(), b"99999999999")

    with pytest.raises(NoBackup):
        opened(greedy)
