"""What an author changed between two revisions, line by line, as a reader would name the places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contest.entries.parts import Part
from contest.errors import N_

PLAIN = {"title": N_("Title of the work"), "genre": N_("Genre"), "topic": N_("Topic"), "summary": N_("Summary")}

ROWS: dict[str, tuple[Part, str, dict[str, str]]] = {
    "instalments": (
        Part.INSTALMENTS,
        N_("Instalment %(number)s"),
        {
            "title": N_("title"),
            "published_on": N_("date"),
            "outlet": N_("press agency"),
            "url": N_("address"),
            "issue": N_("issue"),
            "page": N_("page"),
            "channel": N_("channel"),
            "hour": N_("hour of broadcast"),
            "minutes": N_("minutes"),
            "words": N_("words"),
        },
    ),
    "bylines": (
        Part.BYLINES,
        N_("Author %(number)s"),
        {
            "name": N_("real name"),
            "pen_names": N_("pen names"),
            "role": N_("role"),
            "unit": N_("unit"),
            "phone": N_("telephone"),
            "email": N_("e-mail"),
            "lead": N_("answers for the group"),
        },
    ),
    "exemplars": (
        Part.EXEMPLARS,
        N_("Exemplar %(number)s"),
        {"name": N_("name"), "kind": N_("kind"), "topic": N_("field"), "locality": N_("locality"), "unit": N_("unit")},
    ),
    "prior_awards": (
        Part.DECLARATIONS,
        N_("Prize %(number)s"),
        {"name": N_("name"), "level": N_("level"), "date": N_("date"), "organiser": N_("organiser")},
    ),
}


@dataclass(frozen=True)
class Change:
    """One place that reads differently.

    :ivar place: message id, with a number where there are several of its kind
    :ivar detail: message id of the field inside the place; empty for the place as a whole
    """

    part: Part
    place: str
    before: str
    after: str
    detail: str = ""
    params: Mapping[str, int] = field(default_factory=dict)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List what differs, in the order of the form.

    :param before, after: drafts as sent, each with its files under ``attachments``
    """
    found = [
        Change(Part.WORK, label, str(before[key] or ""), str(after[key] or ""))
        for key, label in PLAIN.items()
        if before[key] != after[key]
    ]
    for key, (part, place, labels) in ROWS.items():
        found += _of_rows(part, place, labels, before[key], after[key])
    found += _of_files(before["attachments"], after["attachments"])
    if before["statements"] != after["statements"]:
        found.append(
            Change(Part.DECLARATIONS, N_("Declarations"), _listed(before["statements"]), _listed(after["statements"]))
        )
    return sorted(found, key=lambda change: list(Part).index(change.part))


def _of_rows(
    part: Part,
    place: str,
    labels: Mapping[str, str],
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
) -> Iterator[Change]:
    for index in range(max(len(before), len(after))):
        here = {"number": index + 1}
        if index >= len(after):
            yield Change(part, place, _line(before[index]), "", params=here)
        elif index >= len(before):
            yield Change(part, place, "", _line(after[index]), params=here)
        else:
            for name, label in labels.items():
                old, new = before[index].get(name), after[index].get(name)
                if old != new:
                    yield Change(part, place, _shown(old), _shown(new), label, here)


def _of_files(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
    old, new = ({(file["slot"], file["sha256"]): file["name"] for file in files} for files in (before, after))
    for key in old.keys() - new.keys():
        yield Change(Part.DOSSIER, N_("File taken off"), old[key], "")
    for key in new.keys() - old.keys():
        yield Change(Part.DOSSIER, N_("File added"), "", new[key])


def _line(row: Mapping[str, Any]) -> str:
    return ", ".join(_shown(value) for value in row.values() if value and value is not True)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _listed(statements: Mapping[str, Any]) -> str:
    return ", ".join(f"{code} ({version})" for code, version in sorted(statements.items()))
