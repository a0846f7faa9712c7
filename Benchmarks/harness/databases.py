"""Databases for the contenders: made empty, named in a contender's words, and looked into."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Tests/Faults"))

from libpq import PostgresError, Session  # noqa: E402  (the fault suite's client of PostgreSQL)

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Database(Protocol):
    """A database of one contender."""

    engine: str

    @property
    def url(self) -> str:
        """SQLAlchemy's URL of it."""

    @property
    def address(self) -> str:
        """What the engine's own client library takes."""

    def empty(self) -> None:
        """Makes it anew, without anything in it."""

    def hurry(self, library: Path) -> AbstractContextManager[list[str]]:
        """As long as it lasts, nobody waits for the disk; gives what must stand before commands.

        `library` is `limits/hasty.c`, compiled.
        """

    def query(self, sql: str) -> list[tuple]:
        """The rows of a query."""

    def tables(self) -> set[str]:
        """The names of its tables."""


class SQLiteDatabase:
    """A file, with the settings that SQLite has by itself: commits are on the disk."""

    engine = "sqlite"

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name
        self.path = self.folder / "database.sqlite"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    @property
    def address(self) -> str:
        return str(self.path)

    def empty(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.iterdir():
            path.unlink()

    @contextmanager
    def hurry(self, library: Path) -> Iterator[list[str]]:
        yield ["/usr/bin/env", f"LD_PRELOAD={library}"]

    def beside(self, name: str) -> SQLiteDatabase:
        """Another file in the same folder."""
        other = SQLiteDatabase(self.folder.parent, self.folder.name)
        other.path = self.folder / name
        return other

    def query(self, sql: str) -> list[tuple]:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def tables(self) -> set[str]:
        return {name for name, in self.query("SELECT name FROM sqlite_master WHERE type = 'table'")}


class Server:
    """The private server that Tests/with-postgres has started, or a way to it."""

    def __init__(self, host: str, port: str) -> None:
        self.host = host
        self.port = port

    @classmethod
    def from_environment(cls) -> Server:
        """The server beside which this process runs."""
        return cls(os.environ["TROVE_TEST_PGHOST"], os.environ["TROVE_TEST_PGPORT"])

    def conninfo(self, database: str) -> str:
        """How libpq reaches a database."""
        return f"host={self.host} port={self.port} user=trove dbname={database} sslmode=disable"

    def session(self, database: str) -> Session:
        """A session with a database."""
        return Session(self.conninfo(database))

    @property
    def socket(self) -> Path:
        """The socket that it listens on."""
        return Path(self.host) / f".s.PGSQL.{self.port}"


class PostgresDatabase:
    """A database of the private server, reached directly or by another way."""

    engine = "postgresql"

    def __init__(self, server: Server, name: str, way: Server | None = None) -> None:
        self.server = server
        self.way = way or server
        self.name = name

    def through(self, way: Server) -> PostgresDatabase:
        """The same database, reached by another way."""
        return PostgresDatabase(self.server, self.name, way)

    @property
    def url(self) -> str:
        host, port = self.way.host, self.way.port
        if host.startswith("/"):
            return f"postgresql://trove@/{self.name}?host={host}&port={port}"
        return f"postgresql://trove@{host}:{port}/{self.name}?sslmode=disable"

    @property
    def address(self) -> str:
        return self.way.conninfo(self.name)

    def empty(self) -> None:
        self.drop()
        with self.server.session("postgres") as session:
            session.query(f"CREATE DATABASE {self.name} TEMPLATE template0")
            # What making it has left to write must not be written while a contender is timed.
            session.query("CHECKPOINT")

    @contextmanager
    def hurry(self, library: Path) -> Iterator[list[str]]:
        with self.server.session("postgres") as session:
            session.query(f"ALTER DATABASE {self.name} SET synchronous_commit = off")
            yield []
            session.query(f"ALTER DATABASE {self.name} RESET ALL")
            session.query("CHECKPOINT")

    def drop(self) -> None:
        """Removes it from the server."""
        with self.server.session("postgres") as session:
            session.query("SET client_min_messages = warning")
            session.query(f"DROP DATABASE IF EXISTS {self.name}")

    def query(self, sql: str) -> list[tuple]:
        with self.server.session(self.name) as session:
            return session.query(sql)

    def tables(self) -> set[str]:
        return {name for name, in self.query(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")}


def server_version() -> str:
    """The server's version."""
    with Server.from_environment().session("postgres") as session:
        return session.query("SHOW server_version")[0][0] or ""


def server_settings() -> dict[str, str]:
    """The settings that decide about durability."""
    with Server.from_environment().session("postgres") as session:
        return {name: session.query(f"SHOW {name}")[0][0] or ""
                for name in ("fsync", "synchronous_commit", "full_page_writes")}


def file_system(folder: Path) -> str:
    """The type of the file system that holds a folder."""
    return subprocess.run(
        ["stat", "--file-system", "--format=%T", folder], check=True, capture_output=True, text=True
    ).stdout.strip()
