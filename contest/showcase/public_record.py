"""The published results as a plain document for other programs: names that stay, no scores, no money, no ids of ours.

``docs/public-data.md`` describes it; a test reads that page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from contest.results.lists import Section
from contest.showcase.listing import Work, is_suspended

FORMAT: Final = 1


def document(
    copy: Mapping[str, Any],
    works: Mapping[str, Work],
    sections: Iterable[Section],
    citations: Mapping[str, str],
    *,
    version: int,
    published_at: str,
    url: str,
    address: Callable[[str], str],
) -> dict[str, Any]:
    """Write the published decision.

    :param citations: the jury's words by code of the work
    :param version: of the decision; it grows with every amendment
    :param published_at: when this version became public
    :param url: of the page of results
    :param address: gives the page of a work from its code
    """
    decision = copy["decision"]
    return {
        "format": FORMAT,
        "version": version,
        "published_at": published_at,
        "url": url,
        "contest": {"slug": copy["contest"]["slug"], "name": copy["contest"]["name"]},
        "decision": {"number": decision["number"], "decided_on": decision["decided_on"], "issuer": decision["issuer"]},
        "sections": [_section(section) for section in sections],
        "works": [_work(work, citations.get(work.code, ""), address(work.code)) for work in works.values()],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "name": section.name,
        "kind": str(section.kind),
        "prizes": [
            {
                "code": prize.code,
                "name": prize.name,
                "given": [
                    {("newsroom" if section.is_of_newsrooms else "work"): _receiver(line)}
                    | {"suspended": is_suspended(line)}
                    for line in prize.lines
                ],
            }
            for prize in section.prizes
        ],
    }


def _receiver(line: Mapping[str, Any]) -> str:
    receiver: str = line["entry_code"] if "entry_code" in line else line["outlet"]
    return receiver


def _work(work: Work, citation: str, url: str) -> dict[str, Any]:
    line = work.line
    return {
        "code": work.code,
        "shown_code": line["shown_code"],
        "url": url,
        "title": work.title,
        "category": {"code": line["category"], "name": line["category_name"]},
        "genre": line["genre_name"],
        "topic": line["topic_name"],
        "authors": [
            {"name": author["name"], "pen_names": author["pen_names"], "role": author["role"]}
            for author in work.authors
        ],
        "unit": line["unit"],
        "outlet": work.outlet,
        "summary": line["summary"],
        "citation": citation,
        "instalments": [
            {key: part[key] for key in ("title", "published_on", "outlet", "url")} for part in line["instalments"]
        ],
        "exemplars": [{"name": each["name"], "locality": each["locality"]} for each in line["exemplars"]],
        "prizes": [
            {"code": prize.code, "name": prize.name, "section": prize.section, "suspended": prize.suspended}
            for prize in work.prizes
        ],
    }
