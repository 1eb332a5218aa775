"""What every work of a round has reached, and with which works it is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from contest.regulations.scoring import Bonus
from contest.results.acts import Decided, Remark
from contest.results.material import RoundMaterial, Work
from contest.results.outcome.round import AnyStanding
from contest.results.tally import Added, LeftOut, Scale, Sheet, Terms, tally


def group_codes(material: RoundMaterial) -> list[str]:
    """Name the groups in which works are compared: award groups in the last round, categories before."""
    if material.is_last:
        return [group.code for group in material.ruling.award_groups]
    return [category.code for category in material.ruling.categories]


def grouped(material: RoundMaterial, works: Iterable[Work]) -> dict[str | None, list[Work]]:
    """Sort works by the group they are compared in; None gathers those of no group."""
    found: dict[str | None, list[Work]] = {code: [] for code in (*group_codes(material), None)}
    is_last, ruling = material.is_last, material.ruling
    group_of: dict[tuple[str, str, str], str | None] = {}
    for work in works:
        kind = (work.category, work.genre, work.topic)
        if kind not in group_of:
            category, genre, topic = kind
            code = ruling.award_group(category=category, genre=genre, topic=topic) if is_last else category
            group_of[kind] = code if code in found else None
        found[group_of[kind]].append(work)
    return found


def tallied(material: RoundMaterial, works: Mapping[str, Work], decided: Decided) -> dict[str, AnyStanding]:
    """Tally the sheets of every work."""
    terms = {category: _terms(material, category) for category in {work.category for work in works.values()}}
    bonuses = material.ruled.bonus
    found: dict[str, AnyStanding] = {}
    for entry, work in works.items():
        sheets: Sequence[Sheet] = material.sheets.get(entry, ())
        taken = terms[work.category]
        remark = decided.remarks.get(entry)
        if remark is not None and remark.jurors:
            sheets, taken = _marked_again(sheets, taken, remark)
        found[entry] = tally(entry, sheets, taken, _added(bonuses, work, decided) if bonuses else ())
    return found


def _marked_again(sheets: Sequence[Sheet], terms: Terms, remark: Remark) -> tuple[Sequence[Sheet], Terms]:
    """Take the sheets of a work that was marked again, and the terms on which they are taken together.

    Where they stand alone, every named juror must have sent one. No third juror is asked for any more, whatever the
    jurors differ by; a rule by which people must let the sheets stand is asked again.
    """
    rule = terms.discrepancy
    held = rule if rule is not None and rule.consequence == "hold" else None
    taken = replace(terms, discrepancy=held, thirds_apart=False)
    if not remark.replaces:
        return sheets, taken
    left = [
        sheet
        if sheet.juror in remark.jurors or sheet.left_out is not None
        else replace(sheet, left_out=LeftOut.REPLACED_BY_REMARK)
        for sheet in sheets
    ]
    return left, replace(taken, minimum=len(remark.jurors))


def _terms(material: RoundMaterial, category: str) -> Terms:
    ruled = material.ruled
    weights = {criterion.code: criterion.weight for criterion in material.rule.rubrics.get(category, ())}
    return Terms(Scale.of(weights), ruled.minimum_sheets, ruled.aggregation, ruled.discrepancy)


def _added(bonuses: Sequence[Bonus], work: Work, decided: Decided) -> tuple[Added, ...]:
    """Give the points for what a work has: all that a bonus asks for."""
    return tuple(
        Added(bonus.code, bonus.points)
        for bonus in bonuses
        if (not bonus.categories or work.category in bonus.categories)
        and (not bonus.genres or work.genre in bonus.genres)
        and (not bonus.slots or not work.slots.isdisjoint(bonus.slots))
        and (not bonus.by_act or work.entry in decided.bonuses.get(bonus.code, ()))
    )
