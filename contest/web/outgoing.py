"""Where the server may turn to by itself when an address was not given by whoever runs it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

TRANSLATED = IPv6Network("64:ff9b::/96")  # an address of IPv4 behind a translator (RFC 6052)


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
    return found.is_global and not found.is_multicast
