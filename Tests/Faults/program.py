"""Runs of the program under test."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from failure import Failure

# No run of the suite takes longer unless it hangs.
LIMIT = 120.0


@dataclass(frozen=True)
class Outcome:
    """How a run ended: an exit status, or the negated number of the signal that ended it."""

    status: int
    output: str
    errors: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether SIGKILL ended the run."""
        return self.status == -signal.SIGKILL

    @property
    def text(self) -> str:
        """The status and everything that the run said."""
        return f"exit {self.status} after {self.seconds:.2f} s\n{self.output}{self.errors}"


class Runner:
    """A run of the program in a folder with `trove.conf`; what it says goes to files there."""

    def __init__(
        self, program: Path, folder: Path, arguments: list[str],
        environment: dict[str, str] | None = None,
    ) -> None:
        self._out = folder / f"{time.time_ns()}.stdout"
        self._err = self._out.with_suffix(".stderr")
        self._start = time.monotonic()
        plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self._process = subprocess.Popen(
                [program, "--config-file", folder / "trove.conf", *arguments],
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=folder,
                env=plain | (environment or {}),
            )

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, unless the run has been waited for."""
        self._process.send_signal(number)

    def is_over(self) -> bool:
        """Whether the run has ended."""
        return self._process.poll() is not None

    def wait_until_said(self, text: str) -> bool:
        """Waits for `text` on standard error; returns whether it came before the run ended."""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            over = self.is_over()
            if text in self._err.read_text(errors="replace"):
                return not over
            if over:
                return False
            time.sleep(0.001)
        self._process.kill()
        raise Failure(f"'{text}' on standard error", "a run that hangs")

    def outcome(self, limit: float = LIMIT) -> Outcome:
        """Waits for the end; a run that does not end within `limit` seconds is a Failure."""
        try:
            status = self._process.wait(limit)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            said = self._out.read_text() + self._err.read_text()
            raise Failure(f"a run that ends within {limit:.0f} s", said) from None
        return Outcome(
            status, self._out.read_text(errors="replace"), self._err.read_text(errors="replace"),
            time.monotonic() - self._start,
        )


def wait_until(what: str, condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits until `condition` holds; a Failure when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Failure(what, f"nothing of it within {seconds:.0f} s")
        time.sleep(0.005)
