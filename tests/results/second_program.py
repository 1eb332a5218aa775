"""A second recount, written from ``docs/recount.md`` alone.

It shares no line with the program it stands beside: it reads the files of a bundle and comes to places, exact means,
who goes on, prizes and money, under the names of section 7. What section 7 tells besides (the counts of every ballot,
the answers of every tier, what was dropped) it leaves out.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

Table = list[dict[str, str]]
TABLES = ("rounds", "entries", "sheets", "jurors", "votes", "acts")


@dataclass(frozen=True)
class Sheet:
    """What one juror gave one work."""

    juror: str
    revision: int
    sha256: str
    third: bool
    chair: bool
    left_out: str
    marks: dict[str, int]


@dataclass(frozen=True)
class Count:
    """How one work fared at one ballot."""

    ballot: int
    share: Fraction
    carried: str
    shares: dict[str, Fraction] = field(default_factory=dict)
    """In a vote on tiers: of those who name this tier or a higher one."""


@dataclass(eq=False)
class Work:
    """A work of a round, and what becomes of it."""

    entry: str
    category: str
    genre: str
    topic: str
    outlet: str
    received_at: str
    slots: frozenset[str]
    used: list[Sheet] = field(default_factory=list)
    left_out: list[tuple[Sheet, str]] = field(default_factory=list)
    figures: dict[str, Fraction] = field(default_factory=dict)
    totals: list[tuple[Sheet, Fraction]] = field(default_factory=list)
    spread: Fraction = Fraction(0)
    aggregate: Fraction = Fraction(0)
    mean: Fraction | None = None
    counts: dict[str, list[Count]] = field(default_factory=dict)
    steps: list[dict[str, Any]] = field(default_factory=list)
    settled: int | None = None
    place: int | None = None
    tied_with: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    advanced: bool = False
    tier: str | None = None
    replaced_by: str | None = None
    prizes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Act:
    """What people decided and recorded."""

    number: int
    kind: str
    subject: str
    choice: dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """What one voter put on paper at one ballot."""

    ballot: int
    question: str
    panel: str
    voter: str
    choices: dict[str, str]


@dataclass(frozen=True)
class Round:
    """One sealed round: the two versions that rule it, its works, its panels and what was recorded."""

    code: str
    opening: dict[str, Any]
    ruling: dict[str, Any]
    works: list[Work]
    out: dict[str, str]
    members: dict[str, dict[str, bool]]
    papers: list[Paper]
    acts: list[Act]

    @property
    def opened(self) -> dict[str, Any]:
        """The round as it was when it opened: rubrics, panels, vote."""
        return next(round_ for round_ in self.opening["rounds"] if round_["code"] == self.code)

    @property
    def ruled(self) -> dict[str, Any]:
        """The round as it was at its sealing: everything else."""
        return next(round_ for round_ in self.ruling["rounds"] if round_["code"] == self.code)

    @property
    def last(self) -> bool:
        """Whether prizes are given here."""
        return bool(self.ruling["rounds"][-1]["code"] == self.code)

    @property
    def awarding(self) -> dict[str, Any]:
        """How the tiers are given."""
        return {"scope": "category", "groups": [], "method": "quota", "one_prize": True} | self.ruling.get(
            "awarding", {}
        )

    def orders(self, prize: str | None = None) -> dict[frozenset[str], Act]:
        """Recorded orders of equals, the newest of each set."""
        subject = prize and f"prize:{prize}"
        return {
            frozenset(act.choice["order"]): act
            for act in self.acts
            if act.kind == "tie_settled" and (act.subject if act.subject.startswith("prize:") else None) == subject
        }


# Reading


def recount(folder: Path) -> dict[str, Any]:
    """Compute the rounds of an unpacked bundle."""
    tables = {name: _table(folder / f"{name}.csv") for name in TABLES}
    regulations = {}
    for path in [folder / "regulation.toml", *folder.glob("regulations/*.toml")]:
        content = path.read_bytes()
        regulations[hashlib.sha256(content).hexdigest()] = _regulation(content)
    accepted = [row for row in tables["entries"] if not row["round"] and not row["out"]]
    return {
        "rounds": [
            _result(_round(row, tables, regulations), accepted)
            for row in sorted(tables["rounds"], key=lambda row: int(row["position"]))
        ]
    }


@lru_cache(maxsize=8)
def _regulation(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode(), parse_float=Fraction)


def _table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _round(row: dict[str, str], tables: dict[str, Table], regulations: dict[str, dict[str, Any]]) -> Round:
    code = row["round"]
    own = {name: [line for line in table if line["round"] == code] for name, table in tables.items()}
    works = {
        line["entry"]: Work(
            line["entry"],
            line["category"],
            line["genre"],
            line["topic"],
            line["outlet"],
            line["received_at"],
            frozenset(line["slots"].split()),
        )
        for line in own["entries"]
        if not line["out"]
    }
    members: dict[str, dict[str, bool]] = {}
    for line in own["jurors"]:
        members.setdefault(line["panel"], {})[line["juror"]] = line["chair"] == "1"
    acts = [Act(int(line["number"]), line["kind"], line["subject"], json.loads(line["choice"])) for line in own["acts"]]
    round_ = Round(
        code,
        regulations[row["regulation"]],
        regulations[row["ruling"]],
        list(works.values()),
        {line["entry"]: line["out"] for line in own["entries"] if line["out"]},
        members,
        _papers(own["votes"]),
        sorted(acts, key=lambda act: act.number),
    )
    if "vote" in round_.opened:
        _vote(round_)
    else:
        sheets = _sheets(own["sheets"])
        for work in works.values():
            _score(round_, work, sheets.get(work.entry, []))
    return round_


def _sheets(rows: Table) -> dict[str, list[Sheet]]:
    """The sheets of each work that are to be looked at, sorted (6.1, 1)."""
    sheets: dict[tuple[str, str, int], Sheet] = {}
    for row in rows:
        if row["in_force"] != "1" and not row["left_out"]:
            continue
        revision = int(row["revision"])
        sheet = sheets.setdefault(
            (row["entry"], row["juror"], revision),
            Sheet(row["juror"], revision, row["sha256"], row["third"] == "1", row["chair"] == "1", row["left_out"], {}),
        )
        sheet.marks[row["criterion"]] = int(row["mark"])
    works: dict[str, list[Sheet]] = {}
    for (entry, _juror, _revision), sheet in sheets.items():
        works.setdefault(entry, []).append(sheet)
    for pile in works.values():
        pile.sort(key=lambda sheet: (sheet.juror, sheet.revision, sheet.sha256))
    return works


def _papers(rows: Table) -> list[Paper]:
    papers: dict[tuple[int, str, str, str], dict[str, str]] = {}
    for row in rows:
        choices = papers.setdefault((int(row["ballot"]), row["question"], row["panel"], row["voter"]), {})
        if row["subject"]:
            choices[row["subject"]] = row["choice"]
    return [Paper(*key, choices) for key, choices in papers.items()]


def _points(value: int | Fraction) -> Fraction:
    """Points of the regulation as hundredths."""
    return Fraction(value) * 100


def _takes(lists: dict[str, Any], work: Work) -> bool:
    """Whether lists of categories, genres and topics take a work; an empty one takes all."""
    own = {"categories": work.category, "genres": work.genre, "topics": work.topic}
    return all(not lists.get(name) or value in lists[name] for name, value in own.items())


# A scored round (6.1)


def _score(round_: Round, work: Work, sheets: Sequence[Sheet]) -> None:
    rubric = round_.opened["rubrics"][work.category]
    criteria = next(sheet["criteria"] for sheet in round_.opening["rubrics"] if sheet["code"] == rubric)
    weights = {criterion["code"]: Fraction(criterion.get("weight", 1)) for criterion in criteria}

    kept = []
    why = {}
    orders = [act for act in round_.acts if act.kind == "remark_ordered" and act.choice["entry"] == work.entry]
    newest = max(orders, key=lambda act: act.number, default=None)
    order = newest.choice if newest and newest.choice["jurors"] else None
    for sheet in sheets:
        if sheet.left_out:
            why[sheet.juror, sheet.revision] = "recused"
        elif order and order["counts"] == "replace" and sheet.juror not in order["jurors"]:
            why[sheet.juror, sheet.revision] = "replaced_by_remark"
        elif set(sheet.marks) != set(weights):
            why[sheet.juror, sheet.revision] = "other_rubric"
        else:
            kept.append(sheet)
    third = [sheet for sheet in kept if sheet.third and not order]
    regular = [sheet for sheet in kept if sheet not in third]

    def total(sheet: Sheet) -> Fraction:
        return sum((mark * weights[code] for code, mark in sheet.marks.items()), Fraction(0))

    rule = round_.ruled.get("discrepancy", {})
    if not isinstance(rule, dict):
        rule = {"limit": rule}
    if order and rule.get("consequence", "hold") != "hold":
        rule = {}
    work.spread = _spread(rule, [total(sheet) for sheet in regular])
    differ = bool(rule) and work.spread > _points(rule["limit"])

    used = regular
    if third and differ and rule.get("consequence") == "third_replaces":
        used = third
        why |= {(sheet.juror, sheet.revision): "replaced_by_third" for sheet in regular}
    elif third and differ and rule.get("consequence") == "third_joins":
        used = kept
    else:
        why |= {(sheet.juror, sheet.revision): "third_not_needed" for sheet in third}

    work.used = used
    work.left_out = [
        (sheet, why[sheet.juror, sheet.revision]) for sheet in sheets if (sheet.juror, sheet.revision) in why
    ]
    work.totals = [(sheet, total(sheet)) for sheet in used]
    work.figures = {code: _mean([Fraction(sheet.marks[code]) for sheet in used]) for code in weights}
    work.aggregate = work.mean = _mean([figure for _sheet, figure in work.totals])
    if used:
        _aggregate(round_, work, weights)
        work.mean = work.aggregate + sum(_points(bonus["points"]) for bonus in _bonuses(round_, work))


def _spread(rule: dict[str, Any], totals: Sequence[Fraction]) -> Fraction:
    if not totals:
        return Fraction(0)
    if rule.get("measure", "range") == "range":
        return max(totals) - min(totals)
    return max(abs(total - _mean(totals)) for total in totals)


def _aggregate(round_: Round, work: Work, weights: dict[str, Fraction]) -> None:
    """Step 5 and 6: what the sheets used come to."""
    rule = {"kind": "mean", "drop": 1, "when_at_least": 5, "of": "total"} | round_.ruled.get("aggregation", {})
    number = len(work.used)
    way = rule["kind"]
    if way == "trimmed" and not (number >= rule["when_at_least"] and number > 2 * rule["drop"]):
        way = "mean"

    def figure(values: Iterable[Fraction]) -> Fraction:
        ascending = sorted(values)
        if way == "median":
            return _mean(ascending[(number - 1) // 2 : number // 2 + 1])
        if way == "sum":
            return sum(ascending, Fraction(0))
        if way == "trimmed":
            return _mean(ascending[rule["drop"] : number - rule["drop"]])
        return _mean(ascending)

    if rule["of"] == "total" or way == "mean":
        work.aggregate = figure(total for _sheet, total in work.totals)
    else:
        work.figures = {code: figure(Fraction(sheet.marks[code]) for sheet in work.used) for code in weights}
        work.aggregate = sum((weights[code] * value for code, value in work.figures.items()), Fraction(0))


def _bonuses(round_: Round, work: Work) -> list[dict[str, Any]]:
    given: dict[tuple[str, str], list[str]] = {
        (act.subject, act.choice["bonus"]): act.choice["entries"] for act in round_.acts if act.kind == "bonus_given"
    }
    return [
        bonus
        for bonus in round_.ruled.get("bonus", [])
        if _takes({"categories": bonus.get("categories"), "genres": bonus.get("genres")}, work)
        and (not bonus.get("slots") or work.slots & set(bonus["slots"]))
        and (
            not bonus.get("by_act")
            or any(work.entry in entries for (_subject, code), entries in given.items() if code == bonus["code"])
        )
    ]


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


# A voted round (6.2)


@dataclass(frozen=True)
class Poll:
    """One question, put to some people over some works or newsrooms."""

    round_: Round
    rule: dict[str, Any]
    question: str
    panel: str
    members: dict[str, bool]
    subjects: Sequence[str]
    papers: Sequence[Paper]

    def counts(self) -> dict[str, list[Count]]:
        """The count of every subject at each ballot it stood in."""
        kind = self.rule["kind"]
        up = list(self.subjects)
        counts: dict[str, list[Count]] = {subject: [] for subject in up}
        left = 1 if kind == "ranking" else self.rule.get("ballots", 1)
        for ballot in sorted({paper.ballot for paper in self.papers}):
            papers, present = self._admitted(ballot)
            quorum = Fraction(self.rule.get("quorum", "1/2")) * len(self.members)
            if not left or not present or present < quorum:
                continue
            left -= 1
            if kind == "ranking":
                for subject, share in self._ranked(papers, up).items():
                    counts[subject].append(Count(ballot, share, ""))
                continue
            for subject in up:
                counts[subject].append(self._count(ballot, subject, papers, present))
            up = [subject for subject in up if not counts[subject][-1].carried]
        return counts

    def _admitted(self, ballot: int) -> tuple[list[Paper], int]:
        """The papers of a ballot that count, and how many were present."""
        sitting = self._sitting(ballot)
        secret = self.rule.get("secret", True)
        papers = [
            paper
            for paper in self.papers
            if paper.ballot == ballot
            and (paper.voter in self.members or secret)
            and (sitting is None or paper.voter not in self.members or paper.voter in sitting)
        ]
        voters = [paper.voter for paper in papers]
        recorded = len(set(self.members) & sitting) if sitting is not None else 0
        present = min(len(self.members), max(len(set(voters)), recorded))
        papers = [paper for paper in papers if voters.count(paper.voter) == 1]
        if self.rule["kind"] == "approval" and "most" in self.rule:
            papers = [paper for paper in papers if len(set(paper.choices) & set(self.subjects)) <= self.rule["most"]]
        return papers, present

    def _sitting(self, ballot: int) -> set[str] | None:
        acts = [
            act.choice
            for act in self.round_.acts
            if act.kind == "sitting"
            and act.choice["ballot"] == ballot
            and act.choice.get("question", self.question) == self.question
            and (act.choice.get("panel") or self.panel) == self.panel
        ]
        if not acts:
            return None
        best = max(((bool(act.get("panel")), "question" in act), at) for at, act in enumerate(acts))
        return set(acts[best[1]]["present"])

    def _count(self, ballot: int, subject: str, papers: Sequence[Paper], present: int) -> Count:
        majority = self.rule.get("majority", "present")
        of = len(self.members) if majority == "members" else present
        needed = ceil(Fraction(2 * of, 3)) if majority == "two_thirds" else of // 2 + 1
        chosen = {paper.voter: paper.choices[subject] for paper in papers if subject in paper.choices}
        tiers = [tier["code"] for tier in self.round_.ruling["prizes"]]

        def carries(wanted: set[str]) -> bool:
            votes = sum(choice in wanted for choice in chosen.values())
            chairs = [paper.choices.get(subject) in wanted for paper in papers if self.members.get(paper.voter)]
            casting = (
                self.rule.get("casting_vote", False)
                and majority != "two_thirds"
                and 2 * votes == of > 0
                and bool(chairs)
                and all(chairs)
            )
            return votes >= needed or casting

        if self.rule["kind"] != "tier":
            yes = {"yes", self.question}
            votes = sum(choice in yes for choice in chosen.values())
            return Count(ballot, Fraction(votes, of), "yes" if carries(yes) else "")
        shares = {
            tier: Fraction(sum(choice in tiers[: at + 1] for choice in chosen.values()), of)
            for at, tier in enumerate(tiers)
        }
        for at, tier in enumerate(tiers):
            if carries(set(tiers[: at + 1])):
                return Count(ballot, shares[tier], tier, shares)
        return Count(ballot, shares[tiers[-1]], "", shares)

    @staticmethod
    def _ranked(papers: Sequence[Paper], up: Sequence[str]) -> dict[str, Fraction]:
        """Minus the mean place of each subject; 0 when no paper is left."""
        places: dict[str, list[int]] = {subject: [] for subject in up}
        for paper in papers:
            named = {subject: paper.choices.get(subject, "") for subject in up}
            numbers = {subject: int(number) for subject, number in named.items() if number.isdecimal()}
            for subject in up:
                own = numbers.get(subject)
                places[subject].append(
                    len(numbers) + 1 if own is None else 1 + sum(number < own for number in numbers.values())
                )
        return {subject: Fraction(-sum(row), len(row) or 1) for subject, row in places.items()}


def _vote(round_: Round) -> None:
    rule = round_.opened["vote"]
    questions = [""]
    if round_.last and round_.awarding["method"] == "vote" and rule["kind"] in ("yes_no", "approval"):
        questions = [tier["code"] for tier in round_.ruling["prizes"]]
    piles: dict[tuple[str | None, str], list[Work]] = {}
    for work in round_.works:
        group = _group(round_, work) if rule["kind"] == "ranking" else None
        piles.setdefault((group, _panel(round_, work)), []).append(work)
    for question in questions:
        for (_group_code, panel), works in piles.items():
            subjects = [work.entry for work in works]
            papers = _papers_of(round_, question, panel, set(subjects))
            poll = Poll(round_, rule, question, panel, round_.members.get(panel, {}), subjects, papers)
            counts = poll.counts()
            for work in works:
                work.counts[question] = counts[work.entry]


def _papers_of(round_: Round, question: str, panel: str, works: set[str]) -> list[Paper]:
    """The papers of a panel."""
    own = []
    for paper in round_.papers:
        if paper.question != question or paper.panel not in ("", panel):
            continue
        panels = {code for code, members in round_.members.items() if paper.voter in members}
        foreign = panels and panel not in panels
        if paper.panel or panels == {panel} or (not foreign and (not paper.choices or set(paper.choices) & works)):
            own.append(paper)
    return own


def _panel(round_: Round, work: Work) -> str:
    panels = round_.opened.get("panels", "category")
    if panels == "category":
        return work.category
    if panels == "council":
        return "hoi_dong"
    return next((str(panel["code"]) for panel in panels if _takes(panel, work)), "")


def _standing(round_: Round, work: Work) -> tuple[str, Count | None]:
    """For what a voted work is carried, and its support."""
    tiers = [tier["code"] for tier in round_.ruling["prizes"]]
    for question, counts in sorted(work.counts.items(), key=lambda item: tiers.index(item[0]) if item[0] else -1):
        for count in counts:
            if count.carried:
                return question or count.carried, count
    last = [counts[-1] for counts in work.counts.values() if counts]
    return "", last[-1] if last else None


# Places (6.3)


def _group(round_: Round, work: Work) -> str | None:
    if not round_.last or round_.awarding["scope"] == "category":
        return work.category
    if round_.awarding["scope"] == "pooled":
        return "toan_giai"
    return next((str(group["code"]) for group in round_.awarding["groups"] if _takes(group, work)), None)


def _groups(round_: Round) -> list[str]:
    if round_.last and round_.awarding["scope"] == "pooled":
        return ["toan_giai"]
    if round_.last and round_.awarding["scope"] == "groups":
        return [group["code"] for group in round_.awarding["groups"]]
    return [category["code"] for category in round_.ruling["categories"]]


def _has_something(work: Work) -> bool:
    return bool(work.used) or any(work.counts.values())


def _places(round_: Round, works: Sequence[Work]) -> list[Work]:
    """Place works and return them best first."""
    rules = ["mean"] if "vote" not in round_.opened else ["carried", "ballot", "votes"]
    rules += round_.ruled.get("tie_breaks", ["act"])
    if "act" not in rules:
        rules.append("act")
    lines: list[Work] = []
    for equals in _split(round_, list(works), rules, first=True):
        equals.sort(key=lambda work: work.entry)
        place = len(lines) + 1
        for work in equals:
            work.place = place
            work.tied_with = [other.entry for other in equals if other is not work]
        lines += equals
    return lines


def _split(round_: Round, works: list[Work], rules: Sequence[str], *, first: bool = False) -> list[list[Work]]:
    if not works:
        return []
    if not rules or (len(works) == 1 and not first):
        return [works]
    rule, rest = rules[0], rules[1:]
    act = round_.orders().get(frozenset(work.entry for work in works))
    if act is not None and act.choice.get("method", "act") != rule:
        act = None
    values = [_value(round_, work, rule, act) for work in works]
    known = [value for value in values if value is not None]
    among = len(works)
    if len(known) < among:
        outcome = "skipped"
        classes = [works]
    else:
        outcome = "separated" if len(set(known)) > 1 else "equal"
        classes = [
            [work for work, own in zip(works, known, strict=True) if own == value]
            for value in sorted(set(known), reverse=True)
        ]
    for work, value in zip(works, values, strict=True):
        shown = None if outcome == "skipped" else _written(value)
        if rule == "earlier_receipt" and outcome != "skipped":
            shown = work.received_at
        work.steps.append({"rule": rule, "value": shown, "among": among, "outcome": outcome})
        work.settled = act.number if act is not None and outcome == "separated" else None
    return [part for equals in classes for part in _split(round_, equals, rest)]


def _value(round_: Round, work: Work, rule: str, act: Act | None) -> Fraction | None:
    if rule == "mean":
        return work.mean
    if rule.startswith("criterion:"):
        return work.figures.get(rule.removeprefix("criterion:"))
    if rule == "highest_sheet":
        return max((total for _sheet, total in work.totals), default=None)
    if rule == "chair_sheet":
        totals = [total for sheet, total in work.totals if sheet.chair]
        return _mean(totals) if totals else None
    if rule == "earlier_receipt":
        if not work.received_at:
            return None
        since = datetime.fromisoformat(work.received_at) - datetime(1970, 1, 1, tzinfo=UTC)
        return Fraction(-(since // timedelta(microseconds=1)))
    if rule in ("vote", "lot", "act"):
        return None if act is None else Fraction(len(act.choice["order"]) - act.choice["order"].index(work.entry))
    tiers = [tier["code"] for tier in round_.ruling["prizes"]]
    carried, support = _standing(round_, work)
    if rule == "carried":
        return Fraction(len(tiers) - tiers.index(carried) if carried in tiers else int(carried == "yes"))
    if rule == "ballot":
        return Fraction(-support.ballot if carried and support else 0)
    return support.share if support else None


# Who goes on (6.4)


def _advance(round_: Round, code: str, lines: Sequence[Work]) -> int:
    """Mark who goes on, and return how many."""
    terms = round_.ruled["advancement"]
    terms = terms.get("categories", {}).get(code, terms)
    number = len(lines)
    flags = {act.subject: act.choice["entries"] for act in round_.acts if act.kind == "flagged"}
    flagged = {entry for entries in flags.values() for entry in entries}

    def edge(seats: int) -> int:
        return (lines[seats - 1].place or 0) if seats else 0

    met: dict[str, list[bool]] = {}
    if "share" in terms:
        last = edge(ceil(Fraction(terms["share"]) * number))
        met["share"] = [work.place <= last for work in lines if work.place]
    if "top" in terms:
        last = edge(min(terms["top"], number))
        met["top"] = [work.place <= last for work in lines if work.place]
    if "floor" in terms:
        met["floor"] = [work.mean is not None and work.mean >= _points(terms["floor"]) for work in lines]
    if terms.get("flagged"):
        met["flagged"] = [work.entry in flagged for work in lines]
    carried_only = "vote" in round_.opened and round_.opened["vote"]["kind"] != "ranking"
    for at, work in enumerate(lines):
        work.passed = [term for term, meets in met.items() if meets[at]]
        enough = any if terms.get("join", "all") == "any" else all
        work.advanced = not met or enough(term in work.passed for term in met)
        if carried_only:
            carried = bool(_standing(round_, work)[0])
            work.passed = ["carried"] * carried + work.passed
            work.advanced = work.advanced and carried
    return sum(work.advanced for work in lines)


# Prizes (6.5, 6.6)


def _quota(tier: dict[str, Any], group: str) -> int | None:
    quota = tier.get("quotas", {}).get(group, tier.get("quota"))
    return None if quota is None else int(quota)


def _give_tiers(round_: Round, group: str, lines: Sequence[Work]) -> None:
    tiers = round_.ruling["prizes"]
    left = {tier["code"]: _quota(tier, group) for tier in tiers}
    vote = round_.opened.get("vote")
    if round_.awarding["method"] == "vote" and vote is not None and vote["kind"] != "ranking":
        _give_by_vote(round_, lines, left)
        return
    for place in sorted({work.place for work in lines if work.place}):
        equals = [work for work in lines if work.place == place]
        drawn = [_draw(work, tiers, left, bands=round_.awarding["method"] == "bands") for work in equals]
        if len(set(drawn)) == 1:
            for work in equals:
                work.tier = drawn[0]


def _draw(work: Work, tiers: Sequence[dict[str, Any]], left: dict[str, int | None], *, bands: bool) -> str | None:
    """The tier a work would take; its seat is gone."""
    for tier in tiers:
        code = tier["code"]
        if work.mean is not None and work.mean < _points(tier.get("floor", 0)):
            continue
        seats = left[code]
        if seats is None:
            return str(code)
        if seats:
            left[code] = seats - 1
            return str(code)
        if bands:
            return None
    return None


def _give_by_vote(round_: Round, lines: Sequence[Work], quotas: dict[str, int | None]) -> None:
    codes = list(quotas)
    questioned: set[str] = set()
    for at, code in enumerate(codes):
        carried = {}
        for work in lines:
            if work.tier or work.entry in questioned:
                continue
            for count in work.counts.get(code, []) + work.counts.get("", []):
                if count.carried and (code in work.counts or count.carried in codes[: at + 1]):
                    carried[work.entry] = -count.ballot, count.shares.get(code, count.share)
        won, _settled, question = _seats(carried, quotas[code], round_.orders())
        questioned |= question
        for work in lines:
            if work.entry in won:
                work.tier = code


def _seats(
    merits: dict[str, Any], quota: int | None, orders: dict[frozenset[str], Act]
) -> tuple[list[str], int | None, set[str]]:
    """Who takes the seats, best first; the act that gave the last of them; and who is left as a question."""
    won: list[str] = []
    for merit in sorted(set(merits.values()), reverse=True):
        equals = sorted(subject for subject, own in merits.items() if own == merit)
        seats = len(equals) if quota is None else quota - len(won)
        if seats <= 0:
            break
        if len(equals) <= seats:
            won += equals
            continue
        act = orders.get(frozenset(equals))
        if act is None:
            return won, None, set(equals)
        return won + act.choice["order"][:seats], act.number, set()
    return won, None, set()


def _give_prize(
    round_: Round, prize: dict[str, Any], by: str, candidates: dict[str, Fraction | None]
) -> dict[str, Any]:
    """Who takes a special, thematic or collective prize.

    :param candidates: with what each one asks for it, a mean or points
    """
    code = prize["code"]
    quota = prize.get("quota", 1)
    floor = _points(prize.get("floor", 0))
    able = {
        subject: merit for subject, merit in candidates.items() if by == "formula" or merit is None or merit >= floor
    }
    settled = None
    chosen = None
    if by == "act":
        for act in round_.acts:
            if act.kind == "prize_chosen" and act.choice["prize"] == code:
                chosen = act
        named = chosen.choice["subjects"] if chosen else []
        won = [subject for subject in named if subject in able][:quota]
    elif by == "vote":
        members: dict[str, bool] = {}
        for panel in round_.members.values():
            for juror, chair in panel.items():
                members[juror] = chair or members.get(juror, False)
        papers = [paper for paper in round_.papers if paper.question == code]
        rule = prize["vote"]
        counts = Poll(round_, rule, code, "", members, list(able), papers).counts()
        merits = {
            subject: (-count.ballot, count.share)
            for subject, row in counts.items()
            for count in row
            if count.carried or rule["kind"] == "ranking"
        }
        won, settled, _question = _seats(merits, quota, round_.orders(code))
    else:
        ranked = {subject: merit for subject, merit in able.items() if merit is not None}
        if by == "formula":
            ranked = {subject: points for subject, points in ranked.items() if points > 0}
        won, settled, _question = _seats(ranked, quota, round_.orders(code))
    return {
        "prize": code,
        "candidates": len(candidates),
        "act": chosen.number if chosen else None,
        "settled": settled,
        "winners": [{"subject": subject} for subject in won],
    }


def _extra_prizes(round_: Round, accepted: Table) -> dict[str, list[dict[str, Any]]]:
    ruling = round_.ruling
    one = round_.awarding["one_prize"]
    works = {work.entry: work for work in round_.works}
    extra: dict[str, list[dict[str, Any]]] = {"special": [], "thematic": [], "collective": []}
    special: dict[str, list[str]] = {entry: [] for entry in works}
    thematic: dict[str, list[str]] = {entry: [] for entry in works}

    for prize in ruling.get("special_prizes", []):
        candidates = {
            entry: work.mean
            for entry, work in works.items()
            if work.tier in prize["from_tiers"] and not (one and special[entry])
        }
        given = _give_prize(round_, prize, prize.get("by", "act"), candidates)
        extra["special"].append(given)
        for winner in given["winners"]:
            work = works[winner["subject"]]
            special[work.entry].append(prize["code"])
            if prize.get("replaces", True):
                work.replaced_by = prize["code"]

    for prize in ruling.get("thematic_prizes", []):
        candidates = {
            entry: work.mean
            for entry, work in works.items()
            if _has_something(work)
            and _takes(prize, work)
            and not (one and (work.tier or special[entry] or thematic[entry]))
        }
        given = _give_prize(round_, prize, prize.get("by", "mean"), candidates)
        extra["thematic"].append(given)
        for winner in given["winners"]:
            thematic[winner["subject"]].append(prize["code"])

    for entry, work in works.items():
        tier = [work.tier] if work.tier and not work.replaced_by else []
        work.prizes = tier + special[entry] + thematic[entry]

    for prize in ruling.get("collective_prizes", []):
        newsrooms: dict[str, list[str]] = {}
        for row in accepted:
            if row["outlet"]:
                newsrooms.setdefault(row["outlet"], []).append(row["entry"])
        per_prize = {code: Fraction(points) for code, points in prize.get("points_per_prize", {}).items()}
        points: dict[str, Fraction | None] = {
            outlet: Fraction(prize.get("points_per_work", 0)) * len(entries)
            + sum(
                per_prize.get(code, Fraction(0))
                for work in works.values()
                if work.outlet == outlet
                for code in work.prizes
            )
            for outlet, entries in newsrooms.items()
            if len(entries) >= prize.get("minimum_works", 1)
        }
        extra["collective"].append(_give_prize(round_, prize, prize.get("by", "formula"), points))
    return extra


# Money (6.7)


def _money(round_: Round, extra: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    ruling = round_.ruling
    taken = [code for work in round_.works for code in work.prizes]
    taken += [given["prize"] for given in extra["collective"] for _winner in given["winners"]]
    salary = 0
    if "base_salary" in ruling:
        steps = [step for step in ruling["base_salary"]["amounts"] if step["since"] <= ruling["base_salary"]["on"]]
        salary = steps[-1]["amount"] if steps else 0
    paid = []
    kinds = ("prizes", "special_prizes", "thematic_prizes", "collective_prizes")
    for prize in (prize for kind in kinds for prize in ruling.get(kind, [])):
        money = prize.get("money", 0)
        if not isinstance(money, dict):
            money = {"amount": money}
        each = Fraction(money.get("amount", 0)) + Fraction(money.get("multiple", 0)) * salary
        count = taken.count(prize["code"])
        worth = money.get("worth") or 0
        paid.append({"prize": prize["code"], "count": count, "each": int(each), "total": int(each * count), "w": worth})
    return {
        "prizes": [{name: line[name] for name in ("prize", "count", "each", "total")} for line in paid],
        "total": sum(line["total"] for line in paid),
        "worth": sum(line["count"] * line["w"] for line in paid),
    }


# The result (7)


def _result(round_: Round, accepted: Table) -> dict[str, Any]:
    groups = []
    going = "advancement" in round_.ruled and not round_.last
    for code in _groups(round_):
        works = [work for work in round_.works if _group(round_, work) == code]
        lines = _places(round_, [work for work in works if _has_something(work)])
        group: dict[str, Any] = {"group": code, "lines": lines, "works": works}
        if going:
            group["advancement"] = {"going": _advance(round_, code, lines)}
        if round_.last:
            _give_tiers(round_, code, lines)
            group["tiers"] = [
                {"tier": tier["code"], "given": sum(work.tier == tier["code"] for work in lines)}
                for tier in round_.ruling["prizes"]
            ]
        groups.append(group)
    result: dict[str, Any] = {"round": round_.code, "out": round_.out}
    if round_.last:
        result |= _extra_prizes(round_, accepted)
        result["money"] = _money(round_, {name: result[name] for name in ("special", "thematic", "collective")})
    for group in groups:
        works = group.pop("works")
        unplaced = sorted((work for work in works if work.place is None), key=lambda work: work.entry)
        group["unplaced"] = [_line(round_, work) for work in unplaced]
        group["lines"] = [_line(round_, work) for work in group["lines"]]
    ungrouped = [work for work in round_.works if _group(round_, work) is None]
    result["groups"] = groups
    result["ungrouped"] = [_line(round_, work) for work in sorted(ungrouped, key=lambda work: work.entry)]
    return result


def _line(round_: Round, work: Work) -> dict[str, Any]:
    line: dict[str, Any] = {
        "entry": work.entry,
        "place": work.place,
        "tied_with": work.tied_with,
        "steps": work.steps,
        "settled": work.settled,
    }
    if "vote" not in round_.opened:
        line |= {
            "mean": _written(work.mean),
            "aggregate": _written(work.aggregate),
            "spread": _written(work.spread),
            "criteria": {code: _written(figure) for code, figure in work.figures.items()},
            "sheets": [{"juror": sheet.juror, "revision": sheet.revision} for sheet in work.used],
            "left_out": [
                {"juror": sheet.juror, "revision": sheet.revision, "why": why} for sheet, why in work.left_out
            ],
        }
    else:
        line["carried"] = _standing(round_, work)[0] or None
    if round_.last:
        line |= {"tier": work.tier, "replaced_by": work.replaced_by, "prizes": work.prizes}
    elif "advancement" in round_.ruled:
        line |= {"advanced": work.advanced, "passed": work.passed}
    return line


def _written(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


if __name__ == "__main__":
    print(json.dumps(recount(Path(sys.argv[1])), ensure_ascii=False, indent=2))
