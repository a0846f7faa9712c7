"""Servers that stop, end sessions or hand over to a standby while a run is under way."""

from __future__ import annotations

import signal
from collections.abc import Callable

from failure import Failure
from moments import Moment, moments
from postgres import Cluster
from program import Outcome, Runner
from scripts import family
from sites import Site
from suite import Bench, Case, Scenario, Workplace


def check_cut(site: Site, outcome: Outcome) -> None:
    """After a run whose server failed: it says so, unless it was over; the next one goes on."""
    if outcome.status not in (0, 1, 75):
        raise Failure("exit 0, 1 or 75 of a run whose server failed", outcome.text)
    site.check_report(outcome)
    site.check_between()
    site.resume(was_cut=outcome.status != 0)


def restarts(scenario: Scenario, mode: str) -> None:
    """Stops the server as a crash would, and starts it again."""
    cluster = scenario.bench.clusters.start(f"restarts-{mode}")
    times = moments(scenario, mode, scenario.bench.amount(3, 20))

    def case(moment: Moment) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, place.on(cluster), scripts=family(mode, speaks=True))
            runner = site.start()
            moment.wait()
            was_running = not runner.is_over()
            cluster.stop(signal.SIGQUIT)
            outcome = runner.outcome()
            moment.learn(outcome)
            cluster.start()
            check_cut(site, outcome)
            return was_running

        return Case(f"{mode}: restarted {moment}", body)

    scenario.perform([case(moment) for moment in times], "restarts", len(times) // 3, workers=1)
    scenario.bench.clusters.discard(cluster)


def terminations(scenario: Scenario, mode: str) -> None:
    """Ends the session of the run, at random times and after statements."""
    amount = scenario.bench.amount(3, 20)
    scripts = family(mode, speaks=True)

    def case(label: str, wait: Callable[[Runner], object]) -> Case:
        def body(place: Workplace) -> bool:
            database = place.on(scenario.bench.server)
            site = place.site(mode, database, scripts)
            runner = site.start()
            wait(runner)
            ended = database.terminate()
            check_cut(site, runner.outcome())
            return ended > 0

        return Case(f"{mode}: session ended {label}", body)

    points = sorted(scenario.random.sample(scripts.points(scenario.engine), amount))
    cases = [
        case(str(moment), lambda _, moment=moment: moment.wait())
        for moment in moments(scenario, mode, amount)
    ] + [
        case(f"after {said}", lambda runner, said=said: runner.wait_until_said(f"{said}\n"))
        for said in (f"point {point}" for point in points)
    ]
    scenario.perform(cases, "sessions ended", amount)


def failovers(scenario: Scenario, mode: str) -> None:
    """Lets a synchronous standby take over from a primary that fails."""
    clusters = scenario.bench.clusters
    times = moments(scenario, mode, scenario.bench.amount(2, 6), until=0.9)

    def case(number: int, moment: Moment) -> Case:
        def body(place: Workplace) -> bool:
            primary = clusters.start(f"primary-{mode}-{number}")
            folder = primary.folder.with_name(f"standby-{mode}-{number}")
            place.cleanup.callback(clusters.discard, primary)
            standby = clusters.adopt(primary.standby(folder))
            place.cleanup.callback(clusters.discard, standby)
            return fail_over(place, primary, standby, moment)

        return Case(f"{mode}: failed over {moment}", body)

    def fail_over(
        place: Workplace, primary: Cluster, standby: Cluster, moment: Moment
    ) -> bool:
        def url(name: str) -> str:
            hosts = "&".join(f"host=127.0.0.1:{each.port}" for each in (primary, standby))
            return f"postgresql://trove@/{name}?{hosts}&target_session_attrs=read-write"

        # It goes with its servers.
        database = place.on(primary, url, drops=False)
        site = place.site(
            mode, database, scripts=family(mode, speaks=True),
            options="lock_wait = 60\nconnect_wait = 30\n")
        runner = site.start()
        moment.wait()
        was_running = not runner.is_over()
        primary.stop(signal.SIGQUIT)
        standby.promote()
        database.move(standby.conninfo)
        outcome = runner.outcome()
        moment.learn(outcome)
        check_cut(site, outcome)
        return was_running

    cases = [case(*numbered) for numbered in enumerate(times)]
    scenario.perform(cases, "failovers", len(times) // 2, workers=1)


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for mode in bench.some(modes):
        bench.perform(f"server restarts {mode}", "postgresql", lambda s: restarts(s, mode))
        bench.perform(f"ended sessions {mode}", "postgresql", lambda s: terminations(s, mode))
        bench.perform(f"failovers {mode}", "postgresql", lambda s: failovers(s, mode))
