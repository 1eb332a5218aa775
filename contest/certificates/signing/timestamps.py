"""Asking an outside clock (RFC 3161), and no address inside the operator's own network unless it is allowed."""

from __future__ import annotations

import asyncio
import http.client
import socket
import ssl
from contextlib import closing
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps.api import TimeStamper

from contest.errors import N_, ContestError
from contest.web.outgoing import is_public

SECONDS = 10
MOST_BYTES = 64 << 10
REPLY = "application/timestamp-reply"


class TimestampRefused(ContestError):
    """The server that is to vouch for the moment of signing did not."""

    message = N_("The timestamp server gave no timestamp: %(why)s. Nothing was signed; try again, or take it out.")


class FencedTimeStamper(TimeStamper):
    """Asks one server, at an address that is looked up once, follows no redirection and reads a bounded answer."""

    def __init__(self, url: str, *, allow_private: bool = False) -> None:
        super().__init__()
        self._url = urlsplit(url)
        self._allow_private = allow_private

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask for a timestamp.

        :raise TimestampRefused: if none comes
        """
        answer = await asyncio.to_thread(self._post, req.dump())
        try:
            return tsp.TimeStampResp.load(answer, strict=True)
        except ValueError as error:
            raise TimestampRefused(why=N_("its answer is no timestamp")) from error

    def _post(self, body: bytes) -> bytes:
        host, secure = self._url.hostname or "", self._url.scheme == "https"
        port = self._url.port or (443 if secure else 80)
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        path = (self._url.path or "/") + (f"?{self._url.query}" if self._url.query else "")
        try:
            with closing(connection):
                opened = socket.create_connection((self._address(host, port), port), timeout=SECONDS)
                context = ssl.create_default_context() if secure else None
                connection.sock = context.wrap_socket(opened, server_hostname=host) if context else opened
                connection.request("POST", path, body, {"Content-Type": "application/timestamp-query"})
                answer = connection.getresponse()
                content = answer.read(MOST_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise TimestampRefused(why=N_("it cannot be reached")) from error
        if answer.status != 200 or answer.getheader("Content-Type", "").partition(";")[0].strip() != REPLY:
            raise TimestampRefused(why=N_("its answer is no timestamp"))
        if len(content) > MOST_BYTES:
            raise TimestampRefused(why=N_("its answer is too long"))
        return content

    def _address(self, host: str, port: int) -> str:
        """Look the name up, and give the address that will be asked: it cannot be another by then."""
        if self._url.scheme not in ("http", "https") or not host:
            raise TimestampRefused(why=N_("its address is no http or https address"))
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        for address in found:
            if self._allow_private or is_public(address):
                return address
        raise TimestampRefused(why=N_("it lies in a private network; CONTEST_TIMESTAMP_PRIVATE allows that"))
