"""The program and the limits, as contenders.

A contender lays out a workload in its own form, and says by which command it brings a database to head and
how many versions it has recorded there. The peers are in `peers.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

from .databases import ROOT, Database
from .workloads import Workload

PROGRAM = ROOT / ".build/release/trove-manage"


def write_repository(folder: Path, workload: Workload) -> None:
    """Writes a repository in sqlalchemy-migrate's format, with plain SQL for both engines."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    (folder / "migrate.cfg").write_text(
        f"[db_settings]\nrepository_id={workload.identifier}\n"
        f"version_table={workload.identifier}\nrequired_dbs=[]\n")
    for version in range(1, workload.versions + 1):
        workload.write(version, versions / f"{version:03}_item_default_upgrade.sql")


class Contender(ABC):
    """Someone who can bring a database to head."""

    name: str
    is_limit = False
    is_ours = False
    # Whether it does a part of the work only, and touches no database.
    is_part = False
    # How many plugins it brings to head besides.
    plugins = 0

    @property
    def is_peer(self) -> bool:
        """Whether it is another migration tool."""
        return not (self.is_limit or self.is_ours or self.is_part)

    def commits_each(self, engine: str) -> bool:
        """Whether each version is committed by itself; it decides with which limit the time is compared."""
        return False

    @abstractmethod
    def write(self, folder: Path, workload: Workload) -> None:
        """Writes the migrations below a folder that does not exist."""

    @abstractmethod
    def command(self, folder: Path, database: Database) -> list[str]:
        """The command that brings the database to head, once what it reads is written."""

    def first_command(self, folder: Path, database: Database) -> list[str]:
        """The command that does so first, where it is another one than that with nothing to do."""
        return self.command(folder, database)

    @abstractmethod
    def recorded(self, database: Database, workload: Workload) -> int:
        """How many of the workload's versions the database is recorded to have."""


class CommitsEach:
    """Commits each version by itself, whatever the engine is."""

    def commits_each(self, engine: str) -> bool:
        """Always."""
        return True


class Recorded:
    """Reads a version table of sqlalchemy-migrate's shape."""

    def recorded(self, database: Database, workload: Workload) -> int:
        """The version of the workload's repository."""
        name = workload.identifier
        return int(database.query(f"SELECT version FROM {name} WHERE repository_id = '{name}'")[0][0])


class Neighbours:
    """Writes core's repository and those of plugins."""

    plugins: int

    def write(self, folder: Path, workload: Workload) -> None:
        """Core is in `repository`, the plugins are in `plugin-N`."""
        write_repository(folder / "repository", workload)
        for number in range(1, self.plugins + 1):
            write_repository(folder / f"plugin-{number}", workload.plugin(number))


class Ours(Neighbours, Recorded, Contender):
    """The release build of trove-manage."""

    is_ours = True

    def __init__(self, transaction: str = "run", plugins: int = 0) -> None:
        self.name = "trove-manage" + plugins_words(plugins)
        if transaction == "version":
            self.name += ", transaction = version"
        self.plugins = plugins
        self._transaction = transaction

    def commits_each(self, engine: str) -> bool:
        return self._transaction == "version"

    def command(self, folder: Path, database: Database) -> list[str]:
        conf = folder / "trove.conf"
        plugins = ", ".join(f"{folder}/plugin-{number}" for number in range(1, self.plugins + 1))
        conf.write_text(
            f"[DEFAULT]\ndb_plugins = {plugins}\n[database]\nconnection = {database.url}\n"
            f"[migrate]\ncore_repo_path = {folder}/repository\ntransaction = {self._transaction}\n")
        return [str(PROGRAM), "--config-file", str(conf), "db_sync"]


class Limit(Neighbours, Recorded, Contender):
    """The program of `limits/` for the engine: what nobody can do in less time."""

    is_limit = True

    def __init__(self, programs: Path, mode: str, plugins: int = 0) -> None:
        self.name = "limit" + plugins_words(plugins)
        if mode == "version":
            self.name += ", a commit each"
        self.plugins = plugins
        self._programs = programs
        self._mode = mode

    def commits_each(self, engine: str) -> bool:
        return self._mode == "version"

    def command(self, folder: Path, database: Database) -> list[str]:
        return self._command(self._mode, folder, database)

    def first_command(self, folder: Path, database: Database) -> list[str]:
        return self._command("run" if self._mode == "nothing" else self._mode, folder, database)

    def _command(self, mode: str, folder: Path, database: Database) -> list[str]:
        pairs = ["migrate_version", f"{folder}/repository"]
        for number in range(1, self.plugins + 1):
            pairs += [f"migrate_plugin_{number}", f"{folder}/plugin-{number}"]
        return [str(self._programs / database.engine), mode, database.address, *pairs]


class Splitter(Contender):
    """The program's splitter by itself, which ends with 1 unless it finds every statement."""

    name = "splitting alone"
    is_part = True

    def __init__(self, programs: Path) -> None:
        self._program = programs / "splitting"
        self._statements = 0

    def write(self, folder: Path, workload: Workload) -> None:
        workload.write(1, folder / "script.sql")
        self._statements = sum(1 for _ in workload.statements(1))

    def command(self, folder: Path, database: Database) -> list[str]:
        return [str(self._program), database.engine, f"{folder}/script.sql", str(self._statements)]

    def recorded(self, database: Database, workload: Workload) -> int:
        return workload.versions


def plugins_words(count: int) -> str:
    """What a contender's name says of its plugins."""
    return f" with {count} plugins" if count > 1 else " with a plugin" if count else ""
