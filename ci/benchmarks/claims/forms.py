"""The six forms of a claim, each in many wordings, true by the table, with the defects that make it false."""

from decimal import ROUND_HALF_EVEN, Decimal

from prose import Defect, Sentence, Writer, article, plain, threshold, upper
from schema import Table

NUMBERS = "zero one two three four five six seven eight nine".split()
RELATIVE = {"time", "rate.tokens", "rate.requests", "rate.bytes", "rate.bits", "rate.flop", "bytes", "power", "energy", "money", "count"}


def pick(random, table: Table) -> tuple:
    """(column index, column, condition, owners in random order)"""
    i = random.randrange(len(table.columns))
    owners = list(table.owners)
    random.shuffle(owners)
    return i, table.columns[i], random.choice(table.conditions()), owners


def value(random, table: Table, w: Writer) -> Sentence:
    i, column, condition, (o, o2, *_) = pick(random, table)
    v, v2 = table.value(o, condition, i), table.value(o2, condition, i)
    m, c = w.metric(column), w.condition(condition)
    digits, unit = w.quantity(column, v)
    name = w.owner(o)
    wordings = {
        "the m of o is v": lambda q: f"The {m} of {name}{c} is {q}.",
        "o has a m of v": lambda q: w_begin(f"{name} has {article(m)} of {q}."),
        "o reaches a m of v": lambda q: f"{name} reaches {article(m)} of {q}{c}.",
        "for o the m is v": lambda q: f"For {name}, the {m}{c} is {q}.",
        "o c: m v": lambda q: f"{name}{c}: {m} {q}.",
        "m measured for o: v": lambda q: f"{upper(m)} measured for {name}{c}: {q}.",
        "with a m of v o": lambda q: f"With {article(m)} of {q}{c}, {name} is worth a closer look.",
    }
    if m.startswith("number of "): wordings["o has v m"] = lambda q: f"{name} has {q} {m.removeprefix('number of ')}{c}."
    front = w.condition(condition, "")
    w_begin = lambda s: f"{upper(front)}, {s}" if front else s
    wording = random.choice(list(wordings))
    make = wordings[wording]
    others = [f"{table.value(x, condition, i):f}" for x in table.owners]
    defects = [Defect(d.kind, make(d.text)) for d in w.wrong(digits, unit, column, others)]
    if column.metric.dimension != "fraction":
        defects.append(Defect("other owner", make(w.digits(v2, column.decimals) + w.unit(column.unit))))
        elsewhere = [x for x in table.conditions() if x != condition]
        if elsewhere: defects.append(Defect("other condition", make(w.digits(table.value(o, random.choice(elsewhere), i), column.decimals) + w.unit(column.unit))))
        siblings = [k for k, x in enumerate(table.columns) if x.metric == column.metric and k != i]
        if siblings: defects.append(Defect("other statistic", make(w.digits(table.value(o, condition, random.choice(siblings)), column.decimals) + w.unit(column.unit))))
    return Sentence("value", wording, make(digits + unit), defects)


def pair(random, table: Table, w: Writer) -> Sentence | None:
    i, column, condition, (o, o2, *_) = pick(random, table)
    a, b = w.said(column, table.value(o, condition, i)), w.said(column, table.value(o2, condition, i))
    m, c, name, name2 = w.metric(column), w.condition(condition), w.owner(o), w.owner(o2)
    wordings = {
        "the m is a for o and b for o2": lambda x, y: f"The {m}{c} is {x} for {name} and {y} for {name2}.",
        "m: o a, o2 b": lambda x, y: f"{upper(m)}{c}: {name} {x}, {name2} {y}.",
        "o has a m of a, o2 one of b": lambda x, y: f"{name} has {article(m)} of {x}{c}, {name2} one of {y}.",
        "while": lambda x, y: f"While {name} has {article(m)} of {x}{c}, {name2} has {y}.",
    }
    if a == b: return None
    wording = random.choice(list(wordings))
    make = wordings[wording]
    return Sentence("value", wording, make(a, b), [Defect("swapped pair", make(b, a))])


def two_metrics(random, table: Table, w: Writer) -> Sentence | None:
    if len({c.metric.words for c in table.columns}) < 2: return None
    i, column, condition, (o, o2, *_) = pick(random, table)
    k = random.choice([k for k, c in enumerate(table.columns) if c.metric != column.metric])
    other = table.columns[k]
    (d1, u1), (d2, u2) = w.quantity(column, table.value(o, condition, i)), w.quantity(other, table.value(o, condition, k))
    name, m1, m2, c = w.owner(o), w.metric(column), w.metric(other), w.condition(condition)
    make = lambda x, y: f"{name} has {article(m1)} of {x} and {article(m2)} of {y}{c}."
    _, wrong1 = w.wrong_digits(d1)
    _, wrong2 = w.wrong_digits(d2)
    return Sentence("value", "two metrics", make(d1 + u1, d2 + u2), [Defect("value.first of two", make(wrong1 + u1, d2 + u2)), Defect("value.second of two", make(d1 + u1, wrong2 + u2))])


def share(random, table: Table, w: Writer) -> Sentence | None:
    additive = [i for i, c in enumerate(table.columns) if c.metric.additive and not c.statistic]
    if not additive: return None
    i = random.choice(additive)
    column, condition = table.columns[i], random.choice(table.conditions())
    o = random.choice(table.owners)
    exact = 100 * table.value(o, condition, i) / sum(table.value(x, condition, i) for x in table.owners)
    decimals = 0 if exact > 10 and random.random() < 0.6 else 1
    shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    if shown < 2 or shown > 96 or abs(exact - shown) > Decimal("0.47").scaleb(-decimals): return None
    m, c, name, p = w.metric(column), w.condition(condition), w.owner(o), w.unit("%")
    kinds = table.kind[1]
    wordings = {
        "o accounts for p of the m": lambda q: f"{name} accounts for {q} of the total {m}{c}.",
        "p of the m falls to o": lambda q: f"{q} of the total {m}{c} falls to {name}.",
        "the share of o in the m": lambda q: f"The share of {name} in the {m} of all {kinds}{c} is {q}.",
        "o contributes p": lambda q: f"Of the {m} of all {kinds}{c}, {name} contributes {q}.",
    }
    wording = random.choice(list(wordings))
    wrong = shown + random.choice([-1, 1]) * (Decimal(random.randint(6, 25)) if shown > 30 else Decimal(random.randint(5, 12)))
    if not 1 < wrong < 99: wrong = shown + 9
    make = lambda q: wordings[wording](f"{q:f}{p}")
    return Sentence("share", wording, make(shown), [Defect("share", make(wrong))])


def compared(w: Writer, column, a: Decimal, b: Decimal) -> list[tuple[str, str, str, list[str]]]:
    """(kind, right words, wrong words, words of the wrong direction) of a against b, without the word of direction."""
    out = []
    relative = column.metric.dimension in RELATIVE
    gap = abs(a - b)
    digits = w.digits(gap, column.decimals)
    unit = w.unit(column.unit) if column.metric.dimension != "percent" else " percentage points"
    if plain(digits) >= 4 * Decimal(1).scaleb(-column.decimals):
        out.append(("difference", digits + unit, w.wrong_digits(digits)[1] + unit))
    if relative and b:
        exact = 100 * gap / b
        shown = exact.quantize(Decimal(1) if exact > 10 else Decimal("0.1"), ROUND_HALF_EVEN)
        back = 100 * gap / a
        wrong = shown + Decimal(w.random.randint(7, 20)) * w.random.choice([1, -1])
        if wrong <= 3 or abs(wrong - back) < 3: wrong = shown + 29
        if 3 < shown < 400 and abs(exact - shown) < Decimal("0.47").scaleb(shown.as_tuple().exponent): out.append(("percent", f"{shown:f}{w.unit('%')}", f"{wrong:f}{w.unit('%')}"))
    return out


def difference(random, table: Table, w: Writer) -> Sentence | None:
    i, column, condition, (o, o2, *_) = pick(random, table)
    a, b = table.value(o, condition, i), table.value(o2, condition, i)
    m, c, name, name2 = w.metric(column), w.condition(condition), w.owner(o), w.owner(o2)
    up, down = ("higher", "lower") if a > b else ("lower", "higher")
    figures = compared(w, column, a, b)
    if a > b * Decimal("1.2") and column.metric.dimension in RELATIVE and random.random() < 0.35:
        exact = a / b
        shown = exact.quantize(Decimal("0.1") if exact > 2 else Decimal("0.01"), ROUND_HALF_EVEN)
        if shown < 60 and abs(exact - shown) < Decimal("0.47").scaleb(shown.as_tuple().exponent):
            wrong = f"{shown * Decimal(str(random.choice([0.7, 1.4, 1.8]))):.{-shown.as_tuple().exponent}f}"
            make = random.choice([lambda x, n, n2: f"The {m} of {n}{c} is {x} times that of {n2}.",
                                  lambda x, n, n2: w.begin(condition, f"the {m} of {n} is {x}x that of {n2}."),
                                  lambda x, n, n2: f"{n} has {x} times the {m} of {n2}{c}."])
            return Sentence("difference", "ratio", make(f"{shown:f}", name, name2), [Defect("ratio", make(wrong, name, name2)), Defect("reversed", make(f"{shown:f}", name2, name))])
    if not figures: return None
    kind, right, wrong = random.choice(figures)
    wordings = {
        "the m of o is d higher than that of o2": lambda x, d: f"The {m} of {name}{c} is {x} {d} than that of {name2}.",
        "compared with o2": lambda x, d: f"Compared with {name2}, {name} has {article(x)} {d} {m}{c}." if kind == "percent" else f"Compared with {name2}, the {m} of {name}{c} is {x} {d}.",
        "c the m is d higher for o": lambda x, d: w_begin(f"the {m} is {x} {d} for {name} than for {name2}."),
        "o: d higher m": lambda x, d: f"{name}: {x} {d} {m} than {name2}{c}.",
    }
    front = w.condition(condition, "")
    w_begin = lambda s: f"{upper(front)}, {s}" if front else upper(s)
    wording = random.choice(list(wordings))
    make = wordings[wording]
    return Sentence("difference", f"{kind}: {wording}", make(right, up), [Defect(kind, make(wrong, up)), Defect("reversed", make(right, down))])


def change(random, table: Table, w: Writer) -> Sentence | None:
    """Along the key: from one step, size or number of threads to another."""
    if not table.key: return None
    i, column, condition, (o, *_) = pick(random, table)
    name, noun = table.key[2], table.key[2].format
    first, last = sorted(random.sample(table.key[3], 2))
    a, b = table.value(o, (condition[0], first), i), table.value(o, (condition[0], last), i)
    up, down = ("rises", "falls") if b > a else ("falls", "rises")
    place = " " + table.scope[1].format(condition[0]) if table.scope else ""
    m, owner = w.metric(column), w.owner(o)
    x, y = w.said(column, a), w.said(column, b)
    if x == y: return None
    make = lambda verb, x, y: f"Going from {noun(first)} to {noun(last)}, the {m} of {owner}{place} {verb} from {x} to {y}."
    return Sentence("difference", "change along the key", make(up, x, y), [Defect("reversed", make(down, x, y)), Defect("swapped pair", make(up, y, x))])


def order(random, table: Table, w: Writer) -> Sentence:
    i, column, condition, (o, o2, *_) = pick(random, table)
    a, b = table.value(o, condition, i), table.value(o2, condition, i)
    m, c, name, name2 = w.metric(column), w.condition(condition), w.owner(o), w.owner(o2)
    up, down = ("higher", "lower") if a > b else ("lower", "higher")
    wordings = {
        "o has a higher m than o2": lambda d, f: f"{name} has a {d} {m} than {name2}{c}.",
        "the m of o is above that of o2": lambda d, f: f"The {m} of {name}{c} is {'above' if d == 'higher' else 'below'} that of {name2}.",
        "the m is lower for o than for o2": lambda d, f: f"The {m}{c} is {d} for {name} than for {name2}.",
        "o exceeds o2 in m": lambda d, f: f"{name} {'exceeds' if d == 'higher' else 'stays below'} {name2} in {m}{c}.",
    }
    if column.metric.better and column.metric.language == "en":
        wordings["o is better than o2"] = lambda d, f: f"{name} is {'better' if (d == 'higher') == (column.metric.better == 'high') else 'worse'} than {name2} in {m}{c}."
    if column.metric.dimension == "time" and column.metric.language == "en":
        wordings["o is faster than o2"] = lambda d, f: f"By {m}{c}, {name} is {'faster' if d == 'lower' else 'slower'} than {name2}."
    wording = random.choice(list(wordings))
    make = wordings[wording]
    return Sentence("order", wording, make(up, 0), [Defect("reversed", make(down, 0))])


def extreme(random, table: Table, w: Writer) -> Sentence | None:
    i, column, condition, owners = pick(random, table)
    ranked = sorted(owners, key=lambda x: table.value(x, condition, i), reverse=True)
    top = random.random() < 0.5
    if not top: ranked.reverse()
    winner, second = ranked[0], ranked[1]
    word, opposite = ("highest", "lowest") if top else ("lowest", "highest")
    v, v2 = table.value(winner, condition, i), table.value(second, condition, i)
    m, c, kinds = w.metric(column), w.condition(condition), table.kind[1]
    q = w.said(column, v)
    front = w.condition(condition, "")
    begin = lambda s: f"{upper(front)}, {s}" if front else upper(s)
    if column.metric.better and column.metric.language == "en" and random.random() < 0.3:
        good, bad = ("best", "worst") if (column.metric.better == "high") == top else ("worst", "best")
    else:
        good, bad = word, opposite
    wordings = {
        "o has the highest m (v)": lambda o, d, q: f"{o} has the {d} {m}{c} ({q}).",
        "the highest m is v, for o": lambda o, d, q: f"The {d} {m}{c} is {q}, measured for {o}.",
        "of all kinds": lambda o, d, q: f"Of all {kinds}, {o} has the {d} {m}{c}.",
        "the m is highest for o": lambda o, d, q: begin(f"the {m} is {d} for {o}: {q}."),
        "no other": lambda o, d, q: f"No other of the {kinds} has a {'higher' if (d == word) == top else 'lower'} {m} than {o}{c}.",
    }
    if len(owners) > 3: wordings["second"] = lambda o, d, q: f"{second if o == winner else winner} has the second {d} {m}{c}."
    wording = random.choice(list(wordings))
    if wording in ("no other", "second"): good, bad = word, opposite
    make = wordings[wording]
    defects = [Defect("owner", make(second, good, q)), Defect("reversed", make(winner, bad, q))]
    if wording == "second":
        defects = [Defect("owner", make(second, good, q))]
        defects.append(Defect("reversed", make(winner, bad, q)))
    if q in make(winner, good, q):
        defects.append(Defect("value of another", make(winner, good, w.digits(v2, column.decimals) + w.unit(column.unit))))
    return Sentence("extreme", wording, make(winner, good, q), defects)


def evenness(random, table: Table, w: Writer) -> Sentence | None:
    i, column, condition, owners = pick(random, table)
    values = sorted(table.value(x, condition, i) for x in owners)
    m, c, (kind, kinds), n = w.metric(column), w.condition(condition), table.kind, len(owners)
    choice = random.choice(["some", "all", "none", "range", "mean", "total", "kinds"])
    shown = lambda t: w.digits(t, max(0, -t.as_tuple().exponent)) + w.unit(column.unit)
    if choice == "some":
        split = random.randint(1, n - 1)
        t = threshold(random, values[split - 1], values[split])
        if t is None: return None
        above = random.random() < 0.5
        right = n - split if above else split
        wrong = random.choice([x for x in range(1, n + 1) if x != right])
        spell = (lambda x: NUMBERS[x]) if random.random() < 0.6 else str
        verb = lambda x: "has" if x == 1 else "have"
        make = lambda x: f"{upper(spell(x))} of the {spell(n)} {kinds} {verb(x)} {article(m)} {'above' if above else 'below'} {shown(t)}{c}."
        return Sentence("evenness", "n of the m", make(right), [Defect("count", make(wrong))])
    if choice in ("all", "none"):
        above = random.random() < 0.5
        edge = values[0] if above else values[-1]
        t = threshold(random, edge * Decimal("0.8"), edge * Decimal("0.98")) if above else threshold(random, edge * Decimal("1.03"), edge * Decimal("1.3"))
        inside = threshold(random, values[0], values[1]) if above else threshold(random, values[-2], values[-1])
        if t is None or inside is None: return None
        side, other = ("above", "below") if above else ("below", "above")
        if choice == "all": make = lambda t: f"All {kinds} have {article(m)} {side} {shown(t)}{c}."
        else: make = lambda t: f"None of the {kinds} has {article(m)} {other} {shown(t)}{c}."
        return Sentence("evenness", choice, make(t), [Defect("quantifier", make(inside))])
    if choice == "range":
        (d1, u1), (d2, u2) = w.quantity(column, values[0]), w.quantity(column, values[-1])
        make = lambda x, y: f"Over all {kinds} the {m}{c} ranges from {x} to {y}."
        defects = [Defect("range", make(d1 + u1, w.wrong_digits(d2)[1] + u2)), Defect("range", make(w.wrong_digits(d1)[1] + u1, d2 + u2))]
        return Sentence("evenness", "range", make(d1 + u1, d2 + u2), defects)
    if choice == "mean" and not column.statistic:
        exact = sum(values) / n
        decimals = max(column.decimals, 1) if exact < 1000 else column.decimals
        text = w.digits(exact, decimals)
        if abs(exact - plain(text)) > Decimal("0.47").scaleb(-decimals): return None
        make = lambda x: f"Averaged over the {NUMBERS[n]} {kinds}, the {m}{c} is {x}{w.unit(column.unit)}."
        return Sentence("evenness", "mean", make(text), [Defect("mean", make(w.wrong_digits(text)[1]))])
    if choice == "total" and column.metric.additive and not column.statistic:
        text = w.digits(sum(values), column.decimals)
        make = lambda x: f"Together the {NUMBERS[n]} {kinds} have a total {m} of {x}{w.unit(column.unit)}{c}."
        return Sentence("evenness", "total", make(text), [Defect("total", make(w.wrong_digits(text)[1]))])
    if choice == "kinds":
        file = table.path.rpartition("/")[2]
        make = lambda x: f"`{file}` covers {NUMBERS[x]} {kinds}."
        return Sentence("evenness", "count of owners", make(n), [Defect("count", make(n + random.choice([1, 2, -1])))])
    return None


FORMS = [value, value, pair, two_metrics, share, share, share, difference, difference, change, order, order, extreme, extreme, evenness, evenness]
