"""What may be entered, by whom, and with what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict

from contest.regulations.shape import Code, Codes, Count, Flag, Line, Name, Part, Prefix, Prose, Share, by_code

FileKind = Literal["pdf", "image", "audio", "video", "docx"]


InstalmentField = Literal["title", "url", "issue", "page", "channel", "hour", "minutes", "words"]


class Term(Part):
    """A word of the regulation with the code by which the rest of it, and every entry, refers to it."""

    code: Code
    name: Name


class Slot(Part):
    """A place in the dossier for files of one purpose."""

    code: Code
    name: Name
    kinds: Annotated[tuple[FileKind, ...], Field(min_length=1, max_length=5)]
    """Kinds of file taken, told by their content."""
    required: Flag
    """Whether the dossier is incomplete without it."""
    max_count: Annotated[int, Strict(), Field(ge=1, le=50)] = 1
    """How many files at most."""
    max_megabytes: Annotated[int, Strict(), Field(ge=1, le=4096)]
    """How large each file may be."""
    juror_may_see: Flag
    """Whether jurors see these files beside the sheet."""
    hint: Line | None = None
    """One sentence to the author: what belongs here."""


class Category(Part):
    """A kind of medium in which works compete with each other."""

    code: Code
    prefix: Prefix
    """Letters before the number of an entry: capital ASCII letters."""
    shown_prefix: Annotated[str, Strict(), Field(min_length=1, max_length=6)]
    """The same letters as people see them, with their marks."""
    name: Name
    medium: Literal["print", "online", "radio", "tv"]
    """Decides what an instalment is asked: issue and page, address, or channel, hour and minutes."""
    genres: Annotated[tuple[Code, ...], Field(min_length=1, max_length=60)]
    """Codes of the genres taken in this category."""
    max_authors: Count
    """How many authors a work may name."""
    max_instalments: Count | None = None
    """Another number than that of the limits."""
    max_words_per_instalment: Count | None = None
    """Another number than that of the limits; longer only warns."""
    max_minutes_per_instalment: Count | None = None
    """Another number than that of the limits; longer only warns."""
    instalment_fields: Annotated[tuple[InstalmentField, ...], Field(max_length=8)] | None = None
    """What must be told of every instalment besides day and outlet; left out, what its medium asks."""
    roles: Annotated[tuple[Name, ...], Field(min_length=1, max_length=60)]
    """What a person can have been in making the work."""
    slots: Annotated[tuple[Slot, ...], Field(min_length=1, max_length=20)]

    def slot(self, code: str) -> Slot:
        """Give the slot with this code.

        :raise KeyError: if there is none
        """
        return by_code(self.slots, code)


class RoleLimit(Part):
    """How many works an author may enter in a role."""

    roles: Annotated[tuple[Name, ...], Field(min_length=1, max_length=60)]
    """Names of roles; works in these roles are counted here and not with the others."""
    works: Count


class BonusSlot(Part):
    """More works for an author who has one of certain genres among them."""

    genres: Annotated[tuple[Code, ...], Field(min_length=1, max_length=60)]
    works: Count = 1
    """How many more."""


class Limits(Part):
    """How many and how long."""

    works_per_author: Count | None = None
    """Left out, there is no limit."""
    by_role: Annotated[tuple[RoleLimit, ...], Field(max_length=20)] = ()
    bonus: Annotated[tuple[BonusSlot, ...], Field(max_length=20)] = ()
    max_instalments: Count
    window_share: Share
    """The share of the instalments that must lie inside the publication window."""
    earlier_instalments: Literal["count", "merge"] = "count"
    """``count``: instalments before the window count as outside it; ``merge``: they come along freely if they were
    never entered before, and the share is taken of the others."""
    same_topic: Literal["ignore", "warn", "refuse"] = "ignore"
    """An author's works on one topic in two categories."""
    same_text: Literal["warn", "refuse"] = "refuse"
    """The same file or address in two entries."""
    max_words_per_instalment: Count | None = None
    """Longer only warns; left out, nothing is said."""
    max_minutes_per_instalment: Count | None = None
    """Longer only warns; left out, nothing is said."""

    def instalments_in(self, category: Category) -> int:
        """How many instalments a work of a category may have."""
        return category.max_instalments or self.max_instalments

    def words_in(self, category: Category) -> int | None:
        """How many words an instalment of a category should have at most; None when nothing is said."""
        return category.max_words_per_instalment or self.max_words_per_instalment

    def minutes_in(self, category: Category) -> int | None:
        """How many minutes an instalment of a category should last at most; None when nothing is said."""
        return category.max_minutes_per_instalment or self.max_minutes_per_instalment


class PriorAwards(Part):
    """What becomes of a work that already holds an award."""

    mode: Literal["refuse", "declare"]
    """Refuse the levels named and let the others be declared, or let all be declared."""
    levels: Annotated[tuple[Term, ...], Field(min_length=1, max_length=60)]
    refused_levels: Codes = ()

    def refuses(self, level: str) -> bool:
        """Say whether an award of this level keeps a work out."""
        return self.mode == "refuse" and level in self.refused_levels


class UnitQuota(Part):
    """How many works one newsroom or branch may send."""

    unit: Name
    """The name as it stands in the list of newsrooms."""
    works: Count


class Entrants(Part):
    """Who may enter, and through whom."""

    staff_may_enter: Flag
    jurors_may_enter: Flag
    """A juror who enters does not judge what ``jurors_do_not_judge`` names."""
    jurors_do_not_judge: Literal["category", "contest"] = "contest"
    """What a juror who enters must leave to others, besides the own work."""
    through: Annotated[tuple[Literal["author", "outlet", "branch"], ...], Field(min_length=1, max_length=3)] = (
        "author",
        "outlet",
        "branch",
    )
    """Who may send works: the author, a newsroom for its authors, a branch of the association."""
    works_per_unit: Count | None = None
    """How many works a newsroom or branch may send; left out, there is no limit."""
    unit_quotas: Annotated[tuple[UnitQuota, ...], Field(max_length=200)] = ()
    """Another number for single newsrooms or branches."""

    def quota_of(self, unit: str) -> int | None:
        """How many works a newsroom or branch may send; None for no limit."""
        return next((quota.works for quota in self.unit_quotas if quota.unit == unit), self.works_per_unit)


class Statement(Part):
    """A box that the author ticks; its text is versioned, because what was agreed to is that text."""

    code: Code
    kind: Literal["declaration", "consent"]
    version: Count
    required: Flag
    text: Prose
