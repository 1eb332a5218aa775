"""From values to the files of a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from contest.audit.chain import canonical
from contest.regulations.schema import Regulation
from contest.results.material import SITTING, Act, Ballot, Work
from contest.results.recount import layout, tables
from contest.results.recount.contents import Contents, Sent
from contest.results.recount.readme import README
from contest.results.tally import Sheet


def files(contents: Contents, readme: str = README) -> dict[str, bytes]:
    """Write every file of the bundle. The same contents give the same bytes.

    :param readme: what the bundle says of itself
    """
    last = contents.rounds[-1]
    written = {
        layout.REGULATION: contents.texts[last.ruling].encode(),
        layout.README: readme.format(contest=contents.contest).encode(),
    }
    for version, text in contents.texts.items():
        if version != last.ruling:
            written[f"regulations/{version}.toml"] = text.encode()
    for table, rows in (
        (layout.ROUNDS, _rounds(contents)),
        (layout.ENTRIES, _entries(contents)),
        (layout.SHEETS, _sheets(contents)),
        (layout.JURORS, _jurors(contents)),
        (layout.ASSIGNMENTS, _assignments(contents)),
        (layout.VOTES, _votes(contents)),
        (layout.ACTS, _acts(contents)),
    ):
        written[table.file] = tables.write(table, rows)
    if contents.result is not None:
        written[layout.RESULT] = result(contents.result)
    if contents.commitments is not None:
        written[layout.COMMITMENTS] = result(contents.commitments)
    if contents.log is not None:
        written[layout.LOG] = contents.log
    written[layout.HASHES] = hashes(written, {each.material.code: each.sha256 for each in contents.rounds})
    return written


def result(document: Mapping[str, Any]) -> bytes:
    """Write a result in its canonical form, ended like every line of the bundle."""
    return canonical(document) + b"\n"


def hashes(written: Mapping[str, bytes], frozen: Mapping[str, str]) -> bytes:
    """Write the SHA-256 of every file, and of every frozen round inside the result.

    The form is that of ``sha256sum``; a frozen round stands as ``result.json#round``.
    """
    lines = {name: sha256(content).hexdigest() for name, content in written.items() if name != layout.HASHES}
    lines |= {f"{layout.RESULT}#{code}": known for code, known in frozen.items() if known}
    return "".join(f"{lines[name]}  {name}\n" for name in sorted(lines)).encode()


def _rounds(contents: Contents) -> Iterator[dict[str, Any]]:
    for position, each in enumerate(contents.rounds, 1):
        yield {
            "format": layout.FORMAT,
            "contest": contents.contest,
            "position": position,
            "round": each.material.code,
            "regulation": each.regulation,
            "ruling": each.ruling,
            "opened_at": each.opened_at,
            "sealed_at": each.sealed_at,
        }


def _entries(contents: Contents) -> Iterator[dict[str, Any]]:
    for each in contents.rounds:
        for work in each.material.works:
            yield _entry(each.material.code, work, each.material.ruling)
    last = contents.rounds[-1].material
    for work in last.accepted_works:
        yield _entry(layout.WHOLE_CONTEST, work, last.ruling)


def _entry(round_code: str, work: Work, ruling: Regulation) -> dict[str, Any]:
    return {
        "round": round_code,
        "entry": work.entry,
        "category": work.category,
        "genre": work.genre,
        "topic": work.topic,
        "group": ruling.award_group(category=work.category, genre=work.genre, topic=work.topic) or "",
        "outlet": work.outlet,
        "received_at": work.received_at,
        "slots": work.slots,
        "out": work.out,
    }


def _sheets(contents: Contents) -> Iterator[dict[str, Any]]:
    for each in contents.rounds:
        for in_force, by_entry in ((True, each.material.sheets), (False, each.superseded)):
            for entry, sheets in by_entry.items():
                for sheet in sheets:
                    sent = each.sent.get((entry, sheet.juror, sheet.revision), Sent())
                    yield from _sheet(each.material.code, entry, sheet, sent, in_force and sheet.left_out is None)


def _sheet(round_code: str, entry: str, sheet: Sheet, sent: Sent, in_force: bool) -> Iterator[dict[str, Any]]:
    for criterion, mark in sheet.marks.items():
        yield {
            "round": round_code,
            "entry": entry,
            "juror": sheet.juror,
            "revision": sheet.revision,
            "in_force": in_force,
            "chair": sheet.chair,
            "third": sheet.third,
            "left_out": sheet.left_out or "",
            "sha256": sheet.sha256,
            "received_at": sent.received_at,
            "comment": sent.comment,
            "typed_by": sent.typed_by,
            "criterion": criterion,
            "mark": mark,
        }


def _jurors(contents: Contents) -> Iterator[dict[str, Any]]:
    for each in contents.rounds:
        for member in each.material.members:
            yield {
                "round": each.material.code,
                "panel": member.panel,
                "juror": member.juror,
                "chair": member.chair,
                "present": presence(each.material.acts, member.panel).get(member.juror, ()),
            }


def presence(acts: Iterable[Act], panel: str) -> dict[str, set[int]]:
    """Tell at which ballots each juror of a panel is recorded as present, by the last act about each ballot."""
    sittings: dict[tuple[int, str, str], list[str]] = {}
    for act in sorted(acts, key=lambda act: act.number):
        if act.kind == SITTING and act.choice.get("panel") in (None, "", panel):
            said = act.choice
            sittings[said["ballot"], said.get("question") or "", said.get("panel") or ""] = said["present"]
    present: dict[str, set[int]] = {}
    for (ballot, _, _), jurors in sittings.items():
        for juror in jurors:
            present.setdefault(juror, set()).add(ballot)
    return present


def _assignments(contents: Contents) -> Iterator[dict[str, Any]]:
    for each in contents.rounds:
        for given in each.assignments:
            yield {
                "round": each.material.code,
                "entry": given.entry,
                "juror": given.juror,
                "panel": given.panel,
                "chair": given.chair,
                "third": given.third,
                "assigned_at": given.assigned_at,
                "recused_at": given.recused_at,
                "first_sheet_at": given.first_sheet_at,
                "last_sheet_at": given.last_sheet_at,
            }


def _votes(contents: Contents) -> Iterator[dict[str, Any]]:
    for each in contents.rounds:
        for ballot in each.material.ballots:
            yield from _ballot(each.material.code, ballot)


def _ballot(round_code: str, ballot: Ballot) -> Iterator[dict[str, Any]]:
    for subject, choice in dict(ballot.choice or {"": ""}).items():
        yield {
            "round": round_code,
            "ballot": ballot.ballot,
            "question": ballot.question,
            "panel": ballot.panel,
            "voter": ballot.voter,
            "subject": subject,
            "choice": choice,
        }


def _acts(contents: Contents) -> Iterator[dict[str, Any]]:
    for each in contents.rounds:
        for act in each.material.acts:
            by, at = each.recorded.get(act.number, ("", ""))
            yield {
                "round": each.material.code,
                "number": act.number,
                "kind": act.kind,
                "subject": act.subject,
                "choice": act.choice,
                "by": by,
                "at": at,
            }
