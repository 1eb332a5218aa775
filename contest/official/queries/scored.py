"""Marks of sealed rounds, as papers and tables have them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from contest import clock
from contest.council import queries as council
from contest.database import db
from contest.entries.models import EntryRevision
from contest.judging import queries as judging
from contest.judging.documents import Paper
from contest.judging.marks import rounded_total, total_of, written
from contest.judging.models import Round
from contest.official.material import Group, Scored
from contest.regulations.schema import Regulation
from contest.results import queries as results
from contest.results.documents import Figures, points
from contest.results.prize_rules import name_of


def papers_of(round_: Round, juror_id: int) -> list[Paper]:
    """The sheets of a juror that count, by category and code."""
    mine = {sheet.entry_id: sheet for sheet in judging.sheets_in_force(round_) if sheet.juror_id == juror_id}
    regulation = round_.regulation
    works = [work for work in judging.round_entries(round_) if work.entry_id in mine]
    contents = {
        revision.id: revision.content
        for revision in db.session.scalars(
            db.select(EntryRevision).where(EntryRevision.id.in_({work.revision_id for work in works}))
        )
    }

    def shown(total: Fraction) -> Fraction:
        return rounded_total(total, regulation.display_decimals, regulation.display_rounding)

    found = []
    for work in works:
        sheet, content, rubric = mine[work.entry_id], contents[work.revision_id], round_.rubric(work.category)
        found.append(
            Paper(
                name=judging.name_for_juror(round_, work.category, work.entry.code, work.alias),
                title=(round_.is_blind and work.shown_title) or work.entry.title,
                category=regulation.category(work.category).name,
                genre=regulation.genre(content["genre"]).name,
                instalments=len(content["instalments"]),
                rubric=rubric,
                highest=shown(total_of({each.code: each.maximum for each in rubric}, rubric)),
                marks={code: written(mark) for code, mark in sheet.marks.items()},
                comment=sheet.comment,
                total=shown(total_of(sheet.marks, rubric)),
                received_at=clock.local(sheet.submitted_at),
                revision=sheet.revision,
                fingerprint=sheet.sha256,
            )
        )
    return found


def groups_of(round_: Round) -> list[Group]:
    """The groups of the sealed result of a round, best works first."""
    result = results.result_of(round_)
    if result is None:
        return []
    ruling = results.ruling_of(round_, result)
    lines = [line for group in result["groups"] for line in (*group["lines"], *group["unplaced"])]
    jurors = results.names_of({sheet["juror"] for line in lines for sheet in line.get("sheets", ())})
    titles = results.titles_of(round_.contest, {line["entry"] for line in lines})
    names = {category.code: category.name for category in ruling.categories}
    names |= {group.code: group.name for group in ruling.award_groups}
    return [_group(group, names, jurors, titles, ruling) for group in result["groups"]]


def _group(
    group: Mapping[str, Any],
    names: Mapping[str, str],
    jurors: Mapping[str, str],
    titles: Mapping[str, tuple[int, str]],
    regulation: Regulation,
) -> Group:
    lines = [*group["lines"], *group["unplaced"]]
    order = sorted(
        {sheet["juror"] for line in lines for sheet in line.get("sheets", ())}, key=lambda one: jurors.get(one, one)
    )
    figures, prefixes = Figures.of(regulation), {each.prefix: each.shown_prefix for each in regulation.categories}
    scored = []
    for line in lines:
        totals = {sheet["juror"]: figures.mean(sheet["total"]) for sheet in line.get("sheets", ())}
        prefix, dash, digits = line["entry"].rpartition("-")
        scored.append(
            Scored(
                place=str(line["place"] or "–"),
                code=prefixes.get(prefix, prefix) + dash + digits,
                title=titles.get(line["entry"], (0, ""))[1],
                totals=tuple(totals.get(juror, "") for juror in order),
                lowest=_points(line.get("lowest")),
                highest=_points(line.get("highest")),
                mean=figures.mean(line["mean"]) if line.get("mean") else "",
                outcome=_outcome(line, regulation),
            )
        )
    return Group(
        names.get(group["group"], regulation.short_name),
        tuple(jurors.get(juror, "Giám khảo") for juror in order),
        tuple(scored),
    )


def _points(figure: str | None) -> str:
    return points(figure) if figure else ""


def _outcome(line: Mapping[str, Any], regulation: Regulation) -> str:
    if line.get("prizes"):
        return ", ".join(name_of(regulation, code) for code in line["prizes"])
    return "Vào vòng sau" if line.get("advanced") else ""


def sealed_words(round_: Round) -> str:
    """Say when a round was sealed, and by which hash its result can be checked."""
    if round_.sealed_at is None:
        return ""
    sha256 = results.result_hash(round_) or ""
    parts = " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))
    return f"Kết quả chốt lúc {clock.local(round_.sealed_at):%H:%M, ngày %d/%m/%Y}; mã SHA-256: {parts}."


def council_of(round_: Round) -> tuple[str, tuple[str, ...]]:
    """Who chairs the council of a round where one person does, and the names of all its members."""
    seats = council.members_of(round_)
    chairs = {seat.user.name for seat in seats if seat.chairs}
    return chairs.pop() if len(chairs) == 1 else "", tuple(seat.user.name for seat in seats)
