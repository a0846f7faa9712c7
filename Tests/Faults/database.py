"""What a database holds, asked of either engine."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from libpq import Session
from program import wait_until
from scripts import Family

Query = Callable[[str], Sequence[Sequence[object]]]


@dataclass(frozen=True)
class Contents:
    """What stands in a database, as far as the suite asks.

    `applied` are the rows that scripts wrote themselves, `journal` the program's, `repeated` and
    `repetitions` the same for repeatable scripts, `hooked` and `hooks` for hooks, `stands` the version of each repository, `progress` the rows of scripts that are not done, `flaws` what is
    wrong with the rows and indexes that a family leaves.
    """

    applied: Counter[tuple[str, int]]
    journal: Counter[tuple[str, int]]
    repeated: Counter[tuple[str, int]]
    repetitions: Counter[tuple[str, int]]
    hooked: Counter[tuple[str, int]]
    hooks: Counter[tuple[str, int]]
    happened: Counter[tuple[str, int]]
    stands: dict[str, int]
    progress: int
    flaws: list[str]


def contents(query: Query, tables: set[str], indexes: set[str], family: Family) -> Contents:
    """Asks for what stands in a database with these tables and valid indexes."""

    def pairs(table: str, columns: str, where: str = "") -> Counter[tuple[str, int]]:
        rows = query(f"SELECT {columns} FROM {table} {where}") if table in tables else []
        return Counter((str(row[0]), int(str(row[1]))) for row in rows)

    def number(sql: str) -> int:
        return int(str(query(sql)[0][0]))

    stands = {"core": 0, "plugin": 0}
    for repository in stands:
        for _, version in pairs(f"{repository}_version", "repository_id, version"):
            stands[repository] = version
    flaws = [
        f"{number(f'SELECT count(*) FROM {table}') if table in tables else 'no'} rows of {table}"
        f" where {count} must be"
        for table, count in family.rows.items()
        if table not in tables or number(f"SELECT count(*) FROM {table}") != count
    ]
    flaws += [f"no valid index {name}" for name in sorted(family.indexes - indexes)]
    if not flaws:
        flaws += [f"{rows} rows: {sql}" for sql in family.wrong if (rows := number(sql))]
    progress = "trove_migrate_progress"
    return Contents(
        pairs("applied", "repository, version"),
        pairs(
            "trove_migrate_journal", "repository_id, to_version", "WHERE operation = 'upgrade'"),
        pairs("repeated", "repository, 1"),
        pairs("trove_migrate_journal", "repository_id, 1", "WHERE operation = 'repeatable'"),
        pairs("hooked", "repository, 1"),
        pairs("trove_migrate_journal", "repository_id, 1", "WHERE operation = 'after_sync'"),
        pairs("happened", "script, statement"),
        stands,
        number(f"SELECT count(*) FROM {progress}") if progress in tables else 0,
        flaws,
    )


class Database(Protocol):
    """A database that belongs to one case."""

    engine: str
    url: str

    def contents(self, family: Family) -> Contents:
        """What stands there, of one moment; nothing is changed, not even by recovery."""

    def settle(self) -> None:
        """Waits until nothing of a run that was killed goes on."""

    def locks_left(self) -> int:
        """How many locks, or files that stand for one, are left behind."""

    def dump(self, folder: Path) -> None:
        """Leaves in `folder` what helps to understand a failure."""


class SQLiteDatabase:
    """A database file in a folder of its own, in rollback mode or with a write-ahead log.

    Copies of it, to look at, go to the folder `copies`.
    """

    engine = "sqlite"

    def __init__(self, folder: Path, copies: Path, wal: bool = False) -> None:
        self.folder = folder
        self._copies = copies
        self.file = folder / "trove.sqlite"
        self.url = f"sqlite:///{self.file}"
        folder.mkdir(exist_ok=True)
        if wal:
            session = sqlite3.connect(self.file)
            session.execute("PRAGMA journal_mode = WAL")
            session.close()

    def contents(self, family: Family) -> Contents:
        """Reads a copy, so that the program itself finds what a kill left."""
        self._copies.mkdir(exist_ok=True)
        for old in self._copies.iterdir():
            old.unlink()
        for path in self.folder.glob(f"{self.file.name}*"):
            if not path.name.endswith("-shm"):
                (self._copies / path.name).write_bytes(path.read_bytes())
        session = sqlite3.connect(self._copies / self.file.name)
        try:
            def names(kind: str) -> set[str]:
                sql = "SELECT name FROM sqlite_schema WHERE type = ?"
                return {row[0] for row in session.execute(sql, (kind,))}

            found = contents(
                lambda sql: session.execute(sql).fetchall(), names("table"), names("index"),
                family)
            for pragma in ("integrity_check", "foreign_key_check"):
                answer = session.execute(f"PRAGMA {pragma}").fetchall()
                if answer not in ([], [("ok",)]):
                    found.flaws.append(f"{pragma}: {answer}")
            return found
        finally:
            session.close()

    def settle(self) -> None:
        """Nothing goes on after a killed process."""

    def locks_left(self) -> int:
        """One for a lock that another session cannot have at once, one for each hot journal."""
        left = len(list(self.folder.glob("*-journal")))
        session = sqlite3.connect(self.file, timeout=0, isolation_level=None)
        try:
            session.execute("BEGIN EXCLUSIVE")
            session.execute("ROLLBACK")
        except sqlite3.OperationalError:
            left += 1
        finally:
            session.close()
        return left

    def dump(self, folder: Path) -> None:
        """The file stands in the folder of the case already."""


class PostgresDatabase:
    """A database of a server; `url` may lead there another way, by a pooler or to a standby."""

    engine = "postgresql"

    def __init__(self, conninfo: str, name: str, url: str, tablespace: str = "") -> None:
        self._server = conninfo
        self.name = name
        self.url = url
        with Session(f"{conninfo} dbname=postgres") as session:
            session.query(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY file_copy")
            if tablespace:
                session.query(f"ALTER DATABASE {name} SET default_tablespace = {tablespace}")

    def session(self) -> Session:
        """A session with the database, straight to the server."""
        return Session(f"{self._server} dbname={self.name}")

    def move(self, conninfo: str) -> None:
        """Asks another server from now on: a standby that was promoted."""
        self._server = conninfo

    def contents(self, family: Family) -> Contents:
        """Asks in one snapshot; an index that is not valid is a flaw whatever its name."""
        with self.session() as session:
            session.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SET lock_timeout = '30s'")
            tables = session.query("SELECT relname FROM pg_class WHERE relkind = 'r'")
            indexes = session.query("SELECT relname FROM pg_class WHERE relkind = 'i'")
            found = contents(
                session.query, {str(row[0]) for row in tables},
                {str(row[0]) for row in indexes}, family)
        found.flaws.extend(f"index {name} is not valid" for name in self.invalid_indexes())
        return found

    def runners(self) -> int:
        """How many sessions of the program, or of a pooler on its behalf, do something."""
        with self.session() as session:
            return session.number(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND (state <> 'idle' OR state IS NULL)"
                " AND backend_type = 'client backend'")

    def invalid_indexes(self) -> list[str]:
        """The names of the indexes that are not valid."""
        with self.session() as session:
            rows = session.query(
                "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
                " WHERE NOT indisvalid OR NOT indisready")
        return [str(row[0]) for row in rows]

    def settle(self) -> None:
        """Waits until the server has noticed that a killed run listens no more."""
        wait_until("the server to end the session of the killed run", lambda: not self.runners())

    def locks_left(self) -> int:
        """The advisory locks of this database, once nothing goes on."""
        self.settle()
        with self.session() as session:
            return session.number(
                "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
                " WHERE locktype = 'advisory' AND datname = current_database()")

    def terminate(self) -> int:
        """Ends every session of the program with this database; returns how many there were."""
        with self.session() as session:
            return session.number(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'trove-manage'")

    def dump(self, folder: Path) -> None:
        """Writes the rows of the bookkeeping, since the server goes with the suite."""
        with self.session() as session:
            tables = [str(row[0]) for row in session.query(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
            lines = [f"{table}: {row}" for table in tables
                     for row in session.query(f"SELECT * FROM {table} LIMIT 100")]
        (folder / "rows.txt").write_text("\n".join(lines) + "\n")

    def remove(self) -> None:
        """Drops the database, whoever is connected."""
        with Session(f"{self._server} dbname=postgres") as session:
            session.query(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
