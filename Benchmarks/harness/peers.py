"""The peers, each in its own layout, with the settings that it has by itself.

Every peer gets the same statements, in files of its own format, and the command that its users type. None is
slowed down: logs go to a file, prompts are off, and sqitch is not asked to verify.
"""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .contenders import CommitsEach, Contender, Recorded, write_repository
from .databases import ROOT, Database
from .workloads import Workload

PEERS = ROOT / ".build/peers"
DEBIAN = PEERS / "debian/usr"
PYTHON = PEERS / "python/bin"
REFERENCE = ROOT / ".build/reference/bin/python"


class SqlMigrate(CommitsEach, Contender):
    """sql-migrate, of Debian: a program in Go, a transaction for each version.

    Its driver gives SQLite `synchronous = NORMAL`, where SQLite's default is FULL: one fsync fewer in each
    commit than the limit has.
    """

    name = "sql-migrate"
    program = DEBIAN / "bin/sql-migrate"

    def write(self, folder: Path, workload: Workload) -> None:
        (folder / "migrations").mkdir()
        for version in range(1, workload.versions + 1):
            (folder / f"migrations/{version:06}_item.sql").write_text(
                f"-- +migrate Up\n{workload.script(version)}")

    def command(self, folder: Path, database: Database) -> list[str]:
        dialect = {"sqlite": "sqlite3", "postgresql": "postgres"}[database.engine]
        (folder / "dbconfig.yml").write_text(
            f"bench:\n  dialect: {dialect}\n  datasource: {database.address}\n"
            f"  dir: {folder}/migrations\n  table: gorp_migrations\n")
        return [str(self.program), "up", f"-config={folder}/dbconfig.yml", "-env=bench"]

    def recorded(self, database: Database, workload: Workload) -> int:
        return int(database.query("SELECT count(*) FROM gorp_migrations")[0][0])


class Sqitch(CommitsEach, Contender):
    """sqitch, of Debian: a program in Perl that starts the engine's own client for each version."""

    name = "sqitch"
    program = DEBIAN / "bin/sqitch"

    def write(self, folder: Path, workload: Workload) -> None:
        (folder / "deploy").mkdir()
        plan = ["%syntax-version=1.0.0", "%project=bench", ""]
        begun = datetime.datetime(2026, 1, 1)
        for version in range(1, workload.versions + 1):
            time = begun + datetime.timedelta(seconds=version)
            plan.append(f"v{version:06} {time:%Y-%m-%dT%H:%M:%SZ} Bench <bench@example.com> # item")
            (folder / f"deploy/v{version:06}.sql").write_text(
                f"BEGIN;\n{workload.script(version)}COMMIT;\n")
        (folder / "sqitch.plan").write_text("\n".join([*plan, ""]))

    def command(self, folder: Path, database: Database) -> list[str]:
        if database.engine == "sqlite":
            engine, target = "sqlite", f"db:sqlite:{database.address}"
        else:
            engine, target = "pg", database.url.replace("postgresql:", "db:pg:")
        (folder / "sqitch.conf").write_text(
            f"[core]\n\tengine = {engine}\n[user]\n\tname = Bench\n\temail = bench@example.com\n")
        library = f"{DEBIAN}/share/perl5:{self._binaries()}"
        return ["/usr/bin/env", f"PERL5LIB={library}", f"SQITCH_CONFIG={folder}/sqitch.conf",
                str(self.program), "deploy", "--no-verify", "--target", target]

    def recorded(self, database: Database, workload: Workload) -> int:
        if database.engine == "sqlite":
            return int(database.beside("sqitch.sqlite").query("SELECT count(*) FROM changes")[0][0])
        return int(database.query("SELECT count(*) FROM sqitch.changes")[0][0])

    @staticmethod
    def _binaries() -> str:
        """Where modules with a binary part are, below which Debian names Perl's version."""
        return ":".join(map(str, DEBIAN.glob("lib/*/perl5/*")))


class Alembic(Contender):
    """alembic, of PyPI: a program in Python on SQLAlchemy.

    It runs everything in one transaction on PostgreSQL, and on SQLite commits each statement.
    """

    name = "alembic"
    program = PYTHON / "alembic"
    environment = """
from alembic import context
from sqlalchemy import create_engine

with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
"""

    def commits_each(self, engine: str) -> bool:
        return engine == "sqlite"

    def write(self, folder: Path, workload: Workload) -> None:
        versions = folder / "alembic/versions"
        versions.mkdir(parents=True)
        (folder / "alembic/env.py").write_text(self.environment)
        for version in range(1, workload.versions + 1):
            before = f"v{version - 1:06}" if version > 1 else None
            lines = [f"    op.execute({statement!r})" for statement in workload.statements(version)]
            (versions / f"v{version:06}_item.py").write_text(
                f"from alembic import op\n\nrevision = 'v{version:06}'\ndown_revision = {before!r}\n\n\n"
                "def upgrade():\n" + "\n".join([*lines, ""]))

    def command(self, folder: Path, database: Database) -> list[str]:
        url = database.url.replace("postgresql:", "postgresql+psycopg2:")
        (folder / "alembic.ini").write_text(
            f"[alembic]\nscript_location = {folder}/alembic\nsqlalchemy.url = {url}\n")
        return [str(self.program), "--config", f"{folder}/alembic.ini", "upgrade", "head"]

    def recorded(self, database: Database, workload: Workload) -> int:
        return int(database.query("SELECT version_num FROM alembic_version")[0][0][1:])


class Yoyo(CommitsEach, Contender):
    """yoyo-migrations, of PyPI: a program in Python on the engine's driver."""

    name = "yoyo"
    program = PYTHON / "yoyo"

    def write(self, folder: Path, workload: Workload) -> None:
        (folder / "migrations").mkdir()
        for version in range(1, workload.versions + 1):
            (folder / f"migrations/{version:06}_item.sql").write_text(workload.script(version))

    def command(self, folder: Path, database: Database) -> list[str]:
        return [str(self.program), "apply", "--batch", "--no-config-file", "--database",
                database.url, f"{folder}/migrations"]

    def recorded(self, database: Database, workload: Workload) -> int:
        return int(database.query("SELECT count(*) FROM _yoyo_migration")[0][0])


class SqlalchemyMigrate(CommitsEach, Recorded, Contender):
    """sqlalchemy-migrate, of PyPI, called as OpenStack's programs called it."""

    name = "sqlalchemy-migrate"
    program = REFERENCE
    # What its users' programs do, with a name that Python has dropped and that its packages still ask for.
    script = """
import inspect, sys
inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]
from migrate.exceptions import DatabaseNotControlledError
from migrate.versioning import api
url, repository = sys.argv[1:]
try:
    api.db_version(url, repository)
except DatabaseNotControlledError:
    api.version_control(url, repository)
api.upgrade(url, repository)
"""

    def write(self, folder: Path, workload: Workload) -> None:
        write_repository(folder / "repository", workload)

    def command(self, folder: Path, database: Database) -> list[str]:
        return [str(self.program), "-c", self.script, database.url, f"{folder}/repository"]


KINDS = (SqlMigrate, Sqitch, Alembic, Yoyo, SqlalchemyMigrate)


def make_environment() -> None:
    """Makes the environments of the peers, where they are not made yet."""
    subprocess.run([ROOT / "Benchmarks/peers-environment", PEERS], check=True)
    subprocess.run([ROOT / "Tests/reference-environment", ROOT / ".build/reference"], check=True)


def installed(names: set[str] | None = None) -> Iterator[Contender]:
    """The peers that are there, or those of these names."""
    for kind in KINDS:
        if kind.program.exists() and (names is None or kind.name in names):
            yield kind()
