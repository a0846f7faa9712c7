"""The bench on which scenarios run their cases, and what it reports."""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from database import Database, PostgresDatabase, SQLiteDatabase
from failure import Failure
from interpreters import Interpreters
from postgres import Cluster, ClusterFactory
from scripts import Family, family, is_python
from sites import Site, Tally

# A scenario with so many failed cases is not going to say more.
ENOUGH_FAILURES = 3


@dataclass(frozen=True)
class Case:
    """One trial of a scenario: what it is, and what it does.

    The body returns whether the fault came while the run was under way.
    """

    label: str
    body: Callable[["Workplace"], bool]


@dataclass
class Bench:
    """What all scenarios share."""

    program: Path
    python: Path
    shim: Path
    kept: Path
    seed: str
    is_long: bool
    tallies: dict[str, Tally]
    folder: Path
    clusters: ClusterFactory
    only: str = ""
    # How many seconds undisturbed runs take, by engine and mode.
    durations: dict[tuple[str, str], float] = field(default_factory=dict)
    # The names of the points of undisturbed runs, by engine, mode, journal and program.
    traces: dict[tuple[str, str, bool, Path | None], list[str]] = field(default_factory=dict)
    passed: int = 0
    failed: int = 0
    _main: Cluster | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def server(self) -> Cluster:
        """The server of the cases that do not harm it."""
        with self._lock:
            if self._main is None:
                self._main = self.clusters.start("main")
        return self._main

    def amount(self, short: int, long: int) -> int:
        """How many of something this form of the suite does."""
        return long if self.is_long else short

    def some(self, modes: tuple[str, ...]) -> tuple[str, ...]:
        """The modes; in the short form without `repository`, which lies between two others."""
        return tuple(mode for mode in modes if self.is_long or mode != "repository")

    def perform(self, name: str, engine: str, body: Callable[["Scenario"], None]) -> None:
        """Performs a scenario and says how it went."""
        if self.only not in f"{name} {engine}":
            return
        scenario = Scenario(self, name, engine)
        start = time.monotonic()
        try:
            body(scenario)
        except Failure as failure:
            scenario.fail("as a whole", str(failure), None)
        except Exception:
            scenario.fail("as a whole", traceback.format_exc(), None)
        if not scenario.counts and not scenario.failures:
            scenario.fail("as a whole", "expected: some cases\nfound: none", None)
        words = ", ".join(f"{count} {what}" for what, count in scenario.counts.items())
        verdict = "FAILED" if scenario.failures else "ok"
        seconds = time.monotonic() - start
        print(f"{verdict:6} {engine:10} {name}: {words} ({seconds:.1f} s)", flush=True)
        if scenario.failures:
            self.failed += 1
        else:
            self.passed += 1


class Scenario:
    """A scenario under way: its cases, what they counted and what failed."""

    def __init__(self, bench: Bench, name: str, engine: str) -> None:
        self.bench = bench
        self.name = name
        self.engine = engine
        self.random = random.Random(f"{bench.seed} {name} {engine}")
        self.counts: dict[str, int] = {}
        self.failures = 0
        self.folder = bench.folder / f"{engine}-{name}".replace(" ", "-")
        self.folder.mkdir()
        self._lock = threading.Lock()

    def count(self, what: str, number: int = 1) -> None:
        """Adds to what the scenario's line says."""
        with self._lock:
            self.counts[what] = self.counts.get(what, 0) + number

    def perform(
        self, cases: Sequence[Case], what: str, minimum: int, workers: int | None = None
    ) -> None:
        """Runs the cases beside each other; a Failure when less than `minimum` faults landed."""
        landed = []

        def attempt(number: int, case: Case) -> None:
            if self.failures >= ENOUGH_FAILURES:
                return
            place = Workplace(self, number)
            try:
                landed.append(case.body(place))
            except Failure as failure:
                self.fail(case.label, str(failure), place)
            except Exception:
                self.fail(case.label, traceback.format_exc(), place)
            finally:
                self._remove(place)

        # Much of a case is waiting for servers and pauses.
        with ThreadPoolExecutor(workers or 2 * (os.cpu_count() or 2)) as pool:
            list(pool.map(attempt, range(len(cases)), cases))
        self.count("cases", len(cases))
        self.count(what, sum(landed))
        if not self.failures and sum(landed) < minimum:
            raise Failure(f"at least {minimum} of {len(cases)} {what}", sum(landed))

    def _remove(self, place: Workplace) -> None:
        try:
            place.remove()
        except Exception:
            self.fail("cleaning up", traceback.format_exc(), None)

    def fail(self, label: str, message: str, place: Workplace | None) -> None:
        """Reports a failed case and keeps its folder."""
        with self._lock:
            self.failures += 1
        text = f"{self.engine}, {self.name}, FAULT_SEED={self.bench.seed}, {label}\n{message}"
        if place:
            try:
                text += f"\nkept: {place.keep(text)}"
            except OSError as error:
                text += f"\nnot kept: {error}"
        print("FAULT  " + text.replace("\n", "\n       "), file=sys.stderr, flush=True)


class Workplace:
    """The folder and the databases of one case."""

    def __init__(self, scenario: Scenario, number: int) -> None:
        self.scenario = scenario
        self.bench = scenario.bench
        self.tally = self.bench.tallies[scenario.engine]
        self.folder = Path(tempfile.mkdtemp(prefix=f"{number}-", dir=scenario.folder))
        # The servers' user looks into it.
        self.folder.chmod(0o755)
        # What is to be undone when the case is over, the last first.
        self.cleanup = ExitStack()
        self._databases: list[Database] = []

    def database(self, wal: bool = False) -> Database:
        """A fresh database on the scenario's engine."""
        if self.scenario.engine == "postgresql":
            return self.on(self.bench.server)
        return self.in_folder(self.folder / "db", wal)

    def in_folder(self, folder: Path, wal: bool = False) -> SQLiteDatabase:
        """A fresh SQLite database in a folder of its own."""
        database = SQLiteDatabase(folder, self.folder / "copy", wal)
        self._databases.append(database)
        return database

    def on(
        self, server: Cluster, url: Callable[[str], str] | None = None, tablespace: str = "",
        drops: bool = True,
    ) -> PostgresDatabase:
        """A fresh database of a server, reached by the URL of its name; dropped in the end."""
        name = f"f{time.time_ns()}_{threading.get_ident() % 1000}"
        database = PostgresDatabase(
            server.conninfo, name, (url or server.url)(name), tablespace)
        self._databases.append(database)
        if drops:
            self.cleanup.callback(database.remove)
        return database

    def site(
        self, mode: str, database: Database | None = None, scripts: Family | None = None,
        options: str = "lock_wait = 60\n",
    ) -> Site:
        """A site of the mode's scripts on a fresh database, unless others are given."""
        bench = self.bench
        interpreters = (
            Interpreters(bench.python, bench.shim, self.folder) if is_python(mode) else None)
        return Site(
            bench.program, self.folder, database or self.database(), scripts or family(mode), mode,
            self.tally, options, interpreters)

    def keep(self, text: str) -> Path:
        """Copies the folder to where it outlives the suite."""
        for database in self._databases:
            try:
                database.dump(self.folder)
            except Exception as error:
                text += f"\nno dump of the database: {error}"
        (self.folder / "failure.txt").write_text(text + "\n")
        for log in (*self.bench.folder.glob("*/*.log"), *self.bench.folder.glob("*/pooler/*.log")):
            shutil.copy(log, self.folder / f"{log.parent.name}-{log.name}")
        target = self.bench.kept / self.folder.parent.name / self.folder.name
        shutil.copytree(self.folder, target, dirs_exist_ok=True)
        return target

    def remove(self) -> None:
        """Undoes what is to be undone, and removes the folder."""
        self.cleanup.close()
        shutil.rmtree(self.folder, ignore_errors=True)
