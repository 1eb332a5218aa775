"""The signed payload of a QR code: what a reader can check without asking our server.

The payload stands behind ``#`` in the printed address, so a telephone opens the page as usual and never sends it. It
holds a few of the printed words and an Ed25519 signature over them and the code. The key is made on first need in the
instance folder and is readable by its owner alone; the same words give the same payload.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from contest import config

KEY_FILE = "certificates.key"
VERSION = "1"
MOST_BYTES = 130  # of the words; with the signature and the letters of base 64 the payload stays under 270 characters


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """Give the key of an instance, made on first need."""
    return _read_key(config.kept_secret(folder / KEY_FILE, _new_key))


def sign_document(document: Mapping[str, Any], key: Ed25519PrivateKey) -> dict[str, str]:
    """Sign a JSON document as a flattened JWS (RFC 7515, EdDSA), which other programs verify as it stands."""
    protected = _encode(json.dumps({"alg": "EdDSA", "kid": key_id(key.public_key())}).encode())
    payload = _encode(json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    signature = _encode(key.sign(f"{protected}.{payload}".encode()))
    return {"protected": protected, "payload": payload, "signature": signature}


def public_text(key: Ed25519PublicKey) -> str:
    """Write the public half of a key as everybody may have it: 32 bytes in base 64."""
    return _encode(key.public_bytes_raw())


def read_public(text: str) -> Ed25519PublicKey:
    """Read what `public_text` wrote."""
    return Ed25519PublicKey.from_public_bytes(_decode(text))


def key_id(key: Ed25519PublicKey) -> str:
    """Name a key by the beginning of its fingerprint."""
    return sha256(key.public_bytes_raw()).hexdigest()[:16]


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read_key(content: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(content, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{KEY_FILE} does not hold an Ed25519 key")
    return key


def sign(code: str, words: Sequence[str], key: Ed25519PrivateKey) -> str:
    """Sign a code together with some printed words.

    :param words: the most telling first; what is over the limit of bytes is left out at the end
    """
    body = "\n".join(words).encode()[:MOST_BYTES].decode(errors="ignore").encode()
    return f"{VERSION}.{_encode(body)}.{_encode(key.sign(_message(code, body)))}"


def verify(code: str, payload: str, key: Ed25519PublicKey) -> list[str] | None:
    """Give the signed words of a payload, or None if it was not made for this code with this key."""
    try:
        version, body, signature = payload.split(".")
        words = _decode(body)
        key.verify(_decode(signature), _message(code, words))
        return words.decode().split("\n") if version == VERSION else None
    except (ValueError, InvalidSignature):
        return None


def _message(code: str, body: bytes) -> bytes:
    return b"\0".join((b"certificate", VERSION.encode(), code.encode(), body))


def _encode(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
