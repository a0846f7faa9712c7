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
TABLE = "migrate_version"


def write_repository(folder: Path, workload: Workload, identifier: str = TABLE) -> None:
    """Writes a repository in sqlalchemy-migrate's format, with plain SQL for both engines."""
    versions = folder / "versions"
    versions.mkdir(parents=True)
    (folder / "migrate.cfg").write_text(
        f"[db_settings]\nrepository_id={identifier}\nversion_table={identifier}\nrequired_dbs=[]\n")
    for version in range(1, workload.versions + 1):
        (versions / f"{version:03}_item_default_upgrade.sql").write_text(workload.script(version))


class Contender(ABC):
    """Someone who can bring a database to head."""

    name: str
    # Whether each version is committed by itself; it decides which limit the time is compared with.
    commits_each = False
    is_limit = False
    is_ours = False

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
    def recorded(self, database: Database) -> int:
        """How many versions the database is recorded to have."""


class Recorded:
    """Reads a version table of sqlalchemy-migrate's shape."""

    def recorded(self, database: Database) -> int:
        """The version of the repository."""
        return int(database.query(f"SELECT version FROM {TABLE} WHERE repository_id = '{TABLE}'")[0][0])


class Ours(Recorded, Contender):
    """The release build of trove-manage."""

    is_ours = True

    def __init__(self, transaction: str = "run", plugins: int = 0) -> None:
        self.commits_each = transaction == "version"
        self.name = "trove-manage"
        if self.commits_each:
            self.name += ", transaction = version"
        if plugins:
            self.name += f", {plugins} plugins"
        self._transaction = transaction
        self._plugins = plugins

    def write(self, folder: Path, workload: Workload) -> None:
        write_repository(folder / "repository", workload)

    def command(self, folder: Path, database: Database) -> list[str]:
        conf = folder / "trove.conf"
        conf.write_text(
            f"[database]\nconnection = {database.url}\n"
            f"[migrate]\ncore_repo_path = {folder}/repository\ntransaction = {self._transaction}\n")
        return [str(PROGRAM), "--config-file", str(conf), "db_sync"]


class Limit(Recorded, Contender):
    """The program of `limits/` for the engine: what nobody can do in less time."""

    is_limit = True

    def __init__(self, programs: Path, mode: str) -> None:
        self.commits_each = mode == "version"
        self.name = "limit, a commit each" if self.commits_each else "limit"
        self._programs = programs
        self._mode = mode

    def write(self, folder: Path, workload: Workload) -> None:
        write_repository(folder / "repository", workload)

    def command(self, folder: Path, database: Database) -> list[str]:
        return self._command(self._mode, folder, database)

    def first_command(self, folder: Path, database: Database) -> list[str]:
        return self._command("run" if self._mode == "nothing" else self._mode, folder, database)

    def _command(self, mode: str, folder: Path, database: Database) -> list[str]:
        return [str(self._programs / database.engine), mode, database.address, TABLE,
                str(folder / "repository")]
