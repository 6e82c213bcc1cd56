#!/usr/bin/env python3
"""Writes real-runs.csv out of ci/sample/corpus/csv_data/calls.csv: 120 calls that this project measured on a real model,
in the columns that the simulations read. What is left of TTFT beside the prompt's evaluation stands as load_ms.

    python3 Tests/Data/reference-runs.py > Tests/Data/real-runs.csv
"""
import csv
import pathlib
import sys

calls = pathlib.Path(__file__).parents[2] / "ci/sample/corpus/csv_data/calls.csv"
columns = [
    "dataset", "series_id", "run_index", "level", "stage", "throughput_tok_s", "ttft_ms", "load_ms", "prompt_eval_ms",
    "eval_ms", "total_ms", "tokens", "status"]
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(columns)
caps = {}
for row in csv.DictReader(calls.open()):
    number = {name: float(value) for name, value in row.items()}
    prompt = number["prompt_tokens"] / number["server_prompt_tok_s"] * 1000
    series = "/".join(f"{name}-{row[name]}" for name in ("threads", "num_ctx", "prompt_tokens", "tokens"))
    caps[series] = caps.get(series, 0) + 1
    out.writerow([
        "agent_sample", series, caps[series] + 1, "call", "single", row["throughput_tok_s"], row["ttft_ms"],
        f"{max(0.1, number['ttft_ms'] - prompt):.2f}", f"{prompt:.2f}",
        f"{number['tokens'] / number['server_throughput_tok_s'] * 1000:.2f}", row["total_ms"], row["tokens"], "ok"])
