"""The repositories of scripts that runs apply, and what a database holds when they are done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pythons

TIMESTAMP = 20240102030405

# Runs once, for its text never changes.
REPEATABLE = """
CREATE TABLE IF NOT EXISTS repeated (repository TEXT);
DROP VIEW IF EXISTS {repository}_told;
CREATE VIEW {repository}_told AS SELECT count(*) AS number FROM repeated;
INSERT INTO repeated VALUES ('{repository}');
"""

# Runs behind whatever else has run, at least once.
HOOK = """
CREATE TABLE IF NOT EXISTS hooked (repository TEXT);
INSERT INTO hooked VALUES ('{repository}');
"""

OUTSIDE = "-- migrate: no-transaction\n"


@dataclass(frozen=True)
class Script:
    """One version: its statements, for one engine or, as `default`, for both."""

    repository: str
    version: int
    statements: tuple[str, ...]
    dialect: str = "default"
    outside: bool = False
    is_python: bool = False

    @property
    def name(self) -> str:
        """The name of the file."""
        if self.is_python:
            return f"{self.version:03}_v.py"
        return f"{self.version:03}_v_{self.dialect}_upgrade.sql"

    @property
    def recorded(self) -> tuple[str, ...]:
        """The statements, with those that say that the script, or each of its parts, has run."""
        mark = f"INSERT INTO applied VALUES ('{self.repository}', {self.version})"
        if not self.outside:
            return (self.statements[0], mark, *self.statements[1:])
        result = [mark]
        for number, statement in enumerate(self.statements):
            result += [
                statement,
                f"INSERT INTO happened VALUES ('{self.repository} {self.version}', {number})",
            ]
        return tuple(result)

    def is_for(self, engine: str) -> bool:
        """Whether a run on the engine runs it."""
        return self.dialect in ("default", engine)

    def speaks_on(self, engine: str) -> bool:
        """Whether it can say something there."""
        return self.is_python or engine == "postgresql"

    def text(self, first: int, speaks: bool) -> str:
        """What stands in the file; one that speaks says `point N`, with N from `first` on."""
        if self.is_python:
            return pythons.text(self.recorded, first, speaks)
        statements = self.recorded
        if speaks:
            notice = "DO $$ BEGIN RAISE NOTICE 'point {}'; END $$;\nSELECT pg_sleep(0.01)"
            statements = tuple(
                f"{statement};\n{notice.format(point)}"
                for point, statement in enumerate(statements, first))
        return (OUTSIDE if self.outside else "") + ";\n".join(statements) + ";\n"


@dataclass(frozen=True)
class Family:
    """Scripts of core and one plugin, and what they leave behind: how many rows tables have, which
    indexes there are, and queries that count what would be wrong.

    One that speaks says `point N` after its N-th statement and pauses, where a script can: those in
    SQL on PostgreSQL, those in Python on both engines.
    """

    scripts: tuple[Script, ...]
    rows: dict[str, int] = field(default_factory=dict)
    indexes: frozenset[str] = frozenset()
    wrong: tuple[str, ...] = ()
    speaks: bool = False

    @property
    def versions(self) -> set[tuple[str, int]]:
        """Every version of every repository."""
        return {(script.repository, script.version) for script in self.scripts}

    @property
    def happenings(self) -> set[tuple[str, int]]:
        """Every statement outside a transaction that leaves a row in `happened`."""
        return {
            (f"{script.repository} {script.version}", number)
            for script in self.scripts
            if script.outside
            for number in range(len(script.statements))
        }

    def numbered(self, engine: str) -> list[tuple[Script, int]]:
        """The scripts for an engine, each with the number of its first statement."""
        result: list[tuple[Script, int]] = []
        first = 1
        for script in sorted(self.scripts, key=lambda script: script.repository):
            if script.is_for(engine):
                result.append((script, first))
                first += len(script.recorded)
        return result

    def points(self, engine: str, python_only: bool = False) -> list[int]:
        """The numbers N of `point N` in what a run says, when the family speaks."""
        return [
            first + index
            for script, first in self.numbered(engine)
            if script.speaks_on(engine) and (script.is_python or not python_only)
            for index in range(len(script.recorded))
        ]

    def until(self, version: int) -> Family:
        """The family as it was when no repository had versions past `version`."""
        return Family(tuple(s for s in self.scripts if s.version <= version))

    def adding(self, script: Script) -> Family:
        """The family with one more version."""
        return replace(self, scripts=(*self.scripts, script))

    def write(self, folder: Path, engine: str) -> None:
        """Writes the repositories `core` and `plugin` into `folder`, to be run on `engine`."""
        for repository in ("core", "plugin"):
            (folder / repository / "versions").mkdir(parents=True, exist_ok=True)
            (folder / repository / "migrate.cfg").write_text(
                f"[db_settings]\nrepository_id={repository}\nversion_table={repository}_version\n"
                # Both write what they have done into one table, which core makes.
                "allow=core\n"
            )
            (folder / repository / "repeatable").mkdir(exist_ok=True)
            (folder / repository / "repeatable" / "told_default.sql").write_text(
                REPEATABLE.format(repository=repository))
            (folder / repository / "hooks").mkdir(exist_ok=True)
            (folder / repository / "hooks" / "after_sync_default.sql").write_text(
                HOOK.format(repository=repository))
        # A file in SQL for another engine stands beside that for this one.
        others = [(script, 1) for script in self.scripts
                  if not script.is_for(engine) and not script.is_python]
        for script, first in self.numbered(engine) + others:
            speaks = self.speaks and script.speaks_on(engine) and script.is_for(engine)
            path = folder / script.repository / "versions" / script.name
            path.write_text(script.text(first, speaks))


def _rows(first: int, last: int, row: str) -> str:
    return ", ".join(row.format(n=n) for n in range(first, last + 1))


_PARENTS, _CHILDREN, _ITEMS, _LINES = 10, 40, 20, 50

_COMMON = (
    Script("core", 2, (
        "CREATE TABLE child (id INTEGER PRIMARY KEY, note TEXT,"
        " parent_id INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE)",
        "INSERT INTO child (id, note, parent_id) VALUES "
        + _rows(1, _CHILDREN, "({n}, 'child {n}', {n} % 10 + 1)"),
    )),
    Script("core", 3, (
        "ALTER TABLE parent ADD COLUMN kind VARCHAR(10)",
        "UPDATE parent SET kind = 'kind ' || id",
    )),
    Script("plugin", 1, (
        "CREATE TABLE item (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id)"
        " ON DELETE CASCADE)",
        "INSERT INTO item (id, parent_id) VALUES " + _rows(1, _PARENTS, "({n}, {n})"),
    )),
    Script("plugin", 2, (
        "INSERT INTO item (id, parent_id) VALUES " + _rows(_PARENTS + 1, _ITEMS, "({n}, 1)"),
    )),
    # Too large for the version table's column on PostgreSQL, which is widened on the way.
    Script("plugin", TIMESTAMP, (
        "ALTER TABLE item ADD COLUMN label TEXT",
        "UPDATE item SET label = 'item ' || id",
        "CREATE INDEX item_label ON item (label)",
    )),
)


def _first(happened: bool) -> Script:
    statements = [
        "CREATE TABLE applied (repository TEXT, version BIGINT)",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "INSERT INTO parent (id, name) VALUES " + _rows(1, _PARENTS, "({n}, 'parent {n}')"),
    ]
    if happened:
        statements.append("CREATE TABLE happened (script TEXT, statement INTEGER)")
    return Script("core", 1, tuple(statements))


_ENGINES = (
    # SQLite's twelve steps to change a table: they delete the children when foreign keys are on.
    Script("core", 4, (
        "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL)",
        "INSERT INTO new_parent SELECT id, name, kind FROM parent",
        "DROP TABLE parent",
        "ALTER TABLE new_parent RENAME TO parent",
    ), "sqlite"),
    Script("core", 4, (
        "ALTER TABLE parent ALTER COLUMN kind SET NOT NULL",
        "ALTER TABLE parent ALTER COLUMN kind TYPE TEXT",
    ), "postgresql"),
    # A small cache reaches the file before the commit, which leaves a hot journal behind a kill.
    Script("core", 5, (
        "PRAGMA cache_size = 10",
        "CREATE TABLE bulk (id INTEGER PRIMARY KEY, filling BLOB)",
        "INSERT INTO bulk WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 30) SELECT i, randomblob(2000) FROM n",
    ), "sqlite"),
    Script("core", 5, (
        "CREATE TABLE bulk (id INTEGER PRIMARY KEY, filling TEXT)",
        "INSERT INTO bulk SELECT i, repeat('x', 1000) FROM generate_series(1, 500) AS n (i)",
        "CREATE INDEX bulk_filling ON bulk (md5(filling))",
    ), "postgresql"),
)

_LEFT = {"child": _CHILDREN, "item": _ITEMS, "parent": _PARENTS}

PLAIN = Family((_first(False), *_COMMON, *_ENGINES), _LEFT)
SPEAKING = replace(PLAIN, speaks=True)


def _outside(repository: str, version: int, table: str, column: str) -> tuple[Script, ...]:
    def script(concurrently: str, dialect: str) -> Script:
        return Script(repository, version, (
            f"INSERT INTO {table} (id) VALUES (1001)",
            f"CREATE INDEX {concurrently} {table}_one ON {table} ({column})",
            f"UPDATE {table} SET {column} = {column} || '+' WHERE {column} IS NOT NULL",
            f"CREATE UNIQUE INDEX {concurrently} {table}_two ON {table} (id, {column})",
            "VACUUM",
            f"DELETE FROM {table} WHERE id = 1001",
        ), dialect, outside=True)

    return script("", "sqlite"), script("CONCURRENTLY", "postgresql")


_OUTSIDE_SCRIPTS = (
    _first(True),
    *(script for script in _COMMON if script.version != 3),
    Script("core", 3, (
        "CREATE TABLE log (id INTEGER PRIMARY KEY, line TEXT)",
        "INSERT INTO log (id, line) VALUES " + _rows(1, _LINES, "({n}, 'line {n}')"),
    )),
    *_outside("core", 4, "log", "line"),
    Script("core", 5, ("ALTER TABLE parent ADD COLUMN last TEXT",)),
    *_outside("plugin", TIMESTAMP + 1, "item", "label"),
)

_INDEXES = frozenset({"log_one", "log_two", "item_one", "item_two"})
_WRONG = tuple(
    f"SELECT count(*) FROM {table} WHERE {column} NOT LIKE '%+' OR {column} LIKE '%++'"
    for table, column in (("log", "line"), ("item", "label"))
)
OUTSIDE_PLAIN = Family(_OUTSIDE_SCRIPTS, {**_LEFT, "log": _LINES}, _INDEXES, _WRONG)
OUTSIDE_SPEAKING = replace(OUTSIDE_PLAIN, speaks=True)

# Some versions in SQL, most in Python.
PYTHON_PLAIN = replace(PLAIN, scripts=tuple(
    replace(script, is_python=script.version > 1) for script in PLAIN.scripts))
PYTHON_SPEAKING = replace(PYTHON_PLAIN, speaks=True)
# Few enough that a good part of a run's points can be tried.
PYTHON_BRIEF = replace(PYTHON_PLAIN, scripts=tuple(
    script for script in PYTHON_PLAIN.scripts if script.version in (1, 2, 5)))

# `run`, `repository` and `version` are what is committed together; `outside` adds scripts that run
# outside a transaction.
MODES = ("run", "repository", "version", "outside")
# The same for repositories that hold versions in Python.
PYTHON_MODES = ("python run", "python version")


def is_python(mode: str) -> bool:
    """Whether a mode's repositories hold versions in Python."""
    return mode in PYTHON_MODES


def family(mode: str, speaks: bool = False) -> Family:
    """The scripts of a mode."""
    if is_python(mode):
        return PYTHON_SPEAKING if speaks else PYTHON_PLAIN
    if mode == "outside":
        return OUTSIDE_SPEAKING if speaks else OUTSIDE_PLAIN
    return SPEAKING if speaks else PLAIN


def brief(mode: str) -> Family:
    """The scripts of a mode, or a few of them when they take long."""
    return PYTHON_BRIEF if is_python(mode) else family(mode)


def scope(mode: str) -> str:
    """The value of `--transaction` for a mode."""
    return "version" if mode == "outside" else mode.removeprefix("python ")
