"""What the sealed rounds were bound to, checked: by itself, and against the sheets of the bundle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from contest.audit.commitment import FORMAT, leaf, root
from contest.errors import N_
from contest.results.recount import layout
from contest.results.recount.cells import parsed
from contest.results.recount.comparing import MISSING, Difference
from contest.results.recount.contents import Contents
from contest.results.recount.flaws import Flaws

NO_COMMITMENTS = N_("The file cannot be read as commitments of rounds in JSON.")
HASH = re.compile("[0-9a-f]{64}")


def read(content: bytes) -> Mapping[str, Any]:
    """Read the commitments of a bundle.

    :raise BundleRefused: if they are none
    """
    try:
        found = parsed(content.decode())
        rounds, salts = found["rounds"], found.get("salts", {})
        fits = found["format"] == FORMAT and all(map(_is_round, rounds)) and all(map(_is_salt, salts.items()))
        withheld = found.get("withheld", {})
        fits = fits and all(map(_is_withheld, withheld.items()))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        fits = False
    if not fits:
        Flaws().refuse(layout.COMMITMENTS, NO_COMMITMENTS)
    return {"contest": str(found["contest"]), "rounds": rounds, "salts": salts} | (
        {"withheld": withheld} if withheld else {}
    )


def _is_round(found: Any) -> bool:
    hashes = [found["root"], *found["leaves"]]
    return isinstance(found["round"], str) and all(isinstance(each, str) and HASH.fullmatch(each) for each in hashes)


def _is_withheld(found: tuple[Any, Any]) -> bool:
    code, leaves = found
    return isinstance(code, str) and all(isinstance(each, str) and HASH.fullmatch(each) for each in leaves)


def _is_salt(found: tuple[Any, Any]) -> bool:
    return all(isinstance(each, str) for each in found)


def roots(commitments: Mapping[str, Any]) -> Iterator[Difference]:
    """Name every round whose leaves do not give the number that was published."""
    for each in commitments["rounds"]:
        place = f"{layout.COMMITMENTS}: rounds[{each['round']}]"
        computed = root(each["leaves"])
        if computed != each["root"]:
            yield Difference(f"{place}.root", computed, each["root"])
        if sorted(set(each["leaves"])) != each["leaves"]:
            yield Difference(f"{place}.leaves", len(set(each["leaves"])), len(each["leaves"]))


def sheets(commitments: Mapping[str, Any], contents: Contents) -> Iterator[Difference]:
    """Name every sheet of the bundle that its round was not bound to, and every leaf that belongs to no sheet."""
    bound = {each["round"]: set(each["leaves"]) for each in commitments["rounds"]}
    for sealed in contents.rounds:
        material = sealed.material
        leaves = bound.get(material.code)
        if leaves is None:
            continue
        found = set()
        for entry, of_entry in material.sheets.items():
            for sheet in of_entry:
                if sheet.sha256:
                    own = leaf(commitments["salts"].get(sheet.sha256, ""), sheet.sha256)
                    found.add(own)
                    if own not in leaves:
                        place = f"{layout.COMMITMENTS}: rounds[{material.code}].leaves[{entry}][{sheet.juror}]"
                        yield Difference(place, own, MISSING)
        withheld = set(commitments.get("withheld", {}).get(material.code, ()))
        for strange in sorted((withheld - leaves) | (withheld & found)):
            yield Difference(f"{layout.COMMITMENTS}: withheld[{material.code}]", MISSING, strange)
        if not material.ballots:
            for left in sorted(leaves - found - withheld):
                yield Difference(f"{layout.COMMITMENTS}: rounds[{material.code}].leaves", MISSING, left)
