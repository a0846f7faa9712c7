"""Runs of versions in Python, in which the program or its interpreter is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

from answers import lost_answers
from concurrency import signals
from failure import Failure
from kills import (
    Disturb, between_statements, kill_case, named_points, orders, random_times, shim, undisturbed)
from moments import Moment, moments
from program import Outcome, wait_until
from scripts import brief, family
from servers import terminations
from sites import Site
from suite import Bench, Case, Scenario, Workplace


def lost_interpreter(site: Site, disturb: Disturb, looks_between: bool) -> bool:
    """Lets a run lose its interpreter; checks what it says, what it left, how the next goes on.

    Returns whether the run still needed the interpreter.
    """
    outcome = disturb(site)
    if outcome.status == 0:
        # The last script had returned.
        site.check_end()
    elif outcome.status != 1 or "signal 9 ended it" not in outcome.errors:
        raise Failure("exit 1 and 'signal 9 ended it', or exit 0", outcome.text)
    else:
        site.tally.add(interpreters=1)
    site.check_report(outcome)
    if looks_between:
        site.check_between()
        site.check_interpreters()
    if outcome.status == 1:
        site.resume(was_cut=True)
    return outcome.status == 1


def within_scripts(scenario: Scenario, mode: str) -> None:
    """Interpreters that kill themselves, after each statement and while they load the scripts."""
    numbers = family(mode, speaks=True).points(scenario.engine, python_only=True)
    amount = scenario.bench.amount(1, len(numbers))
    points = ["loading", *map(str, sorted(scenario.random.sample(numbers, amount)))]

    def case(number: int, point: str) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode)
            order = {"FAULTS_DIES": point}
            return lost_interpreter(site, lambda s: s.run(order), bool(number % 2))

        return Case(f"{mode}: the interpreter ends at point {point}", body)

    cases = [case(*numbered) for numbered in enumerate(points)]
    scenario.perform(cases, "interpreters killed", len(cases))


def channel_points(scenario: Scenario, mode: str) -> None:
    """Kills the interpreter at each use of its channel, or at a sample of them."""
    bench = scenario.bench
    interpreter = Path(os.path.realpath(bench.python))
    trace = undisturbed(scenario, mode, False, interpreter)
    possible = orders(trace)
    chosen = scenario.random.sample(possible, min(len(possible), bench.amount(2, 100)))

    def case(point: int, moment: str) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=brief(mode))
            order = shim(site, bench, f"{point}:{moment}", interpreter)
            return lost_interpreter(site, lambda s: s.run(order), bool(point % 2))

        return Case(f"{mode}: interpreter, {moment} point {point} ({trace[point - 1]})", body)

    # What follows the last answer comes too late.
    cases = [case(*order) for order in sorted(chosen)]
    scenario.perform(cases, "interpreters killed", len(cases) * 3 // 4)


def kill_interpreter_after(moment: Moment) -> Disturb:
    """Kills the interpreter of a run at that moment, or as soon as there is one."""

    def disturb(site: Site) -> Outcome:
        assert (interpreters := site.interpreters)
        runner = site.start()
        moment.wait()
        wait_until("an interpreter", lambda: bool(interpreters.started) or runner.is_over())
        interpreters.kill()
        outcome = runner.outcome()
        moment.learn(outcome)
        return outcome

    return disturb


def random_interpreter_times(scenario: Scenario, mode: str) -> None:
    """Kills the interpreter at random times of a run."""
    amount = scenario.bench.amount(2, 40)

    def case(number: int, moment: Moment) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=family(mode, speaks=True))
            return lost_interpreter(site, kill_interpreter_after(moment), bool(number % 2))

        return Case(f"{mode}: interpreter, {moment}", body)

    cases = [case(*numbered) for numbered in enumerate(moments(scenario, mode, amount))]
    scenario.perform(cases, "interpreters killed", max(1, amount // 3))


def while_loading(scenario: Scenario, mode: str) -> None:
    """Kills the program while its interpreter starts, and loads a script that sleeps meanwhile."""
    bench = scenario.bench
    trace = undisturbed(scenario, mode, False)
    stalls = {"FAULTS_STALLS": "loading"}
    # The program has sent everything when the interpreter has hardly begun.
    first, last = trace.index("posix_spawnp") + 1, trace.index("read channel")
    possible = [
        each for each in orders(trace) if first <= each[0] <= last and each != (first, "before")
    ]
    chosen = scenario.random.sample(possible, min(len(possible), bench.amount(1, 20)))
    # The latest point is the one at which the most is left for the interpreter to do.
    chosen = sorted({*chosen, (last, "after")})

    def case(point: int, moment: str) -> Case:
        def body(place: Workplace) -> bool:
            site = place.site(mode, scripts=brief(mode))
            order = shim(site, bench, f"{point}:{moment}") | stalls
            return kill_case(site, lambda s: s.run(order), looks_between=True)

        return Case(f"{mode}: {moment} point {point} ({trace[point - 1]})", body)

    def loaded(place: Workplace) -> bool:
        def disturb(site: Site) -> Outcome:
            runner = site.start(stalls)
            wait_until("a script that is loaded", lambda: bool(interpreters.loaded))
            runner.send(signal.SIGKILL)
            return runner.outcome()

        site = place.site(mode, scripts=brief(mode))
        assert (interpreters := site.interpreters)
        return kill_case(site, disturb, looks_between=True)

    cases = [case(*order) for order in chosen] + [Case(f"{mode}: a script is being loaded", loaded)]
    scenario.perform(cases, "killed", len(cases))


# Where a short form of the suite performs them: on each engine, with one mode.
_SHORT = (("sqlite", "python version"), ("postgresql", "python run"))


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module, and those of others that need some more time."""
    trials: list[tuple[str, Callable[[Scenario, str], None]]] = [
        ("named points", lambda s, mode: named_points(s, mode, False)),
        ("between statements", between_statements),
        ("random times", random_times),
        ("while loading", while_loading),
        ("interpreters, in scripts", within_scripts),
        ("interpreters, named points", channel_points),
        ("interpreters, random times", random_interpreter_times),
    ]
    if bench.is_long:
        trials.append(("signals", signals))
    for mode in modes:
        for engine in bench.tallies:
            if bench.is_long or (engine, mode) in _SHORT:
                for name, body in trials:
                    bench.perform(f"{name} {mode}", engine, lambda s, body=body: body(s, mode))
        if bench.is_long:
            bench.perform(f"ended sessions {mode}", "postgresql", lambda s: terminations(s, mode))
            bench.perform(f"lost answers {mode}", "postgresql", lambda s: lost_answers(s, mode))
    for mode in modes if bench.is_long else modes[:1]:
        bench.perform(f"named points {mode}, write-ahead log", "sqlite",
                      lambda s: named_points(s, mode, True))
