"""How the secretariat looks at the list of works: what it asks for, as it stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from contest.entries.models import EntryState
from contest.errors import N_

LONGEST_SEARCH = 200
MOST_WORDS = 8

STATES = {
    "cho-kiem-tra": EntryState.RECEIVED,
    "can-bo-sung": EntryState.RETURNED,
    "hop-le": EntryState.ACCEPTED,
    "bi-loai": EntryState.REJECTED,
    "da-rut": EntryState.WITHDRAWN,
}


class Trouble(StrEnum):
    """What may stand in the way of a work."""

    BLOCKED = "chan"
    WARNED = "canh-bao"
    DECLARED = "khai-bao"
    FINE = "dat"
    OVERDUE = "qua-han"

    @property
    def label(self) -> str:
        """Message id of the choice in the filter."""
        return TROUBLE_LABELS[self]


TROUBLE_LABELS = {
    Trouble.BLOCKED: N_("Stopped by a rule"),
    Trouble.WARNED: N_("With warnings"),
    Trouble.DECLARED: N_("With declarations"),
    Trouble.FINE: N_("Nothing found"),
    Trouble.OVERDUE: N_("Not completed in time"),
}


class Order(StrEnum):
    """How the list is sorted; a name with a minus runs the other way."""

    NEWEST = "-nhan"
    OLDEST = "nhan"
    CODE = "ma"
    CODE_DOWN = "-ma"
    TITLE = "ten"
    TITLE_DOWN = "-ten"

    @property
    def column(self) -> str:
        """The column it goes by, without its direction."""
        return self.removeprefix("-")

    @property
    def descends(self) -> bool:
        """Say whether the largest comes first."""
        return self.startswith("-")

    @property
    def label(self) -> str:
        """Message id of the words after the count: "312 works, newest first"."""
        return ORDER_LABELS[self]


ORDER_LABELS = {
    Order.NEWEST: N_("the latest received first"),
    Order.OLDEST: N_("the earliest received first"),
    Order.CODE: N_("by code"),
    Order.CODE_DOWN: N_("by code, the last first"),
    Order.TITLE: N_("by title"),
    Order.TITLE_DOWN: N_("by title, backwards"),
}


@dataclass(frozen=True)
class Filters:
    """One way of looking at the list. The attributes are the names in the address, hyphens written as underscores."""

    q: str = ""
    trang_thai: str = ""
    loai: str = ""
    co_quan: int | None = None
    vuong_mac: Trouble | None = None
    xep: Order = Order.NEWEST

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Filters:
        """Read the address; what is unknown asks for nothing."""
        outlet = asked.get("co-quan", "")
        trouble, order = asked.get("vuong-mac", ""), asked.get("xep", "")
        return cls(
            q=asked.get("q", "").strip()[:LONGEST_SEARCH],
            trang_thai=asked["trang-thai"] if asked.get("trang-thai") in STATES else "",
            loai=asked.get("loai", "")[:40],
            co_quan=int(outlet) if outlet.isascii() and outlet.isdigit() and len(outlet) < 10 else None,
            vuong_mac=Trouble(trouble) if trouble in list(Trouble) else None,
            xep=Order(order) if order in list(Order) else Order.NEWEST,
        )

    @property
    def state(self) -> EntryState | None:
        """The state asked for."""
        return STATES.get(self.trang_thai)

    @property
    def narrows(self) -> bool:
        """Say whether anything but a state is asked for."""
        return bool(self.q or self.loai or self.co_quan or self.vuong_mac)

    def address(self) -> dict[str, str]:
        """The names and values of the address; what is as usual is left out."""
        usual = Filters()
        return {
            one.name.replace("_", "-"): str(getattr(self, one.name))
            for one in fields(self)
            if getattr(self, one.name) != getattr(usual, one.name)
        }

    def in_state(self, name: str) -> Filters:
        """The same list in another state: search and filters belong to the state one looks at, so they go."""
        return replace(Filters(xep=self.xep), trang_thai=name)

    def sorted_by(self, column: str) -> Filters:
        """The same list by another column; asked again, the other way round."""
        order = Order(column)
        if self.xep.column == column:
            order = Order(column if self.xep.descends else f"-{column}")
        elif column == Order.OLDEST:
            order = Order.NEWEST
        return replace(self, xep=order)
