"""Where the server may turn to by itself when an address was not given by whoever runs it, and how it asks there."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from typing import Literal
from urllib.parse import urlsplit

from contest.errors import N_

TRANSLATED = IPv6Network("64:ff9b::/96")  # an address of IPv4 behind a translator (RFC 6052)
INSIDE = tuple(
    map(
        IPv6Network,
        (
            "::/96",  # an address of IPv4 in the form of old
            "::ffff:0:0:0/96",  # the same behind a translator without a state (RFC 7915)
            "64:ff9b:1::/48",  # behind a translator of one's own (RFC 8215)
            "5f00::/16",  # ways inside one's own network (RFC 9602)
            "fec0::/10",  # of one site, in the form of old
        ),
    )
)
"""Networks of IPv6 that lead inside, and that not every version of Python knows as such."""
SECONDS = 10
MOST_BYTES = 64 << 10
PORTS = {"http": 80, "https": 443}
UNREACHABLE = N_("it cannot be reached")
NO_ADDRESS = N_("its address is no http or https address")
PRIVATE = "it lies in a private network"
TOO_LONG = N_("its answer is too long")


class NotAnswered(Exception):
    """Another machine gave no answer that can be used; the text says why."""


@dataclass(frozen=True)
class Answer:
    """What another machine answered."""

    status: int
    media_type: str
    content: bytes


def is_public(address: str) -> bool:
    """Say whether an address that a name was looked up to is one of the public network.

    Nothing of this machine, of a private network or of a provider's own, and none that hides one of these in itself:
    through a tunnel or a translator an address of the public network leads to one that is not.
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if found in TRANSLATED:
            inside = IPv4Address(int(found) & 0xFFFFFFFF)
        if inside:
            return is_public(str(inside))
        if any(found in network for network in INSIDE):
            return False
    return found.is_global and not found.is_multicast


def ask(
    url: str,
    *,
    method: Literal["GET", "POST"] = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    allow_private: bool = False,
    seconds: float = SECONDS,
) -> Answer:
    """Ask one server, at an address that is looked up once; no redirection is followed, a bounded answer is read.

    :param allow_private: whether it may lie in a private network: only where whoever runs the system named it
    :param seconds: for every step, and for the answer as a whole
    :raise NotAnswered: if nothing that can be used comes
    """
    try:
        where = urlsplit(url)
        host, port = where.hostname, where.port or PORTS.get(where.scheme)
    except ValueError:
        raise NotAnswered(NO_ADDRESS) from None
    if where.scheme not in PORTS or not host or not port:
        raise NotAnswered(NO_ADDRESS)
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    until = monotonic() + seconds
    try:
        with closing(connection):
            opened = socket.create_connection((_address(host, port, allow_private), port), timeout=seconds)
            connection.sock = opened
            if where.scheme == "https":
                connection.sock = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
            path = (where.path or "/") + (f"?{where.query}" if where.query else "")
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            content = b""
            while part := answer.read1(MOST_BYTES):
                content += part
                if len(content) > MOST_BYTES:
                    raise NotAnswered(TOO_LONG)
                if monotonic() > until:
                    raise NotAnswered(UNREACHABLE)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotAnswered(UNREACHABLE) from error
    media_type = answer.getheader("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(answer.status, media_type, content)


def _address(host: str, port: int, allow_private: bool) -> str:
    """Look the name up, and give the address that will be asked: it cannot be another by then."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if allow_private or is_public(address):
            return address
    raise NotAnswered(PRIVATE)
