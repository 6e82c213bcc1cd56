"""Assembles a report out of sentences, a list and a table: one that is true, and copies with one defect each."""

from dataclasses import dataclass

import forms
import words
from prose import Defect, Sentence, Writer, sub_once, upper
from schema import Table

INTRODUCTIONS = ["This report summarises the measurements.", "The following pages describe what was measured.", "Below are the results in brief."]
HEADINGS = ["Results", "Findings", "Measurements", "Comparison", "Overview", "Discussion", "Details"]
MONTHS = "January February March April May June July August September October November December".split()


@dataclass
class Line:
    text: str
    table: Table | None = None
    sentence: Sentence | None = None


def table_rows(random, table: Table, w: Writer) -> list[Line]:
    """A Markdown table of the report: some owners, some columns, one condition or all of them."""
    columns = random.sample(range(len(table.columns)), min(len(table.columns), random.randint(2, 4)))
    conditions = table.conditions()
    if len(conditions) > 1 and random.random() < 0.5: conditions = [random.choice(conditions)]
    keyed = len(conditions) > 1
    decimals = {i: table.columns[i].decimals for i in columns}
    in_cells = random.random() < 0.3
    header = [upper(table.kind[0])]
    if keyed: header += [upper(x[0]) for x in (table.scope, table.key) if x]
    for i in columns:
        c = table.columns[i]
        name = upper(w.draw_phrase(c).removeprefix("number of ")).strip("`")
        bracketed = "(" in name or "[" in name
        header.append(name if in_cells or bracketed or not c.unit else f"{name} ({c.unit})")
    lines = [Line(f"| {' | '.join(header)} |"), Line("|" + "---|" * len(header))]
    if not keyed and w.condition(conditions[0], ""): lines[:0] = [Line(f"{upper(w.condition(conditions[0], ''))}:"), Line("")]
    for condition in conditions:
        for o in random.sample(table.owners, random.randint(3, len(table.owners))):
            unit = lambda i: w.unit(table.columns[i].unit) if in_cells else ""
            shown = [w.digits(table.value(o, condition, i), decimals[i]) for i in columns]
            lead = [o] + ([str(x) for x, y in zip(condition, (table.scope, table.key)) if y] if keyed else [])
            make = lambda cells: "| " + " | ".join(lead + [x + unit(i) for x, i in zip(cells, columns)]) + " |"
            k = random.randrange(len(columns))
            other = random.choice([x for x in table.owners if x != o])
            defects = [Defect("cell", make(shown[:k] + [w.wrong_digits(shown[k])[1]] + shown[k + 1:])),
                       Defect("other owner", make(shown[:k] + [w.digits(table.value(other, condition, columns[k]), decimals[columns[k]])] + shown[k + 1:]))]
            if shown[0] != shown[1]: defects.append(Defect("swapped cells", make([shown[1], shown[0]] + shown[2:])))
            lines.append(Line(make(shown), table, Sentence("table", "row", make(shown), defects)))
    return lines


def turned_table(random, table: Table, w: Writer) -> list[Line]:
    """A Markdown table with a metric a row and an owner a column."""
    condition = random.choice(table.conditions())
    owners = random.sample(table.owners, random.randint(2, min(4, len(table.owners))))
    lines = [Line(f"| | {' | '.join(owners)} |"), Line("|" + "---|" * (len(owners) + 1))]
    if w.condition(condition, ""): lines[:0] = [Line(f"{upper(w.condition(condition, ''))}:"), Line("")]
    for i, c in enumerate(table.columns):
        shown = [w.digits(table.value(o, condition, i), c.decimals) for o in owners]
        name = upper(w.draw_phrase(c).removeprefix("number of ")).strip("`")
        title = name if not c.unit or "(" in name or "[" in name else f"{name} ({c.unit})"
        make = lambda cells: f"| {title} | {' | '.join(cells)} |"
        k = random.randrange(len(owners))
        defects = [Defect("cell", make(shown[:k] + [w.wrong_digits(shown[k])[1]] + shown[k + 1:]))]
        if shown[0] != shown[1]: defects.append(Defect("swapped cells", make([shown[1], shown[0]] + shown[2:])))
        lines.append(Line(make(shown), table, Sentence("table", "turned row", make(shown), defects)))
    return lines


def bullets(random, table: Table, w: Writer) -> list[Line]:
    """A list whose owner, or whose metric, stands in the heading."""
    condition = random.choice(table.conditions())
    by_owner = random.random() < 0.5
    lines = []
    if by_owner:
        o = random.choice(table.owners)
        lines += [Line(f"### {o}{w.condition(condition)}"), Line("")]
        entries = [(upper(w.metric(c)), i, o) for i, c in enumerate(table.columns)]
    else:
        i = random.randrange(len(table.columns))
        lines += [Line(f"{upper(w.metric(table.columns[i]))}{w.condition(condition)}:"), Line("")]
        entries = [(o, i, o) for o in table.owners]
    for lead, i, o in entries:
        c = table.columns[i]
        digits, unit = w.quantity(c, table.value(o, condition, i))
        mark, stop = random.choice([("**", ""), ("", ".")])
        make = lambda q: f"- {mark}{lead}{mark}: {q}{stop}"
        others = [f"{table.value(x, condition, i):f}" for x in table.owners]
        defects = [Defect(d.kind, make(d.text)) for d in w.wrong(digits, unit, c, others)]
        lines.append(Line(make(digits + unit), table, Sentence("list", "owner in the heading" if by_owner else "metric in the heading", make(digits + unit), defects)))
    return lines


def named(random, table: Table, w: Writer) -> list[Line]:
    """Files, dates, versions and owners that the data has, or has not."""
    file = table.path.rpartition("/")[2]
    stem, _, suffix = file.rpartition(".")
    text = random.choice(["The figures are taken from `{}`.", "See `{}` for every value.", "`{}` holds the raw data."])
    lines = [Line(text.format(file), table, Sentence("named", "file", text.format(file), [Defect("invented file", text.format(f"{words.made_up(random, 3)}_{stem[-1]}.{suffix}"))]))]
    sentence = forms.value(random, table, w)
    o = next((x for x in table.owners if x in sentence.text), None)
    if o and sentence.wording != "o c: m v":
        invented = words.owner_name(random)
        lines.append(Line(sentence.text, table, Sentence("named", "owner", sentence.text, [Defect("invented owner", sub_once(sentence.text, o, invented), "warning")])))
    if "date" in table.constants:
        year, month, day = map(int, table.constants["date"].split("-"))
        say = lambda d: f"The {table.kind[1]} were measured on {d} {MONTHS[month - 1]} {year}."
        lines.append(Line(say(day), table, Sentence("named", "date", say(day), [Defect("date", say(day - 9 if day > 9 else day + 9), "warning")])))
    return lines


def paragraph(random, table: Table, w: Writer) -> list[Line]:
    lines, listed = [], random.choice(["", "", "- ", "1. "])
    for _ in range(random.randint(3, 6)):
        try: sentence = random.choice(forms.FORMS)(random, table, w)
        except ValueError: continue
        if sentence is None or sentence.text in w.said_already: continue
        w.said_already.add(sentence.text)
        for d in sentence.defects: d.text = listed + d.text
        sentence.text = listed + sentence.text
        lines.append(Line(sentence.text, table, sentence))
    return lines


def draw_report(random, tables: list[Table]) -> list[Line]:
    lines = [Line(f"# {random.choice(['Benchmark report', 'Technical report', 'Evaluation', 'Measurement notes'])}"), Line(""), Line(random.choice(INTRODUCTIONS)), Line("")]
    for number, table in enumerate(tables):
        w = Writer(random, table)
        lines += [Line(f"## {HEADINGS[number]}: {table.kind[1]}"), Line("")]
        parts = [paragraph, paragraph, table_rows if random.random() < 0.65 else turned_table, bullets, named, paragraph]
        random.shuffle(parts)
        for part in parts:
            try: drawn = part(random, table, w)
            except ValueError: continue
            if drawn: lines += drawn + [Line("")]
    return lines[:-1]
