"""How often a door may be tried, by account and by network."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256


class AttemptKind(StrEnum):
    """What was tried at a door that counts."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    RESET = "reset"
    CONFIRM_OWNER = "confirm_owner"
    COMPLAIN = "complain"
    FOLLOW_UP = "follow_up"
    LOOK_UP = "look_up"
    EXAMINE = "examine"
    SECOND_FACTOR = "second_factor"
    PASSKEY = "passkey"
    PROVIDER = "provider"


@dataclass(frozen=True)
class Limit:
    """So many tries within such a time."""

    most: int
    within: timedelta


# Five slips are human; after that each hour and day costs a guesser more. A whole newsroom shares one network address,
# so that limit is far wider, and a browser that has signed in to the account before does not fall under it: one person
# in that newsroom cannot keep the others out. What sends letters is counted whatever comes of it.
BY_ACCOUNT = {
    AttemptKind.SIGN_IN: (Limit(5, timedelta(minutes=15)), Limit(10, timedelta(hours=2)), Limit(30, timedelta(days=1))),
    AttemptKind.CONFIRM_OWNER: (Limit(5, timedelta(minutes=15)), Limit(20, timedelta(days=1))),
    AttemptKind.REGISTER: (Limit(3, timedelta(hours=1)),),
    AttemptKind.RESET: (Limit(3, timedelta(hours=1)),),
    AttemptKind.COMPLAIN: (Limit(5, timedelta(hours=1)), Limit(20, timedelta(days=1))),
    AttemptKind.FOLLOW_UP: (Limit(10, timedelta(minutes=15)), Limit(40, timedelta(days=1))),
    AttemptKind.LOOK_UP: (),
    AttemptKind.EXAMINE: (),
    # A code of six digits has three that are right at any moment: a guesser who tries without end needs weeks for each
    # per cent of a chance, and the owner is told long before.
    AttemptKind.SECOND_FACTOR: (Limit(5, timedelta(minutes=15)), Limit(20, timedelta(days=1))),
    # Of one browser that is known, because before the answer nobody knows whose account it will be.
    AttemptKind.PASSKEY: (Limit(60, timedelta(minutes=15)), Limit(600, timedelta(days=1))),
    AttemptKind.PROVIDER: (Limit(60, timedelta(minutes=15)), Limit(600, timedelta(days=1))),
}
BY_ADDRESS = {
    AttemptKind.SIGN_IN: (Limit(60, timedelta(minutes=15)), Limit(400, timedelta(days=1))),
    AttemptKind.CONFIRM_OWNER: (Limit(60, timedelta(minutes=15)),),
    AttemptKind.REGISTER: (Limit(40, timedelta(hours=1)),),
    AttemptKind.RESET: (Limit(20, timedelta(hours=1)),),
    AttemptKind.COMPLAIN: (Limit(20, timedelta(hours=1)), Limit(60, timedelta(days=1))),
    AttemptKind.FOLLOW_UP: (Limit(60, timedelta(minutes=15)),),
    # Of certificates: codes that nobody has, and files; a code that is right is never counted.
    AttemptKind.LOOK_UP: (Limit(40, timedelta(minutes=10)), Limit(400, timedelta(days=1))),
    AttemptKind.EXAMINE: (Limit(12, timedelta(minutes=2)), Limit(200, timedelta(hours=1))),
    AttemptKind.SECOND_FACTOR: (Limit(60, timedelta(minutes=15)),),
    AttemptKind.PASSKEY: (Limit(60, timedelta(minutes=15)), Limit(600, timedelta(days=1))),
    AttemptKind.PROVIDER: (Limit(60, timedelta(minutes=15)), Limit(600, timedelta(days=1))),
}
LONGEST_LIMIT = timedelta(days=1)


def open_from(limits: Iterable[Limit], moments: Collection[datetime], now: datetime) -> datetime:
    """Tell from when on another try is allowed.

    :param moments: when it was tried before, in any order
    :return: ``now``, or the later moment at which enough tries have become old
    """
    latest = sorted(moments)
    waits = [latest[-limit.most] + limit.within for limit in limits if len(latest) >= limit.most]
    return max([now, *waits])


def tries_left(limits: Iterable[Limit], moments: Collection[datetime], now: datetime) -> int:
    """Count how many more tries are allowed at once."""
    return min(max(0, limit.most - sum(now - limit.within < at for at in moments)) for limit in limits)


def fingerprint(secret: str, text: str) -> str:
    """Name an account or a network in the rows of attempts without keeping contact data.

    :return: 64 hexadecimal digits that nobody without the key of the instance can compare with a list of addresses
    """
    return hmac.digest(secret.encode(), f"attempt:{text}".encode(), sha256).hex()


def network_of(address: str | None) -> str:
    """Name the network that a request came from: an IPv4 address, or the 64 bits of IPv6 that one household holds."""
    if not address:
        return ""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
