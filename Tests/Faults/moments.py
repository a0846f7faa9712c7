"""Random moments of runs whose duration is measured, and learned when they prove shorter."""

from __future__ import annotations

import time
from dataclasses import dataclass

from failure import Failure
from program import Outcome
from scripts import family
from suite import Bench, Case, Scenario, Workplace


@dataclass(frozen=True)
class Moment:
    """A share of the time that a run of the scripts that speak takes."""

    bench: Bench
    key: tuple[str, str]
    share: float

    def wait(self) -> None:
        """Sleeps from the start of a run to the moment."""
        time.sleep(self.share * self.bench.durations[self.key])

    def learn(self, outcome: Outcome) -> None:
        """Remembers the duration of a run that was over before anything happened to it."""
        if outcome.status == 0:
            known = self.bench.durations[self.key]
            self.bench.durations[self.key] = min(known, outcome.seconds)

    def __str__(self) -> str:
        return f"after {self.share:.1%} of a run"


def moments(scenario: Scenario, mode: str, amount: int, until: float = 1.2) -> list[Moment]:
    """Random moments, spread between a run's start and `until` times its duration.

    The duration is measured once.
    """
    bench, key = scenario.bench, (scenario.engine, mode)
    seconds: list[float] = []

    def body(place: Workplace) -> bool:
        outcome = place.site(mode, scripts=family(mode, speaks=True)).run()
        if outcome.status != 0:
            raise Failure("exit 0 of an undisturbed run", outcome.text)
        seconds.append(outcome.seconds)
        return True

    if key not in bench.durations:
        scenario.perform([Case("undisturbed", body)] * 3, "undisturbed", 3, workers=1)
        if not seconds:
            raise Failure("an undisturbed run", "none")
        bench.durations[key] = min(seconds)
    return [
        Moment(bench, key, (number + scenario.random.random()) * until / amount)
        for number in range(amount)
    ]
