"""Draws tables at random (owners, keys, metrics, statistics, units, spelling) and writes them in a random layout."""

import json
import pathlib
from dataclasses import dataclass, field
from decimal import Decimal

import words

LAYOUTS = ["csv", "csv", "csv-long", "csv-turned", "json-rows", "json-rows", "json-nested", "jsonl", "markdown", "markdown"]
SPELLINGS = ["snake", "snake", "camel", "kebab", "dotted", "title", "title"]
STATISTICS_OF = {"time", "power", "bytes", "rate.requests", "rate.tokens", "rate.bytes"}


@dataclass(frozen=True)
class Column:
    metric: words.MetricWords
    statistic: str  # "" where the column has none
    unit: str
    decimals: int
    header: str  # as the data spells it, unit and statistic included where they are spelled there
    name: str  # the metric alone, as the data spells it
    spelled_statistic: str


@dataclass
class Table:
    path: str
    layout: str
    spelling: str
    unit_place: str  # name, header, sibling, cell, none
    language: str
    kind: tuple[str, str]
    owners: list[str]
    scope: tuple[str, str, list[str]] | None  # name, phrase, values
    key: tuple[str, str, str, list[int]] | None  # name, preposition, noun phrase, values
    columns: list[Column]
    separator: str = ","
    decimal_comma: bool = False
    statistic_column: bool = False  # in the long form
    blank_repeats: bool = False  # an owner stands in the first of its rows only
    scope_outermost: bool = False  # in nested JSON
    grouping: str = ""  # separator of thousands in the cells
    spread: bool = False  # cells as 84.10 ± 0.52
    preamble: str = ""  # lines of a CSV file before its header
    metadata: dict = field(default_factory=dict)  # beside the rows in JSON
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[tuple, Decimal] = field(default_factory=dict)  # (owner, scope value or "", key value or None, column) → value

    def conditions(self) -> list[tuple]:
        return [(s, k) for s in (self.scope[2] if self.scope else [""]) for k in (self.key[3] if self.key else [None])]

    def value(self, owner: str, condition: tuple, column: int) -> Decimal:
        return self.values[owner, condition[0], condition[1], column]


def stems(text: str) -> set[str]:
    return {w.rstrip("s").lower() for w in text.split()}


def spell(spelling: str, *parts: str) -> str:
    tokens = [t for p in parts if p for t in p.replace("/", " ").replace("_", " ").split()]
    if spelling == "snake": return "_".join(t.lower() for t in tokens)
    if spelling == "kebab": return "-".join(t.lower() for t in tokens)
    if spelling == "dotted": return ".".join("_".join(p.lower().replace("/", " ").split()) for p in parts if p)
    if spelling == "camel": return tokens[0][0].lower() + tokens[0][1:] + "".join(t[0].upper() + t[1:] for t in tokens[1:])
    tokens = [words.ACRONYMS.get(t, t) for t in tokens]
    return " ".join([tokens[0][0].upper() + tokens[0][1:]] + tokens[1:])


def draw_metric(random, language: str, kind: str, taken: list[str]) -> words.MetricWords | None:
    for _ in range(60):
        pool = [m for m in words.METRICS if m.language == language]
        metric = random.choice(pool)
        if random.random() < 0.12:  # a word that nobody knows, with a unit or without
            metric = words.MetricWords(words.made_up(random, 3), random.choice(["score", "count", "time", "percent", "bytes"]), language=language)
        if not any(stems(metric.words) <= stems(t) or stems(t) <= stems(metric.words) for t in taken) and not stems(metric.words) & stems(kind):
            return metric
    return None


def draw_columns(random, table: Table, taken: list[str]) -> None:
    for _ in range(random.randint(2, 4)):
        metric = draw_metric(random, table.language, table.kind[0], taken)
        if metric is None: continue
        taken.append(metric.words)
        unit, decimals, _ = random.choice(words.UNITS[metric.dimension])
        statistics = [""]
        if metric.dimension in STATISTICS_OF and random.random() < 0.45:
            order = list(words.STATISTICS)
            statistics = sorted(random.sample(order, random.randint(2, 3)), key=order.index)
        suffix = random.choice(words.IDENTIFIER_UNITS[unit]) if table.unit_place == "name" and unit else ""
        in_brackets = random.choice([" ({})", " [{}]"]).format(unit) if table.unit_place == "header" and unit else ""
        statistic_first = random.random() < 0.4
        for statistic in statistics:
            spelled = random.choice(words.STATISTICS[statistic][0]) if statistic else ""
            parts = [spelled, metric.words] if statistic_first else [metric.words, spelled]
            header = spell(table.spelling, *parts, suffix) + in_brackets
            name = spell(table.spelling, metric.words, suffix) + in_brackets
            table.columns.append(Column(metric, statistic, unit, decimals, header, name, spelled))


def rounded(value: float, decimals: int) -> Decimal:
    return Decimal(str(round(value, decimals))).quantize(Decimal(1).scaleb(-decimals))


def draw_values(random, table: Table) -> None:
    """Values of one metric keep the order of its statistics; values of one column differ from each other by 3 % at least."""
    used: dict[int, list[float]] = {}
    order = ["min", "mean", "p50", "p90", "p95", "p99", "p99.9", "max"]
    groups: dict[str, list[int]] = {}
    for i, c in enumerate(table.columns): groups.setdefault(c.metric.words, []).append(i)
    for group in groups.values():
        column = table.columns[group[0]]
        low, high = next(r for u, d, r in words.UNITS[column.metric.dimension] if u == column.unit and d == column.decimals)
        for condition in table.conditions():
            for owner in table.owners:
                for attempt in range(400):
                    span = (low, high) if len(group) == 1 else (low, low + (high - low) / 4)
                    base = low * (high / low) ** random.random() if high / low > 20 else random.uniform(*span)
                    drawn = {}
                    ranked = sorted(group, key=lambda i: order.index(table.columns[i].statistic) if table.columns[i].statistic else 0)
                    for i in ranked:
                        drawn[i] = rounded(base, column.decimals)
                        base *= random.uniform(1.12, 1.9)
                    apart = all(abs(float(v) / u - 1) > 0.03 for i, v in drawn.items() for u in used.get(i, [])) if attempt < 399 else False
                    if apart: break
                else:
                    raise ValueError("no values that lie apart")
                for i, v in drawn.items():
                    used.setdefault(i, []).append(float(v))
                    table.values[owner, *condition, i] = v


def draw_owners(random, language: str, taken_owners: list[str], taken_kinds: list[str]) -> tuple[tuple[str, str], list[str]]:
    kind = random.choice([k for k in words.OWNERS[language] if k[0] not in taken_kinds])
    taken_kinds.append(kind[0])
    owners: list[str] = []
    wanted = random.randint(3, 5)
    while len(owners) < wanted:
        name = words.owner_name(random)
        if not any(name.lower() in o.lower() or o.lower() in name.lower() for o in owners + taken_owners): owners.append(name)
    taken_owners.extend(owners)
    return kind, owners


def draw_table(random, number: int, before: Table | None, taken_metrics: list[str], taken_owners: list[str], taken_kinds: list[str]) -> Table:
    """`before` is a table whose owners this one may measure again, by other metrics."""
    again = before is not None and random.random() < 0.3
    language = before.language if again else random.choices(["en", "de", "fr", "es"], [7, 1, 1, 1])[0]
    layout = random.choice(LAYOUTS)
    spelling = random.choice(SPELLINGS)
    places = {"csv": ["name", "header"], "csv-long": ["sibling"], "csv-turned": ["sibling", "name"], "json-rows": ["name", "sibling"],
              "json-nested": ["name", "sibling"], "jsonl": ["name", "sibling"], "markdown": ["header", "cell"]}[layout]
    place = random.choice(places)
    if place in ("header", "cell"): spelling = "title" if random.random() < 0.7 else spelling
    if place == "name" and spelling == "title": spelling = "snake"
    kind, owners = (before.kind, before.owners) if again else draw_owners(random, language, taken_owners, taken_kinds)
    scope = key = None
    if layout != "csv-turned":
        if random.random() < 0.3:
            name, phrase, values = random.choice(words.SCOPES[language])
            scope = (name, phrase, random.sample(values, min(len(values), random.randint(2, 3))))
        if random.random() < 0.45:
            name, preposition, phrase, values = random.choice(words.KEYS[language])
            key = (name, preposition, phrase, sorted(random.sample(values, min(len(values), random.randint(2, 3)))))
    stem = random.choice([words.made_up(random), spell("snake", kind[1]), spell("kebab", kind[0], words.made_up(random))])
    suffix = {"csv": "csv", "csv-long": "csv", "csv-turned": "csv", "json-rows": "json", "json-nested": "json", "jsonl": "jsonl", "markdown": "md"}[layout]
    folder = {"csv": "csv_data", "json": "artifacts", "jsonl": "artifacts", "md": "reports"}[suffix]
    table = Table(f"{folder}/{stem}_{number}.{suffix}", layout, spelling, place, language, kind, owners, scope, key, [])
    if suffix == "csv":
        table.separator = random.choice([",", ",", ",", ";", "\t"])
        table.decimal_comma = table.separator == ";" and (language != "en" or random.random() < 0.5)
        if table.separator == "\t": table.path = table.path[:-3] + "tsv"
    table.statistic_column = layout == "csv-long" and random.random() < 0.5
    table.blank_repeats = layout in ("csv", "markdown") and bool(scope or key) and random.random() < 0.25
    table.scope_outermost = random.random() < 0.5
    if layout in ("csv", "csv-turned", "markdown") and random.random() < 0.2: table.grouping = random.choice([".", " "] if table.decimal_comma else [",", " "])
    table.spread = layout == "markdown" and random.random() < 0.2
    if suffix == "csv" and random.random() < 0.12: table.preamble = f"# made by {words.made_up(random)}\n"
    elif table.separator == ";" and random.random() < 0.2: table.preamble = "sep=;\n"
    if layout in ("json-rows", "json-nested") and random.random() < 0.4: table.metadata = {"host": words.made_up(random), "repetitions": random.randint(3, 9)}
    if random.random() < 0.4 and layout not in ("csv-turned", "json-nested"):
        table.constants = random.choice([{"commit": f"{random.getrandbits(28):07x}"}, {"date": f"2026-0{random.randint(1, 9)}-{random.randint(10, 28)}"},
                                         {"version": f"{random.randint(1, 9)}.{random.randint(0, 19)}.{random.randint(0, 9)}"}])
    draw_columns(random, table, taken_metrics)
    draw_values(random, table)
    return table


def draw_corpus(random) -> list[Table]:
    metrics: list[str] = []
    owners: list[str] = []
    kinds: list[str] = []
    tables = []
    for number in range(1, random.choice([1, 2, 2, 3]) + 1):
        for _ in range(20):
            kept = list(metrics), list(owners), list(kinds)
            try:
                tables.append(draw_table(random, number, tables[-1] if tables else None, metrics, owners, kinds))
                break
            except ValueError:
                metrics, owners, kinds = kept
    return tables


def cell(table: Table, value: Decimal) -> str:
    text = f"{value:,f}" if table.grouping else f"{value:f}"
    return text.translate(str.maketrans({",": table.grouping, ".": "," if table.decimal_comma else "."}))


def quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if separator in text else text


def lines_of_rows(table: Table) -> tuple[list[str], list[list]]:
    """Header and rows of the wide form."""
    header = [spell(table.spelling, table.kind[0])]
    if table.scope: header.append(spell(table.spelling, table.scope[0]))
    if table.key: header.append(spell(table.spelling, table.key[0]))
    header += list(table.constants)
    rows = []
    pairs = [(o, c) for c in table.conditions() for o in table.owners]
    if table.blank_repeats: pairs.sort(key=lambda p: table.owners.index(p[0]))
    previous = None
    for owner, condition in pairs:
        shown = "" if table.blank_repeats and owner == previous else owner
        row = [shown] + ([condition[0]] if table.scope else []) + ([condition[1]] if table.key else []) + list(table.constants.values())
        rows.append((row, [table.value(owner, condition, i) for i in range(len(table.columns))]))
        previous = owner
    return header, rows


def write_delimited(table: Table) -> str:
    header, rows = lines_of_rows(table)
    if table.layout == "csv":
        out = [header + [c.header for c in table.columns]] + [[str(x) for x in r] + [cell(table, v) for v in vs] for r, vs in rows]
    elif table.layout == "csv-long":
        apart = table.statistic_column
        out = [header + [spell(table.spelling, w) for w in (["metric", "statistic"] if apart else ["metric"]) + ["value", "unit"]]]
        out += [[str(x) for x in r] + ([c.name, c.spelled_statistic] if apart else [c.header]) + [cell(table, v), c.unit]
                for r, vs in rows for c, v in zip(table.columns, vs)]
    else:
        units = table.unit_place == "sibling"
        out = [[spell(table.spelling, "metric")] + (["unit"] if units else []) + table.owners]
        for i, c in enumerate(table.columns):
            out.append([c.header] + ([c.unit] if units else []) + [cell(table, table.value(o, ("", None), i)) for o in table.owners])
    return table.preamble + "\n".join(table.separator.join(quoted(x, table.separator) for x in r) for r in out) + "\n"


def number_of(value: Decimal):
    return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)


def leaf(table: Table, column: Column, value: Decimal):
    if table.unit_place == "sibling" and column.unit: return {"value": number_of(value), "unit": column.unit}
    return number_of(value)


def write_json(table: Table) -> str:
    header, rows = lines_of_rows(table)
    objects = [dict(zip(header, r)) | {c.header: leaf(table, c, v) for c, v in zip(table.columns, vs)} for r, vs in rows]
    if table.layout == "jsonl": return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects)
    if table.layout == "json-rows": return json.dumps(table.metadata | {spell(table.spelling, "results"): objects}, indent=2, ensure_ascii=False) + "\n"
    tree: dict = {}
    for condition in table.conditions():
        for owner in table.owners:
            outer = [condition[0]] if table.scope else []
            path = outer + [owner] if table.scope_outermost else [owner] + outer
            if table.key: path += [spell("snake", table.key[0]), str(condition[1])]
            node = tree
            for step in path: node = node.setdefault(step, {})
            for i, c in enumerate(table.columns):
                value = table.value(owner, condition, i)
                if table.unit_place == "sibling" and c.statistic:  # {"latency": {"p50": 3, "p99": 9, "unit": "ms"}}
                    node.setdefault(c.name, {})[c.spelled_statistic] = number_of(value)
                    if c.unit: node[c.name]["unit"] = c.unit
                else:
                    node[c.header] = leaf(table, c, value)
    return json.dumps(table.metadata | {spell("snake", table.kind[1]): tree}, indent=2, ensure_ascii=False) + "\n"


def write_markdown(table: Table) -> str:
    header, rows = lines_of_rows(table)
    def shown(column: Column, value: Decimal) -> str:
        spread = f" ± {rounded(float(value) * 0.013, column.decimals):f}" if table.spread and column.decimals and column.statistic in ("", "mean") else ""
        return cell(table, value) + spread + (f" {column.unit}".rstrip() if table.unit_place == "cell" else "")

    out = [header + [c.header for c in table.columns], ["---"] * (len(header) + len(table.columns))]
    out += [[str(x) for x in r] + [shown(c, v) for c, v in zip(table.columns, vs)] for r, vs in rows]
    return f"# {table.kind[1].capitalize()}\n\n" + "\n".join("| " + " | ".join(r) + " |" for r in out) + "\n"


def write(table: Table, folder: pathlib.Path) -> None:
    path = folder / table.path
    path.parent.mkdir(parents=True, exist_ok=True)
    text = write_delimited(table) if table.layout.startswith("csv") else write_markdown(table) if table.layout == "markdown" else write_json(table)
    path.write_text(text, encoding="utf-8")
