"""Why somebody and a work do not go together, and what was said about it.

A tie *bars* where identity is certain (settled 2: the same account or person, or equal normalised e-mail or phone),
where the newsroom is the same, and where the person says so themselves. What only looks alike *warns*, until the
chair confirms it: Nguyễn Văn Hùng is many people.
"""

from __future__ import annotations

from enum import StrEnum

from contest.errors import N_


class Kind(StrEnum):
    """What ties somebody to a work, the gravest first."""

    own_entry = "own_entry"
    author = "author"
    contact = "contact"
    outlet = "outlet"
    competes = "competes"
    declared = "declared"
    former_outlet = "former_outlet"
    relative = "relative"
    co_author = "co_author"
    taught = "taught"
    edited = "edited"
    confirmed = "confirmed"
    acquaintance = "acquaintance"
    wrote_with = "wrote_with"
    name = "name"

    @property
    def blocks(self) -> bool:
        """Whether the person cannot be given the work at all."""
        return self not in LIKELY

    @property
    def is_certain(self) -> bool:
        """Whether it is the person's very own work, which nobody can waive."""
        return self in (Kind.own_entry, Kind.author)

    @property
    def label(self) -> str:
        """The reason in a few words, an English msgid."""
        return LABELS[self]

    @property
    def sentence(self) -> str:
        """The reason as a whole sentence, an English msgid."""
        return SENTENCES[self]


LIKELY = frozenset({Kind.acquaintance, Kind.wrote_with, Kind.name})
"""Kinds that the machine only supposes: they warn until somebody confirms them."""

RELATIONS = (Kind.relative, Kind.co_author, Kind.taught, Kind.edited)
"""How somebody may stand to a person whom they name."""

SAID = (Kind.declared, Kind.former_outlet, *RELATIONS)
"""Kinds that people declare of one work themselves."""

LABELS = {
    Kind.own_entry: N_("own entry"),
    Kind.author: N_("own work"),
    Kind.contact: N_("same e-mail or phone as an author"),
    Kind.outlet: N_("own newsroom"),
    Kind.competes: N_("competes with an own work"),
    Kind.declared: N_("declared an interest"),
    Kind.former_outlet: N_("former newsroom"),
    Kind.relative: N_("relative of an author"),
    Kind.co_author: N_("writes with an author"),
    Kind.taught: N_("teacher or pupil of an author"),
    Kind.edited: N_("had a part in the work"),
    Kind.confirmed: N_("interest confirmed by the chair"),
    Kind.acquaintance: N_("an author's name resembles that of a person they named"),
    Kind.wrote_with: N_("wrote with an author before"),
    Kind.name: N_("same name as an author"),
}

SENTENCES = {
    Kind.own_entry: N_("This juror entered the work and cannot judge it."),
    Kind.author: N_("This juror is an author of the work and cannot judge it."),
    Kind.contact: N_("An author of the work has this juror's e-mail or phone number, so they cannot judge it."),
    Kind.outlet: N_("The work comes from this juror's own newsroom, so they cannot judge it."),
    Kind.competes: N_("This juror has entered a work that competes with this one, so they cannot judge it."),
    Kind.declared: N_("This juror declared an interest in the work or stepped back from it."),
    Kind.former_outlet: N_(
        "The work comes from a newsroom that this juror left only recently, so they cannot judge it."
    ),
    Kind.relative: N_("An author of the work is a relative of this juror, so they cannot judge it."),
    Kind.co_author: N_("An author of the work writes with this juror, so they cannot judge it."),
    Kind.taught: N_("An author of the work was this juror's pupil or teacher, so they cannot judge it."),
    Kind.edited: N_("This juror had a part in making the work, so they cannot judge it."),
    Kind.confirmed: N_("The chair confirmed that this juror has an interest in the work, so they cannot judge it."),
    Kind.acquaintance: N_("An author's name resembles that of a person whom this juror named."),
    Kind.wrote_with: N_("This juror has written together with an author of the work before."),
    Kind.name: N_("An author of the work has the same name as this juror."),
}


class State(StrEnum):
    """What was said last about a tie between somebody and a work."""

    declared = "declared"
    confirmed = "confirmed"
    waived = "waived"
    found = "found"

    @property
    def label(self) -> str:
        """What was said, in a word or two: an English msgid."""
        return STATES[self]


STATES = {
    State.declared: N_("Declared by themselves"),
    State.confirmed: N_("Confirmed"),
    State.waived: N_("Waived"),
    State.found: N_("Found, to be decided"),
}
