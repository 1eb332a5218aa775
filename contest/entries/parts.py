"""The parts of an entry: the steps of the form, and what a returned work may be asked to complete."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from contest.errors import N_


class Part(StrEnum):
    """One step of the form. The value is kept in rows; the address of the step is in `ADDRESSES`."""

    WORK = "work"
    INSTALMENTS = "instalments"
    BYLINES = "bylines"
    EXEMPLARS = "exemplars"
    DOSSIER = "dossier"
    DECLARATIONS = "declarations"


LABELS = {
    Part.WORK: N_("The work"),
    Part.INSTALMENTS: N_("Instalments"),
    Part.BYLINES: N_("Authors"),
    Part.EXEMPLARS: N_("Exemplars"),
    Part.DOSSIER: N_("Files"),
    Part.DECLARATIONS: N_("Declarations"),
}

ADDRESSES = {
    Part.WORK: "tac-pham",
    Part.INSTALMENTS: "ky-dang",
    Part.BYLINES: "tac-gia",
    Part.EXEMPLARS: "tam-guong",
    Part.DOSSIER: "ho-so",
    Part.DECLARATIONS: "cam-ket",
}

FIELDS = {
    Part.WORK: ("title", "category", "genre", "topic", "summary"),
    Part.INSTALMENTS: ("instalments",),
    Part.BYLINES: ("bylines",),
    Part.EXEMPLARS: ("exemplars",),
    Part.DOSSIER: (),
    Part.DECLARATIONS: ("prior_awards", "statements"),
}

ALL = frozenset(Part)
SLOT = "dossier:"


def named(items: Iterable[str]) -> frozenset[Part]:
    """Read the items a work was returned for; ``dossier:<slot>`` opens the files of one slot only."""
    return frozenset(Part(item.split(":", 1)[0]) for item in items)


def slots_named(items: Iterable[str]) -> frozenset[str] | None:
    """Tell which slots a return names, or None when it names the dossier as a whole."""
    items = tuple(items)
    if Part.DOSSIER in items:
        return None
    return frozenset(item.removeprefix(SLOT) for item in items if item.startswith(SLOT))
