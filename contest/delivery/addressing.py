"""Who is told of which certificate: each person once, at an address that is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Certificate = TypeVar("Certificate")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may have certificates of a prize.

    :ivar subjects: of the authors that they are; none for who only sent the work, or stands for a newsroom
    :ivar account: whether they sign in; who does not gets a link of their own
    :ivar sent: whether they sent the work, or stand for the newsroom
    """

    name: str
    email: str
    subjects: frozenset[str]
    account: bool
    sent: bool = False


def of_prize(
    readers: Sequence[Reader], copies: Iterable[tuple[Certificate, str]]
) -> list[tuple[Reader, list[Certificate]]]:
    """Say whom to tell of which certificates of one prize.

    An author gets the copy that names them alone, and the group's where there is none. Whoever sent the work gets the
    group's as well, and the copies of those who cannot be written to, to hand them on. Authors who share an address
    with somebody who has an account are reached through the account.

    :param readers: those with accounts first
    :param copies: each with the author whom it alone names; empty for the whole group's
    """
    copies = list(copies)
    reached = {subject for reader in readers for subject in reader.subjects}
    alone = {subject for _copy, subject in copies if subject}
    told: list[tuple[Reader, list[Certificate]]] = []
    for reader in readers:
        own = [copy for copy, subject in copies if subject in reader.subjects]
        if reader.sent:
            own += [copy for copy, subject in copies if subject and subject not in reached]
        if reader.sent or not reader.subjects <= alone:
            own += [copy for copy, subject in copies if not subject]
        found = [copy for copy, _subject in copies if copy in own]
        if found:
            told.append((reader, found))
    return told
