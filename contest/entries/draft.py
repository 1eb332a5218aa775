"""The shape of a draft: JSON values, every key always there, everything may be empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from contest.entries.asked import MISSING, Asked, fields_of
from contest.entries.findings import Finding, Severity
from contest.entries.parts import FIELDS, Part
from contest.errors import N_

if TYPE_CHECKING:
    from contest.regulations.schema import Regulation

INSTALMENT: dict[str, Any] = {
    "title": "",
    "published_on": None,
    "outlet_id": None,
    "outlet": "",
    "url": "",
    "issue": "",
    "page": "",
    "channel": "",
    "hour": "",
    "minutes": None,
    "words": None,
}
BYLINE: dict[str, Any] = {
    "name": "",
    "pen_names": "",
    "role": "",
    "unit": "",
    "phone": "",
    "email": "",
    "lead": False,
}
EXEMPLAR: dict[str, Any] = {"name": "", "kind": "", "topic": "", "locality": "", "unit": ""}
AWARD: dict[str, Any] = {"name": "", "level": "", "date": None, "organiser": ""}
ROWS = {"instalments": INSTALMENT, "bylines": BYLINE, "exemplars": EXEMPLAR, "prior_awards": AWARD}


def blank(category: str, title: str = "") -> dict[str, Any]:
    """Start a draft with one instalment and one author to fill in."""
    return {
        "title": title,
        "category": category,
        "genre": "",
        "topic": "",
        "summary": "",
        "instalments": [dict(INSTALMENT)],
        "bylines": [dict(BYLINE, lead=True)],
        "exemplars": [],
        "prior_awards": [],
        "statements": {},
    }


def is_empty(row: Mapping[str, Any], key: str) -> bool:
    """Say whether nothing was typed in a row."""
    return all((row.get(name) or value) == value for name, value in ROWS[key].items() if name != "lead")


def with_part(draft: Mapping[str, Any], part: Part, values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the draft with one part replaced; keys that belong to other parts are not taken."""
    changed = dict(draft)
    for key in FIELDS[part]:
        if key not in values:
            continue
        value = values[key]
        if key in ROWS:
            value = [{name: row.get(name, empty) for name, empty in ROWS[key].items()} for row in value]
        changed[key] = value
    return changed


def part_of(draft: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """Take one part out of a draft."""
    return {key: draft[key] for key in FIELDS[part]}


def gaps(draft: Mapping[str, Any], regulation: Regulation) -> tuple[Finding, ...]:
    """List what is not filled in yet and must be, in the order of the steps."""
    article = regulation.cite("dossier")
    return tuple(
        Finding("complete", Severity.BLOCKS, article, message, params, part)
        for part, message, params in _missing(draft, regulation)
    )


Gap = tuple[Part, str, dict[str, str | int]]


def _missing(draft: Mapping[str, Any], regulation: Regulation) -> Iterator[Gap]:
    for key, message in (
        ("title", N_("The title of the work")),
        ("genre", N_("The genre")),
        ("topic", N_("The topic")),
        ("summary", N_("A summary of the work")),
    ):
        if not draft[key]:
            yield Part.WORK, message, {}
    yield from _missing_of_instalments(draft, fields_of(regulation.category(draft["category"])))
    yield from _missing_of_bylines(draft)
    if not any(row["name"] for row in draft["exemplars"]):
        yield Part.EXEMPLARS, N_("At least one person or model that the work is about"), {}
    for row in draft["prior_awards"]:
        if not (row["name"] and row["level"] and row["date"] and row["organiser"]):
            yield Part.DECLARATIONS, N_("Name, level, date and organiser of every prize already won"), {}
            return


def _missing_of_instalments(draft: Mapping[str, Any], fields: Iterable[Asked]) -> Iterator[Gap]:
    required = [field.name for field in fields if field.required]
    if not draft["instalments"]:
        yield Part.INSTALMENTS, N_("At least one instalment"), {}
    for number, row in enumerate(draft["instalments"], start=1):
        here: dict[str, str | int] = {"number": number}
        if not row["published_on"]:
            yield Part.INSTALMENTS, N_("Date of instalment %(number)s"), here
        if not (row["outlet_id"] or row["outlet"]):
            yield Part.INSTALMENTS, N_("Press agency of instalment %(number)s"), here
        for name in required:
            if not row[name]:
                yield Part.INSTALMENTS, MISSING[name], here


def _missing_of_bylines(draft: Mapping[str, Any]) -> Iterator[Gap]:
    if not draft["bylines"]:
        yield Part.BYLINES, N_("At least one author"), {}
    for number, row in enumerate(draft["bylines"], start=1):
        if not row["name"]:
            yield Part.BYLINES, N_("Real name of author %(number)s"), {"number": number}
        elif not row["unit"]:
            yield Part.BYLINES, N_("Unit or address of %(name)s"), {"name": row["name"]}
    leads = [row for row in draft["bylines"] if row["lead"]]
    if draft["bylines"] and len(leads) != 1:
        yield Part.BYLINES, N_("One author who answers for the group"), {}
    elif leads and not (leads[0]["phone"] and leads[0]["email"]):
        yield Part.BYLINES, N_("Telephone and e-mail of the author who answers for the group"), {}
