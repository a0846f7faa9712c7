"""The pages of results, with the machine and the versions that they are true of."""

from __future__ import annotations

import datetime
import os
import platform
import re
import sqlite3
import subprocess
from pathlib import Path

from . import report
from .databases import ROOT, file_system, server_settings, server_version
from .peers import DEBIAN, PYTHON, REFERENCE

HEAD = """# Results

Written by `Benchmarks/run --write`. `× limit` and `× best peer` are medians of the ratios within each round,
so that they hold also where the machine had other work meanwhile; milliseconds are medians of rounds. A limit
does the same without checking, journalling, locking or reporting anything: one transaction in the ordinary
limit, a commit for each version in `limit, a commit each`, with which those are compared that commit so.
`(2×)`: timed twice only, since whoever was timed for 10 seconds is not timed again. CPU and MB (the peak of
resident memory) are the command's own, without the server's. [README.md](README.md) says more.
"""


GROWTH_HEAD = """# Growth

Written by `Benchmarks/run --write`, where scenario h is among those that run: the program's time and peak of memory by the
number of versions and of plugins. `× limit` is what [RESULTS.md](RESULTS.md) means by it. 10,000 versions and more were
timed once. The same as a picture: [growth.svg](../docs/growth.svg).
"""


def document(
    results: report.Results, machine: list[str], rounds: int, seconds: float, is_finished: bool
) -> str:
    """The page of all but growth; `machine` is what `description` said before."""
    lines = [HEAD, *machine, _extent(rounds, seconds, is_finished), ""]
    lines += ["## In short", "", *report.summary(results), ""]
    for scenario, measured in results:
        lines += [f"## {scenario.key}. {scenario.title}", "",
                  *report.Comparison(scenario, measured).table(), ""]
    return "\n".join(lines)


def growth_document(
    results: report.Results, machine: list[str], rounds: int, seconds: float, is_finished: bool
) -> str:
    """The page of growth."""
    lines = [GROWTH_HEAD, *machine, _extent(rounds, seconds, is_finished), ""]
    return "\n".join([*lines, *report.growth(results), ""])


def _extent(rounds: int, seconds: float, is_finished: bool) -> str:
    end = "" if is_finished else ", when it was interrupted: the rest is missing"
    return f"- rounds: {rounds}; minutes in all: {seconds / 60:.0f}{end}"


def description(folder: Path) -> list[str]:
    """The machine and the versions, while the server is there to be asked."""
    settings = ", ".join(f"{name} = {value}" for name, value in server_settings().items())
    return [
        f"- {datetime.date.today()}, trove-manage at {_said('git', '-C', ROOT, 'rev-parse', '--short', 'HEAD')}",
        f"- {_processor()}, {os.cpu_count()} processors, load {os.getloadavg()[1]:.1f}; "
        f"{platform.system()} {platform.release()}; {folder} on {file_system(folder)}",
        f"- SQLite {sqlite3.sqlite_version} as it is by default; PostgreSQL {server_version()}, {settings}",
        f"- {', '.join(_peers())}",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _peers() -> list[str]:
    """The versions of the peers that are installed."""
    versions = [f"Python {platform.python_version()}"]
    changes = DEBIAN / "share/doc/sql-migrate/changelog.Debian.gz"
    if changes.exists():
        versions.append("sql-migrate " + _said("zcat", changes).split()[1].strip("()"))
    module = DEBIAN / "share/perl5/App/Sqitch.pm"
    if module.exists():
        found = re.search(r"^our \$VERSION = 'v([^']*)'", module.read_text(), re.MULTILINE)
        versions.append(f"sqitch {found[1] if found else ''}")
    for python, packages in ((PYTHON / "python", ("alembic", "yoyo-migrations")),
                             (REFERENCE, ("sqlalchemy-migrate",))):
        if python.exists():
            for package in packages:
                code = f"import importlib.metadata as m; print(m.version('{package}'))"
                versions.append(f"{package} {_said(python, '-c', code)}")
    return versions


def _said(*command: object) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.stdout.strip()
