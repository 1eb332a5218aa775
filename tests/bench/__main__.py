"""Measure pages, certificates and memory at two sizes, beside what the machine does when nearly nothing is done."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median

from sqlalchemy import select

from contest.accounts.models import User
from contest.database import db
from contest.demo.timetable import Phase
from contest.entries.models import Entry, EntryState
from contest.judging.models import Assignment, ScoreSheet
from contest.regulations.queries import current_contest
from tests.bench.backups import figures as backed_up
from tests.bench.calibration import PLANS, recovered
from tests.bench.dossiers import fill_up
from tests.bench.exemplars import figures as matched_exemplars
from tests.bench.exports import measured as saved_files
from tests.bench.floor import bare
from tests.bench.interests import figures as matched_names
from tests.bench.jury import fill as fill_jury
from tests.bench.load import figures as crowded
from tests.bench.regulation import slowest as slowest_check
from tests.bench.saving import figures as saved_sheets
from tests.bench.showcase import rush
from tests.bench.stage import Figure, Stage
from tests.bench.starting import figures as started
from tests.makers.accounts import make_member
from tests.makers.regulations import make_contest

SIZES = (200, 2000)
TIMES = 40
CERTIFICATES = (100, 1000)
SHEETS = (10_000, 1_000_000)
"""Five criteria a sheet, five sheets a work."""
PANELS = 60
"""Simulated panels of each plan; larger ones fewer."""


def main() -> None:
    """Print the table and write ``bench.json`` into the instance folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--keep", action="store_true", help="use the contests of the last run where they are there")
    options = parser.parse_args()
    instance = Path(os.environ.get("CONTEST_INSTANCE", "instance")).absolute()
    folder = instance / "bench"
    if not options.keep:
        subprocess.run(["rm", "-rf", str(folder)], check=True)
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(measured(folder, options.sizes))
    (instance / "bench.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    for row in rows:
        ratio = f"{row['ratio']:8.1f}" if row["ratio"] is not None else " " * 8
        floor = f"{row['floor']:8.2f}" if row["floor"] is not None else " " * 8
        print(f"{row['name']:<28}{row['value']:>10.2f} {row['unit']:<10}{floor}{ratio}  {row['note']}")


def row(name: str, value: float, unit: str, floor: float | None = None, note: str = "") -> dict[str, object]:
    """Write one figure down."""
    ratio = value / floor if floor else None
    return {"name": name, "value": round(value, 3), "unit": unit, "floor": floor, "ratio": ratio, "note": note}


def measured(folder: Path, sizes: list[int]) -> Iterator[dict[str, object]]:
    """Measure everything, the floor first."""
    with tempfile.TemporaryDirectory() as place:
        page, store = bare(Path(place))
        floor_page, floor_store = timed(page), timed(store)
    yield row("floor_page", floor_page, "ms", note="bare page of 50 rows")
    yield row("floor_insert", floor_store, "ms", note="one durable insert")
    for size in sizes:
        ending = "" if size == max(sizes) and size > 200 else f"_{size}"
        judged = Stage(folder / f"preliminary-{size}", size, Phase.PRELIMINARY)
        for name, figure, kind in pages_in_judging(judged):
            yield from figures(name, ending, figure, floor_store if kind == "save" else floor_page)
        done = Stage(folder / f"published-{size}", size, Phase.PUBLISHED)
        for name, figure in pages_after_judging(done):
            yield from figures(name, ending, figure, floor_page)
    yield from in_a_rush(folder / f"published-{min(sizes)}")
    yield from figures("progress_board_80_jurors", "", large_board(folder / "board"), floor_page)
    yield from certificates(folder / f"published-{max(sizes)}")
    yield from signatures(folder / f"published-{max(sizes)}")
    name, longest, count = slowest_check()
    yield row("regulation_check_slowest", longest, "ms", note=f"{name}; of {count} broken documents")
    yield from arithmetic()
    yield from assigning()
    yield from comparing()
    for name, value, unit, note in (*matched_names(), *matched_exemplars()):
        yield row(name, value, unit, note=note)
    for name, value, unit, note in (*saved_files(), *saved_sheets(folder), *crowded(folder, minutes=1)):
        yield row(name, value, unit, note=note)
    for name, value, unit, note in started(folder / f"published-{min(sizes)}"):
        yield row(name, value, unit, note=note)
    for name, value, unit, floor, note in backed_up(folder / f"published-{min(sizes)}", folder / "backup"):
        yield row(name, value, unit, floor, note)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield row("memory_mb", peak, "MB", note="largest resident size of the measuring process, all pages served")


def figures(name: str, ending: str, figure: Figure, floor: float) -> Iterator[dict[str, object]]:
    """Write the median with its floor, and the number of statements."""
    yield row(name + ending, figure.median, "ms", floor, f"p95 {figure.p95:.1f}")
    yield row(f"{name}_queries{ending}", figure.queries, "statements")


def timed(act: Callable[[], object], times: int = 200) -> float:
    """Give the median of an act in milliseconds."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        took.append((time.perf_counter() - start) * 1000)
    return median(took)


def large_board(folder: Path) -> Figure:
    """Open the progress of two thousand works with five jurors each, from eighty."""
    stage = Stage.bare(folder)
    with stage.app.app_context():
        if current_contest() is None:
            contest = make_contest()
            make_member(contest, "secretary", email="thuky@danvankheo.example", name="Thư ký")
            fill_jury(contest)
        slug = current_contest().slug
        db.session.remove()
    secretary = stage.at("thuky@danvankheo.example")
    return stage.measure(lambda _: ok(secretary.client.get(f"/{slug}/ban-thu-ky/cham-giai/so_khao")))


def pages_in_judging(stage: Stage) -> Iterator[tuple[str, Figure, str]]:
    """Measure what the secretariat and a juror open while the first round runs."""
    with stage.app.app_context():
        slug = current_contest().slug
        accepted = list(db.session.scalars(select(Entry.id).filter_by(state=EntryState.ACCEPTED).limit(60)))
        juror = db.session.scalars(select(User).where(User.email.startswith("giamkhao1@"))).one()
        work = select(Assignment.id).where(Assignment.juror_id == juror.id, Assignment.recused_at.is_(None))
        sent = list(db.session.scalars(work.where(Assignment.id.in_(select(ScoreSheet.assignment_id))).limit(60)))
        fill_up(sent)
        db.session.remove()
    secretary, marker = stage.at("thuky@danvankheo.example"), stage.at("giamkhao1@danvankheo.example")
    table, desk = f"/{slug}/ban-thu-ky/ho-so", f"/{slug}/ban-cham"
    progress = f"/{slug}/ban-thu-ky/cham-giai/so_khao"
    yield "entries_table", stage.measure(lambda _: ok(secretary.client.get(table))), "page"
    yield "dossier", stage.measure(lambda n: ok(secretary.client.get(f"{table}/{accepted[n % len(accepted)]}"))), "page"
    yield "desk", stage.measure(lambda _: ok(marker.client.get(desk))), "page"
    yield "sheet_open", stage.measure(lambda n: ok(marker.client.get(f"{desk}/{sent[n % len(sent)]}"))), "page"
    yield "progress_board", stage.measure(lambda _: ok(secretary.client.get(progress))), "page"

    random, typed = Random(1), {}

    def fill_in(number: int) -> None:
        marker.get(f"{desk}/{sent[number % len(sent)]}")
        form = marker.form("send")
        typed["action"] = form["action"]
        typed["values"] = values = marker.fill(form)
        for field in form.find_all("input", attrs={"inputmode": "decimal"}):
            values[field["name"]] = str(random.randint(4, 9))
        values["reason"], values["send"] = f"Đọc lại lần {number}", "1"
        typed["json"] = {key: value for key, value in values.items() if key not in ("csrf_token", "send")}
        typed["token"] = values["csrf_token"]

    def save(number: int) -> None:
        answer = marker.client.post(typed["action"], data=typed["values"])
        assert answer.status_code == 303, answer.status_code

    def autosave(number: int) -> None:
        answer = marker.client.post(
            f"{typed['action']}/nhap", json=typed["json"], headers={"X-CSRFToken": typed["token"]}
        )
        assert answer.status_code == 200, answer.text

    yield "sheet_save", stage.measure(save, before=fill_in), "save"
    yield "autosave", stage.measure(autosave, before=fill_in), "save"


def pages_after_judging(stage: Stage) -> Iterator[tuple[str, Figure]]:
    """Measure what organizers and the public open once everything is decided."""
    with stage.app.app_context():
        slug = current_contest().slug
    organizer = stage.at("bantochuc@danvankheo.example")
    visitor = stage.app.test_client()
    yield "standings", stage.measure(lambda _: ok(organizer.client.get(f"/{slug}/ban-thu-ky/ket-qua/vong/chung_khao")))
    yield "public_results", stage.measure(lambda _: ok(visitor.get(f"/{slug}/ket-qua")))
    codes = [work["code"] for work in visitor.get(f"/{slug}/ket-qua.json").json["works"]]
    pages = [f"/{slug}/ket-qua/{code}" for code in codes]
    yield "winner_page_first", stage.measure(lambda number: ok(visitor.get(pages[number])), times=len(pages) - 3)
    yield "winner_page", stage.measure(lambda number: ok(visitor.get(pages[number % 5])))
    yield "public_results_signed_in", stage.measure(lambda _: ok(organizer.client.get(f"/{slug}/ket-qua")))


def in_a_rush(folder: Path) -> Iterator[dict[str, object]]:
    """Let readers ask a real server for the results and for a work, as fast as they can."""
    stage = Stage(folder, 0, None)
    with stage.app.app_context():
        slug = current_contest().slug
        db.session.remove()
    code = stage.app.test_client().get(f"/{slug}/ket-qua.json").json["works"][0]["code"]
    found = rush(folder, {"public_results": f"/{slug}/ket-qua", "winner_page": f"/{slug}/ket-qua/{code}"})
    for name, figure in found.items():
        yield row(
            f"{name}_rps",
            figure.rate,
            "answers/s",
            note=f"two processes of granian, 16 requests under way, {figure.kilobytes:.1f} kB and "
            f"{figure.each:.2f} ms of processor each; the readers took {figure.client:.2f} of the two cores",
        )


def ok(answer: object) -> None:
    """Make sure that the page was served."""
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]


def certificates(folder: Path) -> Iterator[dict[str, object]]:
    """Draw a hundred certificates and a thousand, each in one job, in a process of its own."""
    for count in CERTIFICATES:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.certificates", str(folder), str(count)],
            capture_output=True,
            text=True,
            check=True,
        )
        drawn = json.loads(answer.stdout.splitlines()[-1])
        yield row(
            f"certificate_{count}",
            drawn["each"],
            "ms each",
            drawn["plain_each"],
            f"{count} in {drawn['seconds']:.1f} s; floor: plain WeasyPrint, one by one, in the same run",
        )
        yield row(
            f"certificate_{count}_memory",
            drawn["megabytes"],
            "MB",
            note="all processes of the job together, at their largest",
        )


def signatures(folder: Path) -> Iterator[dict[str, object]]:
    """Draw a thousand certificates without and with a signature, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.signing", str(folder), "1000"], capture_output=True, text=True, check=True
    )
    figure = json.loads(answer.stdout.splitlines()[-1])
    drawn, signed, count = figure["drawn"], figure["signed"], figure["count"]
    note = f"{count} in {signed:.1f} s, of which signing {signed - drawn:.1f} s; floor: the same run without signatures"
    yield row("certificate_1000_signed", signed * 1000 / count, "ms each", drawn * 1000 / count, note)


def arithmetic() -> Iterator[dict[str, object]]:
    """Conclude a round of 10,000 sheets and one of 1,000,000, each in a process of its own."""
    small = None
    for sheets in SHEETS:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.arithmetic", str(sheets)], capture_output=True, text=True, check=True
        )
        figure = json.loads(answer.stdout)
        slope = figure["seconds"] * SHEETS[0] / sheets
        small = small or slope
        yield row(
            f"tally_{sheets}",
            figure["seconds"],
            "s",
            note=f"{slope:.3f} s per 10,000 sheets, {slope / small:.2f} of the first; {figure['megabytes']:.0f} MB",
        )


def assigning() -> Iterator[dict[str, object]]:
    """Assign 2,000 works to five of eighty jurors, and again without one of them, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.assignment"], capture_output=True, text=True, check=True
    )
    figure = json.loads(answer.stdout)
    yield row(
        "assign_2000x5",
        figure["seconds"],
        "s",
        note=f"of 80 jurors, 5 % conflicts, quotas; {figure['unserved']} unserved, loads below the quotas within "
        f"{figure['range']}; the solver loads once in {figure['loading']:.2f} s",
    )
    yield row(
        "assign_2000x5_again",
        figure["again_seconds"],
        "s",
        note=f"a juror drops out: {figure['must_move']} lines must move, {figure['moved_beyond']} of {figure['lines']} "
        f"move besides; loads within {figure['again_range']}",
    )


def comparing() -> Iterator[dict[str, object]]:
    """Simulate panels whose severities are known, and say how often the intervals of the model hold the truth."""
    for plan in PLANS:
        said = recovered(plan, max(4, round(PANELS * plan.panels)))
        name = f"{plan.works}x{plan.each}of{plan.jurors}"
        yield row(
            f"calibration_{name}",
            said.seconds,
            "s a panel",
            note=f"{plan.name}: 95 % intervals hold severity {said.severity:.1%}, worth {said.worth:.1%}, place "
            f"{said.place:.1%}; bias {said.severity_bias:+.2f} and {said.worth_bias:+.2f} points of a hundred",
        )


if __name__ == "__main__":
    main()
