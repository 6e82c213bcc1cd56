"""How a writer says things about a table: metrics, conditions, numbers with units, and numbers that are wrong."""

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

import words
from schema import Column, Table


@dataclass
class Defect:
    kind: str
    text: str
    severity: str = "error"


@dataclass
class Sentence:
    form: str
    wording: str
    text: str
    defects: list[Defect] = field(default_factory=list)


def upper(text: str) -> str:
    return text[0].upper() + text[1:]


def article(phrase: str) -> str:
    return ("an " if phrase.lstrip("`")[0].lower() in "aeiou" else "a ") + phrase


def decimals_of(text: str) -> int:
    return len(text.partition(".")[2])


def plain(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


class Writer:
    """Says one table's contents; every choice is drawn."""

    def __init__(self, random, table: Table):
        self.random, self.table = random, table
        self.spellings = {c: self.draw_phrase(c) for c in table.columns}
        self.long_units = random.random() < 0.12
        self.said_already: set[str] = set()

    def draw_phrase(self, column: Column) -> str:
        name = " ".join(words.ACRONYMS.get(w, w) for w in column.metric.words.split())
        quotable = self.table.layout in ("csv", "json-rows", "jsonl", "markdown") and not (self.table.unit_place == "sibling" and column.statistic)
        if quotable and self.random.random() < 0.3: return f"`{column.header}`"
        if column.metric.dimension == "count" and column.metric in words.METRICS and column.metric.language == "en": return f"number of {name}"
        if column.metric.language != "en": name = f"`{name}`" if self.random.random() < 0.5 else name
        return self.random.choice(words.STATISTICS[column.statistic][1]).format(name) if column.statistic else name

    def metric(self, column: Column) -> str:
        """Mostly the same phrase for the same column within one report, as writers do."""
        return self.spellings[column] if self.random.random() < 0.8 else self.draw_phrase(column)

    def owner(self, name: str) -> str:
        return f"`{name}`" if self.random.random() < 0.15 else name

    def condition(self, condition: tuple, lead: str = " ") -> str:
        parts = []
        if self.table.scope: parts.append(self.table.scope[1].format(condition[0]))
        if self.table.key: parts.append(f"{self.table.key[1]} {self.table.key[2].format(condition[1])}")
        if self.random.random() < 0.5: parts.reverse()
        return lead + " ".join(parts) if parts else ""

    def begin(self, condition: tuple, sentence: str) -> str:
        """The sentence with its condition in front."""
        said = self.condition(condition, "")
        return f"{upper(said)}, {sentence}" if said else upper(sentence)

    # Numbers

    def digits(self, value: Decimal, decimals: int, fewer: bool = False) -> str:
        """The value as printed; with `fewer` sometimes one decimal less, never where that is a tie or leaves two digits."""
        if fewer and decimals > 0 and self.random.random() < 0.25 and value.adjusted() + decimals >= 3:
            shorter = value.quantize(Decimal(1).scaleb(1 - decimals), ROUND_HALF_EVEN)
            if abs(value - shorter) < Decimal("0.45").scaleb(1 - decimals): value, decimals = shorter, decimals - 1
        text = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN):f}"
        whole, point, rest = text.partition(".")
        if len(whole) > 3 and self.random.random() < (0.9 if len(whole) > 4 else 0.5): whole = f"{int(whole):,}"
        return whole + point + rest

    def unit(self, unit: str) -> str:
        if unit == "%": return "%" if self.random.random() < 0.7 else " %"
        if not unit: return ""
        return " " + (words.LONG_UNITS.get(unit, unit) if self.long_units else unit)

    def quantity(self, column: Column, value: Decimal) -> tuple[str, str]:
        """Digits and unit as printed: the data's own unit, another one of the kind, or a fraction as a percentage."""
        if column.metric.dimension == "fraction" and self.random.random() < 0.35:
            return self.digits(value * 100, column.decimals - 2), self.unit("%")
        if column.unit in words.CONVERSIONS and self.random.random() < 0.2:
            unit, factor = self.random.choice(words.CONVERSIONS[column.unit])
            converted = value * Decimal(factor)
            for decimals in range(0, 4):
                shown = converted.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
                enough = len(f"{abs(shown):f}".replace(".", "").lstrip("0")) >= 3
                if enough and abs(converted - shown) < Decimal("0.45").scaleb(-decimals): return self.digits(shown, decimals), self.unit(unit)
        return self.digits(value, column.decimals, fewer=True), self.unit(column.unit)

    def said(self, column: Column, value: Decimal) -> str:
        return "".join(self.quantity(column, value))

    # Wrong numbers

    def wrong_digits(self, text: str, avoid: list[str] = []) -> tuple[str, str]:
        """(kind, digits): the same number of decimals, 4 % and two last places away from what is right."""
        right, decimals = plain(text), decimals_of(text)
        for _ in range(200):
            kind = self.random.choice(["transposed", "digit", "digit", "factor", "decimal"])
            if kind == "transposed":
                spots = [i for i in range(len(text) - 1) if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]]
                if not spots: continue
                i = self.random.choice(spots)
                wrong = text[:i] + text[i + 1] + text[i] + text[i + 2:]
            elif kind == "digit":
                i = self.random.choice([i for i, c in enumerate(text) if c.isdigit()][:2])
                wrong = text[:i] + self.random.choice("123456789") + text[i + 1:]
            elif kind == "factor":
                wrong = self.digits(right * Decimal(str(self.random.choice([0.6, 0.75, 1.3, 1.5, 1.7]))), decimals)
            else:
                wrong = self.digits(right * (10 if self.random.random() < 0.5 else Decimal("0.1")), decimals)
            if wrong[0] == "0" and wrong[1:2].isdigit(): continue
            off = abs(plain(wrong) - right)
            if off >= abs(right) * Decimal("0.04") and off >= 2 * Decimal(1).scaleb(-decimals) and plain(wrong) != 0 and all(plain(wrong) != plain(a) for a in avoid):
                return kind, wrong
        raise ValueError("no wrong number for " + text)

    def wrong(self, text: str, unit: str, column: Column, avoid: list[str] = []) -> list[Defect]:
        """Defects of one printed quantity; the text of each is what stands in its place."""
        kind, digits = self.wrong_digits(text, avoid)
        out = [Defect("value." + kind, digits + unit)]
        short = unit.strip()
        if short in words.CONFUSED_UNITS: out.append(Defect("unit", text + unit.replace(short, words.CONFUSED_UNITS[short])))
        return out


def threshold(random, low: Decimal, high: Decimal) -> Decimal | None:
    """A round number strictly between, at least 1 % away from both."""
    for digits in (1, 2, 3):
        middle = (low + high) / 2
        exponent = middle.adjusted() - digits + 1
        shown = middle.quantize(Decimal(1).scaleb(exponent)) if exponent <= 0 else (middle / Decimal(10) ** exponent).quantize(Decimal(1)) * Decimal(10) ** exponent
        if low * Decimal("1.01") < shown < high * Decimal("0.99"): return shown
    return None


def sub_once(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, (text, old)
    return re.sub(re.escape(old), lambda _: new, text, count=1)
