"""A proposal of who judges what: looked at, changed by hand, confirmed as one act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from contest import clock
from contest.accounts.models import User
from contest.database import transaction
from contest.judging import queries, services
from contest.judging.assignment import Leaving, Reason, Seat, Unserved
from contest.judging.forms import ConfirmForm, HandForm, SpreadForm
from contest.judging.models import Round, RoundEntry
from contest.judging.office.assigning import find_panel, find_scored
from contest.judging.office.blueprint import WRITERS, bp
from contest.web import wall
from contest.web.pages import answer
from contest.web.pagination import PER_PAGE, Page, page_number
from contest.web.refusals import refused_at, words

LARGEST_SEED = 2**31


@dataclass(frozen=True)
class Asked:
    """Which proposal the address means."""

    panel: str | None
    seed: int
    level: bool

    @property
    def values(self) -> dict[str, Any]:
        """What an address carries to mean the same proposal."""
        return {"hd": self.panel, "lan": self.seed, "can-lai": 1 if self.level else None}


def _asked(row: Round) -> Asked:
    panel = request.args.get("hd")
    if panel is not None:
        find_panel(row, panel)
    seed = request.args.get("lan", 1, type=int)
    return Asked(panel, seed if 0 <= seed < LARGEST_SEED else 1, request.args.get("can-lai") == "1")


def _proposal(row: Round, asked: Asked) -> services.Proposal:
    return services.proposal_at(row, seed=asked.seed, panel=asked.panel, level=asked.level, now=clock.now())


@bp.route("/<code>/chia-deu", methods=["GET", "POST"])
def spread(code: str) -> Response:
    """Propose an even assignment, show it, and make it as one act when it is confirmed."""
    row = find_scored(code)
    wall.require_whole(*WRITERS)
    asked = _asked(row)
    form = SpreadForm()
    if form.validate_on_submit():
        with refused_at(form), transaction():
            done = services.spread(
                row,
                seed=form.seed.data or 0,
                digest=form.digest.data or "",
                panel=asked.panel,
                level=asked.level,
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            number = len(done.spread.lines)
            flash(ngettext("%(num)s assignment was made.", "%(num)s assignments were made.", number))
            back = url_for(".assignments", code=code, panel=asked.panel) if asked.panel else url_for(".rounds")
            return redirect(back, code=303)
    proposal = _proposal(row, asked)
    form.propose(proposal.seed, proposal.digest)
    return answer("judging/office/spread.html", form=form, anew=ConfirmForm(), **_shown(row, proposal, asked))


@dataclass(frozen=True)
class ShownLine:
    """One juror of one work in a proposal."""

    juror: User
    reason: Reason
    is_new: bool
    wrong: str


@dataclass(frozen=True)
class ShownWork:
    """A work for which a proposal changes something, or which lacks jurors."""

    work: RoundEntry
    lines: list[ShownLine]
    taken: list[tuple[User, Leaving]]
    missing: int


@dataclass(frozen=True)
class ShownLoad:
    """What a juror has before and after."""

    juror: User
    before: int
    gets: int
    gives: int
    after: int
    seats: list[Seat]

    @property
    def quota(self) -> int | None:
        """How much they take at most on the panels shown; none when one of them has no limit."""
        quotas = [seat.quota for seat in self.seats]
        return None if None in quotas else sum(quota for quota in quotas if quota is not None)

    @property
    def is_away(self) -> bool:
        """Whether nothing can be given to them any more."""
        return all(seat.is_away for seat in self.seats)

    @property
    def is_partly_away(self) -> bool:
        """Whether they get fewer works because of days on which they are not there."""
        return any(seat.share < 1 for seat in self.seats)


def _shown(row: Round, proposal: services.Proposal, asked: Asked) -> dict[str, Any]:
    """What the page of a proposal shows."""
    spread, posed = proposal.spread, proposal.posed
    seen = {juror for _, juror in (*spread.lines, *spread.kept, *spread.taken)}
    people = queries.people(seen | spread.loads.keys())
    changed = _changed(proposal, people)
    number = page_number(max(1, -(-len(changed) // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    by = queries.people([proposal.kept.by_id]) if proposal.kept is not None else {}
    touched = set(proposal.kept.touched) if proposal.kept is not None else set()
    chosen = _("So few jurors were chosen by hand or in the file. Choose one more, or lay the proposal aside.")
    return {
        "row": row,
        "rule": row.rule,
        "panel": find_panel(row, asked.panel) if asked.panel is not None else None,
        "asked": asked,
        "proposal": proposal,
        "spread": spread,
        "works": posed.works,
        "people": people,
        "page": Page(changed[first : first + PER_PAGE], len(changed), number, PER_PAGE),
        "lacking": [
            (
                posed.works[one.entry_id],
                one,
                [chosen] if one.free or one.entry_id in touched else _why(one, posed, people),
            )
            for one in spread.unserved[:PER_PAGE]
        ],
        "loads": _loads(proposal, people),
        "panel_names": {code: row.panel_name(code) for code in {work.panel for work in posed.works.values()}},
        "apart": sum(any(kind.blocks for kind in kinds) for kinds in posed.conflicts.values()),
        "changed_by": next(iter(by.values()), None),
    }


def _changed(proposal: services.Proposal, people: dict[int, User]) -> list[ShownWork]:
    spread, works = proposal.spread, proposal.posed.works
    fresh = set(spread.lines)
    lines: dict[int, list[ShownLine]] = {}
    for line in sorted((*spread.kept, *spread.lines), key=lambda line: (line[0], people[line[1]].name)):
        flaw = proposal.flaws.get(line)
        wrong = words(services.refusal_of(flaw, proposal.posed, line)) if flaw is not None else ""
        lines.setdefault(line[0], []).append(ShownLine(people[line[1]], spread.reasons[line], line in fresh, wrong))
    taken: dict[int, list[tuple[User, Leaving]]] = {}
    for (entry_id, juror), why in spread.taken.items():
        taken.setdefault(entry_id, []).append((people[juror], why))
    missing = {one.entry_id: one.missing for one in spread.unserved}
    touched = {entry_id for entry_id, _ in fresh} | taken.keys() | missing.keys()
    return [
        ShownWork(work, lines.get(entry_id, []), taken.get(entry_id, []), missing.get(entry_id, 0))
        for entry_id, work in works.items()
        if entry_id in touched
    ]


def _why(one: Unserved, posed: queries.Posed, people: dict[int, User]) -> list[str]:
    """Why a work lacks jurors, and what would help, as sentences."""
    interested = frozenset(
        juror for juror in one.barred if any(kind.blocks for kind in posed.conflicts.get((juror, one.entry_id), ()))
    )
    if not one.panel:
        return [_("This panel is not formed.")]
    said = [
        _(
            "The panel has %(panel)s members, of whom %(barred)s cannot judge this work.",
            panel=one.panel,
            barred=len(one.barred),
        )
    ]
    if one.away:
        said.append(_("Away until the end of the round: %(names)s.", names=_names(one.away, people)))
    if one.full:
        said.append(
            _(
                "Whoever could take it has all that their quota allows: %(names)s. "
                "Works that need them: %(works)s; places that lack: %(short)s.",
                names=_names(one.full, people),
                works=one.works,
                short=one.short,
            )
        )
        said.append(
            _("It would help to raise these quotas by at least %(number)s together.", number=one.quotas_to_raise)
        )
    said.append(
        ngettext(
            "Adding %(num)s juror without a conflict to the panel is enough for this work.",
            "Adding %(num)s jurors without a conflict to the panel is enough for this work.",
            one.jurors_to_add,
        )
    )
    if one.away:
        said.append(_("So would be an earlier return of somebody who is away."))
    if interested:
        said.append(_("An interest that does not hold can be waived: %(names)s.", names=_names(interested, people)))
    return said


def _names(jurors: frozenset[int], people: dict[int, User]) -> str:
    return ", ".join(sorted(people[juror].name for juror in jurors if juror in people))


def _loads(proposal: services.Proposal, people: dict[int, User]) -> list[ShownLoad]:
    spread = proposal.spread
    seats: dict[int, list[Seat]] = {}
    for seat in proposal.posed.problem.seats:
        seats.setdefault(seat.juror, []).append(seat)
    gets, gives = (dict.fromkeys(people, 0) for _ in range(2))
    for _entry, juror in spread.lines:
        gets[juror] += 1
    for _entry, juror in spread.taken:
        gives[juror] += 1
    shown = [
        ShownLoad(people[juror], after + gives[juror] - gets[juror], gets[juror], gives[juror], after, seats[juror])
        for juror, after in spread.loads.items()
        if juror in seats
    ]
    return sorted(shown, key=lambda line: (-line.after, line.juror.name))


@bp.route("/<code>/chia-deu/<int:entry_id>", methods=["GET", "POST"])
def proposed_work(code: str, entry_id: int) -> Response:
    """Choose the jurors of one work of a proposal; the rest of it stays."""
    row = find_scored(code)
    wall.require_whole(*WRITERS)
    asked = _asked(row)
    proposal = _proposal(row, asked)
    work = proposal.posed.works.get(entry_id) or abort(404)
    seats = {juror: seat for (panel, juror), seat in proposal.posed.problem.seat.items() if panel == work.panel}
    proposed = sorted(juror for entry, juror in proposal.all_lines if entry == entry_id)
    people = queries.people({*seats, *proposed})
    form = HandForm()
    form.jurors.choices = [(juror.id, juror.name) for juror in people.values()]
    if form.validate_on_submit():
        with refused_at(form), transaction():
            services.change_proposal(
                row,
                entry_id,
                [juror for juror in form.jurors.data or [] if juror in people],
                seed=asked.seed,
                panel=asked.panel,
                level=asked.level,
                by=current_user,
                now=clock.now(),
            )
        if not form.errors:
            flash(_("The proposal is changed. It waits until it is confirmed or laid aside."))
            return redirect(url_for(".spread", code=code, **asked.values), code=303)
    elif not form.is_submitted():
        form.jurors.data = proposed
    return answer(
        "judging/office/proposed.html",
        form=form,
        row=row,
        rule=row.rule,
        asked=asked,
        work=work,
        panel_name=row.panel_name(work.panel),
        people=sorted(people.values(), key=lambda juror: (proposal.spread.loads.get(juror.id, 0), juror.name)),
        seats=seats,
        loads=proposal.spread.loads,
        asked_for=next(one for one in proposal.posed.problem.works if one.entry_id == entry_id),
        reasons={juror: proposal.spread.reasons[entry_id, juror] for juror in proposed},
        conflicts=proposal.posed.conflicts,
    )


@bp.post("/<code>/chia-deu/bo")
def lay_aside(code: str) -> Response:
    """Forget what was changed in a proposal, so that it is worked out anew."""
    row = find_scored(code)
    wall.require_whole(*WRITERS)
    asked = _asked(row)
    if ConfirmForm().validate_on_submit():
        with transaction():
            services.lay_aside(row, panel=asked.panel)
        flash(_("The changed proposal is laid aside; this one is worked out anew."))
    return redirect(url_for(".spread", code=code, **asked.values), code=303)
