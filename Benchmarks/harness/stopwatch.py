"""Runs commands and tells what they took."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path


class CommandFailed(Exception):
    """A command that did not end with 0, or not in time."""


@dataclass(frozen=True)
class Reading:
    """What a command took: seconds, its peak of memory in bytes, seconds of processors."""

    seconds: float
    memory: int
    processor: float


class Stopwatch:
    """Runs commands through `limits/stopwatch.c`, and counts what they ask of the system."""

    # Seconds after which a command is given up.
    LIMIT = 240

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("PG", "OS_", "PYTHON", "TROVE_"))
        } | {"LC_ALL": "C.UTF-8", "HOME": str(folder), "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}

    def time(self, command: list[str], folder: Path) -> Reading:
        """Runs a command in a folder; raises CommandFailed unless it exits with 0."""
        report = self._folder / "stopwatch.txt"
        self._run([str(self._program), str(report), *command], folder)
        nanoseconds, kibibytes, microseconds, status = map(int, report.read_text().split())
        if status:
            raise CommandFailed(self._failure(command, os.waitstatus_to_exitcode(status)))
        return Reading(nanoseconds / 1e9, kibibytes * 1024, microseconds / 1e6)

    def syncs(self, command: list[str], folder: Path) -> int:
        """Runs a command, and counts how often it has the disk write what was written."""
        report = self._folder / "strace.txt"
        trace = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none"]
        self._run([*trace, "-o", str(report), *command], folder)
        # A call that another thread's interrupts has two lines, the first of which is unfinished.
        return sum("resumed>" not in line and "exited with" not in line
                   for line in report.read_text().splitlines())

    def _run(self, command: list[str], folder: Path) -> None:
        with self._said.open("wb") as said:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=folder,
                env=self._environment, start_new_session=True)
            try:
                status = process.wait(self.LIMIT)
            except subprocess.TimeoutExpired:
                raise CommandFailed(f"over {self.LIMIT} s: {' '.join(command)}") from None
            finally:
                if process.returncode is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
        if status:
            raise CommandFailed(self._failure(command, status))

    @property
    def _said(self) -> Path:
        return self._folder / "said.txt"

    def _failure(self, command: list[str], status: int) -> str:
        said = self._said.read_text(errors="replace")[-2000:]
        return f"exit {status}: {' '.join(command)}\n{said}"
