"""Figures: medians over runs, held against limits; as a table and as JSON."""

import json
import pathlib
import statistics
from dataclasses import dataclass, field

FORMAT_VERSION = 1


@dataclass
class Figure:
    """One number of a comparison, in each run; its median is what counts."""

    comparison: str
    name: str
    unit: str
    values: list[float]
    # The median must not be above it; nil where there is nothing to hold.
    limit: float | None = None
    # Met in another way than by the number, and how.
    excuse: str | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def held(self) -> bool | None:
        if self.limit is None:
            return None
        return self.median <= self.limit or self.excuse is not None

    @property
    def record(self) -> dict:
        return {
            "comparison": self.comparison, "name": self.name, "unit": self.unit, "median": self.median,
            "values": self.values, "limit": self.limit, "held": self.held, "excuse": self.excuse,
        }


@dataclass
class Outcome:
    """What one comparison found: its figures, and every run that it made."""

    name: str
    figures: list[Figure] = field(default_factory=list)
    runs: list[dict] = field(default_factory=list)
    problem: str | None = None

    def add(self, name: str, unit: str, values: list, limit: float | None = None, excuse: str | None = None) -> None:
        values = [value for value in values if value is not None]
        if values:
            self.figures.append(Figure(self.name, name, unit, values, limit, excuse))


def digits(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def row(figure: Figure) -> list[str]:
    spread = f"{digits(min(figure.values))} to {digits(max(figure.values))}" if len(figure.values) > 1 else ""
    limit = "" if figure.limit is None else digits(figure.limit)
    held = {None: "", True: figure.excuse or "held", False: "MISSED"}[figure.held]
    return [figure.comparison, figure.name, digits(figure.median), figure.unit, spread, limit, held]


HEAD = ["comparison", "figure", "median", "unit", "runs", "limit", ""]


def table(outcomes: list[Outcome]) -> str:
    rows = [HEAD] + [row(figure) for outcome in outcomes for figure in outcome.figures]
    widths = [max(len(line[column]) for line in rows) for column in range(len(HEAD))]
    lines = []
    for number, line in enumerate(rows):
        # A comparison is named once.
        if number and line[0] == rows[number - 1][0]:
            line = [""] + line[1:]
        cells = [cell.rjust(width) if column in (2, 4, 5) else cell.ljust(width)
                 for column, (cell, width) in enumerate(zip(line, widths))]
        lines.append("  ".join(cells).rstrip())
    lines += [f"{outcome.name}: {outcome.problem}" for outcome in outcomes if outcome.problem]
    return "\n".join(lines)


def write(path: pathlib.Path, machine: dict, settings: dict, outcomes: list[Outcome]) -> None:
    document = {
        "format_version": FORMAT_VERSION,
        "machine": machine,
        "settings": settings,
        "figures": [figure.record for outcome in outcomes for figure in outcome.figures],
        "problems": {outcome.name: outcome.problem for outcome in outcomes if outcome.problem},
        "runs": {outcome.name: outcome.runs for outcome in outcomes},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n")
