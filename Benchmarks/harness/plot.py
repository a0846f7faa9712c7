"""How time and memory grow, as a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .databases import ENGINES
from .report import Comparison, Results

WIDTH, HEIGHT, MARGIN, LEGEND = 300, 260, 52, 96
COLOURS = {"sqlite": "#2b5c8a", "postgresql": "#b4530a"}
DASHES = ("", "6 4", "2 3")


@dataclass(frozen=True)
class Panel:
    """One of the three pictures side by side."""

    title: str
    fresh: bool
    memory: bool


PANELS = (
    Panel("an empty database, ms", fresh=True, memory=False),
    Panel("nothing to do, ms", fresh=False, memory=False),
    Panel("an empty database, MB", fresh=True, memory=True),
)

Line = list[tuple[int, float]]


def growth(results: Results) -> str | None:
    """An SVG with logarithmic axes: what grows in proportion rises a decade for a decade. None without results."""
    lines = [_lines(results, panel) for panel in PANELS]
    names = sorted({name for panel in lines for name in panel})
    if not names:
        return None
    series = sorted({name for name, _ in names})
    width, height = len(PANELS) * (WIDTH + MARGIN) + MARGIN, HEIGHT + 2 * MARGIN + LEGEND
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" fill="#333">',
        f'<rect width="{width}" height="{height}" fill="#fcfcfd"/>',
    ]
    for index, (panel, found) in enumerate(zip(PANELS, lines)):
        parts += _panel(panel, found, series, MARGIN + index * (WIDTH + MARGIN), MARGIN)
    for index, (name, engine) in enumerate(names):
        x, y = MARGIN + index % 3 * 330, HEIGHT + 2 * MARGIN + 8 + index // 3 * 24
        parts.append(_stroke([(x, y), (x + 32, y)], series, name, engine))
        parts.append(f'<text x="{x + 40}" y="{y + 4}">{escape(name)}, {ENGINES[engine]}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _lines(results: Results, panel: Panel) -> dict[tuple[str, str], Line]:
    """What was measured, by series and engine, in the order of the sizes."""
    lines: dict[tuple[str, str], Line] = {}
    for scenario, measured in results:
        ours = Comparison(scenario, measured).ours
        if scenario.series and scenario.fresh == panel.fresh and ours:
            value = ours.memory / 1e6 if panel.memory else ours.seconds * 1000
            lines.setdefault((scenario.series, scenario.engine), []).append((scenario.size, value))
    return {name: sorted(line) for name, line in lines.items()}


def _panel(panel: Panel, lines: dict, series: list[str], left: int, top: int) -> list[str]:
    """The axes and lines of one panel."""
    points = [point for line in lines.values() for point in line]
    if not points:
        return []
    sizes = _decades([size for size, _ in points])
    values = _decades([value for _, value in points])

    def x(size: float) -> float:
        return left + WIDTH * (math.log10(size) - sizes[0]) / (sizes[-1] - sizes[0])

    def y(value: float) -> float:
        return top + HEIGHT - HEIGHT * (math.log10(value) - values[0]) / (values[-1] - values[0])

    parts = [f'<text x="{left}" y="{top - 16}" font-weight="bold">{escape(panel.title)}</text>']
    for decade in sizes:
        at = x(10 ** decade)
        parts.append(f'<path d="M{at:.1f} {top}V{top + HEIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{at:.1f}" y="{top + HEIGHT + 18}" text-anchor="middle">'
                     f"{10 ** decade:,}</text>")
    for decade in values:
        at = y(10 ** decade)
        parts.append(f'<path d="M{left} {at:.1f}H{left + WIDTH}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{10 ** decade:,}</text>')
    for (name, engine), line in sorted(lines.items()):
        path = [(x(size), y(value)) for size, value in line]
        parts.append(_stroke(path, series, name, engine))
        parts += [f'<circle cx="{at:.1f}" cy="{up:.1f}" r="2.5" fill="{COLOURS[engine]}"/>'
                  for at, up in path]
    return parts


def _decades(values: list[float]) -> list[int]:
    """The powers of ten from below the smallest to above the largest."""
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return list(range(first, max(last, first + 1) + 1))


def _stroke(path: list, series: list[str], name: str, engine: str) -> str:
    """A line in the colour of the engine and the dashes of the series."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    return (f'<polyline points="{points}" fill="none" stroke="{COLOURS[engine]}" stroke-width="1.8" '
            f'stroke-dasharray="{DASHES[series.index(name) % len(DASHES)]}"/>')
