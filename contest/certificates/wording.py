"""What a certificate says, worked out once from the frozen copy of the decision and then frozen itself.

The words are those of the regulation and of the decision, which are Vietnamese; they never pass through a catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from unicodedata import normalize

from contest.certificates.choosing import TemplateKind
from contest.regulations.issuing import CertificateRule

Printed = dict[str, Any]


@dataclass(frozen=True)
class Issue:
    """One certificate to be made.

    :ivar award_id: the prize of a work, or None
    :ivar collective_id: the prize of a newsroom, or None
    :ivar position: 0 for the whole group, else the author's place in the byline
    :ivar subject: random id of the only author, or None for a group
    :ivar tier: code of the prize
    """

    award_id: int | None
    collective_id: int | None
    position: int
    subject: str | None
    printed: Printed
    tier: str

    @property
    def kind(self) -> TemplateKind:
        """Whether one person is named, or several people or a newsroom."""
        is_shared = self.collective_id is not None or len(self.printed["authors"]) > 1
        return TemplateKind.GROUP if is_shared else TemplateKind.INDIVIDUAL


def issues(copy: Mapping[str, Any], rule: CertificateRule, *, given_on: date) -> Iterator[Issue]:
    """List the certificates of a decision in the order of its awards, each group before its members.

    A single author gets one; a group one together, and one each where the regulation wants it. A newsroom gets one.

    :param copy: frozen copy of the decision
    :param given_on: the date printed above the signature
    """
    for line in copy["awards"]:
        authors = line["authors"]
        subject = authors[0]["subject"] if len(authors) == 1 else None
        tier = line["tier"]
        yield Issue(line["award_id"], None, 0, subject, printed_words(copy, line, authors, rule, given_on), tier)
        if len(authors) > 1 and rule.individual_copies:
            for position, author in enumerate(authors, 1):
                words = printed_words(copy, line, [author], rule, given_on)
                yield Issue(line["award_id"], None, position, author["subject"], words, tier)
    for line in copy["collective"]:
        words = newsroom_words(copy, line, rule, given_on)
        yield Issue(None, line["collective_id"], 0, None, words, line["tier"])


def printed_words(
    copy: Mapping[str, Any],
    line: Mapping[str, Any],
    authors: Sequence[Mapping[str, Any]],
    rule: CertificateRule,
    given_on: date,
) -> Printed:
    """Word one certificate; the register number is added when it is given."""
    kind = "nhóm tác giả" if len(authors) > 1 else "tác giả"
    return _words(
        copy,
        line,
        rule,
        given_on,
        lead=f"{rule.lead} {kind}",
        authors=[{"name": author["name"], "pen_names": author["pen_names"]} for author in authors],
        unit=line["unit"],
        category=f"Loại hình: {line['category_name']} – Thể loại: {line['genre_name']}; tác phẩm:",
        work=line["title"],
    )


def newsroom_words(copy: Mapping[str, Any], line: Mapping[str, Any], rule: CertificateRule, given_on: date) -> Printed:
    """Word the certificate of a newsroom, which is given for no single work."""
    return _words(
        copy,
        line,
        rule,
        given_on,
        lead=f"{rule.lead} tập thể",
        authors=[{"name": line["outlet"], "pen_names": ""}],
        unit="",
        category="",
        work="",
    )


def _words(
    copy: Mapping[str, Any], line: Mapping[str, Any], rule: CertificateRule, given_on: date, **words: Any
) -> Printed:
    letterhead, decision = copy["letterhead"], copy["decision"]
    decided_on = date.fromisoformat(decision["decided_on"])
    contest = rule.wording.replace("{name}", copy["contest"]["name"])
    tidied: Printed = tidy(
        {
            "profile": letterhead["profile"],
            "superior": letterhead["superior"],
            "issuer": letterhead["issuer"],
            "organiser": f"BAN TỔ CHỨC {contest}".upper(),
            "title": rule.title,
            "verb": "đạt",
            "award": line["tier_name"].upper(),
            "special": line["tier_name"].casefold().endswith("đặc biệt"),
            "decision": f"Quyết định số {decision['number']} {in_words(decided_on)}",
            "place": f"{letterhead['place']}, {in_words(given_on)}",
            "power": [*letterhead["signer_power"], letterhead["signer_title"]],
            "who": letterhead["signer_name"],
            "facts": {
                "contest": copy["contest"]["name"],
                "award": line["tier_name"],
                "category": line.get("category_name", ""),
                "decision": decision["number"],
                "decided_on": decision["decided_on"],
                "given_on": given_on.isoformat(),
                "entry_code": line.get("entry_code", ""),
            },
            **words,
        }
    )
    return tidied


def signed_words(printed: Printed) -> list[str]:
    """Choose the words that the QR code vouches for without our server, the most telling first."""
    first, *others = printed["authors"]
    people = f"{first['name']} +{len(others)}" if others else first["name"]
    facts = printed["facts"]
    prize = f"{facts['award']}, {facts['category']}" if facts["category"] else facts["award"]
    return [part for part in (printed["register_number"], prize, people, printed["work"]) if part]


def letters(printed: Printed) -> int:
    """Count the letters of what differs from one certificate to the next."""
    people = "".join(author["name"] + author["pen_names"] for author in printed["authors"])
    return len(people + printed["unit"] + printed["work"])


def in_words(day: date) -> str:
    """Write a date as official documents do: noughts before days under 10 and before January and February."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def tidy(value: Any) -> Any:
    """Bring every text to NFC with single spaces: what is frozen here is printed and compared letter by letter."""
    if isinstance(value, str):
        return " ".join(normalize("NFC", value).split())
    if isinstance(value, dict):
        return {key: tidy(part) for key, part in value.items()}
    if isinstance(value, list):
        return [tidy(part) for part in value]
    return value
