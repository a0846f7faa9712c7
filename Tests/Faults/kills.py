"""Runs that SIGKILL ends: at named points, between statements and at random times."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from failure import Failure
from moments import Moment, moments
from program import Outcome, wait_until
from scripts import brief, family, is_python
from sites import Site
from suite import Bench, Case, Scenario, Workplace

Disturb = Callable[[Site], Outcome]

# The moments of a point at which a kill may come; one that writes can be cut in the middle.
_MOMENTS = ("before", "after")
_WRITES = ("send", "write", "pwrite", "pwrite64")
# The points at which a run and its interpreter meet.
_MEETINGS = ("posix_spawnp", "send channel", "read channel")


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
        site.check_interpreters()
    site.resume(was_cut=outcome.killed)
    return outcome.killed


def shim(
    site: Site, bench: Bench, order: str | None = None, program: Path | None = None
) -> dict[str, str]:
    """The environment in which a run, or what it starts, names its points, and dies at one."""
    environment = {
        "FAULTS_PROGRAM": str(program or bench.program),
        "LD_PRELOAD": str(bench.shim),
        "FAULTS_TRACE": str(site.folder / "points.txt"),
        "FAULTS_FOLDER": str(site.folder / "db"),
    }
    return environment | ({"FAULTS_KILL": order} if order else {})


def undisturbed(
    scenario: Scenario, mode: str, wal: bool, program: Path | None = None
) -> list[str]:
    """The names of the points of an undisturbed run, or of what it starts; found out once."""
    trace: list[str] = []

    def count(place: Workplace) -> bool:
        site = place.site(mode, place.database(wal), brief(mode))
        outcome = site.run(shim(site, scenario.bench, program=program))
        if outcome.status != 0:
            raise Failure("exit 0 of an undisturbed run", outcome.text)
        site.check_end()
        site.check_interpreters()
        if site.interpreters:
            site.interpreters.check_known()
        trace.extend((site.folder / "points.txt").read_text().splitlines())
        return True

    key = (scenario.engine, mode, wal, program)
    if key not in scenario.bench.traces:
        scenario.perform([Case("undisturbed", count)], "undisturbed", 1)
        if not trace:
            raise Failure("some points", "none")
        scenario.bench.traces[key] = trace
    scenario.count("points", len(scenario.bench.traces[key]))
    return scenario.bench.traces[key]


def orders(trace: list[str]) -> list[tuple[int, str]]:
    """Every moment of every point."""
    return [
        (point, moment)
        for point, name in enumerate(trace, start=1)
        for moment in _MOMENTS + (("within",) if name.split()[0] in _WRITES else ())
    ]


def named_points(scenario: Scenario, mode: str, wal: bool) -> None:
    """Kills at each point of an undisturbed run, or at a sample of them."""
    bench = scenario.bench
    trace = undisturbed(scenario, mode, wal)
    possible = orders(trace)
    sample = min(len(possible), bench.amount(24, 800))
    chosen = scenario.random.sample(possible, sample)
    if is_python(mode):
        # Such a run takes long: a part of them, and those where the two processes meet.
        meetings = [order for order in possible if trace[order[0] - 1] in _MEETINGS]
        amount = min(len(meetings), bench.amount(2, 100))
        chosen = scenario.random.sample(meetings, amount) + chosen[:bench.amount(2, 60)]

    def case(point: int, moment: str) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, place.database(wal), brief(mode))
            order = f"{point}:{moment}"
            return kill_case(site, lambda s: s.run(shim(s, bench, order)), bool(point % 2))

        return Case(f"{mode}: {moment} point {point} ({trace[point - 1]})", body)

    # The number of answers that libpq hands over varies a little from run to run.
    cases = [case(*order) for order in sorted(chosen)]
    scenario.perform(cases, "killed", len(cases) * 9 // 10)


def kill_at(point: int, stalls: bool = False) -> Disturb:
    """Kills a run as soon as it has said `point N`, where a script in Python may go to sleep."""

    def disturb(site: Site) -> Outcome:
        runner = site.start({"FAULTS_STALLS": str(point)} if stalls else None)
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
    """Kills after each statement of the scripts that say that they were run."""
    scripts = family(mode, speaks=True)
    numbers = scripts.points(scenario.engine)
    amount = scenario.bench.amount(2 if is_python(mode) else 6, len(numbers))
    points = sorted(scenario.random.sample(numbers, amount))

    def case(point: int) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=scripts)
            return kill_case(site, kill_at(point, stalls=is_python(mode)), bool(point % 2))

        return Case(f"{mode}: after point {point}", body)

    scenario.perform([case(point) for point in points], "killed", amount * 9 // 10)


def random_times(scenario: Scenario, mode: str) -> None:
    """Kills at random times of a run."""
    amount = scenario.bench.amount(2 if is_python(mode) else 8, 60)

    def case(number: int, moment: Moment) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=family(mode, speaks=True))
            return kill_case(site, kill_after(moment), bool(number % 2))

        return Case(f"{mode}: {moment}", body)

    cases = [case(*numbered) for numbered in enumerate(moments(scenario, mode, amount))]
    scenario.perform(cases, "killed", max(1, amount // 3))


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
