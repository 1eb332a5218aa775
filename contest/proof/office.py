"""The log as the staff reads it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from contest import audit
from contest.accounts.roles import Role
from contest.audit.models import AuditLine
from contest.audit.sentences import SENTENCES
from contest.errors import N_
from contest.proof import queries, telling
from contest.proof.queries import Asked
from contest.web import tables
from contest.web.access import guard_office
from contest.web.addresses import contest_blueprint, current_contest
from contest.web.navigation import add_item
from contest.web.pagination import paginate
from contest.web.tables import Table, offered

CHECK = "kiem-tra"
"""In the address where the whole chain is to be checked: it is long, and a page is opened often."""

READERS = {Role.ORGANIZER, Role.OBSERVER}

bp = contest_blueprint("proof_office", __name__, url_prefix="/ban-thu-ky/nhat-ky")
guard_office(bp, read=READERS, write=READERS)
add_item("office", "proof_office.log", label=N_("Log"), order=75, roles=READERS)


def act_of(line: AuditLine) -> str:
    """Say what somebody did."""
    return _(SENTENCES.get(line.action, line.action))


@bp.context_processor
def words() -> dict[str, Any]:
    """Give templates the words of a line."""
    return {"act_of": act_of, "telling": telling}


def asked() -> Asked:
    """Read what is looked for from the address."""
    given = {name: (request.args.get(name) or "").strip()[:100] for name in ("nguoi", "viec", "tac-pham", "tu", "den")}
    return Asked(given["nguoi"], given["viec"], given["tac-pham"], _day(given["tu"]), _day(given["den"]))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def log_table() -> Table:
    """The lines that are looked for, as a table to take away."""
    lines = list(tables.streamed(queries.lines_of(current_contest, asked())))
    names, unsealed = named_in(lines), queries.unsealed_in(current_contest)
    return Table(
        "nhat-ky",
        _("Log"),
        [
            tables.number("number", _("Line")),
            tables.moment("at", _("When")),
            tables.text("who", _("Done by"), lambda line: who(line, names), width=32),
            tables.text("did", _("What"), act_of, width=48),
            tables.text("about", _("What it is about"), lambda line: about(line, names), width=28),
            tables.text("why", _("Why"), lambda line: telling.why(line.details), width=40),
            tables.text("change", _("Change"), lambda line: " → ".join(change_of(line, names)), width=40),
            tables.text("details", _("Details"), lambda line: _details(facts_of(line, names, unsealed)), width=60),
            tables.text("origin", _("From where"), lambda line: (line.origin or {}).get("network", "")),
            tables.text("action", _("Code of the act"), width=28),
            tables.text("hash", "SHA-256", lambda line: "" if is_secret(line, unsealed) else line.hash, width=66),
        ],
        iter(lines),
    )


def who(line: AuditLine, names: dict[str, str]) -> str:
    """Name whoever acted."""
    if line.actor is None:
        return _("The system")
    name = names.get(line.actor) or _("Somebody whose name was erased")
    if asked_by := line.details.get("asked_by"):
        other = names.get(asked_by) or _("Somebody whose name was erased")
        return _("%(name)s, asked by %(other)s,", name=name, other=other)
    return name


def named_in(lines: Sequence[AuditLine]) -> dict[str, str]:
    """Find the names of everybody whom lines tell of, of the rounds and of the categories."""
    told = {subject for line in lines for subject in telling.subjects(line.details, line.about)}
    people = queries.names_of({*told, *(line.actor for line in lines)})
    if current_contest.version is None:
        return people
    rules = current_contest.regulation
    return {rule.code: rule.name for rule in (*rules.rounds, *rules.categories)} | people


def about(line: AuditLine, names: dict[str, str]) -> str:
    """Say what a line is about: a person by name, a sheet by its work, anything else by the code people know."""
    kind, _colon, name = line.about.partition(":")
    if kind == "user":
        return names.get(name) or _("Somebody whose name was erased")
    if kind == "assignment":
        return str(line.details.get("entry") or "")
    return name if kind in ("entry", "complaint") and not name.isdecimal() else telling.thing(line.about, names)


def change_of(line: AuditLine, names: dict[str, str]) -> tuple[str, ...]:
    """Give what was there before and what came in its place, people by name."""
    change = telling.change(line.details, names)
    return tuple(each or "–" for each in change) if change else ()


def is_secret(line: AuditLine, unsealed: Collection[str]) -> bool:
    """Say whether the hashes of a line are of marks or votes that nobody may guess yet."""
    if not telling.is_of_marks(line.action):
        return False
    return line.details["round"] in unsealed if "round" in line.details else bool(unsealed)


def facts_of(line: AuditLine, names: dict[str, str], unsealed: Collection[str]) -> list[tuple[str, str]]:
    """Give everything else that a line says; no hash of a sheet or a vote before its round is sealed."""
    return telling.facts(line.details, names, is_secret=is_secret(line, unsealed))


def _details(facts: list[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in facts)


@bp.get("")
@offered(log_table)
def log() -> str:
    """Show who did what, to what, why and when, and whether the chain fits."""
    wanted = asked()
    page = paginate(queries.lines_of(current_contest, wanted))
    names, unsealed = named_in(page.items), queries.unsealed_in(current_contest)
    acts = sorted(((name, _(SENTENCES.get(name, name))) for name in queries.acts_in(current_contest)), key=_by_words)
    return render_template(
        "proof/log.html",
        page=page,
        asked=wanted,
        acts=acts,
        who={line.id: who(line, names) for line in page.items},
        about={line.id: about(line, names) for line in page.items},
        changes={line.id: change_of(line, names) for line in page.items},
        facts={line.id: facts_of(line, names, unsealed) for line in page.items},
        checked=CHECK in request.args,
        misfit=audit.verify(current_contest.id) if CHECK in request.args else None,
        head=audit.head(current_contest.id),
    )


def _by_words(act: tuple[str, str]) -> str:
    return act[1].casefold()
