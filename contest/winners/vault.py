"""Where the keys of bank details lie: a file of their own, outside the database."""

from __future__ import annotations

from pathlib import Path

from contest import vault
from contest.vault import Unreadable, key_of

KEY_FILE = "bank.key"


class Vault(vault.Vault):
    """The keys of the bank details of an instance.

    :param folder: of the instance
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / KEY_FILE, "bank details")


__all__ = ["KEY_FILE", "Unreadable", "Vault", "key_of"]
