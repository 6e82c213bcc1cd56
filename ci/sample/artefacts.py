"""The sample corpus's files: what was measured as CSV, JSON and Markdown."""

import csv
import json
import pathlib
import statistics
from collections.abc import Callable, Iterable

CALL_COLUMNS = (
    "threads", "num_ctx", "repetition", "prompt_tokens", "tokens", "ttft_ms", "throughput_tok_s", "latency_max_gap_ms",
    "total_ms", "server_prompt_tok_s", "server_throughput_tok_s", "load_average_1m",
)


def rounded(value):
    return round(value, 2) if isinstance(value, float) else value


def group(rows: Iterable[dict], *keys: str) -> dict[tuple, list[dict]]:
    groups: dict[tuple, list[dict]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return dict(sorted(groups.items()))


def spread(values: list[float]) -> dict:
    """Median, extremes and coefficient of variation, in the unit of the values and in percent."""
    return {
        "median": round(statistics.median(values), 2),
        "min": round(min(values), 2),
        "max": round(max(values), 2),
        "cv_pct": round(100 * statistics.stdev(values) / statistics.mean(values), 1),
    }


def median(rows: list[dict], key: str) -> float:
    return statistics.median(row[key] for row in rows)


def write_csv(path: pathlib.Path, columns: Iterable[str], rows: Iterable[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: rounded(value) for key, value in row.items()} for row in rows)


def write_json(path: pathlib.Path, value) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n")


def table(head: Iterable[str], rows: Iterable[Iterable]) -> str:
    lines = [list(head), ["---"] * len(list(head)), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def per_setting(calls: list[dict]) -> list[dict]:
    return [
        {
            "threads": threads, "num_ctx": context, "prompt_size": prompt, "token_cap": cap,
            "prompt_tokens": rows[0]["prompt_tokens"], "calls": len(rows),
            "ttft_ms": spread([row["ttft_ms"] for row in rows]),
            "throughput_tok_s": spread([row["throughput_tok_s"] for row in rows]),
            "latency_max_gap_ms": spread([row["latency_max_gap_ms"] for row in rows]),
        }
        for (threads, context, prompt, cap), rows
        in group(calls, "threads", "num_ctx", "prompt_size", "token_cap").items()
    ]


def gap_rows(calls: list[dict]) -> list[dict]:
    """Deciles of the gaps between tokens, all calls of a number of threads and a prompt length together."""
    rows = []
    for (threads, prompt), members in group(calls, "threads", "prompt_size").items():
        gaps = [gap for row in members for gap in row["gaps"]]
        row = {"threads": threads, "prompt_size": prompt, "gaps": len(gaps)}
        for decile, value in enumerate(statistics.quantiles(gaps, n=10), start=1):
            row[f"latency_p{decile}0_ms"] = value
        rows.append({**row, "latency_max_ms": max(gaps)})
    return rows


def ratio_words(ratio: float) -> str:
    return "as fast as one" if 0.95 < ratio < 1.05 else f"{ratio:.2f} times as fast as one"


def overview(calls: list[dict], starts: list[dict], machine: dict) -> str:
    threads = group(calls, "threads")
    contexts = group(calls, "num_ctx")
    ratio = median(threads[2,], "throughput_tok_s") / median(threads[1,], "throughput_tok_s")
    longest = max(calls, key=lambda row: row["latency_max_gap_ms"])
    first, last = list(contexts.items())[0], list(contexts.items())[-1]
    rows = [
        [number, prompt, len(members), f"{median(members, 'ttft_ms'):.0f}",
         f"{median(members, 'throughput_tok_s'):.1f}", f"{median(members, 'latency_max_gap_ms'):.0f}"]
        for (number, prompt), members in group(calls, "threads", "prompt_size").items()
    ]
    points = [
        f"Two threads generate {ratio_words(ratio)}: {median(threads[2,], 'throughput_tok_s'):.1f} tok/s against "
        f"{median(threads[1,], 'throughput_tok_s'):.1f}.",
        f"With a context window of {last[0][0]} tokens instead of {first[0][0]}, the throughput is "
        f"{median(last[1], 'throughput_tok_s'):.1f} tok/s instead of {median(first[1], 'throughput_tok_s'):.1f}.",
        f"From spawn to the first ready answer the server takes {median(starts, 'load_ms'):.0f} ms; after its calls it "
        f"holds {median(starts, 'memory_mb'):.0f} MB.",
        f"The longest silence between two tokens lasted {longest['latency_max_gap_ms']:.0f} ms, in a call with "
        f"{longest['threads']} thread(s) at a load average of {longest['load_average_1m']:.2f}.",
    ]
    sizes = ", ".join(str(size) for size, in group(calls, "prompt_tokens"))
    listed = "\n".join(f"- {point}" for point in points)
    return f"""# {machine["model"]} on {machine["cores"]} cores

{len(calls)} calls, measured from {machine["measured_at"]} on a machine that was shared with other work, at a load
average of {median(calls, "load_average_1m"):.2f}. Numbers are medians where nothing else is said.

## What we saw

{listed}

## Table

The prompt size is in tokens, without the question and the chat template ({sizes} with them).

{table(("threads", "prompt size", "calls", "TTFT ms", "throughput tok/s", "longest gap ms"), rows)}
"""


def threads_note(calls: list[dict], starts: list[dict]) -> str:
    rows = []
    for (number,), members in group(calls, "threads").items():
        figures = spread([row["throughput_tok_s"] for row in members])
        rows.append([number, len(members), figures["median"], figures["min"], figures["max"], f"{figures['cv_pct']} %"])
    loads = [
        [number, context, f"{median(members, 'load_ms'):.0f}", f"{median(members, 'memory_mb'):.0f}"]
        for (number, context), members in group(starts, "threads", "num_ctx").items()
    ]
    return f"""# One thread or two

Throughput over all prompts, contexts and token caps, in tok/s.

{table(("threads", "calls", "median", "min", "max", "CV"), rows)}

# Cold starts

Spawn to the first ready answer, and the memory of the server after its calls.

{table(("threads", "context", "load ms", "memory MB"), loads)}
"""


def write(folder: pathlib.Path, calls: list[dict], starts: list[dict], machine: dict) -> None:
    data, reports = folder / "csv_data", folder / "reports"
    settings = per_setting(calls)
    gaps = gap_rows(calls)
    write_csv(data / "calls.csv", CALL_COLUMNS, calls)
    write_csv(data / "settings.csv",
              ("threads", "num_ctx", "prompt_tokens", "token_cap", "calls", "ttft_ms_median", "throughput_tok_s_median",
               "throughput_cv_pct"),
              ({**row, "ttft_ms_median": row["ttft_ms"]["median"],
                "throughput_tok_s_median": row["throughput_tok_s"]["median"],
                "throughput_cv_pct": row["throughput_tok_s"]["cv_pct"]} for row in settings))
    write_csv(data / "token_gaps.csv", gaps[0].keys(), gaps)
    write_csv(data / "cold_starts.csv", starts[0].keys(), starts)

    write_json(reports / "environment.json", machine)
    write_json(reports / "throughput.json", {
        "model": machine["model"], "unit": "tok/s",
        "threads": {str(number): spread([row["throughput_tok_s"] for row in rows])
                    for (number,), rows in group(calls, "threads").items()},
        "num_ctx": {str(context): spread([row["throughput_tok_s"] for row in rows])
                    for (context,), rows in group(calls, "num_ctx").items()},
    })
    for (threads,), rows in group(settings, "threads").items():
        write_json(reports / "ttft" / f"threads_{threads}.json", {"model": machine["model"], "settings": rows})
    (reports / "overview.md").write_text(overview(calls, starts, machine))
    (reports / "threads.md").write_text(threads_note(calls, starts))
