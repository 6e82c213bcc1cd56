"""How well `ingest` understands the random data: for each value that was written, whether it was read, and whether owner,
condition, metric, statistic and unit are those that were drawn."""

import json
import pathlib
import re
import subprocess
import sys
from collections import defaultdict

import words
from schema import Table

PARTS = ["read", "owner", "condition", "metric", "statistic", "unit"]
EXPECTED_STATISTICS = {"": {"raw", "count", "total", "rate", "unknown"}, "p50": {"median", "p50"}}


def truth(name: str, table: Table) -> list[dict]:
    return [{"corpus": name, "file": table.path, "layout": table.layout, "unit_place": table.unit_place, "spelling": table.spelling,
             "language": table.language, "owner": owner, "condition": [str(x) for x in (scope, key) if x not in ("", None)],
             "metric": table.columns[i].metric.words, "statistic": table.columns[i].statistic, "unit": table.columns[i].unit, "value": float(value)}
            for (owner, scope, key, i), value in table.values.items()]


def unit_key(text: str) -> str:
    """The unit that a spelling means, so that `tok_per_s` and `tokens/s` are one."""
    plain = re.sub(r"[ _]+per[ _]+|_", "/", text.strip().lower())
    for unit, spellings in words.IDENTIFIER_UNITS.items():
        if plain == unit.lower() or plain in {re.sub(r"_per_|_", "/", s) for s in spellings}: plain = unit.lower()
    return {"tok/s": "tokens/s", "requests/s": "req/s", "reqs/s": "req/s", "us": "µs", "μs": "µs"}.get(plain, plain)


def unit_matches(unit: str, true: dict) -> bool:
    """A count may have what it counts as its unit."""
    return unit_key(unit) == unit_key(true["unit"]) or (not true["unit"] and unit.lower() in true["metric"].lower().split())


def judged(fact: dict, true: dict) -> dict[str, bool]:
    said = [label["text"] for label in fact["labels"]]
    name = re.sub(r"[^0-9a-zà-ÿß]", "", fact["metric"].lower())
    return {"read": True, "owner": true["owner"] in said, "condition": all(c in said for c in true["condition"]),
            "metric": re.sub(r"[^0-9a-zà-ÿß]", "", true["metric"].lower()) in name,
            "statistic": fact["statistic"] in EXPECTED_STATISTICS.get(true["statistic"], {true["statistic"]}),
            "unit": unit_matches(fact.get("unit") or "", true)}


def score(binary: str, folder: pathlib.Path, by: list[str], details: pathlib.Path | None) -> int:
    trues = [json.loads(l) for l in open(folder / "truth.jsonl", encoding="utf-8")]
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    wrong, extra = [], 0
    for corpus in sorted({t["corpus"] for t in trues}):
        ended = subprocess.run([binary, "ingest", "--corpus", str(folder / corpus), "--format", "json"], capture_output=True, text=True, timeout=600)
        if ended.returncode not in (0, 65): sys.exit(f"{corpus}: exit {ended.returncode}: {ended.stderr[:400]}")
        facts = json.loads(ended.stdout)["facts"] if ended.returncode == 0 else []
        by_value: dict[tuple[str, float], list[dict]] = defaultdict(list)
        for fact in facts:
            if fact["kind"] == "number": by_value[fact["source"]["file"], round(fact["value"], 6)].append(fact)
        used = set()
        for true in (t for t in trues if t["corpus"] == corpus):
            candidates = [(judged(f, true), f) for f in by_value.get((true["file"], round(true["value"], 6)), [])]
            best, fact = max(candidates, key=lambda c: sum(c[0].values()), default=({}, None))
            if fact: used.add(id(fact))
            for group in [("", "all"), ("layout", true["layout"])] + [(b, true[b]) for b in by if b in true]:
                counts[group]["facts"] += 1
                for part in PARTS: counts[group][part] += best.get(part, False)
            if not all(best.get(p, False) for p in PARTS): wrong.append({"true": true, "fact": fact, "wrong": [p for p in PARTS if not best.get(p, False)]})
        extra += sum(id(f) not in used for fs in by_value.values() for f in fs)
    print(f"{'':26} {'facts':>6} " + " ".join(f"{p:>9}" for p in PARTS))
    for (group, name), count in sorted(counts.items(), key=lambda x: (x[0][0] != "", x[0])):
        print(f"{f'{group} {name}'.strip():26} {count['facts']:6} " + " ".join(f"{count[p] / count['facts']:9.3f}" for p in PARTS))
    print(f"numbers that are facts and no measurement (keys, spreads, metadata): {extra}")
    if details: details.write_text(json.dumps(wrong, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0
