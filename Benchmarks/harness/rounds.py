"""Contenders in turn: each round runs all of them once, so that what else the machine does meets all."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .contenders import Contender
from .databases import Database, PostgresDatabase, Server, SQLiteDatabase
from .proof import WrongResult, check_all, check_version
from .proxy import Proxy
from .stopwatch import CommandFailed, Reading, Stopwatch
from .workloads import Workload

# Seconds. Whoever has been timed for so long is not asked again. Who takes longer for the first run,
# which only was to be checked, has that counted, and no other.
PATIENCE = 10.0


@dataclass(frozen=True)
class Scenario:
    """One comparison: contenders that do the same work on one engine."""

    key: str
    title: str
    engine: str
    workload: Workload
    contenders: list[Contender]
    # Whether the runs that are timed find the database empty, and not at head.
    fresh: bool = True
    # Milliseconds that everything between contender and server takes each way.
    delay: float = 0.0
    # How many rounds at most.
    rounds: int = 1000
    # What the growth table shows it as: the name of a series, and how large this is.
    series: str = ""
    size: int = 0


@dataclass
class Result:
    """What one contender took in all rounds of a scenario."""

    contender: Contender
    readings: list[Reading] = field(default_factory=list)
    syncs: int | None = None
    trips: int | None = None
    failure: str = ""

    @property
    def seconds(self) -> float:
        """The median time."""
        return statistics.median(reading.seconds for reading in self.readings)

    @property
    def processor(self) -> float:
        """The median of the processor time."""
        return statistics.median(reading.processor for reading in self.readings)

    @property
    def memory(self) -> int:
        """The largest peak of memory, in bytes."""
        return max(reading.memory for reading in self.readings)

    def ratio(self, other: Result) -> float:
        """The median, over the rounds, of this contender's time as a multiple of the other's."""
        # Who was slow has fewer rounds than the other: the first ones.
        pairs = zip(self.readings, other.readings, strict=False)
        return statistics.median(mine.seconds / others.seconds for mine, others in pairs)


@dataclass(frozen=True)
class Bench:
    """What all scenarios share."""

    folder: Path
    # Where the programs of `limits/` are.
    programs: Path
    stopwatch: Stopwatch
    server: Server
    rounds: int


class Case:
    """A contender with its migrations and its database."""

    def __init__(self, bench: Bench, scenario: Scenario, contender: Contender, number: int) -> None:
        self.bench = bench
        self.scenario = scenario
        self.contender = contender
        self.result = Result(contender)
        self.folder = bench.folder / f"contender-{number}"
        self.database: Database
        if scenario.engine == "sqlite":
            self.database = SQLiteDatabase(self.folder, "database")
        else:
            self.database = PostgresDatabase(bench.server, f"bench_{number}")

    def prepare(self) -> None:
        """Brings an empty database to head, and checks what is there."""
        self.folder.mkdir()
        self.contender.write(self.folder, self.scenario.workload)
        self.database.empty()
        if not self.scenario.fresh:
            with self.database.hurry(self.bench.programs / "hasty.so") as before:
                self._time(before + self.contender.first_command(self.folder, self.database))
            check_all(self.contender, self.database, self.scenario.workload)
        reading = self._time(self._command(self.database))
        check_all(self.contender, self.database, self.scenario.workload)
        if reading.seconds > PATIENCE and not self.scenario.delay:
            self.result.readings.append(reading)

    def count(self) -> None:
        """Counts the fsyncs of one run on SQLite, or its round trips to PostgreSQL."""
        self._begin()
        if isinstance(self.database, PostgresDatabase):
            with Proxy(self.database.server, self.folder) as proxy:
                self._time(self._command(self.database.through(proxy.address)))
                self.result.trips = proxy.trips
        else:
            self.result.syncs = self.bench.stopwatch.syncs(self._command(self.database), self.folder)

    def round(self, way: Server | None) -> None:
        """One timed run."""
        self._begin()
        database = self.database
        if way and isinstance(database, PostgresDatabase):
            database = database.through(way)
        reading = self._time(self._command(database))
        check_version(self.contender, self.database, self.scenario.workload)
        self.result.readings.append(reading)

    def remove(self) -> None:
        """Removes folder and database."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if isinstance(self.database, PostgresDatabase):
            self.database.drop()

    @property
    def is_done(self) -> bool:
        """Whether nothing more of it is wanted."""
        spent = sum(reading.seconds for reading in self.result.readings)
        return bool(self.result.failure) or spent > PATIENCE

    def _begin(self) -> None:
        if self.scenario.fresh:
            self.database.empty()
            # What others have left to write would be waited for by whoever is timed next.
            os.sync()

    def _command(self, database: Database) -> list[str]:
        return self.contender.command(self.folder, database)

    def _time(self, command: list[str]) -> Reading:
        return self.bench.stopwatch.time(command, self.folder)


def perform(bench: Bench, scenario: Scenario) -> list[Result]:
    """Prepares and checks every contender, and times them in rounds."""
    cases = [Case(bench, scenario, contender, number)
             for number, contender in enumerate(scenario.contenders)]
    try:
        for case in cases:
            _attempt(case, case.prepare)
            _attempt(case, case.count)
        if not scenario.delay:
            _rounds(bench, scenario, cases, None)
        else:
            with Proxy(bench.server, None, scenario.delay) as proxy:
                _rounds(bench, scenario, cases, proxy.address)
    finally:
        for case in cases:
            case.remove()
    return [case.result for case in cases]


def _rounds(bench: Bench, scenario: Scenario, cases: list[Case], way: Server | None) -> None:
    for number in range(min(bench.rounds, scenario.rounds)):
        # Who begins changes, so that nobody is always the one behind the same other.
        first = number % len(cases)
        for case in cases[first:] + cases[:first]:
            _attempt(case, lambda: case.round(way))


def _attempt(case: Case, action: Callable[[], None]) -> None:
    """Does something unless the case is done; who fails is named in the table, and is out."""
    if case.is_done:
        return
    try:
        action()
    except (CommandFailed, WrongResult) as error:
        case.result.failure = str(error)
        print(f"{case.contender.name} fails: {error}", file=sys.stderr, flush=True)
