"""A second program, written from the page about the recount alone, agrees with the first on random contests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from contest.results.recount import computing, reading, writing
from tests.results import second_program
from tests.results.small_contests import regulations, small_contest

UNDER_ONE = 5  # contests under one regulation
READ_BACK = 20  # one contest of so many is also read from its files by the first program
RULES = {
    "mean",
    "carried",
    "votes",
    "criterion",
    "highest_sheet",
    "earlier_receipt",
    "chair_sheet",
    "vote",
    "lot",
    "act",
}
WAYS = {"mean", "trimmed", "median", "sum"}
LEFT_OUT = {"recused", "other_rubric", "third_not_needed", "replaced_by_third", "replaced_by_remark"}
ANSWERS = {"given", "below_floor", "quota_full", "above_band", "not_carried"}
TERMS = {"share", "top", "floor", "flagged", "carried"}


def compared(number: int, seed: int, folder: Path) -> tuple[list[str], Counter[str]]:
    """Draw contests and compute each twice, the second time from the files of its bundle.

    :return: every contest that differs, with its number, each place and both values; and what the contests were about
    """
    chance = Random(seed)
    differ = []
    about: Counter[str] = Counter()
    opening = ruling = ""
    for at in range(number):
        if at % UNDER_ONE == 0:
            opening, ruling = regulations(chance)
        contents = small_contest(chance, opening, ruling)
        files = writing.files(contents)
        result = contents.result
        assert result is not None
        if at % READ_BACK == 0:
            assert computing.compute(reading.read(files)) == result
        lay(folder, files)
        different = list(differences(second_program.recount(folder)["rounds"], result["rounds"]))
        if different:
            differ.append(f"contest {at} of seed {seed}: {'; '.join(different)}")
        for each in result["rounds"]:
            about.update(matters(each))
    return differ, about


def lay(folder: Path, files: dict[str, bytes]) -> None:
    """Put the files of a bundle where the last one lay."""
    others = folder / "regulations"
    others.mkdir(exist_ok=True)
    for path in others.iterdir():
        path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def differences(second: Any, first: Any, place: str = "") -> Iterator[str]:
    """Name every place of the second result at which the first says something else."""
    if isinstance(second, dict) and isinstance(first, dict):
        for name, value in second.items():
            yield from differences(value, first.get(name, "–"), f"{place}.{name}")
    elif isinstance(second, list) and isinstance(first, list) and len(second) == len(first):
        for at, (mine, theirs) in enumerate(zip(second, first, strict=True)):
            yield from differences(mine, theirs, f"{place}[{at}]")
    elif second != first:
        yield f"{place} is {first!r}, by the second program {second!r}"


def matters(result: dict[str, Any]) -> Iterator[str]:
    """Name what a round was decided by."""
    for line in (line for group in result["groups"] for line in group["lines"]):
        for step in line["steps"]:
            if step["outcome"] == "separated":
                yield step["rule"].partition(":")[0]
        yield from (f"left out: {sheet['why']}" for sheet in line.get("left_out", ()))
        yield from (f"answer: {answer['why']}" for answer in line.get("answers", ()))
        yield from (f"term: {term}" for term in line.get("passed", ()))
        yield f"way: {line.get('aggregation')}"
        yield "settled" if line["settled"] else "not settled"
    for kind in ("special", "thematic", "collective"):
        for prize in result.get(kind, ()):
            if prize["winners"]:
                yield f"{kind}: {prize['by']}"


def missing(about: Counter[str]) -> set[str]:
    """Name what no contest was decided by."""
    wanted = RULES | {f"way: {way}" for way in WAYS} | {f"left out: {why}" for why in LEFT_OUT}
    wanted |= {f"answer: {why}" for why in ANSWERS} | {f"term: {term}" for term in TERMS}
    wanted |= {f"{kind}: {by}" for kind in ("special", "thematic") for by in ("mean", "vote", "act")}
    wanted |= {f"collective: {by}" for by in ("formula", "vote", "act")}
    return wanted - set(about)


def test_a_second_program_agrees_on_a_thousand_random_contests(tmp_path: Path) -> None:
    differ, about = compared(1000, 20251015, tmp_path)

    assert differ == []
    assert missing(about) == set()
    assert about["settled"] > 200
