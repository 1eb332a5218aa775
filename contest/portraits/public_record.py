"""The exemplars of a contest as a plain document for other programs: names that stay, no scores, no money, no contacts.

``docs/public-data.md`` describes it; a test reads that page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from contest.portraits.collection import Collection, Portrait, Work

FORMAT: Final = 1


def document(
    found: Collection,
    *,
    contest: dict[str, str],
    url: str,
    address: Callable[[Portrait], str],
    won: Callable[[str], str],
) -> dict[str, Any]:
    """Write what everybody may know.

    :param url: of the list
    :param address: gives the page of one of them
    :param won: gives the page of a winning work from its code
    """
    return {
        "format": FORMAT,
        "contest": contest,
        "url": url,
        "fields": [{"code": code, "name": name} for code, name in found.fields.items()],
        "exemplars": [_exemplar(each, address(each), won) for each in found.portraits],
    }


def _exemplar(portrait: Portrait, url: str, won: Callable[[str], str]) -> dict[str, Any]:
    return {
        "name": portrait.name,
        "also": list(portrait.also),
        "kind": str(portrait.kind),
        "field": portrait.topic[0],
        "unit": portrait.unit,
        "locality": {
            "written": portrait.written,
            "now": portrait.locality.now if portrait.locality else "",
            "then": portrait.then,
            "code": portrait.locality.commune.code if portrait.locality else "",
        },
        "text": portrait.text,
        "replicated": portrait.replicated,
        "reason": portrait.reason,
        "story": {"title": portrait.story.title, "summary": portrait.story.summary} if portrait.story else None,
        "url": url,
        "works": [_work(work, won) for work in portrait.works],
    }


def _work(work: Work, won: Callable[[str], str]) -> dict[str, Any]:
    return {
        "title": work.title,
        "category": work.category,
        "url": won(work.code) if work.code else "",
        "authors": [{"name": name, "pen_names": pen_names} for name, pen_names in work.authors],
        "prizes": list(work.prizes),
        "instalments": [
            {
                "title": part.title,
                "outlet": part.outlet,
                "published_on": part.published_on.isoformat(),
                "url": part.link,
            }
            for part in work.instalments
        ],
    }
