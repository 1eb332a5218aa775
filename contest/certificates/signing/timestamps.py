"""Asking an outside clock (RFC 3161), and no address inside the operator's own network unless it is allowed."""

from __future__ import annotations

import asyncio

from asn1crypto import tsp
from pyhanko.sign.timestamps.api import TimeStamper

from contest.errors import N_, ContestError
from contest.web import outgoing

REPLY = "application/timestamp-reply"


class TimestampRefused(ContestError):
    """The server that is to vouch for the moment of signing did not."""

    message = N_("The timestamp server gave no timestamp: %(why)s. Nothing was signed; try again, or take it out.")


class FencedTimeStamper(TimeStamper):
    """Asks one server, at an address that is looked up once, follows no redirection and reads a bounded answer."""

    def __init__(self, url: str, *, allow_private: bool = False) -> None:
        super().__init__()
        self._url = url
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
        kind = {"Content-Type": "application/timestamp-query"}
        try:
            answer = outgoing.ask(self._url, method="POST", body=body, headers=kind, allow_private=self._allow_private)
        except outgoing.NotAnswered as error:
            if str(error) == outgoing.PRIVATE:
                raise TimestampRefused(
                    why=N_("it lies in a private network; CONTEST_TIMESTAMP_PRIVATE allows that")
                ) from error
            raise TimestampRefused(why=str(error)) from error
        if answer.status != 200 or answer.media_type != REPLY:
            raise TimestampRefused(why=N_("its answer is no timestamp"))
        return answer.content
