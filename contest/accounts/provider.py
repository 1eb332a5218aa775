"""Asking the provider of the office: the one whose address stands in the settings, and nobody that a person names."""

from __future__ import annotations

import logging
import re
import time
from base64 import b64encode
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from contest.accounts import openid
from contest.accounts.openid import BadAnswer, Described, Identity, Question
from contest.accounts.refusals import ProviderDown, ProviderRefused
from contest.config import Settings
from contest.web import outgoing
from contest.web.outgoing import Answer, NotAnswered

log = logging.getLogger(__name__)

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT = 3600  # seconds for which is believed what the provider says of itself, and its keys
KEYS_AGAIN = 60  # seconds until its keys are asked for again because of one that is unknown
REST = 15  # seconds for which a provider that does not answer is not asked again
SECONDS = 5
ERROR = re.compile(rb'"error"\s*:\s*"([a-z_]{1,40})"')
"""What is written into the log of a refusal: its name, and nothing that could be about somebody."""


class Provider:
    """The provider of one instance. What it says of itself is kept for a while, by each process."""

    def __init__(self, settings: Settings) -> None:
        self.issuer, self.client_id = settings.oidc_issuer, settings.oidc_client_id
        self.label = settings.oidc_label
        self.domains = frozenset(domain.lower() for domain in openid.words(settings.oidc_domains))
        self.second_factors = openid.words(settings.oidc_second_factor)
        self._secret = settings.oidc_client_secret.get_secret_value()
        self._described: tuple[float, Described] | None = None
        self._keys: tuple[float, dict[str, Any]] | None = None
        self._failed_at = -float(REST)

    def way_there(self, *, back: str, again: bool, language: str) -> tuple[str, Question]:
        """Draw a question, and give the address at the provider to which a browser is sent with it.

        :param again: whether the person is to sign in there although they are signed in there already
        :raise ProviderDown: if the provider does not answer
        """
        question = Question.new(time.time())
        described = self._says()
        address = openid.way_there(
            described, question, client_id=self.client_id, back=back, again=again, language=language
        )
        return address, question

    def who(self, code: str, question: Question, *, back: str, named: bool = False) -> Identity:
        """Exchange a code for who is there.

        :param named: whether their address is wanted, to be shown to them; it is asked for where domains decide, too
        :raise ProviderDown: if the provider does not answer
        :raise ProviderRefused: if what it answers proves nothing
        """
        described = self._says()
        try:
            token = self._token(described, code, question, back)
            found = self._identity(described, token, question)
            wanted = (named or bool(self.domains)) and not found.email
            if wanted and described.userinfo and isinstance(token.get("access_token"), str):
                found = replace(found, email=self._email(described, token["access_token"], found.sub))
        except BadAnswer as error:
            log.warning("an answer of the provider was not accepted: %r", str(error)[:200])
            raise ProviderRefused from error
        return found

    def is_there(self) -> bool:
        """Say whether it answers, and so that it can be used."""
        try:
            self._known_keys(self._says())
        except (ProviderDown, BadAnswer):
            return False
        return True

    def proves_twice(self, identity: Identity) -> bool:
        """Say whether somebody signed in there in a way that whoever runs this counts as a second factor."""
        return not self.second_factors.isdisjoint(identity.factors)

    def _says(self) -> Described:
        """Give what the provider says of itself."""
        now = time.monotonic()
        if self._described is not None and now < self._described[0] + KEPT:
            return self._described[1]
        try:
            answer = self._ask(self.issuer.removesuffix("/") + WELL_KNOWN)
            described = Described.read(openid.read_json(answer.content), self.issuer)
        except BadAnswer as error:
            log.error("the provider of CONTEST_OIDC_ISSUER cannot be used: %r", str(error)[:200])
            raise ProviderDown from error
        self._described = now, described
        return described

    def _known_keys(self, described: Described, *, again: bool = False) -> dict[str, Any]:
        now = time.monotonic()
        if self._keys is None or now >= self._keys[0] + (KEYS_AGAIN if again else KEPT):
            self._keys = now, openid.read_json(self._ask(described.keys).content)
        return self._keys[1]

    def _token(self, described: Described, code: str, question: Question, back: str) -> dict[str, Any]:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if self._secret and described.takes_basic:
            pair = f"{quote(self.client_id, safe='')}:{quote(self._secret, safe='')}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        body = openid.code_form(
            code,
            question,
            back=back,
            client_id=self.client_id,
            secret=self._secret,
            in_body=not described.takes_basic,
        )
        return openid.read_json(self._ask(described.token, body=body, headers=headers).content)

    def _identity(self, described: Described, token: dict[str, Any], question: Question) -> Identity:
        """Read the token, with keys asked for anew where it is signed with one that is unknown."""

        def read(keys: dict[str, Any]) -> Identity:
            return openid.identity(
                token, keys, described, client_id=self.client_id, nonce=question.nonce, now=time.time()
            )

        try:
            return read(self._known_keys(described))
        except openid.UnknownKey:
            return read(self._known_keys(described, again=True))

    def _email(self, described: Described, access_token: str, sub: str) -> str:
        """Ask for the verified address where the token does not tell it; it must be told of the same person."""
        try:
            answer = self._ask(described.userinfo, headers={"Authorization": f"Bearer {access_token}"})
            told = openid.read_json(answer.content)
        except BadAnswer:
            return ""
        return openid.verified_email(told) if told.get("sub") == sub else ""

    def _ask(self, url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        """Ask the provider; only what lies where the settings say may lie in a private network.

        :raise ProviderDown: if it does not answer, or has a fault of its own
        :raise BadAnswer: if it refuses
        """
        if time.monotonic() < self._failed_at + REST:
            raise ProviderDown
        try:
            answer = outgoing.ask(
                url,
                method="GET" if body is None else "POST",
                body=body,
                headers=headers,
                allow_private=openid.origin(url) == openid.origin(self.issuer),
                seconds=SECONDS,
            )
        except NotAnswered as error:
            self._failed_at = time.monotonic()
            log.error("the provider of CONTEST_OIDC_ISSUER does not answer: %s", error)
            raise ProviderDown from error
        if answer.status >= 500:
            log.error("the provider of CONTEST_OIDC_ISSUER answers with %d", answer.status)
            raise ProviderDown
        if answer.status != 200:
            told = ERROR.search(answer.content)
            raise BadAnswer(f"it answers with {answer.status} {told[1].decode() if told else ''}".rstrip())
        return answer
