"""Rounds whose marks can be compared, and one of them: before sealing in numbers only, afterwards with names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contest import clock
from contest.calibration import charts, queries
from contest.calibration.estimates import TOLERANCE, Cut, Estimates, OfJuror
from contest.calibration.models import SharedMarking
from contest.calibration.office.blueprint import bp, find_scored, group_names, names, titles, what_names
from contest.judging import queries as judging
from contest.judging.models import Round
from contest.regulations.scoring import PanelRule
from contest.web import tables, wall
from contest.web.addresses import current_contest
from contest.web.pages import answer
from contest.web.tables import Table, offered


@bp.get("")
def overview() -> Response:
    """List the rounds in which jurors give marks."""
    now = clock.now()
    rounds = [(row, row.window().phase(now)) for row in queries.scored_rounds(current_contest)]
    return answer("calibration/overview.html", rounds=rounds)


@dataclass(frozen=True)
class PanelState:
    """How far a panel is with the works that all mark first."""

    rule: PanelRule
    works: int
    sent: int
    expected: int
    shared: SharedMarking | None


def jurors_table(code: str) -> Table:
    """Jurors beside each other; before sealing nobody learns how a juror marks."""
    row = find_scored(code)
    if row.sealed_at is None:
        abort(404)
    jurors = queries.studied(row).estimates.jurors
    called = names(one.juror for one in jurors)
    columns = [
        tables.text("juror", _("Juror"), lambda one: called[one.juror], width=28),
        tables.number("sheets", _("Number of sheets")),
        *(
            tables.points(name, label, lambda one, name=name: Fraction(getattr(one, name)) * 100, decimals=1)
            for name, label in (
                ("severity", _("Beside the panel")),
                ("severity_low", _("Beside the panel, from")),
                ("severity_high", _("Beside the panel, to")),
                ("unsteadiness", _("Chance in a mark")),
                ("unsteadiness_low", _("Chance in a mark, from")),
                ("unsteadiness_high", _("Chance in a mark, to")),
            )
        ),
        tables.yes("outside", _("outside the tolerance"), lambda one: one.is_outside),
    ]
    title = f"{row.name}, {_('Jurors beside each other')}"
    return Table(f"giam-khao-doi-chieu-{code}".replace("_", "-"), title, columns, jurors)


@bp.get("/<code>")
@offered(jurors_table)
def study(code: str) -> Response:
    """Show what the marks of a round tell: its panels, its jurors, its edges, and works marked again."""
    row = find_scored(code)
    studied = queries.studied(row)
    sealed = row.sealed_at is not None
    return answer(
        "calibration/round.html",
        row=row,
        phase=row.window().phase(clock.now()),
        sealed=sealed,
        panels=_panels(row),
        estimates=studied.estimates,
        marks=len(studied.marks),
        tolerance=TOLERANCE,
        outside=sum(one.is_outside for one in studied.estimates.jurors),
        group_names=group_names(studied.outcome.material.ruling),
        remarkings=queries.remarkings(row),
        **(_told(studied) if sealed else _counted(studied)),
    )


def _panels(row: Round) -> list[PanelState]:
    shared, formed = queries.shared_markings(row), judging.panels_of(row)
    panel_of = {work.entry_id: work.panel for work in judging.round_entries(row) if work.first}
    sheets = queries.first_sheets(row)
    works = Counter(panel_of.values())
    expected = Counter(panel_of[sheet.entry_id] for sheet in sheets if sheet.entry_id in panel_of)
    sent = Counter(
        panel_of[sheet.entry_id] for sheet in sheets if sheet.entry_id in panel_of and sheet.marks is not None
    )
    return [
        PanelState(rule, works[rule.code], sent[rule.code], expected[rule.code], shared.get(rule.code))
        for rule in row.panel_rules
        if rule.code in formed
    ]


@dataclass(frozen=True)
class GroupInDoubt:
    """How many edges of a group the marks do not tell apart, and how many works are concerned."""

    group: str
    edges: int
    open: int
    works: int


def _counted(studied: queries.Studied) -> dict[str, Any]:
    """Give numbers alone: until a round is sealed nobody learns where a work stands or how a juror marks."""
    hidden = wall.names()
    cuts: dict[str, list[Cut]] = {}
    for cut in studied.estimates.cuts:
        cuts.setdefault(cut.edge.group, []).append(cut)
    return {
        "doubts": [
            GroupInDoubt(
                group,
                len(found),
                sum(not cut.is_separable for cut in found),
                len({entry for cut in found if not cut.is_separable for entry, _ in cut.doubtful} - hidden),
            )
            for group, found in cuts.items()
        ],
        "astray": len(studied.estimates.marked_astray - hidden),
    }


def _told(studied: queries.Studied) -> dict[str, Any]:
    """Give everything: who marks how, which works stand beside which edge, and marks far from what is expected."""
    estimates, hidden = studied.estimates, wall.names()
    cuts = [(cut, [line for line in cut.doubtful if line[0] not in hidden]) for cut in estimates.cuts]
    astray = [each for each in estimates.astray if each.entry not in hidden]
    named = {entry for _cut, lines in cuts for entry, _ in lines} | {each.entry for each in astray}
    return {
        "cuts": cuts,
        "what_names": what_names(studied.outcome.material.ruling),
        "astray": astray,
        "titles": titles(named),
        "names": names(one.juror for one in estimates.jurors),
        "severities": severity_bars(estimates.jurors),
        "groups": _groups_with_places(estimates),
    }


def _groups_with_places(estimates: Estimates) -> list[str]:
    return sorted({work.group for work in estimates.works.values()})


@dataclass(frozen=True)
class Severities:
    """Severities drawn beside each other: the axis, the band that is tolerated, a bar for each juror."""

    axis: charts.Axis
    band: charts.Bar
    bars: tuple[charts.Bar, ...]


def severity_bars(jurors: Iterable[OfJuror]) -> Severities:
    """Lay the severity of jurors over one axis, its middle in the middle."""
    listed = list(jurors)
    ends = [abs(end) for one in listed for end in (one.severity_low, one.severity_high)]
    largest = max([*ends, TOLERANCE * 1.5])
    axis = charts.Axis.over((-largest, largest))
    return Severities(
        axis,
        charts.Bar.on(axis, -TOLERANCE, 0, TOLERANCE),
        tuple(charts.Bar.on(axis, one.severity_low, one.severity, one.severity_high) for one in listed),
    )
