"""The log of a contest as a file of its bundle: a line of canonical JSON for each act, chained by hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from contest.audit.chain import GENESIS, canonical, line_hash
from contest.errors import N_
from contest.results.recount import layout
from contest.results.recount.cells import parsed
from contest.results.recount.comparing import MISSING, Difference
from contest.results.recount.flaws import Flaws

NOT_A_LINE = N_("This is no line of a log in JSON.")
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)
SAID = ("chain", "number", "at", "action", "actor", "about", "details", "bound", "origin", "previous", "hash")


def written(lines: Iterable[Mapping[str, Any]]) -> bytes:
    """Write lines as they are hashed, in the order of their numbers."""
    return b"".join(
        canonical({**{name: line[name] for name in SAID}, "at": _moment(line["at"])}) + b"\n" for line in lines
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def misfits(content: bytes) -> Iterator[Difference]:
    """Name the first line that does not fit those before it.

    :raise BundleRefused: at a line that cannot be read
    """
    previous = GENESIS
    for number, text in enumerate(content.split(b"\n")[:-1], 1):
        try:
            said = parsed(text.decode())
            facts = {name: said[name] for name in SAID if name != "hash"}
            expected = line_hash(**facts | {"at": datetime.fromisoformat(said["at"]), "previous": previous})
            found = (said["number"], said["previous"], str(said["hash"]))
        except UNREADABLE:
            Flaws().refuse(layout.LOG, NOT_A_LINE, line=number)
        if found != (number, previous, expected):
            yield Difference(f"{layout.LOG}: [{number}].hash", expected, found[2])
            return
        previous = expected
    if not content.endswith(b"\n"):
        yield Difference(layout.LOG, "\n", MISSING)
