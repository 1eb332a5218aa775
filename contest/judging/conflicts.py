"""Who may not judge what: one's own work, the work of one's own newsroom, and what competes with an own work.

A conflict *blocks* where identity is certain: the same account or person, or equal normalised e-mail or phone
(settled 2), and where the newsroom is the same. A name that only looks alike *warns*: Nguyễn Văn Hùng is many people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from contest.errors import N_


class Kind(StrEnum):
    """Why a juror and a work do not go together."""

    own_entry = "own_entry"
    author = "author"
    contact = "contact"
    outlet = "outlet"
    competes = "competes"
    declared = "declared"
    name = "name"

    @property
    def blocks(self) -> bool:
        """Whether the juror cannot be given the work at all."""
        return self is not Kind.name

    @property
    def label(self) -> str:
        """The reason in a few words, an English msgid."""
        return LABELS[self]

    @property
    def sentence(self) -> str:
        """The reason as a whole sentence, an English msgid."""
        return SENTENCES[self]


LABELS = {
    Kind.own_entry: N_("own entry"),
    Kind.author: N_("own work"),
    Kind.contact: N_("same e-mail or phone as an author"),
    Kind.outlet: N_("own newsroom"),
    Kind.competes: N_("competes with an own work"),
    Kind.declared: N_("declared an interest"),
    Kind.name: N_("same name as an author"),
}

SENTENCES = {
    Kind.own_entry: N_("This juror entered the work and cannot judge it."),
    Kind.author: N_("This juror is an author of the work and cannot judge it."),
    Kind.contact: N_("An author of the work has this juror's e-mail or phone number, so they cannot judge it."),
    Kind.outlet: N_("The work comes from this juror's own newsroom, so they cannot judge it."),
    Kind.competes: N_("This juror has entered a work that competes with this one, so they cannot judge it."),
    Kind.declared: N_("This juror declared an interest in the work or stepped back from it."),
    Kind.name: N_("An author of the work has the same name as this juror."),
}


@dataclass(frozen=True)
class JurorFacts:
    """What is known of a juror that may tie them to a work; contacts and names are already normalised."""

    user_id: int
    person_id: int | None = None
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    outlets: frozenset[int] = frozenset()
    name: str = ""
    enters: frozenset[str] = frozenset()  # categories in which they have a work themselves


@dataclass(frozen=True)
class WorkFacts:
    """What is known of a work that may tie it to a juror; contacts and names are already normalised."""

    owner_id: int
    person_ids: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    outlets: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    category: str = ""


def newsroom(outlet_id: int, successors: Mapping[int, int | None]) -> int:
    """The outlet that stands today where this one stood, at the end of the line of successors.

    Newsrooms were merged in 2025: a juror of the paper that exists now may not judge what its predecessors printed,
    nor one predecessor the other. A ring of successors, which only a typing error makes, ends at its smallest id.
    """
    seen = [outlet_id]
    while (following := successors.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def find(
    juror: JurorFacts,
    work: WorkFacts,
    *,
    successors: Mapping[int, int | None],
    declared: Collection[tuple[int, int]] = (),
    entry_id: int = 0,
    leaves: Literal["nothing", "category", "contest"] = "nothing",
) -> tuple[Kind, ...]:
    """Every reason why this juror and this work do not go together, the gravest first.

    :param successors: outlet id → the outlet that took its place
    :param declared: (juror id, entry id) of declared interests and recusals
    :param leaves: what a juror who has entered a work leaves to others, besides that work
    """
    competing = bool(juror.enters) if leaves == "contest" else leaves == "category" and work.category in juror.enters
    newsrooms = {newsroom(outlet, successors) for outlet in juror.outlets}
    tests = {
        Kind.own_entry: juror.user_id == work.owner_id,
        Kind.author: juror.person_id is not None and juror.person_id in work.person_ids,
        Kind.contact: bool(juror.emails & work.emails or juror.phones & work.phones),
        Kind.outlet: any(newsroom(outlet, successors) in newsrooms for outlet in work.outlets),
        Kind.competes: competing,
        Kind.declared: (juror.user_id, entry_id) in declared,
        Kind.name: bool(juror.name) and juror.name in work.names,
    }
    return tuple(kind for kind, found in tests.items() if found)
