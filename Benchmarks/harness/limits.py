"""Compiles what is in `limits/`: the limits, the stopwatch, the splitter."""

from __future__ import annotations

import os
import shutil
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
    _output(["cc", "-O2", "-shared", "-fPIC", "-o", str(folder / "hasty.so"), str(SOURCES / "hasty.c")])
    return folder


def compile_splitter(folder: Path) -> None:
    """Compiles the program's splitter by itself into a folder."""
    compiler = Path(shutil.which(os.environ.get("SWIFT", "swift")) or "swift").with_name("swiftc")
    library = ROOT / "Sources/TroveManage"
    parts = [str(path) for part in ("Support", "SQL", "Conf") for path in (library / part).glob("*.swift")]
    parts += map(str, (library / "Repository").glob("ScriptName*.swift"))
    parts.append(str(library / "Repository/Operation.swift"))
    _output([str(compiler), "-O", "-wmo", "-swift-version", "6", "-static-stdlib", "-parse-as-library",
             "-suppress-warnings", "-module-name", "Splitting", "-o", str(folder / "splitting"), *parts,
             str(SOURCES / "splitting.swift")])


def _output(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout
