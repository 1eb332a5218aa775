"""Which pages and files of the staff show data of people, by the code under which opening them is written down."""

from __future__ import annotations

from typing import Final

from contest.errors import N_

DOSSIER: Final = "dossier"
CONTACTS: Final = "contacts"
PEOPLE: Final = "people"
EXPORT: Final = "export"
COMPLAINANT: Final = "complainant"
BANK: Final = "bank"
LETTER: Final = "letter"
REQUEST: Final = "request"

OPENED: Final = {
    DOSSIER: N_("Dossier of a work"),
    CONTACTS: N_("Telephone number and e-mail"),
    PEOPLE: N_("List of people with roles"),
    EXPORT: N_("Table taken as a file"),
    COMPLAINANT: N_("Who sent a complaint"),
    BANK: N_("Account number"),
    LETTER: N_("Letter to the person"),
    REQUEST: N_("Request about data"),
}
