"""What a new version of the decision means for the certificates issued before it.

A certificate follows its prize: it is suspended and resumed with it, ends with it, and is replaced where its words
change or its work moves to another prize. What the new version leaves as it was stays untouched, whatever has become
of the calendar or of the wording of the regulation since: only the two copies are compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from contest.certificates.wording import Issue


class Prize(NamedTuple):
    """The prize of a work, or of a newsroom."""

    award_id: int | None
    collective_id: int | None


class Key(NamedTuple):
    """For what and for whom a certificate is: the group together, or one member, whatever the order of the names."""

    prize: Prize
    member: str


@dataclass(frozen=True)
class Held:
    """A certificate as it stands.

    :ivar words: as the version of the decision that issued it would have it worded today
    :ivar is_suspended: whether it answers as suspended
    :ivar is_revoked: whether it ended without another in its place
    """

    id: int
    key: Key
    words: Mapping[str, Any]
    is_suspended: bool = False
    is_revoked: bool = False

    @property
    def work(self) -> tuple[str, str]:
        """The work and the member, by which a certificate of another prize of the same work is found."""
        return self.words["facts"]["entry_code"], self.key.member


@dataclass(frozen=True)
class Consequences:
    """What becomes of certificates, by id; and what is to be issued."""

    suspended: tuple[int, ...] = ()
    resumed: tuple[int, ...] = ()
    revoked: tuple[int, ...] = ()
    replaced: tuple[tuple[int, Key], ...] = ()
    issued: tuple[Issue, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether every certificate stays as it is."""
        return self == Consequences()


def key_of(issue: Issue) -> Key:
    """For what and for whom a certificate is to be made."""
    return Key(Prize(issue.award_id, issue.collective_id), (issue.subject or "") if issue.position else "")


def suspended_prizes(copy: Mapping[str, Any]) -> dict[Prize, Mapping[str, str]]:
    """The prizes that a copy of the decision holds back, each with number and day of the paper that did."""
    return {
        Prize(line.get("award_id"), line.get("collective_id")): line["suspended"]
        for line in (*copy["awards"], *copy["collective"])
        if line.get("suspended")
    }


def follow(
    held: Iterable[Held], due: Iterable[Issue], suspended: Collection[Prize], waiting: Collection[Prize] = ()
) -> Consequences:
    """Say what becomes of the certificates of a contest under a new version of its decision.

    :param held: those in force or suspended, and those that were revoked
    :param due: every certificate that the new version asks for
    :param suspended: prizes that the new version holds back
    :param waiting: prizes of which nothing is issued yet; what a work has that moves to one of them stays meanwhile
    """
    wanted = {key_of(issue): issue for issue in due}
    in_force, ended = [], {}
    for one in held:
        if one.is_revoked:
            ended[one.key] = one
        else:
            in_force.append(one)
    covered: set[Key] = set()
    held_back: list[int] = []
    resumed: list[int] = []
    left: list[Held] = []
    for one in in_force:
        issue = wanted.get(one.key)
        if issue is None or issue.printed != one.words:
            left.append(one)
            continue
        covered.add(one.key)
        if (one.key.prize in suspended) != one.is_suspended:
            (resumed if one.is_suspended else held_back).append(one.id)
    for key, one in ended.items():
        if key in wanted and key not in covered and wanted[key].printed == one.words:
            covered.add(key)
            resumed.append(one.id)
    issued = {key: issue for key, issue in wanted.items() if key not in covered and key.prize not in waiting}
    kept = {_work_of(issue, key) for key, issue in wanted.items() if key.prize in waiting}
    replaced, revoked = _ended((one for one in left if one.work not in kept), issued)
    return Consequences(tuple(held_back), tuple(resumed), revoked, replaced, tuple(issued.values()))


def _ended(left: Iterable[Held], issued: Mapping[Key, Issue]) -> tuple[tuple[tuple[int, Key], ...], tuple[int, ...]]:
    """Find what takes the place of each certificate that does not stay: that of its prize, or of its work."""
    of_work = {_work_of(issue, key): key for key, issue in issued.items()}
    replaced: list[tuple[int, Key]] = []
    revoked: list[int] = []
    for one in left:
        if one.key in issued:
            replaced.append((one.id, one.key))
        elif one.work[0] and one.work in of_work:
            replaced.append((one.id, of_work[one.work]))
        else:
            revoked.append(one.id)
    return tuple(replaced), tuple(revoked)


def _work_of(issue: Issue, key: Key) -> tuple[str, str]:
    return issue.printed["facts"]["entry_code"], key.member
