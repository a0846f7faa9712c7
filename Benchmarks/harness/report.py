"""Results as tables in Markdown."""

from __future__ import annotations

from .rounds import Result, Scenario

HEAD = ("contender", "ms", "× limit", "× trove-manage", "CPU ms", "MB", "fsyncs", "round trips")


def table(scenario: Scenario, results: list[Result]) -> list[str]:
    """The lines of one scenario's table."""
    counted = "trips" if scenario.engine == "postgresql" else "syncs"
    head = [word for word in HEAD if word != ("fsyncs" if counted == "trips" else "round trips")]
    lines = [f"| {' | '.join(head)} |", f"| --- |{' ---: |' * (len(head) - 1)}"]
    for result in results:
        cells = [result.contender.name, *_cells(result, results), _count(getattr(result, counted))]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _cells(result: Result, results: list[Result]) -> list[str]:
    if not result.readings:
        return [result.failure.partition(":")[0], "", "", "", ""]
    limit = find(results, result, is_limit=True)
    ours = find(results, result, is_ours=True)
    once = "*" if len(result.readings) < max(len(other.readings) for other in results) else ""
    return [
        milliseconds(result.seconds) + once,
        _ratio(result, limit),
        _ratio(result, ours),
        milliseconds(result.processor),
        f"{result.memory / 1e6:.1f}",
    ]


def find(results: list[Result], like: Result, *, is_limit: bool = False, is_ours: bool = False) -> Result | None:
    """The limit or the program that commits as `like` does, or else the first one."""
    found = [other for other in results if other.readings and (
        is_limit and other.contender.is_limit or is_ours and other.contender.is_ours)]
    alike = [other for other in found if other.contender.commits_each == like.contender.commits_each]
    return next(iter(alike + found), None)


def milliseconds(seconds: float) -> str:
    """A time with three digits, as far as there are."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _ratio(result: Result, other: Result | None) -> str:
    if other is None:
        return ""
    if other is result:
        return "1"
    return f"{result.ratio(other):.2f}"


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"
