#!/usr/bin/env python3
"""Writes statistics-golden.json: reference values for the tests of GateCore's statistics, by numpy and scipy.

    python3 -m venv v && v/bin/pip install numpy==2.4.6 scipy==1.17.1
    v/bin/python Tests/Data/reference-statistics.py > Tests/Data/statistics-golden.json
"""

import itertools
import json
import math
import statistics

import numpy as np
from scipy import stats

random = np.random.default_rng(11)


def values(count, centre=100.0, spread=5.0):
    return [round(float(x), 6) for x in random.normal(centre, spread, count)]


def walsh(x):
    """Hodges and Lehmann's estimate: the median of all pairwise means."""
    return statistics.median((x[i] + x[j]) / 2 for i in range(len(x)) for j in range(i, len(x)))


def summary(x):
    median = statistics.median(x)
    return {
        "median": median, "mean": float(np.mean(x)),
        "mad_sd": 1.4826 * statistics.median(abs(v - median) for v in x), "hl": walsh(x),
        "sd": float(np.std(x, ddof=1)) if len(x) > 1 else None,
        "q25": float(np.quantile(x, 0.25)), "q75": float(np.quantile(x, 0.75)), "p95": float(np.quantile(x, 0.95)),
    }


def two_samples(baseline, candidate):
    a, b = np.log(baseline), np.log(candidate)
    welch = stats.ttest_ind(b, a, equal_var=False, alternative="greater")
    va, vb = np.var(a, ddof=1) / len(a), np.var(b, ddof=1) / len(b)
    rank = {
        side: stats.mannwhitneyu(b, a, alternative=side, method="exact") for side in ("greater", "two-sided")
    }
    expected = {
        "log_ratio_hl": statistics.median(float(y - x) for x in a for y in b),
        "welch_t": float(welch.statistic), "welch_df": float(welch.df), "welch_p_greater": float(welch.pvalue),
        "welch_lcb95": float(np.mean(b) - np.mean(a) - stats.t.ppf(0.95, welch.df) * math.sqrt(va + vb)),
        "mwu_U": float(rank["greater"].statistic), "mwu_p_greater_exact": float(rank["greater"].pvalue),
        "mwu_p_two_exact": float(rank["two-sided"].pvalue),
    }
    if min(len(a), len(b)) >= 5:
        yuen = stats.ttest_ind(b, a, equal_var=False, trim=0.2, alternative="greater")
        expected |= {
            "yuen_t": float(yuen.statistic), "yuen_df": float(yuen.df), "yuen_p_greater": float(yuen.pvalue)}
    return expected


def multiplicity(p):
    order = sorted(range(len(p)), key=p.__getitem__)
    holm, largest = [0.0] * len(p), 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1, (len(p) - rank) * p[index]))
        holm[index] = largest
    return {"holm": holm, "bh": [float(x) for x in stats.false_discovery_control(p)]}


def weights(column):
    limit = 3 * statistics.median(abs(d) for d in column)
    return [d if abs(d) <= limit else 0.0 for d in column]


def sign_flips(rows):
    columns = [weights(list(column)) for column in zip(*rows)]

    def statistic(w):
        norm = math.sqrt(sum(x * x for x in w))
        return sum(w) / norm if norm else 0.0

    observed = [statistic(w) for w in columns]
    drawn = [
        [statistic([s * x for s, x in zip(signs, w)]) for w in columns]
        for signs in itertools.product((1, -1), repeat=len(rows))
    ]
    count = len(drawn)
    return {
        "W": [list(row) for row in zip(*columns)], "T": observed,
        "p_unadjusted": [sum(d[m] >= t - 1e-12 for d in drawn) / count for m, t in enumerate(observed)],
        "p_maxT": [sum(max(d) >= t - 1e-12 for d in drawn) / count for t in observed],
        "hl": [walsh(list(column)) for column in zip(*rows)],
    }


def signed_rank(d):
    test = stats.wilcoxon(d, alternative="greater", method="exact")
    return {"W_plus": float(test.statistic), "p_greater_exact": float(test.pvalue), "hl": walsh(d)}


def main():
    cases = []

    def add(kind, given, expected):
        cases.append({"id": f"own-{kind}-{len(cases) + 1}", "kind": kind, "input": given, "expected": expected})

    for count in (1, 2, 3, 5, 8, 20):
        x = values(count)
        add("summary", {"x": x}, summary(x))
    for m, n, shift in ((5, 5, 1.0), (6, 8, 1.04), (3, 5, 0.9), (10, 7, 1.2)):
        a, b = values(m), [round(v * shift, 6) for v in values(n)]
        add("two_sample_log", {"baseline": a, "candidate": b}, two_samples(a, b))
    for t, df in ((0, 5), (1.5, 3.2), (-2.25, 9), (6, 40), (30, 2)):
        add("student_t", {"t": t, "df": df}, {"sf": float(stats.t.sf(t, df)), "cdf": float(stats.t.cdf(t, df))})
    for p, df in ((0.95, 4), (0.995, 7.5), (0.6, 1), (0.999, 30)):
        add("student_t_quantile", {"p": p, "df": df}, {"q": float(stats.t.ppf(p, df))})
    for p in ([0.02], [0.04, 0.01, 0.3], [0.5, 0.5, 0.001, 0.02, 0.9]):
        add("multiplicity", {"p": p}, multiplicity(p))
    for pairs, metrics, shift in ((6, 1, 0.02), (8, 3, 0.05), (10, 2, 0.0)):
        rows = [[round(float(random.normal(shift, 0.04)), 6) for _ in range(metrics)] for _ in range(pairs)]
        add("signflip_maxT", {"log_ratios": rows}, sign_flips(rows))
    for count in (4, 7, 15):
        d = [round(float(x), 6) for x in random.normal(0.01, 0.03, count)]
        add("signed_rank", {"d": d}, signed_rank(d))
    for positive, n in ((7, 7), (5, 9), (0, 4)):
        add(
            "sign_test", {"positive": positive, "n": n},
            {"p_greater": float(stats.binomtest(positive, n, alternative="greater").pvalue)})
    for table in ([[1, 19], [6, 4]], [[0, 10], [0, 10]], [[2, 30], [9, 20]]):
        (bf, bo), (cf, co) = table
        p = stats.fisher_exact([[cf, co], [bf, bo]], alternative="greater").pvalue
        add("fisher_exact", {"table": table}, {"p_cand_more_failures": float(p)})
    print(json.dumps({"cases": cases}, indent=1))


if __name__ == "__main__":
    main()
