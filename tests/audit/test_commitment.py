"""A commitment binds what nobody can guess."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.audit.commitment import leaf, path, root, root_from

LEAVES = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=40, unique=True)


@given(LEAVES, st.data())
def test_each_leaf_finds_the_root_by_its_path(leaves, data):
    chosen = data.draw(st.sampled_from(leaves))

    assert root_from(chosen, path(leaves, chosen)) == root(leaves)


@given(LEAVES)
def test_the_order_in_which_leaves_come_makes_no_difference(leaves):
    assert root(reversed(leaves)) == root(leaves)


@given(LEAVES)
def test_a_leaf_that_is_left_out_or_added_makes_another_root(leaves):
    """Nothing can be exchanged after the commitment was published. (F5)"""
    assert root(leaves[1:]) != root(leaves)
    assert root([*leaves, "ab" * 32]) != root(leaves) or "ab" * 32 in leaves


def test_a_leaf_that_is_not_there_has_no_path():
    with pytest.raises(ValueError, match="not in list"):
        path(["00" * 32], "ff" * 32)


def test_a_leaf_is_the_hash_of_the_salt_and_the_fingerprint():
    assert leaf("00ff", "ab") == sha256(b"00ff:ab").hexdigest()
