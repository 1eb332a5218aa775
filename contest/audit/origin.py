"""From where an act came, as far as the log may know it."""

from __future__ import annotations

import hmac
from hashlib import sha256
from ipaddress import ip_address, ip_network

from flask import current_app, g, has_request_context, request

KEPT_BITS = {4: 24, 6: 48}
"""How much of an address counts, by its version: that of an office, not of a machine in it."""


def origin() -> dict[str, str] | None:
    """Tell the network that the request came from and its number; nothing where no request is answered.

    An address is personal data, and a line of the log can never be erased. So the line holds a keyed digest of the
    network: two acts from one office show the same mark, and nobody finds the address without the key, which is not in
    the database. Whoever must know more finds the number of the request in the server's own log, while that is kept.
    """
    if not has_request_context():
        return None
    found = {"network": network_mark(request.remote_addr or "", str(current_app.secret_key))}
    if number := g.get("request_id"):
        found["request"] = str(number)
    return {name: value for name, value in found.items() if value} or None


def asked_by() -> dict[str, str]:
    """Tell who asked for the act that somebody else confirms with this request, by their random id."""
    found = g.get("asked_by") if has_request_context() else None
    return {"asked_by": str(found)} if found else {}


def network_mark(address: str, key: str) -> str:
    """Make the mark of the network that an address lies in, eight hexadecimal digits; empty where there is none."""
    try:
        version = ip_address(address).version
    except ValueError:
        return ""
    network = ip_network(f"{address}/{KEPT_BITS[version]}", strict=False)
    return hmac.digest(key.encode(), f"network:{network}".encode(), sha256).hex()[:8]
