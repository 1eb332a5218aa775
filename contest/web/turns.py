"""Which window a script sends a text from, and how far typing has come there."""

from __future__ import annotations

import re

from flask import request

from contest.turns import NOT_COUNTED, Turn

HEADER = "X-Turn"
_SENT = re.compile(r"([0-9A-Za-z.-]{1,36}) ([0-9]{1,9})", re.ASCII)


def sent_turn() -> Turn:
    """Read the turn of the text that was sent; whatever is no turn counts as none."""
    match = _SENT.fullmatch(request.headers.get(HEADER, ""))
    return Turn(match[1], int(match[2])) if match else NOT_COUNTED
