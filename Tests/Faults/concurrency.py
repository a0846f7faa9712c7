"""Many runs at once, and runs beside long readers and writers."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from typing import Protocol

from database import PostgresDatabase, SQLiteDatabase
from failure import Failure
from moments import Moment, moments
from program import wait_until
from scripts import family
from sites import Site
from suite import Bench, Case, Scenario, Workplace

# The advisory lock for which runs on PostgreSQL wait.
_LOCK = int.from_bytes(b"trove-mg", "big")


class _Session(Protocol):
    def close(self) -> None:
        """Ends the session and what it holds."""


def hold(site: Site, sqlite: str, postgresql: str) -> _Session:
    """A session that holds what these statements take, until it is closed."""
    if isinstance(site.database, PostgresDatabase):
        session = site.database.session()
        session.query(postgresql)
        return session
    assert isinstance(site.database, SQLiteDatabase)
    connection = sqlite3.connect(site.database.file, isolation_level=None, check_same_thread=False)
    for statement in sqlite.split(";"):
        connection.execute(statement).fetchone()
    return connection


def together(site: Site, number: int) -> bool:
    """So many runs that begin while the lock is held; every one ends well.

    Returns whether all of them were there at the same time.
    """
    holder = hold(site, "BEGIN EXCLUSIVE", f"SELECT pg_advisory_lock({_LOCK})")
    runners = [site.start() for _ in range(number)]
    # As long as nobody can go on, all of them get to where they wait.
    time.sleep(0.02 * number)
    waiting = sum(not runner.is_over() for runner in runners)
    holder.close()
    outcomes = [runner.outcome() for runner in runners]
    for outcome in outcomes:
        if outcome.status != 0:
            raise Failure("exit 0 of every run", outcome.text)
    if not any("Done" in outcome.output for outcome in outcomes):
        raise Failure("a run that did something", outcomes)
    site.check_end()
    return waiting == number


def crowds(scenario: Scenario, mode: str) -> None:
    """Sixty-four runs at once."""
    def body(place: Workplace) -> bool:
        return together(place.site(mode, options="lock_wait = 110\n"), 64)

    amount = scenario.bench.amount(1, 3)
    scenario.perform([Case(f"{mode}: 64 runs", body)] * amount, "64 at once", amount, workers=1)


def beside(
    scenario: Scenario, mode: str, statements: tuple[str, str], options: str, status: int
) -> None:
    """A run that finds the tables in use: it waits, unless it is told not to."""
    def body(place: Workplace) -> bool:
        site = place.site(mode, scripts=family(mode).until(2), options=options)
        first = site.run()
        if first.status != 0:
            raise Failure("exit 0 of the first run", first.text)
        site.grow(family(mode))
        holder = hold(site, *statements)
        runner = site.start()
        if status == 0:
            time.sleep(scenario.bench.amount(1, 3))
        else:
            wait_until("the end of the run", runner.is_over)
        had_to_wait = not runner.is_over()
        holder.close()
        outcome = runner.outcome()
        if outcome.status != status:
            raise Failure(f"exit {status}", outcome.text)
        if status == 0:
            site.check_end()
            return had_to_wait
        site.resume(was_cut=False)
        return True

    scenario.perform([Case(f"{mode}: beside '{statements}'", body)], "met", 1)


def signals(scenario: Scenario, mode: str) -> None:
    """SIGINT and SIGTERM at random times: the run undoes what it must and says so."""
    scripts = family(mode, speaks=True)
    amount = scenario.bench.amount(8, 60)

    def case(number: signal.Signals, moment: Moment) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=scripts)
            runner = site.start()
            moment.wait()
            runner.send(number)
            outcome = runner.outcome()
            moment.learn(outcome)
            # Before it has begun, the program leaves the signal to the system.
            if outcome.status not in (0, 128 + number, -number):
                raise Failure(f"exit {128 + number}, or 0 when the run was over", outcome.text)
            site.check_report(outcome)
            site.check_between()
            site.resume(was_cut=outcome.status != 0)
            return outcome.status != 0

        return Case(f"{mode}: {number.name} {moment}", body)

    cases = [
        case((signal.SIGINT, signal.SIGTERM)[number % 2], moment)
        for number, moment in enumerate(moments(scenario, mode, amount))
    ]
    scenario.perform(cases, "interrupted", amount // 3)


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    reader = (
        "BEGIN; SELECT count(*) FROM parent",
        "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM parent",
    )
    update = "UPDATE parent SET name = name"
    writer = (f"BEGIN IMMEDIATE; {update}", f"BEGIN; {update}")
    trials: list[tuple[str, Callable[[Scenario, str], None]]] = [
        ("64 runs", crowds),
        ("signals", signals),
        ("a reader", lambda s, mode: beside(s, mode, reader, "lock_wait = 60\n", 0)),
        ("a writer", lambda s, mode: beside(s, mode, writer, "lock_wait = 60\n", 0)),
    ]
    for mode in bench.some(modes):
        for engine in bench.tallies:
            for name, body in trials:
                bench.perform(f"{name} {mode}", engine, lambda s, body=body: body(s, mode))
        bench.perform(f"a writer, no wait {mode}", "sqlite",
                      lambda s: beside(s, mode, writer, "lock_wait = 0\n", 75))
