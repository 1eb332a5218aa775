"""A bundle for everybody, where the regulation opens the scores: all that the result needs, nothing about people.

A sheet is bound by the random id of its juror, so jurors keep that id: it stands on no public page. What is left out:
sheets of jurors who stepped back or whose work left the contest, sheets that were replaced, who recorded what and
when, when works were given out, newsrooms (unless they win prizes of their own, then under a number), and who chairs,
unless the result cannot be computed without it. The leaves of what is left out are named, so that none is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, TypeAlias

from contest.audit.chain import canonical
from contest.audit.commitment import leaf
from contest.results import material, record
from contest.results.material import Act, Ballot, RoundMaterial, Work
from contest.results.recount.choices import ADVANCED, MAY_SAY, REMARK_ASKED, SAYS, THIRD_ASKED, vote_on
from contest.results.recount.computing import compute_round
from contest.results.recount.contents import Assigned, Contents, SealedRound
from contest.results.tally import LeftOut, Sheet

Document: TypeAlias = dict[str, Any]

FOR_READING = (REMARK_ASKED, THIRD_ASKED, ADVANCED)
"""Acts that tell of people and decide nothing."""
EARLIER = "earlier_receipt"
LINES = ("lines", "unplaced")


def opened(contents: Contents) -> Contents:
    """Give what everybody may have of a contest whose scores are open.

    :param contents: with its result and its commitments
    """
    newsrooms = _Newsrooms.of(contents)
    pairs = zip(contents.rounds, (contents.result or {}).get("rounds", ()), strict=True)
    rounds, documents = [], []
    for sealed, document in pairs:
        told, shown = _opened(contents.contest, sealed, document, newsrooms)
        rounds.append(replace(told, sha256=record.fingerprint(shown)))
        documents.append(shown)
    return replace(
        contents,
        rounds=tuple(rounds),
        result={**(contents.result or {}), "rounds": documents},
        commitments=_commitments(contents.commitments, rounds),
        log=None,
    )


def _opened(
    contest: str, sealed: SealedRound, document: Document, newsrooms: _Newsrooms
) -> tuple[SealedRound, Document]:
    """Leave out who chairs, and keep it only where another result would come out."""
    told, shown = _round(sealed, newsrooms, chairs=False), _document(document, newsrooms, chairs=False)
    if record.fingerprint(compute_round(contest, told)) == record.fingerprint(shown):
        return told, shown
    return _round(sealed, newsrooms, chairs=True), _document(document, newsrooms, chairs=True)


@dataclass(frozen=True, slots=True)
class _Newsrooms:
    """Numbers in place of the names of newsrooms, in the order of the names, which some computations follow."""

    numbers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: Contents) -> _Newsrooms:
        if not any(each.material.ruling.collective_prizes for each in contents.rounds):
            return cls()
        works = [work for each in contents.rounds for work in (*each.material.works, *each.material.accepted_works)]
        names = sorted({work.outlet for work in works} - {""})
        width = len(str(len(names)))
        return cls({name: f"toa-soan-{number:0{width}}" for number, name in enumerate(names, 1)})

    def number(self, name: str) -> str:
        """Give the number of a newsroom; empty where none is needed."""
        return self.numbers.get(name, "")

    def told(self, subject: str) -> str:
        """Give what may win a prize: a newsroom by its number, a work by its code."""
        return self.numbers.get(subject, subject)


# Material ------------------------------------------------------------------------------------------------------------


def _round(sealed: SealedRound, newsrooms: _Newsrooms, *, chairs: bool) -> SealedRound:
    found = sealed.material
    out = {work.entry for work in found.works if work.out}
    sheets = {
        entry: tuple(replace(sheet, chair=sheet.chair and chairs) for sheet in of_entry if sheet.left_out is None)
        for entry, of_entry in found.sheets.items()
        if entry not in out
    }
    shown = {(entry, sheet.juror, sheet.revision) for entry, of_entry in sheets.items() for sheet in of_entry}
    given = {(entry, juror) for entry, juror, _revision in shown}
    return replace(
        sealed,
        material=replace(
            found,
            works=tuple(_work(work, found, newsrooms) for work in found.works),
            accepted_works=tuple(_work(work, found, newsrooms) for work in found.accepted_works),
            sheets=sheets,
            members=tuple(replace(member, chair=member.chair and chairs) for member in found.members),
            ballots=tuple(_ballots(found, newsrooms, chairs=chairs)),
            acts=tuple(_acts(found, sheets, out, newsrooms)),
        ),
        superseded={},
        assignments=tuple(
            Assigned(each.entry, each.juror, each.panel, each.chair and chairs, each.third)
            for each in sealed.assignments
            if (each.entry, each.juror) in given
        ),
        sent={key: sent for key, sent in sealed.sent.items() if key in shown},
        recorded={},
    )


def _work(work: Work, found: RoundMaterial, newsrooms: _Newsrooms) -> Work:
    if work.out:
        return replace(work, outlet="", received_at="", slots=frozenset())
    compared = any(EARLIER in rule.tie_breaks for rule in (*found.ruling.rounds, found.rule))
    received_at = work.received_at if compared else ""
    return replace(work, outlet=newsrooms.number(work.outlet), received_at=received_at)


def _ballots(found: RoundMaterial, newsrooms: _Newsrooms, *, chairs: bool) -> Iterator[Ballot]:
    """Give the ballots, in a secret vote that of the chair without an id: it would tell who chairs."""
    members = {member.juror for member in found.members}
    hidden: Counter[tuple[int, str]] = Counter()
    for ballot in sorted(found.ballots, key=lambda each: canonical(dict(each.choice))):
        voter, asked = ballot.voter, (ballot.ballot, ballot.question)
        if not chairs and voter in members and _is_secret(found, ballot.question):
            hidden[asked] += 1
            voter = sha256(f"{ballot.question}/{ballot.ballot}/{hidden[asked]}".encode()).hexdigest()[:22]
        choice = {newsrooms.told(subject): said for subject, said in ballot.choice.items()}
        yield replace(ballot, voter=voter, choice=choice)


def _is_secret(found: RoundMaterial, question: str) -> bool:
    rules = (vote_on(question, found.code, version) for version in (found.regulation, found.ruling))
    return any(rule is not None and rule.secret for rule in rules)


def _acts(
    found: RoundMaterial, sheets: Mapping[str, tuple[Sheet, ...]], out: set[str], newsrooms: _Newsrooms
) -> list[Act]:
    told = []
    for act in found.acts:
        if act.kind in FOR_READING or act.kind not in SAYS or act.choice.get("entry") in out:
            continue
        known = {**SAYS[act.kind], **MAY_SAY.get(act.kind, {})}
        choice = {name: value for name, value in act.choice.items() if name in known}
        if act.kind == material.DISCREPANCY_ACCEPTED:
            choice["sheets"] = _accepted(choice["sheets"], sheets.get(choice["entry"], ()))
        for name in {"order", "subjects"} & choice.keys():
            named = [newsrooms.told(subject) for subject in choice[name]]
            if named != choice[name]:
                choice.pop("seed", None)  # the lot was drawn over the names
            choice[name] = named
        told.append(replace(act, choice=choice))
    return told


def _accepted(named: list[list[Any]], sheets: tuple[Sheet, ...]) -> list[list[Any]]:
    """Give the sheets that an act lets stand; none where it names another one, for then it lets none stand."""
    shown = {(sheet.juror, sheet.revision) for sheet in sheets}
    return named if all((juror, revision) in shown for juror, revision in named) else []


# Result --------------------------------------------------------------------------------------------------------------


def _document(document: Document, newsrooms: _Newsrooms, *, chairs: bool) -> Document:
    """Leave out of a frozen result what the bundle leaves out of what it rests on."""
    told = {
        **document,
        "groups": [
            {**group, **{name: [_line(line, chairs) for line in group[name]] for name in LINES if name in group}}
            for group in document["groups"]
        ],
        "ungrouped": [_line(line, chairs) for line in document["ungrouped"]],
    }
    if "collective" in told:
        told["collective"] = [
            {
                **prize,
                **{name: [_named(each, newsrooms) for each in prize[name]] for name in ("winners", "passed_over")},
            }
            for prize in told["collective"]
        ]
    return told


def _line(line: Document, chairs: bool) -> Document:
    if "sheets" not in line:
        return line
    return {
        **line,
        "sheets": [{**sheet, "chair": sheet["chair"] and chairs} for sheet in line["sheets"]],
        "left_out": [sheet for sheet in line["left_out"] if sheet["why"] != LeftOut.RECUSED],
    }


def _named(each: Document, newsrooms: _Newsrooms) -> Document:
    return {**each, "subject": newsrooms.told(each["subject"])}


# Commitments ---------------------------------------------------------------------------------------------------------


def _commitments(commitments: Mapping[str, Any] | None, rounds: list[SealedRound]) -> Document | None:
    """Keep the salts of the sheets that are shown, and name the leaves of those that are not."""
    if commitments is None:
        return None
    sheets = {each.material.code: _sheets(each.material) for each in rounds}
    shown = {sha256 for of_round in sheets.values() for sha256 in of_round}
    salts = {sha256: salt for sha256, salt in commitments.get("salts", {}).items() if sha256 in shown}
    voted = {each.material.code for each in rounds if each.material.ballots}
    withheld = {}
    for each in commitments["rounds"]:
        code = each["round"]
        found = {leaf(salts.get(sha256, ""), sha256) for sha256 in sheets.get(code, ())}
        left = sorted(set(each["leaves"]) - found)
        if code in sheets and code not in voted and left:
            withheld[code] = left
    return {**commitments, "salts": salts} | ({"withheld": withheld} if withheld else {})


def _sheets(found: RoundMaterial) -> list[str]:
    return [sheet.sha256 for of_entry in found.sheets.values() for sheet in of_entry if sheet.sha256]
