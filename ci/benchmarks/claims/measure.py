#!/usr/bin/env python3
"""How well does `chimera-gate lint` read data that nobody has seen? Corpora with random schemas, names and units, true
reports, and copies of them with one defect each.

  measure.py write --seed 7 --corpora 40 FOLDER     writes corpora, reports and labels.jsonl; the same for the same seed
  measure.py score --binary BINARY FOLDER           has lint judge them and prints the table
  measure.py score … --by layout unit_place defect  also by what was drawn; --details FILE: every miss and false alarm
  measure.py facts --binary BINARY FOLDER           how well ingest knew owner, condition, metric, statistic and unit
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from collections import defaultdict

import facts
import reports
import schema


def write(options: argparse.Namespace) -> None:
    options.folder.mkdir(parents=True, exist_ok=True)
    labels, truths = [], []
    for number in range(1, options.corpora + 1):
        draw = random.Random(f"{options.seed}/{number}")
        name = f"corpus-{number:03}"
        tables = schema.draw_corpus(draw)
        for table in tables:
            schema.write(table, options.folder / name)
            truths += facts.truth(name, table)
        lines = reports.draw_report(draw, tables)
        folder = options.folder / f"{name}.reports"
        folder.mkdir(exist_ok=True)
        text = [l.text for l in lines]
        (folder / "true.md").write_text("\n".join(text) + "\n", encoding="utf-8")
        claims = [(i, l) for i, l in enumerate(lines) if l.sentence]
        say = lambda i, l: {"corpus": name, "line": i + 1, "form": l.sentence.form, "wording": l.sentence.wording, "file": l.table.path,
                            "layout": l.table.layout, "unit_place": l.table.unit_place, "spelling": l.table.spelling, "language": l.table.language,
                            "keyed": "scope and key" if l.table.scope and l.table.key else "scope" if l.table.scope else "key" if l.table.key else "no"}
        labels += [say(i, l) | {"report": "true", "text": l.text} for i, l in claims]
        possible = [(i, l, d) for i, l in claims for d in l.sentence.defects]
        draw.shuffle(possible)
        by_form: dict[str, int] = defaultdict(int)
        chosen = []
        for i, l, d in possible:  # every form as often as the others, where there are enough
            if by_form[l.sentence.form] < options.false // 6: chosen.append((i, l, d)); by_form[l.sentence.form] += 1
        for n, (i, l, d) in enumerate(chosen, 1):
            (folder / f"false-{n:02}.md").write_text("\n".join(text[:i] + [d.text] + text[i + 1:]) + "\n", encoding="utf-8")
            labels.append(say(i, l) | {"report": f"false-{n:02}", "defect": d.kind, "severity": d.severity, "original": l.text, "text": d.text})
    for file, rows in (("labels.jsonl", labels), ("truth.jsonl", truths)):
        (options.folder / file).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    true = sum(l["report"] == "true" for l in labels)
    print(f"{options.corpora} corpora, {true} true sentences, {len(labels) - true} false ones")


def lint(binary: str, folder: pathlib.Path, name: str, configuration: pathlib.Path) -> dict[str, list[dict]]:
    files = sorted((folder / f"{name}.reports").glob("*.md"))
    first = next(l for l in files[-1].read_text(encoding="utf-8").splitlines() if l.startswith("## "))
    configuration.write_text(f'quality:\n  required_sections: ["{first[3:]}"]\n', encoding="utf-8")
    command = [binary, "lint", *map(str, files), "--corpus", str(folder / name), "--format", "json", "--config", str(configuration)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if ended.returncode == 65:  # a corpus that it cannot read
        print(f"{name} was not read: {ended.stderr.strip()[:160]}")
        return {}
    if ended.returncode not in (0, 3): sys.exit(f"{name}: exit {ended.returncode}: {ended.stderr[:400]}")
    found: dict[str, list[dict]] = defaultdict(list)
    for finding in json.loads(ended.stdout):
        if finding["severity"] != "info": found[finding["report_id"]].append(finding)
    return found


class Tally:
    def __init__(self) -> None:
        self.true = self.true_error = self.true_any = self.false = self.found_error = self.found_any = self.sharp_error = self.sharp_any = 0

    def row(self, name: str) -> str:
        part = lambda n, of: f"{n / of:6.3f}" if of else "     –"
        return (f"{name:26} {self.true:5} {part(self.true_error, self.true)} {part(self.true_any, self.true)}   {self.false:5} "
                f"{part(self.found_error, self.false)} {part(self.found_any, self.false)} {part(self.sharp_error, self.false)} {part(self.sharp_any, self.false)}")


HEADER = f"{'':26} {'true':>5} {'error':>6} {'any':>6}   {'false':>5} {'error':>6} {'any':>6} {'sharpE':>6} {'sharp':>6}"


def score(options: argparse.Namespace) -> int:
    labels = [json.loads(l) for l in open(options.folder / "labels.jsonl", encoding="utf-8")]
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    details, elsewhere = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        configuration = pathlib.Path(temporary) / "lint.yml"
        findings = {name: lint(options.binary, options.folder, name, configuration) for name in sorted({l["corpus"] for l in labels})}
    judged = {(l["corpus"], l["line"]) for l in labels}
    at = lambda label, report: [f for f in findings[label["corpus"]].get(report, []) if f["line"] == label["line"]]
    for name, found in findings.items(): elsewhere += sum((name, f["line"]) not in judged for f in found.get("true", []))
    for label in labels:
        here, before = at(label, label["report"]), at(label, "true")
        groups = [tallies["", "all"], tallies["form", label["form"]]] + [tallies[b, str(label.get(b, "true"))] for b in options.by]
        error = any(f["severity"] == "error" for f in here)
        for t in groups:
            if label["report"] == "true":
                t.true += 1; t.true_error += error; t.true_any += bool(here)
            else:
                t.false += 1; t.found_error += error; t.found_any += bool(here)
                t.sharp_error += error and not before; t.sharp_any += bool(here) and not before
        wrong = bool(here) if label["report"] == "true" else not here or bool(before)
        if wrong: details.append(label | {"findings": [{k: f.get(k) for k in ("rule_id", "severity", "claim", "message", "evidence")} for f in here], "true_flagged": bool(before)})
    print(HEADER)
    for (group, name), tally in sorted(tallies.items(), key=lambda x: (x[0][0] != "", x[0][0] != "form", x[0])): print(tally.row(f"{group} {name}".strip()))
    print(f"findings elsewhere in the {len(findings)} true reports: {elsewhere}")
    if options.details: options.details.write_text(json.dumps(details, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    writer = commands.add_parser("write", help="write corpora, reports, labels.jsonl")
    writer.add_argument("--seed", type=int, required=True)
    writer.add_argument("--corpora", type=int, default=40)
    writer.add_argument("--false", type=int, default=24, help="reports with one defect per corpus, about (default 24)")
    writer.add_argument("folder", type=pathlib.Path)
    scorer = commands.add_parser("score", help="have lint judge them")
    scorer.add_argument("--binary", required=True)
    scorer.add_argument("--by", nargs="*", default=[], choices=["layout", "unit_place", "spelling", "language", "keyed", "defect", "wording"])
    scorer.add_argument("--details", type=pathlib.Path)
    scorer.add_argument("folder", type=pathlib.Path)
    reader = commands.add_parser("facts", help="have ingest read them")
    reader.add_argument("--binary", required=True)
    reader.add_argument("--by", nargs="*", default=[], choices=["unit_place", "spelling", "language"])
    reader.add_argument("--details", type=pathlib.Path)
    reader.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    if options.command == "facts": return facts.score(options.binary, options.folder, options.by, options.details)
    return write(options) or 0 if options.command == "write" else score(options)


if __name__ == "__main__":
    sys.exit(main())
