"""What it costs to check reports: `lint` over many of them, against the facts of many files."""

import json
import pathlib
import random
import statistics
import tempfile
from dataclasses import asdict

from . import machine
from .figures import Outcome
from .loads import LINEAR, growth
from .processes import Cost, measured
from .streams import GATE, Setting

SEED = 1
WORDS = 800
FILES = 101
ROWS = 20
PROSE = ("the median of all runs is lower than before and throughput fell while latency rose by a few percent under load "
         "with every model that was measured in this series of benchmark results").split()


def quality(setting: Setting, outcome: Outcome, reports: int) -> None:
    if GATE not in setting.clients:
        return
    by_reports = {count: rounds(setting, outcome, count, FILES) for count in (reports // 4, reports // 2, reports)}
    by_files = {files: rounds(setting, outcome, 1, files) for files in (8 * FILES, 16 * FILES, 32 * FILES)}
    half, whole = by_reports[reports // 2], by_reports[reports]
    one = [(b["one"].cpu_seconds - a["one"].cpu_seconds) / (reports - reports // 2) for a, b in zip(half, whole)]
    outcome.add(f"one more report of {WORDS} words, facts of {FILES} files", "CPU ms", [1000 * each for each in one], 5)
    outcome.add(f"{reports} reports, one core", "s", [each["one"].seconds for each in whole])
    outcome.add(f"{reports} reports, two cores", "s", [each["both"].seconds for each in whole])
    outcome.add("time on two cores to time on one", "", [b["both"].seconds / b["one"].seconds for b in whole], 1)
    outcome.add("peak memory", "MB", [each["both"].peak_bytes / 1e6 for each in whole])
    for what, found in (("report", by_reports), ("file of facts", by_files)):
        costs = {size: statistics.median(each["one"].cpu_seconds for each in made) for size, made in found.items()}
        outcome.add(f"growth of CPU per {what}", "times", [growth(costs)], LINEAR)


def rounds(setting: Setting, outcome: Outcome, reports: int, files: int) -> list[dict[str, Cost]]:
    with tempfile.TemporaryDirectory(prefix="reports-", dir=setting.folder) as name:
        folder = pathlib.Path(name)
        draw = random.Random(SEED)
        tables = [table(draw, number) for number in range(files)]
        (folder / "facts.json").write_text(json.dumps(facts(tables)))
        paths = []
        for number in range(reports):
            paths.append(folder / f"report-{number}.md")
            paths[-1].write_text(report(draw, tables))
        command = [*setting.clients[GATE], "lint", *paths, "--facts", folder / "facts.json", "--format", "json"]
        both = f"{machine.client_core()},{machine.server_core()}"
        made = []
        for number in range(setting.runs + 1):
            machine.settle(setting.settle_seconds)
            costs = {
                job: measured(setting.built, command, 300, cores, setting.nice, setting.folder, accept=(0, 3))
                for job, cores in (("one", machine.client_core()), ("both", both))}
            setting.say(f"{outcome.name}, {reports} reports, {files} files, round {number}: " + ", ".join(
                f"{job} {cost.cpu_seconds:.2f} CPU s in {cost.seconds:.2f} s" for job, cost in costs.items()))
            if number:
                made.append(costs)
        outcome.runs += [{"reports": reports, "files": files, "job": job} | asdict(cost)
                         for costs in made for job, cost in costs.items()]
        return made


def table(draw: random.Random, number: int) -> dict:
    rows = [{"config": f"g{row}_c{number}_t0.{row % 10}", "mean_tokens_s": draw.uniform(10, 300),
             "mean_ttft_s": draw.uniform(0.05, 3), "mean_load_s": draw.uniform(0.05, 3)} for row in range(ROWS)]
    return {"name": f"sweep_{number}", "source_file": f"reports/sweep_{number}.csv", "key_column": "config",
            "columns": {"mean_tokens_s": "tok/s", "mean_ttft_s": "s", "mean_load_s": "s"}, "rows": rows}


def facts(tables: list[dict]) -> dict:
    names = [each["source_file"] for each in tables]
    return {"generated_date": "2025-11-14", "model": "gemma3:latest", "config": {},
            "ingest": {"total_files": len(names), "by_type": {"csv": len(names)},
                       "latest_modified": {"csv": "2025-11-14 18:53:30 UTC"}, "listed_files": {"csv": names},
                       "not_listed": {"csv": 0}, "total_bytes": 4371 * len(names), "data_types": ["csv"]},
            "performance_metrics": {f"json_results[{n}].ttft_s": draw["rows"][0]["mean_ttft_s"]
                                    for n, draw in enumerate(tables)},
            "required_sections": [], "tables": tables}


def report(draw: random.Random, tables: list[dict]) -> str:
    """Prose, a list and a table; half of its numbers are those of the facts."""
    lines = ["# Technical Report", "", "**Date:** 2025-11-14", "", "## 1. Executive Summary", ""]
    chosen = draw.sample(tables, 3)
    lines += [prose(draw, 180), "", "## 2. Performance Analysis", ""]
    for each in chosen:
        row = draw.choice(each["rows"])
        value = row["mean_tokens_s"] * draw.choice((1, 1.3))
        lines.append(f"* In {each['name']}, `{row['config']}` reached {value:.2f} tok/s with a TTFT of "
                     f"{row['mean_ttft_s']:.3f} s. {prose(draw, 60)}")
    lines += ["", "| Config | Throughput (tok/s) | TTFT (s) |", "|---|---|---|"]
    lines += [f"| {row['config']} | {row['mean_tokens_s']:.1f} | {row['mean_ttft_s']:.3f} |"
              for row in chosen[0]["rows"][:8]]
    lines += ["", "## 3. Key Findings", "", prose(draw, 200), "", "## 4. Recommendations", ""]
    words = len(" ".join(lines).split())
    return "\n".join([*lines, prose(draw, max(20, WORDS - words)), ""])


def prose(draw: random.Random, words: int) -> str:
    sentences = []
    while words > 0:
        count = min(words, draw.randint(8, 16))
        sentences.append(" ".join(draw.choices(PROSE, k=count)).capitalize() + ".")
        words -= count
    return " ".join(sentences)
