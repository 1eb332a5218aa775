"""What a line of the log says, in words: who, what, from what to what, why and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from flask_babel import gettext as _

from contest.accounts.roles import ROLE_LABELS
from contest.audit.details import NAMES, VALUES
from contest.complaints.rules import ABOUT_NAMES, VERDICT_NAMES
from contest.delivery.models import TAKEN_LABELS
from contest.entries.models import LABELS as STATES
from contest.errors import N_
from contest.interests.kinds import LABELS as INTERESTS
from contest.privacy.terms import WISHES
from contest.web.formats import as_date, as_datetime

WHY = ("reason", "why", "note")
"""Details in which somebody said why."""
BEFORE, AFTER = ("before", "from", "was"), ("after", "to", "now")
HASH = re.compile(r"[0-9a-f]{64}")
SUBJECT = 22
"""Characters of the random id of a person."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")
SEALED: Final = ("score_sheet.", "ballot.", "ballots.")
"""Acts whose hashes are of marks and votes: whoever reads one could try all marks until one fits."""

OF_DETAIL: Final[dict[str, Mapping[Any, str]]] = {
    "about": ABOUT_NAMES,
    "kind": INTERESTS,
    "role": ROLE_LABELS,
    "source": TAKEN_LABELS,
    "verdict": VERDICT_NAMES,
    "was": STATES,
    "what": TAKEN_LABELS,
    "wish": WISHES,
}
"""Words of the rooms for the codes that stand in a detail."""

THINGS: Final[dict[str, str]] = {
    "announcement": N_("Announcement no. %(number)s"),
    "ballots": N_("Ballots from paper"),
    "certificate": N_("Certificate no. %(number)s"),
    "certificate_template": N_("Template of certificates no. %(number)s"),
    "certificates": N_("Certificates"),
    "collective_award": N_("Award of a newsroom, no. %(number)s"),
    "contest": N_("The contest"),
    "data_request": N_("Request about data no. %(number)s"),
    "decision": N_("Decision, version %(number)s"),
    "document": N_("Document"),
    "entry": N_("Draft no. %(number)s"),
    "exemplar": N_("Exemplar no. %(number)s"),
    "incident": N_("Incident no. %(number)s"),
    "invitation": N_("Invitation no. %(number)s"),
    "journal": N_("Restored backup"),
    "key": N_("Signing key"),
    "letter": N_("Letter no. %(number)s"),
    "line": N_("Line %(number)s of the list of prizes"),
    "list": N_("List of prizes"),
    "meeting": N_("Meeting no. %(number)s, %(round)s"),
    "panel": N_("Panel %(panel)s, %(round)s"),
    "regulation": N_("Regulation, version %(number)s"),
    "results": N_("Results"),
    "seconded_act": N_("Request no. %(number)s to a second person"),
    "sitting": N_("Sitting no. %(number)s, %(round)s"),
    "table": N_("Table"),
    "tie": N_("Declared tie no. %(number)s"),
}
"""What a line is about, by the kind that stands in it, where no name or code of its own says it."""

Names = Mapping[str, str]
NOBODY: Final[Names] = {}


def thing(about: str, names: Names = NOBODY) -> str:
    """Say what a line is about, in words: "round:so_khao" is "Sơ khảo", "incident:1" is "Sự cố số 1".

    :param names: what to write for the code of a round or of a category
    """
    kind, _colon, rest = about.partition(":")
    if kind not in THINGS:
        return names.get(rest, rest or kind)
    first, _slash, second = rest.replace("/", ":").partition(":")
    return _(
        THINGS[kind],
        number=second or first.rpartition("-")[2],
        panel=names.get(second, second),
        round=names.get(first, first),
    )


def why(details: Mapping[str, Any]) -> str:
    """Give the reason that somebody gave."""
    found = next((details[name] for name in WHY if isinstance(details.get(name), str) and details[name]), "")
    return _(VALUES[found]) if found in VALUES else found


def change(details: Mapping[str, Any], names: Names = NOBODY) -> tuple[str, str] | None:
    """Give what was there before and what came in its place, where a line says both or one of them."""
    before, after = (
        next((said(details[name], names, name) for name in kind if isinstance(details.get(name), str)), "")
        for kind in (BEFORE, AFTER)
    )
    return (before, after) if before or after else None


def facts(details: Mapping[str, Any], names: Names = NOBODY, *, is_secret: bool = False) -> list[tuple[str, str]]:
    """Give everything else that a line says, as name and value.

    :param names: what to write for a random id of a person, or for the code of a round
    :param is_secret: whether no hash may be told
    """
    return [
        (_(NAMES[name]) if name in NAMES else name, said(value, names, name))
        for name, value in details.items()
        if value not in (None, "", [], {})
        and not (name in (*BEFORE, *AFTER, *WHY) and isinstance(value, str))
        and not (is_secret and HASH.search(str(value)))
    ]


def is_of_marks(action: str) -> bool:
    """Say whether the hashes of an act are made of marks or votes."""
    return action.startswith(SEALED)


def subjects(details: Mapping[str, Any], about: str) -> set[str]:
    """Give the random ids of people that a line may name, besides whoever acted."""
    kind, _colon, name = about.partition(":")
    return {word for word in _words(details) if len(word) == SUBJECT} | ({name} if kind == "user" else set())


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from (key, *_words(each))
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str):
        yield value


def said(value: Any, names: Names = NOBODY, detail: str = "") -> str:
    """Write a value of a line in words; a hash by its beginning.

    :param detail: the name under which it stands
    """
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, Mapping):
        return "; ".join(f"{_key(key, names)}: {said(each, names, key)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(said(each, names, detail) for each in value)
    text = str(value)
    if HASH.fullmatch(text):
        return f"{text[:12]}…"
    if MOMENT.fullmatch(text):
        return as_datetime(datetime.fromisoformat(text))
    if DAY.fullmatch(text):
        return as_date(text)
    label = OF_DETAIL.get(detail, {}).get(text) or VALUES.get(text)
    return _(label) if label else names.get(text, text)


def _key(key: str, names: Names) -> str:
    return _(NAMES[key]) if key in NAMES else said(key, names)
