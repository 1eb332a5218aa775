"""Acts that one person asks for and another one carries out: the seam between the doors and the room that keeps them.

A door says which act of the regulation it is. Where the regulation asks for a second person, what was sent is tried
out, kept, and shown to the others; whoever confirms sends the very same values to the very same address, so that it is
carried out by the door that it was meant for, with the rights of the one who confirms.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

EXTENSION = "seconding"


class Room(Protocol):
    """What the room that keeps such acts does for the doors."""

    def carry_out(self, act: str, view: Callable[[], Any], about: Callable[[], str]) -> Any:
        """Carry an act out, or keep it until somebody else confirms it."""

    def may_confirm(self, contest: Any) -> int:
        """Count those who could be the second person."""


def bind(app: Flask, room: Room) -> None:
    """Tell what keeps the acts."""
    app.extensions[EXTENSION] = room


def people_who_confirm(contest: Any) -> int:
    """Count those in a contest who could be the first or the second person."""
    room: Room = current_app.extensions[EXTENSION]
    return room.may_confirm(contest)


def second_person(
    act: str, *, about: Callable[..., str], when: Callable[..., bool] | None = None
) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Have a door ask a second person, where the regulation says so.

    Stands below `web.access.guard_fresh`, directly above the view.

    :param act: the code of the act in the regulation
    :param about: says from the values of the address what it is about, in words that the second person reads
    :param when: whether it is that act at all, from the values of the address; None: always
    """

    def guarding(view: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(view)
        def seconded(**values: Any) -> Response:
            if request.method in ("GET", "HEAD", "OPTIONS") or (when is not None and not when(**values)):
                return view(**values)
            room: Room = current_app.extensions[EXTENSION]
            answer: Response = room.carry_out(act, lambda: view(**values), lambda: about(**values))
            return answer

        return seconded

    return guarding
