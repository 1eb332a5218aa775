"""The shell door of the recount: it needs no application, no database and no network."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from contest.errors import N_
from contest.results.recount import computing
from contest.results.recount.comparing import Difference
from contest.results.recount.computing import Proof, Recount
from contest.results.recount.flaws import BundleRefused
from contest.translations import vietnamese

MOST = 50
LONGEST = 200

COUNTS = N_("%(contest)s: %(rounds)s rounds, %(works)s works, %(sheets)s sheets in force, %(votes)s ballots.")
AGREES = N_("Computed again, the result is the same byte for byte.")
FINGERPRINT = N_("SHA-256 of the result: %(sha256)s")
DIFFERS = N_("%(place)s: computed %(expected)s, in the bundle %(found)s")
DIFFERENCES = N_("Computed again, the result is not the same. Differences: %(count)s.")
MORE = N_("… and more.")
WITHHELD = N_("Round %(round)s: %(count)s sheets that it was bound to are not in the bundle.")
BOUND = N_("Round %(round)s: %(count)s sheets and ballots give the commitment %(root)s.")


@click.command("recount")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def recount(path: Path, as_json: bool) -> None:
    """Compute a bundle (ZIP or folder) again and say where it differs; without a result.json, print the result."""
    translate = vietnamese()
    try:
        proof = computing.proof(path)
        if proof is not None:
            _tell_proof(proof, translate, as_json)
            return
        done = computing.recount(path)
    except BundleRefused as refusal:
        for flaw in refusal.flaws:
            click.echo(flaw.sentence(translate), err=True)
        sys.exit(1)
    if as_json and done.has_result:
        click.echo(json.dumps(_report(done), ensure_ascii=False, indent=2, sort_keys=True))
    elif not done.has_result:
        click.echo(done.result.decode(), nl=False)
    if done.differences:
        for difference in done.differences[:MOST]:
            click.echo(_sentence(difference, translate(DIFFERS)), err=True)
        if len(done.differences) > MOST:
            click.echo(translate(MORE), err=True)
        click.echo(translate(DIFFERENCES) % {"count": len(done.differences)}, err=True)
        sys.exit(1)
    if done.has_result and not as_json:
        click.echo(translate(COUNTS) % _counts(done))
        for code, count in done.withheld.items():
            click.echo(translate(WITHHELD) % {"round": code, "count": count})
        click.echo(translate(AGREES))
        click.echo(translate(FINGERPRINT) % {"sha256": done.sha256})


def _tell_proof(proof: Proof, translate: Callable[[str], str], as_json: bool) -> None:
    """Say whether the leaves of each round give the number that was published."""
    rounds = proof.commitments["rounds"]
    if as_json:
        click.echo(json.dumps({"rounds": len(rounds), "agrees": not proof.differences}, indent=2, sort_keys=True))
    for difference in proof.differences:
        click.echo(_sentence(difference, translate(DIFFERS)), err=True)
    if proof.differences:
        sys.exit(1)
    for each in () if as_json else rounds:
        said = {"round": each["round"], "count": len(each["leaves"]), "root": each["root"]}
        click.echo(translate(BOUND) % said)


def _counts(done: Recount) -> dict[str, Any]:
    materials = [each.material for each in done.contents.rounds]
    return {
        "contest": done.contents.contest,
        "rounds": len(materials),
        "works": len({work.entry for material in materials for work in material.works}),
        "sheets": sum(len(sheets) for material in materials for sheets in material.sheets.values()),
        "votes": sum(len(material.ballots) for material in materials),
    }


def _report(done: Recount) -> dict[str, Any]:
    return {
        **_counts(done),
        "agrees": not done.differences,
        "sha256": done.sha256,
        **({"withheld": done.withheld} if done.withheld else {}),
        "differences": [
            {"place": difference.place, "expected": difference.expected, "found": difference.found}
            for difference in done.differences
        ],
    }


def _sentence(difference: Difference, words: str) -> str:
    return words % {
        "place": difference.place,
        "expected": _short(difference.expected),
        "found": _short(difference.found),
    }


def _short(value: Any) -> str:
    """Write a value on one line, however deep and long a hostile one is."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "…"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
