"""A bundle computed again by the rules that sealed the contest, and compared with what it says it came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from contest.audit.chain import canonical
from contest.errors import N_
from contest.results import outcome, record
from contest.results.recount import binding, layout, logged, packing, reading, writing
from contest.results.recount.cells import parsed
from contest.results.recount.comparing import MISSING, Difference, differences
from contest.results.recount.contents import Contents, SealedRound, Sent
from contest.results.recount.flaws import Flaws
from contest.results.tally import Sheet

NOT_A_RESULT = N_("The file cannot be read as a result in JSON.")
NOT_HASHES = N_("A line of hashes is 64 hexadecimal digits, two spaces and a name, each name once.")


@dataclass(frozen=True, slots=True)
class Recount:
    """What a recount came to.

    :ivar result: as computed again, in its canonical form
    :ivar has_result: whether the bundle has a result of its own
    :ivar differences: every place at which the bundle says something else
    :ivar withheld: how many leaves of a round the bundle names without their sheets, by code of the round
    """

    contents: Contents
    result: bytes
    has_result: bool
    differences: tuple[Difference, ...]
    withheld: Mapping[str, int] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of the result as computed again."""
        return sha256(self.result).hexdigest()


def recount(path: Path) -> Recount:
    """Read what lies at a path, compute it again and compare.

    :raise BundleRefused: if it is no bundle that can be computed, with everything that is wrong
    """
    files = packing.opened(path)
    contents = reading.read(files)
    computed = compute(contents)
    result = writing.result(computed)
    differences = (*_sheets(contents), *_bound(files, contents), *_compared(files, computed, result))
    withheld = binding.read(files[layout.COMMITMENTS]).get("withheld", {}) if layout.COMMITMENTS in files else {}
    left_out = {code: len(leaves) for code, leaves in sorted(withheld.items())}
    return Recount(contents, result, layout.RESULT in files, differences, left_out)


def _bound(files: Mapping[str, bytes], contents: Contents) -> Iterator[Difference]:
    if layout.COMMITMENTS in files:
        commitments = binding.read(files[layout.COMMITMENTS])
        yield from binding.roots(commitments)
        yield from binding.sheets(commitments, contents)
    if layout.LOG in files:
        yield from logged.misfits(files[layout.LOG])


@dataclass(frozen=True, slots=True)
class Proof:
    """What a public proof came to: the commitments alone, without a sheet."""

    commitments: Mapping[str, Any]
    differences: tuple[Difference, ...]


def proof(path: Path) -> Proof | None:
    """Check the commitments of a public proof; None for a bundle that holds sheets and can be computed again.

    :raise BundleRefused: if there is nothing of the kind
    """
    files = packing.opened(path)
    if layout.ROUNDS.file in files or layout.COMMITMENTS not in files:
        return None
    commitments = binding.read(files[layout.COMMITMENTS])
    return Proof(commitments, tuple(binding.roots(commitments)))


def compute(contents: Contents) -> dict[str, Any]:
    """Compute every round of a bundle: what ``result.json`` holds."""
    return {
        "format": layout.FORMAT,
        "contest": contents.contest,
        "rounds": [compute_round(contents.contest, each) for each in contents.rounds],
    }


def compute_round(contest: str, sealed: SealedRound) -> dict[str, Any]:
    """Compute one round as it was computed at its sealing."""
    return record.document(
        outcome.conclude(sealed.material),
        contest=contest,
        regulation=sealed.ruling,
        sealed_at=datetime.fromisoformat(sealed.sealed_at),
    )


def _sheets(contents: Contents) -> Iterator[Difference]:
    """Name every sheet that is not what its own hash says: the juror's receipt and the log carry that hash."""
    for sealed in contents.rounds:
        code = sealed.material.code
        for by_entry in (sealed.material.sheets, sealed.superseded):
            for entry, sheets in by_entry.items():
                for sheet in sheets:
                    sent = sealed.sent.get((entry, sheet.juror, sheet.revision), Sent())
                    if not sheet.sha256 or not sent.received_at:
                        continue
                    computed = sheet_fingerprint(code, entry, sheet, sent)
                    if computed != sheet.sha256:
                        named = f"[{code}][{entry}][{sheet.juror}][{sheet.revision}]"
                        yield Difference(f"sheets.csv: {named}.sha256", computed, sheet.sha256)


def sheet_fingerprint(round_code: str, entry: str, sheet: Sheet, sent: Sent) -> str:
    """SHA-256 of a sheet as it was computed when it arrived, in hexadecimal."""
    facts = {
        "format": 1,
        "round": round_code,
        "entry": entry,
        "juror": sheet.juror,
        "revision": sheet.revision,
        "marks": dict(sheet.marks),
        "comment": sent.comment,
        "submitted_at": sent.received_at,
    }
    if sent.typed_by:
        facts["typed_by"] = sent.typed_by
    return sha256(canonical(facts)).hexdigest()


def _compared(files: Mapping[str, bytes], computed: Mapping[str, Any], result: bytes) -> Iterator[Difference]:
    frozen = {f"{layout.RESULT}#{each['round']}": record.fingerprint(each) for each in computed["rounds"]}
    if layout.HASHES in files:
        known = {name: sha256(content).hexdigest() for name, content in files.items() if name != layout.HASHES}
        known = {layout.RESULT: sha256(result).hexdigest()} | known | frozen
        said = _hashes(files[layout.HASHES])
        for name in sorted(known.keys() | said.keys()):
            if said.get(name, MISSING) != known.get(name, MISSING):
                yield Difference(f"{layout.HASHES}: {name}", known.get(name, MISSING), said.get(name, MISSING))
    elif layout.RESULT in files:
        yield Difference(layout.HASHES, layout.HASHES, MISSING)
    if layout.RESULT in files and files[layout.RESULT] != result:
        found = list(differences(parsed(result.decode()), _result(files[layout.RESULT])))
        for difference in found:
            yield Difference(f"{layout.RESULT}: {difference.place}", difference.expected, difference.found)
        if not found:
            yield Difference(layout.RESULT, "canonical", MISSING)


def _hashes(content: bytes) -> dict[str, str]:
    flaws, said = Flaws(), {}
    for number, line in enumerate(content.decode("utf-8", "replace").split("\n")[:-1], 1):
        digest, gap, name = line[:64], line[64:66], line[66:]
        if len(digest) != 64 or set(digest) - set("0123456789abcdef") or gap != "  " or not name or name in said:
            flaws.add(layout.HASHES, NOT_HASHES, line=number)
        said[name] = digest
    flaws.check()
    return said


def _result(content: bytes) -> Any:
    try:
        return parsed(content.decode())
    except ValueError:
        Flaws().refuse(layout.RESULT, NOT_A_RESULT)
