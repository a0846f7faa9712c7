"""A folder with a conf file, repositories and a database, and checks of what runs leave there."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from database import Contents, Database
from failure import Failure
from interpreters import Interpreters
from program import Outcome, Runner
from scripts import Family, scope


@dataclass
class Tally:
    """What is counted over all scenarios of an engine; the last four must stay 0."""

    killed: int = 0
    interpreters: int = 0
    resumed: int = 0
    twice: int = 0
    lost: int = 0
    locks: int = 0
    survivors: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, **counts: int) -> None:
        """Adds to the counts of these names."""
        with self._lock:
            for name, count in counts.items():
                setattr(self, name, getattr(self, name) + count)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was applied twice, lost or left behind."""
        return self.twice == self.lost == self.locks == self.survivors == 0


class Site:
    """One case's folder: the program runs there in one mode."""

    def __init__(
        self, program: Path, folder: Path, database: Database, family: Family, mode: str,
        tally: Tally, options: str, interpreters: Interpreters | None = None,
    ) -> None:
        self.folder = folder
        self.database = database
        self.family = family
        self.mode = mode
        self.tally = tally
        # Those of its runs, where versions are in Python.
        self.interpreters = interpreters
        self._program = program
        if interpreters:
            options += interpreters.option
        family.write(folder, database.engine)
        (folder / "trove.conf").write_text(
            f"[DEFAULT]\ndb_plugins = ./plugin\n[database]\nconnection = {database.url}\n"
            f"[migrate]\ncore_repo_path = ./core\n{options}")

    def grow(self, family: Family) -> None:
        """Puts the scripts of another family in place."""
        self.family = family
        family.write(self.folder, self.database.engine)

    def start(self, environment: dict[str, str] | None = None) -> Runner:
        """Starts a run."""
        arguments = ["db_sync", "--transaction", scope(self.mode)]
        watched = self.interpreters.environment if self.interpreters else {}
        return Runner(self._program, self.folder, arguments, watched | (environment or {}))

    def run(self, environment: dict[str, str] | None = None) -> Outcome:
        """A run from beginning to end."""
        return self.start(environment).outcome()

    def check_between(self, before: frozenset[tuple[str, int]] = frozenset()) -> None:
        """After a run that did not finish: each transaction is there as a whole or not at all.

        The versions `before` were there when it began.
        """
        self.database.settle()
        found = self.database.contents(self.family)
        self._count(found)
        if found.repeated != found.repetitions or found.hooked != found.hooks:
            raise Failure("a journal row for each repeatable script and hook that ran", found)
        if self.mode == "outside":
            return
        for repository, stands in found.stands.items():
            expected = {v for v in self.family.versions if v[0] == repository and v[1] <= stands}
            for name, rows in (("applied", found.applied), ("journal", found.journal)):
                there = {version for version in rows if version[0] == repository}
                if there != expected:
                    raise Failure(f"{name} as far as {repository} stands, {stands}", found)
        whole = {
            "run": [{"core", "plugin"}], "repository": [{"core"}, {"plugin"}], "version": [],
        }[scope(self.mode)]
        for repositories in whole:
            versions = {v for v in self.family.versions if v[0] in repositories} - before
            done = versions & set(found.applied)
            if done and done != versions:
                raise Failure(f"all or nothing of {sorted(repositories)}", found)

    def check_report(self, outcome: Outcome) -> None:
        """What a run that failed says it has applied is there."""
        stands = self.database.contents(self.family).stands
        said = re.findall(r"^  (\w+): \d+ -> (\d+)$", outcome.errors, re.MULTILINE)
        for repository, version in said:
            if stands[repository] < int(version):
                self.tally.add(lost=1)
                raise Failure(f"{repository} at {version}, as the run said", stands)

    def resume(self, was_cut: bool) -> None:
        """The next run goes to the end, and the one after it has nothing to do."""
        outcome = self.run()
        if outcome.status != 0:
            raise Failure("exit 0 of the next run", outcome.text)
        self.check_end()
        again = self.run()
        if again.status != 0 or not again.output.startswith("Nothing to do"):
            raise Failure("nothing to do for the run after the next", again.text)
        self.check_interpreters()
        if was_cut:
            self.tally.add(resumed=1)

    def check_interpreters(self, seconds: float = 20.0) -> None:
        """No interpreter outlives its run by so much."""
        if self.interpreters and (left := self.interpreters.survivors(seconds)):
            self.tally.add(survivors=len(left))
            raise Failure("no interpreter that outlives its run", f"the processes {left}")

    def check_end(self) -> None:
        """Every version is there once, and nothing else is left."""
        found = self.database.contents(self.family)
        self._count(found)
        versions = self.family.versions
        for name, rows, expected in (
            ("applied", found.applied, versions),
            ("the journal", found.journal, versions),
            ("repeated", found.repeated, {("core", 1), ("plugin", 1)}),
            ("the journal of what is repeated", found.repetitions, {("core", 1), ("plugin", 1)}),
            ("happened", found.happened, self.family.happenings),
        ):
            if rows != Counter(expected):
                lost = len(expected - set(rows))
                self.tally.add(lost=lost)
                raise Failure(f"{name} with each once of {sorted(expected)}", found)
        for repository, stands in found.stands.items():
            head = max((v for r, v in versions if r == repository), default=0)
            if stands != head:
                self.tally.add(lost=1)
                raise Failure(f"{repository} at {head}", found)
        if found.hooked != found.hooks or set(found.hooked) != {("core", 1), ("plugin", 1)}:
            self.tally.add(lost=1)
            raise Failure("hooks of both repositories, each time in the journal", found)
        if found.progress or found.flaws:
            raise Failure("no progress of finished scripts, nothing wrong with the rows", found)
        if locks := self.database.locks_left():
            self.tally.add(locks=locks)
            raise Failure("no lock left behind", f"{locks} locks")

    def _count(self, found: Contents) -> None:
        """Counts what stands there more than once, which is wrong at any time."""
        rows = (found.applied, found.journal, found.repeated, found.happened)
        if twice := sum(count - 1 for counter in rows for count in counter.values()):
            self.tally.add(twice=twice)
            raise Failure("nothing twice", found)
