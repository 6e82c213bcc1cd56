#!/usr/bin/env python3
"""Writes trials-golden.json: verdicts over pairs of base and head, computed apart from the product.

    python3 Tests/Data/reference-trial.py > Tests/Data/trials-golden.json

By the rule that is documented: after each pair the differences of logarithms are looked at. From six pairs on a trial
passes where every metric's kept differences (within three medians of the absolute ones) exclude the tolerance with 95 %
certainty. At 8, 12 and 20 pairs a metric is convicted where the sign-flip test with the maximum over all metrics gives no
more than 0.4, 0.3 and 0.3 % and its Hodges-Lehmann estimate is beyond the tolerance. Standard library only.
"""

import itertools
import json
import math
import random
import statistics

ALPHA = {8: 0.004, 12: 0.003, 20: 0.003}


def t_quantile(p, degrees):
    """By bisection on Simpson's rule over the density, which is enough for 95 %."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)

    def below(x, steps=2000):
        def density(u):
            return scale * (1 + u * u / degrees) ** (-(degrees + 1) / 2)
        h = x / steps
        inner = sum((4 if i % 2 else 2) * density(i * h) for i in range(1, steps))
        return 0.5 + h / 3 * (density(0) + inner + density(x))

    low, high = 0.0, 50.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < p else (low, middle)
    return low


T95 = {degrees: t_quantile(0.95, degrees) for degrees in range(3, 20)}


def kept(d):
    limit = 3 * statistics.median(abs(x) for x in d)
    return [x for x in d if abs(x) <= limit]


def weights(d):
    limit = 3 * statistics.median(abs(x) for x in d)
    return [x if abs(x) <= limit else 0.0 for x in d]


def excludes(d, limit):
    k = kept(d)
    if len(k) < 4:
        return False
    error = statistics.stdev(k) / math.sqrt(len(k))
    return statistics.mean(k) + T95[len(k) - 1] * error < limit


def p_values(columns):
    pairs = len(columns[0])
    units = []
    for column in columns:
        w = weights(column)
        norm = math.sqrt(sum(x * x for x in w))
        units.append([x / norm if norm else 0.0 for x in w])
    observed = [sum(u) for u in units]
    counts, total = [0] * len(units), 0
    for signs in itertools.product((1, -1), repeat=pairs):
        largest = max(sum(s * x for s, x in zip(signs, u)) for u in units)
        total += 1
        for index, value in enumerate(observed):
            counts[index] += largest >= value - 1e-12
    return [c / total for c in counts]


def hodges_lehmann(d):
    return statistics.median((d[i] + d[j]) / 2 for i in range(len(d)) for j in range(i, len(d)))


def judge(rows, tolerance):
    limit = math.log1p(tolerance)
    for pairs in range(6, len(rows) + 1):
        columns = [list(c) for c in zip(*rows[:pairs])]
        if pairs in ALPHA and pairs <= 12:
            p = p_values(columns)
            if any(q <= ALPHA[pairs] and hodges_lehmann(c) > limit for q, c in zip(p, columns)):
                return "regression", pairs
        if all(excludes(c, limit) for c in columns):
            return "pass", pairs
    return "not decided by then", len(rows)


def main():
    source, cases = random.Random(1107), []
    plan = [
        (1, 0.00, 0.02, 12), (3, 0.00, 0.03, 12), (2, 0.10, 0.02, 12), (4, 0.12, 0.05, 12), (1, 0.50, 0.20, 12),
        (3, 0.02, 0.03, 12), (2, 0.03, 0.015, 12), (1, 0.08, 0.04, 12), (5, 0.00, 0.06, 12), (1, 0.05, 0.12, 11),
    ]
    for metrics, shift, spread, pairs in plan:
        # The first metric alone changes.
        rows = [
            [round(source.gauss(shift if m == 0 else 0, spread), 6) for m in range(metrics)] for _ in range(pairs)]
        verdict, used = judge(rows, 0.05)
        cases.append({"log_ratios": rows, "tolerance": 0.05, "verdict": verdict, "pairs_used": used})
    print(json.dumps({"cases": cases}, indent=None, separators=(",", ":")).replace('{"log', '\n{"log'))


if __name__ == "__main__":
    main()
