"""Whether a contender has made what the workload says: nothing is timed that is wrong."""

from __future__ import annotations

import sqlite3

from .contenders import Contender
from .databases import Database, PostgresError
from .workloads import Workload

# SQLite takes 500 terms of a compound SELECT.
CHUNK = 400


class WrongResult(Exception):
    """A database that is not as the workload leaves it."""


def check_version(contender: Contender, database: Database, workload: Workload) -> None:
    """Raises WrongResult unless the database is recorded to be at head."""
    try:
        recorded = contender.recorded(database, workload)
    except (sqlite3.Error, PostgresError, IndexError) as error:
        raise WrongResult(f"wrong: {contender.name}, {workload.name}: no version: {error}") from error
    if recorded != workload.versions:
        raise WrongResult(
            f"wrong: {contender.name}, {workload.name}: {recorded} of {workload.versions} versions recorded")


def check_content(contender: Contender, database: Database, workload: Workload) -> None:
    """Raises WrongResult unless tables, indexes and rows are all there, and the version is at head."""
    check_version(contender, database, workload)
    made = sorted(name for name in database.tables() if name.startswith(f"{workload.prefix}_"))
    found = {
        "tables": len(made),
        "indexes": _indexes(database, workload),
        "rows": sum(_rows(database, made[start:start + CHUNK])
                    for start in range(0, len(made), CHUNK)),
    }
    wanted = {"tables": workload.tables, "indexes": workload.tables, "rows": workload.rows}
    if found != wanted:
        raise WrongResult(f"wrong: {contender.name}, {workload.name}: made {found}, not {wanted}")


def check_all(contender: Contender, database: Database, workload: Workload) -> None:
    """The same for the workload and for what the plugins do beside it.

    A contender that does a part of the work only has proven by its exit status that it did it.
    """
    if contender.is_part:
        return
    check_content(contender, database, workload)
    for number in range(1, contender.plugins + 1):
        check_content(contender, database, workload.plugin(number))


def _rows(database: Database, tables: list[str]) -> int:
    counts = " UNION ALL ".join(f"SELECT count(*) AS n FROM {table}" for table in tables)
    return int(database.query(f"SELECT sum(n) FROM ({counts}) AS counts")[0][0])


def _indexes(database: Database, workload: Workload) -> int:
    catalog = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name",
        "postgresql": "SELECT count(*) FROM pg_indexes WHERE indexname",
    }[database.engine]
    pattern = f"{workload.prefix}_%_name".replace("_", "\\_")
    return int(database.query(f"{catalog} LIKE '{pattern}' ESCAPE '\\'")[0][0])
