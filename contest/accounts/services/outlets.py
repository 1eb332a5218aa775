"""The list of newsrooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contest.accounts import queries
from contest.accounts.models import Outlet
from contest.accounts.outlets import BadLine, OutletKind, OutletLine, outlet_lines, overlap
from contest.accounts.refusals import (
    OutletDatesReversed,
    OutletKnown,
    OutletListUnreadable,
    OutletSucceedsItself,
    SuccessorUnknown,
)
from contest.database import db
from contest.web.text import fold


def save_outlet(
    outlet: Outlet | None,
    *,
    name: str,
    kind: OutletKind,
    valid_from: date | None,
    valid_until: date | None,
    successor_id: int | None,
) -> Outlet:
    """Add an outlet to the list, or correct one.

    :param outlet: None for a new one
    :raise OutletDatesReversed: if it would end before it begins
    :raise OutletKnown: if two of one name would exist on the same day
    :raise OutletSucceedsItself: if following the successors would never end
    """
    if valid_from and valid_until and valid_until < valid_from:
        raise OutletDatesReversed
    known = {other.id: other for other in queries.outlets() if other is not outlet}
    for other in known.values():
        if fold(other.name) == fold(name) and overlap((valid_from, valid_until), (other.valid_from, other.valid_until)):
            raise OutletKnown
    if outlet is not None:
        follower, passed = successor_id, set[int]()
        while follower is not None and follower not in passed:
            if follower == outlet.id:
                raise OutletSucceedsItself
            passed.add(follower)
            follower = known[follower].successor_id
    outlet = outlet or Outlet()
    outlet.name, outlet.kind, outlet.successor_id = name, kind, successor_id
    outlet.valid_from, outlet.valid_until = valid_from, valid_until
    db.session.add(outlet)
    db.session.flush()
    return outlet


def import_outlets(text: str, kinds: Mapping[str, OutletKind]) -> tuple[int, int]:
    """Add a list of outlets in CSV; those already known are left as they are.

    :param kinds: what each kind is called, in small letters
    :return: how many were added, and how many were known
    :raise OutletListUnreadable: if a line does not say what it should
    :raise SuccessorUnknown: if a successor is neither known nor in the list
    """
    try:
        lines = outlet_lines(text, kinds)
    except BadLine as bad:
        raise OutletListUnreadable(bad.reason, line=bad.number) from bad
    added = [line for line in lines if _add_outlet(line)]
    by_name = {fold(outlet.name): outlet for outlet in queries.outlets()}
    for line in added:
        if line.successor:
            successor = by_name.get(fold(line.successor))
            if successor is None or fold(line.name) == fold(line.successor):
                raise SuccessorUnknown(line=line.number)
            by_name[fold(line.name)].successor_id = successor.id
    db.session.flush()
    return len(added), len(lines) - len(added)


def _add_outlet(line: OutletLine) -> bool:
    try:
        save_outlet(
            None,
            name=line.name,
            kind=line.kind,
            valid_from=line.valid_from,
            valid_until=line.valid_until,
            successor_id=None,
        )
    except OutletKnown:
        return False
    return True
