"""Passkeys: keys that never leave a person's device, and prove themselves by signing what we ask (WebAuthn).

The library is imported where a device is asked or answers: with every form of attestation it takes as long to load as
the database, and nobody has to wait for it while the server starts.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

CHALLENGE = 32  # random bytes


class BadPasskey(Exception):
    """An answer of a device that proves nothing."""


@dataclass(frozen=True)
class Site:
    """For whom a passkey signs.

    :ivar origin: scheme, host and port of the base address
    :ivar name: as the device shows it
    """

    origin: str
    name: str

    @property
    def host(self) -> str:
        """The host name to which keys are bound."""
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class NewKey:
    """A key that a device has made.

    :ivar key_id: by which the device knows it, as base64url
    :ivar public_key: as base64url
    :ivar count: how often the device says it has signed; many always say 0
    :ivar synced: whether the device copies it to others of the same owner
    """

    key_id: str
    public_key: str
    count: int
    synced: bool


def site(base_url: str, name: str) -> Site:
    """Give the site of a base address."""
    parts = urlsplit(base_url)
    return Site(f"{parts.scheme}://{parts.netloc}", name)


def new_challenge() -> str:
    """Make what a device is to sign, as base64url."""
    return _text(secrets.token_bytes(CHALLENGE))


def challenge_hash(challenge: str) -> str:
    """Give the hash under which a challenge waits for its answer."""
    return sha256(challenge.encode()).hexdigest()


def making(site: Site, challenge: str, *, subject: str, email: str, name: str, known: Iterable[str]) -> dict[str, Any]:
    """Say to a browser what key is to be made.

    :param subject: random id of the person: what the device keeps of them
    :param known: ids of the keys that they have already
    """
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=subject.encode(),
        user_name=email,
        user_display_name=name,
        challenge=_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,  # finger, face or number before it signs
        ),
        exclude_credentials=_descriptors(known),
    )
    said: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return said


def signing(site: Site, challenge: str, *, known: Iterable[str] = ()) -> dict[str, Any]:
    """Say to a browser what is to be signed.

    :param known: ids of the keys that may sign; none named: any key of this site that the device has
    """
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=_bytes(challenge),
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    said: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return said


def made(site: Site, answer: str, challenge: str) -> NewKey:
    """Read what a device made.

    :raise BadPasskey: if it did not make it for us, or not now
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadPasskey from error
    return NewKey(
        _text(found.credential_id),
        _text(found.credential_public_key),
        found.sign_count,
        found.credential_backed_up,
    )


def key_named(answer: str) -> str:
    """Read which key an answer says it is signed with.

    :raise BadPasskey: if it names none
    """
    try:
        key_id = json.loads(answer)["rawId"]
        return _text(_bytes(key_id))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadPasskey from error


def signed(site: Site, answer: str, challenge: str, *, public_key: str, count: int) -> int:
    """Check what a device signed.

    :param count: what the key said last; a copy of a key would count from an older number
    :return: how often the key says it has signed now
    :raise BadPasskey: if it is not signed by that key, for us, now
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=_bytes(public_key),
            credential_current_sign_count=count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadPasskey from error
    return found.new_sign_count


def _descriptors(known: Iterable[str]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=_bytes(key_id)) for key_id in known]


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
