"""Runs that SIGKILL ends: at named points, between statements and at random times."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from failure import Failure
from moments import Moment, moments
from program import Outcome, wait_until
from scripts import family
from sites import Site
from suite import Bench, Case, Scenario, Workplace

Disturb = Callable[[Site], Outcome]

# The moments of a point at which a kill may come; one that writes can be cut in the middle.
_MOMENTS = ("before", "after")
_WRITES = ("send", "write", "pwrite", "pwrite64")


def kill_case(site: Site, disturb: Disturb, looks_between: bool) -> bool:
    """Lets a run be killed, and checks what it left and how the next one goes on.

    Looking in between gives the server time to notice; without it the next run comes at once.
    """
    outcome = disturb(site)
    if outcome.killed:
        site.tally.add(killed=1)
    elif outcome.status != 0:
        raise Failure("a run that is killed or ends well", outcome.text)
    if looks_between:
        site.check_between()
    site.resume(was_cut=outcome.killed)
    return outcome.killed


def shim(site: Site, bench: Bench, order: str | None = None) -> dict[str, str]:
    """The environment in which a run names its points, and dies at one."""
    environment = {
        "LD_PRELOAD": str(bench.shim),
        "FAULTS_TRACE": str(site.folder / "points.txt"),
        "FAULTS_FOLDER": str(site.folder / "db"),
    }
    return environment | ({"FAULTS_KILL": order} if order else {})


def named_points(scenario: Scenario, mode: str, wal: bool) -> None:
    """Kills at each point of an undisturbed run, or at a sample of them."""
    bench = scenario.bench
    trace: list[str] = []

    def count(place: Workplace) -> bool:
        site = place.site(mode, place.database(wal))
        outcome = site.run(shim(site, bench))
        if outcome.status != 0:
            raise Failure("exit 0 of an undisturbed run", outcome.text)
        site.check_end()
        trace.extend((site.folder / "points.txt").read_text().splitlines())
        return True

    scenario.perform([Case("undisturbed", count)], "undisturbed", 1)
    if not trace:
        raise Failure("some points", "none")
    orders = [
        (point, moment)
        for point, name in enumerate(trace, start=1)
        for moment in _MOMENTS + (("within",) if name.split()[0] in _WRITES else ())
    ]
    scenario.count("points", len(trace))
    sample = min(len(orders), bench.amount(24, 800))
    chosen = sorted(scenario.random.sample(orders, sample))

    def case(point: int, moment: str) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, place.database(wal))
            order = f"{point}:{moment}"
            return kill_case(site, lambda s: s.run(shim(s, bench, order)), bool(point % 2))

        return Case(f"{mode}: {moment} point {point} ({trace[point - 1]})", body)

    # The number of answers that libpq hands over varies a little from run to run.
    scenario.perform([case(*order) for order in chosen], "killed", sample * 9 // 10)


def kill_at(point: int) -> Disturb:
    """Kills a run as soon as it has said `point N`."""

    def disturb(site: Site) -> Outcome:
        runner = site.start()
        runner.wait_until_said(f"point {point}\n")
        runner.send(signal.SIGKILL)
        return runner.outcome()

    return disturb


def kill_after(moment: Moment) -> Disturb:
    """Kills a run at that moment."""

    def disturb(site: Site) -> Outcome:
        runner = site.start()
        moment.wait()
        runner.send(signal.SIGKILL)
        outcome = runner.outcome()
        moment.learn(outcome)
        return outcome

    return disturb


def between_statements(scenario: Scenario, mode: str) -> None:
    """Kills after each statement of the scripts, which say on PostgreSQL that they were run."""
    scripts = family(mode, speaks=True)
    amount = scenario.bench.amount(6, scripts.points)
    points = sorted(scenario.random.sample(range(1, scripts.points + 1), amount))

    def case(point: int) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=scripts)
            return kill_case(site, kill_at(point), bool(point % 2))

        return Case(f"{mode}: after point {point}", body)

    scenario.perform([case(point) for point in points], "killed", amount * 9 // 10)


def random_times(scenario: Scenario, mode: str) -> None:
    """Kills at random times of a run."""
    amount = scenario.bench.amount(8, 60)

    def case(number: int, moment: Moment) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=family(mode, speaks=True))
            return kill_case(site, kill_after(moment), bool(number % 2))

        return Case(f"{mode}: {moment}", body)

    cases = [case(*numbered) for numbered in enumerate(moments(scenario, mode, amount))]
    scenario.perform(cases, "killed", amount // 3)


def killed_builds(scenario: Scenario, mode: str) -> None:
    """Ends a CREATE INDEX CONCURRENTLY that waits for a reader, which leaves an invalid index."""

    def body(place: Workplace) -> bool:
        database = place.on(scenario.bench.server)
        site = place.site(mode, database, scripts=family(mode).until(3))
        first = site.run()
        if first.status != 0:
            raise Failure("exit 0 of the first run", first.text)
        site.grow(family(mode))
        with database.session() as reader:
            reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM log")
            runner = site.start()
            wait_until("an index that is not valid yet", lambda: bool(database.invalid_indexes()))
            runner.send(signal.SIGKILL)
            database.terminate()
            outcome = runner.outcome()
        database.settle()
        left = bool(database.invalid_indexes())
        site.tally.add(killed=outcome.killed)
        site.resume(was_cut=outcome.killed)
        return left and outcome.killed

    amount = scenario.bench.amount(2, 10)
    scenario.perform([Case(f"{mode}: a killed build", body)] * amount, "indexes left", amount)


def build_shim(source: Path, target: Path) -> None:
    """Compiles the shim."""
    subprocess.run(
        ["gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", target, source,
         "-ldl"], check=True)


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for mode in modes:
        bench.perform(f"named points {mode}", "sqlite", lambda s: named_points(s, mode, False))
        bench.perform(f"named points {mode}", "postgresql", lambda s: named_points(s, mode, False))
        bench.perform(f"between statements {mode}", "postgresql",
                      lambda s: between_statements(s, mode))
        if mode == "outside":
            bench.perform(f"killed builds {mode}", "postgresql", lambda s: killed_builds(s, mode))
        for engine in bench.tallies:
            bench.perform(f"random times {mode}", engine, lambda s: random_times(s, mode))
    bench.perform("named points version, write-ahead log", "sqlite",
                  lambda s: named_points(s, "version", True))
