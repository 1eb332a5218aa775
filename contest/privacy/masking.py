"""Contacts as pages show them before somebody asks to see them: enough to know one when it is told, not to use it."""

from __future__ import annotations

DOTS = "•••"


def masked(contact: str) -> str:
    """Hide the middle of a telephone number or of an e-mail address.

    :return: "+849•••23", "ki•••@hoptho.example"; nothing for nothing
    """
    name, at, domain = contact.rpartition("@")
    if at:
        return f"{name[:2]}{DOTS}@{domain}"
    return f"{contact[:4]}{DOTS}{contact[-2:]}" if len(contact) > 8 else DOTS if contact else ""
