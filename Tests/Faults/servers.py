"""Servers that stop, end sessions or hand over to a standby while a run is under way."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from failure import Failure
from kills import delays
from postgres import Cluster
from program import Outcome, Runner
from scripts import family
from sites import Site
from suite import Bench, Case, Scenario, Workplace


def check_cut(site: Site, outcome: Outcome) -> None:
    """After a run whose server failed: it says so, unless it was over, and the next one goes on."""
    if outcome.status not in (0, 1, 75):
        raise Failure("exit 0, 1 or 75 of a run whose server failed", outcome.text)
    site.check_report(outcome)
    site.check_between()
    site.resume(was_cut=outcome.status != 0)


def restarts(scenario: Scenario, mode: str) -> None:
    """Stops the server as a crash would, and starts it again."""
    cluster = scenario.bench.clusters.start(f"restarts-{mode}")
    times = delays(scenario, mode, scenario.bench.amount(3, 20))

    def case(delay: float) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, place.on(cluster), family=family(mode, speaks=True))
            runner = site.start()
            time.sleep(delay)
            was_running = not runner.is_over()
            cluster.stop(signal.SIGQUIT)
            outcome = runner.outcome()
            cluster.start()
            check_cut(site, outcome)
            return was_running

        return Case(f"{mode}: restarted after {delay:.3f} s", body)

    scenario.perform([case(delay) for delay in times], "restarts", len(times) // 2, workers=1)
    scenario.bench.clusters.discard(cluster)


def terminations(scenario: Scenario, mode: str) -> None:
    """Ends the session of the run, at random times and after statements."""
    amount = scenario.bench.amount(3, 20)
    scripts = family(mode, speaks=True)

    def case(label: str, wait: Callable[[Runner], object]) -> Case:
        def body(place: Workplace) -> bool:
            database = place.on(scenario.bench.server)
            site = place.site(mode, database, family=scripts)
            runner = site.start()
            wait(runner)
            ended = database.terminate()
            check_cut(site, runner.outcome())
            return ended > 0

        return Case(f"{mode}: session ended after {label}", body)

    points = sorted(scenario.random.sample(range(1, scripts.points + 1), amount))
    cases = [
        case(f"{delay:.3f} s", lambda _, delay=delay: time.sleep(delay))
        for delay in delays(scenario, mode, amount)
    ] + [
        case(f"point {point}", lambda runner, point=point: runner.wait_until_said(f"point {point}\n"))
        for point in points
    ]
    scenario.perform(cases, "sessions ended", amount)


def failovers(scenario: Scenario, mode: str) -> None:
    """Lets a synchronous standby take over from a primary that fails."""
    clusters = scenario.bench.clusters
    times = delays(scenario, mode, scenario.bench.amount(1, 6))

    def case(number: int, delay: float) -> Case:
        def body(place: Workplace) -> bool:
            primary = clusters.start(f"primary-{mode}-{number}")
            standby = clusters.adopt(primary.standby(primary.folder.parent / f"standby-{mode}-{number}"))
            try:
                return fail_over(place, primary, standby, delay)
            finally:
                clusters.discard(primary)
                # The database is dropped with its server.
                place.forget()
                clusters.discard(standby)

        return Case(f"{mode}: failed over after {delay:.3f} s", body)

    def fail_over(place: Workplace, primary: Cluster, standby: Cluster, delay: float) -> bool:
        def url(name: str) -> str:
            hosts = "&".join(f"host=127.0.0.1:{each.port}" for each in (primary, standby))
            return f"postgresql://trove@/{name}?{hosts}&target_session_attrs=read-write"

        database = place.on(primary, url)
        site = place.site(
            mode, database, family=family(mode, speaks=True),
            options="lock_wait = 60\nconnect_wait = 30\n")
        runner = site.start()
        time.sleep(delay)
        was_running = not runner.is_over()
        primary.stop(signal.SIGQUIT)
        standby.promote()
        database.move(standby.conninfo)
        check_cut(site, runner.outcome())
        return was_running

    cases = [case(*numbered) for numbered in enumerate(times)]
    scenario.perform(cases, "failovers", (len(times) + 1) // 2, workers=1)


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for mode in modes:
        bench.perform(f"server restarts {mode}", "postgresql", lambda s: restarts(s, mode))
        bench.perform(f"ended sessions {mode}", "postgresql", lambda s: terminations(s, mode))
        bench.perform(f"failovers {mode}", "postgresql", lambda s: failovers(s, mode))
