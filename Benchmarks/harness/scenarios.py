"""What is measured: the scenarios a to h, each with its contenders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .contenders import Contender, Limit, Ours
from .rounds import Scenario
from .workloads import Workload, inserts, rows, tables

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Choice:
    """What of it all is wanted."""

    limits: Path
    peers: list[Contender]
    is_quick: bool = False
    is_full: bool = False
    is_huge: bool = False

    def contenders(self, mode: str, *others: Contender, with_peers: bool = True) -> list[Contender]:
        """The limit in a mode, the program, others, and the peers."""
        ours = Ours("version" if mode == "version" else "run")
        return [Limit(self.limits, mode), ours, *others, *(self.peers if with_peers else [])]


def _on_both(key: str, title: str, workload: Workload, contenders: list[Contender], **more) -> Iterator[Scenario]:
    for engine, name in ENGINES.items():
        yield Scenario(key, f"{title}, {name}", engine, workload, contenders, **more)


def nothing_to_do(choice: Choice) -> Iterator[Scenario]:
    """a: 50 versions, all of them there."""
    yield from _on_both(
        "a", "nothing to do, 50 versions", tables(50), choice.contenders("nothing"), fresh=False)


def fresh(choice: Choice) -> Iterator[Scenario]:
    """b: an empty database, in one transaction and with a commit for each version."""
    for versions in (100, 1000):
        contenders = choice.contenders("run", Limit(choice.limits, "version"), Ours("version"))
        yield from _on_both("b", f"fresh, {versions:,} versions", tables(versions), contenders)


def many_versions(choice: Choice) -> Iterator[Scenario]:
    """c: 10,000 versions, all of them there; 100,000 in the full form."""
    yield from _on_both(
        "c", "nothing to do, 10,000 versions", rows(10_000), choice.contenders("nothing"), fresh=False)
    if choice.is_full:
        yield from _on_both(
            "c", "nothing to do, 100,000 versions", rows(100_000),
            choice.contenders("nothing", with_peers=False), fresh=False)


def large_script(choice: Choice) -> Iterator[Scenario]:
    """d: one script of 50,000 INSERTs, 5 MB; one of 1 GB behind a flag."""
    yield from _on_both(
        "d", "one script of 50,000 INSERTs", inserts(50_000), choice.contenders("run"))
    if choice.is_huge:
        yield from _on_both(
            "d", "one script of 1 GB", inserts(10_000_000),
            choice.contenders("run", with_peers=False), rounds=1)


SCENARIOS = {
    "a": nothing_to_do,
    "b": fresh,
    "c": many_versions,
    "d": large_script,
}
QUICK = "abcd"
