"""Results as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from .databases import ENGINES
from .rounds import Result, Scenario

Results = list[tuple[Scenario, list[Result]]]


class Comparison:
    """The results of one scenario, and whom each is compared with."""

    def __init__(self, scenario: Scenario, results: list[Result]) -> None:
        self.scenario = scenario
        self.results = results

    def limit(self, like: Result) -> Result | None:
        """The limit that does what a contender does, plugins and commits alike, or else the first one."""
        limits = [result for result in self.results if result.readings and result.contender.is_limit]
        return next(iter([limit for limit in limits if self._alike(limit, like)] + limits), None)

    @property
    def ours(self) -> Result | None:
        """The program as it is by default."""
        ours = (result for result in self.results if result.readings and result.contender.is_ours)
        return next(ours, None)

    @property
    def best_peer(self) -> Result | None:
        """The peer whose median is the shortest."""
        peers = [result for result in self.results if result.readings and result.contender.is_peer]
        return min(peers, key=lambda peer: peer.seconds, default=None)

    def _alike(self, one: Result, other: Result) -> bool:
        kinds = {(result.contender.commits_each(self.scenario.engine), result.contender.plugins)
                 for result in (one, other)}
        return len(kinds) == 1

    def table(self) -> list[str]:
        """One row for each contender."""
        counted = "fsyncs" if self.scenario.engine == "sqlite" else "round trips"
        return table(
            ("contender", "ms", "× limit", "× best peer", "CPU ms", "MB", counted),
            ([result.contender.name, *self._cells(result)] for result in self.results))

    def _cells(self, result: Result) -> list[str]:
        if not result.readings:
            return [result.failure.partition(":")[0], "", "", "", "", ""]
        rounds = max(len(other.readings) for other in self.results)
        fewer = f" ({len(result.readings)}×)" if len(result.readings) < rounds else ""
        return [
            milliseconds(result.seconds) + fewer, ratio(result, self.limit(result)),
            ratio(result, self.best_peer), milliseconds(result.processor), megabytes(result),
            number(result.syncs if self.scenario.engine == "sqlite" else result.trips),
        ]

    def summary(self) -> list[str] | None:
        """The row of the summary, where the program was timed."""
        ours, peer = self.ours, self.best_peer
        if not ours:
            return None
        limit = self.limit(ours)
        return [
            f"{self.scenario.key}. {self.scenario.title}",
            milliseconds(limit.seconds) if limit else "", milliseconds(ours.seconds),
            ratio(ours, limit), f"{peer.contender.name} {milliseconds(peer.seconds)}" if peer else "",
            ratio(ours, peer),
        ]


def summary(results: Results) -> list[str]:
    """What all scenarios come to; growth has a table of its own."""
    rows = (Comparison(*pair).summary() for pair in results if not pair[0].series)
    return table(
        ("scenario", "limit, ms", "trove-manage, ms", "× limit", "best peer, ms", "× best peer"),
        (row for row in rows if row))


def growth(results: Results) -> list[str]:
    """Time and memory of the program by the number of versions and plugins."""
    cells: dict[tuple[str, str, int], dict[bool, list[str]]] = {}
    for scenario, measured in results:
        comparison = Comparison(scenario, measured)
        ours = comparison.ours
        if scenario.series:
            row = cells.setdefault((scenario.series, scenario.engine, scenario.size), {})
            row[scenario.fresh] = [
                milliseconds(ours.seconds), ratio(ours, comparison.limit(ours)), megabytes(ours)
            ] if ours else ["", "", ""]
    missing = ["", "", ""]
    return table(
        ("what", "engine", "size", "fresh, ms", "× limit", "MB", "nothing to do, ms", "× limit", "MB"),
        ([series, ENGINES[engine], number(size), *row.get(True, missing), *row.get(False, missing)]
         for (series, engine, size), row in cells.items()), words=2)


def table(head: tuple[str, ...], rows: Iterable[list[str]], words: int = 1) -> list[str]:
    """A table whose first columns are words, and whose others are numbers."""
    rule = ["---"] * words + ["---:"] * (len(head) - words)
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]


def milliseconds(seconds: float) -> str:
    """A time with three digits, as far as there are."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def megabytes(result: Result) -> str:
    """A contender's peak of memory."""
    return f"{result.memory / 1e6:.1f}"


def ratio(result: Result, other: Result | None) -> str:
    """A contender's time as a multiple of another's."""
    if other is None:
        return ""
    return "1" if other is result else f"{result.ratio(other):.2f}"


def number(count: int | None) -> str:
    """A count, or nothing where nobody has counted."""
    return "" if count is None else f"{count:,}"
