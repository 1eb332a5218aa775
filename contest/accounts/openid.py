"""What the provider of an office is asked, and what of its answers is believed (OpenID Connect, by code with PKCE).

Authlib and joserfc are loaded when somebody signs in like this: most instances have no provider, and start without.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

SCOPE = "openid email"
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures by a key that only the provider has; none, or one that our own secret could make, proves nothing."""
DRIFT = 60  # seconds by which two clocks may differ
LONGEST_SUB = 255


class BadAnswer(Exception):
    """An answer of the provider that proves nothing; the text says why, for the log."""


class UnknownKey(BadAnswer):
    """It is signed with a key that is not among those known: they may have been changed."""


@dataclass(frozen=True)
class Described:
    """What a provider says of itself.

    :ivar authorization: where people are sent to sign in
    :ivar token: where a code is given for a token
    :ivar keys: where the keys of its signatures lie
    :ivar userinfo: where it tells of people what the token leaves out, or nothing
    :ivar takes_basic: whether our secret goes into a header, or else into the body
    :ivar algorithms: of its signatures, only those that we believe
    """

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    takes_basic: bool
    algorithms: tuple[str, ...]

    @classmethod
    def read(cls, document: Mapping[str, Any], issuer: str) -> Self:
        """Read the document that lies at the issuer.

        :raise BadAnswer: if it speaks for another issuer, or leads away from encrypted addresses
        """
        if document.get("issuer") != issuer:
            raise BadAnswer("the document is that of another issuer")
        named = document.get("id_token_signing_alg_values_supported") or ["RS256"]
        basic = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return cls(
            issuer=issuer,
            authorization=_address(document, "authorization_endpoint", issuer),
            token=_address(document, "token_endpoint", issuer),
            keys=_address(document, "jwks_uri", issuer),
            userinfo=_address(document, "userinfo_endpoint", issuer) if document.get("userinfo_endpoint") else "",
            takes_basic="client_secret_basic" in basic,
            algorithms=tuple(sorted(ALGORITHMS.intersection(one for one in named if isinstance(one, str)))),
        )


def _address(document: Mapping[str, Any], name: str, issuer: str) -> str:
    address = document.get(name)
    if not isinstance(address, str) or not (address.startswith("https://") or origin(address) == origin(issuer)):
        raise BadAnswer(f"{name} is no https address")
    return address


def origin(address: str) -> tuple[str, str | None, int | None]:
    """Give scheme, host and port of an address."""
    parts = urlsplit(address)
    return parts.scheme, parts.hostname, parts.port


@dataclass(frozen=True)
class Question:
    """What one browser was sent to the provider with; the answer must fit it.

    :ivar state: comes back with the browser
    :ivar nonce: comes back inside what is signed
    :ivar verifier: shows that whoever brings the code is whoever asked for it
    :ivar asked_at: seconds since 1970, by the clock of the machine
    """

    state: str
    nonce: str
    verifier: str
    asked_at: int

    @classmethod
    def new(cls, now: float) -> Self:
        """Draw a question."""
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), int(now))


def way_there(
    described: Described, question: Question, *, client_id: str, back: str, again: bool, language: str
) -> str:
    """Give the address at the provider to which a browser is sent.

    :param back: address of ours to which it comes back
    :param again: whether the person is to sign in there although they are signed in there already
    """
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    address: str = prepare_grant_uri(
        described.authorization,
        client_id,
        "code",
        redirect_uri=back,
        scope=SCOPE,
        state=question.state,
        nonce=question.nonce,
        code_challenge=create_s256_code_challenge(question.verifier),
        code_challenge_method="S256",
        ui_locales=language,
        prompt="login" if again else None,
        max_age="0" if again else None,
    )
    return address


def code_form(code: str, question: Question, *, back: str, client_id: str, secret: str, in_body: bool) -> bytes:
    """Write what a code is exchanged with.

    :param in_body: whether our secret goes here; a client without a secret is named by its id alone
    """
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": question.verifier,
        "client_id": client_id,
    }
    if in_body and secret:
        fields["client_secret"] = secret
    return urlencode(fields).encode()


@dataclass(frozen=True)
class Identity:
    """Who is there, as the provider has signed it.

    :ivar sub: by which the provider knows the person, for ever
    :ivar email: only one that the provider has verified; else nothing
    :ivar proved_at: when the person signed in there, seconds since 1970; None where it does not say
    :ivar factors: how they did it, as the provider calls it (``amr`` and ``acr``)
    """

    issuer: str
    sub: str
    email: str
    proved_at: int | None
    factors: frozenset[str]

    @property
    def shown(self) -> str:
        """What its owner knows the account by."""
        return self.email or self.sub

    def is_of(self, domains: Collection[str]) -> bool:
        """Say whether its verified address is of one of the domains; of none named: whether it is anybody's."""
        return not domains or self.email.rpartition("@")[2] in domains

    def was_proved_since(self, asked_at: int) -> bool:
        """Say whether the person signed in at the provider after they were asked to, as far as two clocks agree."""
        return self.proved_at is not None and self.proved_at >= asked_at - DRIFT


def identity(
    token: Mapping[str, Any], keys: Mapping[str, Any], described: Described, *, client_id: str, nonce: str, now: float
) -> Identity:
    """Read who is there from what a code was exchanged for.

    :param keys: of the provider
    :param now: seconds since 1970, by the clock of the machine
    :raise UnknownKey: if it is signed with a key that is not among these
    :raise BadAnswer: if it is not signed by the provider, for us, for this question, now
    """
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError, JoseError
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    signed = token.get("id_token")
    if not isinstance(signed, str):
        raise BadAnswer("there is no id_token")
    try:
        known = KeySet.import_key_set({"keys": keys["keys"]})
        registry = JWSRegistry(algorithms=described.algorithms, strict_check_header=False)
        read = jwt.decode(signed, known, registry=registry)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": described.issuer},
                "aud": {"essential": True, "value": client_id},
                "nonce": {"essential": True, "value": nonce},
            },
            {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")},
        )
        claims.validate(now=int(now), leeway=DRIFT)
    except InvalidKeyIdError as error:
        raise UnknownKey(str(error)) from error
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadAnswer(str(error)) from error
    sub = claims["sub"]
    if not 0 < len(sub) <= LONGEST_SUB:
        raise BadAnswer("sub is empty or too long")
    proved_at = claims.get("auth_time")
    said = [*(claims.get("amr") or []), claims.get("acr")]
    return Identity(
        issuer=described.issuer,
        sub=sub,
        email=verified_email(claims),
        proved_at=None if proved_at is None else int(proved_at),
        factors=frozenset(one for one in said if isinstance(one, str)),
    )


def verified_email(claims: Mapping[str, Any]) -> str:
    """Give the address that a provider says it has verified, in small letters; else nothing."""
    email = claims.get("email")
    is_verified = claims.get("email_verified") in (True, "true")
    return email.lower() if isinstance(email, str) and is_verified and len(email) <= 254 else ""


def read_json(content: bytes) -> dict[str, Any]:
    """Read an object of JSON.

    :raise BadAnswer: if it is none
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("it is no JSON") from error
    if not isinstance(found, dict):
        raise BadAnswer("it is no JSON object")
    return found


def words(text: str) -> frozenset[str]:
    """Read a setting that lists words, separated by commas."""
    return frozenset(word.strip() for word in text.split(",") if word.strip())
