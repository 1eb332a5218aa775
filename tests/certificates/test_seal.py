"""The signed payload of the QR code."""

import stat

from hypothesis import given
from hypothesis import strategies as st

from contest.certificates import seal
from contest.certificates.codes import make

CODE = make(7)
WORDS = ["002/2025", "Giải A, Truyền hình", "Nguyễn Thị Ánh Tuyết +5", "Loạt 3 kỳ: Nơi ngọn sóng dựa vào lòng dân"]


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    first, second = seal.signing_key(tmp_path / "instance"), seal.signing_key(tmp_path / "instance")

    assert first.public_key() == second.public_key()
    assert stat.S_IMODE((tmp_path / "instance" / seal.KEY_FILE).stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "instance").iterdir()] == [seal.KEY_FILE]


def test_a_payload_gives_its_words_back(tmp_path):
    key = seal.signing_key(tmp_path)

    assert seal.verify(CODE, seal.sign(CODE, WORDS, key), key.public_key()) == WORDS


def test_the_same_words_give_the_same_payload(tmp_path):
    key = seal.signing_key(tmp_path)

    assert seal.sign(CODE, WORDS, key) == seal.sign(CODE, WORDS, key)


def test_a_payload_is_bound_to_its_code_and_key(tmp_path):
    key, other = seal.signing_key(tmp_path / "a"), seal.signing_key(tmp_path / "b")
    payload = seal.sign(CODE, WORDS, key)

    assert seal.verify(make(8), payload, key.public_key()) is None
    assert seal.verify(CODE, payload, other.public_key()) is None


@given(st.lists(st.text(max_size=300), max_size=6))
def test_a_payload_stays_under_270_characters(tmp_path_factory, words):
    key = seal.signing_key(tmp_path_factory.getbasetemp())

    payload = seal.sign(CODE, words, key)

    assert len(payload) < 270
    assert seal.verify(CODE, payload, key.public_key()) is not None


def test_a_changed_word_is_noticed(tmp_path):
    key = seal.signing_key(tmp_path)
    version, _, signature = seal.sign(CODE, WORDS, key).split(".")
    _, forged, _ = seal.sign(CODE, ["001/2025", *WORDS[1:]], key).split(".")

    assert seal.verify(CODE, f"{version}.{forged}.{signature}", key.public_key()) is None


@given(st.text(max_size=200))
def test_anything_else_is_no_payload(tmp_path_factory, text):
    key = seal.signing_key(tmp_path_factory.getbasetemp())

    assert seal.verify(CODE, text, key.public_key()) is None
