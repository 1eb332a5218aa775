"""The time of the contest never runs backwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contest.clock import SLACK, Clock

NOON = datetime(2025, 8, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Machine:
    """A machine whose clock somebody sets."""

    def __init__(self) -> None:
        self.now, self.passed = NOON, 0.0

    def pass_by(self, time: timedelta) -> None:
        """Let time pass."""
        self.now += time
        self.passed += time.total_seconds()


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def clock(machine, tmp_path):
    """Start a process in one and the same instance."""
    return lambda: Clock(tmp_path, machine=lambda: machine.now, ticks=lambda: machine.passed)


def test_time_goes_on_where_a_clock_is_set_back(machine, clock):
    """A round that closed at noon stays closed. (G3)"""
    running = clock()
    assert running.time_of_day() == NOON

    machine.now -= 60 * MINUTE
    machine.pass_by(5 * MINUTE)

    assert running.time_of_day() == NOON + 5 * MINUTE
    assert running.set_back() == 60 * MINUTE


def test_what_starts_anew_knows_how_far_time_had_come(machine, clock):
    """(G3)"""
    clock().remember()
    machine.now -= 60 * MINUTE

    assert clock().time_of_day() == NOON


def test_a_clock_that_is_put_right_by_a_little_never_runs_backwards(machine, clock):
    running = clock()
    running.time_of_day()
    machine.now -= SLACK / 2

    assert running.time_of_day() == NOON
    assert running.set_back() == timedelta()
    machine.pass_by(SLACK)
    assert running.time_of_day() == machine.now


def test_time_follows_the_machine_again_when_it_has_come_so_far(machine, clock):
    running = clock()
    running.time_of_day()
    machine.now -= 10 * MINUTE
    assert running.set_back() == 10 * MINUTE

    machine.now += 30 * MINUTE

    assert (running.time_of_day(), running.set_back()) == (NOON + 20 * MINUTE, timedelta())


def test_a_clock_that_was_wrong_before_is_trusted_when_somebody_says_so(machine, clock):
    running, other = clock(), clock()
    running.time_of_day(), other.time_of_day()
    running.remember()
    machine.now -= timedelta(days=3650)
    assert running.set_back() > timedelta(days=3600)

    other.trust_machine()

    for process in (running, other, clock()):
        assert (process.time_of_day(), process.set_back()) == (machine.now, timedelta())
