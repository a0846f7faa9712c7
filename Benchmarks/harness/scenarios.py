"""What is measured: the scenarios a to h, each with its contenders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .contenders import Contender, Limit, Ours, Splitter
from .databases import ENGINES
from .rounds import Scenario
from .workloads import Workload, inserts, rows, tables

# Which peers are asked for so many versions, or more; the others take minutes to get there. In the full
# form all are asked.
FAST_PEERS = {1000: {"sql-migrate", "alembic", "yoyo"}, 10_000: {"sql-migrate", "yoyo"}}


@dataclass(frozen=True)
class Choice:
    """What of it all is wanted."""

    limits: Path
    peers: list[Contender]
    is_quick: bool = False
    is_full: bool = False
    is_huge: bool = False

    def limit(self, mode: str, plugins: int = 0) -> Limit:
        """The limit in a mode."""
        return Limit(self.limits, mode, plugins)

    def all(self, mode: str, *others: Contender, versions: int = 1) -> list[Contender]:
        """The limit in a mode, the program, others, and the peers that can do with so many versions."""
        asked = [names for least, names in FAST_PEERS.items() if versions >= least]
        peers = [peer for peer in self.peers
                 if self.is_full or all(peer.name in names for names in asked)]
        return [*self.few(mode), *others, *peers]

    def few(self, mode: str) -> list[Contender]:
        """The limit in a mode, and the program."""
        return [self.limit(mode), Ours()]


def on_both(
    key: str, title: str, workload: Workload, contenders: list[Contender], **more
) -> Iterator[Scenario]:
    """The same scenario on both engines."""
    for engine, name in ENGINES.items():
        yield Scenario(key, f"{title}, {name}", engine, workload, contenders, **more)


def nothing_to_do(choice: Choice) -> Iterator[Scenario]:
    """a: 50 versions, all of them there."""
    yield from on_both(
        "a", "nothing to do, 50 versions", tables(50), choice.all("nothing"), fresh=False)


def from_empty(choice: Choice) -> Iterator[Scenario]:
    """b: an empty database, in one transaction and with a commit for each version."""
    each = [] if choice.is_quick else [choice.limit("version"), Ours("version")]
    for versions in (100,) if choice.is_quick else (100, 1000):
        contenders = choice.all("run", *each, versions=versions)
        yield from on_both("b", f"fresh, {versions:,} versions", tables(versions), contenders)


def many_versions(choice: Choice) -> Iterator[Scenario]:
    """c: 10,000 versions, all of them there; 100,000 in the full form."""
    if choice.is_quick:
        return
    contenders = choice.all("nothing", versions=10_000)
    yield from on_both("c", "nothing to do, 10,000 versions", rows(10_000), contenders, fresh=False)
    if choice.is_full:
        yield from on_both(
            "c", "nothing to do, 100,000 versions", rows(100_000), choice.few("nothing"), fresh=False)


def large_script(choice: Choice) -> Iterator[Scenario]:
    """d: one script of 50,000 INSERTs, 5 MB, and its splitting by itself; one of 1 GB behind a flag."""
    splitter = [] if choice.is_quick else [Splitter(choice.limits)]
    yield from on_both(
        "d", "one script of 50,000 INSERTs", inserts(50_000), choice.all("run", *splitter))
    if not choice.is_huge:
        return
    # PostgreSQL's limit sends all in one text, which the server would parse as a whole: more than memory.
    contenders = {"sqlite": choice.few("run"), "postgresql": [Ours()]}
    for engine, name in ENGINES.items():
        yield Scenario(
            "d", f"one script of 1 GB, {name}", engine, inserts(10_000_000),
            contenders[engine] + splitter, rounds=1)


def far_server(choice: Choice) -> Iterator[Scenario]:
    """e: PostgreSQL 20 ms away."""
    link = {"delay": 10.0, "rounds": 3}
    yield Scenario(
        "e", "20 ms away, nothing to do, 50 versions, PostgreSQL", "postgresql", tables(50),
        choice.all("nothing"), fresh=False, **link)
    yield Scenario(
        "e", "20 ms away, fresh, 100 versions, PostgreSQL", "postgresql", tables(100),
        choice.all("run", choice.limit("version"), Ours("version")), **link)


def plugins(choice: Choice) -> Iterator[Scenario]:
    """f: core alone, and with 20 plugins of 5 versions each, all of them there."""
    contenders = [*choice.few("nothing"), choice.limit("nothing", 20), Ours(plugins=20)]
    yield from on_both(
        "f", "nothing to do, core of 50 versions and 20 plugins", tables(50), contenders, fresh=False)


def safety(choice: Choice) -> Iterator[Scenario]:
    """g: what safety costs, as far as it shows against a limit that has none.

    The limit keeps no journal and no texts, watches no owner and takes no lock. Contenders in between, which
    do a part of that, have their place here.
    """
    yield from on_both("g", "what safety costs: fresh, 1,000 versions", tables(1000), choice.few("run"))


def growth(choice: Choice) -> Iterator[Scenario]:
    """h: the program by the number of versions and of plugins."""
    most = 100_000 if choice.is_full else 10_000
    for size in (10, 100, 1000):
        yield from _grown(choice, "versions, a table each", size, tables(size))
    for size in (10, 100, 1000, 10_000, 100_000):
        if size <= most:
            yield from _grown(choice, "versions, a row each", size, rows(size))
    for size in (1, 10, 100):
        yield from _grown(choice, "plugins, 5 tables each", size, tables(50), plugins=size)


def _grown(
    choice: Choice, series: str, size: int, workload: Workload, plugins: int = 0
) -> Iterator[Scenario]:
    rounds = 3 if size <= 1000 else 1
    for mode in ("run", "nothing"):
        title = f"{'fresh' if mode == 'run' else 'nothing to do'}, {size:,} {series}"
        yield from on_both(
            "h", title, workload, [choice.limit(mode, plugins), Ours(plugins=plugins)],
            fresh=mode == "run", rounds=rounds, series=series, size=size)


SCENARIOS: dict[str, Callable[[Choice], Iterator[Scenario]]] = {
    "a": nothing_to_do,
    "b": from_empty,
    "c": many_versions,
    "d": large_script,
    "e": far_server,
    "f": plugins,
    "g": safety,
    "h": growth,
}
QUICK = "abd"
