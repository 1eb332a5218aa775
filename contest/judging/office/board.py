"""The lines of the progress board: which jurors, in which order, with what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _

from contest import clock
from contest.errors import N_
from contest.judging import outlook, queries
from contest.judging import progress as rules
from contest.judging.models import Round
from contest.judging.progress import Board, Day, Group, JurorProgress, Pace, Tally
from contest.judging.queries import Coverage, Works
from contest.judging.reminding import days_of
from contest.judging.window import Window
from contest.web import tables
from contest.web.tables import Table
from contest.web.text import fold

FAR = datetime.max.replace(tzinfo=clock.ZONE)
ABSENT = 3  # days without a sign of life from which on a juror is named
LONGEST_SEARCH = 100

STATES: dict[str, tuple[str, Callable[[JurorProgress], bool]]] = {
    "con-phieu": (N_("Sheets left"), lambda line: line.tally.left > 0),
    "cham-nhip": (N_("Behind"), lambda line: line.is_behind),
    "chua-bat-dau": (N_("Not begun"), lambda line: line.pace is Pace.untouched),
    "xong": (N_("Done"), lambda line: line.pace is Pace.done),
}


@dataclass(frozen=True)
class Row:
    """One juror on the board."""

    line: JurorProgress
    name: str
    panels: str
    absent: int | None  # days since anything was heard of them; None for never
    reminded_at: datetime | None


ORDERS: dict[str, Callable[[Row], Any]] = {
    "ti-le": lambda row: (row.line.tally.permille, -row.line.tally.left),
    "ten": lambda row: list(reversed(fold(row.name).split())),
    "con-lai": lambda row: row.line.tally.left,
    "dang-do": lambda row: row.line.tally.begun,
    "vang": lambda row: -1 if row.absent is None else -row.absent,
    "du-bao": lambda row: row.line.outlook.at or (FAR if row.line.tally.left else clock.now()),
    "nhac": lambda row: row.reminded_at.timestamp() if row.reminded_at else 0,
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what it asks for wrongly is left aside."""

    hd: str = ""
    hm: str = ""
    tt: str = ""
    q: str = ""
    xep: str = "ti-le"

    @classmethod
    def read(cls, asked: Mapping[str, str], round_: Round) -> Filters:
        """Read the address."""
        panels = {panel.code for panel in round_.panel_rules}
        categories = {category.code for category in round_.regulation.categories}
        order = asked.get("xep", "ti-le")
        return cls(
            hd=asked.get("hd", "") if asked.get("hd") in panels else "",
            hm=asked.get("hm", "") if asked.get("hm") in categories else "",
            tt=asked.get("tt", "") if asked.get("tt") in STATES else "",
            q=" ".join(asked.get("q", "")[:LONGEST_SEARCH].split()),
            xep=order if order.removeprefix("-") in ORDERS else "ti-le",
        )

    @property
    def works(self) -> Works:
        """The works that are counted."""
        return Works(self.hd or None, self.hm or None)

    @property
    def narrows(self) -> bool:
        """Whether fewer than all jurors may be listed."""
        return bool(self.hd or self.hm or self.q)

    def address(self, **other: str) -> str:
        """The end of the address that asks for this, with other values for some."""
        chosen = replace(self, **other)
        asked = {"hd": chosen.hd, "hm": chosen.hm, "tt": chosen.tt, "q": chosen.q}
        asked |= {"xep": chosen.xep} if chosen.xep != "ti-le" else {}
        ending = urlencode({name: value for name, value in asked.items() if value})
        return f"?{ending}" if ending else ""

    def sorted_by(self, column: str) -> tuple[str, str | None]:
        """Address of the board sorted by a column, and how it is sorted by it now."""
        now = {column: "ascending", f"-{column}": "descending"}.get(self.xep)
        return self.address(xep=f"-{column}" if self.xep == column else column), now

    def shown(self, rows: Iterable[Row]) -> list[Row]:
        """Those of the state, in the order asked for."""
        belongs = STATES[self.tt][1] if self.tt else None
        column = self.xep.removeprefix("-")
        return sorted(
            (row for row in rows if belongs is None or belongs(row.line)),
            key=lambda row: (ORDERS[column](row), row.line.juror_id),
            reverse=self.xep.startswith("-"),
        )


@dataclass(frozen=True)
class Shown:
    """Everything that the board of a round shows."""

    filters: Filters
    window: Window
    board: Board
    found: list[Row]  # of the search, before a state is chosen
    rows: list[Row]
    groups: list[Group]
    coverage: Coverage
    days: list[Day]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """The states with the number of jurors in each; all first."""
        lines = [row.line for row in self.found]
        states = [(code, label, sum(map(belongs, lines))) for code, (label, belongs) in STATES.items()]
        return [("", N_("All"), len(lines)), *states]

    @property
    def left(self) -> list[int]:
        """Those listed who have sheets left."""
        return [row.line.juror_id for row in self.rows if row.line.tally.left]

    @property
    def behind(self) -> list[int]:
        """Those listed who are behind the pace that ends in time."""
        return [row.line.juror_id for row in self.rows if row.line.is_behind]

    @property
    def absent(self) -> list[Row]:
        """Those with sheets left of whom nothing was heard for days, the longest first."""
        gone = [row for row in self.found if row.line.tally.left and (row.absent is None or row.absent >= ABSENT)]
        return sorted(gone, key=ORDERS["vang"])

    def by_panel(self) -> dict[str, Tally]:
        """Sheets by panel."""
        found: dict[str, Tally] = {}
        for group in self.groups:
            found[group.panel] = found.get(group.panel, Tally()) + group.tally
        return found

    def by_category(self) -> dict[str, Tally]:
        """Sheets by category."""
        found: dict[str, Tally] = {}
        for group in self.groups:
            found[group.category] = found.get(group.category, Tally()) + group.tally
        return found


def shown(round_: Round, filters: Filters, now: datetime) -> Shown:
    """Find out how a round stands, and list its jurors as the address asks."""
    window, works = round_.window(), filters.works
    lines = queries.progress(round_, works, since=outlook.looked_back_to(window.opens, now))
    board = rules.board(lines, opens=window.opens, closes=window.closes, now=now)
    found = [row for row in _rows(round_, board, now) if fold(filters.q) in fold(row.name)]
    by_group = queries.groups(round_, round_.rule.jurors_per_entry, works)
    first, last = days_of(window.opens, window.closes, clock.ZONE)
    today = clock.local(now).date()
    sent = queries.sent_by_day(round_, works)
    return Shown(
        filters=filters,
        window=window,
        board=board,
        found=found,
        rows=filters.shown(found),
        groups=by_group,
        coverage=queries.covered(by_group),
        days=rules.by_day(sent, board.total.assigned, first=first, last=last, today=today),
    )


def _rows(round_: Round, board: Board, now: datetime) -> list[Row]:
    people = queries.juror_lines(round_, [line.juror_id for line in board.by_juror])
    seats, today = queries.panels_of_jurors(round_), clock.local(now).date()
    names = {panel.code: panel.name for panel in round_.panel_rules}
    return [
        Row(
            line=line,
            name=people[line.juror_id].name,
            panels=", ".join(names.get(code, code) for code in seats.get(line.juror_id, ())),
            absent=_absent(people[line.juror_id].seen_on, line.last_at, today),
            reminded_at=people[line.juror_id].reminded_at,
        )
        for line in board.by_juror
    ]


def _absent(seen_on: date | None, last_at: datetime | None, today: date) -> int | None:
    acted = clock.local(last_at).date() if last_at else None
    heard = max((day for day in (seen_on, acted) if day), default=None)
    return max((today - heard).days, 0) if heard else None


def as_table(round_: Round, rows: Iterable[Row]) -> Table:
    """The board as a plain table: a line a juror."""
    columns = [
        tables.text("juror", _("Juror"), attrgetter("name"), width=32),
        tables.text("panels", _("Panel"), width=28),
        tables.number("assigned", _("Assigned"), attrgetter("line.tally.assigned")),
        tables.number("sent", _("Sent"), attrgetter("line.tally.done")),
        tables.number("drafts", _("Drafts"), attrgetter("line.tally.begun")),
        tables.number("untouched", _("Not marked"), attrgetter("line.tally.untouched")),
        tables.number("behind", _("Behind an even pace"), attrgetter("line.behind"), width=12),
        tables.moment("last_saved", _("Last saved"), attrgetter("line.last_at")),
        tables.number("days_away", _("Days since last here"), attrgetter("absent"), width=12),
        tables.moment("expected", _("Last sheet expected"), attrgetter("line.outlook.at")),
        tables.moment("reminded_at", _("Last reminded")),
    ]
    title = _("Progress of the %(round)s", round=round_.name)
    return Table(f"tien-do-{round_.code.replace('_', '-')}", title, columns, rows)
