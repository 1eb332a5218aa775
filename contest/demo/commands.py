"""The shell door of the demo."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select, text
from tqdm import tqdm

from contest import clock, jobs
from contest.audit import protection
from contest.certificates import seal, signing
from contest.certificates import services as certificates
from contest.database import db, look_at_tables, transaction
from contest.demo import services
from contest.demo.services import PRESET, Play
from contest.demo.timetable import Phase
from contest.entries.models import Entry
from contest.errors import N_, ContestError
from contest.judging.models import Assignment, Round
from contest.regulations import presets
from contest.regulations.models import Contest
from contest.results import services as results

CHUNK = 25
HOME = ("localhost", "127.0.0.1", "::1")

Thing = TypeVar("Thing")


class NotEmpty(ContestError):
    """There is something in the database already."""

    message = N_("There is a contest in this instance already. To replace a demo by a new one, add --again.")


class NoDemoHere(ContestError):
    """A demo would stand where others can reach it, or over real data."""

    message = N_("A demo is only loaded where no real contest is and where the base address is this machine.")


@click.command("demo")
@click.option(
    "--phase", type=click.Choice([str(phase) for phase in Phase]), default=str(Phase.PRELIMINARY), show_default=True
)
@click.option(
    "--entries", "count", type=click.IntRange(8, 20_000), default=210, show_default=True, help="Number of works."
)
@click.option("--seed", type=int, default=2025, show_default=True, help="The same seed gives the same contest.")
@click.option(
    "--preset", type=click.Choice(presets.NAMES), default=PRESET, show_default=True, help="The regulation it is run by."
)
@click.option("--again", is_flag=True, help="Replace the demo that is there.")
@with_appcontext
def cli(phase: str, count: int, seed: int, preset: str, again: bool) -> None:
    """Load a believable contest of invented people, in any phase."""
    make_room(again)
    load(Phase(phase), count, seed, preset)


def make_room(again: bool) -> None:
    """Make sure that nothing real is in the way.

    :raise NoDemoHere: at a public address, or over real data
    :raise NotEmpty: over another demo, unless it may be replaced
    """
    if urlsplit(current_app.config["BASE_URL"]).hostname not in HOME:
        raise NoDemoHere
    if db.session.scalar(select(Contest.id).limit(1)) is None:
        return
    if not clock.is_demo():
        raise NoDemoHere
    if not again:
        raise NotEmpty
    with transaction():
        _clear_rows()
    shutil.rmtree(Path(current_app.instance_path) / "files", ignore_errors=True)


def _clear_rows() -> None:
    """Empty every table. Rows refer to each other in circles, so the check of references waits for the end."""
    tables = list(db.metadata.tables.values())
    protection.lift(db.session.connection())
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in tables:
            db.session.execute(table.delete())
    else:
        names = ", ".join(db.engine.dialect.identifier_preparer.format_table(table) for table in tables)
        db.session.execute(text(f"TRUNCATE {names} CASCADE"))
    protection.protect(db.session.connection())


def load(phase: Phase, count: int, seed: int, preset: str = PRESET) -> None:
    """Play the contest up to a phase, a few works a transaction, and set the clock so that the phase is running."""
    hours = services.hours_of(preset)
    now = hours.now(phase)
    clock.set_to(now)
    with transaction():
        play = services.begin(seed, preset)
    with transaction():
        services.announce(play, now)
    _receive(play, phase, count, seed)
    if phase is not Phase.RECEIVING:
        _screen(play, phase)
    if phase not in (Phase.RECEIVING, Phase.SCREENING):
        _judge_rounds(play, phase, seed)
    if phase in (Phase.POSTED, Phase.PUBLISHED):
        with transaction():
            services.post_the_list(play)
        with transaction():
            services.hear_complaints(play, now)
    if phase is Phase.PUBLISHED:
        with transaction():
            services.decide(play)
        with transaction():
            services.confirm_lines(play)
        _publish(play)
        with transaction():
            services.pay(play)
    look_at_tables()


def _judge_rounds(play: Play, phase: Phase, seed: int) -> None:
    """Play the rounds that are over, and the one that is running half-way."""
    codes = [rule.code for rule in play.hours.regulation.rounds]
    running = {Phase.PRELIMINARY: codes[0], Phase.FINAL: codes[-1]}.get(phase)
    shares = {Phase.PRELIMINARY: 0.64, Phase.FINAL: 0.45}
    for code in codes:
        _judge(play, code, seed, until=play.hours.now(phase), share=shares[phase] if code == running else 1)
        if code == running:
            if phase is Phase.FINAL:
                _meet(play, code)
            return
        _close(play, code, last=code == codes[-1])


def _each(things: Iterable[Thing], act: Callable[[int, Thing], Any], label: str) -> None:
    """Do something to each, a few a transaction, with a bar on a terminal and none in a pipe."""
    listed = list(things)
    with tqdm(total=len(listed), desc=label, disable=None, leave=False) as bar:
        for start in range(0, len(listed), CHUNK):
            with transaction():
                for place, thing in enumerate(listed[start : start + CHUNK], start):
                    act(place, thing)
            bar.update(len(listed[start : start + CHUNK]))


def _receive(play: Play, phase: Phase, count: int, seed: int) -> None:
    works = list(services.invented_works(play, count, seed))
    opens, last = play.hours.receives
    closes = min(play.hours.now(phase), last)
    drafts = count // 20 if phase is Phase.RECEIVING else count // 100

    def moment(number: int) -> datetime:
        # Most works come in the last days, as everywhere.
        return opens + (closes - opens) * ((number + 1) / (count + 1)) ** 0.6

    def receive(number: int, work: Any) -> None:
        services.enter(play, work, number, now=moment(number), send=number < count - drafts)

    _each(works, receive, "Tác phẩm")


def _screen(play: Play, phase: Phase) -> None:
    works = [entry.id for entry in services.sent_entries(play)]
    if phase is Phase.SCREENING:
        works = works[: len(works) * 3 // 5]
    begin, last = play.hours.screens
    end = min(play.hours.now(phase), last)
    step = (end - begin) / (len(works) + 1)

    def screen(number: int, entry_id: int) -> None:
        entry = db.session.get_one(Entry, entry_id)
        services.screen(play, entry, now=begin + step * (number + 1))

    _each(works, screen, "Kiểm tra")


def _judge(play: Play, code: str, seed: int, *, until: datetime, share: float) -> None:
    with transaction():
        opens = play.hours.regulation.round(code).opens
        round_ = services.open_round(play, code, now=opens, seed=seed)
        work = services.assignments(round_)
        closes = min(round_.rule.closes, until)
        begin = round_.rule.opens
    order = Random(seed).sample(work, len(work))
    done = int(len(order) * share)
    begun = 0 if share == 1 else len(order) // 25
    step = (closes - begin - timedelta(minutes=10)) / (len(order) + 1)

    def mark(number: int, assignment_id: int) -> None:
        assignment = db.session.get_one(Assignment, assignment_id)
        services.mark(play, assignment, now=begin + step * (number + 1), draft=number >= done)

    _each(order[: done + begun], mark, "Chấm")


def _close(play: Play, code: str, *, last: bool) -> None:
    now = play.hours.closes(code)
    with transaction():
        round_ = db.session.scalars(select(Round).filter_by(contest_id=play.contest.id, code=code)).one()
        meeting = services.begin_meeting(play, round_, title="Xét kết quả vòng chấm", now=now - timedelta(minutes=40))
        services.discuss(play, meeting, now=now - timedelta(minutes=32))
        services.close_round(play, round_, now=now)
        services.end_meeting(play, meeting, now=now + timedelta(minutes=5))
        if not last:
            results.advance(round_, by=play.cast.organizer, now=now)


def _meet(play: Play, code: str) -> None:
    """Leave the council of the running round in a meeting."""
    with transaction():
        round_ = db.session.scalars(select(Round).filter_by(contest_id=play.contest.id, code=code)).one()
        services.meet_now(play, round_, now=play.hours.now(Phase.FINAL))


def _publish(play: Play) -> None:
    """Number the certificates, have them drawn, and publish."""
    organizer = play.cast.organizer
    signing.make_self_signed(
        current_app.config["SETTINGS"].instance, f"Ban Tổ chức {play.contest.short_name} (bản thử)", play.hours.drawn
    )
    with transaction():
        key = seal.signing_key(Path(current_app.instance_path))
        certificates.prepare(play.contest, key=key, by=organizer, now=play.hours.drawn)
        drawing = certificates.request_drawing(play.contest, by=organizer, now=play.hours.drawn)
        kind = drawing.kind
    clock.set_to(play.hours.drawn)
    while jobs.work_once(kind):
        pass
    clock.set_to(play.hours.now(Phase.PUBLISHED))
    with transaction():
        results.publish(play.contest, by=organizer, now=play.hours.published)
