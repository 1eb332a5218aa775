"""Links in letters: signed, bound to what they were sent for, dead after their hour or their use."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from contest.accounts.refusals import DeadLink


class Purpose(StrEnum):
    """What a link is for; one sent for one thing opens nothing else."""

    CONFIRM = "confirm"
    RESET = "reset"
    INVITE = "invite"
    CERTIFICATE = "certificate"


def sign(secret: str, purpose: Purpose, about: str, mark: str, expires_at: datetime) -> str:
    """Make the token of a link.

    :param about: whom or what the link concerns
    :param mark: a mark of the state it was sent in; when that state changes, the link is dead
    """
    token = _serializer(secret, purpose).dumps([about, mark, int(expires_at.timestamp())])
    return token if isinstance(token, str) else token.decode()


def read(secret: str, purpose: Purpose, token: str, now: datetime) -> tuple[str, str]:
    """Read the token of a link.

    :return: whom or what it concerns, and the mark that must still fit
    :raise DeadLink: if it was altered, made for something else, or is too old
    """
    try:
        content: Any = _serializer(secret, purpose).loads(token)
    except BadSignature as error:
        raise DeadLink from error
    about, mark, expires = content
    if now.timestamp() >= expires:
        raise DeadLink
    return about, mark


def mark_of(*state: object) -> str:
    """Make a short mark of a state, from which the state cannot be read back."""
    return sha256("\x1f".join(str(part) for part in state).encode()).hexdigest()[:20]


def _serializer(secret: str, purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret, salt=f"contest.accounts.{purpose}", signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"}
    )
