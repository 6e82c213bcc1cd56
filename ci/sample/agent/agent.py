#!/usr/bin/env python3
"""An agent of the kind that chimera-gate measures as it is: it reads measurements, asks a model, and writes report.md.

It knows nothing of chimera-gate: its model is where OPENAI_BASE_URL says, its data in --data, its report in --out. Only
Python's standard library is used.
"""
import argparse
import csv
import json
import os
import pathlib
import statistics
import urllib.request

BASE_URL = os.environ.get("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1")


def ask(model, prompt, tokens):
    """One streamed chat completion; returns its text."""
    body = {
        "model": model,
        "messages": [{"role": "user", "content": prompt}],
        "max_tokens": tokens,
        "temperature": 0,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    request = urllib.request.Request(
        BASE_URL + "/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    pieces = []
    with urllib.request.urlopen(request, timeout=300) as answer:
        for line in answer:
            if not line.startswith(b"data: ") or line.startswith(b"data: [DONE]"):
                continue
            for choice in json.loads(line[6:]).get("choices", []):
                pieces.append(choice.get("delta", {}).get("content") or "")
    return "".join(pieces)


def medians(file):
    """Median throughput and TTFT of the calls with each number of threads."""
    with open(file, newline="") as lines:
        rows = list(csv.DictReader(lines))
    result = {}
    for threads in sorted({row["threads"] for row in rows}):
        own = [row for row in rows if row["threads"] == threads]
        result[threads] = {
            "calls": len(own),
            "throughput": statistics.median(float(row["throughput_tok_s"]) for row in own),
            "ttft": statistics.median(float(row["ttft_ms"]) for row in own),
        }
    return result


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", default="../corpus/csv_data/calls.csv")
    options.add_argument("--out", default="report.md")
    options.add_argument("--model", default="SmolLM2-135M-Instruct.Q4_1")
    options.add_argument("--reviews", type=int, default=1, help="how often the model reads its own draft")
    given = options.parse_args()

    figures = medians(given.data)
    facts = "\n".join(
        f"{threads} threads: {f['throughput']:.2f} tok/s, TTFT {f['ttft']:.2f} ms" for threads, f in figures.items()
    )
    draft = ask(given.model, f"Which number of threads is faster, and by how much?\n{facts}", 64)
    for _ in range(given.reviews):
        draft = ask(given.model, f"Shorten this to one sentence:\n{draft}\n{facts}", 32)

    lines = ["# Threads", "", "| threads | calls | median throughput tok/s | median TTFT ms |"]
    lines.append("| --- | --- | --- | --- |")
    for threads, f in figures.items():
        lines.append(f"| {threads} | {f['calls']} | {f['throughput']:.1f} | {f['ttft']:.0f} |")
    pathlib.Path(given.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    pathlib.Path(given.out).with_suffix(".model.txt").write_text(draft + "\n", encoding="utf-8")
    print(f"wrote {given.out}: {len(figures)} rows")


if __name__ == "__main__":
    main()
