"""Compiles the limits and the stopwatch."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .databases import ROOT

SOURCES = ROOT / "Benchmarks/limits"
LIBRARIES = {"sqlite": "sqlite3", "postgresql": "libpq", "stopwatch": ""}


def compile_limits(folder: Path) -> Path:
    """Compiles the programs of `limits/` into a folder, and returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, library in LIBRARIES.items():
        flags = _output(["pkg-config", "--cflags", "--libs", library]).split() if library else []
        _output(["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-std=gnu11", "-o", str(folder / name),
                 str(SOURCES / f"{name}.c"), *flags])
    return folder


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
