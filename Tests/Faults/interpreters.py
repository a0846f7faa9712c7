"""The interpreters that runs of versions in Python start."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pythons
from failure import Failure


class Interpreters:
    """Those of one case's runs: the shim writes down the id of each process that a run starts."""

    def __init__(self, python: Path, shim: Path, folder: Path) -> None:
        self._started = folder / "started.txt"
        self._loaded = folder / pythons.LOADED
        # The line of the conf file.
        self.option = f"python = {python}\n"
        self.environment = {"LD_PRELOAD": str(shim), "FAULTS_STARTED": str(self._started)}

    @property
    def started(self) -> set[int]:
        """The ids of the processes that were started."""
        return _ids(self._started)

    @property
    def loaded(self) -> set[int]:
        """The ids of the processes that the scripts have named when they were loaded."""
        return _ids(self._loaded)

    def check_known(self) -> None:
        """After one undisturbed run: it has started one, and the scripts know it by the same id."""
        if len(self.started) != 1 or self.started != self.loaded:
            raise Failure("one interpreter", f"{self.started} started, {self.loaded} loaded")

    def kill(self) -> None:
        """Kills the one that was started, if there is one."""
        for process in self.started:
            if self._is_alive(process):
                os.kill(process, signal.SIGKILL)

    def survivors(self, seconds: float) -> list[int]:
        """Those that are still there after so many seconds, waiting for their end."""
        deadline = time.monotonic() + seconds
        while left := [each for each in self.started | self.loaded if self._is_alive(each)]:
            if time.monotonic() > deadline:
                return sorted(left)
            time.sleep(0.005)
        return []

    def _is_alive(self, process: int) -> bool:
        """Whether it is still there, and still the same: it has inherited a path that is its own."""
        folder = Path(f"/proc/{process}")
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            environment = (folder / "environ").read_bytes()
        except OSError:
            return False
        # One that has hardly begun has no environment yet.
        is_ours = not environment or str(self._started).encode() in environment
        return is_ours and state not in "XZ"


def _ids(path: Path) -> set[int]:
    return {int(line) for line in path.read_text().split()} if path.exists() else set()
