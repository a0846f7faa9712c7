"""What the migrations of a scenario do: the same statements for every contender."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

TABLE = """CREATE TABLE {table} (
  id INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  size INTEGER DEFAULT 0,
  created TIMESTAMP
)"""
INDEX = "CREATE INDEX {table}_name ON {table} (name)"
ROW = "INSERT INTO {table} (id, name, size) VALUES ({row}, 'the item number {row}', {row})"
# 100 bytes with its semicolon and line end, so that 50,000 of them are 5 MB.
LONG_ROW = "INSERT INTO {table} (id, name, size) VALUES ({row:7}, 'the long name of item {row:07}', {row:11})"


@dataclass(frozen=True)
class Workload:
    """Migrations, and what must be in a database after them."""

    name: str
    versions: int
    tables: int
    rows: int
    # `tables`: a table, an index and a row each; `rows`: a row each; `script`: all rows in one version.
    kind: str
    # What the names of tables begin with.
    prefix: str = "item"
    # What the repository is called, and its version table with it.
    identifier: str = "migrate_version"

    def statements(self, version: int) -> Iterator[str]:
        """The statements of one version, without semicolons; versions begin with 1."""
        own = f"{self.prefix}_{version if self.kind == 'tables' else 1}"
        if self.kind == "tables" or version == 1:
            yield TABLE.format(table=own)
            yield INDEX.format(table=own)
        if self.kind == "script":
            for row in range(1, self.rows + 1):
                yield LONG_ROW.format(table=own, row=row)
        else:
            yield ROW.format(table=own, row=1 if self.kind == "tables" else version)

    def script(self, version: int) -> str:
        """The text of one version's script."""
        return "".join(f"{statement};\n" for statement in self.statements(version))

    def write(self, version: int, path: Path) -> None:
        """Writes the script of one version to a file, however long it is."""
        with path.open("w") as file:
            file.writelines(f"{statement};\n" for statement in self.statements(version))

    def plugin(self, number: int) -> Workload:
        """What a plugin does beside this: a few tables with names of its own."""
        return replace(tables(5), prefix=f"plugin_{number}", identifier=f"migrate_plugin_{number}")


def tables(versions: int) -> Workload:
    """Each version makes a table with an index and inserts a row."""
    return Workload(f"tables-{versions}", versions, versions, versions, "tables")


def rows(versions: int) -> Workload:
    """The first version makes a table, and each inserts a row."""
    return Workload(f"rows-{versions}", versions, 1, versions, "rows")


def inserts(count: int) -> Workload:
    """One version of so many INSERT statements, 100 bytes each."""
    return Workload(f"inserts-{count}", 1, 1, count, "script")
