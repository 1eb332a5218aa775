"""Tally and award a last round of so many sheets, explanation included: ``python -m tests.bench.arithmetic SHEETS``."""

from __future__ import annotations

import json
import resource
import sys
import time
from random import Random

from contest.results.material import RoundMaterial, Work
from contest.results.outcome import conclude
from contest.results.tally import Sheet
from tests.results.materials import last_round, regulation, work, written

JURORS = 5


def material(sheets: int) -> RoundMaterial:
    """Make a last round of the preset: five sheets a work, five criteria a sheet, works over all categories."""
    ruling, chance = regulation(), Random(1)
    rule = ruling.rounds[-1]
    categories = [category.code for category in ruling.categories]
    works = [work(number, categories[number % len(categories)]) for number in range(sheets // JURORS)]

    def marked(one: Work, juror: int) -> Sheet:
        marks = {
            criterion.code: chance.randrange(criterion.maximum // criterion.step + 1) * criterion.step
            for criterion in rule.rubric(one.category)
        }
        return Sheet(f"juror{juror}", marks, chair=juror == 0, sha256="ab" * 32)

    return last_round(ruling, works, {one.entry: [marked(one, juror) for juror in range(JURORS)] for one in works})


def seconds(made: RoundMaterial) -> float:
    """Give the seconds that it takes to conclude a round and to write its record."""
    start = time.perf_counter()
    record = written(conclude(made))
    took = time.perf_counter() - start
    assert sum(len(group["lines"]) for group in record["groups"]) == len(made.works)
    return took


if __name__ == "__main__":
    sheets = int(sys.argv[1])
    made = material(sheets)
    times = 5 if sheets <= 10_000 else 1
    took = min(seconds(made) for _ in range(times))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "megabytes": peak}))
