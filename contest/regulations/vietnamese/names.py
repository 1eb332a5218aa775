"""Names of what a setting refers to by codes; a code that leads nowhere is left to the checks and shown as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from contest.regulations.vietnamese.words import listed, lowered

if TYPE_CHECKING:
    from contest.regulations.prizes import Choice
    from contest.regulations.schema import Regulation


def named(codes: Iterable[str], names: Mapping[str, str], last: str = "và") -> str:
    """List the names of codes within a sentence."""
    return listed((lowered(names.get(code, code)) for code in codes), last)


def of_categories(codes: Iterable[str], regulation: Regulation, last: str = "và") -> str:
    """Name categories: "báo in và báo điện tử"."""
    return named(codes, {category.code: category.name for category in regulation.categories}, last)


def of_genres(codes: Iterable[str], regulation: Regulation) -> str:
    """Name genres: "phim tài liệu hoặc bình luận"."""
    return named(codes, {term.code: term.name for term in regulation.genres}, "hoặc")


def of_tiers(codes: Iterable[str], regulation: Regulation, last: str = "hoặc") -> str:
    """Name tiers as they are printed: "Giải A hoặc Giải B"."""
    names = {tier.code: tier.name for tier in regulation.prizes}
    return listed((names.get(code, code) for code in codes), last)


def of_slots(codes: Iterable[str], regulation: Regulation) -> str:
    """Name places of the dossier: "“Video hoàn chỉnh”"."""
    names = {slot.code: slot.name for category in regulation.categories for slot in category.slots}
    return listed((f"“{names.get(code, code)}”" for code in codes), "hoặc")


def of_works(choice: Choice, regulation: Regulation, before: Iterable[Choice] = ()) -> str:
    """Say which works lists of categories, genres and topics choose.

    :param before: those that choose earlier; what they take is gone
    """
    topics = {term.code: term.name for term in regulation.topics}
    said = []
    if choice.categories:
        said.append(f"loại hình {of_categories(choice.categories, regulation)}")
    if choice.genres:
        said.append(f"thể loại {of_genres(choice.genres, regulation)}")
    if choice.topics:
        said.append(f"lĩnh vực {listed((f'“{topics.get(code, code)}”' for code in choice.topics), 'hoặc')}")
    left = any(_may_share(choice, other) for other in before)
    if not said:
        return "các tác phẩm còn lại" if left else "mọi tác phẩm"
    return f"tác phẩm {', '.join(said)}{' còn lại' if left else ''}"


def _may_share(one: Choice, other: Choice) -> bool:
    pairs = ((one.categories, other.categories), (one.genres, other.genres), (one.topics, other.topics))
    return all(not mine or not theirs or set(mine) & set(theirs) for mine, theirs in pairs)
