#!/usr/bin/env python3
"""Compares the groundedness of reports: facts and date in the prompts (chimera-gate run) against the prompt contents of
the original agent, which saw file names first and then harvested metrics without their owners.

  measure.py --corpus ci/sample/corpus --binary .build/release/chimera-gate --out FOLDER --reports 4
      asks the model at --url (ci/serve-model.py), writes FOLDER/{facts,names}/N.md and FOLDER/facts.json, prints the table
  measure.py --recorded ci/benchmarks/groundedness/recorded --binary .build/release/chimera-gate
      prints the table of reports that were recorded; no model is asked
"""

import argparse
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import urllib.request

ANALYSIS = """You are a performance analysis expert. Analyze the following benchmark data and provide insights.

Benchmark Data Summary:
{summary}


Please provide:
1. Executive summary of the data
2. Key performance findings
3. Performance metrics analysis
4. Recommendations for optimization

Format your response as structured analysis with clear sections."""

REPORT = """Generate a comprehensive technical report in the style of Technical Report 108.

Analysis Results:
- Summary: {summary}
- Key Findings:
{findings}
- Performance Metrics: {metrics}
- Recommendations:
{recommendations}

Create a professional technical report with the following structure:
1. Executive Summary
2. Data Ingestion Summary
3. Performance Analysis
4. Key Findings
5. Recommendations
6. Appendix

Use markdown formatting and include specific metrics and data points."""


def ask(url: str, prompt: str, seed: int, options: argparse.Namespace) -> str:
    body = {"model": "model", "messages": [{"role": "user", "content": prompt}], "temperature": options.temperature,
            "seed": seed, "max_tokens": options.max_tokens}
    request = urllib.request.Request(url + "/v1/chat/completions", json.dumps(body).encode(),
                                     {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=900) as answer:
        return json.load(answer)["choices"][0]["message"]["content"]


def extracted(analysis: str) -> tuple[str, list[str], list[str]]:
    """By words in lines, as the original did it."""
    lines = analysis.splitlines()
    start = next((i + 1 for i, line in enumerate(lines) if "executive summary" in line.lower()), 0)
    summary = " ".join(line for line in lines[start:start + 12] if not line.startswith("#")).strip()

    def with_words(words: str) -> list[str]:
        return [line.strip() for line in lines if re.search(words, line.lower())][:10]

    return summary, with_words("finding|insight|discovery|key"), with_words("recommend|suggest|should|consider")


def numbered(lines: list[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def by_names(url: str, seed: int, summary: str, metrics: dict, options: argparse.Namespace) -> str:
    """The original's two stages: file names, then harvested metrics in random order, as many as it had."""
    short, findings, recommendations = extracted(ask(url, ANALYSIS.format(summary=summary), seed, options))
    keys = list(metrics)
    random.Random(seed).shuffle(keys)
    del keys[60:]
    return ask(url, REPORT.format(summary=short, findings=numbered(findings), recommendations=numbered(recommendations),
                                  metrics=json.dumps({key: metrics[key] for key in keys}, indent=2)), seed, options)


def measure(options: argparse.Namespace) -> pathlib.Path:
    out = options.out
    for seed in range(1, options.reports + 1):
        session = out / f"session-{seed}"
        subprocess.run([options.binary, "run", "--corpus", options.corpus, "--config", options.config, "--api", "openai",
                        "--url", options.url, "--runs", "1", "--seed", str(seed), "--temperature",
                        str(options.temperature), "--max-tokens", str(options.max_tokens), "--num-ctx",
                        str(options.num_ctx), "--output", str(session)], check=True, stdout=sys.stderr)
        run = session / "runs" / "0001"
        (out / "facts").mkdir(parents=True, exist_ok=True)
        (out / "names").mkdir(parents=True, exist_ok=True)
        (out / "facts" / f"{seed}.md").write_text((run / "report.md").read_text())
        facts = json.loads((run / "facts.json").read_text())
        (out / "facts.json").write_text(json.dumps(facts, separators=(",", ":"), ensure_ascii=False) + "\n")
        summary = subprocess.run([options.binary, "ingest", "--corpus", options.corpus, "--config", options.config],
                                 check=True, capture_output=True, text=True).stdout
        text = by_names(options.url, seed, summary, facts["performance_metrics"], options)
        head = f"# Technical Report: Analyst Analysis\n\n**Date:** {facts['generated_date']}\n\n---\n\n"
        (out / "names" / f"{seed}.md").write_text(head + text + "\n")
        print(f"{seed} of {options.reports}", file=sys.stderr, flush=True)
    return out


def judged(binary: str, report: pathlib.Path, facts: pathlib.Path) -> dict:
    """Groundedness, claims and findings of one report."""
    text = subprocess.run([binary, "lint", str(report), "--facts", str(facts)], capture_output=True, text=True).stdout
    found = re.search(r"(\d+) of (\d+) checkable claims grounded", text)
    grounded, claims = (int(found[1]), int(found[2])) if found else (0, 0)
    findings = json.loads(subprocess.run([binary, "lint", str(report), "--facts", str(facts), "--format", "json"],
                                         capture_output=True, text=True).stdout)
    content = [finding for finding in findings if finding["rule_id"][0] != "S" and finding["severity"] != "info"]
    return {"grounded": grounded, "claims": claims, "false": len(content)}


def table(binary: str, folder: pathlib.Path) -> None:
    print("| prompts | reports | checkable claims | grounded | pooled groundedness | median per report "
          "| findings of content per report |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for arm, name in [("names", "the original's: names, metrics without owners"), ("facts", "facts, owners and date")]:
        rows = [judged(binary, report, folder / "facts.json") for report in sorted((folder / arm).glob("*.md"))]
        claims, grounded = sum(row["claims"] for row in rows), sum(row["grounded"] for row in rows)
        shares = [row["grounded"] / row["claims"] for row in rows if row["claims"]]
        pooled = f"{grounded / claims:.2f}" if claims else "–"
        median = f"{statistics.median(shares):.2f} (n={len(shares)})" if shares else "–"
        print(f"| {name} | {len(rows)} | {claims} | {grounded} | {pooled} | {median} "
              f"| {statistics.mean(row['false'] for row in rows):.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/chimera-gate")
    parser.add_argument("--recorded", type=pathlib.Path)
    parser.add_argument("--corpus", default="ci/sample/corpus")
    parser.add_argument("--config", default="ci/sample/replay.yml")
    parser.add_argument("--url", default="http://127.0.0.1:18080")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(".build/groundedness"))
    parser.add_argument("--reports", type=int, default=10)
    parser.add_argument("--temperature", type=float, default=0.2)
    parser.add_argument("--max-tokens", type=int, default=400)
    parser.add_argument("--num-ctx", type=int, default=2560)
    options = parser.parse_args()
    table(options.binary, options.recorded or measure(options))


if __name__ == "__main__":
    main()
